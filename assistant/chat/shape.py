"""A question taken apart: what it asks with, who or what it is about, its verb, and the phrases that can be exchanged.

Rules over word classes, without a parser: questions are short, and what is not understood is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.attribution import words
from assistant.reading.metonyms import power

WH = frozenset("what which who whom whose when where why how".split())
DO = frozenset("did does do will would can could should may might must shall didn't doesn't don't won't".split())
BE = frozenset("is was are were has have had isn't wasn't aren't weren't been".split())
AUX = DO | BE
DETERMINERS = frozenset(
    "the a an this that these those his her its their my our your another every each some any".split()
)
PRONOUNS = frozenset("he she it they him them i we you us me who".split())
PREPOSITIONS = words.PREPOSITIONS | {"than"}
ADVERBS = frozenset(
    "also just really actually ever still already publicly recently exactly once else not never now again "
    "himself herself themselves itself".split()
)
VERBS = frozenset(
    """accept accuse act add admit adopt affect agree allow announce answer apologise apologize appear apply approve
    ask attack attend avoid ban beat become begin believe belong blame break bring build buy call carry catch
    cause choose claim close collapse come compare complain condemn confirm contain continue cost create criticise
    criticize declare defeat defend demand deny deploy describe destroy develop die discover dismiss earn eat
    employ end enter escape exist expect explain export express fail fall fear fight find finish flow fly follow
    forbid get give go grow happen hate have hear help hide hire hold hope imply import include increase insist
    invade invent invest join keep kill know land last launch lead learn leave lie like live lose love make mean
    meet mention move need occur offer open oppose order own pay perform plan play pledge praise predict prefer
    prevent produce promise propose protect prove provide publish pull push put reach react read receive recommend
    refuse reject remain remove reply require resign respond return reveal rise rule run save say see seek seem
    sell send serve set shoot show sign sing sink sit sleep speak spend stand start stay steal stop strike study
    suffer suggest support survive swim take talk teach tell think threaten travel treat try urge use visit vote
    wait walk want warn watch wear weigh win withdraw work worry write""".split()
)  # fmt: skip
_IRREGULAR = """beat beaten,begin began begun,break broke broken,bring brought,build built,buy bought,catch caught,
choose chose chosen,cut,draw drew drawn,drive drove driven,eat ate eaten,find found,forbid forbade
forbidden,forget forgot forgotten,get got,give gave given,hear heard,hide hid hidden,hit,hold
held,hurt,keep kept,know knew known,lay laid,lead led,leave left,lose lost,make made,meet met,pay
paid,put,read,rebuild rebuilt,ride rode ridden,run ran run,say said,see saw seen,seek sought,sell
sold,send sent,set,shoot shot,show showed shown,sing sang sung,sink sank sunk,speak spoke spoken,
spend spent,steal stole stolen,strike struck,sweep swept,take took taken,teach taught,tell
told,throw threw thrown, understand understood,wear wore worn,win won,withdraw withdrew
withdrawn,write wrote written"""
PARTICIPLE = {
    form: forms[-1]
    for row in " ".join(_IRREGULAR.split()).split(",")
    if (forms := row.split())
    for form in forms[1:] or forms
}
"""Past tense and participle of irregular verbs, to the participle."""
YEAR = re.compile(r"(?:1\d|20)\d\d")
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december yesterday today tomorrow year month week day spring summer autumn fall winter weekend "
    "night morning century decade".split()
)
_TOKEN = re.compile(r"[^\W_][\w.'&/-]*[^\W_]|[^\W_]|[$€£]\d[\d.,]*")
_JOINS = frozenset("of de da di van von der den del la bin ibn al the for and".split())
_ROLES = words.ROLES | frozenset("wife husband son daughter brother sister mother father lawyer coach captain".split())


class Kind(StrEnum):
    """What a phrase names."""

    PERSON = "person"
    """A name that nothing shows to be anything else."""
    POWER = "power"
    """A country, its capital, an alliance."""
    BODY = "body"
    """An organisation."""
    ROLE = "role"
    """Somebody by their office: "the mayor"."""
    THING = "thing"
    """A common noun with an article."""
    BARE = "bare"
    """A common noun without one."""
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase of a question: `text[start:end]`, without its preposition."""

    start: int
    end: int
    text: str
    kind: Kind
    preposition: str
    """What stands before it; empty if nothing does."""
    at: int
    """Where the preposition starts, else `start`."""
    subject: bool
    """Whether it stands before the verb."""

    @property
    def head(self) -> str:
        """Its last word, in lower case."""
        return self.text.split()[-1].lower()


