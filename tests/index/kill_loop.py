"""The loop of `test_kill.py` for longer, by hand: `python -m tests.index.kill_loop --kills 500`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.support.index_state import dump
from tests.support.killing import kill_often

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    for seed in range(options.rounds):
        with tempfile.TemporaryDirectory() as place:
            survivor, fresh, cut = kill_often(Path(place), options.kills, seed)
            same = dump(survivor) == dump(fresh)
            sys.stdout.write(f"seed {seed}: {cut} of {options.kills} runs cut short; same as from nothing: {same}\n")
            if not same:
                sys.exit(1)
