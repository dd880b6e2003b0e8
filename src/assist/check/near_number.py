"""Whether a number, a time or a day stands right before or behind words."""

import re

from assist.check.context import CheckContext, Surroundings

_NUMERAL = r"[\d一二两三四五六七八九十百千万半几数¥$￥]"
_ENGLISH_NUMBER = (
    r"(?:an? (?:few |couple |half|day|week|month|hour|year|minute)|half|several|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|a hundred|a thousand)"
)
_NUMBER_NEXT = re.compile(
    r"\s*(?:是|需要?|要|会|有|在|为|得|花费?|等|能|用|收|付|for|at|in)?\s*"
    r"(?:每(?:[月年天次人单件]|小时|个月)|人均|单价)?"
    rf"(?:[下本][个次批轮周月季年学礼星]|[月年]底|傍晚|(?!一(?:样|起|直|般|致|定|下|些)){_NUMERAL}|{_ENGLISH_NUMBER}(?![a-z]{{3}}))"
)
_NUMBER_BEFORE = re.compile(
    rf"{_NUMERAL}\s?[^\d\s，。]{{0,4}}$|(?<![a-z])(?:an?|{_ENGLISH_NUMBER})\s?[a-z]{{0,12}}\s*$"
    r"|(?:[今明后]天|[上下本这]周[一二三四五六日末]?|周[一二三四五六日末]|[个\d]月|月[初中底]|年[初中底前后]|[上中下]旬"
    r"|[早晚]上|[中下上]午|傍晚|凌晨|[春国元]\w{1,2}|节|节[前后]|[饭餐])$"
)


def fact_next(context: CheckContext, end: int, around: Surroundings) -> bool:
    """Whether a fact begins where the words end, or a character later."""
    last = min(end + 1, around.clause.end - 1)
    return any(end <= fact.start <= last for fact in context.facts)


def number_next(context: CheckContext, end: int, around: Surroundings) -> bool:
    """Whether a number follows the words that end at ``end``."""
    return fact_next(context, end, around) or _NUMBER_NEXT.match(around.after) is not None


def number_before(context: CheckContext, start: int, around: Surroundings) -> bool:
    """Whether a number or a time precedes the words that begin at ``start``."""
    beside = any(fact.end <= start <= fact.end + 1 for fact in context.facts)
    return beside or _NUMBER_BEFORE.search(around.before) is not None
