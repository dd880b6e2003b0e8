"""The words of a question that say what it is about."""

import re

from assist.text.normalise import fold
from assist.text.tokenise import words

# Words that ask, point or are polite: they stand in any question and say nothing of its subject.
_EMPTY = re.compile(
    r"""什么|怎么|怎么办|怎样|如何|为什么|为何|多少|多久|多长|多长时间|几个|哪个|哪里|哪些|哪儿|是否
    |能否|可否|可以|能够|需要|应该|想要|请问|你好|您好|谢谢|麻烦|帮忙|帮我|一下|这个|那个|这样|那样
    |这些|那些|这里|那里|我们|你们|他们|咱们|自己|现在|已经|还是|或者|如果|但是|因为|所以|就是|不是
    |没有|有没有|是不是|能不能|可不可以|的话|时候|一个|知道|告诉|问题|咨询|了解|还有|另外|以及|顺便
    |a|about|also|an|and|any|are|at|be|can|could|did|do|does|for|from|get|had|has|have|hello|how|if
    |in|is|it|know|long|many|me|much|my|need|not|of|on|or|our|please|thank|thanks|that|the|there
    |this|to|want|was|were|what|when|where|which|who|why|will|with|would|you|your""",
    re.VERBOSE,
)


def content_words(text: str) -> frozenset[str]:
    """Return the folded words that carry meaning: two characters or more, or a number."""
    folded = (fold(span.text) for span in words(text))
    return frozenset(
        word
        for word in folded
        if word.isalnum() and (len(word) > 1 or word.isdigit()) and not _EMPTY.fullmatch(word)
    )


def covered(asked: frozenset[str], text: str) -> float:
    """Return the share of the asked words that stand in a folded text."""
    return sum(word in text for word in asked) / len(asked)
