"""What is wrong with an index: for `doctor`, and for the next run to mend."""

from __future__ import annotations

from typing import NamedTuple

from assistant.errors import CorpusError
from assistant.index.catalog import Catalog
from assistant.index.faults import ReadOnlyError, storage
from assistant.index.lexical import Lexical
from assistant.index.location import REBUILD, Generation, Location


class Problem(NamedTuple):
    """A piece that is missing or damaged, and what to do."""

    part: str
    """`state`, `catalogue`, `vectors`, `words` or `chroma`."""
    message: str
    remedy: str


def check(location: Location) -> tuple[Problem, ...]:
    """Looks through every piece of the current generation; nothing found means that all agree.

    No index at all is no problem here. Takes about a second for 100,000 passages.
    """
    try:
        generation = location.current()
    except CorpusError as error:
        return (Problem("state", error.message, error.remedy),)
    if generation is None:
        return ()
    try:
        catalog = Catalog(generation.catalog)
    except CorpusError as error:
        return (Problem("catalogue", error.message, error.remedy),)
    try:
        damage = catalog.damage()
        if damage is not None:
            return (Problem("catalogue", f"The catalogue of the index is damaged ({damage})", REBUILD),)
        found = [_vectors(generation, catalog), _words(generation, catalog), _chroma(generation, catalog)]
    except CorpusError as error:
        return (Problem("catalogue", error.message, error.remedy),)
    finally:
        catalog.close()
    return tuple(problem for problem in found if problem is not None)


def missing_pieces(generation: Generation, catalog: Catalog) -> list[str]:
    """What a look at names and counts shows to be wrong, in milliseconds and without Chroma."""
    problem = _words(generation, catalog)
    found = [problem.message] if problem is not None else []
    size = generation.vectors.stat().st_size if generation.vectors.is_file() else 0
    if bool(size) != bool(catalog.passage_count):
        found.append("The index has lost its vectors")
    if catalog.server is None and not (generation.chroma / "chroma.sqlite3").is_file():
        found.append("The index has lost its Chroma folder")
    return found


def _words(generation: Generation, catalog: Catalog) -> Problem | None:
    try:
        with storage(generation.root):
            count = Lexical(generation.lexical).count
    except CorpusError as error:
        return Problem("words", error.message, error.remedy)
    if count != catalog.passage_count:
        return Problem("words", f"The word index holds {count} of {catalog.passage_count} passages", REBUILD)
    return None


def _vectors(generation: Generation, catalog: Catalog) -> Problem | None:
    from assistant.index.records import open_vectors  # numpy: 45 ms

    try:
        records = open_vectors(generation.vectors, catalog.dimension, catalog.passage_count)
    except CorpusError as error:
        return Problem("vectors", error.message, error.remedy)
    bad = int((~records.sound()).sum())
    if bad or records.keys() != catalog.vector_keys():
        return Problem("vectors", f"{bad or 'Some'} vectors of the index are damaged", REBUILD)
    return None


def _chroma(generation: Generation, catalog: Catalog) -> Problem | None:
    from assistant.index.vectors import open_store

    try:
        store = open_store(generation, catalog)
    except ReadOnlyError:
        return None  # it cannot be opened where nothing may be written; searches are exact there
    except CorpusError as error:
        return Problem("chroma", error.message, error.remedy)
    try:
        stored, known = store.ids(), set(catalog.all_ids())
        if stored != known:
            message = f"Chroma lacks {len(known - stored)} passages of the index and has {len(stored - known)} others"
            return Problem("chroma", message, REBUILD)
    except CorpusError as error:
        return Problem("chroma", error.message, error.remedy)
    finally:
        store.close()
    return None
