"""A mapping while it is being made: guessed from names and values, changed field by field, saved as novex-mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import check_schema, read_json
from novex_plugin.core.proposal.mapping import mapping_of, texts_of
from novex_plugin.core.proposal.schema import feature_columns

Entry = dict[str, Any]
"""A source as novex-mapping has it: `constant`, or `from` with `values` and `otherwise`."""

_LEFT_OUT = ("id", "gewijzigd")
_KNOWN_AS = {
    "legenda": ("legenda", "legenda_eenheid", "code", "type", "functie", "bestemming", "categorie", "soort"),
    "naam": ("naam", "name", "omschr", "omschrijving", "titel", "projectnaam", "plannaam", "locatie"),
    "toelichting": ("toelichting", "opm", "opmerking", "opmerkingen", "notitie"),
    "status": ("status", "fase", "planstatus"),
    "rol": ("rol",),
    "programma": ("programma",),
    "precisie": ("precisie", "nauwkeurigheid"),
    "start_jaar": ("start_jaar", "startjaar", "start", "beginjaar", "jaar_start"),
    "eind_jaar": ("eind_jaar", "eindjaar", "gereed", "oplevering", "jaar_gereed", "einde"),
    "horizon": ("horizon", "zichtjaar"),
    "novex_gebied": ("novex_gebied", "novexgebied", "novex"),
    "meervoudig": ("meervoudig", "ook"),
    "trede": ("trede", "ladder"),
    "bron": ("bron", "source"),
    "variant": ("variant",),
    "provincie": ("provincie",),
}
"""What fields are called elsewhere, the most telling name first."""

MOST_VALUES = 200
"""Different values that can be given a translation one by one."""


class Draft:
    """`fields` and `contributions` are as in the file; `title` is what the file says of itself."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.fields: dict[str, Entry] = {}
        self.contributions: list[Entry] = []
        self.title = ""

    def content(self) -> dict[str, Any]:
        """The mapping as it is saved; it may still lack what is required."""
        made: dict[str, Any] = {"format": "novex-mapping", "version": "1.0", "fields": dict(self.fields)}
        if self.title:
            made["title"] = self.title
        if self.contributions:
            made["contributions"] = list(self.contributions)
        return made

    def checked(self, name: str) -> dict[str, Any]:
        """The mapping, held against the schema and the agreement. Raises InputError; `name` stands in its message."""
        content = self.content()
        check_schema(content, "mapping", name)
        mapping_of(content, self.agreement, Path(name))
        return content

    def load(self, path: Path) -> None:
        """Take a saved mapping instead. Raises InputError, with this one as it was, when it cannot be used."""
        content = read_json(path, "mapping")
        mapping_of(content, self.agreement, path)
        self.fields = {name: dict(entry) for name, entry in content["fields"].items()}
        self.contributions = [dict(each) for each in content.get("contributions", [])]
        self.title = str(content.get("title", ""))

    def absent_fields(self, present: Iterable[str]) -> tuple[str, ...]:
        """The fields that are taken from and that the layer does not have."""
        known = set(present)
        sources = [*self.fields.values()]
        for each in self.contributions:
            sources += [source for source in (each["value"], each["year"]) if isinstance(source, dict)]
        return tuple(dict.fromkeys(each["from"] for each in sources if "from" in each and each["from"] not in known))

    def guess(self, table: FeatureTable) -> None:
        """Take fields whose name says what they hold, and translate values that are a code or a label."""
        by_name = {name.casefold(): name for name in table.columns}
        taken: set[str] = set()
        for column in columns_of(self.agreement):
            names = _KNOWN_AS.get(column.name, ())
            found = next((by_name[name] for name in names if name in by_name and by_name[name] not in taken), None)
            if found is not None:
                taken.add(found)
                values = self.translations(column, table, found)
                self.fields[column.name] = {"from": found, "values": values} if values else {"from": found}
        for indicator in self.agreement.indicators:
            field = by_name.get(indicator.id.casefold())
            if field is not None and field not in taken and table.columns[field].dtype.kind in "if":
                self.add_contribution(indicator.id, field)

    def add_contribution(self, indicator: str, field: str | None = None) -> None:
        """Add a contribution to an indicator, out of a field or of nothing yet."""
        year = self.fields.get("eind_jaar")
        source: Entry = {"from": field} if field else {"constant": None}
        told = self.agreement.indicator[indicator]
        self.contributions.append(
            {"indicator": indicator, "value": source, "unit": told.unit, "year": dict(year) if year else None}
        )

    def translations(self, column: Column, table: FeatureTable, field: str) -> dict[str, str]:
        """Values of a field that are a label of the code list, or a code in other letters, to their codes."""
        labels = {label.casefold(): code for code, label in choices(self.agreement, column)}
        codes = {_plain(code): code for code, _ in choices(self.agreement, column)}
        made = {}
        for text, _ in different(table, field)[:MOST_VALUES]:
            wanted = codes.get(_plain(text)) or labels.get(text.casefold())
            if wanted is not None and wanted != text:
                made[text] = wanted
        return made


def columns_of(agreement: Agreement) -> tuple[Column, ...]:
    """The fields of the agreement that a mapping can fill."""
    return tuple(each for each in feature_columns(agreement, "vlak") if each.name not in _LEFT_OUT)


def choices(agreement: Agreement, column: Column) -> list[tuple[str, str]]:
    """Codes with their Dutch labels, of the list that a field is filled from; empty for a free field."""
    if column.name == "legenda":
        return [(unit.code, unit.label.nl) for unit in agreement.legend]
    if column.name in agreement.code_lists:
        return [(code.code, code.label.nl) for code in agreement.code_lists[column.name]]
    return []


def different(table: FeatureTable, field: str) -> list[tuple[str, int]]:
    """The values of a field as texts, with how often each stands there, the most frequent first; no absent ones."""
    counts: dict[str, int] = {}
    for text in texts_of(table.columns[field]).tolist():
        if text is not None:
            counts[text] = counts.get(text, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def unknown_values(entry: Mapping[str, Any], known: Iterable[str], values: Iterable[tuple[str, int]]) -> int:
    """How many different values of a field become no code of its list."""
    codes, translated = set(known), entry.get("values", {})
    if "otherwise" in entry:
        return 0
    return sum(1 for text, _ in values if translated.get(text, text) not in codes)


def _plain(text: str) -> str:
    return text.strip().casefold().replace(" ", "_").replace("-", "_")
