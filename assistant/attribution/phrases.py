"""Parts of a source phrase: its head, its owner, its conjuncts, its plain form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.clauses import is_finite
from assistant.attribution.tokens import is_capital, is_possessive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.mentions import Mention
    from assistant.attribution.tokens import Token


_CORE_ENDS = words.PREPOSITIONS | words.RELATIVES


def apposed(tokens: Sequence[Token], mention: Mention) -> bool:
    """As in "One of the men in the room, Ron Dolin, left": a subject named between commas."""
    if mention.first < 2 or mention.last >= len(tokens) or tokens[mention.first - 1].low != ",":
        return False
    first = mention.first - 1
    while first > 0 and tokens[first - 1].low != ",":
        first -= 1
    opens = tokens[first].low in words.DETERMINERS
    return (
        tokens[mention.last].low == ","
        and opens
        and not any(is_finite(tokens, at) for at in range(first, mention.first))
    )


def is_document(name: str | None) -> bool:
    """Whether a name is a document's ("report from the agency")."""
    return name is not None and not {"report", "study", "statement", "survey", "document"}.isdisjoint(name.split())


def owned(phrase: Sequence[Token]) -> Sequence[Token]:
    """As in "the Bureau of Meteorology's Claire Richards" without its owner."""
    if core_of(phrase)[-1].low in words.ROLES and len(core_of(phrase)) < len(phrase):
        return phrase
    for at in range(len(phrase) - 2, -1, -1):
        if is_possessive(phrase[at]) and not any(token.low == "," for token in phrase[:at]):
            return phrase[at + 1 :]
    return phrase


def inside_longer(mention: Mention, core: Sequence[Token]) -> bool:
    """As in "Breaking the Silence": one word of a longer name."""
    if mention.last - mention.first > 1 or mention.role is not None or mention.title is not None:
        return False
    before = [token for token in core if token.end <= mention.start]
    if not before or is_possessive(before[-1]) or before[-1].low.rstrip(".") in words.TITLES | words.ROLES:
        return False
    first = before[0]
    if first.low in words.NAME_PARTICLES:
        return False
    return is_capital(first) and first.low not in words.NOT_NAMES and first.low not in words.DEMONYMS | words.COUNTRIES


def core_of(phrase: Sequence[Token]) -> Sequence[Token]:
    """The phrase up to its first preposition, comma or relative clause: its last token is the head."""
    for at, token in enumerate(phrase):
        if at and (token.low == "," or token.kind == "q" or token.low in {"(", "–", "—"} or token.low in _CORE_ENDS):
            if token.low == "of" and phrase[at - 1].low in words.ROLES and _department_then_name(phrase, at):
                continue
            return phrase[:at]
        if _reduced_at(phrase, at, 0, _BEHIND_REDUCED | {"by", "from"}) and not is_capital(phrase[at - 1]):
            return phrase[:at]
    return phrase


def _department_then_name(phrase: Sequence[Token], at: int) -> bool:
    """As in "Secretary of State Anthony Blinken" goes on to its name; "Prime Minister of Estonia" does not."""
    here = at + 1
    while here < len(phrase) and phrase[here].low in words.DEPARTMENT | words.COUNTRIES:
        here += 1
    return at + 1 < here < len(phrase) and is_capital(phrase[here])


def _ends_name(token: Token) -> bool:
    """A capitalised word, or the noun of a group ("the union and Qantas")."""
    return is_capital(token) or token.low in words.ORG_NOUNS


def conjuncts(phrase: Sequence[Token]) -> list[Sequence[Token]]:
    """As in "X and Y" as two phrases, where both end in a capitalised word."""
    for at in range(1, len(phrase) - 1):
        if phrase[at].low == "and" and _ends_name(phrase[at - 1]) and is_capital(phrase[-1]):
            left, right = phrase[:at], phrase[at + 1 :]
            owned = any(is_possessive(token) for token in right[1:-1])
            if not owned and not any(token.low in words.PREPOSITIONS for token in (*left, *right)):
                return [left, right]
    return [phrase]


_BEHIND_REDUCED = frozenset({"with", "in", "at", "to", "on", "after", "as"})


def _reduced_at(phrase: Sequence[Token], at: int, first: int, behind: frozenset[str] = _BEHIND_REDUCED) -> bool:
    """A participle that only describes: "a committee tasked with overseeing …"."""
    token = phrase[at]
    if at <= first or at + 1 >= len(phrase) or not token.low.endswith("ed") or token.text != token.low:
        return False
    return phrase[at + 1].low in behind


def plain(phrase: Sequence[Token]) -> str:
    """The phrase without its determiner, up to its first comma or relative clause."""
    first = 0
    while first < len(phrase) - 1 and phrase[first].low in {
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "another",
        "some",
    }:
        first += 1
    last = first
    while (
        last < len(phrase)
        and not _reduced_at(phrase, last, first)
        and not (phrase[last].low in {",", "(", "–", "—"} or phrase[last].low in {"who", "which"})
        and not (phrase[last].low == "that" and last > first)
    ):
        last += 1
    parts: list[str] = []
    for at in range(first, last):
        token = phrase[at]
        if at > first and token.start > phrase[at - 1].end:
            parts.append(" ")
        parts.append(token.text)
    text = "".join(parts)
    return text[:-2] if text.endswith(("'s", "’s")) else text


_PAPERS = frozenset(["statement", "report", "letter", "document", "memo", "study", "email", "survey"])
_NO_FIRMS = frozenset(
    "times post news observer newspaper paper guardian journal reuters ministry government department agency police "
    "court white pentagon kremlin officials council committee commission".split()
)
"""Words of names that "the company" does not stand for."""
"""Words of names that "the company" does not stand for."""


def house_of(phrase: Sequence[Token], core: Sequence[Token]) -> frozenset[str]:
    """The named organisation behind a role; empty for countries and for "the head of the ministry"."""
    return frozenset(
        token.low
        for token in phrase[len(core) :]
        if is_capital(token) and token.low not in words.COUNTRIES | words.DEMONYMS | words.DEPARTMENT | words.STATES
    )


def is_paper(core: Sequence[Token]) -> bool:
    """As in "A statement issued after a meeting chaired by …"."""
    return any(token.low in _PAPERS for token in core)


def is_no_firm(name: str) -> bool:
    """Whether "the company" cannot stand for this name."""
    return not _NO_FIRMS.isdisjoint(name.lower().split())
