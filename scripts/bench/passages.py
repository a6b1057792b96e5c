"""Writes the passages of an index as JSON: `python -m scripts.bench.passages PAGES HOME FILE`.

A process of its own: the memory of whatever starts another process counts as that process's peak, so that the one
that measures must stay small.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from assistant import Assistant


def main(pages: str, home: str, file: str) -> None:
    """Writes [[document, text], …] in text order."""
    with Assistant.open(pages, home=home) as assistant:
        snapshot = assistant.snapshot
        passages = [
            [info.path, passage.text] for info in snapshot.documents() for passage in snapshot.passages_of(info.path)
        ]
    Path(file).write_text(json.dumps(passages), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
