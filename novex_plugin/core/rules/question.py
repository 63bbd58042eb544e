"""What a rule kind is asked and what it answers: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.dutch import quantity
from novex_plugin.core.features.levels import Levels
from novex_plugin.core.features.overlay import Geometries, Indexed, Rows
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, OVERTREEDT, Rule, Tolerance

WHOLE = -1
"""Stands for a row where a finding is about the whole variant, not about one feature."""

_DIGITS = 8

DRAWN_FIELDS = (
    "legenda",
    "rol",
    "programma",
    "naam",
    "precisie",
    "status",
    "start_jaar",
    "eind_jaar",
    "horizon",
    "provincie",
    "novex_gebied",
    "meervoudig",
    "trede",
    "trede_reden",
    "toelichting",
    "bron",
)
"""Columns of the features that rules may read."""

SCALE = {"ha": 1e-4, "m": 1.0, "aantal": 1.0}


@dataclass(frozen=True)
class Subjects:
    """The features a rule speaks about: `ids` and `columns` go with the rows of `shapes` (EPSG:28992, m)."""

    ids: NDArray[np.object_]
    shapes: Indexed
    columns: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.ids)

    def has_unit(self, units: Collection[str]) -> NDArray[np.bool_]:
        """Which features have one of these legend units, as their own or as another on the same ground."""
        texts, place = np.unique(self.columns["meervoudig"].astype(str), return_inverse=True)
        also = [bool({part.strip() for part in text.split(",")} & set(units)) for text in texts.tolist()]
        own = np.isin(self.columns["legenda"].astype(str), list(units))
        found: NDArray[np.bool_] = own | np.array(also, dtype=bool)[place]
        return found


@dataclass(frozen=True)
class Question:
    """A rule put to features and objects. `parameters` all have a value; `drawn` is all that is drawn and stays, the
    subjects among it; `levels` stands in the place of objects for a kind that reads levels; `contributions` and
    `statements` are rows of the tables bijdrage and verklaring of this variant."""

    rule: Rule
    parameters: Mapping[str, Any]
    subjects: Subjects
    drawn: Subjects
    objects: Indexed | None
    levels: Levels | None
    contributions: FeatureTable
    statements: FeatureTable
    tolerance: Tolerance

    @property
    def required_objects(self) -> Indexed:
        """The objects of a kind that cannot do without. Raises ValueError when there are none."""
        if self.objects is None:
            raise ValueError(f"{self.rule.id} needs a dataset")
        return self.objects

    def drawn_as(self, parameter: str) -> Indexed:
        """What is drawn as one of the legend units that a parameter lists; nothing when the rule has no such one."""
        units = [str(unit) for unit in self.parameters.get(parameter, ())]
        rows = np.isin(self.drawn.columns["legenda"].astype(str), units)
        return Indexed(self.drawn.shapes.geometry[rows])


@dataclass(frozen=True)
class Found:
    """Findings as arrays of one length. `rows` point into the subjects, or are WHOLE; `geometry` may hold None."""

    rows: Rows
    geometry: Geometries
    measured: NDArray[np.float64]
    limit: NDArray[np.float64]
    unit: NDArray[np.object_]
    outcome: NDArray[np.object_]
    message: NDArray[np.object_]


def _none() -> Found:
    words, numbers = np.empty(0, dtype=object), np.empty(0, dtype=np.float64)
    return Found(np.empty(0, dtype=np.int64), words, numbers, numbers, words, words, words)


_NONE = _none()


@dataclass(frozen=True)
class Answer:
    """Findings of one rule. `applies` tells which subjects the rule turned out to speak about; `whole` whether the
    variant as a whole was measured; `missing` what could not be measured at all; `untested` which subjects lack what
    the rule reads of them."""

    found: Found
    applies: NDArray[np.bool_]
    whole: bool = False
    missing: tuple[str, ...] = field(default=())
    untested: NDArray[np.bool_] | None = None


class Kind:
    """A kind of rule: what it needs, and how it measures."""

    NAME: ClassVar[str]
    LABEL: ClassVar[str]
    UNITS: ClassVar[Mapping[str, str]] = {}
    """Parameters it takes, with the unit in which they stand."""
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    """Parameters it cannot measure without. Others count only where the rule names them."""
    COLUMNS: ClassVar[tuple[str, ...]] = ()
    """Columns of the features that it reads."""
    OBJECTS: ClassVar[str] = "nodig"
    """Whether a dataset is `nodig`, `mogelijk` or `geen`."""
    SHAPES: ClassVar[bool] = False
    """Whether it measures shapes even for a rule without a dataset."""
    EVERYWHERE: ClassVar[bool] = False
    """Whether objects matter however far from what is drawn."""
    WITHOUT_SUBJECTS: ClassVar[bool] = False
    """Whether it also speaks about a variant in which no such feature is drawn."""

    LEVELS: ClassVar[bool] = False
    """Whether its object is a level: a raster, or polygons with a value."""
    DRAWN: ClassVar[tuple[str, ...]] = ()
    """Parameters that list legend units: what is drawn as one of these matters beside the subjects."""

    def judged_alone(self, rule: Rule) -> bool:
        """Whether each feature is judged by itself, so that one can be judged without the other subjects. A share is
        one of all subjects, or of what lies in an object, together."""
        return "share_pct" not in rule.parameters

    def units_beside(self, parameters: Mapping[str, Any]) -> frozenset[str]:
        """The legend units of what is drawn that matters beside the subjects of a rule with these parameters."""
        return frozenset(str(unit) for name in self.DRAWN for unit in parameters.get(name) or ())

    def asks_without_subjects(self, rule: Rule) -> bool:
        """Whether the rule is also put to a variant in which nothing of its subject is drawn."""
        return self.WITHOUT_SUBJECTS

    def lacking(self, names: Collection[str], slots: Sequence[str]) -> tuple[str, ...] | None:
        """Parameters of which a rule of this kind still has to name one or more, None when it is complete."""
        return None if set(self.REQUIRED) <= set(names) else self.REQUIRED

    def measure(self, question: Question) -> Answer:
        """Measure the rule on its subjects."""
        raise NotImplementedError


def findings(
    rows: Rows,
    message: str,
    geometry: Geometries | None = None,
    measured: NDArray[np.float64] | float = np.nan,
    limit: float = np.nan,
    unit: NDArray[np.object_] | str | None = None,
    outcome: str = OVERTREEDT,
) -> Found:
    """Findings that share a message and limit. In the message `{gemeten}` and `{grens}` are filled in, with unit."""
    count = len(rows)
    if not count:
        return _NONE
    shapes = np.full(count, None, dtype=object) if geometry is None else geometry
    values = significant(np.broadcast_to(np.asarray(measured, dtype=np.float64), (count,)))
    units = np.full(count, unit, dtype=object) if unit is None or isinstance(unit, str) else unit
    texts = np.empty(count, dtype=object)
    texts[:] = [
        message.format(gemeten=quantity(value, each), grens=quantity(limit, each))
        for value, each in zip(values.tolist(), units.tolist(), strict=True)
    ]
    return Found(rows, shapes, values, np.full(count, limit), units, np.full(count, outcome, dtype=object), texts)


def significant(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rounded to eight digits: more is noise of the coordinates, less would hide a difference of a millionth. What is
    told is what is held against a limit, so that nothing of 1.0 ha is larger than 1 ha."""
    size = np.abs(values)
    known = np.isfinite(size) & (size > 0)
    scale = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(size, out=np.zeros_like(size), where=known)))
    rounded: NDArray[np.float64] = np.where(known, np.round(values * scale) / scale, values) + 0.0
    return rounded


