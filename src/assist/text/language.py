"""Which of the two languages a text is in."""

import re

from assist.records import Language
from assist.text.normalise import HAN

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z]+")
_CHARACTERS_A_WORD = 1.7
"""How many Han characters say about as much as one English word."""
# Names and codes stand in either language; only the small words show that a sentence is English.
_SMALL_WORDS = re.compile(
    r"""a|an|and|are|as|at|be|but|by|can|could|did|do|does|for|from|get|had|has|have|how|i|if|in|is
    |it|its|me|my|need|no|not|of|on|or|our|please|so|that|the|their|there|they|this|to|us|want|was
    |we|were|what|when|where|which|who|why|will|with|would|you|your""",
    re.VERBOSE,
)


def language_of(text: str) -> Language:
    """Return the language of the sentences, not of the names in them; Chinese when none shows."""
    han = len(_HAN.findall(text))
    latin = [word.lower() for word in _LATIN.findall(text)]
    if not han:
        return "en" if any(len(word) > 1 for word in latin) else "zh"
    small = sum(_SMALL_WORDS.fullmatch(word) is not None for word in latin)
    if not small:
        return "zh"
    return "en" if len(latin) + small > han / _CHARACTERS_A_WORD else "zh"
