"""Papers, bodies, ways and extents that a draft names and no source has."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

DESK = (
    "办理居住证需持身份证、租赁合同，到服务中心二楼办理，15个工作日内出证，工本费20元。"
    "To collect a parcel, bring photo ID; the locker fee of $5 is paid at the desk."
)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("需持身份证、租赁合同以及单位介绍信。", "介绍信"),
        ("租赁合同请带到派出所办理。", "派出所"),
        ("办理进度会通过短信告诉您。", "短信"),
        ("居住证15个工作日内自动寄到家。", "自动"),
        ("You can also collect a parcel with a utility bill.", "utility bill"),
        ("The locker fee of $5 is paid by credit card.", "credit card"),
    ],
)
def test_a_thing_that_no_source_names_is_invented(judge: Judge, text: str, word: str) -> None:
    found = judge("grounding", text, (1,), passages={1: DESK})
    assert ("invented", word) in [(finding.rule, finding.text) for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        "需持身份证、租约，到服务中心二楼办理。",  # 租约 is 租赁合同
        "办理居住证不用带户口本。",
        "户口本不需要带，持身份证、租赁合同就行。",
        "请立即持身份证到服务中心二楼办理。",
        "To collect a parcel, bring your passport.",  # an ID
        "The locker fee of $5 is not paid by credit card.",
    ],
)
def test_other_words_denials_and_requests_are_left_alone(judge: Judge, text: str) -> None:
    found = judge("grounding", text, (1,), passages={1: DESK})
    assert "invented" not in [finding.rule for finding in found]


def test_what_the_customer_names_is_known(judge: Judge) -> None:
    text = "办理居住证，派出所不在服务中心二楼，居委会在。"
    found = judge("grounding", text, (1,), passages={1: DESK}, question="去派出所还是居委会办？")
    assert not found
