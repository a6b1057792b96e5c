"""Which embedder a setting names: the shipped one, or a model folder on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError, IndexBrokenError
from assistant.index.onnx_embedder import OnnxEmbedder
from assistant.index.onnx_model import ModelFiles

SHIPPED = "minilm"
"""all-MiniLM-L6-v2 in int8: 384 dimensions, reads 256 tokens; built by scripts/build_model.py."""

_FOLDER = Path(__file__).parent / SHIPPED
_PINNED = {
    "model.onnx": "7e4f2c2f48fe125ad1c123798d0dc1923f5d71f67dce5c225830b29e3b23d94c",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_LIMIT = 256  # what the model was trained on; its tokenizer file says 128


def open_embedder(name: str = SHIPPED, *, threads: int | None = None) -> OnnxEmbedder:
    """The embedder called `name`; nothing is loaded yet.

    Args:
        name: "minilm", or the path of a folder in the layout of sentence-transformers: `tokenizer.json` and
            `model.onnx` (or `onnx/model.onnx`); `sentence_bert_config.json` and `1_Pooling/config.json` are heeded.
        threads: how many cores to use; default: all that this process may use.

    Raises:
        CorpusError: there is no such folder, or a file of it is missing or malformed.
    """
    if name == SHIPPED:
        return OnnxEmbedder(_shipped(_FOLDER), threads=threads, dimension=384)
    return OnnxEmbedder(_from_folder(name), threads=threads)


def _shipped(folder: Path) -> ModelFiles:
    return ModelFiles(
        name=SHIPPED,
        model=folder / "model.onnx",
        tokenizer=folder / "tokenizer.json",
        limit=_LIMIT,
        optimised=True,
        pinned={folder / file: sha256 for file, sha256 in _PINNED.items()},
        remedy="Install the package anew: pip install --force-reinstall corpus-assistant.",
        damaged=IndexBrokenError,
    )


def _from_folder(name: str) -> ModelFiles:
    remedy = f'Set the embedder to "{SHIPPED}", "openai:NAME", or a folder with model.onnx and tokenizer.json.'
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise CorpusError(f"No embedder {name!r}: it is neither {SHIPPED!r} nor a folder", remedy)
    model = next((file for file in (folder / "model.onnx", folder / "onnx" / "model.onnx") if file.is_file()), None)
    tokenizer = folder / "tokenizer.json"
    if model is None or not tokenizer.is_file():
        raise CorpusError(f"Embedder folder {name} has no {tokenizer.name if model else 'model.onnx'}", remedy)
    pooling = _read_json(folder / "1_Pooling" / "config.json", remedy)
    limit = _read_json(folder / "sentence_bert_config.json", remedy).get("max_seq_length")
    return ModelFiles(
        name=folder.resolve().name,
        model=model,
        tokenizer=tokenizer,
        limit=limit if isinstance(limit, int) and limit > 2 else None,
        pooling="cls" if pooling.get("pooling_mode_cls_token") is True else "mean",
        remedy=remedy,
    )


def _read_json(file: Path, remedy: str) -> dict[str, Any]:
    """The object in a JSON file; empty if there is no such file."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CorpusError(f"Cannot read {file}: {error}", remedy) from error
    return content if isinstance(content, dict) else {}
