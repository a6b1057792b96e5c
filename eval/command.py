"""What `assistant eval` does, from its options to the exit code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import CorpusError, ExitCode, UsageError

from . import baseline as baselines
from . import gold as golds
from . import provenance, records
from .asking import asker, opened
from .gate import Verdict, compare
from .judge import judge_for, judged
from .report.report import Report, report_of
from .run import Run, ask_all, score_all
from .scoring import Record, Scorer

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.settings import Settings
    from assistant.wiring import Progress

    from .gold import Gold, Question
    from .provenance import Provenance
    from .writing import Ask as Asks
    from .writing import Show

GOLD = Path(__file__).parent / "gold"


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the command."""

    gold: Path | None = None
    against: str | None = None
    save: str | None = None
    record: Path | None = None
    replay: Path | None = None
    only: tuple[str, ...] = ()
    sample: int | None = None
    seed: int = 0
    workers: int = 1
    reports: tuple[Path, ...] = ()
    judge: str | None = None


def evaluate(settings: Settings, options: Options, progress: Progress | None = None) -> Report:
    """Asks (or replays), scores, compares, and writes what is asked for.

    Raises:
        UsageError: options that contradict each other, or a file that is not what it should be.
        CorpusError: the folder, or a file that cannot be written.
    """
    from assistant.verify import Files
    from assistant.wiring import require_folder

    _require_sense(options)
    saved_to = baselines.place_for(options.save) if options.save is not None else None
    require_folder(settings.corpus)
    files = Files(settings.corpus)
    gold = golds.load(options.gold or gold_for(settings.corpus), files.text)
    questions = golds.choose(gold.questions, options.only, options.sample, options.seed)
    # Refused before anything is measured.
    judge = judge_for(options.judge, settings) if options.judge is not None else None
    baseline = baselines.read(baselines.locate(options.against)) if options.against else None
    if options.replay is not None:
        measured_with, answers = _replayed(settings, options.replay, gold, questions)
    else:
        measured_with, answers = _asked(settings, options, gold, questions, progress)
    if baseline is not None:
        baselines.require_comparable(measured_with, baseline)
    run = Run(measured_with, score_all(questions, answers, Scorer(files, measured_with.reader)))
    judgement = judged(run, judge, progress) if judge is not None else None
    report = report_of(run, compare(run, baseline) if baseline else None, judgement)
    if saved_to is not None:
        baselines.write(baselines.of_run(run), saved_to)
    for file in options.reports:
        _write(report, file)
    return report


def write_gold(assistant: Assistant, settings: Settings, file: Path, ask: Asks, show: Show) -> int:
    """Adds questions to a gold file as they are written; gives back how many.

    Raises:
        UsageError: the file cannot be read.
        CorpusError: it cannot be written.
    """
    from assistant.verify import Files

    from .writing import Desk

    files = Files(settings.corpus)
    try:
        existing = file.read_text(encoding="utf-8") if file.exists() else ""
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"The gold file {file} cannot be read", "Name another one with --gold.") from None
    desk = Desk(existing, files.text, lambda words: assistant.search(words, 5), ask, show)
    count = 0
    gap = "\n" if existing and not existing.endswith("\n") else ""
    while line := desk.question():
        try:
            with file.open("a", encoding="utf-8") as stream:
                stream.write(gap + line)
        except OSError as error:
            raise CorpusError(f"{file} cannot be written: {error.strerror}", "Name another one with --gold.") from None
        gap = ""
        count += 1
    return count


def exit_code(report: Report) -> ExitCode:
    """6 if the gate found a regression, else 0."""
    regressed = report.comparison is not None and report.comparison.verdict is Verdict.REGRESSED
    return ExitCode.REGRESSION if regressed else ExitCode.ANSWERED


def gold_for(corpus: Path) -> Path:
    """The gold file that comes with the program for a corpus folder of this name.

    Raises:
        UsageError: there is none.
    """
    file = GOLD / f"{corpus.resolve().name}.jsonl"
    if not file.is_file():
        raise UsageError(
            f"There are no gold questions for {corpus}",
            "Write some with `assistant eval new`, and name the file with --gold.",
        )
    return file


def _require_sense(options: Options) -> None:
    if options.replay is not None and options.record is not None:
        raise UsageError("--record and --replay exclude each other", "Give one of the two.")
    if options.save is not None and (options.only or options.sample is not None):
        raise UsageError("A baseline holds all questions", "Leave out --only and --sample with --save.")
    for file in options.reports:
        if file.suffix not in WRITERS:
            raise UsageError(f"{file} has no known form", f"End its name in {', '.join(WRITERS)}.")


def _asked(
    settings: Settings, options: Options, gold: Gold, questions: tuple[Question, ...], progress: Progress | None
) -> tuple[Provenance, list[Record]]:
    with opened(settings, progress) as parts:
        measured_with = provenance.of_run(parts, gold.fingerprint)
        kept = records.resumable(options.record, measured_with) if options.record else None
        journal = records.Journal(options.record, measured_with, kept) if options.record else None
        answers = ask_all(
            questions, asker(parts), workers=options.workers, known=kept, journal=journal, progress=progress
        )
    if journal is not None:
        journal.finish(measured_with, zip(questions, answers, strict=True))
    return measured_with, answers


def _replayed(
    settings: Settings, file: Path, gold: Gold, questions: tuple[Question, ...]
) -> tuple[Provenance, list[Record]]:
    from dataclasses import replace

    recording = records.read(file)
    corpus = provenance.corpus_fingerprint(settings.corpus)
    if corpus != recording.provenance.corpus:
        raise CorpusError(f"{file} was recorded on another corpus", "Record anew with --record.")
    found = [recording.answer(one) for one in questions]
    answers = [one for one in found if one is not None]
    if len(answers) < len(questions):
        missing = next(question.id for question, one in zip(questions, found, strict=True) if one is None)
        raise UsageError(
            f"{file} lacks {len(questions) - len(answers)} of the questions, such as {missing}",
            "Record them with --record.",
        )
    return replace(recording.provenance, gold=gold.fingerprint, measures=provenance.MEASURES), answers


def _write(report: Report, file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(WRITERS[file.suffix](report), encoding="utf-8")
    except OSError as error:
        raise CorpusError(f"The report {file} cannot be written: {error.strerror}", "Name another file.") from None


def _json(report: Report) -> str:
    from assistant.show.safe import to_json as written

    from .report.report import to_json

    return written(to_json(report)) + "\n"


def _markdown(report: Report) -> str:
    from .report.markdown import to_markdown

    return to_markdown(report)


def _junit(report: Report) -> str:
    from .report.junit import to_junit

    return to_junit(report)


def _html(report: Report) -> str:
    from .report.html import to_html

    return to_html(report)


WRITERS = {".json": _json, ".md": _markdown, ".xml": _junit, ".html": _html}
"""By suffix of the file."""
