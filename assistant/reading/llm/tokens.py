"""Counts tokens with tiktoken, offline.

tiktoken downloads its ranks on first use. The two encodings that OpenAI's chat models have used since 2023 lie in
`encodings/` instead (2.5 MB, made by `scripts/make_encodings.py`), held against the sha256 that tiktoken itself pins.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import tiktoken

FOLDER = Path(__file__).parent / "encodings"
DEFAULT = "o200k_base"
OTHERS = 1.2
"""How many more tokens than o200k_base another model's vocabulary may need. Measured: SmolLM2's, a quarter of its size,
needs 1.06 to 1.09 times as many for each of the five seeds; the rest is room for smaller ones."""


class Definition(NamedTuple):
    """What makes an encoding, besides its ranks."""

    sha256: str
    """Of the ranks file, uncompressed."""
    pattern: str
    special: dict[str, int]


_CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_UPPER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
_LEAD = r"[^\r\n\p{L}\p{N}]?"
DEFINITIONS = {
    "o200k_base": Definition(
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
        "|".join(
            (
                f"{_LEAD}{_UPPER}*{_LOWER}+{_CONTRACTION}",
                f"{_LEAD}{_UPPER}+{_LOWER}*{_CONTRACTION}",
                r"\p{N}{1,3}",
                r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
                r"\s*[\r\n]+",
                r"\s+(?!\S)",
                r"\s+",
            )
        ),
        {"<|endoftext|>": 199999, "<|endofprompt|>": 200018},
    ),
    "cl100k_base": Definition(
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
        "|".join(
            (
                r"'(?i:[sdmt]|ll|ve|re)",
                r"[^\r\n\p{L}\p{N}]?+\p{L}++",
                r"\p{N}{1,3}+",
                r" ?[^\s\p{L}\p{N}]++[\r\n]*+",
                r"\s++$",
                r"\s*[\r\n]",
                r"\s+(?!\S)",
                r"\s",
            )
        ),
        {
            "<|endoftext|>": 100257,
            "<|fim_prefix|>": 100258,
            "<|fim_middle|>": 100259,
            "<|fim_suffix|>": 100260,
            "<|endofprompt|>": 100276,
        },
    ),
}


@lru_cache(maxsize=2)
def encoding(name: str = DEFAULT) -> tiktoken.Encoding:
    """One of the shipped encodings; 0.3 s the first time.

    Raises:
        ValueError: its file is damaged.
    """
    import tiktoken

    definition = DEFINITIONS[name]
    data = gzip.decompress((FOLDER / f"{name}.tiktoken.gz").read_bytes())
    if hashlib.sha256(data).hexdigest() != definition.sha256:
        raise ValueError(f"{name}.tiktoken.gz is not the file that belongs to this version")
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in data.splitlines() if line)}
    return tiktoken.Encoding(name, pat_str=definition.pattern, mergeable_ranks=ranks, special_tokens=definition.special)


def encoding_of(model: str) -> tuple[str, bool]:
    """The encoding to count a model's tokens with, and whether it is the model's own.

    `model` is the provider's own name for it, without the provider ("gpt-4.1-mini").
    """
    from tiktoken.model import encoding_name_for_model

    try:
        name = encoding_name_for_model(model)
    except KeyError:
        return DEFAULT, False
    return (name, True) if name in DEFINITIONS else (DEFAULT, name.startswith(DEFAULT.partition("_")[0]))


def count(text: str, model: str) -> int:
    """Tokens of a text for a model; about as many where its vocabulary is not known."""
    return len(encoding(encoding_of(model)[0]).encode(text, disallowed_special=()))


def margin(model: str) -> float:
    """By how much a count may be too low for a model."""
    return 1.0 if encoding_of(model)[1] else OTHERS
