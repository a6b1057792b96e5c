"""Capitalised runs that may be names, with the roles and titles around them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.attribution import words
from assistant.attribution.clauses import is_finite
from assistant.attribution.cues import cue_forms
from assistant.attribution.tokens import bare, is_capital, is_possessive
from assistant.domain import CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Sentence, Token


_GUARDS = frozenset(["of", "for", "by", "with", "to", "against", "about", "on"])


_ROLE_REACH = 16


_MR = words.MALE_TITLES | words.FEMALE_TITLES


class Mention(NamedTuple):
    """A capitalised run that may be a name: tokens `first:last` of its sentence, roles and titles stripped."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    name: str
    key: str
    """The surname, folded for comparison."""
    role: str | None
    title: str | None
    """A gendered title ("mr"), if any."""
    possessive: bool
    guarded: bool
    """Behind "of", "for", "by", "with", "to": hardly the one who speaks."""
    evident: bool
    """Something next to it tells that it is a person."""


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A name's word without case and diacritics."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word)
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()


def mentions_in(sentence: Sentence, lower: frozenset[str]) -> list[Mention]:
    """The capitalised runs of a sentence that may be names; `lower` are the article's lower-case words."""
    tokens = sentence.tokens
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        if not _may_start(tokens, at, lower):
            at += 1
            continue
        last = _run_end(tokens, at)
        mention = _mention(sentence, at, last)
        if mention is not None:
            found.append(mention)
        at = max(last, at + 1)
    return found


def _may_start(tokens: Sequence[Token], at: int, lower: frozenset[str]) -> bool:
    token = tokens[at]
    if not is_capital(token):
        return False
    low = token.low
    if low in words.NOT_NAMES and not _is_initialled(token):
        return _is_may(tokens, at)
    if at == 0 or tokens[at - 1].kind == "q":
        first_name = low in words.MALE_NAMES or low in words.FEMALE_NAMES
        if low in lower and not first_name and low not in words.ROLES and low not in words.TITLES:
            return False
        if (low.endswith(("ly", "ing"))) and at + 1 < len(tokens) and not first_name:
            return low in words.DEMONYMS
    return True


