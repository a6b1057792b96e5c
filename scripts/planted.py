"""Writes into docs/evaluation.md what the gate sees: planted faults, and reruns of a reader that has not changed.

python -m scripts.planted    two minutes on an idle machine
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from eval.estimates import proportion
from eval.gate import Comparison, Verdict
from tests.eval.building import corpus
from tests.eval.planted import FAULTS, Bench
from tests.eval.test_gate import QUESTIONS, held, noisy

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "evaluation.md"
RERUNS = 400
RATES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)


def faults(folder: Path) -> Iterator[str]:
    """A row of the table for each planted fault."""
    bench = Bench(ROOT / "seeds", folder)
    yield "| planted | verdict | caught by (points lost) |"
    yield "|---|---|---|"
    for number, fault in enumerate(FAULTS, 1):
        print(f"{number}/{len(FAULTS)} {fault.name}", file=sys.stderr)
        comparison = bench.hold(fault)
        yield f"| {fault.name} | {comparison.verdict.value} | {caught_by(comparison)} |"


def caught_by(comparison: Comparison) -> str:
    """The measures that raised the alarm, the largest drop first."""
    worst = sorted(comparison.regressed, key=lambda one: one.difference.value)
    return ", ".join(f"{one.measure.title} ({100 * one.difference.value:.1f})" for one in worst) or "nothing"


def reruns(folder: Path) -> Iterator[str]:
    """A row for each rate of errors: how many of the reruns raised a false alarm."""
    files = corpus(folder / "corpus")
    yield "| answers that err at random | false alarms | share [95 % interval] |"
    yield "|---|---|---|"
    for rate in RATES:
        print(f"reruns at {rate:.0%}", file=sys.stderr)
        alarms = 0
        for seed in range(RERUNS):
            dice = random.Random(seed)  # noqa: S311 a seed has to give the same draw
            drawn = dice.choices(QUESTIONS, k=len(QUESTIONS))
            before, after = (noisy(drawn, rate, dice) for _ in range(2))
            alarms += held(files, before, after).verdict is Verdict.REGRESSED
        share = proportion(alarms, RERUNS)
        assert share is not None
        interval = f"{100 * share.value:.1f} % [{100 * share.low:.1f}, {100 * share.high:.1f}]"
        yield f"| {rate:.0%} | {alarms} of {RERUNS} | {interval} |"


def put(page: str, name: str, table: str) -> str:
    """The page with the table of this name replaced."""
    pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    new, count = pattern.subn(lambda match: f"{match[1]}{table}\n{match[2]}", page)
    assert count == 1, name
    return new


def main() -> None:
    """Measures and writes."""
    with tempfile.TemporaryDirectory() as folder:
        tables = {"faults": "\n".join(faults(Path(folder))), "reruns": "\n".join(reruns(Path(folder)))}
    page = PAGE.read_text(encoding="utf-8")
    for name, table in tables.items():
        page = put(page, name, table)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
