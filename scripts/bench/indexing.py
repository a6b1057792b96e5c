"""`assistant index` from nothing, against only embedding the same passages."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

from assistant.index import embed
from scripts.bench.corpora import ASSISTANT, Corpus
from scripts.bench.timing import Comparison, Measure, Sample, compare, run_process

SHIPPED = Path(embed.__file__).parent / embed.SHIPPED
BARE = str(Path(__file__).with_name("bare.py"))
SAMPLE = 256


def run(work: Path, corpus: Corpus, repeat: int) -> list[Comparison]:
    """Whole processes; Chroma's function on a sample of 256 passages, by the passage (each costs the same)."""
    passages = [text for _, text in json.loads(corpus.passages_file(work).read_text(encoding="utf-8"))]
    texts = work / "texts.json"
    texts.write_text(json.dumps(passages), encoding="utf-8")
    home = work / "home-fresh"
    environment = corpus.environment | {"ASSISTANT_HOME": str(home)}
    indexing = run_process([*ASSISTANT, "index"], environment)

    def index_anew() -> Sample:
        shutil.rmtree(home, ignore_errors=True)
        return indexing()

    def embed_bare(mode: str) -> Measure:
        return run_process([sys.executable, BARE, str(SHIPPED), str(texts), mode], corpus.environment)

    others = {
        "bare onnxruntime, plain loop": (embed_bare("loop"), 1.1),
        "bare onnxruntime, one worker a core": (embed_bare("workers"), 1.1),
    }
    if importlib.util.find_spec("onnx") is None:
        print("Chroma's default embedding function is left out: pip install onnx", file=sys.stderr)
    else:
        others["Chroma's default embedding function"] = (_chroma_default(work, passages, corpus), 1 / 3)
    return compare(f"index ({len(passages):,} passages)", index_anew, others, repeat=repeat, warm_up=False)


def _chroma_default(work: Path, passages: list[str], corpus: Corpus) -> Measure:
    sample = passages[:: max(1, len(passages) // SAMPLE)][:SAMPLE]
    file = work / "texts-sample.json"
    file.write_text(json.dumps(sample), encoding="utf-8")
    command = [sys.executable, "-m", "scripts.bench.chroma_default", str(work / "chroma-default"), str(file)]

    def measure() -> Sample:
        done = subprocess.run(command, env=corpus.environment, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)
        scale = len(passages) / len(sample)
        return Sample(found["seconds"] * scale, found["processor_seconds"] * scale)

    return measure
