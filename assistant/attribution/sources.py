"""Who stands before or behind a cue: the source phrase as a range of tokens."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from assistant.attribution import words
from assistant.attribution.clauses import (
    LONGEST_SOURCE,
    dateline_end,
    is_adjunct,
    is_adverb,
    is_break,
    is_finite,
    split_chunks,
)
from assistant.attribution.cues import cue_forms
from assistant.attribution.subordinate import second_phrase, subordinates
from assistant.attribution.tokens import is_capital, is_possessive
from assistant.attribution.verbgroup import Group, before_bracket

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.attribution.tokens import Token


class Reach(StrEnum):
    """How a source was found."""

    PHRASE = "phrase"
    PRONOUN = "pronoun"
    RELATIVE = "relative"
    SHARED = "shared"
    NONE = "none"


class Source(NamedTuple):
    """Tokens `first:last` of the sentence; `boundary` is the token before the clause that holds the cue, or -1."""

    reach: Reach
    first: int
    last: int
    boundary: int


def left_source(tokens: Sequence[Token], group: Group) -> Source:
    """The source left of the verb group."""
    at = group.left
    if at < 0:
        return Source(Reach.NONE, 0, 0, -1)
    token = tokens[at]
    low = token.low
    if low == ",":
        return _before_comma(tokens, at)
    if is_break(token):
        return Source(Reach.NONE, 0, 0, at)
    if low in words.COORDINATORS:
        return Source(Reach.SHARED, at, at, at)
    if low in {"who", "which", "that"}:
        return _relative(tokens, at)
    if low in words.SUBJECT_PRONOUNS:
        return Source(Reach.PRONOUN, at, at + 1, at - 1)
    return _noun_phrase(tokens, at)


def _relative(tokens: Sequence[Token], at: int) -> Source:
    """The antecedent of who/which: what stands right before it, without a comma."""
    last = at
    while last > 0 and tokens[last - 1].low in {",", "(", "–", "—"}:
        last -= 1
    phrase = _noun_phrase(tokens, last - 1) if last > 0 else Source(Reach.NONE, 0, 0, -1)
    if phrase.reach is Reach.NONE:
        if last == 0 or not is_capital(tokens[last - 1]):
            return phrase
        return Source(Reach.RELATIVE, _last_run(tokens, max(0, last - 8), last), last, at - 1)
    first = phrase.first
    if tokens[at].low == "which" or first + 6 < phrase.last:
        first = _last_run(tokens, phrase.first, phrase.last)
    return Source(Reach.RELATIVE, first, phrase.last, at - 1)


def _last_run(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the last run of capitalised words in a range starts; the range's start if there is none."""
    at = last
    while at > first and not is_capital(tokens[at - 1]):
        at -= 1
    if at == first:
        return first
    while at > first and (is_capital(tokens[at - 1]) or tokens[at - 1].low in words.NAME_PARTICLES):
        at -= 1
    return at


def _noun_phrase(tokens: Sequence[Token], at: int) -> Source:
    """The noun phrase whose last word is `at`, walking left to the start of its clause."""
    last = at + 1
    here = at
    while here >= 0:
        if tokens[here].low == ")":
            here = before_bracket(tokens, here)
        if _ends_phrase(tokens, here, last):
            break
        jump = _to_antecedent(tokens, here)
        here = jump - 1 if jump < here else here - 1
    boundary = here
    first = second_phrase(tokens, _strip_left(tokens, here + 1, last), last)
    if first >= last or last - first > LONGEST_SOURCE or not _may_speak(tokens, first, last):
        return Source(Reach.NONE, 0, 0, boundary)
    if _is_zero_relative(tokens, first, last):
        return Source(Reach.PHRASE, last - 1, last, last - 2)
    return Source(Reach.PHRASE, first, last, boundary)


def _is_zero_relative(tokens: Sequence[Token], first: int, last: int) -> bool:
    """As in "a program Iran says it needs": the country alone speaks."""
    if last - first < 2 or tokens[last - 1].low not in words.COUNTRIES:
        return False
    before = tokens[last - 2]
    return (
        before.kind == "w"
        and before.text.islower()
        and not (
            before.low in words.DETERMINERS or before.low in words.PREPOSITIONS or before.low in words.COORDINATORS
        )
    )


def _to_antecedent(tokens: Sequence[Token], at: int) -> int:
    """At a verb behind who/which, the relative word's place; else `at`."""
    if not is_finite(tokens, at):
        return at
    for here in range(at - 1, max(0, at - 12), -1):
        if tokens[here].low in {"who", "which"}:
            return here
        if tokens[here].low == "," or is_break(tokens[here]):
            break
    return at