def joined(*parts: Found) -> Found:
    """Several findings as one."""
    some = [part for part in parts if len(part.rows)]
    if len(some) < 2:
        return some[0] if some else _NONE
    names = ("rows", "geometry", "measured", "limit", "unit", "outcome", "message")
    return Found(*(np.concatenate([getattr(part, name) for part in some]) for name in names))


def nothing() -> Found:
    """No findings."""
    return _NONE


def whole() -> Rows:
    """The row of a finding about the whole variant."""
    return np.array([WHOLE], dtype=np.int64)


def unanswered(subjects: NDArray[np.bool_], lacking: str) -> Found:
    """One finding for all subjects that lack the same thing, with their number; nothing when none does."""
    count = int(subjects.sum())
    if not count:
        return nothing()
    message = f"Bij {count} van {len(subjects)} objecten: {lacking}.".replace("?.", "?")
    text = message.replace("{", "{{").replace("}", "}}")
    return findings(whole(), text, measured=float(count), unit="objecten", outcome=NIET_TOETSBAAR)


def explained(rows: Rows, message: str) -> Found:
    """Features that depart from the rule with a reason that is already on them."""
    return findings(rows, message, outcome=GEMOTIVEERD)


def units_of(geometry: Geometries) -> NDArray[np.object_]:
    """The unit in which each geometry is measured: ha, m or aantal."""
    names = np.array(["aantal", "m", "ha"], dtype=object)
    units: NDArray[np.object_] = names[np.maximum(shapely.get_dimensions(geometry), 0)]
    return units
