"""What the turns before a question were about: the people, things, places and times that it may point at.

Each of these is a list, the likeliest first: what the last question names, then what its answer does, then the turns
before. A guess that nothing in a text supports is not made.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.attribution import words
from assistant.chat.shape import WH, Kind, Phrase, Shape, is_role, kind_of, parse
from assistant.domain import Citation, Outcome, Turn
from assistant.reading.metonyms import country
from assistant.reading.said_question import Ask, SaidQuestion
from assistant.reading.said_question import parse as parse_said

TURNS = 6
"""How many of the last turns are looked at."""

_NAME = re.compile(r"[A-Z][\w'’-]+(?: (?:de|da|di|van|von|der|den|del|la|bin|al-)? ?[A-Z][\w'’-]+)+")
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_WHEN = re.compile(
    r"\b(?P<prep>in|on|since|during|until|before|after|by) (?P<time>(?:the )?(?:\w+ ){0,2}?(?:1\d|20)\d\d)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    "he she it they you we i who people everyone everybody nobody anyone anybody somebody someone".split()
)
_PLACED = frozenset("in at on near".split())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a turn is about."""

    name: str
    role: str | None
    gender: str
    """"he" or "she" where a text tells, else empty."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn, taken apart."""

    question: str
    shape: Shape
    said: SaidQuestion | None
    citations: tuple[Citation, ...]
    text: str
    """What was answered; empty if nothing was."""
    passages: tuple[str, ...] = ()
    """What was found for it, answered or not."""


def with_capital(question: str) -> str:
    """The question with a capital on a speaker that was typed without ("what did sullivan say")."""
    said = parse_said(question)
    speaker = said.speaker if said else ""
    if not speaker.isalpha() or not speaker.islower() or speaker.endswith("s") or speaker in _NOBODY:
        return question
    if kind_of(speaker) is not Kind.BARE:
        return question
    return re.sub(rf"\b{speaker}\b", speaker.capitalize(), question, count=1)


def taken_apart(turns: Sequence[Turn]) -> tuple[Turned, ...]:
    """The last turns, the last one first."""
    found = []
    for turn in reversed(turns[-TURNS:]):
        question = with_capital(turn.standalone_question or turn.question)
        answered = turn.answer if turn.answer and turn.answer.outcome is Outcome.ANSWERED else None
        text = "\n".join(statement.text for statement in answered.statements) if answered else ""
        found.append(
            Turned(
                question,
                parse(question),
                parse_said(question),
                answered.citations if answered else (),
                text,
                tuple(hit.passage.text for hit in turn.answer.passages) if turn.answer else (),
            )
        )
    return tuple(found)


def people(turns: Sequence[Turned]) -> Iterator[Person]:
    """Whom "he" or "she" may mean."""
    for turn in turns:
        named = [Person(phrase.text, None, "") for phrase in turn.shape.phrases if phrase.kind is Kind.PERSON]
        named += [Person(phrase.text, None, "") for phrase in turn.shape.phrases if phrase.kind is Kind.ROLE]
        if turn.said and turn.said.speaker:
            named.sort(key=lambda one: one.name not in turn.said.speaker)  # type: ignore[union-attr]  # checked above
        voices = [Person(name, role, "") for name, role in _voices(turn) if kind_of(name) is Kind.PERSON]
        answered = voices + [Person(name, None, "") for name in _names(turn.text)]
        for one in _ordered(turn, named, answered):
            yield _known(one, turn)


def _ordered(turn: Turned, named: list[Person], answered: list[Person]) -> list[Person]:
    """Whom the question names, then whom the answer does; the other way round if the question asks who it is."""
    asks_who = turn.shape.wh.lower().split(" ")[0] in ("who", "whose") or (turn.said and turn.said.ask is Ask.WHO)
    by_name = [one for one in named if kind_of(one.name) is Kind.PERSON]
    offices = [one for one in named if one not in by_name]
    is_it = asks_who and turn.shape.aux.lower() in ("is", "was") and not turn.shape.verb
    if is_it and by_name and turn.shape.subject == by_name[0].name:
        return [*named, *answered]
    if asks_who:
        return [*answered, *named]
    if by_name:
        return [*by_name, *answered, *offices]
    # An office in the question is the person that answers, if only one does.
    return [*answered, *offices] if len({one.name for one in answered}) == 1 else [*offices, *answered]


def _known(person: Person, turn: Turned) -> Person:
    """The person with the role and the gender that the turn's citations tell."""
    last = person.name.split()[-1]
    role, genders = person.role, Counter[str]()
    for citation in turn.citations:
        if citation.speaker and citation.speaker.split()[-1] == last:
            role = role or citation.speaker_role
            written = (citation.speaker_as_written or "").lower().split()
            genders.update(word for word in written if word in ("he", "she"))
            genders.update(_titled(f"{citation.speaker_as_written or ''} {citation.speaker_role or ''}"))
    genders.update(_titled(person.name))
    before_name = re.compile(rf"\b([A-Z][a-z]+\.?) (?:[A-Z][\w'’-]+ )?{re.escape(last)}\b")
    for match in before_name.finditer(f"{turn.text}\n{turn.question}"):
        genders.update(_titled(match[1]))
    return Person(person.name, role or _written_role(last, turn), next(iter(genders)) if len(genders) == 1 else "")


