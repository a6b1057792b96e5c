"""Values of scipy 1.17.1 unless another source is named."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.estimates import Estimate, attainable, holm, mcnemar, mean, needed, permutation, proportion, quantile

SIXTY = [
    0.044, 0.186, 0.039, -0.451, 0.212, 0.074, -0.221, 0.114, 0.049, 0.028, -0.051, 0.104, -0.281, -0.109, -0.205, 0.12,
    -0.048, -0.148, -0.295, -0.137, -0.058, -0.143, 0.328, 0.242, -0.873, -0.627, -0.112, -0.187, 0.004, 0.005, 0.575,
    -0.394, -0.173, 0.553, 0.134, 0.139, -0.214, -0.554, -0.01, -0.027, -0.428, -0.265, -0.082, -0.343, -0.089, -0.031,
    -0.049, -0.212, 0.118, 0.207, 0.036, -0.305, 0.159, -0.21, 0.204, -0.382, 0.214, -0.066, -0.435, -0.154,
]  # fmt: skip


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(0, 10, 0.0, 0.277533), (9, 10, 0.59585, 0.982124), (118, 139, 0.780063, 0.899012), (10, 10, 0.722467, 1.0)],
)
def test_wilson(successes: int, n: int, low: float, high: float) -> None:
    estimate = proportion(successes, n)
    assert estimate is not None
    assert (estimate.value, estimate.n) == (successes / n, n)
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=1e-6)


@given(st.integers(1, 500), st.data())
def test_a_proportion_lies_in_its_interval(n: int, data: st.DataObject) -> None:
    estimate = proportion(data.draw(st.integers(0, n)), n)
    assert estimate is not None
    assert 0.0 <= estimate.low <= estimate.value <= estimate.high <= 1.0


def test_bootstrap_of_a_mean() -> None:
    estimate = mean([0.0, 0.5, 1, 1, 1, 0.25, 1, 0, 0.75, 1, 1, 0.5])
    assert estimate is not None
    assert estimate.value == pytest.approx(2 / 3)
    assert (estimate.low, estimate.high) == pytest.approx((0.4375, 0.875), abs=0.011)
    assert mean([0.5, 0.5]) == Estimate(0.5, 0.5, 0.5, 2)


def test_bootstrap_of_quantiles() -> None:
    times = [12, 15, 18, 22, 30, 31, 33, 40, 55, 80, 120, 300]
    median, tail = quantile(times, 0.5), quantile(times, 0.95)
    assert median is not None
    assert tail is not None
    assert (median.low, median.high) == pytest.approx((20.0, 67.5), abs=1.0)
    assert tail.value == pytest.approx(201.0)


def test_nothing_to_estimate_is_none_and_not_a_number() -> None:
    assert (proportion(0, 0), mean([]), quantile([], 0.5)) == (None, None, None)


@pytest.mark.parametrize(
    ("worse", "better", "p"),
    [(9, 0, 0.001953125), (8, 0, 0.00390625), (6, 1, 0.0625), (3, 2, 0.5), (0, 4, 1.0), (20, 11, 0.07480639219284058)],
)
def test_mcnemar(worse: int, better: int, p: float) -> None:
    assert mcnemar(worse, better) == pytest.approx(p)


def test_permutation_is_exact_for_few_pairs() -> None:
    differences = [-0.5, -0.25, 0, 0.1, -0.3, -0.2, 0.05, -0.4]
    assert permutation(differences) == pytest.approx(0.03125)
    total = sum(differences)
    signed = [
        sum(s * d for s, d in zip(signs, differences, strict=True)) for signs in itertools.product((1, -1), repeat=8)
    ]
    assert permutation(differences) == sum(one <= total + 1e-9 for one in signed) / 2**8


def test_permutation_of_many_pairs_is_near_the_exact_value() -> None:
    assert permutation(SIXTY) == pytest.approx(0.0155, abs=0.004)
    assert permutation(SIXTY) == permutation(SIXTY)
    assert permutation([-1.0] * 60) == 1 / 10_001
    assert permutation([0.0, 0.0]) == 1.0


def test_holm_as_in_the_textbook() -> None:
    # In order 0.005 · 4, 0.01 · 3, 0.03 · 2, and 0.04 · 1, which may not fall below the one before.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == ()


def test_needed_is_the_usual_sample_size() -> None:
    # Mean -0.1, standard deviation 0.3: (1.645 + 0.842)² · 9 = 55.6.
    sd = 0.3 * (99 / 100) ** 0.5
    differences = [-0.1 - sd, -0.1 + sd] * 50
    assert needed(differences, 0.05) == 56
    assert needed([0.0, 0.0], 0.05) is None
    assert needed([-1.0], 0.05) is None


def test_tests_that_cannot_come_out_significant_are_not_corrected_for() -> None:
    # Level 0.05 / 2 for the two with 6 and 9 changes: 2^-6 = 0.016; 2^-5 = 0.031 is no longer able.
    assert attainable([0, 6, 5, 9], 0.05) == (False, True, False, True)
    assert attainable([0, 1, 4], 0.05) == (False, False, False)
    assert attainable([5, 0], 0.05) == (True, False)
    assert attainable([100, 100], 0.05) == (True, True)
    assert attainable([], 0.05) == ()
