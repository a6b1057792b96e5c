"""Whether a word is a cue verb where it stands, or a noun, an adjective, an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.attribution import words
from assistant.attribution.clauses import is_finite
from assistant.attribution.cues import (
    TRANSITIVE,
    Form,
    cue_forms,
)
from assistant.attribution.tokens import is_capital, is_possessive
from assistant.attribution.verbgroup import verb_group
from assistant.domain import BlockKind, CueClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Sentence, Token


_PHRASAL = {
    "blast": frozenset({"off", "through", "into", "past", "out"}),
    "slam": frozenset({"into", "shut", "on"}),
    "hail": frozenset({"from"}),
    "call": frozenset({"off", "into", "in", "up", "back", "out"}),
    "back": frozenset({"down", "out", "up"}),
}


_PHRASAL_CUES = frozenset(
    ["point", "points", "pointed", "pointing", "sum", "sums", "summed", "summing", "make", "makes", "made", "making"]
)


_PREPOSITIONAL = frozenset(["say", "tell", "write", "warn", "insist", "call", "refer"])


def cue_form(sentence: Sentence, at: int) -> Form | None:
    """The cue verb at this token; None if the word is no cue where it stands."""
    tokens = sentence.tokens
    token = tokens[at]
    form = cue_forms().get(token.low)
    if form is None and token.low in _PHRASAL_CUES:
        form = _phrasal(tokens, at)
    if form is None:
        return None
    if token.text != token.low and sentence.kind is BlockKind.BODY and at > 0:
        return None
    if not _verb_here(tokens, at, form):
        return None
    return form


def _phrasal(tokens: Sequence[Token], at: int) -> Form | None:
    low = tokens[at].low
    follows = [token.low for token in tokens[at + 1 : at + 3]]
    tense = "base" if low in {"point", "sum", "make"} else "s"
    if low.endswith(("ed", "ing")) or low == "made":
        tense = "ing" if low.endswith("ing") else "past"
    if low.startswith("point") and follows[:1] == ["out"]:
        return Form("point", CueClass.SAYING, tense)
    if low.startswith("sum") and follows[:1] == ["up"]:
        return Form("sum", CueClass.SAYING, tense)
    if low.startswith("ma") and "clear" in follows:
        return Form("make", CueClass.SAYING, tense)
    return None


def _verb_here(tokens: Sequence[Token], at: int, form: Form) -> bool:
    """Noun or verb, by the neighbours."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.low in _PHRASAL.get(form.lemma, frozenset()):
        return False
    if before is not None and _noun_before(before, form):
        return False
    if form.lemma == "call" and form.tense == "past" and _names(tokens, at):
        return False
    if form.tense == "past" and form.lemma in TRANSITIVE and after is not None:
        return not _reduced(tokens, at, after)
    if form.tense in {"base", "s"}:
        return _present(tokens, at, form, before, after)
    return True


def _names(tokens: Sequence[Token], at: int) -> bool:
    """As in "an actor called Hayes", "a firm called “We Spy”": a name is told."""
    if at == 0 or at + 1 >= len(tokens) or not (is_capital(tokens[at + 1]) or tokens[at + 1].kind == "q"):
        return False
    before = tokens[at - 1]
    if before.kind != "w" or not before.text.islower() or before.low in words.AUXILIARIES | words.SUBJECT_PRONOUNS:
        return False
    if _object_goes_on(tokens, at + 1):
        return False
    for here in range(at - 1, max(-1, at - 6), -1):
        if tokens[here].low in {"a", "an"}:
            return True
        if tokens[here].kind != "w" or tokens[here].low in words.DETERMINERS | words.RELATIVES:
            return False
    return False


def _object_goes_on(tokens: Sequence[Token], at: int) -> bool:
    """As in "called Mr Smith's rule a crime": more than a name follows."""
    here = at
    while here < len(tokens) and is_capital(tokens[here]):
        if is_possessive(tokens[here]):
            return True
        here += 1
    return here > at and here < len(tokens) and tokens[here].low in words.ARTICLES


