"""A mapping: how the fields and values of an existing layer become those of the agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import file_digest, read_json
from novex_plugin.core.proposal.problems import absent

Value = str | int | float | None

_NOTHING = object()


@dataclass(frozen=True)
class Source:
    """Where a value comes from: `constant`, or the field `name` with translations."""

    name: str | None
    constant: Value = None
    values: Mapping[str, Value] = field(default_factory=dict)
    otherwise: Any = _NOTHING

    def column(self, table: FeatureTable) -> NDArray[np.object_]:
        """The values for all rows as text, None where absent; each different value is translated once."""
        result = np.full(len(table), as_text(self.constant), dtype=object)
        if self.name is None:
            return result
        texts = texts_of(table.columns[self.name])
        different, place = np.unique(texts.astype(str), return_inverse=True)
        translated = np.array([self._translated(text) for text in different.tolist()], dtype=object)
        empty = absent(texts)
        result[:] = translated[place] if len(different) else None
        result[empty] = None if self.otherwise is _NOTHING else as_text(self.otherwise)
        return result

    def _translated(self, text: str) -> str | None:
        if text in self.values:
            return as_text(self.values[text])
        return text if self.otherwise is _NOTHING else as_text(self.otherwise)


@dataclass(frozen=True)
class Contribution:
    """What a feature contributes: `value` in `unit` to `indicator`, realised in `year`."""

    indicator: str
    value: Source
    unit: str
    year: Source
    status: str | None


@dataclass(frozen=True)
class FieldMapping:
    """For each field of the agreement its source, and the contributions; `digest` is that of the file."""

    path: Path
    fields: Mapping[str, Source]
    contributions: tuple[Contribution, ...]
    digest: str


def as_text(value: Value) -> str | None:
    """A value as the text that mappings and code lists have it in: 3.0 is `3`, nan is None."""
    if isinstance(value, float):
        if np.isnan(value):
            return None
        return str(int(value)) if value.is_integer() else repr(value)
    return None if value is None else str(value).strip() or None


def texts_of(values: NDArray[Any]) -> NDArray[np.object_]:
    """A column as texts, None where absent."""
    result = np.empty(len(values), dtype=object)
    result[:] = [as_text(value) for value in values.tolist()]
    return result


def read_mapping(path: Path, agreement: Agreement) -> FieldMapping:
    """Read a mapping and hold it against the agreement.

    Raises InputError naming the place in the file: against the schema, an unknown indicator or a unit it does not have.
    """
    return mapping_of(read_json(path, "mapping"), agreement, path, f"sha256:{file_digest(path)}")


def mapping_of(content: Mapping[str, Any], agreement: Agreement, path: Path, digest: str = "") -> FieldMapping:
    """A mapping that follows the schema, held against the agreement; `path` is what messages name.

    Raises InputError as `read_mapping` does.
    """
    contributions = []
    for number, entry in enumerate(content.get("contributions", [])):
        indicator = agreement.indicator.get(entry["indicator"])
        place = f"$.contributions[{number}]"
        if indicator is None:
            known = ", ".join(agreement.indicator)
            problem = f"de indicator {entry['indicator'][:80]} staat niet in de afspraken."
            raise InputError(problem, f"Kies uit: {known}.", path, field=f"{place}.indicator")
        if entry["unit"] != indicator.unit:
            problem = f"{entry['unit'][:80]} is niet de eenheid van {indicator.id}."
            raise InputError(problem, f"Reken om naar {indicator.unit}.", path, field=f"{place}.unit")
        if entry.get("status") is not None and entry["status"] not in agreement.codes("status"):
            known = ", ".join(agreement.codes("status"))
            raise InputError("de status is onbekend.", f"Kies uit: {known}.", path, field=f"{place}.status")
        year = entry["year"] if isinstance(entry["year"], dict) else {"constant": entry["year"]}
        source = Contribution(indicator.id, _source(entry["value"]), indicator.unit, _source(year), entry.get("status"))
        contributions.append(source)
    fields = {name: _source(entry) for name, entry in content["fields"].items()}
    return FieldMapping(path, fields, tuple(contributions), digest)


def _source(entry: Mapping[str, Any]) -> Source:
    if "constant" in entry:
        return Source(None, constant=entry["constant"])
    return Source(entry["from"], values=entry.get("values", {}), otherwise=entry.get("otherwise", _NOTHING))


def check_fields(mapping: FieldMapping, table: FeatureTable) -> None:
    """Raise InputError for the first field that the mapping takes from and the layer does not have."""
    for place, source in _sources(mapping):
        if source.name is not None and source.name not in table.columns:
            raise InputError(
                f"het veld {source.name[:80]} staat niet in de laag {table.name}.",
                f"De laag heeft: {', '.join(table.columns)}.",
                mapping.path,
                field=place,
            )


def _sources(mapping: FieldMapping) -> Iterator[tuple[str, Source]]:
    for name, source in mapping.fields.items():
        yield f"$.fields.{name}.from", source
    for number, contribution in enumerate(mapping.contributions):
        yield f"$.contributions[{number}].value.from", contribution.value
        yield f"$.contributions[{number}].year.from", contribution.year
