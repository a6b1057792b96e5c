"""Estimates with their intervals, and paired tests.

Exact where a few lines are exact, resampled where not, with a fixed seed: the same scores give the same numbers. scipy
has all of it but is 110 MB on disk; the tests hold these functions against values that scipy 1.17 gives.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVEL = 0.95
"""Of every interval."""
RESAMPLES = 10_000
SEED = 20_220_115
POWER = 0.8
"""With which chance the number of questions that is asked for would show a difference as large as the one seen."""
ENUMERATED = 12
"""Up to how many unequal pairs all 2^n sign patterns are tried instead of a random 10,000."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that was measured, with its 95 % interval and how many questions it rests on."""

    value: float
    low: float
    high: float
    n: int


def proportion(successes: int, n: int) -> Estimate | None:
    """A share with its Wilson score interval (Wilson 1927); None where there is nothing to count."""
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    p = successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    # At 0 and 1 the bounds are exact; rounding must not push the estimate out of its own interval.
    return Estimate(p, max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half)), n)


def mean(values: Sequence[float]) -> Estimate | None:
    """A mean with its percentile bootstrap interval (Efron 1979); None for no values."""
    if not values:
        return None
    if len(set(values)) == 1:
        return Estimate(values[0], values[0], values[0], len(values))
    import numpy as np

    low, high = _interval(_bootstrap(values, lambda drawn: np.mean(drawn, axis=1)))
    return Estimate(math.fsum(values) / len(values), low, high, len(values))


def quantile(values: Sequence[float], q: float) -> Estimate | None:
    """A quantile (0 to 1) with its percentile bootstrap interval; None for no values."""
    if not values:
        return None
    import numpy as np

    low, high = _interval(_bootstrap(values, lambda drawn: np.quantile(drawn, q, axis=1)))
    return Estimate(float(np.quantile(np.asarray(values, dtype=np.float64), q)), low, high, len(values))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement of two judges beyond chance (Cohen 1960), 1 at most; None if both always say the same one thing."""
    n = len(pairs)
    labels = {label for pair in pairs for label in pair}
    agreed = sum(one == other for one, other in pairs)
    chance = sum(sum(a == label for a, _ in pairs) * sum(b == label for _, b in pairs) for label in labels)
    return (agreed / n - chance / n**2) / (1 - chance / n**2) if len(labels) > 1 else None


def mcnemar(worse: int, better: int) -> float:
    """Exact one-sided McNemar test (1947): how likely at least so many flips would be for the worse by chance."""
    flips = worse + better
    return float(sum(math.comb(flips, k) for k in range(worse, flips + 1)) / 2**flips)


def permutation(differences: Sequence[float]) -> float:
    """One-sided paired permutation test (Fisher 1935): how likely a mean difference so low or lower is by chance.

    Under the null hypothesis each pair's difference may as well have the other sign.
    """
    import numpy as np

    unequal = np.asarray([one for one in differences if one != 0.0], dtype=np.float64)
    if not len(unequal):
        return 1.0
    seen = float(unequal.sum()) + 1e-9
    if len(unequal) <= ENUMERATED:
        patterns = np.arange(2 ** len(unequal))[:, None] >> np.arange(len(unequal)) & 1
        return float(np.mean((1 - 2 * patterns) @ unequal <= seen))
    signs = np.random.default_rng(SEED).integers(0, 2, size=(RESAMPLES, len(unequal)), dtype=np.int8)
    extreme = int(np.sum((1.0 - 2.0 * signs) @ unequal <= seen))
    # What was seen is one of the possible patterns: the estimate is never 0 (Phipson and Smyth 2010).
    return (extreme + 1) / (RESAMPLES + 1)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values that keep the chance of any false alarm over all tests (Holm 1979), in the given order."""
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[at]))
        adjusted[at] = highest
    return tuple(adjusted)


def attainable(changed: Sequence[int], alpha: float) -> tuple[bool, ...]:
    """Which of several paired tests could come out significant at all (Tarone 1990).

    With n pairs that differ no outcome has a smaller p-value than 2^-n. Tests that cannot reach the level that the
    correction would ask of them cannot raise a false alarm either, and are not corrected for.

    Args:
        changed: pairs that differ, for each test.
        alpha: level of all tests together.
    """
    for k in range(1, len(changed) + 1):
        able = tuple(2.0**-n <= alpha / k for n in changed)
        if sum(able) <= k:
            return able
    return ()


def needed(differences: Sequence[float], alpha: float) -> int | None:
    """How many questions would show such a difference at a one-sided level, with 80 % power; None if there is none.

    The usual normal approximation, ((z(1 - alpha) + z(power)) · sd / mean)².
    """
    n = len(differences)
    if n < 2:
        return None
    average = math.fsum(differences) / n
    if average == 0:
        return None
    variance = math.fsum((one - average) ** 2 for one in differences) / (n - 1)
    z = NormalDist().inv_cdf(1 - alpha) + NormalDist().inv_cdf(POWER)
    return max(2, math.ceil(z * z * variance / average**2))


def _bootstrap(values: Sequence[float], statistic: Callable[[Floats], Floats]) -> Floats:
    """A statistic of 10,000 resamples, made in blocks of at most 16 MB."""
    import numpy as np

    data = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(SEED)
    rows = max(1, 2_000_000 // len(data))
    blocks = [min(rows, RESAMPLES - done) for done in range(0, RESAMPLES, rows)]
    return np.concatenate([statistic(data[random.integers(0, len(data), size=(n, len(data)))]) for n in blocks])


def _interval(statistics: Floats) -> tuple[float, float]:
    import numpy as np

    low, high = np.quantile(statistics, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
