"""`python -m scripts.bench`: every pair measured side by side in one run; nothing is asserted."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from scripts.bench import chat, cold, indexing, search
from scripts.bench.corpora import news, seeds
from scripts.bench.timing import Comparison

PARTS = ("chat", "cold", "index", "search")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the parts asked for and prints each ratio with its spread."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description="Benchmarks, printed as ratios.")
    parser.add_argument("parts", nargs="*", default=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--repeat", type=int, default=5, help="pairs for each ratio (default 5)")
    parser.add_argument("--pages", type=int, default=600, help="synthetic pages to index (default 600)")
    parser.add_argument("--passages", type=int, default=100_000, help="passages for search (default 100,000)")
    parser.add_argument("--work", type=Path, help="folder to keep corpora and indexes in; default: a temporary one")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part {min(unknown)!r}; there are {', '.join(PARTS)}")
    print(_circumstances())
    if options.work is not None:
        options.work.mkdir(parents=True, exist_ok=True)
        _run(options, options.work.resolve())
        return
    with tempfile.TemporaryDirectory() as folder:
        _run(options, Path(folder))


def _run(options: argparse.Namespace, work: Path) -> None:
    if "chat" in options.parts:
        _show(chat.run(seeds(work), options.repeat))
    if "cold" in options.parts and not cold.available():
        print(f"cold is left out: {cold.NEEDS}", file=sys.stderr)
    elif "cold" in options.parts:
        question = "What did Sullivan claim?"
        _show(cold.run(work, seeds(work), "seeds", question, options.repeat))
        question = "What did the union leader say about the harbour?"
        _show(cold.run(work, news(work, options.pages), f"{options.pages} pages", question, options.repeat))
    if "index" in options.parts:
        _show(indexing.run(work, news(work, options.pages), options.repeat))
    if "search" in options.parts:
        comparisons, facts = search.run(work, options.passages, queries=200)
        _show(comparisons)
        for name, fact in facts.items():
            print(f"    {name}: {fact}")


def _show(comparisons: Sequence[Comparison]) -> None:
    for comparison in comparisons:
        print(f"\n{comparison}", flush=True)


def _circumstances() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("chromadb", "onnxruntime", "numpy", "tantivy"))
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores {platform.machine()}{load}, "
        f"{platform.system()}, Python {platform.python_version()}, {packages}"
    )


if __name__ == "__main__":
    main()
