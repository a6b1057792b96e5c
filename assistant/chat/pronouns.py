"""Words that point back ("he", "its", "there", "that year"), and what is put in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.chat import context
from assistant.chat.context import Turned
from assistant.chat.shape import (
    AUX,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    WH,
    Kind,
    Word,
    is_role,
    kind_of,
    parse,
    tokens,
)
from assistant.reading.metonyms import country
from assistant.reading.said_question import parse as parse_said

POINTING = frozenset("he she him her his hers they them their theirs it its there then that this those these".split())
_SINGULAR = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
_OF_STATE = frozenset(
    """president minister premier chancellor king queen monarch government parliament army military navy capital economy
    people country ambassador constitution currency""".split()
)
"""What a country has: "his president" is that of the country whose minister he is."""
_CLAUSE = frozenset("that if whether because when who which while after before since".split())
_EXPLETIVE = re.compile(
    r"\b(?:is|was|isn't|wasn't|will) it (?:\w+ )?(?:true|likely|possible|clear|known|legal|safe|necessary|important|"
    r"hard|easy|difficult|expected|time|a fact|the case|raining|cold|hot)\b|"
    r"\bit (?:rain|snow|take|took|seem|appear|matter)s?\b|\bwhat time\b|"
    r"\b(?:is|was) it [^?]+ (?:who|that|which)\b|\bit (?:is|was) \w+ (?:that|to)\b|"
    r"\b(?:what|how|why|where|who) (?:is|was) it (?:that|like)\b",
    re.IGNORECASE,
)
_PERIOD = frozenset("year month day week time decade century summer winter spring autumn season".split())
_MATTER = frozenset("issue topic subject matter question point".split())
_SOMEBODY = frozenset("man woman person guy".split())


@dataclass(frozen=True, slots=True)
class Change:
    """What stands at `start:end` of a question gives way to `text`."""

    start: int
    end: int
    text: str


def resolved(question: str, turns: Sequence[Turned]) -> str:
    """The question with whatever it points at put in; unchanged where that cannot be told."""
    found = tokens(question)
    changes: list[Change] = []
    for i, word in enumerate(found):
        if word.low not in POINTING or any(change.end > word.start for change in changes):
            continue
        change = _change(question, found, i, turns, [change.text for change in changes])
        if change is not None:
            changes.append(change)
    for change in reversed(changes):
        question = question[: change.start] + change.text + question[change.end :]
    return question


def points_back(question: str) -> bool:
    """Whether a word of the question may point at something outside of it."""
    found = tokens(question)
    return any(word.low in POINTING and not _inside(question, found, i) for i, word in enumerate(found))


def _change(
    question: str, found: Sequence[Word], i: int, turns: Sequence[Turned], named: Sequence[str]
) -> Change | None:
    word = found[i]
    if word.low in ("that", "this", "those", "these"):
        return _demonstrative(question, found, i, turns)
    if _inside(question, found, i):
        return None
    if word.low == "there":
        return _first_change(word, context.places(turns))
    if word.low == "then":
        return _first_change(word, context.times(turns)) if i == len(found) - 1 and i > 1 else None
    own = " ".join((_named_before(question, found, i), *named))
    if word.low in _SINGULAR:
        return _person(found, i, turns, own)
    owner = word.low in ("its", "their")
    if word.low == "it" and i and found[i - 1].low == "about" and context.topic(turns).lower().startswith("about "):
        return Change(word.start, word.end, context.topic(turns)[6:])
    if word.low in ("it", "its"):
        acted_on = word.low == "it" and i > 0 and found[i - 1].low not in AUX
        options = context.things(turns, owner=owner, acted_on=acted_on)
    else:
        options = context.groups(turns)
    name = next((one for one in options if one not in own), None)
    if name is None or word.low in ("hers", "theirs"):
        return None
    if i and found[i - 1].low == "of" and kind_of(name) is Kind.BARE:
        name = f"the {name}"
    return Change(word.start, word.end, _possessive(name) if owner else name)


def _person(found: Sequence[Word], i: int, turns: Sequence[Turned], own: str) -> Change | None:
    word = found[i]
    gender = _SINGULAR[word.low]
    taken = own.split()
    options = (one for one in context.people(turns) if one.gender in ("", gender) and one.name.split()[-1] not in taken)
    person = next(options, None)
    if person is None:
        return None
    if not _owns(found, i):
        return Change(word.start, word.end, person.name)
    last = next((one for one in found[i + 1 : i + 4] if one.low.removesuffix("'s") in _OF_STATE), None)
    state = country(person.role) if person.role else None
    if last is not None and state is not None:
        if last.low.removesuffix("'s") == "country":
            return Change(word.start, last.start + len("country"), state)
        return Change(word.start, word.end, _possessive(state))
    return Change(word.start, word.end, _possessive(person.name))


def _demonstrative(question: str, found: Sequence[Word], i: int, turns: Sequence[Turned]) -> Change | None:
    word = found[i]
    following = found[i + 1] if i + 1 < len(found) else None
    before = found[i - 1].low if i else ""
    if (
        following is not None
        and following.low in _PERIOD
        and (i == 0 or before in PREPOSITIONS | AUX or i + 2 == len(found))
    ):
        when = next(context.times(turns), None)
        start = found[i - 1].start if before in ("in", "on", "at", "during") else word.start
        return Change(start, following.end, when) if when else None
    if following is None or following.low in PREPOSITIONS:
        about = context.topic(turns)
        if before == "about" and about.lower().startswith("about "):
            return Change(word.start, word.end, about[6:])
        said = parse(question).verb.lower() in ("say", "claim", "think", "write", "argue") and before != "about"
        return Change(word.end, word.end, f" {about}") if said and about and following is None else None
    if following.low in PRONOUNS | AUX | WH | DETERMINERS or following.capital:
        return None
    if following.low in _MATTER and context.topic(turns):
        start = found[i - 1].start if before in ("about", "on") else word.start
        return Change(start, following.end, context.topic(turns))
    if following.low in _SOMEBODY:
        person = next(context.people(turns), None)
        return Change(word.start, following.end, person.name) if person else None
    for one in (*context.things(turns), *(person.name for person in context.people(turns))):
        heads = [low for low in one.lower().split() if low not in DETERMINERS]
        if following.low in heads and len(heads) > 1:
            return Change(word.start, following.end, one)
    return None


def _first_change(word: Word, options: Iterable[str]) -> Change | None:
    text = next(iter(options), None)
    return Change(word.start, word.end, text) if text else None


def _owns(found: Sequence[Word], i: int) -> bool:
    """Whether "his" or "her" stands before what is owned."""
    if found[i].low == "his":
        return True
    following = found[i + 1].low if i + 1 < len(found) else ""
    return (
        found[i].low == "her" and bool(following) and following not in PREPOSITIONS | PRONOUNS | AUX | WH | DETERMINERS
    )


def _inside(question: str, found: Sequence[Word], i: int) -> bool:
    """Whether the question itself says what a word points at, or the word points at nothing."""
    word = found[i]
    if word.low == "it" and _EXPLETIVE.search(question):
        return True
    if word.low == "there":
        return i + 1 < len(found) and (found[i + 1].low in AUX or (i > 0 and found[i - 1].low in AUX))
    if word.low in ("that", "this", "those", "these"):
        following = found[i + 1].low if i + 1 < len(found) else ""
        return following in PRONOUNS | DETERMINERS or (i + 1 < len(found) and found[i + 1].capital)
    if word.low == "then":
        return i < len(found) - 1
    if not _named_before(question, found, i):
        return False
    # "What did Ana say about her son?", "Did Ana say she would?" point inside; "What did Ana tell her?" does not.
    if _owns(found, i) or word.low in ("its", "their", "he", "she", "they"):
        return True
    return any(one.low in _CLAUSE for one in found[2:i])


def _named_before(question: str, found: Sequence[Word], i: int) -> str:
    """What the question names before a pronoun that could mean it; empty if nothing."""
    before = found[:i]
    said = parse_said(question)
    if said and said.speaker and said.speaker.lower() not in POINTING | PRONOUNS:
        at = question.find(said.speaker)
        if 0 <= at < found[i].start and not any(word.low in POINTING for word in tokens(said.speaker)):
            return said.speaker
    if found[i].low in _SINGULAR:
        names = [one.text for j, one in enumerate(before) if one.capital and j > 0 and one.low not in WH | AUX]
        names = [name for name in names if kind_of(name) is Kind.PERSON or len(names) > 1]
        offices = [one.text for one in before if is_role(one.text) and not one.capital]
        return " ".join((*names, *offices))
    nouns = [
        one.text
        for j, one in enumerate(before)
        if j > 0
        and (one.capital or before[j - 1].low in DETERMINERS | {"of"} or one.low.endswith("s"))
        and one.low not in WH | AUX | PRONOUNS | DETERMINERS | PREPOSITIONS
    ]
    return " ".join(nouns)


def _possessive(name: str) -> str:
    return f"{name}'s"
