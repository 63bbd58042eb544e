"""`nx ` in QGIS's search box finds a dataset, a legend unit, a rule or a feature, and goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeedback,
    QgsLocatorContext,
    QgsLocatorFilter,
    QgsLocatorResult,
    QgsVectorLayerFeatureSource,
)

from novex_plugin.core.errors import InputError
from novex_plugin.ui.look import icon

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

MOST = 12
"""Results of each kind: more would not be read."""

_LEAST = 2
"""Characters before features are searched: a province has thousands."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found: its kind (the step that shows it, or `feature`), id, name and what is told of it."""

    kind: str
    id: str
    name: str
    told: str = ""


@dataclass
class Searched:
    """What a search looks through, gathered in the main thread."""

    entries: list[Entry] = field(default_factory=list)
    features: list[QgsVectorLayerFeatureSource] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)


class Locator(QgsLocatorFilter):
    """Searches names and descriptions by all words that are typed, in any order. QGIS searches with a clone."""

    def __init__(self, iface: Any, workbench: Callable[[], Workbench]) -> None:
        super().__init__()
        self._iface = iface
        self._workbench = workbench
        self._searched = Searched()

    def release(self) -> None:
        """Take the filter out of the search box; QGIS deletes it."""
        self._iface.deregisterLocatorFilter(self)

    def clone(self) -> Locator:
        return Locator(self._iface, self._workbench)

    def name(self) -> str:
        return "novex"

    def displayName(self) -> str:
        return self.tr("NOVEX: datasets, legend, rules and features")

    def prefix(self) -> str:
        return "nx"

    def priority(self) -> QgsLocatorFilter.Priority:
        return QgsLocatorFilter.Priority.High

    def prepare(self, string: str, context: QgsLocatorContext) -> list[str]:
        """Called in the main thread before each search."""
        self._searched = _gathered(self._workbench())
        return []

    def fetchResults(self, string: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:
        """Called in a worker."""
        words = string.casefold().split()
        if not words or not (context.usingPrefix or len(string) > _LEAST):
            return
        counts: dict[str, int] = {}
        for entry in self._found(words, feedback):
            counts[entry.kind] = counts.get(entry.kind, 0) + 1
            if counts[entry.kind] <= MOST:
                self.resultFetched.emit(self._result(entry, words))

    def triggerResult(self, result: QgsLocatorResult) -> None:
        """Go to what was chosen."""
        kind, identifier = result.userData
        if kind == "feature":
            self._zoom_to(identifier)
        else:
            self._workbench().ask(kind, identifier)

    def _found(self, words: list[str], feedback: QgsFeedback) -> Iterator[Entry]:
        for entry in self._searched.entries:
            if feedback.isCanceled():
                return
            if _holds(f"{entry.name} {entry.told} {entry.id}", words):
                yield entry
        if sum(map(len, words)) >= _LEAST:
            yield from self._features(words, feedback)

    def _features(self, words: list[str], feedback: QgsFeedback) -> Iterator[Entry]:
        for source in self._searched.features:
            request = QgsFeatureRequest().setFlags(Qgis.FeatureRequestFlag.NoGeometry)
            request.setSubsetOfAttributes(["id", "naam", "legenda", "variant"], source.fields())
            for row in source.getFeatures(request):
                if feedback.isCanceled():
                    return
                entry = self._of_feature(row)
                if _holds(f"{entry.name} {entry.told} {entry.id}", words):
                    yield entry

    def _of_feature(self, row: QgsFeature) -> Entry:
        unit = self._searched.units.get(str(row["legenda"]), str(row["legenda"]))
        return Entry("feature", str(row["id"]), str(row["naam"] or unit), f"{unit} · {row['variant']}")

    def _result(self, entry: Entry, words: list[str]) -> QgsLocatorResult:
        groups = {
            "draw": self.tr("Legend"),
            "basisset": self.tr("Basisset"),
            "check": self.tr("Rules"),
            "feature": self.tr("Drawn"),
        }
        result = QgsLocatorResult()
        result.displayString, result.description = entry.name, entry.told
        result.group, result.icon = groups[entry.kind], icon("novex" if entry.kind == "feature" else entry.kind)
        result.score = 1.0 if entry.name.casefold().startswith(words[0]) else 0.5
        result.setUserData([entry.kind, entry.id])
        return result

    def _zoom_to(self, identifier: str) -> None:
        proposal = self._workbench().proposal
        found = proposal.feature(identifier) if proposal is not None else None
        if found is None:
            self._workbench().warn(self.tr("This feature is no longer there."))
            return
        layer, row = found
        canvas = self._iface.mapCanvas()
        layer.selectByIds([row.id()])
        canvas.zoomToFeatureIds(layer, [row.id()])
        canvas.flashFeatureIds(layer, [row.id()])


def _gathered(workbench: Workbench) -> Searched:
    """All that can be found now; what cannot be read is told elsewhere and left out here."""
    searched = Searched()
    proposal = workbench.proposal
    if proposal is not None:
        searched.units = {unit.code: unit.label.nl for unit in proposal.agreement.legend}
        searched.entries += (
            Entry("draw", unit.code, unit.label.nl, unit.programme) for unit in proposal.agreement.legend
        )
        searched.features = [QgsVectorLayerFeatureSource(layer) for layer in proposal.features.values()]
    standing = workbench.testing.standing
    if standing is not None:
        rules = (each.rule for each in standing.outcomes)
        searched.entries += (Entry("check", rule.id, rule.nl, rule.id) for rule in rules)
    searched.entries += _datasets(workbench)
    return searched


def _datasets(workbench: Workbench) -> list[Entry]:
    from novex_plugin.core.basisset.snapshot import read_snapshot

    if workbench.snapshot is None:
        return []
    try:
        datasets = read_snapshot(workbench.snapshot).datasets
    except InputError:
        return []
    return [Entry("basisset", each.id, each.title, each.owner or "") for each in datasets]


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
