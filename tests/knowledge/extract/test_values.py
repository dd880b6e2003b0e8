"""Rows as the vendors' interfaces and exports give them."""

import pytest

from assist.knowledge.extract.values import cells_of


def cells(**row: object) -> dict[str, object]:
    return cells_of(row.items())


def test_aliyun_beebot() -> None:
    assert cells(
        KnowledgeId=30001979424,
        Title="怎么退货",
        Status=2,
        EffectStatus=20,
        StartDate="2022-04-27T07:04:39Z",
        EndDate="2023-04-27T06:08:54Z",
        CategoryId=30000055617,
        SimQuestions=[{"SimQuestionId": 1, "Title": "退货流程"}],
        Solutions=[
            {"Content": "七天内可退。", "ContentType": 0, "PerspectiveCodes": ["default"]},
            {"Content": "<p>可<b>退</b></p>", "ContentType": 1, "PerspectiveCodes": ["app", "web"]},
        ],
        Outlines=[{"Title": "换货"}],
    ) == {
        "id": "30001979424",
        "question": "怎么退货",
        "status": "published",
        "effective_from": "2022-04-27T07:04:39Z",
        "effective_to": "2023-04-27T06:08:54Z",
        "similar_questions": ["退货流程"],
        "answers": [
            {"text": "七天内可退。", "channel": None},
            {"text": "可退", "channel": "app"},
            {"text": "可退", "channel": "web"},
        ],
    }


def test_tencent_lke() -> None:
    assert cells(
        QaBizId="1963543972205658048",
        Question="你是谁",
        Answer="小助手",
        SimilarQuestionModify={"AddQuestions": [{"SimBizId": "1", "Question": "你叫什么"}]},
        ExpireStart="1766038604",
        ExpireEnd="0",
        EnableScope=2,
        AttrLabels=[{"AttrName": "产品", "Labels": [{"LabelName": "手机"}]}],
        AttrRange=1,
        Source=3,
        QuestionDesc="",
    ) == {
        "id": "1963543972205658048",
        "question": "你是谁",
        "answers": "小助手",
        "similar_questions": ["你叫什么"],
        "effective_from": "2025-12-18T06:16:44+00:00",
        "effective_to": None,
        "status": "draft",
        "tags": ["手机"],
    }


def test_baidu_keyue() -> None:
    assert cells(
        question="今天天气怎么样",
        dirId="0",
        effect="2024-05-28 11:22:28",
        expire="2099-12-31 23:59:59",
        status=1,
        simQuestions=["天气如何"],
        answer={"type": 0, "list": [{"id": "x", "type": 1, "text": "晴天"}]},
        channelAnswers=[{"channelName": "微信", "answer": {"type": 1, "text": "晴"}}],
        knowledgeLabelValue={"城市": ["北京", "上海"]},
        templates=[],
    ) == {
        "question": "今天天气怎么样",
        "effective_from": "2024-05-28T11:22:28",
        "effective_to": "2099-12-31T23:59:59",
        "status": "retired",
        "similar_questions": ["天气如何"],
        "answers": ["晴天", {"text": "晴", "channel": "微信"}],
        "tags": ["北京", "上海"],
    }


def test_weknora() -> None:
    row = {
        "standard_question": "问",
        "answers": ["一", "二"],
        "tag_name": "售后",
        "is_enabled": True,
    }
    assert cells(**row) == {"question": "问", "answers": ["一", "二"], "tags": "售后"}
    assert cells(**row, answer_strategy="all")["answers"] == "一\n二"
    assert cells(**(row | {"is_enabled": False}))["status"] == "retired"


def test_wecom_customer_service() -> None:
    assert cells(
        group_id="g",
        intent_id="i",
        question={"text": {"content": "问"}},
        similar_questions={"items": [{"text": {"content": "似"}}]},
        answers=[{"text": {"content": "答"}, "attachments": []}],
    ) == {"id": "i", "question": "问", "similar_questions": ["似"], "answers": "答"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026年1月2日", "2026-01-02"),
        ("2026/1/2 9:30", "2026-01-02T09:30"),
        ("20260102", "2026-01-02"),
        (1766038604000, "2025-12-18T06:16:44+00:00"),
        (0, None),
        ("永久有效", None),
        ("明天", "明天"),
    ],
)
def test_a_date_is_understood_as_it_is_written(written: object, read: object) -> None:
    assert cells(失效时间=written) == {"effective_to": read}


@pytest.mark.parametrize(
    ("column", "written", "status"),
    [
        ("状态", "已发布", "published"),
        ("状态", "待审核", "draft"),
        ("状态", "已下线", "retired"),
        ("status", "review", "draft"),
        ("状态", "奇怪", "奇怪"),
        ("是否停用(选填-默认FALSE)", "TRUE", "retired"),
        ("生效范围", "不生效", "retired"),
        ("EnableScope", 4, "published"),
    ],
)
def test_a_status_is_understood_as_it_is_written(column: str, written: object, status: str) -> None:
    assert cells(**{column: written}) == {"status": status}


def test_a_number_is_no_status_unless_the_vendor_is_known() -> None:
    assert cells(status=1) == {"status": 1}
    assert cells(status=1, KnowledgeId="x")["status"] == "draft"


def test_columns_of_one_field_come_together() -> None:
    assert cells(相似问1="甲", 相似问2="乙\n丙")["similar_questions"] == "甲\n乙\n丙"
    assert cells(一级分类="服务", 二级分类="退货")["category"] == "服务/退货"
    assert cells(答案1="甲", 答案2="乙")["answers"] == ["甲", "乙"]


def test_an_answer_is_given_in_each_channel_that_its_column_names() -> None:
    found = cells(答案="可退。", 渠道="微信,APP")
    assert found["answers"] == [
        {"text": "可退。", "channel": "微信"},
        {"text": "可退。", "channel": "APP"},
    ]
    assert cells(答案="可退。", 渠道="全部")["answers"] == [{"text": "可退。", "channel": None}]


def test_a_slip_inside_an_answer_of_our_own_shape_is_left_to_be_refused() -> None:
    answer = {"text": "可退。", "chanel": "app"}
    assert cells(answers=[answer])["answers"] == [answer]


def test_a_risk_is_kept_as_a_tag() -> None:
    assert cells(tags="a", risk="高")["tags"] == "a\nrisk:高"