@dataclass(frozen=True, slots=True)
class Shape:
    """A question's parts as they are written; empty where it has none."""

    text: str
    """Without the question mark."""
    wh: str
    """ "How many whales", "By whom"."""
    aux: str
    subject: str
    verb: str
    """Or, in "Is the lake deep", the adjective."""
    rest: str
    phrases: tuple[Phrase, ...]


def tokens(text: str) -> tuple[Word, ...]:
    """The words of a text; a possessive ending belongs to its word."""
    plain = text.replace("’", "'")
    return tuple(Word(m.start(), m.end(), m[0], m[0].lower()) for m in _TOKEN.finditer(plain))


def parse(question: str) -> Shape:
    """Takes a question apart."""
    text = question.replace("’", "'").strip().rstrip("?!. ")
    found = tokens(text)
    lows = [word.low for word in found]
    first = next((i for i, low in enumerate(lows) if low in AUX), None)
    asks = next((i for i, low in enumerate(lows[:2]) if low in WH), None)
    if asks is None:
        first = 0 if first == 0 else None
    body = 0 if asks is None and first is None else (first + 1 if first is not None else (asks or 0) + 1)
    verb = _verb(found, body, lows[first] if first is not None else "", asks is not None)

    def written(start: int, end: int) -> str:
        return text[found[start].start : found[end - 1].end] if start < end <= len(found) else ""

    return Shape(
        text=text,
        wh=written(0, first if first is not None else body) if asks is not None else "",
        aux=found[first].text if first is not None else "",
        subject=written(body, verb if verb is not None else len(found)),
        verb=found[verb].text if verb is not None else "",
        rest=text[found[verb].end :].strip() if verb is not None else "",
        phrases=_phrases(text, found, asks, first, verb),
    )


def _verb(found: tuple[Word, ...], body: int, aux: str, asks: bool) -> int | None:
    """Where the main verb stands: after the auxiliary's subject, or right after "who"."""
    if not aux:
        if not asks:
            return None
        lows = [word.low for word in found]
        if lows[0] == "who":
            return body if body < len(found) else None
        # "What causes it?" has its verb at once, "Which rivers flow …?" behind a noun.
        start = body if lows[0] == "what" else body + 1
        return next((i for i in range(start, len(found)) if _third_person(lows[i]) or _past(lows[i])), None)
    possible = [i for i in range(body, len(found)) if _may_be_verb(found, i, body)]
    if aux not in DO:
        done = next((i for i in possible if _past(found[i].low) or found[i].low.endswith("ing")), None)
        return done if done is not None or asks else _predicate(found, possible, body)
    ranks = (
        lambda i: found[i].low in VERBS,
        lambda i: i > body and found[i - 1].capital,
        lambda i: i == len(found) - 1,
        lambda i: (
            i + 1 < len(found) and (found[i + 1].low in DETERMINERS | PREPOSITIONS - {"of"} or found[i + 1].capital)
        ),
    )
    for fits in ranks:
        for i in possible:
            if i > body and fits(i):
                return i
    return None


def _third_person(low: str) -> bool:
    return low in VERBS or low.removesuffix("s") in VERBS or low.removesuffix("es") in VERBS


def _predicate(found: tuple[Word, ...], possible: list[int], body: int) -> int | None:
    """Where "deep" stands in "Is the lake deep in summer"."""
    for i in reversed(possible):
        ends = i + 1 == len(found) or found[i + 1].low in PREPOSITIONS
        if ends and i > body and (found[i - 1].capital or i > body + 1):
            return i
    return None


