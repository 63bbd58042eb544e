"""The deliveries that were chosen to read: what each says of itself, and how judging it ended."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt

from novex_plugin.core.dutch import day

Role = Qt.ItemDataRole
_MOST_BYTES = 4 << 20
_LONGEST = 80
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Glance:
    """What a delivery says of itself, unjudged: only to tell one from another in a list."""

    province: str = ""
    variant: str = ""
    draft: bool | None = None
    moment: str = ""


def glance(path: Path) -> Glance:
    """Look into a zip without unpacking it; nothing is told of one that is strange."""
    from novex_plugin.core.delivery.places import MANIFEST

    try:
        with zipfile.ZipFile(path) as opened:
            names = [each for each in opened.infolist() if each.filename.endswith(f"/data/{MANIFEST}")]
            if len(names) != 1 or names[0].file_size > _MOST_BYTES:
                return Glance()
            with opened.open(names[0]) as packed:
                says = json.loads(packed.read(_MOST_BYTES))
        proposal = says["proposal"]
        province, variant, moment = (
            str(each)[:_LONGEST] for each in (proposal["province_name"], proposal["variant"], says["moment"])
        )
        return Glance(province, variant, bool(says["draft"]), moment)
    except (OSError, ValueError, LookupError, TypeError, RecursionError, zipfile.BadZipFile, zlib.error):
        return Glance()
    except (NotImplementedError, RuntimeError, EOFError):
        return Glance()


class Deliveries(QAbstractTableModel):
    """A row for each delivery, in the order in which they were added."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[Path, Glance, str]] = []

    def add(self, paths: Sequence[Path]) -> None:
        """Add those that are not there yet."""
        known = {path for path, _, _ in self._rows}
        new = [path for path in dict.fromkeys(paths) if path not in known]
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += [(path, glance(path), "") for path in new]
            self.endInsertRows()

    def remove(self, paths: Sequence[Path]) -> None:
        """Take these from the list; the files stay."""
        self.beginResetModel()
        self._rows = [row for row in self._rows if row[0] not in paths]
        self.endResetModel()

    def judge(self, path: Path, outcome: str) -> None:
        """Tell how something ended that was done with a delivery."""
        for number, (known, seen, _) in enumerate(self._rows):
            if known == path:
                self._rows[number] = (known, seen, outcome)
                self.dataChanged.emit(self.index(number, 0), self.index(number, self.columnCount() - 1))

    def path(self, row: int) -> Path:
        return self._rows[row][0]

    def by_age(self, paths: Sequence[Path]) -> list[Path]:
        """The same deliveries, the oldest first."""
        moments = {path: seen.moment for path, seen, _ in self._rows}
        return sorted(paths, key=lambda each: moments.get(each, ""))

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        return 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        heads = (self.tr("File"), self.tr("Province"), self.tr("Variant"), self.tr("As of"), self.tr("Outcome"))
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return heads[section]
        return None

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        path, seen, outcome = self._rows[index.row()]
        if role == Role.ToolTipRole:
            return outcome if index.column() == 4 and outcome else str(path)
        if role != Role.DisplayRole:
            return None
        kind = {None: "", True: self.tr("draft"), False: self.tr("final")}[seen.draft]
        variant = ", ".join(each for each in (seen.variant, kind) if each)
        moment = day(seen.moment) if seen.moment else ""
        return (path.name, seen.province, variant, moment, outcome)[index.column()]
