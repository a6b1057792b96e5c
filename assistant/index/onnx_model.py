"""An ONNX sentence embedder on the processor: text in, unit vector out, one text a run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, CorpusError
from assistant.index.tokens import TokenCounter

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

    from assistant.protocols import Vectors

_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
_DEFAULT_LIMIT = 512  # what BERT's position table holds


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where a model lies and how it is to be used."""

    name: str
    model: Path
    tokenizer: Path
    limit: int | None = None
    """Longest input in tokens, special ones included; None: what the tokenizer file says."""
    pooling: str = "mean"
    """"mean" or "cls": how token vectors become one, for models that leave this to the caller."""
    optimised: bool = False
    """The graph is laid out for this runtime already; ORT's own rewriting would slow it down by a third."""
    pinned: Mapping[Path, str] = field(default_factory=dict)
    """sha256 that files must have."""
    remedy: str = ""
    """What to do when a file is missing or damaged."""
    damaged: type[AssistantError] = CorpusError

    def failure(self, what: str) -> AssistantError:
        """The error to raise; `what` happened, in one line."""
        return self.damaged(f"Embedder {self.name}: {what}", self.remedy)

    def read(self, file: Path) -> bytes:
        """A file's bytes, held against its pinned sha256 (13 ms for the shipped model's 23 MB)."""
        try:
            raw = file.read_bytes()
        except OSError as error:
            raise self.failure(f"cannot read {file.name} ({error.strerror})") from error
        if file in self.pinned and hashlib.sha256(raw).hexdigest() != self.pinned[file]:
            raise self.failure(f"{file.name} is damaged")
        return raw

    def content_hash(self) -> str:
        """Hash of all that shapes the vectors; reads nothing for files with a pinned sha256."""
        # Large models keep their weights beside the graph: model.onnx_data or model.onnx.data.
        files = [self.model, *sorted(self.model.parent.glob(f"{self.model.name}?data*")), self.tokenizer]
        parts = [self.pinned.get(file) or hashlib.sha256(self.read(file)).hexdigest() for file in files]
        return hashlib.sha256(" ".join([*parts, self.pooling, str(self.limit)]).encode()).hexdigest()


class OnnxModel:
    """A loaded model; thread-safe.

    Raises:
        AssistantError: of the kind that `files.damaged` names; a file is missing, damaged or of another kind.
    """

    def __init__(self, files: ModelFiles) -> None:
        try:
            self.tokens = TokenCounter(files.read(files.tokenizer))
        except ValueError as error:
            raise files.failure(f"{files.tokenizer.name} cannot be used ({_first_line(error)})") from error
        self.limit = (files.limit or self.tokens.declared_limit or _DEFAULT_LIMIT) - self.tokens.special_tokens
        """Longest input in tokens, special ones left out."""
        self._session = _open(files)
        self._pooling = files.pooling
        self._inputs = [node.name for node in self._session.get_inputs()]
        if unknown := sorted(set(self._inputs) - _INPUTS):
            raise files.failure(f"model.onnx asks for input {unknown[0]!r}, which no text embedder has")
        outputs = [node.name for node in self._session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in outputs else outputs[0]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension); `texts` is not empty."""
        import numpy as np

        return np.stack([self._embed(text) for text in texts])

    def _embed(self, text: str) -> Vectors:
        import numpy as np

        ids = np.array([self.tokens.encode(text, self.limit)], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (output,) = self._session.run([self._output], {name: feeds[name] for name in self._inputs})
        vector = output[0]
        if vector.ndim == 2:
            vector = vector[0] if self._pooling == "cls" else vector.mean(axis=0)
        vector = vector.astype(np.float32)
        unit: Vectors = vector / max(float(np.linalg.norm(vector)), 1e-12)
        return unit


def _open(files: ModelFiles) -> InferenceSession:
    import onnxruntime as ort  # 17 ms after numpy

    state = ort.capi.onnxruntime_pybind11_state
    ort.disable_telemetry_events()  # only Windows builds have any
    ort.set_default_logger_severity(3)  # it warns on stderr about graphics cards that it does not find
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Same speed without the arena, and memory goes back after a long text.
    options.enable_cpu_mem_arena = False
    if files.optimised:
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    # Pinned files are run from the very bytes that were checked; others by path, where ORT finds weights beside them.
    source = files.read(files.model) if files.pinned else str(files.model)
    try:
        return ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except (
        state.Fail,
        state.InvalidArgument,
        state.InvalidGraph,
        state.InvalidProtobuf,
        state.NoModel,
        state.NoSuchFile,
        state.NotImplemented,
        state.RuntimeException,
    ) as error:
        raise files.failure(f"{files.model.name} cannot be used ({_first_line(error)})") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
