"""Forbidden words are found in any disguise and left alone in ordinary words."""

import pytest

from assist.check.rules import CheckRules

HIDDEN = [
    ("本店产品全网最低价", "最低价"),
    ("这是最 佳 选择", "最 佳"),
    ("加*微*信领取", "加*微*信"),
    ("加 微 信", "加 微 信"),
    ("加wei信", "加wei信"),
    ("jia wei xin 领红包", "jia wei xin"),
    ("加V：abc123", "加V"),
    ("蕞低价", "蕞低价"),
    ("最<b>佳</b>品质", "最<b>佳"),
    ("&#26368;佳品质", "&#26368;佳"),
    ("穩賺不賠", "穩賺不賠"),
    ("加微\u200b信", "加微\u200b信"),
    ("唯①", "唯①"),
    ("国。家。级", "国。家。级"),
    ("ѕhіt", "ѕhіt"),
    ("fuuuuck", "fuuuuck"),
    ("f u c k you", "f u c k"),
    ("100%有效", "100%有效"),
    ("稳贝兼不赔", "稳贝兼不赔"),
    ("这个疗程堵博，您安心", "堵博"),
    ("佳维信领取", "佳维信"),
    ("稳赚哦不赔", "稳赚哦不赔"),
    ("零険，穏賺不賠", "穏賺不賠"),
    ("⻛险自担，第㇐品牌", "第㇐品牌"),
    ("カロ微信", "カロ微信"),
    ("b!tch", "b!tch"),
    ("这里可以dubo", "dubo"),
    ("请把验证码发给我", "验证码发给我"),
    ("jia-薇-xin 领券", "jia-薇-xin"),
    ("力口 wei 信领券", "力口 wei 信"),
    ("滚🥚", "滚🥚"),
    ("彩铃永久🆓", "永久🆓"),
    ("傻13", "傻13"),
    ("加w3ixin", "加w3ixin"),
    ("家威信领券", "家威信"),
    ("加一下微信", "加一下微信"),
    ("项尖品质", "项尖"),
    ("最🌸佳品质", "最🌸佳"),
    ("加.Wei.Xin", "加.Wei.Xin"),
    ("我们没有第—，谁有", "第—"),
    ("这病能根—治", "根—治"),
    ("全球第\n一通信商", "全球第\n一"),
    ("稳-赚", "稳-赚"),
]
HARMLESS = [
    "最近一次充值",
    "您第一次下单",
    "最佳食用期为三天",
    "国家级大学",
    "请点击最后一步",
    "这是我最喜欢的",
    "最高兴的事",
    "我们最。佳能相机",
    "排在第，一共三件",
    "附加微信息",
    "请勿私下转账",
    "谨防加微信诈骗",
    "谨防wzbp的骗局",
    "请不要加微信转账",
    "class passport hit",
    "面包过期了",
    "他的威信很高",
    "您最好提前预约",
    "唯一的订单号",
    "该系列中最便宜的一款",
    "我们的目标是成为行业第一",
    "很微，信不信由你",
    "最大支持128G",
    "最低消费20元",
    "手机电量100%",
    "第一步打开设置，第二步重启",
    "有三点：第一，打开设置；第二，重启",
    "来自64个国家及地区",
    "最高人民法院的解释",
    "国家级非物质文化遗产",
    "木卫一和保王派",
    "我们每周三加货",
    "这是我们代理的第一个品牌",
    "请不要把验证码发给我们的任何人",
    "Hi!Thanks",
    "麻辣鸡翅卖完了",
    "可以看卫星图",
    "从活期转定期",
    "工单前缀WX代表外线",
    "地衣品牌故事",
    "order 455-20",
]


@pytest.mark.parametrize(("text", "span"), HIDDEN)
def test_a_disguised_word_is_found_where_it_stands(rules: CheckRules, text: str, span: str) -> None:
    assert span in [text[hit.start : hit.end] for hit in rules.banned.find(text)]


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_text_is_left_alone(rules: CheckRules, text: str) -> None:
    assert [text[hit.start : hit.end] for hit in rules.banned.find(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("办理高利贷", True),
        ("高禾刂贷", True),
        ("高li贷", True),
        ("高利货", False),
        ("高.利.贷", True),
        ("贷利高", True),
        ("Cаsino 在线", True),
        ("c4sino", True),
        ("casinos", False),
        ("最佳品质", False),
    ],
)
def test_another_list_replaces_the_configured_one(
    rules: CheckRules, text: str, found: bool
) -> None:
    banned = rules.with_banned_words(["高利贷", "casino"]).banned
    assert bool(banned.find(text)) is found


