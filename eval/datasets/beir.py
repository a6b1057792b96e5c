"""BEIR's form: a folder with corpus.jsonl, queries.jsonl and qrels/*.tsv."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from assistant.errors import UsageError

from ..gold import Evidence, Question
from .converted import Dataset, field_of, read_lines


def read(path: Path, limit: int | None = None) -> Dataset:
    """A folder of the form; the first `limit` queries that have a relevant document.

    The judgements of `qrels/test.tsv` if there are such, else of the only file there. A relevant document is evidence
    as a whole: any passage of it finds it.
    """
    dataset = Dataset()
    bodies: dict[str, Evidence] = {}
    for row in read_lines(path / "corpus.jsonl"):
        title, text = row.get("title", "").strip(), field_of(row, "text", path).strip()
        if not (title or text):
            continue
        document = dataset.add("\n\n".join(part for part in (title, text) if part) + "\n", title or str(row["_id"]))
        bodies[str(field_of(row, "_id", path))] = Evidence(document, text or title)
    relevant = _judgements(path)
    for row in read_lines(path / "queries.jsonl"):
        query = str(field_of(row, "_id", path))
        evidence = tuple(dict.fromkeys(bodies[one] for one in relevant.get(query, ()) if one in bodies))
        if evidence and (limit is None or len(dataset.questions) < limit):
            dataset.questions.append(
                Question(f"beir-{query}", (field_of(row, "text", path),), True, evidence=evidence, tags=("beir",))
            )
    return dataset


def _judgements(path: Path) -> dict[str, list[str]]:
    files = sorted((path / "qrels").glob("*.tsv"))
    chosen = next((one for one in files if one.name == "test.tsv"), files[0] if len(files) == 1 else None)
    if chosen is None:
        raise UsageError(f"{path / 'qrels'} has no test.tsv", "Name a folder in BEIR's form.")
    relevant: dict[str, list[str]] = defaultdict(list)
    with chosen.open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream, delimiter="\t"):
            # The first row is a heading, and 0 says that a document was looked at and is not relevant.
            if len(row) == 3 and row[2].strip().lstrip("-").isdigit() and int(row[2]) > 0:
                relevant[row[0]].append(row[1])
    return relevant
