"""Every reader keeps the contract."""

from __future__ import annotations

from assistant.protocols import Reader
from assistant.reading.extractive import ExtractiveReader
from assistant.reading.llm.fallback import FallbackReader
from assistant.reading.llm.prompts import load
from assistant.reading.llm.reader import LanguageModelReader
from assistant.reading.llm.scripted import ScriptedModel
from tests.contracts.reader import EMBEDDER, ReaderContract


def _scripted() -> LanguageModelReader:
    said = "The ferry carried 341 people [1]. It was yellow [1]."
    return LanguageModelReader(ScriptedModel([said]), load("answer"), ExtractiveReader(EMBEDDER))


class TestExtractiveReader(ReaderContract):
    @classmethod
    def reader(cls) -> Reader:
        # A bag of words knows no meaning: nothing is refused, so that there is an answer to look at.
        return ExtractiveReader(EMBEDDER, -20.0)


class TestLanguageModelReader(ReaderContract):
    @classmethod
    def reader(cls) -> Reader:
        return _scripted()


class TestFallbackReader(ReaderContract):
    @classmethod
    def reader(cls) -> Reader:
        return FallbackReader([_scripted()])
