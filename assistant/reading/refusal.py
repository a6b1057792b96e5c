"""Is it in here at all: how sure it is that the passages answer, and receipts if they do not.

A logistic model over twelve signals with signs forced, trained on questions whose answers are there, questions over
other texts, and questions whose answering sentences were taken out (docs/refusal.md has the data and the curve). The
sum that ranks sentences is the strongest signal for near misses: right people, absent fact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assistant.domain import Nearest
from assistant.reading import marks
from assistant.reading.features import Candidate, Soft, tells
from assistant.reading.naming import names_another, runs
from assistant.reading.selection import Refusal, Scored
from assistant.retrieve.query import TYPED, Kind, Query, Term, suggest
from assistant.retrieve.terms import is_content, tokens

THRESHOLD = -0.25
"""Below it a question is refused."""
GENERAL_WEIGHT = 0.5
"""How much a general word ("receive", "worth") counts against the other words when it is told about or not: at the same
share of refusals, 84 % of clapnq's answerable questions are answered instead of 81 %, and 70 % instead of 60 % of
paraphrased ones over licences, FAQs and policies. From 0.7 to 0.3 it makes little difference."""
COVERED = 0.3
"""A question word counts as told about if a word at least this near to it stands by."""
RECEIPTS = 3
"""Nearest passages shown with a refusal."""


class Signals(NamedTuple):
    """What tells whether the best sentence answers; shares are shares of the question's idf."""

    score: float
    """The sum that ranks the sentences, of the best one."""
    plain: float
    """Cosine of question and best sentence, without the title."""
    mpcos: float
    """Best cosine of question and passage."""
    covered: float
    """Question words told about in the sentence, its neighbours, what it stands under, the title or the passage;
    general words count less."""
    least: float
    """How well the worst told of these words is told about, 0 to 1; a general word is never worse than half."""
    name_pass: float
    """Names of the question in neither passage nor title."""
    other_name: float
    """1 if a name of the question is there only as part of another name."""
    typed_miss: float
    """1 if the asked kind of value, or a definition, is not in the sentence."""
    count_miss: float
    """1 if "how many X" finds no number before an X or a word near to it, or "how long" no unit of length or time."""
    part_miss: float
    """1 if no age stands there, or not the part of a date that the question names ("in what month")."""
    money_miss: float
    number_miss: float
    """1 if a number of the question is in neither passage nor title."""


WEIGHTS = Signals(
    score=0.199,
    plain=3.546,
    mpcos=0.282,
    covered=1.547,
    least=1.340,
    name_pass=-1.909,
    other_name=-1.500,
    typed_miss=-0.807,
    count_miss=-1.228,
    part_miss=-4.086,
    money_miss=-3.946,
    number_miss=-0.604,
)
"""All fitted but `other_name`, which the training questions are too few to tell; it is set by hand."""
INTERCEPT = -6.429


def confidence(signals: Signals) -> float:
    """Log odds that the best sentence answers."""
    return INTERCEPT + sum(w * s for w, s in zip(WEIGHTS, signals, strict=True))


def measure(
    query: Query, ranked: Sequence[Scored], plain: float, soft: Soft | None, is_name: Callable[[str], bool]
) -> Signals:
    """The signals; `ranked` is not empty, `plain` is the cosine of question and best sentence."""
    best = ranked[0]
    candidate = best.candidate
    text = candidate.sentence.text
    near = " ".join(s.text for s in (candidate.before, candidate.sentence, candidate.after) if s is not None)
    covers = coverage(query, best, soft)
    asked = frozenset(term.stem for term in query.terms)
    typed = query.kind in TYPED
    undefined = query.kind is Kind.DEFINITION and not best.features.typed_hit
    values = marks.values(query, text, candidate.words, is_name, asked) if typed else []
    counts = query.kind is Kind.NUMBER and bool(query.focus)
    known = candidate.passage | candidate.title | candidate.lead
    return Signals(
        score=best.score,
        plain=plain,
        mpcos=max(one.features.pcos for one in ranked),
        covered=_covered(query, covers),
        least=min((1 - _counts(t) * (1 - covers[t.stem]) for t in query.terms), default=1.0),
        name_pass=best.features.name_pass,
        other_name=float(_is_about_another(query, candidate)),
        typed_miss=float(undefined or (typed and not values)),
        count_miss=1.0 - _counted(query, candidate, soft)
        if counts
        else float(query.measure is not None and not values),
        part_miss=float((query.kind is Kind.AGE or marks.part_asked(query) is not None) and not values),
        money_miss=float(query.kind is Kind.MONEY and not (marks.money(near) and marks.of_one(query, near))),
        number_miss=float(any(t.stem[0].isdigit() and not tells(t, known, candidate) for t in query.terms)),
    )


def _counts(term: Term) -> float:
    return GENERAL_WEIGHT if term.general else 1.0


def _covered(query: Query, covers: Mapping[str, float]) -> float:
    weights = {term.stem: term.weight * _counts(term) for term in query.terms}
    return sum(weights[stem] * covers[stem] for stem in weights) / (sum(weights.values()) or 1.0)


def _is_about_another(query: Query, candidate: Candidate) -> bool:
    text = f"{candidate.sentence.passage.source.title or ''}\n{candidate.sentence.passage.text}"
    words = tokens(text)
    return any(names_another(run, words, text) for name in query.names for run in runs(name))


