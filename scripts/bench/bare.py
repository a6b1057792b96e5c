"""Embeds texts with onnxruntime, tokenizers, numpy and nothing else: `bare.py MODEL_FOLDER TEXTS.json MODE`.

MODE is `loop`: one text after the other through a session with onnxruntime's own defaults; or `workers`: one thread a
core, each running one text at a time through a session of one thread, which is the fastest way known to us.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer


def main(folder: str, texts_file: str, mode: str) -> None:
    """Embeds all texts and prints how many."""
    texts: list[str] = json.loads(Path(texts_file).read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    if mode == "workers":
        options.intra_op_num_threads = 1
    session = ort.InferenceSession(f"{folder}/model.onnx", options, providers=["CPUExecutionProvider"])

    def embed(text: str) -> NDArray[np.float32]:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        vector: NDArray[np.float32] = session.run(None, {"input_ids": ids})[0][0]
        return vector

    if mode == "workers":
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            vectors = np.stack(list(pool.map(embed, texts)))
    else:
        vectors = np.stack([embed(text) for text in texts])
    print(len(vectors))


if __name__ == "__main__":
    main(*sys.argv[1:])
