"""Hedges are found by what they do in the sentence, and weighed by what they hedge."""

from collections.abc import Callable

import pytest

from assist.records import Finding

Judge = Callable[..., tuple[Finding, ...]]

HEDGED = """可能是网络的问题
这张卡在国外也行吧。
没什么意外下午就能到。
大约摸下周能办好。
Maybe the refund comes tomorrow.
退款可能需要3天到账
这个应该可以退
快递应该明天到
大概3天左右
大约15个工作日
差不多要一个星期
我估计下周能发货
据说下个月会降价
这个我不太清楚
不一定能到
不确定有没有货
一般来说24小时内发货
您的包裹大约明天下午到
3天吧
如果没记错，运费是10元
过几天就会到账
说不准，要看银行
您的退款应该已经到账了
Maybe you can get a refund.
It should arrive tomorrow.
I think the fee is 20 dollars.
It probably takes around 5 days.
I'm not sure about that.
Your order may arrive late.
明天到货的可能性很大
不排除额外收取服务费
赔付金额视情况而定
我们一般下午四点前发货
有时候会晚一天
两三天就能到
材料审核要好几天
您的快递明天能到吧
师傅争取今晚上门
航班取消的话多半可以退票
您反馈的问题可能和版本有关
您应该符合减免条件
这个月的话费应该扣过了
Hopefully the part arrives on Monday.
You may be charged twice.
You should receive the code in a minute.
There's a good chance it arrives tomorrow.
I can't say when it will be fixed.
It depends, sometimes it is free.
Your refund will land in a few days.
退货申请似乎卡住了。
百来块钱就够了。
押金一千出头。
个把小时就能到。
两小时不到就能送达。
一个多小时到。
能不能退我心里没谱。
能不能过审另说。
价格以后再议。
要看当天客流。
我会尽力帮您申请。
尽量给您留位。
我帮您试试能不能改签。
听前台讲今天没有空房。
坊间流传要涨价。
照我说不用换。
按我的理解，这个不算违约。
暂定下周三上门。
难保不是快递摔坏的。
由此看来是水管老化。
快递很快就到。
怕係寄漏咗。
唔敢包星期五送到。
講唔定聽日就到。
大概兩日啩。
孩子一米二以下应该免票。
业主应该签收了。
The refund ought to be in your account.
The parcel is supposed to arrive on Friday.
It's sorta included.
Come by at 3ish.
It takes some 20 minutes.
As far as we can see, it's on its way.
From what I gather the store is shut.
Our guess is that the belt slipped.
There's no telling when it'll arrive.
I'll see what I can do about the fee.
We'll reopen the pool soon.""".splitlines()
PLAIN = """The Probably Good bundle costs 30 dollars.
You cannot possibly be charged twice.
没有意外险的订单不受影响。
不可能出现重复扣款
有两种可能性
您应该带上身份证到营业厅
这是我们应该做的
您可能遇到了网络问题吗？
左右滑动屏幕即可
请预约3天后的时间
您说的“可能收不到货”我已记录
您担心可能收不到货，我理解您的心情
如果您不确定订单号，可以在“我的订单”里查看
不知道您方便接电话吗
请在3天内提交
按照规定，商家应该在48小时内发货
功能和上一代差不多
大概流程如下
图片不清楚，请重新上传
我想帮您查询一下订单
请勿拆机，否则可能影响保修
大概率条款详见合同
应该怎么操作呢？
合约期24个月
You should bring your ID card.
May I have your order number?
You may return it within 7 days.
What kind of phone is it?
May 5 is a holiday.
This is about your order.
大概念股票型基金的费率为1.5%
据说明书第5页，滤芯每6个月更换
也许可证到期后可在线续办
一般纳税人可以开具专用发票
有三种可能，请逐一排查
重复扣款的可能性为零
不是可能，是确定当天到账
退回的商品应该保持吊牌完整
行李应该在托运前贴好标签
您应该尽快挂失
想必您很着急，非常抱歉
为避免可能产生的滞纳金，请在25日前缴费
请您尽量在工作日办理
前几天的账单已经补发
和以前差不多，9点到20点
请估计一下房屋面积后填写
The new tariff starts on 1 May.
Should you need a receipt, open the order.
Claims should be filed within 30 days.
Guests may bring one small dog.
Tickets may not be resold.
We could not find a payment.
A few days ago we sent you the contract.
You might be wondering why; the fee covers insurance.
全场八成商品已降价。
我们按八成赔付。
请您尽可能提前到场。
已为您争取到九折优惠。
您可以试试重启路由器。
如航班可能延误，您有权免费改签。
凡疑似侵权的商品，卖家要提交凭证。
所有可能产生的费用都已列在账单中。
不一定要去营业厅，网上也能办。
不清楚如何操作的请致电客服。
航班晚点给您带来不便，非常抱歉。
请您再看看第二页。
可以查看进度。
英语听说考试于6月举行。
七八月份为旺季，价格为399元。
近30天的账单已发送。
报名费一百八十元。
抽血前应该空腹8小时。
儿童应该坐安全座椅。
请选择“不确定”选项。
不用估计，账单上写得很清楚。
API 的 maybe 字段默认 false。
Turn the key around twice to unlock the door.
Tell us about two of your trips.
You're supposed to sign on page 2.
Your data should never be shared.
It must be returned within 30 days.
I hope this helps.
Have a good day.""".splitlines()


@pytest.mark.parametrize("text", HEDGED)
def test_a_hedge_is_found(judge: Judge, text: str) -> None:
    assert judge("uncertainty", text)


@pytest.mark.parametrize("text", PLAIN)
def test_a_look_alike_is_left_alone(judge: Judge, text: str) -> None:
    assert judge("uncertainty", text) == ()


def test_a_hedge_on_money_time_or_rights_is_a_warning(judge: Judge) -> None:
    assert [f.severity for f in judge("uncertainty", "退款可能要3天")] == ["warn"]
    assert [f.severity for f in judge("uncertainty", "可能是网络的问题")] == ["info"]


def test_a_hedge_that_a_source_has_in_the_same_words_is_advice(judge: Judge) -> None:
    found = judge("uncertainty", "退款一般需要3天。", passages={1: "退款一般需要3天。"})
    assert [f.severity for f in found] == ["info"]


def test_the_span_is_the_hedge_itself(judge: Judge) -> None:
    (finding,) = judge("uncertainty", "這個\u200b可能要三天")
    assert finding.text == "可能"
    assert finding.start == 3