def test_a_known_word_keeps_its_harmless_contexts_in_another_list(rules: CheckRules) -> None:
    banned = rules.with_banned_words(["最佳"]).banned
    assert not banned.find("最佳食用期为三天")
    assert [hit.banned.severity for hit in banned.find("最佳品质")] == ["block"]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("比特的白疒知客户", "白痴", True),
        ("臼痴玩家", "白痴", True),
        ("您去pdd买", "拼多多", True),
        ("您去PDD买", "拼多多", False),
        ("wx发我", "微信", True),
        ("WX代表外线", "微信", False),
        ("盒内扫🐎领三元", "扫码", True),
        ("卡片扫马进群", "扫码", True),
        ("怕惊动宝宝", "京东", False),
        ("bags are f@k3", "fake", True),
        ("a scarn", "scam", True),
        ("单号 F4K-33107", "fake", False),
        ("ԚԚ聊", "QQ", True),
        ("请私<br/>聊客服", "私聊", True),
        ("Ping t3le✈gr4m", "telegram", True),
        ("想就加一下群", "加群", True),
        ("带充找我", "代充", True),
        ("自带充电器", "代充", False),
        ("佳裙，发车啦", "加群", True),
        ("大家群里说", "加群", False),
        ("特斯娜", "特斯拉", True),
        ("加维辛领券", "加微信", True),
        ("他家就是lj店", "垃圾", True),
        ("LJ店", "垃圾", False),
        ("硬盘有5gb吧", "国标", False),
        ("爱买不买，氵衮", "滚", True),
        ("周末贝者博局", "赌博", True),
        ("今晚6合彩", "六合彩", True),
        ("加🧣信", "加微信", True),
        ("这笔✈️单", "飞单", True),
        ("把🇨🇳标贴好", "国标", False),
        ("天|风险等级", "无风险", False),
        ("an id\niot", "idiot", True),
        ("在家刷🌸单日入三百", "刷单", True),
        ("领礼包请加\xad群", "加群", True),
        ("an &#105diot", "idiot", True),
        ("亰东", "京东", True),
    ],
)
def test_a_listed_word_is_found_by_its_look_its_sound_and_its_habits(
    rules: CheckRules, text: str, word: str, found: bool
) -> None:
    assert bool(rules.with_banned_words([word]).banned.find(text)) is found


def test_an_empty_list_finds_nothing(rules: CheckRules) -> None:
    assert rules.with_banned_words([]).banned.find("最佳 加微信") == ()


def test_a_word_within_a_longer_forbidden_one_is_not_told_twice(rules: CheckRules) -> None:
    hits = rules.banned.find("我们稳赚不赔")
    assert [hit.banned.word for hit in hits] == ["稳赚不赔"]


def test_a_word_of_one_repeated_letter_counts_exactly(rules: CheckRules) -> None:
    banned = rules.with_banned_words(["xxx"]).banned
    assert banned.find("看 xxx 片")
    assert not banned.find("格式为 0XXXX-XXXXXXX")


def test_a_doubled_word_needs_its_letters_twice(rules: CheckRules) -> None:
    banned = rules.with_banned_words(["天天赚"]).banned
    assert banned.find("天天赚")
    assert banned.find("天天天赚赚")
    assert not banned.find("一天赚")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("This is shit.", "shit"),
        ("the router is sh1t", "shit"),
        ("请加\n微信领取", "加微信"),
        ("保证最\n低价，随便比", "最低价"),
        ("私下给我转账吧", "私下转账"),
    ],
)
def test_a_word_is_found_beside_its_own_letter_across_a_line_and_round_a_pronoun(
    rules: CheckRules, text: str, word: str
) -> None:
    hits = rules.with_banned_words([word]).banned.find(text)
    assert [hit.banned.word for hit in hits] == [word]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Delivery is free. Money comes back in days.", "free money"),
        ("the code 5C4-M21 is wrong", "scam"),
        ("价格最低\n价位透明", "最低价"),
        ("free\nmoney", "free money"),
    ],
)
def test_the_end_of_a_sentence_a_code_and_a_list_are_no_word(
    rules: CheckRules, text: str, word: str
) -> None:
    assert rules.with_banned_words([word]).banned.find(text) == ()
