"""The words of a text as retrieval and reading compare them: tokens, stems, stop words, idf.

Stems are Snowball English, the ones that tantivy's `en_stem` makes, so that document frequencies can be looked up in
the index. Before stemming, spellings that mean one thing are made one: irregular verb forms, demonyms with their
country, number words with digits, "U.S." with "US" and "United States", "$125m" with "125 million".
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.retrieve.vocabulary import FORMS, GENERAL, NOT_CONTENT, STOP_WORDS, SYMBOLS
from assistant.spelling import plain

MAX_TEXT = 20_000
"""Characters of a question that are looked at; what follows cannot change what is asked."""

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)+|[^\W_]+|[%$€£]")
_MAGNITUDE = re.compile(r"(\d+)(k|m|mn|bn|tn)", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)", re.IGNORECASE)
_MAGNITUDES = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
_PAIRS = {("united", "states"): "usa", ("united", "kingdom"): "uk", ("per", "cent"): "percent"}
_ELISIONS = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})


class Token(NamedTuple):
    """A word with its place in the text and the stem it is compared by; `key` is its stem in the index."""

    start: int
    end: int
    text: str
    stem: str
    key: str


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Snowball English stem of a lower-case word, as the index has it."""
    return str(_stemmer().stemWord(word))


def fold(text: str) -> str:
    """Lower case, compatibility forms made plain, accents dropped."""
    return plain(text).lower()


@lru_cache(maxsize=65_536)
def canonical(word: str) -> str:
    """The stem two spellings of one word share."""
    if word in SYMBOLS:
        return SYMBOLS[word]
    if word in ("US", "USA"):
        return "usa"
    plain = fold(word).replace(".", "") if "." in word and not word[0].isdigit() else fold(word)
    if plain[:1].isdigit():
        ordinal = _ORDINAL.fullmatch(plain)
        digits = ordinal[1] if ordinal else plain
        return re.sub(r",(?=\d{3}\b)", "", digits)
    plain = "usa" if "." in word and plain in ("us", "usa") else FORMS.get(plain, plain)
    return stem(plain)


def tokens(text: str) -> list[Token]:
    """The words of a text in order; contractions lose their tail ("Alito's" is "Alito")."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        if word.lower() in _ELISIONS and start and text[start - 1] in "'’":
            continue
        magnitude = _MAGNITUDE.fullmatch(word)
        if magnitude:
            cut = start + len(magnitude[1])
            found.append(Token(start, cut, magnitude[1], canonical(magnitude[1]), stem(fold(word))))
            found.append(Token(cut, end, magnitude[2], stem(_MAGNITUDES[magnitude[2].lower()]), stem(fold(word))))
            continue
        lower = word.lower()
        previous = found[-1] if found else None
        if previous is not None and (pair := _PAIRS.get((previous.text.lower(), lower))):
            found[-1] = Token(previous.start, end, text[previous.start : end], pair, previous.key)
            continue
        same = canonical(word)
        if lower == "us" and previous is not None and previous.text.lower() == "the":
            same = "usa"  # "the us", typed without capitals
        found.append(Token(start, end, word, same, stem(fold(word))))
    return found


def is_content(token: Token) -> bool:
    """Whether a word says what a text is about."""
    if token.stem == "usa":
        return True
    return token.text.lower() not in STOP_WORDS and token.text not in SYMBOLS


def is_asked(token: Token) -> bool:
    """Whether a word of a question says what is asked about: content, and no part of the asking itself."""
    return is_content(token) and token.text.lower() not in NOT_CONTENT


def is_general(token: Token) -> bool:
    """Whether other words often stand for a word: a text that lacks it may tell it all the same."""
    return token.stem in _general()


@lru_cache(maxsize=1)
def _general() -> frozenset[str]:
    return frozenset(canonical(word) for word in GENERAL)


def stems(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(token.stem for token in tokens(text))


def mentions(text: str, wanted: str) -> bool:
    """Whether a stem is among `stems(text)`; only words that begin like it are taken apart."""
    if wanted in _JOINED:
        return wanted in stems(text)
    words = set(re.findall(rf"\b(?:{_beginnings(wanted)})\w*", fold(text)))
    return any(canonical(word) == wanted for word in words)


_JOINED = frozenset(_PAIRS.values())


@lru_cache(maxsize=4096)
def _beginnings(wanted: str) -> str:
    """How the words of a stem can begin: as it does, or as one of its irregular forms ("french" for "franc")."""
    forms = [form for form, base in FORMS.items() if stem(base) == wanted]
    return "|".join(sorted({re.escape(word[:3]) for word in (wanted, *forms)}))


def idf(passages: int, frequency: int) -> float:
    """Weight of a word that stands in `frequency` of `passages`: ln(1 + N / (1 + df))."""
    return math.log(1 + passages / (1 + frequency))


_ENDINGS = frozenset(
    """n an ian ean i ish ese s er or r ment ion ation at al ist ic iti ness ship ful iv ive age anc enc ant ent ri d ed
    ing ur ier less ori ator ar ee ize is ism""".split()
)


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common at their start."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=65_536)
def is_variant(one: str, other: str) -> bool:
    """Whether two stems are likely forms of one word ("ukrain" and "ukrainian", "invad" and "invas")."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 5 or one[0].isdigit() or other[0].isdigit():
        return False
    shared = _shared(short, long)
    if shared == len(short):
        return long[shared:] in _ENDINGS
    return shared >= 4 and len(short) - shared <= 1 and len(long) - shared <= (2 if shared >= 5 else 1)
