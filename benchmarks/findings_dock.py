"""The dock of findings with 50,000 of them: first paint, and each filter, against the models that Qt and QGIS offer.

python -m benchmarks.findings_dock [FINDINGS [ROUNDS]], with QT_QPA_PLATFORM=offscreen.

The peers hold the same rows: a QSortFilterProxyModel over a QStandardItemModel in a QTreeView, as most plugins do it,
and a memory layer with the same columns in QGIS's own attribute table, filtered with its expression.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import shapely
from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsVectorLayer,
    QgsVectorLayerCache,
)
from qgis.gui import QgsAttributeTableFilterModel, QgsAttributeTableModel, QgsAttributeTableView, QgsMapCanvas
from qgis.PyQt.QtCore import QMetaType, QSortFilterProxyModel
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QTreeView

from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.check.findings import COLUMNS
from novex_plugin.core.check.standing import Standing
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, OVERTREEDT, VOLDOET
from novex_plugin.core.rules.question import nothing
from novex_plugin.ui.check.entries import Entries
from novex_plugin.ui.check.sieve import Sieve
from novex_plugin.ui.check.views import TABLE, FindingViews

FIRST_PAINT_MS, FILTER_MS = 300.0, 100.0
"""What this project promises."""

NAMES = ("uitkomst", "regel", "programma", "hardheid", "kenmerk", "melding")
SIEVES = {
    "outcome": Sieve(outcomes=frozenset({OVERTREEDT})),
    "hardness": Sieve(outcomes=frozenset({OVERTREEDT, GEMOTIVEERD}), without_hardness=frozenset({"advies"})),
    "text": Sieve(outcomes=frozenset({OVERTREEDT, GEMOTIVEERD}), text="plek 77"),
    "extent": Sieve(outcomes=frozenset({OVERTREEDT, GEMOTIVEERD}), extent=(100_000.0, 400_000.0, 150_000.0, 450_000.0)),
}


def made(count: int) -> tuple[Standing, dict[str, tuple[str, str]]]:
    """So many findings over all rules, on a tenth as many features, and what those are called."""
    random = np.random.default_rng(7)
    rules = [rule for catalogue in read_catalogues() for rule in catalogue.rules]
    outcomes = [RuleOutcome(rule, str(random.choice([OVERTREEDT, VOLDOET])), "", nothing()) for rule in rules]
    features = [f"kenmerk-{number:06d}" for number in range(max(count // 10, 1))]
    names = {feature: (f"Plek {number}", f"Eenheid {number % 60}") for number, feature in enumerate(features)}
    chosen, whose = random.integers(0, len(rules), count), random.integers(0, len(features), count)
    columns: dict[str, Any] = {column.name: np.full(count, None, dtype=object) for column in COLUMNS}
    columns["id"][:] = [f"bevinding-{number}" for number in range(count)]
    columns["regel"][:] = [rules[place].id for place in chosen]
    columns["programma"][:] = [rules[place].programme for place in chosen]
    columns["hardheid"][:] = [rules[place].hardness for place in chosen]
    columns["kenmerk"][:] = [features[place] for place in whose]
    columns["uitkomst"][:] = random.choice([OVERTREEDT, GEMOTIVEERD, NIET_TOETSBAAR], count, p=[0.8, 0.1, 0.1])
    columns["gemeten"], columns["grens"] = random.uniform(0, 20, count), np.zeros(count)
    columns["eenheid"][:] = "ha"
    columns["melding"][:] = [f"{value:.1f} ha ligt waar dit niet kan." for value in columns["gemeten"].tolist()]
    west, south = random.uniform(20_000, 270_000, count), random.uniform(310_000, 610_000, count)
    geometry = shapely.box(west, south, west + 200, south + 200)
    return Standing(
        tuple(outcomes), FeatureTable("bevinding", geometry, columns), "2026-11-20T08:00:00Z", "basis"
    ), names


class Ours:
    """The dock's own list, as a tree or a table."""

    def __init__(self, standing: Standing, names: dict[str, tuple[str, str]], grouping: str) -> None:
        self._standing, self._names, self._grouping = standing, names, grouping

    def first(self) -> None:
        self.entries = Entries(self._standing, self._names, {})
        self.view = FindingViews()
        self.view.resize(340, 600)
        self.view.group_by(self._grouping)
        self._show(SIEVES["outcome"])
        self.view.grab()

    def filter(self, name: str) -> int:
        rows = self._show(SIEVES[name])
        self.view.grab()
        return len(rows)

    def _show(self, sieve: Sieve) -> Any:
        rows = sieve.passed(self.entries)
        rows = rows[rows < self.entries.findings]
        self.view.show_rows(self.entries, rows)
        return rows


