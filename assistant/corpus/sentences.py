"""Sentence boundaries with offsets.

sentencex finds the ends (abbreviations, ellipses, many scripts); this module gives it paragraphs one by one with the
quotation marks blanked, and then decides itself what happens around quotation marks, brackets, initials and titles,
where its cuts separate what belongs together.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from assistant.domain import Span

QUOTED_LIMIT = 300
"""Characters up to which several sentences inside one pair of quotation marks stay one span: the words of one speaker
are easier to cite whole, but a quoted speech must not become one giant sentence."""

PARAGRAPH_LIMIT = 20_000
"""Characters of a paragraph that are looked at together; longer ones are no prose, and sentencex takes time that grows
with the square of the length."""

BRACKET_LIMIT = 250
"""Characters up to which sentences inside brackets stay with the sentence around them."""

_PARAGRAPH_BREAK = re.compile(
    r"(?>\r\n|[\n\r\u0085\u2028])[^\S\n\r\u0085\u2028\u2029]*(?>\r\n|[\n\r\u0085\u2028])\s*|\u2029\s*"
)
_BLANK = re.compile('["“”„‟«»()\r\n\u0085\u2028\x0b\x0c]')
_SINGLE_OPEN = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[(\[—–-]))[‘'](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[.,!?…])['’](?=\W|$)")

_TITLES = re.compile(
    r"mr|mrs|ms|mx|dr|prof|sens?|reps?|govs?|gens?|lt|col|maj|capt|cpl|sgt|adm|cmdr|cdr|revd?|hon|pres|amb|atty|supt|"
    r"det|insp|fr|msgr|ft|mts?|messrs|brig|rt|assoc|asst|dep|spc|pvt|pfc"
)
_BEFORE_NUMBER = re.compile(
    r"nos?|nr|figs?|eq|arts?|secs?|pp?|vols?|chap|ch|op|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|cf|ca|approx|para"
)
_NEVER_LAST = re.compile(r"a\.k\.a|aka|e\.g|i\.e|viz|cf|v|vs|c")
_STARTERS = re.compile(
    r"s?he|it|they|we|you|i|the|this|that|these|those|an?|in|on|at|but|and|or|so|if|when|while|after|before|as|his|her|"
    r"its|their|our|my|there|here|what|who|why|how|no|yes|not|now|then|since|for|from|with|by|to|of|however|meanwhile|"
    r"although|though|still|also"
)
_DAYS_ZONES = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b|[ECMPGB]?[SD]?T\b|GMT|UTC|CET|local\b|on\b|in\b|to\b|and\b)"
)
_SAYING = (
    r"(?:said|says|asked|asks|told|tells|wrote|writes|added|adds|replied|replies|answered|shouted|cried|exclaimed|"
    r"demanded|wondered|inquired|enquired|tweeted|quipped|joked|insisted|warned|declared|continued|concluded|remarked|"
    r"responded|snapped|yelled|whispered|screamed|pleaded|urged|stated|noted|mused|recalled|posted)"
)
_PRONOUN_SAID = re.compile(rf"(?:he|she|they|we|I|it|who|one)\s+(?:\w+ly\s+)?{_SAYING}\b")
_NAME_SAID = re.compile(
    rf"(?!(?:He|She|They|We|It|The|This|That|A|An|In|On|At|But|And|His|Her|Their)\b)"
    rf"(?:[A-Z][\w’'.-]*\s+){{1,4}}(?:\w+ly\s+)?{_SAYING}\b"
)
_SAID_FIRST = re.compile(rf"{_SAYING}\b")
_NEAR = 200
"""Characters on both sides of a cut that decide whether it is one; the whole rest would take quadratic time."""
_OPENERS = "“‘„«\"'(["
_END_QUOTE = re.compile(r"[”\"’'»“)\]]+$")
_LEADING_CLOSERS = re.compile(r"[”’»“\"')\]]+(?=\s|$|[,.;:—–-])|”(?=\w)")
_NUMERAL = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]")
_INITIAL = re.compile(r"(?:^|[\s(“\"‘'])(?P<before>[\w’'.-]*)\s*\b[A-Z]\.$")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, as offsets into `text`, without white space at either end.

    Every non-space character of the range is in exactly one span; spans are in order and never contain a blank line.
    """
    end = len(text) if end is None else min(end, len(text))
    spans: list[Span] = []
    at = start
    while at < end:
        gap = _PARAGRAPH_BREAK.search(text, at, end)
        stop = gap.start() if gap else end
        while stop - at > PARAGRAPH_LIMIT:
            part = _sentence_end(text, at + PARAGRAPH_LIMIT // 2, at + PARAGRAPH_LIMIT)
            spans.extend(_of_paragraph(text, at, part))
            at = part
        spans.extend(_of_paragraph(text, at, stop))
        at = gap.end() if gap else end
    return tuple(spans)


def _sentence_end(text: str, start: int, end: int) -> int:
    """The last place in a range that looks like the end of a sentence, else the last word end, else the range's end."""
    for mark in (". ", " "):
        at = text.rfind(mark, start, end)
        if at >= 0:
            return at + len(mark)
    return end


def _of_paragraph(text: str, start: int, end: int) -> list[Span]:
    # 25 ms to import, and most commands only read sentences that were found at indexing.
    from sentencex import get_sentence_boundaries

    raw = text[start:end]
    if not raw or raw.isspace():
        return []
    masked = _mask(raw)
    cuts = [found["start_index"] for found in get_sentence_boundaries("en", masked)][1:]
    kept = _keep(raw, cuts)
    spans: list[Span] = []
    for left, right in zip([0, *kept], [*kept, len(raw)], strict=True):
        piece = raw[left:right]
        body = piece.strip()
        if body:
            first = start + left + len(piece) - len(piece.lstrip())
            spans.append(Span(first, first + len(body)))
    return spans


def _mask(raw: str) -> str:
    """The same length, with every quotation mark and line break blanked: only then are all ends looked at."""
    masked = _BLANK.sub(" ", raw)
    if "'" in masked or "’" in masked or "‘" in masked:
        masked = _SINGLE_CLOSE.sub(" ", _SINGLE_OPEN.sub(" ", masked))
    return masked


def _keep(raw: str, cuts: list[int]) -> list[int]:
    """Those of sentencex's cuts that separate two sentences, moved behind closing marks."""
    if not cuts:
        return []
    quoted = _pairs(raw)
    bracketed = _brackets(raw)
    kept: list[int] = []
    last = 0
    for found in cuts:
        cut = _behind_closers(raw, found)
        if cut <= last or cut >= len(raw):
            continue
        if (
            _inside(quoted, cut)
            or _inside(bracketed, cut)
            or _joined(raw[max(last, cut - _NEAR) : cut].strip(), raw[cut : cut + _NEAR].lstrip())
        ):
            continue
        kept.append(cut)
        last = cut
    return kept


def _behind_closers(raw: str, cut: int) -> int:
    """Where the cut lies once every mark around it went to the sentence that it opens or closes."""
    while cut > 0 and (raw[cut - 1].isspace() or (raw[cut - 1] in _OPENERS and _opens(raw, cut - 1))):
        cut -= 1
    at = cut
    while at < len(raw) and raw[at].isspace():
        at += 1
    closers = _LEADING_CLOSERS.match(raw, at)
    return closers.end() if closers and not _opens(raw, at) else cut


def _opens(raw: str, at: int) -> bool:
    """Whether the mark at this place opens something."""
    mark = raw[at]
    if mark in "‘„«([":
        return True
    if mark == '"':
        return raw.count('"', 0, at) % 2 == 0
    after_space = at == 0 or not raw[at - 1].isalnum()
    if mark == "“":
        # Behind a German opening mark it closes.
        return after_space and not (at > 0 and raw[at - 1] in ".!?…")
    return mark == "'" and after_space and at + 1 < len(raw) and raw[at + 1].isalnum()


def _pairs(raw: str) -> list[tuple[int, int]]:
    """Ranges inside one pair of quotation marks, short enough to stay whole."""
    pairs: list[tuple[int, int]] = []
    opened = -1
    for found in re.finditer('["“”„«»]', raw):
        mark, at = found.group(), found.start()
        if (mark in "“„«" and not (mark == "“" and opened >= 0 and raw[opened] == "„")) or (mark == '"' and opened < 0):
            opened = at
        elif opened >= 0:
            if at - opened <= QUOTED_LIMIT:
                pairs.append((opened, at))
            opened = -1
    at = 0
    while single := _SINGLE_OPEN.search(raw, at):
        closing = _SINGLE_CLOSE.search(raw, single.end())
        if closing is None:
            break
        following = _SINGLE_OPEN.search(raw, single.end())
        if following is not None and following.start() < closing.start():
            at = following.start()
            continue
        if closing.start() - single.start() <= QUOTED_LIMIT:
            pairs.append((single.start(), closing.start()))
        at = closing.end()
    return sorted(pairs)


def _brackets(raw: str) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for found in re.finditer(r"[()\[\]]", raw):
        if found.group() in "([":
            opened.append(found.start())
        elif opened:
            left = opened.pop()
            if found.start() - left <= BRACKET_LIMIT:
                pairs.append((left, found.start()))
    return sorted(pairs)


def _inside(pairs: list[tuple[int, int]], cut: int) -> bool:
    at = bisect_right(pairs, (cut, -1))
    # Pairs of brackets may nest, so that the one before need not be the one around; a few steps back are enough.
    return any(left < cut <= right for left, right in pairs[max(0, at - 8) : at])


def _joined(before: str, after: str) -> bool:
    """Whether what stands on both sides of a cut is one sentence."""
    if not any(map(str.isalnum, after[:40])) and not any(map(str.isalnum, after)):
        return True
    if _NUMERAL.fullmatch(before) or not any(map(str.isalnum, before)):
        return True
    if after[:1] == "(" and after[1:2].islower():
        return True
    if before[-1] in ")]" and after[:1].islower():
        return True
    after = after.lstrip("-–— ")
    if _END_QUOTE.search(before):
        return _attributed(before, after)
    if before.endswith("."):
        return _abbreviated(before, after)
    return before[-1:] in "!?…" and after[:1].islower() and _SAID_FIRST.match(after) is not None


def _attributed(before: str, after: str) -> bool:
    """`“Are you there?” Clinton asked.` is one sentence; `… here.” Clinton went home.` are two."""
    said = before.rstrip("”\"’'»“)] ")
    if not said or said[-1] not in "!?….,—–-":
        return False
    if _PRONOUN_SAID.match(after) or _SAID_FIRST.match(after):
        return True
    if said[-1] in "!?,—–-":
        return _NAME_SAID.match(after) is not None or after[:1].islower()
    return False


def _abbreviated(before: str, after: str) -> bool:
    word = before.rsplit(None, 1)[-1].lstrip("(“\"‘'[").rstrip(".")
    low = word.lower()
    follower = re.match(r"[\w’'-]+", after.lstrip("“\"‘'(["))
    following = follower.group() if follower else ""
    if _TITLES.fullmatch(low) and word[:1].isupper():
        return following[:1].isupper()
    if _BEFORE_NUMBER.fullmatch(low):
        return following[:1].isdigit()
    if low in {"a.m", "p.m", "am", "pm"}:
        return _DAYS_ZONES.match(after) is not None
    if _NEVER_LAST.fullmatch(low):
        return True
    if len(word) == 1 and word.isupper() and word != "I":
        initial = _INITIAL.search(before)
        named = initial is not None and (not initial["before"] or initial["before"][:1].isupper())
        return named and following[:1].isupper() and not _STARTERS.fullmatch(following.lower())
    return False
