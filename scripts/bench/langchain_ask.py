"""The shortest honest script that asks an existing LangChain index: `langchain_ask.py STORE QUESTION`.

Same vector database, same embedder, same passages; it prints the five nearest passages with their file.
"""

import sys

from langchain_chroma import Chroma

from assistant.index.embed import open_embedder


class MiniLM:
    """The shipped embedder with the methods that LangChain calls."""

    def __init__(self) -> None:
        self._model = open_embedder()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        vectors: list[list[float]] = self._model.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Vector of a question."""
        return self.embed_documents([text])[0]


def open_store(folder: str) -> Chroma:
    """The persisted collection in a folder."""
    return Chroma("passages", MiniLM(), persist_directory=folder)


if __name__ == "__main__":
    for document, distance in open_store(sys.argv[1]).similarity_search_with_score(sys.argv[2], k=5):
        print(f"{distance:.3f} {document.metadata['document']}\n{document.page_content}\n")
