"""Baselines: the scores that a run is held against, committed with where they come from.

No times and no costs, which differ from run to run: the same answers give the same file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain import Json
from assistant.errors import CorpusError, UsageError

from .measures import Grade
from .provenance import Provenance
from .run import Run
from .scoring import Scored
from .summary import MEASURES

FOLDER = Path(__file__).parent / "baselines"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """How a question ended in the run of the baseline."""

    id: str
    grade: Grade
    scores: Mapping[str, float | None]
    answer: str
    citations: tuple[Json, ...]
    """document, start, end and speaker of each."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier run."""

    name: str
    provenance: Provenance
    kept: Mapping[str, Kept]


def locate(name: str) -> Path:
    """The file of a baseline: a name stands for one of the committed ones, anything else for a file."""
    return Path(name) if _is_file_name(name) else FOLDER / f"{name}.json"


def place_for(name: str) -> Path:
    """Where a new baseline goes.

    Raises:
        UsageError: a name alone, where the program is installed and has no place for baselines.
    """
    if FOLDER.parent.name.startswith("_") and not _is_file_name(name):
        raise UsageError(f"There is no checkout to keep the baseline {name} in", f"Name a file, such as {name}.json.")
    return locate(name)


def _is_file_name(name: str) -> bool:
    return bool(Path(name).suffix) or "/" in name or "\\" in name


def of_run(run: Run, name: str = "") -> Baseline:
    """What a run leaves to be compared with."""
    return Baseline(name, run.provenance, {one.question.id: keep(one) for one in run.scored})


def keep(one: Scored) -> Kept:
    """What a baseline keeps of a question."""
    answer = one.record.answer
    return Kept(
        id=one.question.id,
        grade=one.grade,
        scores={measure.name: _rounded(one.scores[measure.name]) for measure in MEASURES},
        answer=answer["answer"] if answer else one.record.error,
        citations=tuple(
            {key: citation[key] for key in ("document", "start", "end", "speaker")}
            for citation in (answer["citations"] if answer else ())
        ),
    )


def write(baseline: Baseline, file: Path) -> None:
    """Writes a baseline, a line for each question.

    Raises:
        CorpusError: the file cannot be written.
    """
    rows = ",\n".join("  " + json.dumps(_row(one), ensure_ascii=False) for one in baseline.kept.values())
    provenance = json.dumps(baseline.provenance.to_json(), ensure_ascii=False, indent=2).replace("\n", "\n ")
    text = f'{{\n "baseline": {SCHEMA},\n "provenance": {provenance},\n "questions": [\n{rows}\n ]\n}}\n'
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CorpusError(f"The baseline {file} cannot be written: {error.strerror}", "Name another file.") from None


def read(file: Path) -> Baseline:
    """A baseline.

    Raises:
        UsageError: it cannot be read, or is no baseline.
    """
    remedy = "Write one with `assistant eval --save NAME`."
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"The baseline {file} cannot be read: {error.strerror}", remedy) from None
    except ValueError:
        raise UsageError(f"{file} is not a baseline", remedy) from None
    try:
        if data["baseline"] != SCHEMA:
            raise UsageError(f"{file} was written by another version of the program", remedy)
        kept = [_kept(row) for row in data["questions"]]
        return Baseline(file.stem, Provenance.of(data["provenance"]), {one.id: one for one in kept})
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{file} is not a baseline", remedy) from error


def require_comparable(run: Provenance, baseline: Baseline) -> None:
    """Refuses a baseline that was measured on something else.

    Raises:
        UsageError: another gold, or other measures.
        CorpusError: another corpus.
    """
    other = baseline.provenance
    remedy = f"Write it anew with `assistant eval --save {baseline.name}`, or compare what belongs together."
    if run.corpus != other.corpus:
        raise CorpusError(
            f"The baseline {baseline.name} was measured on another corpus ({other.corpus}, not {run.corpus})", remedy
        )
    if run.gold != other.gold:
        raise UsageError(
            f"The baseline {baseline.name} was measured with other gold questions ({other.gold}, not {run.gold})",
            remedy,
        )
    if run.measures != other.measures:
        raise UsageError(
            f"The baseline {baseline.name} was scored by version {other.measures} of the measures, "
            f"this is {run.measures}",
            remedy,
        )


def _row(one: Kept) -> dict[str, Any]:
    return {
        "id": one.id,
        "grade": one.grade.value,
        "scores": {name: value for name, value in one.scores.items() if value is not None},
        "answer": one.answer,
        "citations": list(one.citations),
    }


def _kept(row: dict[str, Any]) -> Kept:
    scores = {measure.name: row["scores"].get(measure.name) for measure in MEASURES}
    return Kept(row["id"], Grade(row["grade"]), scores, row["answer"], tuple(row["citations"]))


def _rounded(value: float | None) -> float | None:
    """Six digits: the last bits of a sum may differ between machines."""
    return None if value is None else round(value, 6)
