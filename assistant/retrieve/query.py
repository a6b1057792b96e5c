"""What a question asks for: its words with their weights, the names and dates in it, and the kind of its answer."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from assistant.retrieve.language import language_of
from assistant.retrieve.terms import MAX_TEXT, Token, fold, idf, is_asked, is_content, is_general, tokens
from assistant.retrieve.vocabulary import SMALL_WORDS
from assistant.retrieve.when import When as When
from assistant.retrieve.when import dates_in as dates_in  # readers of Query need both

if TYPE_CHECKING:
    from assistant.protocols import Casing, Snapshot

MAX_TERMS = 64
"""Different words of a question that are looked up."""
NAME_RATIO = 1.5
"""A word is a name if its capitals inside sentences outnumber its lower-case uses this many times."""


class Kind(StrEnum):
    """What kind of thing answers."""

    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    AGE = "age"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    YES_NO = "yes or no"
    OPEN = "open"


TYPED = frozenset({Kind.PERSON, Kind.PLACE, Kind.NAME, Kind.DATE, Kind.NUMBER, Kind.MONEY, Kind.AGE})
"""Kinds that a single value answers."""


class Term(NamedTuple):
    """A content word of the question; `weight` is its idf in the corpus, `frequency` the passages that hold it."""

    text: str
    stem: str
    weight: float
    is_name: bool
    frequency: int
    surname: str | None = None
    """Stem that stands for it: a text that tells of "Sullivan" tells of "Jake Sullivan"."""
    general: bool = False
    """Whether a text may well tell it in another word ("receive", "worth", "company")."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart."""

    text: str
    kind: Kind
    terms: tuple[Term, ...]
    names: tuple[str, ...]
    """Runs of name words as the question writes them."""
    focus: tuple[str, ...]
    """Stems of the noun that "which", "what" or "how many" asks for."""
    defined: tuple[Token, ...]
    """What a definition is asked of ("Who is Steve Cowan?"); empty for other questions."""
    measure: str | None
    """What is measured ("long", "high", "far" …) where the number needs a unit."""
    several: bool
    """Whether the wording asks for all of something."""
    dates: tuple[When, ...]
    language: str | None
    """Name of the language if it is surely not English, else None."""

    @property
    def mass(self) -> float:
        """Sum of the weights, never 0."""
        return sum(term.weight for term in self.terms) or 1.0


def parse(text: str, snapshot: Snapshot) -> Query:
    """Takes a question apart, with the corpus to tell which of its words are names and which are rare."""
    text = text[:MAX_TEXT]
    words = tokens(text)
    kind, several = _kind(text)
    asked = _unique([word for word in words if is_asked(word)]) or _unique([word for word in words if is_content(word)])
    asked = asked[:MAX_TERMS]
    frequencies = snapshot.document_frequency(sorted({key for word in asked for key in (*_keys(word), word.stem)}))
    casing = snapshot.casing(sorted({word.text for word in asked}))
    cased = _is_cased(words)
    terms = []
    for word in asked:
        frequency = max(min(frequencies.get(key, 0) for key in _keys(word)), frequencies.get(word.stem, 0))
        is_name = _is_name(word, casing.get(word.text), cased)
        general = not is_name and is_general(word)
        weight = idf(snapshot.passage_count, _expected(word, frequencies, frequency, snapshot.passage_count))
        terms.append(Term(word.text, word.stem, weight, is_name, frequency, general=general))
    names = _names(text, words, {term.stem for term in terms if term.is_name})
    terms = _with_surnames(terms, names, casing)
    if kind is Kind.DEFINITION and not names and re.match(r"\W*who\b", text, re.IGNORECASE):
        kind = Kind.PERSON  # "Who is the police chief?" asks for a name, not for what the name means
    return Query(
        text=text,
        kind=kind,
        terms=tuple(terms),
        names=names,
        focus=_focus(words),
        defined=_defined(text, words) if kind is Kind.DEFINITION else (),
        measure=_measure(text) if kind is Kind.NUMBER else None,
        several=several,
        dates=dates_in(text),
        language=language_of(text),
    )


def _keys(word: Token) -> list[str]:
    """The stems that the index has of a word: it cuts "2.23" and "U.S." at the dots."""
    return re.findall(r"[^\W_]+", word.key) or [word.key]


def _expected(word: Token, frequencies: Mapping[str, int], frequency: int, passages: int) -> int:
    """In how many passages a word stands that the index has only in parts: "1.2" is rarer than "1" and "2"."""
    keys = _keys(word)
    if len(keys) == 1 or not passages:
        return frequency
    return round(passages * math.prod(frequencies.get(key, 0) / passages for key in keys))