def _may_be_verb(found: tuple[Word, ...], i: int, body: int) -> bool:
    low = found[i].low
    if found[i].capital or not low.isalpha() or low in DETERMINERS | PREPOSITIONS | PRONOUNS | ADVERBS | WH | {"and"}:
        return False
    before = found[i - 1].low if i > body else ""
    return (
        before not in DETERMINERS | {"and", "of"}
        and not before.endswith(("'s", "s'"))
        and not (before in PREPOSITIONS and before != "to")
    )


def _past(low: str) -> bool:
    return low in PARTICIPLE or low in PARTICIPLE.values() or _regular(low)


def _regular(low: str) -> bool:
    return low.endswith("ed") and len(low) > 3 and not low.endswith("eed") and low not in ("hundred", "sacred", "naked")


def participle(verb: str) -> str:
    """The participle of a verb in the past tense; empty if it is none."""
    low = verb.lower()
    return PARTICIPLE.get(low, low if _regular(low) else "")


def _phrases(
    text: str, found: tuple[Word, ...], asks: int | None, first: int | None, verb: int | None
) -> tuple[Phrase, ...]:
    runs: list[tuple[int, int, int | None]] = []
    start: int | None = None
    preposition: int | None = None
    for i, word in enumerate([*found, None]):
        inside = (
            word is not None
            and i != first
            and i != verb
            and not (word.low in PRONOUNS | ADVERBS | WH | {"many", "much"} or _splits(found, i))
        )
        if inside and start is not None and text[found[i - 1].end : word.start].strip():  # type: ignore[union-attr]  # a word, since it is inside
            runs.append((start, i, preposition))
            start, preposition = i, None
        elif inside and start is None:
            start = i
        elif not inside:
            if start is not None:
                runs.append((start, i, preposition))
            start, preposition = None, i if word is not None and word.low in PREPOSITIONS and i != verb else None
    limit = verb if verb is not None else len(found)
    return tuple(
        Phrase(
            start=found[a].start,
            end=found[b - 1].end,
            text=text[found[a].start : found[b - 1].end],
            kind=kind_of(text[found[a].start : found[b - 1].end], found[p].low if p is not None else ""),
            preposition=found[p].low if p is not None else "",
            at=found[p if p is not None else a].start,
            subject=a < limit and (asks is None or a > asks),
        )
        for a, b, p in runs
    )


def _splits(found: tuple[Word, ...], i: int) -> bool:
    """Whether a preposition ends the phrase before it: not the "of" within a name ("the Bank of England")."""
    low = found[i].low
    if low not in PREPOSITIONS:
        return False
    within = low == "of" and 0 < i < len(found) - 1 and found[i - 1].capital and found[i + 1].capital
    return not within


def kind_of(phrase: str, preposition: str = "") -> Kind:
    """What a phrase names, by its words and by the preposition before it."""
    found = tokens(phrase)
    lows = [word.low.removesuffix("'s") for word in found]
    if any(YEAR.fullmatch(low) for low in lows) or lows[-1] in TIMES:
        return Kind.TIME
    if power(phrase) is not None:
        return Kind.POWER
    names = [word for word in found if word.capital and word.low not in DETERMINERS]
    if not names or not found[-1].capital:
        if lows[-1] in _ROLES:
            return Kind.ROLE
        return Kind.THING if lows[0] in DETERMINERS or names or "'s" in phrase else Kind.BARE
    if any(low in words.ORGANISATION or low in words.ORG_NOUNS for low in lows) or names[-1].text.isupper():
        return Kind.BODY
    if lows[0] in DETERMINERS or preposition in (
        "in",
        "at",
        "near",
        "over",
        "through",
        "across",
        "outside",
        "on",
        "along",
    ):
        return Kind.ROLE if any(low in _ROLES for low in lows) and preposition == "" else Kind.THING
    return Kind.PERSON


def is_role(phrase: str) -> bool:
    """Whether a phrase's last word is an office or a relation ("wife")."""
    return phrase.split()[-1].lower() in _ROLES
