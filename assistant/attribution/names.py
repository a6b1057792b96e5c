"""The people an article names: where, by which forms, in which roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.mentions import Mention, fold, mentions_in
from assistant.attribution.tokens import is_capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.attribution.tokens import Sentence


_FIRST_NAME_TITLES = frozenset("king queen prince princess emperor pope sir dame lord lady sheikh father".split())
"""Titles that stand before a first name alone ("King Juan")."""


@dataclass(slots=True)
class Person:
    """One full name of the article."""

    name: str
    key: str
    first: str
    count: int = 0
    role: str | None = None
    gender: str | None = None
    roles: list[tuple[int, str]] = field(default_factory=list)
    """Sentence and role words, wherever they stand together."""


class Names:
    """All mentions of an article, and the full name behind a surname."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        """Reads the sentences once."""
        lower = frozenset(
            token.text
            for sentence in sentences
            for token in sentence.tokens
            if token.kind == "w" and token.text.islower()
        )
        self.by_sentence: dict[int, list[Mention]] = {}
        self.people: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        self._single: set[str] = set()
        for sentence in sentences:
            if not _title_case(sentence):
                found = mentions_in(sentence, lower)
                if found:
                    self.by_sentence[sentence.index] = found
        everyone = [mention for found in self.by_sentence.values() for mention in found]
        self._single = {mention.key for mention in everyone if mention.last - mention.first == 1}
        self._collect(everyone)

    def _collect(self, everyone: Iterable[Mention]) -> None:
        mentions = list(everyone)
        for mention in sorted(mentions, key=lambda one: one.first - one.last):
            if mention.last - mention.first > 1:
                self._add(mention)
        for mention in mentions:
            titled = mention.title is not None and mention.title not in _FIRST_NAME_TITLES
            unknown = mention.key not in self.people and (mention.key not in self._by_first or titled)
            if mention.last - mention.first == 1 and mention.evident and unknown:
                self._add(mention)
        for mention in mentions:
            person = self.person_of(mention)
            if person is not None and mention.role is not None:
                person.roles.append((mention.sentence, mention.role))
                person.role = person.role or mention.role
        for group in self.people.values():
            for person in group:
                person.gender = _gender(person)

    def _add(self, mention: Mention) -> None:
        group = self.people.setdefault(mention.key, [])
        first = fold(mention.name.split()[0])
        for person in group:
            if person.first == first or _ends_with(person.name, mention.name):
                person.count += 1
                if len(mention.name) > len(person.name):
                    person.name = mention.name
                break
        else:
            person = Person(mention.name, mention.key, first, count=1)
            group.append(person)
            self._by_first.setdefault(first, []).append(person)
        if mention.title:
            person.gender = "m" if mention.title in words.MALE_TITLES else "f"

    def person_of(self, mention: Mention) -> Person | None:
        """The full name behind a mention; of several the one that fits the title, else the most frequent."""
        group = self.people.get(mention.key)
        if mention.last - mention.first > 1:
            first = fold(mention.name.split()[0])
            return next((one for one in group or () if one.first == first or _ends_with(one.name, mention.name)), None)
        if group:
            return _choose(group, mention.title)
        named = self._by_first.get(mention.key, [])
        return named[0] if len({person.name for person in named}) == 1 else None

    def learn(self, name: str, gender: str) -> None:
        """A gender that the text tells later ("he said")."""
        for person in self.people.get(fold(name.split()[-1]), ()):
            if person.name == name and person.gender is None:
                person.gender = gender

    def with_role(self, head: str, any_of: frozenset[str]) -> Person | None:
        """Who is called `head` together with one of these words (lower case)."""
        for group in self.people.values():
            for person in group:
                for _, role in person.roles:
                    lows = role.lower().replace("’", "'").split()
                    if head in lows and not any_of.isdisjoint(lows):
                        return person
        return None

    def is_person(self, mention: Mention) -> bool:
        """Whether the mention is surely a person, not a company or a place."""
        if mention.evident:
            return True
        person = self.person_of(mention)
        if person is None or (person.role is None and _looks_like_organisation(person.name)):
            return False
        return person.role is not None or person.gender is not None or mention.key in self._single


_PLACE_STARTS = frozenset(
    "las los san santa santo fort mount mt port new saint islamic muslim jewish christian royal united".split()
)


def _looks_like_organisation(name: str) -> bool:
    """As in "UC Global", "Las Vegas Sands"; initials ("JK Rowling") need more evidence to be a person's."""
    first = name.split()[0]
    return first.lower() in _PLACE_STARTS or first.lower() in words.DEMONYMS or (len(first) > 1 and first.isupper())


def _ends_with(name: str, part: str) -> bool:
    """Whether a longer name ends in this one ("Mohammed bin Salman", "Bin Salman")."""
    return name.casefold().endswith(" " + part.casefold())


def _choose(group: Sequence[Person], title: str | None) -> Person:
    fitting = group
    if title is not None:
        wanted = "m" if title in words.MALE_TITLES else "f"
        fitting = [person for person in group if person.gender in {wanted, None}] or group
    best = fitting[0]
    for person in fitting:
        if person.count > best.count:
            best = person
    return best


def _gender(person: Person) -> str | None:
    if person.gender is not None:
        return person.gender
    for _, role in person.roles:
        lows = set(role.lower().replace("-", " ").split())
        if lows & words.FEMALE_ROLES:
            return "f"
        if lows & words.MALE_ROLES:
            return "m"
    if person.first in words.FEMALE_NAMES:
        return None if person.first in words.MALE_NAMES else "f"
    return "m" if person.first in words.MALE_NAMES and " " in person.name else None


def _title_case(sentence: Sentence) -> bool:
    """A headline in which nearly every word is capitalised tells no names."""
    if len(sentence.tokens) < 4:
        return sentence.kind.value != "body"
    if sentence.kind.value == "body" and sentence.tokens[-1].low in {".", "?", "!", "“"}:
        return False
    plain = [token for token in sentence.tokens if token.kind == "w" and len(token.text) > 3]
    return len(plain) > 3 and sum(map(is_capital, plain)) > 0.8 * len(plain)
