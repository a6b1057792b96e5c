"""What the sentence rules hand on: said words with a source phrase, not yet a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.attribution.sources import Reach
from assistant.domain import CueClass

if TYPE_CHECKING:
    from assistant.attribution.tokens import Token
    from assistant.domain import Span


@dataclass(slots=True)
class Found:
    """One cue with its said words; `contents` are character ranges of one speaker, in text order."""

    sentence: int
    cue_start: int
    cue_end: int
    cue: str | None
    cue_class: CueClass
    reach: Reach
    phrase: tuple[Token, ...]
    """The source phrase's tokens; empty if there is none."""
    contents: list[Span]
    quotes: list[int] = field(default_factory=list)
    """Quotations that are part of the said words."""
    carried: bool = False
    """The source is the speaker of the words before."""
    follows: Found | None = None
    """The statement whose speaker goes on here."""
    label: str | None = None
    """A speaker label ("SMITH") that is the name itself."""
    written: str | None = None
    """The label as it stands in the text, where that is not the label itself."""
    verbatim: bool = False
    """The speaker's own words by the layout, quotation marks or not: a transcript, a quoted mail."""

    @classmethod
    def labelled(cls, sentence: int, name: Span, label: str, words: Span, quote: int | None) -> Found:
        """Words whose speaker's name stands beside them without a verb."""
        return cls(
            sentence=sentence,
            cue_start=name.start,
            cue_end=name.end,
            cue=None,
            cue_class=CueClass.SAYING,
            reach=Reach.NONE,
            phrase=(),
            contents=[words],
            quotes=[] if quote is None else [quote],
            label=label,
        )

    def nobody(self) -> bool:
        """No source phrase at all."""
        return self.reach is Reach.NONE and self.follows is None and not self.carried and self.label is None