def _is_initialled(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > 1 and token.low in {"us", "it", "who"}


def _is_may(tokens: Sequence[Token], at: int) -> bool:
    return False if at == 0 else tokens[at - 1].low in {"mrs.", "ms.", "mrs", "ms"}


def _run_end(tokens: Sequence[Token], first: int) -> int:
    at = first + 1
    while at < len(tokens) and not is_possessive(tokens[at - 1]):
        token = tokens[at]
        if is_capital(token) and token.kind == "w":
            if token.low in words.NEVER_NAMES:
                break
            at += 1
        elif _bridges(tokens, at):
            at += 2
        else:
            break
    return at


def _bridges(tokens: Sequence[Token], at: int) -> bool:
    """A lower-case particle, "of" behind an office, or "&", between two capitalised words."""
    if at + 1 >= len(tokens):
        return False
    low = tokens[at].low
    following = tokens[at + 1]
    if low in words.NAME_PARTICLES or low == "&":
        return is_capital(following) or (following.low in words.NAME_PARTICLES and at + 2 < len(tokens))
    if low in {"of", "for"}:
        return _word(tokens[at - 1]) in words.ROLES and is_capital(following)
    return False


def _word(token: Token) -> str:
    return token.low.rstrip(".")


def _mention(sentence: Sentence, first: int, last: int) -> Mention | None:
    tokens = sentence.tokens
    start = _name_start(tokens, first, last)
    while last > start and tokens[last - 1].low in words.NAME_PARTICLES:
        last -= 1
    if start >= last:
        return None
    if all(_word(token) in _MR | words.SUFFIXES | {"dr", "prof"} for token in tokens[start:last]):
        return None
    core = last
    while core > start + 1 and _word(tokens[core - 1]) in words.SUFFIXES:
        core -= 1
    if core == start + 1 < last and start == first:
        return None
    key = fold(bare(tokens[core - 1]))
    name = _text(tokens, start, last)
    if _is_place_or_group(tokens, start, last, name):
        return None
    title = _gendered_title(tokens, start)
    role = _role_before(tokens, first, start) or _role_behind(tokens, last) or _role_ahead(tokens, start, last)
    before = tokens[start - 1].low if start else ""
    return Mention(
        sentence=sentence.index,
        first=start,
        last=last,
        start=tokens[start].start,
        end=tokens[last - 1].end,
        name=name,
        key=key,
        role=role,
        title=title,
        possessive=is_possessive(tokens[last - 1]),
        guarded=before in _GUARDS or (first > 0 and tokens[first - 1].low in _GUARDS),
        evident=bool(role or title) or _evident(tokens, start, last),
    )


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join([token.text for token in tokens[first : last - 1]] + [bare(tokens[last - 1])])


def _name_start(tokens: Sequence[Token], first: int, last: int) -> int:
    """Behind the last title or office of the run, and behind its department ("Secretary of State")."""
    start = first
    for at in range(first, last):
        low = _word(tokens[at])
        if is_role(low) and not _is_surname(tokens, first, start, at, last):
            start = at + 1
    if start < last and tokens[start].low in {"of", "for"}:
        start = _behind_office(tokens, start + 1, last)
    while start < last - 1 and start == first and tokens[start].low in words.DEMONYMS:
        start += 1
        first = start
    return start


def _behind_office(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the name starts in "Secretary of State Anthony Blinken"; `last` if there is none ("Member for Leeds")."""
    start = first
    while start < last and _word(tokens[start]) in words.DEPARTMENT | words.COUNTRIES | {"of", "for"}:
        start += 1
    if start > first:
        return start
    known = words.MALE_NAMES | words.FEMALE_NAMES
    return next((at for at in range(first, last - 1) if tokens[at].low in known), last)


def is_role(low: str) -> bool:
    """An office or a title, hyphenated ones too ("vice-president", "attorney-general")."""
    return low in words.ROLES or low in words.TITLES or ("-" in low and low.rsplit("-", 1)[1] in words.ROLES)


def _is_surname(tokens: Sequence[Token], run: int, first: int, at: int, last: int) -> bool:
    """As in "Stephen King", "Martin Luther King Jr.": a title's word at a name's end."""
    if any(_word(token) not in words.SUFFIXES for token in tokens[at + 1 : last]):
        return False
    if run < first < at:
        return True
    if at and _word(tokens[at - 1]) in _MR | {"dr", "prof", "sen", "rep"}:
        return True
    return tokens[first].low in words.MALE_NAMES or tokens[first].low in words.FEMALE_NAMES


def _is_place_or_group(tokens: Sequence[Token], start: int, last: int, name: str) -> bool:
    if (
        name.lower() in words.STATES
        or name.lower() in words.COUNTRIES
        or name.lower() in words.DEMONYMS
        or name.lower() in words.TIME_WORDS
    ):
        return True
    lows = [_word(token) for token in tokens[start:last]]
    if lows[-1].endswith((".com", ".org", ".net")):
        return True
    if last - start == 1 and ((name.isupper() and len(name) <= 5) or len(name) < 2):
        return True
    return any(
        low in words.ORGANISATION or low.removesuffix("'s") in words.ORGANISATION or low in words.DEMONYMS
        for low in lows
    ) or lows[-1].removesuffix("'s") in words.COUNTRIES - {"georgia", "jordan", "chad", "israel", "paris", "london"}


def _gendered_title(tokens: Sequence[Token], start: int) -> str | None:
    low = _word(tokens[start - 1]) if start else ""
    return low if low in _MR else None


def _role_before(tokens: Sequence[Token], first: int, start: int) -> str | None:
    """Role words that end right before the name."""
    if start > first:
        last = start
    elif first > 0 and _word(tokens[first - 1]) in words.ROLES and not is_possessive(tokens[first - 1]):
        last = first
    else:
        return None
    begin = min(first, last - 1)
    while begin > 0 and _in_role(tokens, begin - 1, last):
        begin -= 1
    while begin < last and (tokens[begin].low in words.DETERMINERS or tokens[begin].low in words.NOT_NAMES - {"us"}):
        begin += 1
    lows = {_word(token) for token in tokens[begin:last]}
    if begin >= last or lows <= _MR | {"dr", "prof"}:
        return None
    return " ".join(token.text for token in tokens[begin:last])


def _in_role(tokens: Sequence[Token], at: int, last: int) -> bool:
    token = tokens[at]
    if last - at > 9 or token.kind != "w":
        return False
    low = _word(token)
    if low in words.ROLES or low in words.ROLE_MODIFIERS or low in words.DEMONYMS or low in words.DEPARTMENT - {"the"}:
        return low != "and"
    return is_capital(token) and low not in words.NOT_NAMES - {"us"} and low not in words.TIME_WORDS


def _role_behind(tokens: Sequence[Token], last: int) -> str | None:
    """As in ", the ROLE of …," behind a name."""
    if last + 1 >= len(tokens) or tokens[last].low != "," or is_possessive(tokens[last - 1]):
        return None
    if last > 1 and tokens[last - 2].low in {"in", "near", "at", "outside", "from"}:
        return None
    first = last + 1
    while first < len(tokens) and (tokens[first].low in {"the", "a", "an", "another", "one", "former"}):
        if tokens[first].low == "former":
            break
        first += 1
    end = first
    head = False
    while end < len(tokens) and end < first + _ROLE_REACH:
        token = tokens[end]
        if token.kind in "pq" and token.low not in {"'", "’", "&", "-"}:
            break
        if head and _ends_role(tokens, end):
            break
        if token.low in words.RELATIVES or token.low in words.SUBJECT_PRONOUNS:
            return None
        if is_finite(tokens, end):
            return None
        head = head or (_word(token) in words.ROLES and not _word(token).endswith("s") and end < first + 8)
        end += 1
    return _text(tokens, first, end) if head and end > first else None


def _ends_role(tokens: Sequence[Token], at: int) -> bool:
    """At a relative or a verb; at an "and", unless what follows runs on to a comma ("head of art and music, said")."""
    if tokens[at].low != "and":
        return tokens[at].low in {"who", "which", "that", "said", "told", "says", "was", "is", "has", "were"}
    rest = tokens[at + 1 : at + 1 + _ROLE_REACH]
    if not rest or rest[0].low in words.DETERMINERS:
        return True
    for here, token in enumerate(rest, at + 1):
        if token.low in {",", "."}:
            return here == at + 1
        if token.kind in "pq" or is_finite(tokens, here) or token.low in cue_forms():
            return True
    return True


def _role_ahead(tokens: Sequence[Token], start: int, last: int) -> str | None:
    """As in "The spokesman for the Foreign Ministry, Maria Zakharova, …"."""
    if start < 3 or tokens[start - 1].low != ",":
        return None
    if last < len(tokens) and tokens[last].low not in {",", "."}:
        return None
    first = start - 1
    while first > 0 and tokens[first - 1].kind in "wn" and start - first < _ROLE_REACH:
        if tokens[first - 1].low in words.RELATIVES | words.COORDINATORS or tokens[first - 1].low in cue_forms():
            break
        first -= 1
    if tokens[first].low in words.ARTICLES:
        first += 1
    lows = [_word(token) for token in tokens[first : start - 1]]
    if not any(low in words.ROLES for low in lows) or any(low in words.AUXILIARIES for low in lows):
        return None
    return _text(tokens, first, start - 1)


def _evident(tokens: Sequence[Token], start: int, last: int) -> bool:
    """A known first name, an initial, an age, a party label or a speech verb next to the run."""
    low = tokens[start].low
    if last - start > 1:
        if low in words.MALE_NAMES or low in words.FEMALE_NAMES:
            return True
        if any(len(token.text) == 2 and token.text.endswith(".") for token in tokens[start:last]):
            return True
    follows = tokens[last] if last < len(tokens) else None
    if follows is None or (start and tokens[start - 1].low in _GUARDS | {"the"}):
        return False
    form = cue_forms().get(follows.low)
    if form is not None and form.tense == "past" and form.cue_class is CueClass.SAYING:
        return True
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    if behind is None:
        return False
    return (follows.low == "," and behind.kind == "n" and len(behind.text) == 2) or (
        follows.low == "(" and behind.text in {"R", "D", "I"}
    )