class _Proxy(QSortFilterProxyModel):
    def __init__(self, rows: list[tuple[Any, ...]], boxes: Any) -> None:
        super().__init__()
        self._rows, self._boxes = rows, boxes
        self.sieve = SIEVES["outcome"]

    def filterAcceptsRow(self, row: int, parent: Any) -> bool:  # noqa: N802
        sieve, values = self.sieve, self._rows[row]
        if values[0] not in sieve.outcomes or values[3] in sieve.without_hardness:
            return False
        if sieve.text and not all(word in values[-1] for word in sieve.text.casefold().split()):
            return False
        if sieve.extent is None:
            return True
        box = self._boxes[row]
        return bool(
            box[0] <= sieve.extent[2]
            and box[2] >= sieve.extent[0]
            and box[1] <= sieve.extent[3]
            and box[3] >= sieve.extent[1]
        )


class Standard:
    """QSortFilterProxyModel over QStandardItemModel."""

    def __init__(self, standing: Standing, names: dict[str, tuple[str, str]]) -> None:
        self._standing, self._names = standing, names

    def first(self) -> None:
        columns = self._standing.findings.columns
        rows = list(zip(*(columns[name].tolist() for name in NAMES), strict=True))
        rules = {each.rule.id: each.rule.nl for each in self._standing.outcomes}
        known = [
            (*row, f"{rules[row[1]]} {row[1]} {row[2]} {' '.join(self._names[row[4]])} {row[5]}".casefold())
            for row in rows
        ]
        self.model = QStandardItemModel(0, len(NAMES))
        for row in rows:
            self.model.appendRow([QStandardItem(str(value)) for value in row])
        self.proxy = _Proxy(known, shapely.bounds(self._standing.findings.geometry).tolist())
        self.proxy.setSourceModel(self.model)
        self.view = QTreeView()
        self.view.setUniformRowHeights(True)
        self.view.resize(340, 600)
        self.view.setModel(self.proxy)
        self.view.grab()

    def filter(self, name: str) -> int:
        self.proxy.sieve = SIEVES[name]
        self.proxy.invalidateFilter()
        self.view.grab()
        return self.proxy.rowCount()


