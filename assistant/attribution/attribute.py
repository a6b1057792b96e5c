"""An article to its statements: the parts of this package in their order."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from assistant.attribution.carry import carried_quotes
from assistant.attribution.find import find_in_sentence
from assistant.attribution.found import Found
from assistant.attribution.headings import find_in_heading
from assistant.attribution.names import Names
from assistant.attribution.quotes import Quote, find_quotes
from assistant.attribution.resolve import Resolver, Speaker
from assistant.attribution.structure import dashed_name, quoted_mail, transcript_turns
from assistant.attribution.tokens import Sentence, is_capital, tokenize
from assistant.corpus.sentences import split_sentences
from assistant.domain import Attribution, BlockKind, CueClass, Manner, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Article, Document

_CUE_NAMES = {"point": "point out", "sum": "sum up", "make": "make clear"}
_PLACES = frozenset(["at", "on", "in", "during", "via", "through"])
"""They begin what a speaker's name is followed by before the verb ("Putin at a meeting … said")."""
_MARKS = " \t\r\n“”„«»‟\"‘’'`.,;:!?—–-"


def attribute(document: Document, article: Article) -> tuple[Attribution, ...]:
    """Who says what in one article, in the order of the text.

    Offsets are characters of `document.text`. Names are given as the article gives them in full; organisations, places
    and unnamed people as their phrase without its determiner; None where nobody can be named.
    """
    return _Reading(document, article).attributions()


