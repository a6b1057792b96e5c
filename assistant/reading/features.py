"""How well a sentence answers a question, in numbers: the features and their weights.

The features are those that transferred from SQuAD to web questions and news when weights were fitted listwise, as a
softmax over the sentences of one question (first sentence right on clapnq: 77 % against 69 % for cosine + overlap).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.domain import Hit
from assistant.reading import marks
from assistant.reading.leads import Role
from assistant.reading.naming import defines
from assistant.retrieve.context import Sentence
from assistant.retrieve.query import TYPED, Kind, Query, Term
from assistant.retrieve.terms import Token, is_variant, tokens

Soft = Callable[[Term, Sequence[Token]], float]
"""How near a question word is to the nearest of some words, 0 to 0.9."""

_PRONOUN = re.compile(r"[“\"‘'(]?(?:he|she|it|they|this|these|his|her|their|its)\b", re.IGNORECASE)
_COMPLETE = re.compile(r"[.!?…][”\"’'»)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what surrounds it."""

    sentence: Sentence
    hit: Hit
    words: tuple[Token, ...]
    stems: frozenset[str]
    previous: frozenset[str]
    following: frozenset[str]
    passage: frozenset[str]
    title: frozenset[str]
    introduced: frozenset[str]
    """Stems of first names of the question that the article gives somewhere: there, the surname alone will do."""
    before: Sentence | None
    after: Sentence | None
    cosine: float
    """Of the question and "Title: sentence", or "Title: lead sentence" if that is nearer."""
    role: Role = Role.TEXT
    above: tuple[Sentence, ...] = ()
    """The heading, question or lead-in that it stands under, nearest last."""
    lead: frozenset[str] = frozenset()
    """Stems of these."""

    @property
    def read_with(self) -> str:
        """The sentence after what it stands under, on one line."""
        return " ".join(" ".join([*(one.text for one in self.above), self.sentence.text]).split())

    @property
    def complete(self) -> bool:
        """Whether it reads like a sentence: headings and captions have no full stop, or are all in capitals."""
        return _COMPLETE.search(self.sentence.text) is not None and not self.sentence.text.isupper()


class Features(NamedTuple):
    """All shares are shares of the question's idf."""

    ov: float
    """Question words in the sentence."""
    softov: float
    """As `ov`, a word that is missing counts by its nearest word there."""
    cos_title: float
    pcos: float
    """Cosine of question and passage."""
    ov_lead: float
    """Question words in what it stands under and not in this one."""
    ov_prev: float
    """Question words in the sentence before and in none of these."""
    ov_next: float
    ov_pass: float
    """Question words elsewhere in the passage."""
    name_pass: float
    """Names of the question in neither passage nor title."""
    namemiss: float
    """Names of the question not in the sentence."""
    typed_miss: float
    """1 if the asked kind of value is not there."""
    typed_hit: float
    focus_hit: float
    pronoun: float
    role: float
    """1 if "who is the judge" finds a name right beside "judge"."""
    fragment: float
    """1 if it does not end like a sentence."""


WEIGHTS = Features(
    ov=6.76,
    softov=2.91,
    cos_title=7.58,
    pcos=8.38,
    ov_lead=3.5,
    ov_prev=2.31,
    ov_next=1.17,
    ov_pass=3.43,
    name_pass=-3.77,
    namemiss=2.87,
    typed_miss=-1.34,
    typed_hit=0.78,
    focus_hit=1.00,
    pronoun=0.03,
    role=0.50,
    fragment=-1.88,
)
"""Fitted listwise on 150 clapnq questions and 95 over news pages, drawn towards those of 2,910 SQuAD 2 questions.

Cross-validated, the first sentence is right for 75.3 % of clapnq (SQuAD's weights alone: 71.3 %), on news as before.
`ov_lead` is set by hand: of 55 questions over licences, FAQs and policies 58 % have the right sentence first with it,
51 % without; from 2 to 6 it makes little difference, and the other weights gained nothing when fitted again.
"""


def score(features: Features, weights: Features = WEIGHTS) -> float:
    """The weighted sum; comparable within one question."""
    return sum(f * w for f, w in zip(features, weights, strict=True))


