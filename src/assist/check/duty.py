"""Whether "should", "may" and "could" tell what someone has to or is free to do, or only guess."""

import re

from assist.check.context import Surroundings

# A person told what to do has a duty: 您应该先登记. A thing, or what comes to be, is inferred.
_PERSON = re.compile(
    r"您(?!的)|你(?!的)|我(?!的)|咱|商家|卖家|买家|顾客|客户|用户|客服|快递员|师傅|司机|双方|大家|人"
    r"|儿童|孩子|学[生员]|考生|家长|业主|租客|住户|房客|车主|患者|孕妇|游客|[乘旅]客|[店职]员|驾驶员|会员(?!卡)"
)
_RULED = re.compile(r"规定|依法|按照|根据|理应|必须")
# Told when to do something: 抽血前应该空腹; 月底前应该到账 is no such occasion.
_OCCASION = re.compile(r"^[^，。]{0,6}[^，。\d日号点天周月年底节末晚午]之?(?:前|时|期间|过程中)$")
_DUE = re.compile(r"[在于]?.{0,10}(?:以?内|之?前|以前|时)(?!.{0,3}[会能可])")
_INFERRED = re.compile(
    r".{0,3}?(?:会|(?<!才)能|(?<!才)可以|是(?!否)|已|收到|到账|到了|(?<!尽)快(?!递)|没|不会|不用|不是|不能"
    r"|够|看到|属于|免)|.{0,6}?(?:会(?![议员计])|能(?![量源])|已经)"
)
_FIRMLY = re.compile(r".{0,6}?(?:会(?![议员计])|能(?![量源够])|可以|已经?|是|没|到了)")
# A customer is not told to fulfil a condition, but guessed to.
_OWNED = re.compile(r"(?:您|你)[^，。]{0,4}$")
_HOLDS = re.compile(r"[^先要]{0,2}?(?:符合|满足|达到|享有|有)")
_COMPLETED = re.compile(r"[了吧啦的]$")
_FOR_CUSTOMER = re.compile(r"[给为帮]您")
_ADVERBIAL = (
    r"(?:(?:(?:在|于|自|从|随|由|按|以|用|把|将|每)[^，。]{1,10}?(?:前|后|内|时|中|里|上|下|期间|起|人)?)"
    r"|先|及时|一直|始终|全程|妥善|如实|本人|同时|提前|尽[快早量]|立[即刻]|马上|首先|谨慎|务必|主动|另行)?"
)
# What people do with things; what things do by themselves (到, 退, 恢复 …) is not here.
_ACT = re.compile(
    _ADVERBIAL
    + r"(?:先|要(?!不)|注意|留意|避免?|按(?!时)|怎|如何|带(?!宽)|携|提前|尽[快早]|立即|及时"
    r"|首先|谨慎|选|使用|检查|确保|确认"
    r"|关[闭掉]|断开|打开|开启|保持|保[管存]|备份|贴|填|写|注明|标[明注]|签[字名署]|出示|存放|放[置入在]|装[入好进在]|安装|更换"
    r"|提[交供]|上传|登记|办理|申请|缴|交(?!货)|支?付|还[清款]|结清|阅读|遵[守循]|妥善|清[洁洗理]|插|拔|佩戴|穿|停止|等待"
    r"|联系|拨打|致电|报[警案备修]|通知|告知|点击?|输入|核对|远离|服用|饮用|食用|咨询|由|经(?!常)|具备|满足|符合|达到"
    r"|设[置为]|调[整至到]|删除?|拆|冷藏|密封|一并|本人|到场|如实|遵照|自行|另行|予以|享有|承担|空腹|禁|忌|避|静置|充[满电]|关机|断电|戴|系[好上紧]|卧床|休息|平[躺放]"
    r"|晾|擦|涂|含服|嚼|漱口|泡|煮|加热|消毒|排队|取号|刷[卡脸]|扫码|拍[照下]|录[像音屏入]|签|交接|验|清点|就医|就诊"
    r"|复[诊查]|上报|汇报|转[交达]|归还|摇匀|检修|维[修护]|保养|年检|饭[前后]|睡前|餐[前后]|每[日天次]服|对折|折叠|入[场住]|到[场店]|集合)"
)

