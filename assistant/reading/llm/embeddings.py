"""Embeddings from OpenAI, or from any server that speaks its protocol, behind the seam of the shipped embedder.

openai's own client is asked, and not LangChain's `OpenAIEmbeddings` over it: that one sends token numbers of OpenAI's
vocabulary unless told otherwise, lets the client ask for base64, which other servers may not speak, and drops the index
that says which vector belongs to which text. The client alone is also imported in half of the time.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import ModelError, UsageError
from assistant.reading.llm import tokens
from assistant.reading.llm.endpoint import OPENAI, Endpoint, key_of
from assistant.reading.llm.faults import request_error
from assistant.reading.llm.seam import ModelRequestError
from assistant.reading.llm.stream import Patience, request

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import CreateEmbeddingResponse

    from assistant.protocols import Vectors

SHORTEST = 32
"""Tokens below which a text is not cut any further for a server that finds it too long."""
_KEPT = 0.75
"""What is left of a text that was too long."""
_BLANK = "."
"""Sent for a text without words, because OpenAI refuses an empty one."""
_SIZE = re.compile(
    r"too (?:large|long|many|big)|batch[ _]size|context[ _](?:length|size|window)|must have less than"
    r"|larger than|exceed|max(?:imum)?[ _](?:\w+[ _]){0,4}(?:length|tokens|inputs?|items)|tokens, max",
    re.IGNORECASE,
)
"""How OpenAI, Ollama, vLLM, text-embeddings-inference and DashScope say that a request is too much for them, by their
public issues."""
_SIZE_500 = re.compile(r"too (?:large|long)|batch[ _]size", re.IGNORECASE)
"""llama.cpp says it with this status."""


class Limits(NamedTuple):
    """What a server takes."""

    text: int
    """Tokens of a text."""
    texts: int
    """Texts of a request."""
    request: int
    """Tokens of a request."""


OF_OPENAI = Limits(text=8191, texts=256, request=300_000)
"""Its limits, but for 2,048 texts a request: an interrupted run loses the request in hand."""
OF_OTHERS = Limits(text=510, texts=32, request=300_000)
"""What the strictest of the common servers take: BERT's 512 tokens with its two marks, and 32 texts
(text-embeddings-inference's default). One that takes less says so, and is then sent less."""


class OpenAIEmbedder:
    """Embeds with `model` on the server that the environment names; an `Embedder`.

    Nothing is imported or connected before the first text. Vectors are made one request after the other.

    Raises, on first use:
        ModelError: no key, or a fault of the server that outlasted the patience.
    """

    def __init__(self, model: str, patience: Patience) -> None:
        """Reads address and key from the environment.

        Raises:
            UsageError: no model is named, or OPENAI_BASE_URL is no address.
        """
        self._model = model.strip()
        if not self._model:
            raise UsageError("The embedder “openai:” names no model", "Write it like openai:text-embedding-3-small.")
        self._patience = patience
        self._endpoint = Endpoint.from_environment()
        self._limits = OF_OTHERS if self._endpoint.own else OF_OPENAI
        self._dimension: int | None = None
        self._left = threading.Event()

    @property
    def name(self) -> str:
        """`openai:model`."""
        return f"openai:{self._model}"

    @property
    def id(self) -> str:
        """Model and host: what either makes of a text is known to no one else."""
        return f"{self.name}@{self._endpoint.host or OPENAI}"

    @cached_property
    def dimension(self) -> int:
        """Length of a vector, learnt from the first one."""
        return self._dimension or int(self.embed([_BLANK]).shape[1])

    @property
    def max_tokens(self) -> int:
        """Longest input in tiktoken's tokens; longer texts are cut.

        Lower than the limit where the vocabulary is not known, which may need more.
        """
        return int(self._limits.text / tokens.margin(self._model))

    def load_in_background(self) -> None:
        """Nothing: importing the client beside Chroma, with which it shares libraries, gains too little to be safe."""

    def interrupt(self) -> None:
        """What another thread waits for now is given up: it raises `Stopped`."""
        self._left.set()
        self._left = threading.Event()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, counted by tiktoken: the model's own if it is OpenAI's, else about as many."""
        encoding = tokens.encoding(tokens.encoding_of(self._model)[0])
        return [len(one) for one in encoding.encode_ordinary_batch(list(texts))]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, L2 norm 1, in the order of `texts`."""
        import numpy as np

        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.concatenate([vectors for _, vectors in self.embed_batches(texts)])

    def embed_batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Yields (places in `texts`, their vectors), a request each, in order."""
        left = self._left
        places: list[int] = []
        batch: list[str] = []
        size = 0
        for place, text in enumerate(texts):
            sent = self._fitting(text)
            # A token is a byte or more, so that as many bytes never are too many tokens.
            more = len(sent.encode())
            if batch and (len(batch) == self._limits.texts or size + more > self._limits.request):
                yield places, self._vectors(batch, left)
                places, batch, size = [], [], 0
            places.append(place)
            batch.append(sent)
            size += more
        if batch:
            yield places, self._vectors(batch, left)

    def _fitting(self, text: str) -> str:
        """The text as it is sent: with valid Unicode, some of it, and no more than the model reads."""
        clean = text.encode("utf-8", "replace").decode() if text.strip() else _BLANK
        return clean if len(clean.encode()) <= self.max_tokens else self._cut(clean, self.max_tokens)

    def _cut(self, text: str, limit: int) -> str:
        encoding = tokens.encoding(tokens.encoding_of(self._model)[0])
        numbers = encoding.encode_ordinary(text)
        if len(numbers) <= limit:
            return text
        return encoding.decode_bytes(numbers[:limit]).decode("utf-8", "ignore")

    def _vectors(self, texts: Sequence[str], left: threading.Event) -> Vectors:
        """The vectors of a batch; in parts if it is too much for the server, and a text that is too long is cut."""
        import numpy as np

        client = self._client
        try:
            return request(lambda: self._asked(client, texts), self.name, self._patience, left)
        except ModelRequestError as fault:
            if not fault.too_long:
                raise
            if len(texts) == 1:
                (length,) = self.count_tokens(texts)
                if length <= SHORTEST:
                    raise
                return self._vectors([self._cut(texts[0], max(SHORTEST, int(length * _KEPT)))], left)
        half = len(texts) // 2
        return np.concatenate([self._vectors(part, left) for part in (texts[:half], texts[half:])])

    def _asked(self, client: OpenAI, texts: Sequence[str]) -> Vectors:
        try:
            answer = client.embeddings.create(model=self._model, input=list(texts), encoding_format="float")
            return self._read(answer, len(texts))
        except ModelRequestError:
            raise
        except Exception as error:
            raise self._fault(error) from error

    def _read(self, answer: CreateEmbeddingResponse, count: int) -> Vectors:
        """The vectors of an answer, in the order of what was asked, of length 1."""
        import numpy as np

        data = list(answer.data)
        if len(data) != count:
            raise self._wrong(f"sent {len(data):,} vectors for {count:,} texts")
        if {one.index for one in data} == set(range(count)):
            data.sort(key=lambda one: one.index)
        try:
            numbers = np.array([one.embedding for one in data], dtype=np.float64)
        except (TypeError, ValueError):
            numbers = np.empty(0)
        if numbers.ndim != 2 or not numbers.shape[1]:
            raise self._wrong("sent something else than vectors of one length")
        if not np.isfinite(numbers).all():
            raise self._wrong("sent a vector that holds something else than numbers")
        lengths = np.linalg.norm(numbers, axis=1, keepdims=True)
        if not lengths.all():
            raise self._wrong("sent a vector of nothing but zeros")
        if self._dimension not in (None, numbers.shape[1]):
            raise self._wrong(f"sent vectors of {numbers.shape[1]:,} numbers after some of {self._dimension:,}")
        self._dimension = numbers.shape[1]
        return np.asarray(numbers / lengths, dtype=np.float32)

    def _wrong(self, what: str) -> ModelRequestError:
        return ModelRequestError(
            f"{self._server} {what}", f"Check that {self._model} is a model for embeddings, or use another one."
        )

    def _fault(self, error: Exception) -> ModelRequestError:
        status = getattr(error, "status_code", None)
        said = _SIZE_500 if status == 500 else _SIZE
        if status == 413 or (status in (400, 422, 500) and said.search(str(error))):
            return ModelRequestError(
                f"{self._server} takes not even a short text for {self.name} ({status})",
                "Look into the server's log, or use another embedder.",
                too_long=True,
            )
        return request_error(error, self.name, self._server, key_of("openai"), named="in the setting embedder")

    @property
    def _server(self) -> str:
        return self._endpoint.host or "openai"

    @cached_property
    def _client(self) -> OpenAI:
        """The client, 0.5 s to import.

        Raises:
            ModelError: there is neither a key nor a server of one's own.
        """
        key = key_of("openai")
        if not key and self._endpoint.url is None:
            raise ModelError(
                f"{self.name} needs an API key",
                "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or the embedder to minilm.",
            )
        from openai import OpenAI

        # `request` keeps the time and asks again, within one budget with the models.
        return OpenAI(
            api_key=key or "none",
            base_url=self._endpoint.url or f"https://{OPENAI}/v1",
            timeout=self._patience.first + 5,
            max_retries=0,
        )
