"""Whose words a question asks for: the phrase as typed, matched against the speakers of the corpus."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Attribution, Filter
from assistant.protocols import Snapshot, Speaker
from assistant.reading.metonyms import fold, power, powers_in
from assistant.retrieve.terms import is_variant, tokens

_TITLES = frozenset(
    """mr mrs ms miss dr sir lord lady dame prof professor president prime minister premier chancellor secretary general
    senator sen rep representative congressman congresswoman governor gov mayor judge justice king queen prince princess
    pope sheikh ambassador spokesman spokeswoman spokesperson adviser advisor chief head director chairman chairwoman
    chair ceo captain colonel major lieutenant commander foreign defence defense deputy vice former national security
    state leader official analyst expert author founder professor correspondent""".split()
)
_SPOKEN_FOR = re.compile(
    r"spokes|minister|president|secretary|advis|ambassador|chancellor|premier|envoy|representative|ministry|department|"
    r"government|officials?\b|embassy|army|military|intelligence|commission",
    re.IGNORECASE,
)
_NO_NAME = frozenset({"he", "she", "they", "it", "we", "i", "you", "who", "people", "someone", "anybody", "anyone"})
_LEAD = re.compile(r"^(?:the|an?|his|her|their|its|(?:mr|mrs|ms|dr)\.?)\s+", re.IGNORECASE)

FUZZY_CUTOFF = 0.8
"""difflib ratio from which a spelling is taken for a known name ("Sulivan" for "Sullivan": 0.93)."""


@dataclass(frozen=True, slots=True)
class SpeakerMatch:
    """Speakers that a phrase names; `related` ones share its power (the Kremlin for Russia) and rank below."""

    exact: tuple[Speaker, ...] = ()
    related: tuple[Speaker, ...] = ()
    assumed: bool = False
    """The phrase was misspelt and its nearest name taken."""
    other_first_name: bool = False
    """Only the surname is known, with another first name: `exact` is empty and `related` holds those people."""


def said_by(speaker: Speaker, snapshot: Snapshot, where: Filter | None = None) -> list[Attribution]:
    """The attributions of one speaker alone; the index looks them up by surname."""
    return [a for a in snapshot.attributions(speaker=speaker.name, where=where) if a.speaker == speaker.name]


def resolve(phrase: str, snapshot: Snapshot) -> SpeakerMatch:
    """The speakers of the corpus that a phrase names, by name, role, power, or nearest spelling, in this order."""
    wanted = _LEAD.sub("", phrase.replace("’", "'").removesuffix("'s")).strip()
    if not wanted or wanted.casefold() in _NO_NAME:
        return SpeakerMatch()
    speakers = snapshot.speakers()
    whole = tuple(s for s in speakers if fold(s.name) == fold(wanted))
    same_power = _of_power(wanted, speakers, set(whole))
    if whole and power(wanted) is not None:
        return SpeakerMatch(whole, same_power)
    named, other = _by_name(wanted, speakers)
    if named:
        return SpeakerMatch(named)
    by_role = _by_role(wanted, speakers)
    if by_role:
        return SpeakerMatch(by_role, tuple(s for s in same_power if s not in by_role))
    if same_power:
        return SpeakerMatch((), same_power)
    if by_initials := _by_initials(wanted, speakers):
        return SpeakerMatch(by_initials)
    if together := _together(wanted, snapshot):
        return SpeakerMatch(together)
    if other:
        return SpeakerMatch((), other, other_first_name=True)
    return SpeakerMatch(_by_spelling(wanted, speakers), assumed=True)


def _by_initials(wanted: str, speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Bodies whose capitalised words begin with the letters of an abbreviation ("DSCA")."""
    letters = wanted.replace(".", "")
    if not (3 <= len(letters) <= 7 and letters.isalpha() and letters.isupper()):
        return ()

    def initials(name: str) -> str:
        return "".join(word[0] for word in name.split() if word[:1].isupper())

    return tuple(s for s in speakers if initials(s.name).endswith(letters))