def _counted(query: Query, candidate: Candidate, soft: Soft | None) -> float:
    """How sure it is that a number of the sentence counts what is asked, 0 to 1."""
    spans = marks.numbers(candidate.sentence.text)
    if any(marks.counted(candidate.words, span, query.focus) for span in spans):
        return 1.0
    nouns = [term for term in query.terms if term.stem in query.focus]
    after = [[w for w in candidate.words if w.start >= span.end][: marks.COUNTED_WITHIN] for span in spans]
    return max((soft(noun, words) for noun in nouns for words in after), default=0.0) if soft else 0.0


def coverage(query: Query, best: Scored, soft: Soft | None) -> dict[str, float]:
    """How well each question word is told about near a sentence, 0 to 1: the word itself, or the nearest word."""
    candidate = best.candidate
    known = candidate.stems | candidate.previous | candidate.following | candidate.passage
    known |= candidate.title | candidate.lead
    near = [
        word
        for sentence in (candidate.before, candidate.sentence, candidate.after, *candidate.above)
        if sentence is not None
        for word in tokens(sentence.text)
        if is_content(word)
    ]

    def told(term: Term) -> float:
        if tells(term, known, candidate):
            return 1.0
        return soft(term, near) if soft else 0.0

    return {term.stem: told(term) for term in query.terms}


def refuse(query: Query, ranked: Sequence[Scored], soft: Soft | None, known_names: Sequence[str]) -> Refusal:
    """The reason in one sentence, and the nearest passages with what each lacks.

    `known_names` are names that the corpus has, to find slips of the pen ("Sulivan").
    """
    nearest = _nearest(query, ranked, soft)
    return Refusal(_reason(query, ranked, soft, known_names), nearest)


def nothing(query: Query, filtered: bool) -> Refusal:
    """The refusal when there is no passage at all."""
    if not query.terms:
        return Refusal("The question has no word to look for.")
    if filtered:
        return Refusal("No passage within the given dates, outlet or document matches the question.")
    return Refusal("No passage matches the question.")


def _reason(query: Query, ranked: Sequence[Scored], soft: Soft | None, known_names: Sequence[str]) -> str:
    if query.language is not None:
        return f"Nothing in the documents answers this; the question seems to be in {query.language}, they are not."
    if not query.terms:
        return "The question has no word to look for."
    unknown = [term for term in query.terms if term.frequency == 0]
    slips = [(term.text, found) for term in unknown if (found := suggest(term.text, known_names))]
    hint = "".join(f" Did you mean {found} where you wrote {typed}?" for typed, found in slips[:1])
    # The index counts words as written: "France" may be nowhere, and "French" in the nearest passage.
    told = frozenset().union(*(one.candidate.passage | one.candidate.title for one in ranked))
    strangers = [term.text for term in unknown if term.is_name and term.stem not in told]
    if strangers:
        return f"No document mentions {_listed(strangers)}.{hint}"
    lacking = _lacking(query, ranked[0], soft)
    if lacking:
        return f"The nearest passages say nothing about {_listed(lacking)}.{hint}"
    if missing := _missing_kind(query, ranked[0]):
        return f"The nearest passages are about this, but give no {missing}.{hint}"
    return f"The nearest passages are about this, but no sentence says what is asked.{hint}"


def _nearest(query: Query, ranked: Sequence[Scored], soft: Soft | None) -> tuple[Nearest, ...]:
    """The best sentence of each passage, at most `RECEIPTS`."""
    seen: set[str] = set()
    found: list[Nearest] = []
    for one in ranked:
        sentence = one.candidate.sentence
        if sentence.passage.id in seen:
            continue
        seen.add(sentence.passage.id)
        found.append(
            Nearest(
                document=sentence.passage.document,
                start=sentence.start,
                end=sentence.end,
                quote=sentence.text,
                source=sentence.passage.source,
                why=_why(query, one, soft),
            )
        )
        if len(found) == RECEIPTS:
            break
    return tuple(found)


def _why(query: Query, one: Scored, soft: Soft | None) -> str:
    known = one.candidate.passage | one.candidate.title
    names = [term.text for term in query.terms if term.is_name and not tells(term, known, one.candidate)]
    if names:
        return f"does not mention {_listed(names)}"
    lacking = _lacking(query, one, soft)
    told = [term.text for term in query.terms if tells(term, known, one.candidate)]
    about = f"tells about {_listed(told[:3])}, but " if told else ""
    if lacking:
        return f"{about}says nothing about {_listed(lacking)}"
    if missing := _missing_kind(query, one):
        return f"{about}gives no {missing}"
    return f"{about}does not say what is asked"


def _lacking(query: Query, one: Scored, soft: Soft | None) -> list[str]:
    covers = coverage(query, one, soft)
    lacking = [term for term in query.terms if covers[term.stem] < COVERED]
    return [term.text for term in lacking if not term.general]


_KIND_NAMES = {
    Kind.PERSON: "name of a person",
    Kind.PLACE: "place",
    Kind.NAME: "name",
    Kind.DATE: "date",
    Kind.NUMBER: "number",
    Kind.MONEY: "amount of money",
    Kind.AGE: "age",
    Kind.DEFINITION: "definition",
}


def _missing_kind(query: Query, one: Scored) -> str | None:
    return _KIND_NAMES[query.kind] if one.features.typed_miss else None


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words[:4]]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
