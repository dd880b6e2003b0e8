"""The names under which vendors and people keep the fields of an entry.

Besides the fields of a row there are columns that only say something about one: ``channel`` and
``strategy`` (of the answers), ``channel_answers``, ``enabled``, ``disabled`` and ``scope`` (of the
status), ``risk`` (kept as a tag). What stands in IGNORED has no place in an entry.
"""

import re
import unicodedata
from functools import lru_cache

IGNORED = "ignored"
LIST_FIELDS = frozenset({"similar_questions", "negative_questions", "links", "tags"})
REPEATABLE = LIST_FIELDS | {"answers", "category", "channel_answers", IGNORED}
"""Fields that several columns may give together."""

# Written as they compare: see key_of. Aliyun Beebot: Title SimQuestions Solutions StartDate EndDate
# (DescribeFaq). Tencent LKE: QaBizId Question Answer SimilarQuestionModify ExpireStart EnableScope
# AttrLabels (CreateQA, ModifyQA). Baidu Keyue: simQuestions effect expire channelAnswers
# knowledgeLabelValue (FaqStandardCreate). WeKnora: standard_question is_enabled answer_strategy
# and the Chinese header of its CSV. WeCom: answers similar_questions (kf/knowledge/add_intent).
_NAMES = {
    "id": """id 编号 知识id 知识编号 条目id 条目编号 问答id 问答编号 faqid qaid qabizid
        knowledgeid entryid intentid 唯一标识""",
    "kind": "kind",
    "category": """category categories categoryname categorypath catename dirname 分类 类目
        类别 目录 所属分类 所属类目 所属目录 知识分类 知识类目 知识目录 问题分类 业务分类
        分类路径 类目路径 分类名称 类目名称 目录名称 一级分类 二级分类 三级分类 一级类目
        二级类目 三级类目 一级目录 二级目录 三级目录""",
    "question": """question standardquestion title 问题 标准问题 标准问 标准问法 标准问句
        主问题 主问 主问法 问题标题 知识标题 知识名称 标题 用户问题 常见问题 问 q 问法标题""",
    "similar_questions": """similarquestions similarquestion simquestions simquestion
        similarquestionmodify 相似问 相似问题 相似问法 相似问句 相似说法 扩展问 扩展问题
        扩展问法 同义问 同义问法 同义问题 其他问法 其它问法 更多问法 问法 泛化问 泛化问法
        拓展问 拓展问题 拓展问法""",
    "negative_questions": """negativequestions negativequestion 反例 反例问 反例问题 反例问法
        负例 负例问 负例问题 负例问法 排除问 排除问题 排除问法""",
    "answers": """answers answer solutions solution answercontent 答案 答案内容 标准答案 回答
        标准回答 机器人回答 回答内容 回复 回复内容 标准回复 答复 解答 话术 标准话术 答 a""",
    "channel_answers": "channelanswers 渠道答案",
    "channel": """channel channels perspective perspectivecodes 渠道 适用渠道 生效渠道
        答案渠道 视角""",
    "strategy": "answerstrategy 回答策略 答案策略 是否全部回复",
    "note": """note remark remarks questiondesc 备注 备注信息 说明 补充说明 注意事项 内部备注
        问题描述""",
    "links": "links link url urls 链接 相关链接 参考链接 原文链接 链接地址 网址",
    "tags": """tags tag tagname labels keywords attrlabels knowledgelabelvalue 标签 知识标签
        关键词 关键字""",
    "risk": "risk 风险 风险等级",
    "owner": "owner 负责人 责任人 维护人 知识负责人 所有者 负责部门 责任部门 归属部门",
    "status": "status 状态 知识状态 发布状态",
    "enabled": "enabled isenabled 是否启用 启用 启用状态 是否生效 是否有效",
    "disabled": "disabled isdisabled 是否停用 停用 是否禁用 禁用 是否失效",
    "scope": "enablescope 生效范围 问答生效范围",
    "effective_from": """effectivefrom startdate starttime expirestart effect effectivetime
        生效时间 生效日期 生效开始时间 生效起始时间 开始时间 开始日期 起始时间 起始日期
        有效期开始 有效期起 有效开始时间 有效期开始时间""",
    "effective_to": """effectiveto enddate endtime expireend expire expiretime expiredate
        失效时间 失效日期 生效结束时间 生效截止时间 结束时间 结束日期 截止时间 截止日期
        到期时间 到期日期 过期时间 过期日期 有效期至 有效期止 有效期结束 有效结束时间
        有效期结束时间""",
    "review_by": """reviewby reviewdate 复审日期 复审时间 复核日期 复核时间 复查日期
        下次复核日期""",
    "source": "source 来源 知识来源 出处",
    "version": "version",
    "created_at": "createdat",
    "updated_at": "updatedat",
    IGNORED: """no 序号 行号 错误原因 失败原因 创建人 创建者 创建时间 创建日期 修改人 修改时间
        修改日期 更新人 更新时间 更新日期 最后修改人 最后修改时间 操作人 操作时间 浏览量
        点击量 命中次数 点赞数 点踩数 关联问题 相关问题 推荐问题 问题模板 是否推荐
        是否禁止被推荐 createtime modifytime updatetime createusername modifyusername
        createdusername createduserid lastedituserid lasteditusername lastedittime created
        updated categoryid effectstatus outlines botbizid docbizid catebizid customparam
        attrrange sourcedesc statusdesc groupid dirid editversion clarity faqtype faqi18n
        exeinstruct instructions templates suggestlist chunkid chunktype tagid isrecommended
        indexmode knowledgebaseid""",
}  # fmt: skip
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|<.*?>|「.*?」")
_SIGNS = re.compile(r"[\s_\-*:.·/、\"'“”]+")
_NUMBERED = re.compile(r"(\D+)\d{1,2}")
_NAMES_HELD = 4096
_PARTED_BY = re.compile(
    r"[用以按由]\s*(?P<sign>[^)\s,，]{1,6}?)\s*(?:进行)?(?:分隔|隔开|分割|分开)"
)
_SIGN_NAMES = {
    "换行": "\n",
    "回车": "\n",
    "逗号": ",，",
    "分号": ";；",
    "顿号": "、",
    "竖线": "|｜",
}


@lru_cache(_NAMES_HELD)
def key_of(name: str) -> str:
    """Return a column's name as it is compared: no hint in brackets, no sign, no width, no case."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return _SIGNS.sub("", _BRACKETS.sub("", plain))


@lru_cache(_NAMES_HELD)
def field_of(name: str) -> str | None:
    """Return the field that a column holds, or None; "相似问2" holds what "相似问" does."""
    key = key_of(name)
    if key in _FIELDS:
        return _FIELDS[key]
    numbered = _NUMBERED.fullmatch(key)
    field = _FIELDS.get(numbered[1]) if numbered else None
    return field if field in REPEATABLE else None


def parts_of(name: str, cell: str) -> list[str] | None:
    """Return the cell parted by the sign that its column's name asks for ("多个用##分隔")."""
    hint = _PARTED_BY.search(unicodedata.normalize("NFKC", name))
    if hint is None:
        return None
    sign = hint["sign"]
    named = next((signs for word, signs in _SIGN_NAMES.items() if word in sign), None)
    break_at = f"[{re.escape(named)}]" if named else re.escape(sign)
    return [part.strip() for part in re.split(break_at, cell) if part.strip()]