def _together(wanted: str, snapshot: Snapshot) -> tuple[Speaker, ...]:
    """The speakers of "A and B", if each part names somebody."""
    parts = [part for part in re.split(r",| and |&", wanted) if part.strip()]
    if len(parts) < 2:
        return ()
    matches = [resolve(part, snapshot) for part in parts]
    if not all(match.exact and not match.assumed for match in matches):
        return ()
    return tuple(dict.fromkeys(speaker for match in matches for speaker in match.exact))


def _words(name: str) -> list[str]:
    return [w.strip(".,'\"“”()").casefold() for w in name.split()]


def _by_name(wanted: str, speakers: Sequence[Speaker]) -> tuple[tuple[Speaker, ...], tuple[Speaker, ...]]:
    """Speakers whose surname (else: any part of whose name) the phrase ends in, and those with another first name."""
    asked = _words(wanted)
    last = asked[-1]
    if last in _TITLES:
        return (), ()
    people = [s for s in speakers if _words(s.name)[-1:] == [last]]
    if not people:
        people = [s for s in speakers if last in _words(s.name) and s.name[:1].isupper() and len(last) > 1]
        people = [s for s in people if power(s.name) is None and not powers_in(s.name)]
    rest = [w for w in asked[:-1] if w not in _TITLES and power(w) is None]
    fitting = [s for s in people if _fits(rest, s)]
    full = [s for s in fitting if rest and all(_same_name(w, _words(s.name)) for w in rest)]
    return tuple(full or fitting), tuple(people if not fitting else ())


def _fits(rest: Sequence[str], speaker: Speaker) -> bool:
    """Whether the words before a surname speak against this person: a first name that is not his."""
    own = _words(speaker.name)
    if len(own) == 1:
        return True
    known = {w for role in speaker.roles for w in _words(role)}
    return all(_same_name(w, own) or w in known or any(is_variant(w, k) for k in known) for w in rest)


def _same_name(word: str, own: Sequence[str]) -> bool:
    """Whether a word is one of the names, an initial of one, or another spelling of one ("Sergei", "Sergey")."""
    return word in own or any(
        name.startswith(word) if len(word) == 1 else difflib.SequenceMatcher(None, word, name).ratio() >= FUZZY_CUTOFF
        for name in own[:-1]
    )


def _by_role(wanted: str, speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Speakers one of whose roles holds every word of the phrase, powers compared as powers ("US" is "American")."""
    asked_powers = powers_in(wanted)
    asked = [t.stem for t in tokens(wanted) if power(t.text) is None and t.text.casefold() not in ("the", "of", "a")]
    asked = [stem for stem in asked if stem not in {t.stem for w in wanted.split() if power(w) for t in tokens(w)}]
    if not asked:
        return ()
    # A look for the beginnings of the words first: taking thousands of roles apart costs seconds.
    beginnings = [stem[:4] for stem in asked]
    found = []
    for speaker in speakers:
        name = speaker.name.casefold()
        for role in (*speaker.roles, speaker.name):
            plain = f"{role.casefold()} {name}"
            if not all(beginning in plain for beginning in beginnings):
                continue
            have = {t.stem for t in tokens(f"{role} {speaker.name}")}
            if asked_powers <= powers_in(f"{role} {speaker.name}") and all(
                stem in have or any(is_variant(stem, h) for h in have) for stem in asked
            ):
                found.append(speaker)
                break
    return tuple(found)


def _of_power(wanted: str, speakers: Sequence[Speaker], taken: set[Speaker]) -> tuple[Speaker, ...]:
    """Speakers who share the power that the phrase names: its other names, its ministries, those who speak for it."""
    asked = power(wanted)
    if asked is None:
        return ()
    names = [s for s in speakers if s not in taken and power(s.name) == asked]
    bodies = [
        s
        for s in speakers
        if s not in taken
        and s not in names
        and any(asked in powers_in(phrase) and _SPOKEN_FOR.search(phrase) for phrase in (s.name, *s.roles))
    ]
    return (*names, *bodies)


def _by_spelling(wanted: str, speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    words = _words(wanted)
    last = words[-1]
    if len(last) < 5 or len(words) > 2 or any(power(word) is not None for word in words):
        return ()
    surnames = sorted({_words(s.name)[-1] for s in speakers})
    near = difflib.get_close_matches(last, surnames, n=1, cutoff=FUZZY_CUTOFF)
    return tuple(s for s in speakers if _words(s.name)[-1:] == near)
