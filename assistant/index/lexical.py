"""BM25 over header and text, accents aside, by tantivy; the only module that imports it.

The index is written at once, by one thread, into one segment, in the order of the catalogue's rows. That costs 87 µs a
passage at every change (2 s for 25,000), and buys scores and an order of ties that depend on nothing but the
contents: tantivy counts deleted passages in its statistics, and adds numbers up in the order of its segments.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.domain import Filter
from assistant.spelling import plain

HEAP = 512_000_000
"""Bytes of postings that make one segment; taken only as they are needed (about 600 a passage)."""
MAX_TERMS = 512
"""Different words of a query that are looked up (5 ms at 100,000 passages); questions have ten."""
MAX_CHARACTERS = 100_000
"""Of a query; what follows is not looked at."""
_LONGEST = 40
"""Bytes of a word from which on tantivy's en_stem drops it."""


def build(folder: Path, rows: Iterable[tuple[int, str, str, str | None, str | None, str]]) -> None:
    """Writes the index of (row, header, text, ISO date, outlet key, path) into a new folder."""
    import tantivy  # 5 ms

    folder.mkdir(mode=0o700)
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("body", tokenizer_name="en_stem", index_option="freq")
    schema.add_text_field("text", tokenizer_name="en_stem", index_option="basic")
    schema.add_unsigned_field("row", fast=True)
    schema.add_integer_field("day", indexed=True, fast=True)
    schema.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    schema.add_text_field("document", tokenizer_name="raw", index_option="basic")
    writer = tantivy.Index(schema.build(), path=str(folder)).writer(heap_size=HEAP, num_threads=1)
    for row, header, text, day, outlet, path in rows:
        document = tantivy.Document()
        document.add_text("body", plain(f"{header}\n{text}"))
        document.add_text("text", plain(text))
        document.add_unsigned("row", row)
        if day is not None:
            document.add_integer("day", date.fromisoformat(day).toordinal())
        if outlet is not None:
            document.add_text("outlet", outlet)
        document.add_text("document", path)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Lexical:
    """Reads a finished index; may be used from several threads."""

    def __init__(self, folder: Path) -> None:
        """Opens the index.

        Raises:
            ValueError: tantivy cannot read it.
        """
        import tantivy

        self._tantivy = tantivy
        try:
            self._open(folder)
        except ValueError as error:
            if "Lockfile" not in str(error):
                raise
            # To open an index tantivy must lock a file in its folder, which a read-only disk refuses: read a copy,
            # which its mappings keep alive after it is removed (30 ms at 100,000 passages).
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as spare:
                shutil.copytree(folder, Path(spare) / "lexical")
                self._open(Path(spare) / "lexical")

    def _open(self, folder: Path) -> None:
        self._index = self._tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()
        self._schema = self._index.schema

    @property
    def count(self) -> int:
        """How many passages it holds."""
        return int(self._searcher.num_docs)

    @cached_property
    def _analyzer(self) -> Any:
        """The same steps as `en_stem`, which tantivy does not hand out."""
        t = self._tantivy
        builder = t.TextAnalyzerBuilder(t.Tokenizer.simple()).filter(t.Filter.remove_long(_LONGEST))
        return builder.filter(t.Filter.lowercase()).filter(t.Filter.stemmer("english")).build()

    def terms(self, query: str) -> list[str]:
        """The different stems of a query in order of appearance, at most `MAX_TERMS`."""
        return list(dict.fromkeys(self._analyzer.analyze(plain(query[:MAX_CHARACTERS]))))[:MAX_TERMS]

    def search(self, query: str, k: int, where: Filter | None = None) -> list[tuple[int, float]]:
        """The k best rows with their BM25 scores, best first, equal scores by row; words have no operators."""
        terms = self.terms(query)
        if not terms or k < 1 or not self.count:
            return []
        t = self._tantivy
        words = [(t.Occur.Should, t.Query.term_query(self._schema, "body", term, "freq")) for term in terms]
        parsed = t.Query.boolean_query(words)
        conditions = self._conditions(where) if where else []
        if conditions:
            parts = [(t.Occur.Must, parsed)]
            parts += [(t.Occur.Must, t.Query.const_score_query(condition, 0.0)) for condition in conditions]
            parsed = t.Query.boolean_query(parts)
        found = self._searcher.search(parsed, min(k, self.count), count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in found])
        pairs = [(int(row or 0), float(score)) for row, (score, _) in zip(rows, found, strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def document_frequency(self, stems: Sequence[str]) -> dict[str, int]:
        """In how many passages each stem occurs, headers left out."""
        return {one: int(self._searcher.doc_freq("text", one)) for one in stems}

    def _conditions(self, where: Filter) -> list[Any]:
        t = self._tantivy
        conditions = []
        if where.since is not None or where.until is not None:
            since = (where.since or date.min).toordinal()
            until = (where.until or date.max).toordinal()
            conditions.append(t.Query.range_query(self._schema, "day", t.FieldType.Integer, since, until))
        if where.outlet is not None:
            conditions.append(t.Query.term_query(self._schema, "outlet", where.outlet.casefold(), "basic"))
        if where.document is not None:
            conditions.append(t.Query.term_query(self._schema, "document", where.document, "basic"))
        return conditions
