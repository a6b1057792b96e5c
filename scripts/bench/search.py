"""Warm search in a large index, against Chroma alone: `python -m scripts.bench.search PAGES HOME QUESTIONS.json`.

Runs in a process of its own, so that its peak memory is that of opening the index and searching.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts.bench.corpora import Corpus, large
from scripts.bench.pages import PageWriter
from scripts.bench.timing import Comparison, Sample


def run(work: Path, passages: int, queries: int) -> tuple[list[Comparison], dict[str, Any]]:
    """p50 of `search` against twice Chroma's bare query plus embedding the query; each query in turn through both."""
    corpus = large(work, passages)
    questions = work / "questions.json"
    questions.write_text(json.dumps(PageWriter().questions(queries)), encoding="utf-8")
    results = {}
    for part in ("both", "memory"):
        command = [
            sys.executable,
            "-m",
            "scripts.bench.search",
            part,
            str(corpus.pages),
            str(corpus.home),
            str(questions),
        ]
        done = subprocess.run(command, env=corpus.environment, check=True, capture_output=True, text=True)
        results[part] = json.loads(done.stdout)
    times = results["both"]
    bound = [2 * bare + embedding for bare, embedding in zip(times["chroma"], times["embed"], strict=True)]
    name = f"warm search ({times['passages']:,} passages) against twice Chroma's bare query plus embedding"
    # The target speaks of medians, so the medians are what is compared.
    ours, other = ((Sample(statistics.median(values)),) for values in (times["search"], bound))
    facts = {key: _percentiles(times[key]) for key in ("search", "chroma", "embed")}
    facts["peak MiB after opening and searching"] = round(results["memory"]["peak"] / 2**20)
    return [Comparison(name, ours, other, 1.0)], facts


def _percentiles(seconds: list[float]) -> str:
    marks = statistics.quantiles(seconds, n=100)
    return f"p50 {1000 * marks[49]:.2f} ms, p95 {1000 * marks[94]:.2f} ms"


def measure(part: str, pages: str, home: str, questions_file: str) -> dict[str, Any]:
    """Times of each step for each question, or (part "memory") the peak after searching all."""
    from assistant import Assistant

    questions: list[str] = json.loads(Path(questions_file).read_text(encoding="utf-8"))
    with Assistant.open(pages, home=home) as assistant:
        if part == "memory":
            for question in questions:
                assistant.search(question, 10)
            return {"peak": _peak()}
        from assistant.index.embed import open_embedder

        embedder = open_embedder()
        collection = _collection(Corpus(Path(pages), Path(home)))
        times: dict[str, list[float]] = {"search": [], "chroma": [], "embed": []}
        for warm in (True, False):
            for question in questions[:20] if warm else questions:
                vector, embedding = _timed(embedder.embed, [question])
                _, chroma = _timed(collection.query, query_embeddings=vector, n_results=10)
                _, search = _timed(assistant.search, question, 10)
                if not warm:
                    for name, seconds in (("search", search), ("chroma", chroma), ("embed", embedding)):
                        times[name].append(seconds)
        return {**times, "passages": assistant.snapshot.passage_count}


def _collection(corpus: Corpus) -> Any:
    """The index's own collection, through a client of its own."""
    import chromadb
    from chromadb.config import Settings

    from assistant.index.location import locate
    from assistant.index.vectors import COLLECTION

    generation = locate(corpus.pages, corpus.home).current()
    assert generation is not None
    client = chromadb.PersistentClient(str(generation.chroma), Settings(anonymized_telemetry=False))
    return client.get_collection(COLLECTION, embedding_function=None)


def _timed(work: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[Any, float]:
    started = time.perf_counter()
    result = work(*arguments, **named)
    return result, time.perf_counter() - started


def _peak() -> int:
    import resource  # not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    os.environ.setdefault("NO_COLOR", "1")
    print(json.dumps(measure(*sys.argv[1:])))
