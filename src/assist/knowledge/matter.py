"""Whether two claims speak of the same matter under the same condition, by their words."""

import re
from collections.abc import Iterable
from itertools import chain

from assist.knowledge.answered import Answered
from assist.knowledge.claims import Claim, Clause, states_of
from assist.knowledge.grams import additions, apart, grams_of, heads, runs_of, shared, weight
from assist.text.facts import Fact, agrees

_SAME_MATTER = 0.6
"""Share of one clause, or of one question, that the other one must say, too."""
_LITTLE = 0.34
"""Share that must be said the other way round."""
_LEAST_SHARED = 2
_A_NAME = 4
"""Shared words of this weight name a matter, whatever the questions were."""
_A_SENTENCE = 12
_COPIED = 0.85
_PROCEDURE = re.compile(
    r"提交|生效|申请|审核|通过|到账|完成|处理|成功|操作|受理|恢复|服务|回复|答复|开始|结束|客户|用户|号码|有效"
)
"""Steps of any procedure: words that say what happens, not to what."""


def same_matter(a: Answered, mine: Claim, b: Answered, theirs: Claim) -> tuple[float, str] | None:
    """Return how alike two claims' clauses are (0 to 2) and the words they share.

    None when they are about two things, or about one under two conditions: entries that look alike
    differ in a word that both their question and their answer insist on.
    """
    one, other = mine.clause, theirs.clause
    runs, grams = _words(a, one)
    their_runs, their_grams = _words(b, other)
    if grams.isdisjoint(their_grams):
        return None
    both = weight(shared(runs, their_grams)), weight(shared(their_runs, grams))
    low, high = sorted((both[0] / max(1, weight(runs)), both[1] / max(1, weight(their_runs))))
    if min(both) < _LEAST_SHARED or high < _SAME_MATTER or low < _LITTLE:
        return None
    named = _names(runs, their_grams) and _names(their_runs, grams)
    if not named and not _asks_alike(a, one, b, other) and not _copied(one, other):
        return None
    if (
        _states_differ(one, other)
        or _says_more(a, mine, runs, b, theirs, their_runs, min(both))
        or _insists(a, one, b, other)
        or _insists(b, other, a, one)
        or _asks_otherwise(a, one, b, other, named=named)
        or _other_value(a, mine, b)
        or _other_value(b, theirs, a)
    ):
        return None
    return low + high, max(shared(runs, their_grams), key=lambda run: weight((run,)), default="")


def _words(answer: Answered, clause: Clause) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what a clause says, as runs and grams; a bare value says what was asked."""
    said = runs_of(clause.bare)
    return (said, grams_of(clause.bare)) if said else (answer.runs, grams_of(answer.question))


def _known(answer: Answered, clause: Clause) -> frozenset[str]:
    return answer.asked | grams_of(clause.context)


def _names(runs: Iterable[str], known: frozenset[str]) -> bool:
    return weight(_PROCEDURE.sub("", piece) for piece in shared(runs, known)) >= _A_NAME


def _asks_alike(a: Answered, one: Clause, b: Answered, other: Clause) -> bool:
    """Whether the questions share enough words for what the clauses leave out to be the same."""
    if a.document or b.document:
        return False
    mine = weight(shared(a.runs, _known(b, other))) / max(1, weight(a.runs))
    theirs = weight(shared(b.runs, _known(a, one))) / max(1, weight(b.runs))
    return max(mine, theirs) >= _SAME_MATTER and min(mine, theirs) >= _LITTLE


def _copied(one: Clause, other: Clause) -> bool:
    """Whether the two sentences are nearly the same words, and enough of them."""
    mine, theirs = runs_of(one.context), runs_of(other.context)
    return (
        min(weight(mine), weight(theirs)) >= _A_SENTENCE
        and weight(shared(mine, grams_of(other.context))) >= _COPIED * weight(mine)
        and weight(shared(theirs, grams_of(one.context))) >= _COPIED * weight(theirs)
    )


def _states_differ(one: Clause, other: Clause) -> bool:
    """Whether one holds before or without what the other holds after or with."""
    theirs = states_of(other.context)
    return any(theirs.get(what, state) != state for what, state in states_of(one.context).items())


def _says_more(
    a: Answered,
    mine: Claim,
    runs: tuple[str, ...],
    b: Answered,
    theirs: Claim,
    their_runs: tuple[str, ...],
    common: int,
) -> bool:
    """Whether both clauses add much to what they share, or a denial is of a special case."""
    extra = apart(runs, _known(b, theirs.clause))
    their_extra = apart(their_runs, _known(a, mine.clause))
    if 2 * min(weight(extra), weight(their_extra)) > common:
        return True
    if mine.kind == "stance" and (their_extra if mine.positive else extra):
        return True
    # A question in another language vouches for nothing, so the sentences must.
    return (a.foreign or b.foreign) and bool(
        apart(runs, grams_of(theirs.clause.context))
        or apart(their_runs, grams_of(mine.clause.context))
    )


def _insists(a: Answered, one: Clause, b: Answered, other: Clause) -> bool:
    """Whether question and answer both name something that the other side does not know.

    A Latin name counts wherever the answer has it, a word up to the end of the clause.
    """
    said = (*runs_of(one.bare), *runs_of(one.lead))
    return any(
        word in a.folded if word.isascii() else any(word in run for run in said)
        for word in additions(a.runs, _known(b, other), b.asked)
    )


def _asks_otherwise(a: Answered, one: Clause, b: Answered, other: Clause, *, named: bool) -> bool:
    """Whether the questions differ in a word before one that they share.

    Either has one of its own there (预 | 付费, 后 | 付费), or one question is the other with a word
    more (新疆 | 包邮门槛). Where the clauses name their matter, the answers must say it, too.
    """
    if a.document or b.document:
        return False
    mine, theirs = (
        {
            head: word
            for head, word in heads(asked.runs, rival.asked)
            if not named or word in asked.folded
        }
        for asked, rival in ((a, b), (b, a))
    )
    if any(theirs.get(head, word) != word for head, word in mine.items()):
        return True
    return _narrower(a, b, _known(b, other)) or _narrower(b, a, _known(a, one))


def _narrower(a: Answered, b: Answered, known: frozenset[str]) -> bool:
    if apart(b.runs, grams_of(a.question)):
        return False
    return any(word not in known for _, word in heads(a.runs, known))


def _other_value(a: Answered, claim: Claim, b: Answered) -> bool:
    """Whether the question names a value by which its answer is for another case."""
    return any(_tells_apart(value, a, claim, b) for value in a.values)


def _tells_apart(value: Fact, a: Answered, claim: Claim, b: Answered) -> bool:
    if claim.fact is not None and agrees(value, claim.fact) and not a.whether:
        return True  # the value is part of the question, so it is not what is asked
    insisted = any(fact is not claim.fact and agrees(value, fact) for fact in claim.clause.facts)
    told = (*b.values, *chain.from_iterable(b.facts.values()))
    if insisted and not any(agrees(value, fact) for fact in told):
        return True
    rivals = [v for v in b.values if (v.kind, v.unit) == (value.kind, value.unit)]
    return bool(rivals) and not any(agrees(value, rival) for rival in rivals)