def _ends_phrase(tokens: Sequence[Token], at: int, last: int) -> bool:
    token = tokens[at]
    low = token.low
    if low == "," or is_break(token) or low in {"which", "who", "whom"}:
        return True
    if low in words.COORDINATORS:
        return not _joins_nouns(tokens, at, last)
    if low in words.SUBORDINATORS and subordinates(tokens, at):
        return True
    if low in words.SUBJECT_PRONOUNS and token.text != "US":
        return True
    if low.endswith("ing") and not is_capital(token) and at + 1 < last and low not in words.PREPOSITIONS:
        return tokens[at + 1].low in words.DETERMINERS and at > 0 and tokens[at - 1].low == ","
    return is_finite(tokens, at) and _to_antecedent(tokens, at) == at


def _joins_nouns(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether "and" joins two nouns rather than two clauses."""
    if tokens[at].low not in {"and", "or"} or at == 0 or at + 1 >= last:
        return False
    here = at - 1
    if tokens[here].low == ",":
        return False
    steps = 0
    while here >= 0 and steps < LONGEST_SOURCE:
        token = tokens[here]
        if token.low == "," or is_break(token) or token.low in words.RELATIVES:
            break
        if token.low in words.SUBJECT_PRONOUNS or is_finite(tokens, here):
            return False
        here -= 1
        steps += 1
    return True


def _strip_left(tokens: Sequence[Token], first: int, last: int) -> int:
    """Past leading conjunctions, adverbs and time or place phrases without a comma."""
    while first < last:
        token = tokens[first]
        low = token.low
        if low in words.PREPOSITIONS:
            first = _past_prepositional(tokens, first, last)
        elif (
            low in words.COORDINATORS
            or is_adverb(token)
            or token.kind in "pq"
            or (low in words.TIME_WORDS and not is_possessive(token) and first + 1 < last)
        ):
            first += 1
        else:
            break
    return first


def _past_prepositional(tokens: Sequence[Token], first: int, last: int) -> int:
    """From a leading preposition to the noun phrase that may follow its own ("In Moscow the president")."""
    here = first + 1
    while here < last and (
        tokens[here].low in words.TIME_LEADS or tokens[here].low in words.TIME_WORDS or tokens[here].kind == "n"
    ):
        here += 1
        if tokens[here - 1].low in words.TIME_WORDS:
            return here
    here = last - 1
    while here > first + 1:
        if tokens[here].low in words.DETERMINERS and tokens[here - 1].low not in words.PREPOSITIONS:
            return here
        here -= 1
    return last


def _may_speak(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a phrase can be a speaker at all."""
    head = tokens[last - 1]
    if last - first == 1:
        low = head.low
        if low in words.STANDALONE:
            return True
        return head.kind == "w" and low not in words.DETERMINERS and low not in words.PREPOSITIONS and low != "there"
    return head.kind in "wn" or head.low in {")", "'", "’"}


def _before_comma(tokens: Sequence[Token], comma: int) -> Source:
    """The subject before an apposition or a parenthesis that ends at this comma."""
    start = comma
    while start > 0 and not is_break(tokens[start - 1]):
        start -= 1
    if start == comma:
        return Source(Reach.NONE, 0, 0, comma)
    chunks = split_chunks(tokens, start, comma)
    while len(chunks) > 1 and is_adjunct(tokens, *chunks[0]):
        chunks.pop(0)
    if len(chunks) == 1 and (not chunks or is_adjunct(tokens, *chunks[0]) or start == chunks[0][0]):
        return _only_chunk(tokens, start, chunks[0], comma)
    if len(chunks) > 2 and _is_description(tokens, chunks[-2]) and _is_name(tokens, chunks[-1]):
        chunks = chunks[-2:]
    for number, (first, last) in enumerate(chunks):
        found = _subject_chunk(tokens, first, last)
        if found is not None:
            return _with_name_chunk(tokens, found, last, chunks[number + 1 :], first - 1)
    return Source(Reach.NONE, 0, 0, comma)


def _is_description(tokens: Sequence[Token], chunk: tuple[int, int]) -> bool:
    """As in "the union's general secretary" before ", Tony Keenan, said"."""
    first, last = chunk
    opens = tokens[first].low in words.ARTICLES or is_capital(tokens[first])
    return opens and tokens[last - 1].low in words.ROLES


def _is_name(tokens: Sequence[Token], chunk: tuple[int, int]) -> bool:
    first, last = chunk
    return last - first <= 5 and all(
        is_capital(tokens[at]) or tokens[at].low in words.NAME_PARTICLES for at in range(first, last)
    )


def _only_chunk(tokens: Sequence[Token], start: int, chunk: tuple[int, int], comma: int) -> Source:
    """As in "John Smith, said": a comma by mistake; anything with a verb is a clause that was said."""
    first, last = chunk
    longest = 14 if tokens[comma + 1].low in {"says", "told"} else 6
    if first != start or last - first > longest or not is_capital(tokens[last - 1]):
        return Source(Reach.NONE, 0, 0, comma)
    found = _subject_chunk(tokens, first, last)
    return Source(Reach.NONE, 0, 0, comma) if found is None else Source(Reach.PHRASE, found, last, start - 1)


def _subject_chunk(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """Where the noun phrase of a verbless chunk starts; None if the chunk holds a verb."""
    for at in range(first + 1, last):
        if tokens[at].low in words.RELATIVES and tokens[at - 1].low not in words.PREPOSITIONS:
            last = at
            break
    here = last - 1
    while here >= first:
        token = tokens[here]
        if token.low in words.SUBJECT_PRONOUNS and token.text not in {"US", "IT"}:
            return here if here == last - 1 else None
        if token.low in words.SUBORDINATORS and token.low not in words.PREPOSITIONS:
            break
        jump = _to_antecedent(tokens, here)
        if is_finite(tokens, here) and jump == here:
            return None
        here = min(jump, here) - 1
    start = _strip_left(tokens, here + 1, last)
    return start if start < last and _may_speak(tokens, start, last) else None


def _with_name_chunk(
    tokens: Sequence[Token], first: int, last: int, rest: Sequence[tuple[int, int]], boundary: int
) -> Source:
    """Takes in a name between commas behind a description ("The Secretary General, Jens Stoltenberg, said")."""
    if rest:
        start, end = rest[0]
        named = all(is_capital(tokens[at]) or tokens[at].low in words.NAME_PARTICLES for at in range(start, end))
        described = not is_capital(tokens[last - 1]) or tokens[first].low in words.ARTICLES or last - first > 2
        if named and described and end - start <= 5:
            last = end
    return Source(Reach.PHRASE, first, last, boundary)


def clause_subject(tokens: Sequence[Token], cue: int) -> Source:
    """The first noun phrase of the sentence behind its leading adverbials: for shared and participle cues."""
    start = 0
    for first, last in split_chunks(tokens, dateline_end(tokens), cue):
        if not is_adjunct(tokens, first, last):
            start = first
            break
    else:
        return Source(Reach.NONE, 0, 0, -1)
    start = _last_clause(tokens, start, cue)
    start = _strip_left(tokens, start, cue)
    if start < cue and tokens[start].low in words.SUBJECT_PRONOUNS:
        return Source(Reach.PRONOUN, start, start + 1, start - 1)
    at = start
    while at < cue and not (is_finite(tokens, at) or _base_cue(tokens, at) or is_break(tokens[at])):
        if _unknown_verb(tokens, at, start, cue):
            break
        if at > start and tokens[at].low in words.SUBJECT_PRONOUNS and tokens[at].text != "US":
            return Source(Reach.NONE, 0, 0, start - 1)
        if tokens[at].low in {",", "who", "which", "that"} or (is_adverb(tokens[at]) and at > start):
            break
        at += 1
    if at == start or at - start > LONGEST_SOURCE or not _may_speak(tokens, start, at):
        return Source(Reach.NONE, 0, 0, start - 1)
    if tokens[at].low == ",":
        chunks = split_chunks(tokens, at + 1, cue)
        return _with_name_chunk(tokens, start, at, chunks, start - 1)
    return Source(Reach.PHRASE, start, at, start - 1)


def _last_clause(tokens: Sequence[Token], start: int, cue: int) -> int:
    """As in "Page spoke up, and Schmidt shut him down, saying": where the last main clause before the cue starts."""
    for first, last in reversed(split_chunks(tokens, start, cue)):
        if tokens[first].low not in {"and", "but", "while"} or last - first < 3 or first == start:
            continue
        opens = is_capital(tokens[first + 1]) or tokens[first + 1].low in words.DETERMINERS | words.SUBJECT_PRONOUNS
        if opens and any(is_finite(tokens, at) for at in range(first + 2, last)):
            return first + 1
    return start


def _unknown_verb(tokens: Sequence[Token], at: int, start: int, cue: int) -> bool:
    """As in "Wiig smiles and says": no list has "smiles", but it stands between a name and "and"."""
    if at <= start:
        return False
    if tokens[cue - 1].low == "and" and tokens[cue].low in {"say", "argue", "insist", "claim", "warn"}:
        return _after_plural(tokens, at)
    if at + 2 != cue or tokens[at + 1].low != "and":
        return False
    token = tokens[at]
    verbal = token.text.islower() and token.low.endswith("s") and token.low not in words.ROLES
    return verbal and is_capital(tokens[at - 1])


def _after_plural(tokens: Sequence[Token], at: int) -> bool:
    """As in "The airlines make no apologies and say": the word behind the first plural."""
    before, token = tokens[at - 1].low, tokens[at]
    plural = before.endswith("s") and not before.endswith(("ss", "'s"))
    return plural and token.text.islower() and token.low not in words.PREPOSITIONS | {"and"} and token.low[-1] != "s"


def _base_cue(tokens: Sequence[Token], at: int) -> bool:
    form = cue_forms().get(tokens[at].low)
    return (
        form is not None
        and form.tense in {"base", "s"}
        and at > 0
        and tokens[at - 1].low not in words.DETERMINERS
        and not is_possessive(tokens[at - 1])
        and tokens[at].text == tokens[at].low
        and at + 1 < len(tokens)
        and tokens[at + 1].low not in words.PREPOSITIONS
    )