_ENGLISH_PERSON = re.compile(
    r"(?<![a-z])(?:you|we|i|they|he|she|everyone|anyone"
    r"|(?:customer|user|passenger|guest|student|patient|member|travell?er|visitor|applicant|tenant"
    r"|buyer|seller|parent|driver|owner|holder|client|child|employee|resident|subscriber|cardholder"
    r"|policyholder|account holder|staff|merchant|recipient|sender|shopper|driver|candidate)s?"
    r"|children|people)(?:'re|'m| are| am| is| were)?\s*"
    r"(?:also|always|still|now|only|each|all)?\s*$"
)
_ENGLISH_BECOMES = re.compile(
    r"\s*(?:not |also |still |now |soon |already |then |just )?"
    r"(?:be(?!\s+(?:sure|careful|aware|used|kept|happy|glad|able to help|ready|present|prepared))"
    r"|have(?! (?:your|a|an|the|it|them) (?:\w+ ){0,3}(?:ready|handy|at hand))"
    r"|receive|see|get|find|hear|work|take|cost|now|soon|need|experience|notice|lose|owe|qualify"
    r"|face|incur|end up)(?![a-z])"
)
_ENGLISH_ACTED_ON = re.compile(
    r"\s*(?:always |never |only |not |also )?be (?:\w+ly )?(?:(?:filed|signed|kept|submitted|paid"
    r"|logged|stored|worn|used|made|placed|stated|resold|reused|reproduced|copied|altered|sold|consumed"
    r"|removed|checked|tagged|handed|folded|locked|unplugged|dried|rinsed|wiped|inserted"
    r"|tightened|recorded|declared|marked|sealed|wrapped|inspected|serviced|carried|attached"
    r"|completed by|returned|reported|addressed|handled|cleaned"
    r"|charged (?:for|overnight)|combined|redeemed|transferred|exchanged|shared|brought|booked"
    r"|purchased|done by|avoided|packed|labell?ed|disconnected|switched|turned|washed|taken (?:with"
    r"|after|before)|directed|sent to|uploaded|provided|presented|requested|arranged|parked|left)"
    r"(?![a-z])|\w+ed by )"
)
_ENGLISH_SUBJECT = re.compile(
    r"\s*(?:not )?(?:you|i|we|they|it|he|she|this|that|these|those|there|the|your|our|my|any\w*"
    r"|some\w*|an?|one|no)(?![a-z])"
)
_DAY = re.compile(r"\s*\d")
_MONTH = re.compile(r"\d(?:st|nd|rd|th)?\s*(?:of\s*)?$")


def infers(words: str, around: Surroundings, *, number_next: bool) -> bool:
    """Whether folded "should" draws a conclusion; otherwise it says what someone has to do."""
    if words.isascii():
        return _supposed(around) and not _ENGLISH_ACTED_ON.match(around.after)
    rest = words[2:] + around.after
    if _OCCASION.search(around.before):
        return _becomes(rest)
    if _RULED.search(around.before):
        return False
    if words.startswith("应当"):
        return not _PERSON.search(around.before) and _FIRMLY.match(rest) is not None
    return (
        _of_person(around, rest, number_next)
        if _PERSON.search(around.before)
        else (
            number_next or _becomes(rest) or bool(_COMPLETED.search(rest)) or not _ACT.match(rest)
        )
    )


def _of_person(around: Surroundings, rest: str, number_next: bool) -> bool:
    """Whether what follows 应该 happens to the person; what the person does is a duty."""
    if _OWNED.search(around.before) and _HOLDS.match(rest):
        return True
    return not _DUE.match(rest) and (number_next or _becomes(rest) or rest.endswith("了"))


def _becomes(rest: str) -> bool:
    return bool(_INFERRED.match(rest) or _FOR_CUSTOMER.search(rest))


def supposes(word: str, around: Surroundings, *, capital: bool) -> bool:
    """Whether "may" or "could" supposes; otherwise it allows, asks, or names the month."""
    if capital or (word == "could" and around.after.startswith((" not", "n't"))):
        return False
    if word == "may" and (_MONTH.search(around.before) or _DAY.match(around.after)):
        return False
    return _supposed(around) and not _ENGLISH_ACTED_ON.match(around.after)


def _supposed(around: Surroundings) -> bool:
    """Whether an English modal is not an inversion, and not about what a person may do."""
    if not around.before.strip() and _ENGLISH_SUBJECT.match(around.after):
        return False
    person = _ENGLISH_PERSON.search(around.before) is not None
    return not person or _ENGLISH_BECOMES.match(around.after) is not None