def _unique(words: list[Token]) -> list[Token]:
    return list({word.stem: word for word in reversed(words)}.values())[::-1]


def _is_cased(words: list[Token]) -> bool:
    """Whether capitals tell anything: there are some, and some word that headlines capitalise has none."""
    capitals = any(word.text[0].isupper() for word in words)
    return capitals and any(word.text[0].islower() and word.text not in SMALL_WORDS for word in words)


def _is_name(word: Token, casing: Casing | None, cased: bool) -> bool:
    """Whether a word of the question is a name: by the corpus, and by the question's own capitals if it has any."""
    if word.text[0].isdigit():
        return False
    if word.stem in ("usa", "uk"):
        return True
    capitalised, lower = casing if casing is not None else (0, 0)
    if not cased:
        return capitalised > NAME_RATIO * lower
    if word.text[0].islower():  # somebody who uses capitals left this one out
        return capitalised >= 3 and capitalised > 5 * lower
    return word.start > 0 or capitalised > NAME_RATIO * lower


def _names(text: str, words: list[Token], stems: set[str]) -> tuple[str, ...]:
    runs: list[tuple[int, int]] = []
    for word in words:
        if word.stem not in stems or not (is_asked(word) or word.stem == "usa"):
            continue
        if runs and re.fullmatch(r"[\s.'’-]*(?:(?:of|the|de|von|van)\s+)*", text[runs[-1][1] : word.start]):
            runs[-1] = (runs[-1][0], word.end)
        else:
            runs.append((word.start, word.end))
    return tuple(dict.fromkeys(text[start:end] for start, end in runs))


def _with_surnames(terms: list[Term], names: tuple[str, ...], casing: Mapping[str, Casing]) -> list[Term]:
    """First names with the last word of their run, if the corpus knows them as nothing but names."""
    last: dict[str, str] = {}
    for name in names:
        run = tokens(name)
        if all(is_content(word) for word in run):
            last.update({word.stem: run[-1].stem for word in run[:-1]})

    def only_name(term: Term) -> bool:
        counts = casing.get(term.text)
        return counts is not None and counts.capitalised > 10 * counts.lower

    return [term._replace(surname=last.get(term.stem)) if only_name(term) else term for term in terms]


# -- kind ----------------------------------------------------------------------------------------------------------

_ASKS = r"(?:what|which)(?:'s|’s)?(?:\s+(?:is|was|are|were|the|other|exact|new|\w+est))*\s+(?:\w+\s+)?"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.AGE, r"\bhow old (?:is|was|are|were)\b|\b(?:at )?what age\b"),
        (
            Kind.MONEY,
            r"\bhow much (?:money|cash)\b|\bhow much\b.*\b(?:cost|costs|pay|pays|paid|worth|earn|earns|earned|spend|"
            r"spends|spent|owe|owes|owed|fined|charge|charged|sell|sold|raise[ds]?|invest|invested|donate[ds]?)\b|"
            + _ASKS
            + r"(?:price|cost|salary|fine|fee|budget|bail|wage|revenue|turnover)\b",
        ),
        (
            Kind.NUMBER,
            r"\bhow (?:many|much|old|far|high|tall|long|large|big|deep|wide|fast|heavy|hot|cold|often)\b|"
            + _ASKS
            + r"(?:percentage|percent|number|share|proportion|score|population|height|length|distance|speed|"
            r"temperature|size|area|rate|ratio|amount|value|total|magnitude|weight|vote)\b",
        ),
        (
            Kind.DATE,
            r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|century|decade|weekday)\b|"
            r"\b(?:what|which) (?:is|was) the date\b|\bsince when\b",
        ),
        (
            Kind.PLACE,
            r"\bwhere\b|"
            + _ASKS
            + r"(?:city|cities|country|countries|state|states|place|town|region|village|province|continent|capital|"
            r"location|island|county|river|lake|street|venue|stadium|airport)\b",
        ),
        (Kind.REASON, r"\bwhy\b|\bhow come\b|\bwhat (?:caused|causes|led to)\b|\breasons?\b"),
        (
            Kind.PERSON,
            r"\bwho(?:m|se)?\b|"
            + _ASKS
            + r"(?:person|man|woman|actor|actress|president|player|author|minister|singer|politician|scientist|judge|"
            r"lawyer|leader|king|queen|director|artist|writer|coach|chief|ceo|mayor|governor|general|official)s?\b",
        ),
        (
            Kind.NAME,
            _ASKS
            + r"(?:company|companies|team|party|parties|bank|organi[sz]ation|university|newspaper|agency|ship|film|"
            r"movie|song|book|band|club|network|channel|journal|magazine|award|title|language|album|brand|group|"
            r"programme|program|show|play|court|name)s?\b|\b(?:what|which)\b.*\b(?:named|called)\s*\??$",
        ),
        (Kind.MANNER, r"^\W*(?:and |but |so )?how\b"),
        (
            Kind.YES_NO,
            r"^\W*(?:and |but |so )?"
            r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b",
        ),
    )
)
_DEFINITION = re.compile(
    r"^\W*(?:who|what)(?:'s|’s| is| are| was| were)\s+(?:an? |the )?(?P<what>[\w.'’\- ]{2,60}?)\s*\??\W*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"^\W*(?:please )?(?:list|name|enumerate|give me|show me|tell me)\b|\b(?:who|what|which) (?:are|were)\b|"
    r"\b(?:which|what) (?:\w+ )?(?!(?:is|was|does|has|this|its|news|process|status|basis|crisis)\b)\w{3,}(?<!s)s\b|"
    r"\ball (?:the )?\w+s\b",
    re.IGNORECASE,
)
_RELATION = re.compile(r"\b(?:of|for|in|on|at|by|with|from|to|that|who|which)\b|['’]s\b", re.IGNORECASE)