_STRICT = {Kind.AGE: 3.0, Kind.MONEY: 2.0}
"""Kinds whose values are found so surely that a sentence without one hardly answers."""


def holds(stem: str, stems: frozenset[str]) -> bool:
    """Whether a stem, or another form of its word, is among the stems."""
    return stem in stems or any(is_variant(stem, other) for other in stems)


def holds_name(stem: str, stems: frozenset[str]) -> bool:
    """As `holds`, for a name: it may gain an ending but not change a letter ("France" is not "frank")."""
    if stem in stems:
        return True
    return any(is_variant(stem, other) and (other.startswith(stem) or stem.startswith(other)) for other in stems)


def tells(term: Term, stems: frozenset[str], candidate: Candidate) -> bool:
    """Whether a question word is among the stems, or the surname that stands for it in the candidate's article."""
    if holds_name(term.stem, stems) if term.is_name else holds(term.stem, stems):
        return True
    return term.surname is not None and term.stem in candidate.introduced and holds(term.surname, stems)


def features(query: Query, candidate: Candidate, is_name: Callable[[str], bool], soft: Soft | None = None) -> Features:
    """The features of one sentence; without `soft`, `softov` is `ov`."""
    mass = query.mass
    here = {term.stem: tells(term, candidate.stems, candidate) for term in query.terms}

    def share(counts: Callable[[Term], float | bool]) -> float:
        return sum(term.weight * counts(term) for term in query.terms) / mass

    ov = share(lambda t: here[t.stem])
    softov = ov if soft is None else share(lambda t: 1.0 if here[t.stem] else soft(t, candidate.words))
    above = {term.stem: tells(term, candidate.lead, candidate) for term in query.terms}
    known = candidate.passage | candidate.title | candidate.lead
    asked = frozenset(term.stem for term in query.terms)
    typed = query.kind in TYPED or query.kind is Kind.DEFINITION
    role = False
    if query.kind is Kind.DEFINITION:
        read = candidate.read_with
        hit = defines(query.defined, tokens(read) if candidate.above else candidate.words, read)
    else:
        found = marks.values(query, candidate.sentence.text, candidate.words, is_name, asked)
        hit = bool(found)
        role = query.kind is Kind.PERSON and marks.beside(query, candidate.words, found, asked)
    lines = candidate.stems | candidate.lead
    return Features(
        ov=ov,
        softov=softov,
        cos_title=candidate.cosine,
        pcos=candidate.hit.cosine,
        ov_lead=share(lambda t: not here[t.stem] and above[t.stem]),
        ov_prev=share(lambda t: not (here[t.stem] or above[t.stem]) and tells(t, candidate.previous, candidate)),
        ov_next=share(lambda t: not here[t.stem] and tells(t, candidate.following, candidate)),
        ov_pass=share(lambda t: not here[t.stem] and tells(t, candidate.passage, candidate)),
        name_pass=share(lambda t: t.is_name and not tells(t, known, candidate)),
        namemiss=share(lambda t: t.is_name and not here[t.stem]),
        typed_miss=_STRICT.get(query.kind, 1.0) * (typed and not hit),
        typed_hit=float(hit),
        focus_hit=sum(holds(stem, lines) for stem in query.focus) / len(query.focus) if query.focus else 0.0,
        pronoun=float(_PRONOUN.match(candidate.sentence.text) is not None),
        role=float(role),
        fragment=float(not candidate.complete),
    )


def nearest_word(vectors: Mapping[str, Sequence[float]]) -> Soft:
    """Soft matches from word vectors (unit length, by lower-case word); names only match themselves."""
    import numpy as np

    table = {word: np.asarray(vector) for word, vector in vectors.items()}

    def soft(term: Term, words: Sequence[Token]) -> float:
        own = table.get(term.text.lower())
        if own is None or term.is_name:
            return 0.0
        best = max((float(own @ table[w]) for w in {word.text.lower() for word in words} if w in table), default=0.0)
        return min(max((best - 0.35) / 0.5, 0.0), 0.9)

    return soft
