"""How a category is written in one line."""

import re

_BREAK = re.compile(r"[/>／＞]")
MOST_LEVELS = 3


def levels_of(text: str) -> list[str]:
    """Return the levels of "a/b/c" or "a > b > c"."""
    return [level.strip() for level in _BREAK.split(text) if level.strip()]


def one_line(levels: list[str]) -> str | None:
    """Return the levels as "a/b/c", or None when a name holds a sign that would part it."""
    return None if any(_BREAK.search(level) for level in levels) else "/".join(levels)
