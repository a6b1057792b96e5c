"""Runs several command lines one after another in one process, each through the program's own entry.

Starting Python for each of a hundred commands would take most of the time of these tests. Reads a JSON list of argument
lists and an environment for each from stdin; writes a JSON list of code, stdout and stderr.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile


def run(arguments: list[str], environment: dict[str, str]) -> dict[str, object]:
    """One command line, with its output caught below Python's own streams."""
    from assistant.__main__ import main

    before = dict(os.environ)
    os.environ.update(environment)
    sys.argv = ["assistant", *arguments]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        kept = [os.dup(1), os.dup(2)]
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for number, copy in enumerate(kept, 1):
                os.dup2(copy, number)
                os.close(copy)
        out.seek(0)
        err.seek(0)
        os.environ.clear()
        os.environ.update(before)
        return {
            "code": code,
            "out": base64.b64encode(out.read()).decode(),
            "err": base64.b64encode(err.read()).decode(),
        }


if __name__ == "__main__":
    json.dump([run(arguments, environment) for arguments, environment in json.load(sys.stdin)], sys.stdout)
