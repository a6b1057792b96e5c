"""Which words were said: token ranges behind or before a cue, cut where the next speaker begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assistant.attribution import words
from assistant.attribution.clauses import is_finite
from assistant.attribution.cues import AFTER_QUOTE_ONLY, RECIPIENT, cue_forms
from assistant.attribution.listeners import past_listener, past_recipient
from assistant.attribution.tokens import is_capital
from assistant.domain import CueClass, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.cues import Form
    from assistant.attribution.tokens import Token

_ADJUNCT = frozenset(
    [
        "in",
        "at",
        "during",
        "on",
        "via",
        "through",
        "from",
        "after",
        "before",
        "ahead",
        "following",
        "by",
        "to",
        "when",
        "as",
        "while",
        "with",
    ]
)
_ADJUNCT_REACH = 16
"""Tokens between a cue and its "that" ("said at a joint press conference with the presidents of … that")."""
_SUBJECT_REACH = 9
_PARTICLES = {"point": "out", "sum": "up"}


class Tail(NamedTuple):
    """What follows a cue: tokens `first:last` were said; `clause` tells that it surely is a clause or a quotation."""

    first: int
    last: int
    clause: bool
    comma: bool
    """The cue is closed by a comma: "…, he said, …"."""


def tail(tokens: Sequence[Token], cue: int, form: Form) -> Tail:
    """The said words behind the cue, empty if there are none."""
    at = _after_particle(tokens, cue, form)
    while at < len(tokens) and _skips(tokens, at):
        at += 1
    if form.lemma in RECIPIENT:
        at = past_recipient(tokens, at)
    if form.lemma in RECIPIENT and at < len(tokens) and tokens[at].low == "to" and at > cue + 1:
        at += at + 1 < len(tokens) and tokens[at + 1].kind == "q"
        return Tail(at, content_end(tokens, at), clause=False, comma=False)
    if form.cue_class is not CueClass.JUDGING or form.lemma in {"express", "voice", "discuss"}:
        at = past_listener(tokens, at)
    opened = _opener(tokens, at, form)
    if opened is not None:
        return Tail(opened, content_end(tokens, opened), clause=True, comma=False)
    at = _past_time(tokens, at)
    if at >= len(tokens) or tokens[at].low in {".", "!", "?", ";"}:
        return Tail(at, at, clause=False, comma=False)
    if tokens[at].low == ",":
        return _behind_comma(tokens, at)
    if form.cue_class is not CueClass.JUDGING and _is_adjunct(tokens, at, form):
        return _behind_adjunct(tokens, at)
    last = content_end(tokens, at)
    return Tail(at, last, clause=_has_finite(tokens, at, last), comma=False)


def _has_finite(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a finite verb comes before the first comma or conjunction; a subject pronoun promises one."""
    if tokens[first].low in words.SUBJECT_PRONOUNS and last > first + 1:
        return True
    relatives = 0
    for at in range(first + 1, min(last, first + 16)):
        low = tokens[at].low
        if low == "," or low in {"and", "but", "or", "so"}:
            return False
        if low in words.RELATIVES:
            relatives += 1
        elif _closes_subject(tokens, at):
            return False
        elif is_finite(tokens, at) and not _goes_on_verb(tokens, at):
            if not relatives:
                return True
            relatives -= 1
            if tokens[first].low in {"a", "an"}:
                return False
    return False


def _closes_subject(tokens: Sequence[Token], at: int) -> bool:
    """Where an object goes on with a clause of its own: "because", "how", "by asking"."""
    low = tokens[at].low
    if low in words.SUBORDINATORS and low not in words.PREPOSITIONS and low != "than":
        return True
    if low in words.SUBJECT_PRONOUNS and tokens[at - 1].low in {"after", "before", "since", "until"}:
        return True
    return low.endswith("ing") and tokens[at - 1].low in {"by", "after", "before", "without"}


def _goes_on_verb(tokens: Sequence[Token], at: int) -> bool:
    """The second part of "was signed", "has already been"."""
    before = tokens[at - 1].low
    return before in words.AUXILIARIES or (before.endswith("ly") and tokens[at - 2].low in words.AUXILIARIES)


def _after_particle(tokens: Sequence[Token], cue: int, form: Form) -> int:
    particle = _PARTICLES.get(form.lemma)
    at = cue + 1
    if particle and at < len(tokens) and tokens[at].low == particle:
        return at + 1
    if form.lemma == "make":
        while at < len(tokens) and tokens[at - 1].low != "clear":
            at += 1
    return at


