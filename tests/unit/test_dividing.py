"""Amounts are divided without losing any, and joined by weight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novex_plugin.core.proposal.dividing import divided, weighed

WEIGHTS = st.lists(st.floats(0, 1e9), min_size=1, max_size=9)


@given(st.integers(0, 10**7), WEIGHTS)
def test_whole_amounts_are_divided_into_whole_parts(amount: int, weights: list[float]) -> None:
    parts = divided(amount, weights)
    assert sum(parts) == amount
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert part == int(part)
        if total > 0:
            assert abs(part - amount * weight / total) <= 1 + 1e-6


@given(st.floats(0.01, 1e7), WEIGHTS)
def test_measures_are_divided_in_proportion(amount: float, weights: list[float]) -> None:
    assert sum(divided(amount, weights)) == pytest.approx(amount)


def test_what_has_no_size_is_divided_evenly_and_nothing_is_refused() -> None:
    assert divided(7, [0, 0, 0]) == [3, 2, 2]
    with pytest.raises(ValueError, match="at least one part"):
        divided(7, [])


def test_shares_are_weighed() -> None:
    assert weighed([50, 100], [3, 1]) == 62.5
    assert weighed([50, 100], [0, 0]) == 75
