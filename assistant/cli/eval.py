"""`assistant eval`: gold questions, measures, and the regression gate."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from typing import Any

import click

from assistant.cli import options

_FILE = click.Path(dir_okay=False, path_type=Path)


def _evaluation(module: str) -> Any:
    """A module of the evaluation: in an installed package it lies within, in a checkout beside the package."""
    package = "assistant._eval" if importlib.util.find_spec("assistant._eval") else "eval"
    return importlib.import_module(f"{package}.{module}")


@click.group("eval", invoke_without_command=True, short_help="Check answers against gold questions.")
@options.corpus_option
@options.model_option
@options.top_k_option
@click.option("--gold", type=_FILE, help="The gold questions. Else those that come with the program for the folder.")
@click.option("--against", metavar="NAME|FILE", help="Hold the run against a baseline; exit code 6 if it regressed.")
@click.option("--save", metavar="NAME|FILE", help="Keep the run as a baseline.")
@click.option("--record", type=_FILE, help="Keep all answers. Run again with the same file to go on after a stop.")
@click.option("--replay", type=_FILE, help="Score recorded answers: nothing is asked.")
@click.option("--only", multiple=True, metavar="TAG", help="Only questions with this tag. May be given several times.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Only N questions, drawn at random.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the random sample.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Questions asked at a time.")
@click.option("--judge", metavar="NAME", help="Also let a language model, provider:name, compare with the references.")
@click.option("--report", "reports", multiple=True, type=_FILE, help="Also write .html, .md, .json or .xml (JUnit).")
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    corpus: str | None,
    model: str | None,
    top_k: int | None,
    gold: Path | None,
    against: str | None,
    save: str | None,
    record: Path | None,
    replay: Path | None,
    only: tuple[str, ...],
    sample: int | None,
    seed: int,
    workers: int,
    judge: str | None,
    reports: tuple[Path, ...],
    as_json: bool,
) -> int | None:
    """Ask gold questions, score the answers, and tell a regression from noise.

    With --against: pass or inconclusive 0, regressed 6. docs/evaluation.md tells what is measured and how.
    """
    if ctx.invoked_subcommand is not None:
        ctx.obj = corpus
        return None
    from assistant.show.progress import Progress
    from assistant.show.screen import screen_for

    settings = options.settings(corpus=corpus, model=model, top_k=top_k)
    evaluation = _evaluation("command")
    chosen = evaluation.Options(
        gold=gold,
        against=against,
        save=save,
        record=record,
        replay=replay,
        only=only,
        sample=sample,
        seed=seed,
        workers=workers,
        judge=judge,
        reports=reports,
    )
    with Progress(sys.stderr, settings.color) as progress:
        report = evaluation.evaluate(settings, chosen, progress)
    if as_json:
        options.print_json(_evaluation("report.report").to_json(report))
    else:
        screen = screen_for(sys.stdout, settings.color)
        options.print_page(_evaluation("report.terminal").to_terminal(report, screen))
    return int(evaluation.exit_code(report))


@command.command("new", short_help="Write gold questions for your own corpus.")
@click.option("--gold", type=_FILE, default=Path("gold.jsonl"), show_default=True, help="Where they are kept.")
@options.corpus_option
@click.pass_context
def new(ctx: click.Context, gold: Path, corpus: str | None) -> int:
    """Ask for questions, show the passages, take the quotes; each question is kept as soon as it is whole.

    Prompts go to stderr; the answers may also come from a pipe, a line each.
    """
    from assistant.show.safe import sanitize

    settings = options.settings(corpus=corpus or ctx.obj)
    with options.opened(settings) as assistant:
        count = _evaluation("command").write_gold(assistant, settings, gold, _typed, lambda text: _tell(sanitize(text)))
    _tell(f"{count} new in {gold}")
    return 0


def _typed(prompt: str) -> str | None:
    click.echo(prompt, nl=False, err=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        click.echo("", err=True)
    return line.strip() if line else None


def _tell(text: str) -> None:
    click.echo(text, err=True)


@command.command("import", short_help="Make a public question set a corpus with gold.")
@click.argument("form", type=click.Choice(["beir", "clapnq", "ramdocs"]))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), required=True, help="A new folder: corpus/ and gold.jsonl.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N questions.")
def take(form: str, path: Path, to: Path, limit: int | None) -> int:
    """Read a public question set from PATH and write it as a folder of documents with a gold file."""
    converted = _evaluation("datasets.converted")
    dataset = _evaluation("datasets.forms").FORMS[form](path, limit)
    converted.write(dataset, to)
    click.echo(f"{len(converted.sound(dataset))} questions over {len(dataset.texts)} documents in {to}")
    click.echo(f"assistant eval --corpus {to / 'corpus'} --gold {to / 'gold.jsonl'}")
    return 0
