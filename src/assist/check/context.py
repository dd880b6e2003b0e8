"""What a check may look at: one text, where it comes from, and the rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assist.check.courtesy import needs_no_source
from assist.check.rules import CheckRules
from assist.records import (
    Customer,
    Decision,
    Language,
    Scenario,
    Sentence,
    Span,
    Token,
    Turn,
)
from assist.text.clauses import quotations, split_clauses
from assist.text.facts import Fact, facts_in
from assist.text.normalise import Normalised, fold, normalise
from assist.text.sentences import split_sentences
from assist.text.vectors import SentenceVectors

_NEAR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of the text, in its place."""

    start: int
    end: int
    text: str
    citations: tuple[int, ...] | None
    """None where nobody said which passage the sentence rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A few words with their clause, all folded; of a long clause only what is near."""

    clause: Span
    before: str
    after: str
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """One text to be judged. What follows from its fields is worked out once, on construction."""

    text: str
    rules: CheckRules
    sentences: tuple[Sentence, ...] | None = None
    """The sentences of a draft with their citations; None for a text that a person wrote."""
    passages: Mapping[int, str] = field(default_factory=dict)
    """Citation number to the text of the source."""
    question: str | None = None
    conversation: tuple[Turn, ...] = ()
    customer: Customer = field(default_factory=Customer)
    channel: str | None = None
    scenario: Scenario = "general"
    decision: Decision = "answer"
    language: Language = "zh"
    """Of the text."""
    agent_language: Language = "zh"
    """Of messages and suggestions."""
    set_phrases: frozenset[str] = frozenset()
    """Whole sentences that were approved once for all: greetings, apologies, hand-overs."""
    tokens: tuple[Token, ...] = ()
    """All that the model wrote, thoughts and marks too; empty when it tells no probabilities."""
    vectors: SentenceVectors | None = None
    """Without them words alone tell what bears a sentence out, and patterns a poisoned passage."""
    obeyed: bool = True
    """Whether something that can obey, a language model, may have read the passages."""
    normal: Normalised = field(init=False)
    claims: tuple[Claim, ...] = field(init=False)
    clauses: tuple[Span, ...] = field(init=False)
    quotations: tuple[Span, ...] = field(init=False)
    facts: tuple[Fact, ...] = field(init=False)
    customer_words: str = field(init=False)
    """All that the customer said and what is known of them, a line each."""

    def __post_init__(self) -> None:
        said = [turn.text for turn in self.conversation if turn.role == "customer"]
        known = [self.customer.id, self.customer.tier, *self.customer.tags]
        known += self.customer.attributes.values()
        normal = normalise(self.text)
        derived = {
            "normal": normal,
            "claims": _claims(self.text, self.sentences),
            "clauses": split_clauses(self.text),
            "quotations": quotations(self.text),
            "facts": facts_in(normal),
            "customer_words": "\n".join(filter(None, [*said, self.question, *known])),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def states_nothing(self, sentence: str) -> bool:
        """Return whether a sentence says nothing that a source could bear out."""
        return sentence in self.set_phrases or needs_no_source(sentence, self.rules.wording)

    def clause_at(self, place: int) -> Span:
        """Return the clause that holds the character at ``place`` of the text."""
        return next(
            (clause for clause in self.clauses if clause.start <= place < clause.end),
            Span(start=0, end=len(self.text), text=self.text),
        )

    def clauses_in(self, claim: Claim) -> tuple[Span, ...]:
        """Return the clauses that begin in a sentence."""
        return tuple(c for c in self.clauses if claim.start <= c.start < claim.end)

    def claim_at(self, place: int) -> Claim | None:
        """Return the sentence that holds the character at ``place`` of the text."""
        return next((claim for claim in self.claims if claim.start <= place < claim.end), None)

    def sources_of(self, claim: Claim) -> tuple[str, ...]:
        """Return the passages that a sentence rests on: all of them where it names none."""
        named = [self.passages[n] for n in claim.citations or () if n in self.passages]
        return tuple(named or self.passages.values())

    def sources_at(self, place: int) -> tuple[str, ...]:
        """Return the passages that the sentence at ``place`` rests on."""
        claim = self.claim_at(place)
        return self.sources_of(claim) if claim else tuple(self.passages.values())

    def surroundings(self, start: int, end: int) -> Surroundings:
        """Return what stands around ``text[start:end]`` in its clause."""
        clause = self.clause_at(start)
        first, last = max(clause.start, start - _NEAR), min(clause.end, end + _NEAR)
        return Surroundings(
            clause=clause,
            before=fold(self.text[first:start]),
            after=fold(self.text[end:last]),
            whole=fold(self.text[first:last]),
        )

    def quoted(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` is quoted."""
        return any(quote.start < start and end < quote.end for quote in self.quotations)


def _claims(text: str, sentences: tuple[Sentence, ...] | None) -> tuple[Claim, ...]:
    """Return the sentences in their places; those of a draft keep their citations."""
    if sentences is None:
        return tuple(
            Claim(start=span.start, end=span.end, text=span.text, citations=None)
            for span in split_sentences(text)
        )
    claims: list[Claim] = []
    done = 0
    for sentence in sentences:
        body = sentence.text.strip()
        start = text.find(body, done) if body else -1
        if start >= 0:
            done = start + len(body)
            claims.append(Claim(start=start, end=done, text=body, citations=sentence.citations))
    return tuple(claims)
