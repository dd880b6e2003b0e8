"""The small words of customers: what greets, asks, points back or goes on, but names no topic."""

import re

_HAN_FILLER = (
    r"在吗|在么|在不在|在不|有人吗|有人在吗|你好|您好|哈喽|哈啰|嗨|喂|亲亲|客服你好|你们好|请问一下|请问下|请问|"
    r"我?想(?:要)?(?:咨询|请教|了解|问)(?:一下|下)?|请教(?:一下|下)|(?:我)?咨询(?:一下|下)|麻烦(?:问)?(?:一下|下)|"
    r"问(?:一)?下|打扰(?:一下|了)|帮我看(?:一)?下|谢谢(?:你|您|啦|了)?|多谢|辛苦了|拜托"
)
_LATIN_FILLER = (
    r"hi|hello|hey|please|excuse me|thanks|thank you|sorry|"
    r"(?:could|can|would) you (?:please )?tell me|(?:i|we)(?: would|'d) like to (?:know|ask)|"
    r"i (?:want|wanted) to (?:know|ask)|i(?: a|')m wondering|may i ask"
)
# "亲" greets, but "亲情号" and "亲属" do not.
_GREETING = re.compile(
    rf"^(?:[\s，,。.!！~～、…:：?？]|{_HAN_FILLER}|亲(?![情属人自友子密戚近眼手口朋爱])"
    rf"|那个(?=[\s，,…])|嗯+|呃+|额(?=[\s，,])|啊(?=[\s，,])|(?:{_LATIN_FILLER})\b)+",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    rf"(?:[\s，,。.!！~～、…]|谢谢(?:你|您|啦|了)?|多谢|急+|在线等|(?:{_LATIN_FILLER})(?=\W*$))+$",
    re.IGNORECASE,
)

_ASKING = (
    r"多久|多长时间|多少|几(?:天|号|点|个|时|次|块|分钟|小时|张)?|什么时候|啥时候|何时|怎么(?:样|办|弄|搞|做)?|"
    r"怎样|咋(?:办|弄|整|样)?|如何|为什么|为啥|什么|啥|哪(?:里|儿|个|些|天|家)?|谁|是不是|能不能|可不可以|"
    r"会不会|要不要|有没有|行不行|好不好|吗|呢|吧|么|嘛|呀|啊"
)
_SMALL = (
    r"可以|能够|能|会|要|得|需要|应该|必须|是|有|没有|没|不|也|都|还|就|再|又|才|只|的|了|着|过|地|我|你|您|他|她|它|们"
    r"|这|那|个|些|种|样|里|边|款|一下|一样|一般|请|让|给|把|被|用|在|到|从|和|跟|与|或|但|而|如果|要是|话|因为|所以"
    r"|然后|现在|已经|大概|另外|同样|行|好|对|嗯|哦"
)
# Whatever can be asked of any topic.
_ASPECTS = (
    r"时间|办理|办|弄|做|搞|收费|收钱|费用|价格|价钱|钱|价|条件|流程|步骤|手续|操作|申请|处理|方式|方法|地方|材料|限制"
    r"|规定|要求|区别|生效|开始|结束|到账|完成|贵|便宜|划算|开通|取消|关闭|激活|恢复|查询|使用|购买|参加|领取|更换|修改"
)
_EMPTY = re.compile(f"{_ASKING}|{_ASPECTS}|{_SMALL}")
_ASKS = re.compile(rf"{_ASKING}|[?？]|\b(?:how|what|when|where|which|who|why|can|do|does|is|are)\b")
_QUESTION_PART = re.compile(
    rf"(?:要|需要|得|会|是|有|大概)?(?:{_ASKING})(?:{_ASPECTS}|的|了)*|[?？]"
)
_MARKS = re.compile(r"\W+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z0-9][a-z0-9.'+]*", re.IGNORECASE)
_ENGLISH_SMALL = re.compile(
    r"""an?|the|and|or|but|so|then|of|for|to|in|on|at|by|with|from|about|is|are|was|were|be|been|do|does
    |did|can|could|will|would|should|may|might|must|have|has|had|i|you|he|she|it|we|they|me|him|her
    |us|them|my|your|his|its|our|their|this|that|these|those|ones?|there|here|what|how|when|where
    |which|who|why|long|much|many|often|more|same|also|too|ok|okay|yes|no|not|if|as|costs?|price|i.m|monday|tuesday|wednesday|thursday|friday|saturday|sunday|hello|hi
    |takes?|get|need|work""",
    re.VERBOSE | re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    # "那个" before a name is only a drawl, but "这个" before a short one is a pointer.
    rf"它|这个(?!月|星期|周|礼拜|季度|年)|那个(?=.?(?:$|[\s，,。?？]|{_ASKING}|{_SMALL}))|这种|那种|这样|那样|这款|那款"
    r"|这项|上面|前面|刚才|刚刚?说|其他的|另一"
    r"|\b(?:it|they|them|this|that|these|those|one|ones)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:那(?![个种边里年天时儿款些])么?|还有|以及|然后|而且|另外|可是|但是?|不过|所以|还是|还没|要是|如果|万一|也)"
    r"|(?:and|but|or|so|then|what about|how about|what if|also)\b",
    re.IGNORECASE,
)
# A blank goes on with a name only beside a Latin word: X1 Pro, 畅享 199.
_PART = r"(?:[^，,。？?！!\s]|(?<=[a-z\d])[ ]|[ ](?=[a-z\d])){1,14}?"
_ELLIPSIS = re.compile(
    rf"^(?:那|那么|还有|然后)?(?P<part>{_PART})(?:的?(?:话)?呢|的?话)(?=$|[\s，,。？?！!])"
    rf"|^(?:那|那么)?(?P<likewise>{_PART})也(?:都)?"
    r"(?:是|要|能|行|可以|一样|算|得|会|有)(?:的|一样|这样)?(?:吗|么|嘛|不|呢|吧)?[？?]?$"
    r"|^(?:what|how) about (?P<english>[^?.,]{1,40})",
    re.IGNORECASE,
)
_LIKEWISE = re.compile(r"也(?:是|要|能|行|可以|一样|算|得|会|有|这)")
_WRONG = (
    r"(?:不是(?:的|这个|那个|这样|这意思|这个意思|说这个|问这个|啦|啊)?|不对|(?:说|搞|弄|打|问|写|看)?错了"
    r"|(?:你)?误会(?:我)?了|我不是(?:说|问|指)(?:这个|那个)?|no|nope|not that|wrong|sorry)"
)
_MEANT = (
    r"(?:(?:我)?(?:是)?(?:想|要)?(?:说|问|指|讲)(?:的)?(?:意思)?(?:是)?|我(?:想|要)?的?意思是|我?(?:想)?要的是|我?(?:想)?要"
    r"|应该是|而是|是|i mean|i meant|i am asking about|i'm asking about)"
)
_CORRECTION = re.compile(
    rf"^(?:[啊哦噢呃嗯，,\s]*{_WRONG}(?:[\s，,。.!！、]+|(?=我|{_WRONG})))+(?:我)?{_MEANT}?\s*"
    rf"|^我(?:是)?(?:想)?(?:说|问|指|讲|要)的?(?:其实)?是\s*",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"^(?:[啊哦噢呃嗯，,\s]*)(?:我(?:是)?(?:想)?(?:说|问|指|讲|要)的?)?(?:不是|并非)(?:要|说|问)?"
    r"(?P<old>(?![的这那])[^，,。！!\s我]{1,10})[，,。！!\s]+(?:我)?(?:而是|是|想|要|想要|(?:说|问|指|要)的是)+"
    r"(?P<new>[^，,。！!?？\s]{1,12})"
    r"|^not (?:the )?(?P<not>[^,.]{1,30})[,.]\s*(?:but |i mean )?(?:the )?(?P<but>[^,.?]{1,30})",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"^(?:另外(?=[\s，,]|我|问|想|请)|对了(?=[\s，,]|我|问|想|请)|换个(?:问题|话题)|(?:我)?(?:再|顺便|还想)问(?:一?个(?:问题)?|一?下)?|还有(?:一?个)?(?:问题|事)"
    r"|by the way|another question|different question)[\s，,。:：]*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:那么?(?=[要得能会可我你])|那(?![个种边里年天时儿款些])|还有|然后|(?:what|how) about\b)"
    r"\s*[，,]?\s*",
    re.IGNORECASE,
)


