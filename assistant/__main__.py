"""`python -m assistant`, and the `assistant` command."""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """Runs the command line; ^C ends it quietly even while it is still being imported."""
    try:
        from assistant.cli.main import main as command_line

        command_line()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
