"""Regular expressions that people write into rules, kept from running away on any text."""

import re

_LITERAL = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
_REPEAT = re.compile(r"\{(?:\d+,)?(\d+)\}")
_MOST = 8
"""How often a group may be repeated: what it can match in two ways doubles the work each time."""


def bounded(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern compiled.

    Raises ValueError for one that is no regular expression, or whose work on a text could grow
    beyond bounds: every repeat needs a bound, a group one of at most 8, and no repeat but ``?`` may
    stand in a group that is repeated.
    """
    try:
        compiled = re.compile(pattern, flags)
    except re.error as error:
        raise ValueError(f"{pattern}: {error}") from error
    bare = _LITERAL.sub("x", pattern)
    if _UNBOUNDED.search(bare):
        raise ValueError(f"bound every repeat, as {{0,20}}: {pattern}")
    repeats = [False]
    """For each open group whether a repeat stood in it."""
    for at, sign in enumerate(bare):
        if sign == "(":
            repeats.append(False)
        elif sign == ")":
            _close(bare, at, repeats, pattern)
        elif _REPEAT.match(bare, at):
            repeats[-1] = True
    return compiled


def _close(bare: str, at: int, repeats: list[bool], pattern: str) -> None:
    inside = repeats.pop()
    repeat = _REPEAT.match(bare, at + 1)
    times = int(repeat[1]) if repeat else 1
    if times > _MOST:
        raise ValueError(f"repeat a group at most {_MOST} times: {pattern}")
    if times > 1 and inside:
        raise ValueError(f"a repeat stands in a group that is repeated: {pattern}")
    repeats[-1] = repeats[-1] or inside