class _Reading:
    """One article while it is read."""

    def __init__(self, document: Document, article: Article) -> None:
        self._document = document
        self._article = article
        self._text = document.text
        self._blocks = article.blocks
        self._quotes: list[Quote] = find_quotes(self._text, self._blocks)
        self._quote_starts = [quote.start for quote in self._quotes]
        self._sentences = self._split()
        self._starts = [sentence.start for sentence in self._sentences]

    def _split(self) -> list[Sentence]:
        sentences: list[Sentence] = []
        for number, block in enumerate(self._blocks):
            for span in self._at_quotes(split_sentences(self._text, block.start, block.end)):
                tokens = tokenize(self._text, span.start, span.end, self._quotes, self._quote_starts)
                sentences.append(Sentence(len(sentences), number, block.kind, span.start, span.end, tokens))
        return sentences

    def _at_quotes(self, spans: Sequence[Span]) -> list[Span]:
        """The sentences with an opening mark moved to the words it opens, where it was left at a sentence's end."""
        moved = list(spans)
        for number in range(1, len(moved)):
            end = moved[number - 1].end
            at = bisect_right(self._quote_starts, end) - 1
            start = self._quote_starts[at] if at >= 0 else -1
            if moved[number - 1].start < start and end - start <= 2 and not self._text[start + 1 : end].strip():
                kept = moved[number - 1].start + len(self._text[moved[number - 1].start : start].rstrip())
                moved[number - 1] = Span(moved[number - 1].start, kept)
                moved[number] = Span(start, moved[number].end)
        return moved

    def attributions(self) -> tuple[Attribution, ...]:
        """Everything found, each statement once."""
        if not self._sentences:
            return ()
        names = Names(self._sentences)
        found = self._found()
        resolver = Resolver(names, self._sentences)
        made: dict[tuple[int, int, str | None], Attribution] = {}
        known: dict[int, list[Speaker]] = {}
        for one in found:
            speakers = known.get(id(one.follows)) if one.follows is not None else None
            if speakers is None:
                speakers = resolver.speakers(one)
            known[id(one)] = speakers
            if one.cue_class is CueClass.ATTITUDE and speakers[0].name is None:
                continue
            for speaker in speakers:
                for attribution in self._made(one, speaker):
                    made.setdefault((attribution.start, attribution.end, attribution.speaker), attribution)
        return tuple(sorted(made.values(), key=lambda one: (one.start, one.end, one.speaker or "")))

    def _found(self) -> list[Found]:
        laid_out = transcript_turns(self._text, self._blocks) + quoted_mail(self._text, self._blocks)
        taken = {number for number, _ in laid_out}
        found = [one for _, one in laid_out if self._within_blocks(one.contents[0])]
        for one in found:
            one.sentence = self._sentence_at(one.contents[0].start)
        plain = [sentence for sentence in self._sentences if sentence.block not in taken]
        verbal: list[Found] = []
        for sentence in plain:
            verbal.extend(find_in_sentence(sentence))
        verbal.extend(self._dashed(verbal))
        verbal.extend(find_in_heading(self._text, self._sentences, self._blocks, self._article.source.outlet))
        if not taken:
            verbal.extend(carried_quotes(self._sentences, self._quotes, verbal))
        found.extend(verbal)
        found.sort(key=lambda one: (one.sentence, one.cue_start))
        return found

    def _within_blocks(self, span: Span) -> bool:
        starts = [block.start for block in self._blocks]
        last = self._blocks[max(0, bisect_right(starts, span.start) - 1)]
        return last.start <= span.start and span.end <= self._blocks[-1].end and span.start < span.end

    def _dashed(self, verbal: Sequence[Found]) -> list[Found]:
        claimed = {number for one in verbal for number in one.quotes}
        dashed: list[Found] = []
        ends = {quote.last_block: number for number, quote in enumerate(self._quotes)}
        for number, at in ends.items():
            block = self._blocks[number]
            if at in claimed or block.kind is not BlockKind.BODY:
                continue
            match = dashed_name(self._text, self._quotes[at].end - 1, block.end)
            if match is not None and match.start() == self._quotes[at].end - 1:
                dashed.append(self._dash(at, match.start("name"), match.end("name")))
        return dashed

    def _dash(self, number: int, start: int, end: int) -> Found:
        quote = self._quotes[number]
        sentence = self._sentence_at(quote.start)
        label = " ".join(self._text[start:end].split())
        return Found.labelled(sentence, Span(start, end), label, Span(quote.start, quote.end), number)

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _made(self, one: Found, speaker: Speaker) -> list[Attribution]:
        """One attribution for each piece of the words."""
        pieces = self._pieces(one)
        made: list[Attribution] = []
        for number, piece in enumerate(pieces):
            around = self._around(one, piece, with_cue=number == 0)
            made.append(
                Attribution(
                    document=self._document.path,
                    article=self._article.ordinal,
                    start=piece.start,
                    end=piece.end,
                    sentence_start=around.start,
                    sentence_end=around.end,
                    speaker=speaker.name,
                    speaker_as_written=self._as_written(one),
                    speaker_role=speaker.role,
                    cue=_CUE_NAMES.get(one.cue, one.cue) if one.cue else None,
                    cue_class=one.cue_class,
                    manner=Manner.DIRECT if one.verbatim else self._manner(piece),
                )
            )
        return made

    def _as_written(self, one: Found) -> str | None:
        if one.follows is not None:
            return self._as_written(one.follows)
        if one.label is not None:
            return one.written or one.label
        if not one.phrase:
            return None
        last = len(one.phrase)
        for at in range(1, last):
            if one.phrase[at].low in _PLACES and is_capital(one.phrase[at - 1]):
                last = at
                break
        return self._text[one.phrase[0].start : one.phrase[last - 1].end]

    def _pieces(self, one: Found) -> list[Span]:
        """The said words with every quotation in them whole, and the paragraphs in which they go on."""
        pieces: list[Span] = []
        for span in one.contents:
            start, end = span
            for number in one.quotes:
                quote = self._quotes[number]
                if quote.start < end and start < quote.end:
                    start, end = min(start, quote.start), max(end, quote.end)
            pieces.append(self._trimmed(start, end))
        for number in one.quotes:
            pieces.extend(self._chain(number))
        return [
            piece for number, piece in enumerate(pieces) if piece.start < piece.end and piece not in pieces[:number]
        ]

    def _chain(self, number: int) -> list[Span]:
        """The quotations of the paragraphs before that the same speaker left open."""
        before: list[Span] = []
        at = number - 1
        while at >= 0 and self._quotes[at].continues:
            before.append(Span(self._quotes[at].start, self._quotes[at].end))
            at -= 1
        return before

    def _trimmed(self, start: int, end: int) -> Span:
        while start < end and self._text[start] in " \t\r\n,;:.—–-":
            start += 1
        while start < end and self._text[end - 1] in " \t\r\n,;:—–-":
            end -= 1
        return Span(start, end)

    def _around(self, one: Found, piece: Span, *, with_cue: bool) -> Span:
        first = self._sentence_at(piece.start)
        last = self._sentence_at(piece.end - 1)
        if with_cue and one.follows is None:
            first = min(first, self._sentence_at(one.cue_start))
            last = max(last, self._sentence_at(one.cue_end - 1))
        return Span(self._sentences[first].start, max(piece.end, self._sentences[last].end))

    def _manner(self, piece: Span) -> Manner:
        inside = 0
        outside: list[str] = []
        at = piece.start
        begin = max(0, bisect_right(self._quote_starts, piece.start) - 1)
        for quote in self._quotes[begin:]:
            if quote.start >= piece.end:
                break
            if quote.end <= at:
                continue
            outside.append(self._text[at : max(at, quote.start)])
            inside += 1
            at = min(quote.end, piece.end)
        outside.append(self._text[at : piece.end])
        if not inside:
            return Manner.INDIRECT
        return Manner.MIXED if "".join(outside).strip(_MARKS) else Manner.DIRECT
