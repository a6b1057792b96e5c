"""The command group, and the one place where errors become a line on stderr and an exit code."""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from assistant.errors import AssistantError, CorpusError, ExitCode

COMMANDS = ("chat", "ask", "search", "index", "sources", "show", "verify", "history", "eval", "doctor")
"""In the order of the help page; each is `assistant.cli.NAME:command`."""

_DISK = {
    errno.ENOSPC: "Free some space, or set ASSISTANT_HOME to a folder on another disk.",
    errno.EDQUOT: "Free some space, or set ASSISTANT_HOME to a folder on another disk.",
    errno.EROFS: "Set ASSISTANT_HOME to a folder that can be written.",
    errno.EACCES: "Correct its permissions, or set ASSISTANT_HOME to a folder that can be written.",
    errno.ENOTDIR: "Set ASSISTANT_HOME to a folder that can be written.",
    errno.ENAMETOOLONG: "Give a shorter name.",
    errno.EFBIG: "Raise the limit on the size of files (ulimit -f).",
    errno.EIO: "Check the disk, or set ASSISTANT_HOME to a folder on another one.",
    errno.EPERM: "Correct its permissions, or set ASSISTANT_HOME to a folder that can be written.",
}
"""What to do about the errors of the disk that are nobody's defect."""


class Commands(click.Group):
    """Loads a command's module when the command, or the help page, needs it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 the base class names it
        """All commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 as above
        """The command, or None if there is no such one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"assistant.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown command is told the nearest known one."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"Did you mean {near[0]}?" if near else f'To ask: assistant ask "{args[0]}".'
            raise click.UsageError(f"There is no command {args[0]!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"assistant {version('corpus-assistant')}")
        ctx.exit()


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def group(ctx: click.Context) -> int | None:
    """Ask a folder of documents, and get answers whose every quote is checked against its file.

    Without a command it opens the terminal chat. The first question to a folder indexes it. stdout is the answer,
    stderr is everything else.

    Exit codes: 0 answered, 2 usage, 3 not in the corpus, 4 corpus or index problem, 6 a regression found by eval, 7 a
    citation failed verification, 1 unexpected error, 130 interrupted.
    """
    if ctx.invoked_subcommand is None:
        from assistant.cli import chat

        return int(ctx.invoke(chat.command))
    return None


def run(arguments: list[str] | None = None) -> int:
    """Runs a command line and gives back the exit code of the process."""
    try:
        _require_working_directory()
        # Not `group.main`, which ends the process with 1 when the reader of stdout leaves.
        with group.make_context("assistant", sys.argv[1:] if arguments is None else list(arguments)) as context:
            code = group.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ended:
        code = ended.exit_code
    except click.ClickException as error:
        return _say(_usage(error), ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        return _say("Interrupted", ExitCode.INTERRUPTED)
    except AssistantError as error:
        return _say(str(error), error.exit_code)
    except BrokenPipeError:
        # Whoever read the answer has seen enough (`assistant ask … | head -1`).
        _give_up_stdout()
        return ExitCode.ANSWERED
    except OSError as error:
        if error.errno not in _DISK:
            return _unexpected()
        _give_up_stdout()
        where = f": {error.filename}" if error.filename else ""
        return _say(f"{error.strerror}{where}. {_DISK[error.errno]}", ExitCode.CORPUS)
    except Exception:  # noqa: BLE001 the one catch at the top: a defect is told with its traceback
        return _unexpected()
    return int(code or 0)


def _require_working_directory() -> None:
    try:
        Path.cwd()
    except FileNotFoundError:
        raise CorpusError("The working directory no longer exists", "Change to one that does.") from None


def _give_up_stdout() -> None:
    """Python flushes stdout once more at exit, and would complain again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(error: click.ClickException) -> str:
    message = error.format_message()
    message += "" if message.endswith((".", "?", "!", ")")) else "."
    context = getattr(error, "ctx", None)
    return f"{message} See: {context.command_path} --help" if context else message


def _say(message: str, code: int) -> int:
    from assistant.show.safe import one_line

    print(f"assistant: {one_line(message)}", file=sys.stderr)  # noqa: T201 stderr is where it belongs
    return code


def _unexpected() -> int:
    """The traceback may quote documents, so that it is made fit to print too."""
    import traceback

    from assistant.show.safe import sanitize

    print(sanitize(traceback.format_exc()), file=sys.stderr, end="")  # noqa: T201 as above
    return ExitCode.UNEXPECTED


def _prepare_streams() -> None:
    """A terminal that cannot show a character shows its escape, and a closed stream swallows what is written."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 open until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def main() -> NoReturn:
    """The `assistant` command."""
    _prepare_streams()
    code = run()
    if code == ExitCode.INTERRUPTED:
        # onnxruntime aborts a process that is wound up while its threads load a model. Nothing is left to wind up:
        # what an interrupted command had to keep is on the disk.
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    sys.exit(code)
