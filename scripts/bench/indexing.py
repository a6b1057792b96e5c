"""`assistant index` from nothing, against only embedding the same passages."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

from assistant.index import embed
from scripts.bench import bare
from scripts.bench.corpora import ASSISTANT, Corpus, texts_file
from scripts.bench.timing import Comparison, Measure, Sample, compare, run_process

SHIPPED = Path(embed.__file__).parent / embed.SHIPPED
SAMPLE = 256


def run(work: Path, corpus: Corpus, repeat: int) -> list[Comparison]:
    """Whole processes; Chroma's function on a sample of 256 passages, by the passage (each costs the same)."""
    texts = texts_file(work, corpus)
    home = work / "home-fresh"
    environment = corpus.environment | {"ASSISTANT_HOME": str(home)}
    indexing = run_process([*ASSISTANT, "index"], environment)

    def index_anew() -> Sample:
        shutil.rmtree(home, ignore_errors=True)
        return indexing()

    def embed_bare(mode: str) -> Measure:
        return run_process([sys.executable, bare.__file__, str(SHIPPED), str(texts), mode], corpus.environment)

    size = f"{len(json.loads(texts.read_text(encoding='utf-8'))):,} passages"
    found = [
        compare(f"index ({size}) against bare onnxruntime, plain loop", index_anew, embed_bare("loop"),
                target=1.1, repeat=repeat, warm_up=False),
        compare(f"index ({size}) against bare onnxruntime, one worker a core", index_anew, embed_bare("workers"),
                target=1.1, repeat=repeat, warm_up=False),
    ]  # fmt: skip
    if importlib.util.find_spec("onnx") is None:
        print("Chroma's default embedding function is left out: pip install onnx", file=sys.stderr)
        return found
    chroma = _chroma_default(work, texts, corpus)
    name = f"index ({size}) against Chroma's default embedding function"
    return [*found, compare(name, index_anew, chroma, target=1 / 3, repeat=repeat, warm_up=False)]


def _chroma_default(work: Path, texts: Path, corpus: Corpus) -> Measure:
    everything = json.loads(texts.read_text(encoding="utf-8"))
    sample = everything[:: max(1, len(everything) // SAMPLE)][:SAMPLE]
    file = work / "texts-sample.json"
    file.write_text(json.dumps(sample), encoding="utf-8")
    command = [sys.executable, "-m", "scripts.bench.chroma_default", str(work / "chroma-default"), str(file)]

    def measure() -> Sample:
        done = subprocess.run(command, env=corpus.environment, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)
        scale = len(everything) / len(sample)
        return Sample(found["seconds"] * scale, found["processor_seconds"] * scale)

    return measure
