"""A model folder of a few hundred bytes: each word has a fixed two-dimensional vector, and nothing is mixed.

The ONNX file is written by hand, as protocol buffers, so that no package is needed that only builds models.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

INT64, FLOAT = 7, 1
WORDS = {"[PAD]": (0.0, 0.0), "[UNK]": (0.0, 1.0), "[CLS]": (3.0, 4.0), "[SEP]": (3.0, 4.0), "east": (14.0, 0.0)}


def write_tiny_model(folder: Path, *, inputs: Sequence[str] = ("input_ids", "attention_mask")) -> None:
    """Writes model.onnx (`inputs` to token vectors of two dimensions) and tokenizer.json."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    vocabulary = {word: number for number, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair=None, special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.enable_truncation(6)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(_model(inputs))


def _model(inputs: Sequence[str]) -> bytes:
    numbers = [number for vector in WORDS.values() for number in vector]
    table = (
        _integer(1, len(WORDS))
        + _integer(1, 2)
        + _integer(2, FLOAT)
        + _field(8, b"table")
        + _field(9, struct.pack(f"<{len(numbers)}f", *numbers))
    )
    gather = b"".join((_field(1, b"table"), _field(1, inputs[0].encode()), _field(2, b"tokens"), _field(4, b"Gather")))
    graph = _field(1, gather) + _field(2, b"tiny") + _field(5, table)
    for name in inputs:
        graph += _field(11, _value(name, INT64, (b"batch", b"length")))
    graph += _field(12, _value("tokens", FLOAT, (b"batch", b"length", b"width")))
    return _integer(1, 8) + _field(7, graph) + _field(8, _field(1, b"") + _integer(2, 17))


def _value(name: str, kind: int, dimensions: Sequence[bytes]) -> bytes:
    shape = b"".join(_field(1, _field(2, dimension)) for dimension in dimensions)
    return _field(1, name.encode()) + _field(2, _field(1, _integer(1, kind) + _field(2, shape)))


def _varint(number: int) -> bytes:
    encoded = b""
    while number > 0x7F:
        encoded += bytes([number & 0x7F | 0x80])
        number >>= 7
    return encoded + bytes([number])


def _integer(tag: int, number: int) -> bytes:
    return _varint(tag << 3) + _varint(number)


def _field(tag: int, content: bytes) -> bytes:
    return _varint(tag << 3 | 2) + _varint(len(content)) + content
