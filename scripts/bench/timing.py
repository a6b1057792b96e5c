"""Times two ways of doing the same side by side, so that a machine that slows down slows both."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement."""

    seconds: float
    processor_seconds: float | None = None
    """Over all cores; None if not known."""
    peak_bytes: int | None = None
    """Largest resident memory; None if not known."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two ways of doing the same, measured in turn; `target` is the largest ratio aimed at."""

    name: str
    ours: tuple[Sample, ...]
    other: tuple[Sample, ...]
    target: float

    @property
    def ratios(self) -> list[float]:
        """Ours by the other, pair by pair, in wall time."""
        return [ours.seconds / other.seconds for ours, other in zip(self.ours, self.other, strict=True)]

    @property
    def processor_ratio(self) -> float | None:
        """Median ratio of processor time: what a busy machine does not distort."""
        pairs = [
            ours.processor_seconds / other.processor_seconds
            for ours, other in zip(self.ours, self.other, strict=True)
            if ours.processor_seconds is not None and other.processor_seconds
        ]
        return statistics.median(pairs) if pairs else None

    def __str__(self) -> str:
        ratio = statistics.median(self.ratios)
        verdict = "met" if ratio <= self.target else "MISSED"
        processor = "" if self.processor_ratio is None else f", processor time {self.processor_ratio:.2f}"
        return (
            f"{self.name}\n"
            f"    ratio {ratio:.2f} ({min(self.ratios):.2f} to {max(self.ratios):.2f}{processor}),"
            f" target at most {self.target:.2f}: {verdict}\n"
            f"    ours  {describe(self.ours)}\n    other {describe(self.other)}"
        )


def describe(samples: Sequence[Sample]) -> str:
    """Median with range, processor time and peak memory."""
    seconds = [sample.seconds for sample in samples]
    unit, factor = ("s", 1) if statistics.median(seconds) >= 1 else ("ms", 1000)
    text = f"{factor * statistics.median(seconds):.3g} {unit}"
    if len(samples) > 1:
        text += f" ({factor * min(seconds):.3g} to {factor * max(seconds):.3g})"
    if processor := [sample.processor_seconds for sample in samples if sample.processor_seconds is not None]:
        text += f", processor {factor * statistics.median(processor):.3g} {unit}"
    if peaks := [sample.peak_bytes for sample in samples if sample.peak_bytes is not None]:
        text += f", peak {max(peaks) / 2**20:.0f} MiB"
    return text


Measure = Callable[[], Sample]
"""Does the work once."""


def compare(
    name: str, ours: Measure, others: Mapping[str, tuple[Measure, float]], *, repeat: int, warm_up: bool = True
) -> list[Comparison]:
    """Measures ours and each other in turn, `repeat` times over, after one unmeasured turn if `warm_up`.

    Args:
        name: what ours does.
        ours: ours.
        others: by what they do, with the largest ratio aimed at.
        repeat: how many turns are measured.
        warm_up: whether one turn goes before.
    """
    measures = [ours, *(measure for measure, _ in others.values())]
    if warm_up:
        for measure in measures:
            measure()
    turns = [[measure() for measure in measures] for _ in range(repeat)]
    first, *rest = zip(*turns, strict=True)
    return [
        Comparison(f"{name} against {other}", first, samples, target)
        for (other, (_, target)), samples in zip(others.items(), rest, strict=True)
    ]


def run_process(command: Sequence[str], environment: Mapping[str, str], *, accept: Sequence[int] = (0,)) -> Measure:
    """A whole process from start to end; RuntimeError with what it printed if it fails."""

    def measure() -> Sample:
        started = time.perf_counter()
        with subprocess.Popen(
            command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            assert process.stdout is not None
            printed = process.stdout.read()
            sample = _wait(process, started)
        if process.returncode not in accept:
            raise RuntimeError(f"{command} exited {process.returncode}: {printed.decode(errors='replace')[-2000:]}")
        return sample

    return measure


def _wait(process: subprocess.Popen[bytes], started: float) -> Sample:
    if sys.platform == "win32":
        process.wait()
        return Sample(time.perf_counter() - started)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024
    return Sample(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, peak)