def _noun_before(before: Token, form: Form) -> bool:
    low = before.low
    if low in words.ARTICLES or low in words.POSSESSIVE_PRONOUNS or is_possessive(before):
        return low not in {"it's", "he's", "she's"}
    if form.tense == "ing":
        return False
    if (
        form.tense == "past"
        and low.endswith("ing")
        and not is_capital(before)
        and low not in {"meeting", "briefing", "hearing", "filing"}
    ):
        return True
    if low in {"some", "many", "all", "one", "another"} and form.tense == "s":
        return True
    if low in words.DETERMINERS and low not in {
        "both",
        "all",
        "one",
        "many",
        "some",
        "this",
        "that",
        "these",
        "another",
    }:
        return True
    if low in {"this", "that"}:
        return form.tense == "base"
    return low in words.PREPOSITIONS and low not in {"on", "since", "before", "after"} and low != "to"


def _reduced(tokens: Sequence[Token], at: int, after: Token) -> bool:
    """As in "leaders accused of fraud": a participle, not what the leaders said."""
    if at == 0:
        return True
    low = after.low
    if low not in {"by", "as", "of", "in", "for", "to", "with", "on", "at", "against"}:
        return False
    group = verb_group(tokens, at)
    return not group.passive


def _present(tokens: Sequence[Token], at: int, form: Form, before: Token | None, after: Token | None) -> bool:
    if before is None or before.low in {"please", "kindly", "let's"}:
        return False
    if form.lemma == "state":
        return form.tense == "s" and after is not None and (after.low in {"that", ":"} or after.kind == "q")
    if after is not None and form.cue_class is not CueClass.SAYING and after.low in words.PREPOSITIONS:
        return form.lemma in {"refer", "rail", "call"}
    if form.tense == "base":
        return _base_here(tokens, at, before, after)
    if after is None or after.low in {".", ","} or after.kind == "q":
        return before.kind != "p" or before.low in {",", "–", "—"}
    follows = after.low
    if follows in words.IRREGULAR_VERBS or (follows in cue_forms() and cue_forms()[follows].tense == "past"):
        return False
    if follows in words.AUXILIARIES or (follows == "of" and form.lemma != "warn"):
        return False
    if follows in {"and", "or", "were", "made", "came", "from"}:
        return False
    return not (follows in words.PREPOSITIONS and form.lemma not in _PREPOSITIONAL)


def _base_here(tokens: Sequence[Token], at: int, before: Token, after: Token | None) -> bool:
    low = before.low
    if after is not None and (after.low == "of" or after.low in words.AUXILIARIES):
        return False
    if low in {"and", "but"} and tokens[at].low in {"say", "argue", "insist", "claim", "warn"}:
        return after is not None and after.low in words.DETERMINERS | words.SUBJECT_PRONOUNS | {"that"}
    if low in {"they", "we", "i", "you", "who", "others", "some", "many", "critics", "both"} or low in {"to", "not"}:
        return True
    if low in words.AUXILIARIES or low.endswith("ly") or low in {"also", "then", "still", "now"}:
        return True
    return is_plural(before) or _plural_head(tokens, at)


def is_plural(token: Token) -> bool:
    """Whether a noun looks plural."""
    low = token.low
    if low in {"police", "people", "staff", "families", "officials"}:
        return True
    if low.endswith("is"):
        return is_capital(token) and low[:-1] in words.DEMONYMS
    return token.kind == "w" and low.endswith("s") and not low.endswith(("ss", "us")) and not is_possessive(token)


def _plural_head(tokens: Sequence[Token], at: int) -> bool:
    """As in "Police in Karachi say", "Smith and Jones say"."""
    for here in range(at - 1, max(0, at - 9), -1):
        low = tokens[here].low
        if low in {"in", "at", "from", "of", "near", "on", "for", "with"} and is_plural(tokens[here - 1]):
            return True
        if low == "and":
            return is_capital(tokens[here - 1]) and is_capital(tokens[at - 1])
        if tokens[here].kind != "w" or is_finite(tokens, here):
            return False
    return False
