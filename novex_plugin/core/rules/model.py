"""What a rule is, as values read from a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Value = str | float | tuple[str, ...]

VOLDOET = "voldoet"
OVERTREEDT = "overtreedt"
GEMOTIVEERD = "gemotiveerd"
NIET_VAN_TOEPASSING = "niet_van_toepassing"
NIET_TOETSBAAR = "niet_toetsbaar"
OUTCOMES = (VOLDOET, OVERTREEDT, GEMOTIVEERD, NIET_VAN_TOEPASSING, NIET_TOETSBAAR)

VERBOD = "verbod"
HARDNESS = (VERBOD, "pas_toe_of_leg_uit", "voorkeur", "advies")

YES_OR_NO = "ja_nee"
OPEN = "open"

LEAST_REASON = 20
"""Characters that a recorded reason has at least."""

PROVINCES = tuple(f"PV{number}" for number in range(20, 32))
EVERYWHERE = "alle"


@dataclass(frozen=True)
class Parameter:
    """A threshold or choice of a rule; `value` None means that the source gives none and nobody set one."""

    name: str
    value: Value | None
    unit: str
    source: str


@dataclass(frozen=True)
class Range:
    """From a number up to another, both included; None where it is open."""

    least: float | None
    most: float | None


@dataclass(frozen=True)
class SubjectFilter:
    """Which features a rule speaks about: legend units (groups resolved) in one of these roles.

    `statuses` and `precisions` empty: any. `size_ha` asks polygons of that area; `years` a period that touches it (a
    feature that names no year is asked too).
    """

    units: frozenset[str]
    roles: frozenset[str]
    statuses: frozenset[str] = frozenset()
    precisions: frozenset[str] = frozenset()
    size_ha: Range | None = None
    years: Range | None = None


@dataclass(frozen=True)
class Exemption:
    """A case in which a rule does not hold. With `subject` or `slots` the data tell it; without, people appeal to it
    in an explanation."""

    id: str
    nl: str
    en: str
    subject: SubjectFilter | None = None
    slots: tuple[str, ...] = ()

    @property
    def told_by_data(self) -> bool:
        """Whether it holds without anybody's appeal."""
        return self.subject is not None or bool(self.slots)


@dataclass(frozen=True)
class Statement:
    """A question that no geometry can answer, put to the maker of the proposal; `answer` is ja_nee or open."""

    id: str
    nl: str
    en: str
    answer: str = YES_OR_NO


@dataclass(frozen=True)
class Citation:
    """Where the rule comes from; sentences of the source are not repeated."""

    document: str
    annex: str
    programme: str
    choice: str | None

    def __str__(self) -> str:
        choice = f", structurerende keuze {self.choice}" if self.choice else ""
        return f"{self.document}, {self.annex}, {self.programme}{choice}"


@dataclass(frozen=True)
class Tolerance:
    """What is too small to be a finding: borders that two makers drew apart, not overlap.

    A part counts when it is larger than `area_m2` (polygons) or `length_m` (lines) and than `share` of its feature.
    """

    area_m2: float
    length_m: float
    share: float


@dataclass(frozen=True)
class Rule:
    """A constraint; `slots` name the datasets that play its object, `combine` whether any or all of them together.

    `area_types` says for readers where the rule holds; on the map that follows from the datasets, from `area_slots`
    (only features that lie there are asked) and from `novex_areas` (only features that name one of them). `status` and
    `certainty` tell whether it holds and how near it stays to the source.
    """

    id: str
    version: str
    programme: str
    nl: str
    en: str
    kind: str
    subject: SubjectFilter
    slots: tuple[str, ...]
    combine: str
    parameters: Mapping[str, Parameter]
    hardness: str
    exemptions: tuple[Exemption, ...]
    provinces: frozenset[str]
    area_types: tuple[str, ...]
    from_ijkmoment: int
    citation: Citation
    note: str | None
    novex_areas: frozenset[str] = frozenset()
    area_slots: tuple[str, ...] = ()
    from_date: date | None = None
    until_date: date | None = None
    status: str = "geldend"
    certainty: str = "letterlijk"
    question: Statement | None = None

    def holds_in(self, province: str) -> bool:
        """Whether the rule speaks about this province (`PV20` to `PV31`)."""
        return province in self.provinces

    @property
    def all_slots(self) -> tuple[str, ...]:
        """Every slot that the rule reads: its objects and its area."""
        return tuple(dict.fromkeys((*self.slots, *self.area_slots)))


@dataclass(frozen=True)
class Catalogue:
    """The rules of one programme, from one file; `digest` is the file's."""

    id: str
    release: str
    programme: str
    title: str
    file: Path
    digest: str
    tolerance: Tolerance
    rules: tuple[Rule, ...]
    statements: tuple[Statement, ...] = ()
