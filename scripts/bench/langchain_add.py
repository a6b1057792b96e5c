"""Fills the store that `langchain_ask.py` asks: `python -m scripts.bench.langchain_add STORE PASSAGES.json`."""

import json
import sys
from pathlib import Path

from scripts.bench.langchain_ask import open_store


def main(folder: str, file: str) -> None:
    """Adds every passage with the name of its document."""
    store = open_store(folder)
    passages = json.loads(Path(file).read_text(encoding="utf-8"))
    for start in range(0, len(passages), 2000):
        part = passages[start : start + 2000]
        store.add_texts([text for _, text in part], [{"document": document} for document, _ in part])


if __name__ == "__main__":
    main(*sys.argv[1:])