def without_fillers(text: str) -> str:
    """Return the text without greetings and thanks around it; itself when it is nothing else."""
    whole = text.strip()
    bare = _core(whole)
    # Where only marks would go, nothing was said that is not part of the question.
    return bare if bare and _MARKS.sub("", bare) != _MARKS.sub("", whole) else whole


def is_filler(text: str) -> bool:
    """Return whether the text is nothing but greetings and thanks."""
    return not _core(text.strip())


def _core(text: str) -> str:
    return _FAREWELL.sub("", _GREETING.sub("", text)).strip()


def content(text: str) -> int:
    """Return about how many characters name something: two for each Latin word or code."""
    han = len(_HAN.findall(_EMPTY.sub(" ", text)))
    latin = [word for word in _LATIN.findall(text) if not _ENGLISH_SMALL.fullmatch(word)]
    return han + 2 * len(latin)


def asks(text: str) -> bool:
    return _ASKS.search(text.lower()) is not None


def points_back(text: str) -> bool:
    return _POINTS_BACK.search(text) is not None


def goes_on(text: str) -> bool:
    """Return whether the text begins as the continuation of another."""
    return _GOES_ON.match(text) is not None or _LIKEWISE.search(text) is not None


def ellipsis(text: str) -> str | None:
    """Return what the question "and X?" puts in the place of something said before."""
    match = _ELLIPSIS.match(text)
    if match is None:
        return None
    part: str = match["part"] or match["likewise"] or match["english"].removeprefix("the ")
    return part.strip()


def correction(text: str) -> tuple[str, str] | None:
    """Return what the customer takes back, if it is named, and what is meant instead."""
    replaced = _REPLACED.match(text)
    if replaced is not None:
        old, new = replaced.group("old", "new") if replaced["old"] else replaced.group("not", "but")
        return old, new + text[replaced.end() :]
    match = _CORRECTION.match(text)
    return None if match is None or match.end() == len(text) else ("", text[match.end() :])


def changes_topic(text: str) -> bool:
    return _CHANGES.match(text) is not None


def without_change(text: str) -> str:
    """Return the text without the words that announce another topic."""
    return _CHANGES.sub("", text) or text


def without_lead(text: str) -> str:
    """Return a continuation without the word that joins it to what went before."""
    return _LEAD.sub("", text) or text


def subject(text: str) -> str:
    """Return what a question is about, without what it asks; itself when it only asks."""
    bare = re.sub(r"\s+", " ", _QUESTION_PART.sub(" ", text)).strip(" ，,。.!！")
    return bare if content(bare) else text


def is_small(word: str) -> bool:
    """Return whether an English word is one of those that name nothing."""
    return _ENGLISH_SMALL.fullmatch(word) is not None
