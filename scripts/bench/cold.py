"""A whole process from nothing to an answer, on an index that exists."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.bench.corpora import ASSISTANT, Corpus
from scripts.bench.timing import Comparison, compare, run_process

SCRIPT = Path(__file__).with_name("langchain_ask.py")
NEEDS = "pip install langchain-chroma"


def available() -> bool:
    """Whether LangChain's Chroma package is installed."""
    return importlib.util.find_spec("langchain_chroma") is not None


def run(work: Path, corpus: Corpus, name: str, question: str, repeat: int) -> list[Comparison]:
    """`assistant ask` and `assistant --help` against the LangChain script over the same passages."""
    folder = work / f"langchain-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    passages = corpus.passages_file(work)
    fill = [sys.executable, "-m", "scripts.bench.langchain_add", str(folder), str(passages)]
    subprocess.run(fill, env=corpus.environment, check=True)
    count = len(json.loads(passages.read_text(encoding="utf-8")))
    script = run_process([sys.executable, str(SCRIPT), str(folder), question], corpus.environment)
    # 0 and 3: answered, and refused for good reasons; both are whole answers.
    ask = run_process([*ASSISTANT, "ask", question], corpus.environment, accept=(0, 3))
    assistant_help = run_process([*ASSISTANT, "--help"], corpus.environment)
    return [
        *compare(f"cold ask ({name}, {count:,} passages)", ask, {"the LangChain script": (script, 0.5)}, repeat=repeat),
        *compare("--help", assistant_help, {"the LangChain script": (script, 0.1)}, repeat=repeat),
    ]
