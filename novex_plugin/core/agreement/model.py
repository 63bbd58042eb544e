"""The agreed vocabulary as values: what a legend unit, an indicator and a code are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase, digits

GEOMETRY_TYPES = ("vlak", "lijn", "punt")


@dataclass(frozen=True)
class Text:
    """The same text in Dutch and in English."""

    nl: str
    en: str


@dataclass(frozen=True)
class Code:
    """An entry of a code list; `code` is what stands in the data and never changes.

    `provinces` holds the codes of the provinces in which an area lies; empty for what is no area.
    """

    code: str
    label: Text
    provinces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Symbol:
    """How a legend unit is drawn: colours as `#rrggbb`, form, and size (of a point) or width (of a line) in mm.

    `edge` is the outline of a point, where it is not that of an area.
    """

    fill: str
    outline: str
    pattern: str
    marker: str | None
    line: str | None
    size: float | None
    edge: str | None = None


@dataclass(frozen=True)
class Imow:
    """The concept of the IMOW value lists that comes nearest, with its symbol code for each geometry type."""

    list: str
    label: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class LegendUnit:
    """A class of the map. `geometry` holds `vlak`, `lijn`, `punt`; `required` the fields that must be filled; `roles`
    the codes of the roles in which it may be drawn."""

    code: str
    label: Text
    definition: Text
    programme: str
    perspective: str | None
    geometry: tuple[str, ...]
    symbol: Symbol
    indicators: tuple[str, ...]
    required: tuple[str, ...]
    hilucs: str
    imow: Imow | None
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Indicator:
    """A quantity that features contribute to.

    `adds` says how contributions add up: `sum`; `area` (ha) and `length` (km), which the geometry can check; `share`,
    weighed by the indicator `of`. `minimum` and `maximum` bound a single contribution.
    """

    id: str
    label: Text
    unit: str
    adds: str
    of: str | None
    minimum: float | None
    maximum: float | None
    years: tuple[int, ...]
    definition: Text


@dataclass(frozen=True)
class Scale:
    """Denominators: of the scale at which is drawn, and of the largest and smallest at which the map may be read."""

    drawn: int
    largest: int
    smallest: int


@dataclass(frozen=True)
class Format:
    """The format in which a part of a delivery is handed over."""

    part: str
    format: str
    epsg: int | None


@dataclass(frozen=True)
class NameRule:
    """How names of one kind are written: which signs besides lower-case letters and digits, and how many in all."""

    signs: str
    maximum: int
    note: Text

    def allows(self, name: str) -> bool:
        """Whether a name keeps to the rule."""
        return 0 < len(name) <= self.maximum and set(name) <= {*ascii_lowercase, *digits, *self.signs}


@dataclass(frozen=True)
class Strictness:
    """Which hardness a broken rule must have to keep a delivery from being final, by programme and otherwise."""

    default: frozenset[str]
    given: tuple[tuple[str, frozenset[str]], ...]

    @cached_property
    def programmes(self) -> Mapping[str, frozenset[str]]:
        """The hardnesses of the programmes that judge otherwise."""
        return dict(self.given)

    def blocks(self, programme: str, hardness: str) -> bool:
        """Whether a broken rule of this programme and hardness asks for an explanation before a final delivery."""
        return hardness in self.programmes.get(programme, self.default)


@dataclass(frozen=True)
class MetadataElement:
    """An element (ISO 19139, without prefix) that every metadata record holds, and what it tells."""

    element: str
    label: Text


@dataclass(frozen=True)
class MetadataRules:
    """What all metadata of a delivery have in common."""

    profile: str
    language: str
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    licence_url: str
    licence_text: str
    use_limitation: str
    elements: tuple[MetadataElement, ...]


@dataclass(frozen=True)
class Agreement:
    """One version of the vocabulary. `own_proposal` tells that no authority adopted it; `digest` is its file's;
    `files` and `layers` say how those are named."""

    id: str
    version: str
    date: str
    title: Text
    own_proposal: bool
    statement: Text
    schema_version: str
    scale: Scale
    formats: tuple[Format, ...]
    files: NameRule
    layers: NameRule
    strictness: Strictness
    metadata: MetadataRules
    code_lists: Mapping[str, tuple[Code, ...]]
    indicators: tuple[Indicator, ...]
    legend: tuple[LegendUnit, ...]
    digest: str

    @cached_property
    def units(self) -> Mapping[str, LegendUnit]:
        """Legend units by code."""
        return {unit.code: unit for unit in self.legend}

    @cached_property
    def indicator(self) -> Mapping[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    def codes(self, code_list: str) -> tuple[str, ...]:
        """The codes of a list, in its order. Raises KeyError when there is no such list."""
        return tuple(entry.code for entry in self.code_lists[code_list])

    def label(self, code_list: str, code: str) -> Text:
        """The label of a code; the code itself when the list has none."""
        labels = {entry.code: entry.label for entry in self.code_lists[code_list]}
        return labels.get(code, Text(code, code))

    def drawn_as(self, geometry_type: str) -> tuple[LegendUnit, ...]:
        """The legend units that may be a `vlak`, a `lijn` or a `punt`, in the order of the legend."""
        return tuple(unit for unit in self.legend if geometry_type in unit.geometry)
