"""The criteria by which a user wants variants to be compared, read from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import file_digest, json_line, read_json

MORE, LESS = "more", "less"
_MOST = 1e12

Measure = Mapping[str, Any]
"""What is measured, as it stands in the file: `what` and the fields that go with it (see criteria.schema.json)."""


@dataclass(frozen=True)
class Scale:
    """The values that score 0 and 100."""

    worst: float
    best: float


@dataclass(frozen=True)
class Criterion:
    """A measure with what the user wants of it. Without `direction` the value is shown and not scored; without
    `weight` it stays out of the weighted sum; without `scale` the variants themselves span it."""

    id: str
    label: str
    weight: float | None
    measure: Measure
    direction: str | None
    scale: Scale | None


@dataclass(frozen=True)
class Criteria:
    """All criteria of a file, in its order."""

    file: Path
    title: str
    digest: str
    criteria: tuple[Criterion, ...]


def read_criteria(path: Path) -> Criteria:
    """Read criteria. Raises InputError, naming the line and the criterion, for a file that does not follow the schema,
    an id that occurs twice, a weight or a scale without a direction, and a scale that goes the other way."""
    content = read_json(path, "criteria")
    seen: set[str] = set()
    for number, entry in enumerate(content["criteria"]):
        problem = _problem(entry, seen)
        if problem is not None:
            field, said, remedy = problem
            line = json_line(path, ["criteria", number, field])
            raise InputError(said, remedy, path, row=entry["id"], field=field, line=line)
        seen.add(entry["id"])
    return Criteria(path, content["title"], f"sha256:{file_digest(path)}", tuple(map(_criterion, content["criteria"])))


def _criterion(entry: Mapping[str, Any]) -> Criterion:
    scale = entry.get("scale")
    return Criterion(
        id=entry["id"],
        label=entry["label"],
        weight=entry.get("weight"),
        measure=entry["measure"],
        direction=entry.get("direction"),
        scale=Scale(**scale) if scale else None,
    )


def _problem(entry: Mapping[str, Any], seen: set[str]) -> tuple[str, str, str] | None:
    """What is wrong with a criterion: field, problem and remedy."""
    direction, scale, measure = entry.get("direction"), entry.get("scale"), entry["measure"]
    if entry["id"] in seen:
        return "id", "dit id komt twee keer voor.", "Geef ieder criterium een eigen id."
    if entry.get("weight") is not None and direction is None:
        return "weight", "een gewicht zonder richting telt niets.", "Geef direction: more of less, of laat weight weg."
    if scale is not None and direction is None:
        return "scale", "een schaal zonder richting zegt niets.", "Geef direction: more of less, of laat scale weg."
    if scale is not None and scale["worst"] == scale["best"]:
        return "scale", "worst en best zijn gelijk.", "Geef twee verschillende waarden."
    if scale is not None and (scale["best"] > scale["worst"]) != (direction == MORE):
        return "scale", f"de schaal gaat de andere kant op dan direction {direction}.", "Wissel worst en best om."
    if scale is not None and not max(abs(scale["worst"]), abs(scale["best"])) <= _MOST:
        return "scale", "een getal van deze schaal is te groot.", "Geef getallen tot een biljoen (1e12)."
    counts_findings = measure.get("count") == "findings"
    if counts_findings and measure["outcome"] in {"voldoet", "niet_van_toepassing"}:
        return "measure", f"bevindingen hebben nooit de uitkomst {measure['outcome']}.", 'Tel regels: count "rules".'
    return None