def _skips(tokens: Sequence[Token], at: int) -> bool:
    low = tokens[at].low
    if low.endswith("ly") and at + 1 < len(tokens) and tokens[at + 1].low == "that":
        return True
    return low in {"again", "later", "earlier", "further", "repeatedly", "publicly", "recently", "simply"}


def _opener(tokens: Sequence[Token], at: int, form: Form) -> int | None:
    """Where a that-clause or a quotation starts behind adjuncts; None if neither comes."""
    if at >= len(tokens):
        return None
    spoken = form.cue_class is not CueClass.JUDGING
    adjunct = (spoken and _is_adjunct(tokens, at, form)) or form.lemma in {"express", "voice", "make"}
    if form.lemma in {"respond", "reply", "answer"} and tokens[at].low == "to":
        return None
    for here in range(at, min(len(tokens), at + _ADJUNCT_REACH)):
        token = tokens[here]
        if token.low in {"that", ":", ","} or token.kind == "q":
            return _opened_at(tokens, at, here, adjunct=adjunct)
        if here == at and not adjunct and not _is_bridge(tokens, here):
            return None
        if here > at and token.low in words.AUXILIARIES | words.IRREGULAR_VERBS | words.SUBJECT_PRONOUNS:
            return None
    return None


def _opened_at(tokens: Sequence[Token], at: int, here: int, *, adjunct: bool) -> int | None:
    token = tokens[here]
    after = here + 1
    if token.kind == "q":
        return here if here == at or not adjunct or (here == at + 1 and tokens[at].low == "to") else None
    if token.low == "that":
        follows = tokens[after].low if after < len(tokens) else "."
        if here > at and follows in words.AUXILIARIES:
            return None
        return after if follows not in {".", ",", "of"} or follows == "," else None
    if after < len(tokens) and tokens[after].kind == "q":
        return after
    if token.low == "," and after < len(tokens) and tokens[after].low == "that":
        return after + 1
    return after if token.low == ":" and after < len(tokens) else None


def _is_bridge(tokens: Sequence[Token], at: int) -> bool:
    """The start of "last week", "this month", "Friday"."""
    low = tokens[at].low
    if low in words.TIME_WORDS:
        return True
    return low in {"last", "this", "earlier", "later", "late", "early"} and (
        at + 1 < len(tokens) and tokens[at + 1].low in words.TIME_WORDS | {"last", "this"}
    )


def _is_adjunct(tokens: Sequence[Token], at: int, form: Form) -> bool:
    low = tokens[at].low
    if low in words.TIME_WORDS:
        return True
    if low == "at" and at + 1 < len(tokens) and tokens[at + 1].low in {"least", "most"}:
        return False
    return low in _ADJUNCT and not (low == "to" and form.lemma in {"vow", "promise", "pledge", "threaten", "agree"})


def _past_time(tokens: Sequence[Token], at: int) -> int:
    """Past "on Friday", "Wednesday", "last week", "on Dec. 3"."""
    here = at
    timed = False
    while here < len(tokens) and here < at + 5:
        low = tokens[here].low
        if low in words.TIME_WORDS or (timed and tokens[here].kind == "n"):
            timed = True
            here += 1
            at = here
        elif low in words.TIME_LEADS and here + 1 < len(tokens):
            here += 1
        else:
            break
    return at


def _behind_comma(tokens: Sequence[Token], comma: int) -> Tail:
    first = comma + 1
    form = cue_forms().get(tokens[first].low) if first < len(tokens) else None
    if form is not None and form.tense == "ing":
        return Tail(first, first, clause=False, comma=False)
    return Tail(first, content_end(tokens, first), clause=False, comma=True)


def _behind_adjunct(tokens: Sequence[Token], at: int) -> Tail:
    """The words behind an adjunct: "said in Geneva." has no words behind it; "said in Geneva the talks were" has."""
    for here in range(at + 1, min(len(tokens), at + 14)):
        low = tokens[here].low
        if low == ",":
            return _behind_comma(tokens, here)
        if low == "." or tokens[here].kind == "q":
            break
        starts = here > at + 2 and (low in words.DETERMINERS or low in words.SUBJECT_PRONOUNS)
        if here > at + 1 and is_capital(tokens[here]) and tokens[here - 1].kind == "n" and _finite_soon(tokens, here):
            return Tail(here, content_end(tokens, here), clause=True, comma=False)
        if starts and tokens[here - 1].low not in words.PREPOSITIONS and _finite_soon(tokens, here):
            return Tail(here, content_end(tokens, here), clause=True, comma=False)
    return Tail(len(tokens), len(tokens), clause=False, comma=False)


