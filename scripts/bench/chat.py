"""From nothing to a chat that can be typed in, on an index that exists."""

from __future__ import annotations

import sys

from scripts.bench.corpora import Corpus
from scripts.bench.timing import Comparison, compare, run_process

SCRIPT = "scripts.bench.chat_ready"


def run(corpus: Corpus, repeat: int) -> list[Comparison]:
    """The chat against an empty Textual application that imports the same."""
    ours = run_process([sys.executable, "-m", SCRIPT], corpus.environment)
    empty = run_process([sys.executable, "-m", SCRIPT, "empty"], corpus.environment)
    return compare("the chat, ready to be typed in", ours, {"an empty application": (empty, 1.5)}, repeat=repeat)
