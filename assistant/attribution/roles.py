"""Whether "the American defense secretary" and "US Secretary of Defense" can be one person."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from assistant.attribution import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token

_ALIASES = {
    "american": "us",
    "u.s.": "us",
    "usa": "us",
    "united": "us",
    "washington": "us",
    "white": "us",
    "pentagon": "us",
    "british": "uk",
    "britain": "uk",
    "u.k.": "uk",
    "french": "france",
    "dutch": "netherlands",
    "moscow": "russia",
    "kremlin": "russia",
    "beijing": "china",
    "chinese": "china",
    "german": "germany",
    "polish": "poland",
    "spanish": "spain",
    "turkish": "turkey",
    "swedish": "sweden",
    "finnish": "finland",
    "danish": "denmark",
    "greek": "greece",
    "swiss": "switzerland",
    "welsh": "wales",
    "scottish": "scotland",
    "irish": "ireland",
    "iraqi": "iraq",
    "israeli": "israel",
    "pakistani": "pakistan",
}
_SAME_HEAD = {
    "adviser": "advisor",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "chairwoman": "chairman",
    "chairperson": "chairman",
    "chair": "chairman",
    "premier": "minister",
    "secretary-general": "secretary",
    "lawyer": "attorney",
    "congresswoman": "congressman",
    "representative": "congressman",
    "rep": "congressman",
    "sen": "senator",
    "gov": "governor",
    "ceo": "executive",
    "chief": "head",
    "boss": "head",
    "director": "head",
    "leader": "head",
}
_POLITICIANS = frozenset(
    ["congressman", "congresswoman", "senator", "representative", "governor", "rep", "sen", "gov", "lawmaker"]
)
_DIPLOMATS = frozenset({"minister", "secretary", "ambassador", "envoy", "representative", "diplomat"})


class Role(NamedTuple):
    """A role's head noun, its other words, and the countries in it."""

    head: str
    modifiers: frozenset[str]
    nations: frozenset[str]


def role_words(phrase: Sequence[Token]) -> Role:
    """The role in a phrase's tokens."""
    return _role([token.low for token in phrase])


def _role(lows: Sequence[str]) -> Role:
    plain = [low.removesuffix("'s").removesuffix("’s").rstrip(".,") for low in lows]
    heads = [low for low in plain if low in words.ROLES and low not in {"deputy", "vice", "assistant"}]
    head = heads[0] if heads else plain[-1]
    for before, low in itertools.pairwise(plain):
        if low in words.PREPOSITIONS and before in words.ROLES:
            head = before
            break
    else:
        head = heads[-1] if heads else plain[-1]
    nations = frozenset(
        _nation(low) for low in plain if low in words.COUNTRIES or low in words.DEMONYMS or low == "white"
    )
    modifiers = frozenset(
        low for low in plain if low in words.CONFLICTING or low in words.DEPARTMENT - {"the", "and", "&"}
    )
    return Role(head, frozenset("defense" if low == "defence" else low for low in modifiers), nations)


def _nation(low: str) -> str:
    if low in _ALIASES:
        return _ALIASES[low]
    for country in (low.removesuffix("n"), low.removesuffix("ian"), low.removesuffix("ian") + "e"):
        if country in words.COUNTRIES:
            return country
    return low


def _head(role: Role) -> str:
    return _SAME_HEAD.get(role.head, role.head)


def is_definite(core: Sequence[Token]) -> bool:
    """As in "the minister", or a headline's bare "foreign minister"; not "a minister", "one senior official"."""
    low = core[0].low
    if low in {"the", "this", "that"}:
        return True
    return (
        low not in words.DETERMINERS and core[-1].low in words.ROLES and low not in {"senior", "anonymous", "unnamed"}
    )


def nations_conflict(wanted: Role, role: str) -> bool:
    """Whether both name countries, and not the same."""
    other = _role(role.lower().replace("’", "'").split())
    return bool(wanted.nations and other.nations and not wanted.nations & other.nations)


def matches(wanted: Role, role: str) -> bool:
    """Whether the wanted role can be this one: same head, no conflicting modifier or country."""
    other = _role(role.lower().replace("’", "'").split())
    if wanted.nations and other.nations and not wanted.nations & other.nations:
        return False
    if wanted.head == "diplomat" and other.head in _DIPLOMATS:
        return True
    if wanted.head in {"republican", "democrat"} and other.head in _POLITICIANS:
        return True
    if _head(wanted) != _head(other):
        return False
    conflicting = wanted.modifiers - other.modifiers
    return not conflicting or (not (other.modifiers or wanted.modifiers & {"former"}) and wanted.head == "head")