def _written_role(last: str, turn: Turned) -> str | None:
    """The office that stands before a name in what was found: "Danish Defence Minister Anders Lund"."""
    before_name = re.compile(rf"((?:[\w'’-]+ ){{2,8}}){re.escape(unaccented(last))}\b")
    for text in turn.passages:
        for match in before_name.finditer(unaccented(text)):
            near = match[1].split()
            for size in range(2, len(near) + 1):
                if country(" ".join(near[-size:])) and any(is_role(word) for word in near[-size:]):
                    return " ".join(near[-size:])
    return None


def unaccented(text: str) -> str:
    """The text as one types it without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _titled(phrase: str) -> list[str]:
    lows = {low.rstrip(".") for low in phrase.lower().split()}
    male = bool(lows & (words.MALE_TITLES | words.MALE_ROLES))
    female = bool(lows & (words.FEMALE_TITLES | words.FEMALE_ROLES))
    return ["he"] if male and not female else ["she"] if female and not male else []


def _voices(turn: Turned) -> list[tuple[str, str | None]]:
    """The speakers of an answer, those of most citations first."""
    counts = Counter(citation.speaker for citation in turn.citations if citation.speaker)
    roles = {c.speaker: c.speaker_role for c in reversed(turn.citations) if c.speaker}
    return [(name, roles[name]) for name, _ in counts.most_common()]


def _names(text: str) -> list[str]:
    found = dict.fromkeys(match[0] for match in _NAME.finditer(text))
    return [name for name in found if kind_of(name) is Kind.PERSON and name.split()[0].lower() not in WH]


def groups(turns: Sequence[Turned]) -> Iterator[str]:
    """Whom "they" may mean: several, or an organisation, or a country."""
    for turn in turns:
        if turn.said and " and " in turn.said.speaker:
            yield turn.said.speaker
        ordered = sorted(turn.shape.phrases, key=lambda phrase: not phrase.subject)
        for phrase in ordered:
            several = phrase.kind in (Kind.ROLE, Kind.THING, Kind.BARE) and phrase.head.endswith("s")
            if (
                phrase.kind in (Kind.BODY, Kind.POWER)
                or (several and not phrase.head.endswith("ss"))
                or " and " in phrase.text
            ):
                yield whole(phrase, turn.shape)
        yield from (name for name, _ in _voices(turn) if kind_of(name) in (Kind.BODY, Kind.POWER))
        yield from (whole(phrase, turn.shape) for phrase in ordered if phrase.kind is Kind.THING)


def things(turns: Sequence[Turned], *, owner: bool = False, acted_on: bool = False) -> Iterator[str]:
    """What "it" may mean.

    For "its", who said something comes before what it was about; what something is done to is what something was done
    to before ("Did the council approve the budget?" "Who opposed it?").
    """
    for turn in turns:
        usable = [
            p
            for p in turn.shape.phrases
            if p.kind not in (Kind.PERSON, Kind.ROLE, Kind.TIME) and not _attached(p, turn.shape)
        ]
        usable = [p for p in usable if p.end > len(turn.shape.wh)]
        said = turn.said is not None and bool(turn.said.topic)
        objects_first = acted_on or (said and not owner)
        usable.sort(key=lambda phrase: phrase.subject is objects_first)
        yield from (whole(phrase, turn.shape) for phrase in usable)


def topic(turns: Sequence[Turned]) -> str:
    """What somebody's words in the last question were about; empty if it does not ask for words."""
    if not turns or turns[0].said is None:
        return ""
    said, shape = turns[0].said, turns[0].shape
    if not said.topic:
        return ""
    return shape.rest if shape.verb and said.topic in shape.rest else f"about {said.topic}"


def places(turns: Sequence[Turned]) -> Iterator[str]:
    """Where "there" may be, with its preposition."""
    for turn in turns:
        phrases = turn.shape.phrases
        for phrase in reversed(phrases):
            if phrase.preposition in _PLACED and phrase.kind is not Kind.TIME:
                yield f"{phrase.preposition} {phrase.text}"
        if turn.shape.wh.lower() == "where" and turn.shape.subject:
            yield f"in {turn.shape.subject}"
        yield from (f"in {phrase.text}" for phrase in phrases if phrase.kind is Kind.POWER)
        if turn.shape.wh.lower().startswith(("which city", "which country", "what city", "what country")):
            yield from (f"in {name}" for name in _names(turn.text)[:1])


def times(turns: Sequence[Turned]) -> Iterator[str]:
    """When "then" may have been, with its preposition."""
    for turn in turns:
        match = _WHEN.search(turn.question)
        if match:
            yield match[0]
        if not match and turn.shape.wh.lower() in ("when", "in which year", "in what year", "which year", "what year"):
            years = dict.fromkeys(_YEAR.findall(turn.text))
            if len(years) == 1:
                yield f"in {next(iter(years))}"


def whole(phrase: Phrase, shape: Shape) -> str:
    """The phrase with what belongs to it: "the bridge" of "the bridge over the Tagus"."""
    end = phrase.end
    for other in shape.phrases:
        if (
            shape.text[end : other.at].strip() == ""
            and other.preposition
            and other.at > end
            and _attaches(phrase, other)
        ):
            end = other.end
    return shape.text[phrase.start : end]


def _attaches(phrase: Phrase, other: Phrase) -> bool:
    if other.kind is Kind.TIME or phrase.kind in (Kind.PERSON, Kind.POWER):
        return False
    return other.subject == phrase.subject and (
        phrase.subject or other.preposition in ("of", "over", "at", "between", "near", "on", "in", "for", "to")
    )


def _attached(phrase: Phrase, shape: Shape) -> bool:
    """Whether a phrase only belongs to another."""
    return any(
        other.start < phrase.start and other.start + len(whole(other, shape)) >= phrase.end for other in shape.phrases
    )
