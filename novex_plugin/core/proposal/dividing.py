"""Amounts that are divided when a feature is split, and joined when features become one."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor


def divided(amount: float, weights: Sequence[float]) -> list[float]:
    """Divide an amount in proportion to weights; the parts add up to it exactly.

    A whole amount is divided into whole parts, what remains going to those that are nearest to the next. Without any
    weight all parts are alike. Raises ValueError without weights.
    """
    if not weights:
        raise ValueError("an amount is divided over at least one part")
    total = sum(weights)
    shares = [weight / total for weight in weights] if total > 0 else [1 / len(weights)] * len(weights)
    if float(amount).is_integer():
        return [float(part) for part in _whole(int(amount), shares)]
    parts = [amount * share for share in shares[:-1]]
    return [*parts, amount - sum(parts)]


def weighed(values: Sequence[float], weights: Sequence[float]) -> float:
    """The mean of shares (per cent) by weight; the plain mean where nothing weighs."""
    total = sum(weights)
    if total <= 0:
        return sum(values) / len(values)
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / total


def _whole(amount: int, shares: Sequence[float]) -> list[int]:
    exact = [amount * share for share in shares]
    parts = [floor(part) for part in exact]
    nearest = sorted(range(len(shares)), key=lambda place: exact[place] - parts[place], reverse=True)
    for place in nearest[: amount - sum(parts)]:
        parts[place] += 1
    return parts
