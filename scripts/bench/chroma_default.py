"""Chroma's default embedding function, run offline: `chroma_default.py WORK TEXTS.json` prints seconds for the texts.

The class is Chroma's own, untouched: batches of 32, every text padded to 256 tokens, float32. Only the model file,
which it would download, is made here: the same network in the form an exporter gives (input_ids, attention_mask and
token_type_ids to last_hidden_state), with the shipped model's weights turned back into float32.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from assistant.index import embed

SHIPPED = Path(embed.__file__).parent / embed.SHIPPED
LAYERS, HEADS, WIDTH = 6, 12, 384
_Array = NDArray[Any]


class _Export:
    """Writes the graph with standard operators only, as exporters do; onnxruntime fuses what it can when it loads."""

    def __init__(self, weights: dict[str, _Array]) -> None:
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def constant(self, value: _Array) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def linear(self, x: str, name: str, columns: slice = slice(None)) -> str:
        weight = self._weights[f"{name}.weight"] * self._weights[f"{name}.scale"].astype(np.float32)
        bias = self._weights[f"{name}.bias"][columns]
        return self.op("Add", self.op("MatMul", x, self.constant(weight[:, columns])), self.constant(bias))

    def layer_norm(self, x: str, name: str) -> str:
        weight, bias = (self.constant(self._weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.op("LayerNormalization", x, weight, bias, epsilon=1e-12, axis=-1)

    def heads(self, x: str, order: list[int]) -> str:
        shape = self.constant(np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))
        return self.op("Transpose", self.op("Reshape", x, shape), perm=order)

    def gelu(self, x: str) -> str:
        error = self.op("Erf", self.op("Div", x, self.constant(_scalar(2**0.5))))
        doubled = self.op("Mul", x, self.op("Add", error, self.constant(_scalar(1))))
        return self.op("Mul", doubled, self.constant(_scalar(0.5)))

    def layer(self, x: str, mask: str, index: int) -> str:
        name = f"layer{index}"
        parts = [self.linear(x, f"{name}.qkv", slice(start, start + WIDTH)) for start in range(0, 3 * WIDTH, WIDTH)]
        query, value = (self.heads(parts[place], [0, 2, 1, 3]) for place in (0, 2))
        scores = self.op("MatMul", query, self.heads(parts[1], [0, 2, 3, 1]))
        scale = self.constant(np.array(np.sqrt(WIDTH / HEADS), np.float32))
        weights = self.op("Softmax", self.op("Add", self.op("Div", scores, scale), mask), axis=-1)
        joined = self.op("Transpose", self.op("MatMul", weights, value), perm=[0, 2, 1, 3])
        y = self.op("Reshape", joined, self.constant(np.array([0, 0, WIDTH], np.int64)))
        x = self.layer_norm(self.op("Add", self.linear(y, f"{name}.projection"), x), f"{name}.attended.norm")
        y = self.linear(self.gelu(self.linear(x, f"{name}.up")), f"{name}.down")
        return self.layer_norm(self.op("Add", y, x), f"{name}.output.norm")

    def model(self) -> Any:
        rows = self._weights["words.table"].astype(np.float32) * self._weights["words.scale"]
        words = self.op("Gather", self.constant(rows), "input_ids")
        # As exporters do, by the length at run time; with lengths known beforehand onnxruntime would put its slow
        # SkipLayerNormalization in, and Chroma would look a seventh slower than with its own file.
        length = self.op("Slice", self.op("Shape", "input_ids"), *(self.constant(_place(n)) for n in (1, 2)))
        table = self.constant(self._weights["positions.table"])
        positions = self.op("Slice", table, self.constant(_place(0)), length)
        # Keeps token_type_ids in use; the segment's vector is part of the positions already.
        segments = self.op("Mul", self.op("Cast", "token_type_ids", to=TensorProto.FLOAT), self.constant(_scalar(0)))
        segments = self.op("Unsqueeze", segments, self.constant(np.array([-1], np.int64)))
        x = self.layer_norm(self.op("Add", self.op("Add", words, positions), segments), "embeddings")
        allowed = self.op("Cast", "attention_mask", to=TensorProto.FLOAT)
        barred = self.op("Mul", self.op("Sub", self.constant(_scalar(1)), allowed), self.constant(_scalar(-10000)))
        mask = self.op("Unsqueeze", barred, self.constant(np.array([1, 2], np.int64)))
        for index in range(LAYERS):
            x = self.layer(x, mask, index)
        self._nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
            for name in ("input_ids", "attention_mask", "token_type_ids")
        ]
        output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "length", WIDTH])
        graph = helper.make_graph(self._nodes, "float32", inputs, [output], self._constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)


def _place(number: int) -> _Array:
    return np.array([number], np.int64)


def _scalar(value: float) -> _Array:
    return np.array(value, np.float32)


def prepare(work: Path) -> None:
    """Puts into `work` the files that Chroma's function looks for."""
    folder = work / "onnx"
    folder.mkdir(parents=True, exist_ok=True)
    shipped = onnx.load(str(SHIPPED / "model.onnx"))
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in shipped.graph.initializer}
    onnx.save(_Export(weights).model(), str(folder / "model.onnx"))
    shutil.copy(SHIPPED / "tokenizer.json", folder)
    for name in ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt"):
        (folder / name).touch()  # only looked for, never read


def main(work: str, texts_file: str) -> None:
    """Prints the seconds that embedding took, loading left out, and the least cosine with the shipped embedder."""
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    texts: list[str] = json.loads(Path(texts_file).read_text(encoding="utf-8"))
    if not (Path(work) / "onnx" / "model.onnx").is_file():
        prepare(Path(work))
    ONNXMiniLM_L6_V2.DOWNLOAD_PATH = Path(work)
    function = ONNXMiniLM_L6_V2()
    function(texts[:1])
    started, processor = time.perf_counter(), time.process_time()
    vectors = np.array(function(texts))
    taken = {"seconds": time.perf_counter() - started, "processor_seconds": time.process_time() - processor}
    cosines = (vectors[:32] * embed.open_embedder().embed(texts[:32])).sum(axis=1)
    print(json.dumps({**taken, "least_cosine": float(cosines.min())}))


if __name__ == "__main__":
    main(*sys.argv[1:])