class Attributes:
    """A memory layer in QGIS's attribute table, whose filter is an expression."""

    def __init__(self, standing: Standing, names: dict[str, tuple[str, str]]) -> None:
        self._standing, self._names = standing, names

    def first(self) -> None:
        columns = self._standing.findings.columns
        rules = {each.rule.id: each.rule.nl for each in self._standing.outcomes}
        fields = QgsFields()
        for name in (*NAMES, "tekst", "w", "s", "e", "n"):
            number = len(name) == 1
            fields.append(QgsField(name, QMetaType.Type.Double if number else QMetaType.Type.QString))
        self.layer = QgsVectorLayer("None", "bevindingen", "memory")
        self.layer.dataProvider().addAttributes(fields.toList())
        self.layer.updateFields()
        boxes = shapely.bounds(self._standing.findings.geometry).tolist()
        rows = zip(*(columns[name].tolist() for name in NAMES), strict=True)
        features = []
        for row, box in zip(rows, boxes, strict=True):
            text = f"{rules[row[1]]} {row[1]} {row[2]} {' '.join(self._names[row[4]])} {row[5]}".casefold()
            feature = QgsFeature(self.layer.fields())
            feature.setAttributes([*row, text, *box])
            features.append(feature)
        self.layer.dataProvider().addFeatures(features)
        self.canvas = QgsMapCanvas()
        self.cache = QgsVectorLayerCache(self.layer, len(features))
        self.model = QgsAttributeTableModel(self.cache)
        self.model.loadLayer()
        self.filtered = QgsAttributeTableFilterModel(self.canvas, self.model)
        self.view = QgsAttributeTableView()
        self.view.resize(340, 600)
        self.view.setModel(self.filtered)
        self.filter("outcome")

    def filter(self, name: str) -> int:
        sieve = SIEVES[name]
        outcomes = ", ".join(f"'{each}'" for each in sorted(sieve.outcomes))
        parts = [f'"uitkomst" IN ({outcomes})', *(f"\"hardheid\" <> '{each}'" for each in sieve.without_hardness)]
        parts += [f"strpos(\"tekst\", '{word}') > 0" for word in sieve.text.casefold().split()]
        if sieve.extent is not None:
            west, south, east, north = sieve.extent
            parts += [f'"w" <= {east}', f'"e" >= {west}', f'"s" <= {north}', f'"n" >= {south}']
        expression = QgsExpression(" AND ".join(parts))
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(self.layer))
        self.filtered.setFilterExpression(expression, context)
        self.filtered.filterFeatures()
        self.view.grab()
        return int(self.filtered.rowCount())


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    result = act()
    return (perf_counter() - start) * 1_000, result


def main(findings: int = 50_000, rounds: int = 5) -> int:
    """Print the medians, and give 1 when answers differ or a promise is not kept."""
    application = QgsApplication([], True)
    application.initQgis()
    standing, names = made(findings)
    peers: dict[str, Callable[[], Any]] = {
        "NOVEX Puzzel, tree": lambda: Ours(standing, names, "programma"),
        "NOVEX Puzzel, table": lambda: Ours(standing, names, TABLE),
        "QSortFilterProxyModel": lambda: Standard(standing, names),
        "QGIS attribute table": lambda: Attributes(standing, names),
    }
    times: dict[str, dict[str, list[float]]] = {peer: {} for peer in peers}
    answers: dict[str, list[int]] = {}
    for _ in range(rounds):
        for peer, make in peers.items():
            shown = make()
            times[peer].setdefault("first paint", []).append(timed(shown.first)[0])
            answers[peer] = []
            for name in SIEVES:
                spent, count = timed(lambda shown=shown, name=name: shown.filter(name))
                times[peer].setdefault(name, []).append(spent)
                answers[peer].append(count)
    medians = {peer: {name: statistics.median(each) for name, each in spent.items()} for peer, spent in times.items()}
    heads = ["first paint", *SIEVES]
    print(f"\n{findings:,} findings, median of {rounds} rounds, milliseconds\n")
    print(f"| | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}")
    for peer, spent in medians.items():
        print(f"| {peer} | {' | '.join(f'{spent[name]:,.0f}' for name in heads)} |")
    same = len({tuple(each) for each in answers.values()}) == 1
    ours = [spent for peer, spent in medians.items() if peer.startswith("NOVEX")]
    kept = all(
        spent["first paint"] <= FIRST_PAINT_MS and max(spent[name] for name in SIEVES) <= FILTER_MS for spent in ours
    )
    print(f"\nAnswers equal: {'yes' if same else 'NO'} ({answers['NOVEX Puzzel, tree']}). Promise kept: {kept}.")
    sys.stdout.flush()
    return 0 if same and kept else 1


if __name__ == "__main__":
    # Qt's widgets and application go in an order that Python does not keep at its end.
    os._exit(main(*(int(argument) for argument in sys.argv[1:])))
