"""The measures, each a few lines with its formula. None means unscored, which is not zero.

Ranks count from 1; ``found`` holds entry ids best first; any id in ``expected`` is a right one.
"""

import math
import re
from collections.abc import Iterable, Sequence

from assist.records import Finding
from assist.text.normalise import fold

_BLANKS = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def recall_at(k: int, found: Sequence[str], expected: Sequence[str]) -> float | None:
    """1 if any right entry is among the first k, else 0; unscored when none is expected."""
    if not expected:
        return None
    return float(not set(found[:k]).isdisjoint(expected))


def reciprocal_rank(found: Sequence[str], expected: Sequence[str], k: int = 10) -> float | None:
    """1 / rank of the first right entry among the first k, else 0."""
    if not expected:
        return None
    ranks = (rank for rank, entry in enumerate(found[:k], start=1) if entry in expected)
    return next((1 / rank for rank in ranks), 0.0)


def ndcg(found: Sequence[str], expected: Sequence[str], k: int = 10) -> float | None:
    """DCG / ideal DCG, with DCG = Σ 1 / log2(rank + 1) over the right entries of the first k."""
    if not expected:
        return None
    gains = [1 / math.log2(rank + 1) for rank in range(1, k + 1)]
    got = math.fsum(
        gain for gain, entry in zip(gains, found[:k], strict=False) if entry in expected
    )
    return got / math.fsum(gains[: len(set(expected))])


def citation_precision(cited: Iterable[str], expected: Sequence[str]) -> float | None:
    """Right cited entries / cited entries; unscored when nothing is cited or none is expected."""
    entries = set(cited)
    if not entries or not expected:
        return None
    return len(entries & set(expected)) / len(entries)


def says_all(text: str, phrases: Sequence[str]) -> float | None:
    """1 if the text says every phrase, else 0; unscored when there is none."""
    return float(not unsaid(text, phrases)) if phrases else None


def says_none(text: str, phrases: Sequence[str]) -> float | None:
    """1 if the text says none of the phrases, else 0; unscored when there is none."""
    return float(len(unsaid(text, phrases)) == len(phrases)) if phrases else None


def unsaid(text: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the phrases that the text does not say; width, case, script and blanks are alike."""
    plain = _plain(text)
    return tuple(phrase for phrase in phrases if not _whole(_plain(phrase)).search(plain))


def ungrounded(findings: Iterable[Finding]) -> float:
    """1 if a draft states something that no source bears out, else 0."""
    return float(any(f.check == "grounding" and f.severity != "info" for f in findings))


def calibration_error(chances: Sequence[tuple[float, bool]], bins: int = 10) -> float | None:
    """Σ over bins of equal width: share of the bin · |mean predicted chance - share come true|."""
    if not chances:
        return None
    by_bin: dict[int, list[float]] = {}
    for chance, came_true in chances:
        by_bin.setdefault(min(int(chance * bins), bins - 1), []).append(chance - came_true)
    return math.fsum(abs(math.fsum(gaps)) for gaps in by_bin.values()) / len(chances)


def mean(scores: Iterable[float | None]) -> float | None:
    """Σ score / number of scored; unscored when nothing is."""
    scored = [score for score in scores if score is not None]
    return math.fsum(scored) / len(scored) if scored else None


def percentile(values: Sequence[float], q: float) -> float:
    """The smallest value that at least q % of the values do not exceed (nearest rank)."""
    return sorted(values)[max(1, math.ceil(q / 100 * len(values))) - 1]


def _plain(text: str) -> str:
    return _THOUSANDS.sub("", _BLANKS.sub("", fold(text)))


def _whole(phrase: str) -> re.Pattern[str]:
    """Return a pattern that does not find "20GB" in "120GB", nor "5" in "5.8"."""
    before = r"(?<!\d)(?<!\d\.)" if phrase[:1].isdecimal() else ""
    after = r"(?!\.?\d)" if phrase[-1:].isdecimal() else ""
    return re.compile(before + re.escape(phrase) + after)