def _kind(text: str) -> tuple[Kind, bool]:
    """The kind of the answer, and whether several are asked for."""
    several = bool(_SEVERAL.search(text))
    kind = _first_kind(text)
    definition = _DEFINITION.match(text)
    if definition and kind in (Kind.PERSON, Kind.OPEN) and len(definition["what"].split()) <= 4:
        return (kind if _RELATION.search(definition["what"]) else Kind.DEFINITION), several
    return kind, several


_MEASURE = re.compile(r"\bhow (long|tall|high|far|deep|wide|fast|heavy|hot|cold)\b", re.IGNORECASE)


def _measure(text: str) -> str | None:
    match = _MEASURE.search(text)
    return match[1].lower() if match else None


def _defined(text: str, words: list[Token]) -> tuple[Token, ...]:
    match = _DEFINITION.match(text)
    if match is None:
        return ()
    start, end = match.span("what")
    return tuple(word for word in words if start <= word.start and word.end <= end)


def _first_kind(text: str) -> Kind:
    """The kind whose asking words come first: "How was he treated when …" asks no date."""
    matches = [(match.start(), n) for n, (_, pattern) in enumerate(_KINDS) if (match := pattern.search(text))]
    return _KINDS[min(matches)[1]][0] if matches else Kind.OPEN


def _focus(words: list[Token]) -> tuple[str, ...]:
    """The noun after "which", "what", "how many", "how much", "who is the": its last word, plural ones preferred."""
    for index, word in enumerate(words):
        lower = word.text.lower()
        if lower == "who" and index + 2 < len(words) and words[index + 1].text.lower() in ("is", "was", "are", "were"):
            return _role(words[index + 2 :])
        asks = lower in ("which", "what") or (
            lower in ("many", "much") and index > 0 and words[index - 1].text.lower() == "how"
        )
        if not asks:
            continue
        run = []
        for follower in words[index + 1 : index + 5]:
            if not is_content(follower):
                break
            run.append(follower)
        if not run:
            return ()
        plurals = [w for w in run if w.text.lower() in _PLURALS or (w.text.endswith("s") and w.text[0].islower())]
        head = plurals[0] if plurals else (run[0] if lower in ("many", "much") else run[-1])
        return (head.stem,)
    return ()


def _role(words: list[Token]) -> tuple[str, ...]:
    """The last word of "the prime minister (of …)", "Trump's lawyers"; nothing for a bare name."""
    run: list[Token] = []
    for word in words:
        if word.text.lower() in ("the", "a", "an"):
            continue
        if not is_content(word):
            break
        run.append(word)
    return (run[-1].stem,) if run and run[-1].text[0].islower() else ()


_PLURALS = frozenset({"people", "men", "women", "children", "troops", "police", "personnel", "staff"})


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is likely a slip of ("sulivan" for "Sullivan"), or None."""
    folded = {fold(one): one for one in sorted(set(known), reverse=True)}
    typed = fold(word)
    if typed in folded or len(typed) < 4:
        return None
    close = difflib.get_close_matches(typed, sorted(folded), n=1, cutoff=0.8)
    return folded[close[0]] if close else None
