"""Commitments are told from instructions, denials, conditions and what a source promises."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

PROMISES = """我保证明天到货
一定会给您退款
肯定能修好
马上到账
绝对不会再发生
包您满意
您放心，没问题一定给您退
我们承诺三天内一定送到
今天肯定到
We guarantee delivery tomorrow.
You will definitely get a refund.
It will never happen again.
三天内必到账
投资稳赚不赔
这次一准能到
您尽管放心，绝无问题
You'll definitely be approved.
I can assure you the fee will be waived.
It will be fixed today for sure.""".splitlines()
NONE = """不一定能到
我们不能保证明天到货
请您一定保管好验证码
您一定要带上身份证
需要一定的时间
为了保证您的账户安全，请修改密码
请确保网络畅通
保证金会退还
我肯定理解您的心情
如果审核通过，一定会退款
您刚才说的“一定能退”是谁答复的
我们一定会尽力为您处理
您能保证商品完好吗？
不敢保证一定有货
We cannot guarantee the delivery date.
我们不做任何收益承诺
快递未必到，不必退回
You must always carry your ID.
I never received your photo.""".splitlines()


@pytest.mark.parametrize("text", PROMISES)
def test_a_promise_is_found(judge: Judge, text: str) -> None:
    assert judge("promise", text)


@pytest.mark.parametrize("text", NONE)
def test_what_binds_nobody_is_left_alone(judge: Judge, text: str) -> None:
    assert judge("promise", text) == ()


def test_a_promise_of_the_source_may_be_passed_on(judge: Judge) -> None:
    source = {1: "商品承诺：我们承诺假一赔十。"}
    assert judge("promise", "我们承诺假一赔十。", passages=source) == ()
    assert judge("promise", "我们承诺三天到货。", passages=source)
