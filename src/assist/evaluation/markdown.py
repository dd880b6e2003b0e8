"""A report for people: Markdown in the language of those who read it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from assist.evaluation.compare import Comparison
from assist.evaluation.metrics import unsaid
from assist.evaluation.report import ERROR, Report, misses
from assist.evaluation.run import METRICS, CaseResult
from assist.evaluation.words import WORDS
from assist.records import Language

_TAG_METRICS = ("recall@1", "recall@5", "decision_accuracy", "citation_precision", "must_say")
_Words = Callable[[str], str]
_ORDER = ("answer", "clarify", "abstain", "escalate", ERROR)
_SHOWN_TEXT = 160
_WIDTH = 20
"""Characters of a bar."""


def markdown(report: Report, language: Language, comparison: Comparison | None = None) -> str:
    """Return the whole report, the earlier run beside it where there is one."""
    word = partial(_word, language)
    parts = [
        _head(report, word),
        _metrics(report, word),
        _latency(report, word),
        _confusion(report, word),
        _risk(report, word),
        _reliability(report, word),
        _tags(report, word),
        _failures(report, word),
    ]
    if comparison is not None:
        parts.insert(2, _comparison(comparison, word))
    return "\n".join(line for part in parts for line in part)


def share(value: float | None) -> str:
    """Return a metric as people read it; a dash when nothing was scored."""
    return "—" if value is None else f"{value:.3f}"


def change(value: float | None) -> str:
    """Return a difference with its sign; a dash when there is none to speak of."""
    return "—" if value is None else f"{value:+.3f}"


def _head(report: Report, word: _Words) -> Iterator[str]:
    origin = report.origin
    yield f"# {word('title')}"
    yield ""
    fingerprint = origin.cases_sha256[:12]
    yield f"- {word('dataset')}: `{origin.dataset}` ({origin.cases}, `{fingerprint}`)"
    yield f"- {word('date')}: {origin.started_at:%Y-%m-%d %H:%M:%SZ}, {origin.seconds:.1f} s"
    yield f"- {word('release')}: `{origin.release}`"
    yield f"- {word('rules')}: `{origin.rules}`"
    yield f"- {word('embedder')}: `{origin.embedder}`"
    yield f"- {word('llm')}: `{origin.llm}`"
    yield f"- {word('program')}: {origin.program}"
    if report.errors:
        yield f"- **{word('errors')}: {report.errors}**"
    yield ""


def _metrics(report: Report, word: _Words) -> Iterator[str]:
    rows = [
        (f"`{name}`", share(report.metrics[name]), str(report.scored[name]),
         word(name))
        for name in METRICS
    ]  # fmt: skip
    head = (word("metric"), word("value"), word("scored"), word("meaning"))
    yield from _section(word("metrics"), _table(head, rows))


def _comparison(comparison: Comparison, word: _Words) -> Iterator[str]:
    against = comparison.against
    yield f"## {word('comparison')}"
    yield ""
    yield (
        f"{word('against')}: {against.started_at:%Y-%m-%d %H:%M:%SZ}, `{against.release}`, "
        f"`{against.embedder}`, `{against.llm}`. {word('common')}: {comparison.common}."
    )
    yield ""
    head = (word("metric"), word("before"), word("after"), word("change"))
    yield from _table(
        head,
        [
            (f"`{delta.metric}`", share(delta.before), share(delta.after), change(delta.change))
            for delta in comparison.deltas
        ],
    )
    rows = [
        (one.id, one.question, f"{one.before} → {one.after}", ", ".join(one.better),
         ", ".join(one.worse))
        for one in comparison.changed
    ]  # fmt: skip
    yield f"### {word('changed')} ({len(rows)})"
    yield ""
    yield from _table(
        ("id", word("question"), word("decision"), word("better"), word("worse")), rows
    )


def _latency(report: Report, word: _Words) -> Iterator[str]:
    rows = [
        (stage, *(f"{value:.1f}" for value in points.values()))
        for stage, points in report.latency_ms.items()
    ]
    head = (word("stage"), *next(iter(report.latency_ms.values()), {}))
    yield from _section(word("latency"), _table(head, rows))


def _confusion(report: Report, word: _Words) -> Iterator[str]:
    got = [d for d in _ORDER if any(d in row for row in report.decisions.values())]
    rows = [
        (f"**{expected}**", *(str(report.decisions[expected].get(d, "")) for d in got))
        for expected in _ORDER
        if expected in report.decisions
    ]
    head = (f"{word('expected')} ↓ / {word('got')} →", *got)
    yield from _section(word("decisions"), _table(head, rows))


def _risk(report: Report, word: _Words) -> Iterator[str]:
    rows = [
        (f"{at.threshold:.2f}", share(at.coverage), share(at.abstained), share(at.accuracy))
        for at in report.risk
    ]
    head = (word("threshold"), word("coverage"), word("abstained"), word("accuracy"))
    yield from _section(word("risk"), _table(head, rows))


def _reliability(report: Report, word: _Words) -> Iterator[str]:
    rows = [
        (share(at.predicted), share(at.right), share(at.share), _bars(at.predicted, at.right))
        for at in report.reliability
    ]
    head = (word("predicted"), word("came_true"), word("of_all"), word("bars"))
    yield from _section(word("reliability"), _table(head, rows))
    yield f"{word('calibration_error')}: {share(report.calibration_error)}"
    yield ""


def _bars(predicted: float, right: float) -> str:
    """Return the share that is right as a bar, with a mark where the prediction stands."""
    filled, mark = round(right * _WIDTH), min(round(predicted * _WIDTH), _WIDTH - 1)
    bar = "█" * filled + "░" * (_WIDTH - filled)
    return f"`{bar[:mark]}┃{bar[mark + 1 :]}`"


def _tags(report: Report, word: _Words) -> Iterator[str]:
    rows = [
        (tag, str(summary.cases), *(share(summary.metrics[name]) for name in _TAG_METRICS))
        for tag, summary in report.tags.items()
    ]
    yield from _section(word("tags"), _table((word("tag"), word("cases"), *_TAG_METRICS), rows))


def _failures(report: Report, word: _Words) -> Iterator[str]:
    failed = [(result, wrong) for result in report.cases if (wrong := misses(result))]
    yield f"## {word('failures')} ({len(failed)})"
    yield ""
    for result, wrong in failed:
        yield f"### {_inline(result.case.id)}: {', '.join(wrong)}"
        yield ""
        yield f"- {word('question')}: {_inline(result.case.question)}"
        yield f"- {word('expected')}: {_expected(result, word)}"
        yield f"- {word('got')}: {_got(result, word)}"
        yield ""


def _expected(result: CaseResult, word: _Words) -> str:
    case = result.case
    parts = [case.expect, *(f"`{entry}`" for entry in case.entries)]
    if case.must_say:
        parts.append(f"{word('to_say')}: {_quoted(case.must_say)}")
    if case.must_not_say:
        parts.append(f"{word('not_to_say')}: {_quoted(case.must_not_say)}")
    return "; ".join(parts)


def _got(result: CaseResult, word: _Words) -> str:
    if result.error is not None:
        return _inline(result.error)
    case = result.case
    found = ", ".join(f"`{entry}`" for entry in result.found[:5]) or "—"
    parts = [result.decision or ERROR, f"{word('found')}: {found}"]
    if missing := unsaid(result.text, case.must_say):
        parts.append(f"{word('unsaid')}: {_quoted(missing)}")
    absent = unsaid(result.text, case.must_not_say)
    if said := [phrase for phrase in case.must_not_say if phrase not in absent]:
        parts.append(f"{word('said')}: {_quoted(said)}")
    if result.ungrounded:
        parts.append(f"{word('ungrounded')}: {_quoted(result.ungrounded)}")
    if result.search_query != case.question:
        parts.append(f"{word('searched')}: {_inline(result.search_query)}")
    parts.append(f"“{_inline(result.text, _SHOWN_TEXT)}”")
    return "; ".join(parts)


def _word(language: Language, key: str) -> str:
    return WORDS[key][language]


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield from lines


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_inline(cell) for cell in row)} |"
    yield ""


def _quoted(phrases: Sequence[str]) -> str:
    return ", ".join(f"“{_inline(phrase)}”" for phrase in phrases)


def _inline(text: str, longest: int | None = None) -> str:
    """Return text that stays in its cell or line."""
    line = " ".join(text.split()).replace("|", "\\|")
    return line if longest is None or len(line) <= longest else line[: longest - 1] + "…"