def _finite_soon(tokens: Sequence[Token], at: int) -> bool:
    return any(is_finite(tokens, here) for here in range(at + 1, min(len(tokens), at + 8)))


def content_end(tokens: Sequence[Token], first: int) -> int:
    """The token behind the last said one."""
    last = len(tokens)
    for at in range(first + 1, len(tokens)):
        if _cuts(tokens, at) or _sentence_ends(tokens, at):
            last = at
            break
    while (
        last > first
        and tokens[last - 1].kind == "p"
        and tokens[last - 1].low in {".", ",", ";", "!", "?", ":", "-", "–", "—"}
    ):
        last -= 1
    return last


def _sentence_ends(tokens: Sequence[Token], at: int) -> bool:
    """A full stop before a quotation, where the sentence splitter left the two together."""
    return tokens[at].low in {".", "!", "?"} and at + 1 < len(tokens) and tokens[at + 1].kind == "q"


def _cuts(tokens: Sequence[Token], at: int) -> bool:
    low = tokens[at].low
    if low == ",":
        return _cuts_at_comma(tokens, at)
    if tokens[at - 1].kind == "q" and _ends_with_comma(tokens[at - 1]):
        return _cuts_at_comma(tokens, at - 1)
    if low in {"and", "but"}:
        return _cue_behind(tokens, at + 1, direct=True)
    return low in {"–", "—"} and at + 1 < len(tokens) and _cue_behind(tokens, at + 1, direct=False)


def _ends_with_comma(token: Token) -> bool:
    return token.text.rstrip("”\"’»“' ").endswith(",")


def _cuts_at_comma(tokens: Sequence[Token], comma: int) -> bool:
    at = comma + 1
    if at >= len(tokens):
        return False
    if tokens[at].low in {"and", "but", "while", "though", "although", "yet", "before", "after"}:
        if _cue_behind(tokens, at + 1, direct=False):
            return True
        at += 1
    if at >= len(tokens):
        return False
    form = cue_forms().get(tokens[at].low)
    if (
        form is not None
        and form.tense == "ing"
        and form.cue_class is not CueClass.ATTITUDE
        and form.lemma not in AFTER_QUOTE_ONLY
    ):
        return True
    return tokens[at].low == "according" or (
        tokens[at].low in {"as", "he", "she", "they"} and _cue_behind(tokens, at, direct=False)
    )


def _cue_behind(tokens: Sequence[Token], at: int, *, direct: bool) -> bool:
    """Whether a saying cue follows: at once (the same speaker goes on), or behind a short subject of its own."""
    here = at
    limit = min(len(tokens), at + _SUBJECT_REACH)
    while here < limit:
        token = tokens[here]
        low = token.low
        form = cue_forms().get(low)
        if (
            form is not None
            and low == token.text
            and form.cue_class is not CueClass.ATTITUDE
            and form.lemma not in AFTER_QUOTE_ONLY
        ):
            if form.tense == "ing" and here == at:
                return True
            if form.tense == "past" or (form.tense == "s" and not direct) or low in {"say", "says"}:
                return not direct or _opens_clause(tokens, here, form)
        if token.kind in "qp" or low in words.SUBORDINATORS - {"as"}:
            return False
        if direct and not (low in words.ADVERBS or low.endswith("ly") or low in words.AUXILIARIES):
            return False
        here += 1
    return False


def _opens_clause(tokens: Sequence[Token], cue: int, form: Form) -> bool:
    follows = tokens[cue + 1] if cue + 1 < len(tokens) else None
    if follows is None:
        return False
    return (
        follows.low in {"that", "it", "he", "she", "they", "there", "of", "the", ":", ","}
        or follows.kind == "q"
        or (form.cue_class is CueClass.JUDGING and is_capital(follows))
    )


def span_of(tokens: Sequence[Token], first: int, last: int) -> Span:
    """Characters of a token range."""
    return Span(tokens[first].start, tokens[last - 1].end)
