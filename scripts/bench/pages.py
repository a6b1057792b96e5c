"""News pages that nobody wrote: the same for the same seed, with what real pages have around and between the text.

Words are the whole words of the shipped tokenizer, in its order of frequency, so that a page has as many tokens a
character as news has and a long tail of rare words; half of the names and one word in ten are made up of syllables,
as unknown ones are. Sentences, quotations and furniture follow fixed patterns.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from assistant.index import embed

_TOKENIZER = Path(embed.__file__).parent / embed.SHIPPED / "tokenizer.json"
_ONSETS = "b c d f g h j k l m n p r s t v w z br cr dr gr kl pl pr sk st tr".split()
_VOWELS = "a e i o u ai ea ou".split()
_CODAS = ["", "", "", "l", "n", "r", "s", "t", "nd", "rk", "st"]
_COMMON = (
    "government council minister border army budget harbour railway pipeline energy market farmers teachers union "
    "court election parliament report inquiry company workers prices sanctions treaty exercise security bridge "
    "hospital school river winter storm police investment export agreement deadline district factory protest vote law"
).split()
_SAYING = ["said", "told reporters", "announced", "warned", "insisted", "added", "claimed", "denied", "stressed"]
_DEEDS = ["approved", "rejected", "postponed", "welcomed", "criticised", "signed", "reviewed", "blocked", "financed"]
_ROLES = [
    "Foreign Minister", "Prime Minister", "spokeswoman", "mayor", "General", "economist", "union leader", "President",
    "defence analyst", "chief executive",
]  # fmt: skip
_OUTLETS = ["The Harbour Post", "Northern Courier", "Daily Ledger", "Baltic Observer", "Metro Dispatch", "Inland News"]
_FURNITURE = [
    "Share this article", "Leave a Reply", "Post a Comment", "Related Posts", "Subscribe to our newsletter",
    "Read more: {title}", "© {outlet} {year}. All rights reserved.",
]  # fmt: skip


class PageWriter:
    """Writes pages of about `characters` each; page n does not depend on the pages before it."""

    def __init__(self, seed: int = 1, characters: int = 5000) -> None:
        rng = random.Random(seed)  # noqa: S311 - no secrets here
        self._seed = seed
        self._characters = characters
        known = [word for word in _vocabulary() if len(word) > 3]
        self._words = [_word(rng) if rng.random() < 0.1 else word for word in known]
        self._names = [f"{rng.choice(known).title()} {self._name(rng, known)}" for _ in range(600)]
        self._places = [self._name(rng, known) for _ in range(300)]

    def page(self, number: int) -> str:
        """One page: headline, byline, body, photo credits in between, furniture at the end."""
        rng = random.Random(f"{self._seed} {number}")  # noqa: S311
        outlet = rng.choice(_OUTLETS)
        day = date(2021, 1, 4) + timedelta(days=rng.randrange(720))
        people = [(rng.choice(self._names), rng.choice(_ROLES)) for _ in range(4)]
        places = rng.sample(self._places, 3)
        title = f"{places[0]} {rng.choice(_COMMON)} {rng.choice(_DEEDS)} as {people[0][0]} {rng.choice(_SAYING)}"
        lines = [title, "", outlet, f"By {rng.choice(self._names)}", f"{day:%A, %B} {day.day}, {day.year}", ""]
        written = 0
        while written < self._characters:
            sentences = [self._sentence(rng, people, places, day) for _ in range(rng.randint(2, 4))]
            paragraph = " ".join(sentences)
            lines += [paragraph, ""]
            written += len(paragraph)
            if rng.random() < 0.06:
                lines += [f"FILE PHOTO. {rng.choice(places)}. © {rng.choice(self._names)}", ""]
        for line in rng.sample(_FURNITURE, 4):
            lines += [line.format(title=title, outlet=outlet, year=day.year), ""]
        return "\n".join(lines)

    def questions(self, count: int) -> list[str]:
        """Questions in words of the pages."""
        rng = random.Random(f"{self._seed} questions")  # noqa: S311
        patterns = [
            "What did {name} say about the {common}?",
            "Who {deed} the {common} in {place}?",
            "When was the {word} {common} {deed}?",
            "How many people did the {common} in {place} affect?",
        ]
        return [
            rng.choice(patterns).format(
                name=rng.choice(self._names),
                place=rng.choice(self._places),
                common=rng.choice(_COMMON),
                deed=rng.choice(_DEEDS),
                word=rng.choice(self._words),
            )
            for _ in range(count)
        ]

    @staticmethod
    def _name(rng: random.Random, known: list[str]) -> str:
        return (rng.choice(known) if rng.random() < 0.5 else _word(rng)).title()

    def _sentence(self, rng: random.Random, people: list[tuple[str, str]], places: list[str], day: date) -> str:
        name, role = rng.choice(people)
        kind = rng.random()
        clause = self._clause(rng, places)
        if kind < 0.25:
            opening = clause[0].upper() + clause[1:]
            return f"“{opening},” {role} {name} {rng.choice(_SAYING)} on {day:%A}."
        if kind < 0.45:
            return f"{role[0].upper()}{role[1:]} {name} {rng.choice(_SAYING)} that {clause}."
        if kind < 0.55:
            return f"{name.split()[1]} {rng.choice(_SAYING)}: “{self._clause(rng, places)}, and {clause}.”"
        if kind < 0.7:
            number = rng.randint(3, 9000)
            return f"About {number:,} people in {rng.choice(places)} were told that {clause}."
        return f"{clause[0].upper()}{clause[1:]}, while {self._clause(rng, places)}."

    def _clause(self, rng: random.Random, places: list[str]) -> str:
        # A squared random number prefers the front of the list, so that some words are common and most are rare.
        rare = [self._words[int(rng.random() ** 2 * len(self._words))] for _ in range(3)]
        return (
            f"the {rare[0]} {rng.choice(_COMMON)} of {rng.choice(places)} {rng.choice(_DEEDS)} a {rare[1]} "
            f"{rng.choice(_COMMON)} for the {rng.choice(_COMMON)} and its {rare[2]} {rng.choice(_COMMON)}"
        )


def _vocabulary() -> list[str]:
    vocabulary: dict[str, int] = json.loads(_TOKENIZER.read_text(encoding="utf-8"))["model"]["vocab"]
    return [word for word in sorted(vocabulary, key=vocabulary.__getitem__) if word.isalpha() and word.isascii()]


def _word(rng: random.Random) -> str:
    return "".join(
        rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(rng.choice((1, 2, 2, 3)))
    )


def write_pages(folder: Path, count: int, *, seed: int = 1) -> PageWriter:
    """Fills a new folder with `count` pages of 4 to 6 kB, a thousand to a subfolder."""
    writer = PageWriter(seed)
    for number, text in enumerate(_pages(writer, count)):
        file = folder / f"{number // 1000:03d}" / f"{number:06d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return writer


def _pages(writer: PageWriter, count: int) -> Iterator[str]:
    return (writer.page(number) for number in range(count))
