"""Scores of variants by the user's own criteria: a scale for each criterion, and a sum by the weights that were given.

Nothing here says which variant is better. A value that is lacking has no score, and a variant that lacks one has no
sum; a criterion on which all variants are the same by their own scale tells them apart in nothing and stays out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from novex_plugin.core.check.criteria import LESS, Criterion, Scale
from novex_plugin.core.check.variant_facts import Value

FULL = 100.0
_DECIMALS = 6

SAME = "alle varianten zijn gelijk; het criterium onderscheidt niet en telt niet mee in de gewogen som"
ALONE = "er zijn geen twee varianten met een waarde om een schaal tussen te leggen"


@dataclass(frozen=True)
class Scored:
    """A criterion with the values and scores (0 to 100) of the variants, in their order.

    `given` tells that the user gave the scale. `counts`: it takes part in the weighted sum.
    """

    criterion: Criterion
    values: Mapping[str, Value]
    scores: Mapping[str, float | None]
    scale: Scale | None
    given: bool
    counts: bool
    note: str | None


@dataclass(frozen=True)
class Weighted:
    """The weighted sum (0 to 100) of each variant, None where it cannot be told; `notes` says why.

    `weight` is the sum of the weights that count, `left_out` that of those that do not.
    """

    sums: Mapping[str, float | None]
    notes: Mapping[str, str]
    weight: float
    left_out: float


def scored(criterion: Criterion, values: Mapping[str, Value]) -> Scored:
    """Score the values of all variants by one criterion."""
    given = criterion.scale is not None
    nothing: dict[str, float | None] = dict.fromkeys(values)
    known = [each.value for each in values.values() if each.value is not None]
    if criterion.direction is None:
        return Scored(criterion, values, nothing, None, given, False, None)
    scale = criterion.scale or _spanned(known, criterion.direction)
    if scale is None:
        alone = len(known) < len(values) or len(values) < 2
        return Scored(criterion, values, nothing, None, given, bool(alone), ALONE if alone else SAME)
    scores = {name: _score(each.value, scale) for name, each in values.items()}
    return Scored(criterion, values, scores, scale, given, True, _note(known, scale, given))


def _spanned(known: Sequence[float], direction: str) -> Scale | None:
    """The scale between the least and the most of the variants; None when there is nothing between them."""
    if len(known) < 2 or min(known) == max(known):
        return None
    return Scale(max(known), min(known)) if direction == LESS else Scale(min(known), max(known))


def _score(value: float | None, scale: Scale) -> float | None:
    if value is None:
        return None
    part = (value - scale.worst) / (scale.best - scale.worst)
    return round(FULL * min(1.0, max(0.0, part)), _DECIMALS)


def _note(known: Sequence[float], scale: Scale, given: bool) -> str | None:
    if not given:
        return None
    least, most = sorted((scale.worst, scale.best))
    outside = sum(not least <= value <= most for value in known)
    where = "één variant" if outside == 1 else f"{outside} varianten"
    said = [f"bij {where} ligt de waarde buiten de schaal; de score is dan 0 of 100"] if outside else []
    if len(known) > 1 and min(known) == max(known):
        said.append("alle varianten zijn gelijk")
    return "; ".join(said) or None


def weighted(criteria: Sequence[Scored], variants: Sequence[str]) -> Weighted | None:
    """The weighted sum over the criteria that the user gave a weight; None when there is none with one above zero."""
    asked = [each for each in criteria if (each.criterion.weight or 0) > 0]
    if not asked:
        return None
    counting = [each for each in asked if each.counts]
    total = sum(each.criterion.weight or 0 for each in counting)
    sums: dict[str, float | None] = {}
    notes: dict[str, str] = {}
    for variant in variants:
        lacking = [each.criterion.label for each in asked if _lacks(each, variant)]
        if lacking or not counting:
            sums[variant] = None
            notes[variant] = f"geen score voor {', '.join(lacking)}" if lacking else "geen criterium onderscheidt"
        else:
            parts = ((each.criterion.weight or 0) * (each.scores[variant] or 0) for each in counting)
            sums[variant] = round(sum(parts) / total, _DECIMALS)
    left_out = sum(each.criterion.weight or 0 for each in asked) - total
    return Weighted(sums, notes, total, left_out)


def _lacks(each: Scored, variant: str) -> bool:
    return each.values[variant].value is None or (each.counts and each.scores[variant] is None)
