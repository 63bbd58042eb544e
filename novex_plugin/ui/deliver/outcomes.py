"""Changes between deliveries, and what was merged, as rows in groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry
from qgis.PyQt.QtWidgets import QWidget

from novex_plugin.core.dutch import number, quantity
from novex_plugin.ui.deliver.grouped import Group, GroupedView, Row

if TYPE_CHECKING:
    from novex_plugin.core.agreement import Agreement
    from novex_plugin.core.delivery.changes import Changes

_MOST = 2_000
"""Rows shown of one subject; the report holds all."""


class ChangesView(GroupedView):
    """What was added, changed and removed, by legend unit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Changes"))

    def show_changes(self, found: Changes, agreement: Agreement | None) -> None:
        """Show other changes."""
        by_unit: dict[str, list[Row]] = {}
        places = _places(found)
        for each in found.content["features"]:
            row = self._row(each, places.get((each["change"], each["id"])))
            by_unit.setdefault(each["unit"] or "", []).append(row)
        groups = []
        for unit in found.content["units"]:
            known = agreement.units.get(unit["unit"]) if agreement is not None else None
            label = known.label.nl if known is not None else unit["unit"] or self.tr("without legend unit")
            rows = tuple(by_unit.get(unit["unit"], ()))
            groups.append(Group((label, self._counts(unit), self._sizes(unit)), rows))
        groups += self._others(found.content)
        heads = (self.tr("Legend unit and feature"), self.tr("Change"), self.tr("Before and now"))
        self.show_groups(heads, groups)

    def summary(self, found: Changes) -> str:
        """The changes in one line."""
        counts = {key: number(count) for key, count in found.counts.items()}
        text = self.tr("{added} added · {changed} changed · {removed} removed · {unchanged} the same")
        return "\n".join([text.format(**counts), *found.content["notes"]])

    def _row(self, each: Mapping[str, Any], place: Any) -> Row:
        words = {"added": self.tr("added"), "changed": self.tr("changed"), "removed": self.tr("removed")}
        told = [f"{field['field']}: {_value(field['old'])} → {_value(field['new'])}" for field in each["fields"]]
        geometry = each["geometry"]
        if geometry is not None:
            told.append(self._moved(geometry))
        if each["contributions"]:
            told.append(self.tr("contributions"))
        return Row((each["name"] or each["id"], words[each["change"]], "; ".join(told)), place)

    def _moved(self, geometry: Mapping[str, float | None]) -> str:
        told = []
        if geometry["moved_m"]:
            told.append(self.tr("moved by {distance}").format(distance=quantity(geometry["moved_m"], "m")))
        if geometry["area_ha"]:
            told.append(f"{'+' if geometry['area_ha'] > 0 else ''}{quantity(geometry['area_ha'], 'ha')}")
        return ", ".join(told) or self.tr("another shape")

    def _counts(self, unit: Mapping[str, Any]) -> str:
        told = (
            (unit["added"], self.tr("{count} added")),
            (unit["changed"], self.tr("{count} changed")),
            (unit["removed"], self.tr("{count} removed")),
        )
        return " · ".join(text.format(count=number(count)) for count, text in told if count)

    def _sizes(self, unit: Mapping[str, Any]) -> str:
        for key, measure in (("area_ha", "ha"), ("length_km", "km"), ("number", "aantal")):
            if unit[key]["old"] or unit[key]["new"]:
                return f"{quantity(unit[key]['old'], measure)} → {quantity(unit[key]['new'], measure)}"
        return ""

    def _others(self, content: Mapping[str, Any]) -> Iterator[Group]:
        totals = [
            Row((f"{each['indicator']}, {each['place']}", "", f"{_sum(each, 'old')} → {_sum(each, 'new')}"))
            for each in content["totals"]
        ]
        rules = [
            Row((each["rule"], "", f"{_outcome(each['old'])} → {_outcome(each['new'])}")) for each in content["rules"]
        ]
        versions = [
            Row((each["what"], "", f"{each['old'] or '–'} → {each['new'] or '–'}")) for each in content["versions"]
        ]
        told = (
            (self.tr("Totals of the balance"), totals),
            (self.tr("Outcomes of rules"), rules),
            (self.tr("Versions"), versions),
        )
        for label, rows in told:
            if rows:
                yield Group((label, number(len(rows)), ""), tuple(rows))


