"""What recomputing a delivery gave, as rows: where it says something else than what was found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from qgis.PyQt.QtWidgets import QWidget

from novex_plugin.core.dutch import number
from novex_plugin.ui.deliver.grouped import Group, GroupedView, Row
from novex_plugin.ui.deliver.making import not_recomputed

if TYPE_CHECKING:
    from novex_plugin.core.delivery.compare import Difference
    from novex_plugin.core.delivery.verify import Verification


class DifferencesView(GroupedView):
    """A table of differences by file, with what could not be judged below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Differences"))

    def show_outcome(self, found: Verification) -> None:
        """Show another outcome."""
        groups = [_of_file(file, list(each)) for file, each in groupby(found.differences, lambda each: each.file)]
        rules, others = not_recomputed(found.not_recomputed)
        left = [*others, *([self._rules(rules)] if rules else [])]
        if left:
            rows = tuple(Row((each, "", "")) for each in left)
            groups.append(Group((self.tr("Not recomputed"), "", ""), rows))
        self.show_groups((self.tr("Where"), self.tr("Says"), self.tr("Found")), groups)

    def summary(self, found: Verification) -> str:
        """The outcome in one line."""
        count = len(found.differences)
        one, several = self.tr("1 difference"), self.tr("{count} differences")
        told = one if count == 1 else several.format(count=number(count))
        rules, others = not_recomputed(found.not_recomputed)
        if rules:
            told = f"{told}; {self._rules(rules)}"
        return f"{told}; {'; '.join(others)}" if others and not rules else told

    def _rules(self, count: int) -> str:
        one = self.tr("1 rule not recomputed, as the data did not go along")
        several = self.tr("{count} rules not recomputed, as the data did not go along")
        return one if count == 1 else several.format(count=number(count))


def _of_file(file: str, found: Sequence[Difference]) -> Group:
    rows = tuple(Row((each.where or "–", each.says, each.found)) for each in found)
    return Group((file, "", ""), rows)