class MergeView(GroupedView):
    """What was laid together, what was left out and why, and what does not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What was merged"))

    def show_content(self, content: Mapping[str, Any], agreement: Agreement | None) -> None:
        """Show the content of another report."""
        subjects = (
            (self.tr("Merged"), [self._delivery(each) for each in content["deliveries"]]),
            (
                self.tr("Left out"),
                [_line(each["file"], f"{each['reason']} {each['remedy']}") for each in content["skipped"]],
            ),
            (self.tr("Without a delivery"), [_line(each["name"], "") for each in content["missing"]]),
            (self.tr("Overlaps between provinces"), [self._overlap(each, agreement) for each in content["overlaps"]]),
            (self.tr("Ends at a border"), [self._gap(each, agreement) for each in content["gaps"] or ()]),
            (self.tr("Differences"), list(_differing(content["differences"]))),
            (self.tr("Notes"), [_line(each, "") for each in content["notes"]]),
        )
        groups = [Group((label, number(len(rows))), tuple(rows[:_MOST])) for label, rows in subjects if rows]
        self.show_groups((self.tr("Subject"), self.tr("What")), groups)

    def summary(self, content: Mapping[str, Any]) -> str:
        """What was merged, in one line."""
        text = self.tr("Merged: {merged} · left out: {skipped} · overlaps: {overlaps}")
        counts = {"merged": "deliveries", "skipped": "skipped", "overlaps": "overlaps"}
        return text.format(**{name: number(len(content[key])) for name, key in counts.items()})

    def _delivery(self, each: Mapping[str, Any]) -> Row:
        kind = self.tr("draft") if each["draft"] else self.tr("final")
        text = self.tr("{features} features, variant {variant}, {kind}, {file}")
        told = text.format(features=number(each["features"]), variant=each["variant"], kind=kind, file=each["file"])
        return _line(each["name"], told)

    def _overlap(self, each: Mapping[str, Any], agreement: Agreement | None) -> Row:
        sides = [_called(each, side, agreement) for side in ("a", "b")]
        return _line(" – ".join(sides), quantity(each["oppervlakte_ha"], "ha"))

    def _gap(self, each: Mapping[str, Any], agreement: Agreement | None) -> Row:
        name = each["naam"] or _unit(each["legenda"], agreement)
        text = self.tr("{length} along {province}")
        told = text.format(length=quantity(each["lengte_m"], "m"), province=each["buurprovincie"])
        return _line(f"{each['levering']} {name}", told)


def _line(first: str, second: str) -> Row:
    return Row((first, second))


def _differing(found: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for each in found:
        values = [f"{value['value']} ({', '.join(value['provinces'])})" for value in each["values"]]
        yield _line(each["what"], "; ".join(values))


def _called(each: Mapping[str, Any], side: str, agreement: Agreement | None) -> str:
    name = each[f"naam_{side}"] or _unit(each[f"legenda_{side}"], agreement)
    return f"{each[f'levering_{side}']} {name}"


def _unit(code: str, agreement: Agreement | None) -> str:
    known = agreement.units.get(code) if agreement is not None else None
    return known.label.nl if known is not None else code


def _value(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    return "–" if value is None else str(value)[:80]


def _sum(each: Mapping[str, Any], key: str) -> str:
    return quantity(each[key], each["unit"])


def _outcome(told: Mapping[str, Any] | None) -> str:
    return "–" if told is None else str(told["outcome"]).replace("_", " ")


def _places(found: Changes) -> dict[tuple[str, str], QgsGeometry]:
    """Where each feature lies, by its change and id: those removed where they lay."""
    laid = found.laid
    chosen = (
        ("added", laid.new, laid.added),
        ("removed", laid.old, laid.removed),
        ("changed", laid.new, laid.new_rows[found.changed]),
    )
    places = {}
    for change, rows, numbers in chosen:
        ids = rows.columns["id"][numbers].tolist()
        for name, shape in zip(ids, rows.geometry[numbers].tolist(), strict=True):
            if shape is not None:
                geometry = QgsGeometry()
                geometry.fromWkb(shape.wkb)
                places[change, str(name)] = geometry
    return places
