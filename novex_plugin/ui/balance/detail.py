"""What there is to know about one line of the balance, and the features that it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.balance import Line, Split
from novex_plugin.core.check.claims import Claim
from novex_plugin.core.check.ledger import Number, Total
from novex_plugin.core.dutch import quantity
from novex_plugin.ui.balance.arranging import TINTS, Row
from novex_plugin.ui.balance.on_map import Found
from novex_plugin.ui.balance.tints import BLUE
from novex_plugin.ui.balance.wording import TARGET_LOOKS, BalanceWords


class PartsModel(QAbstractTableModel):
    """The features of a row, the largest first: name and what it adds."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[Found, str]] = []

    def show(self, found: Sequence[Found], added: Mapping[str, Number], unit: str) -> None:
        """Show features with what they add in `unit`."""
        ordered = sorted(found, key=lambda each: (-float(added.get(each.id, 0)), each.name.casefold(), each.id))
        rows = [(each, quantity(added[each.id], unit) if each.id in added else "") for each in ordered]
        if [(each.id, each.name, text) for each, text in rows] == [
            (each.id, each.name, text) for each, text in self.rows
        ]:
            self.rows = rows
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt asks
        """As Qt asks."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt asks
        """As Qt asks."""
        return 0 if parent.isValid() else 2

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and amount."""
        found, amount = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return amount if index.column() else found.name
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class Detail(QWidget):
    """The details of the row that is looked at, hidden while there is none."""

    asked = pyqtSignal(object)
    """Ids of features (a tuple) to go to."""
    opened = pyqtSignal()
    """The features are to be listed."""

    def __init__(self, words: BalanceWords, parent: Any = None) -> None:
        super().__init__(parent)
        self._words = words
        self._row: Row | None = None
        self._html = ""
        self._kind: str | None = None
        """Whether the features are all areas, lines or points; empty when they are not, None when nobody looked."""
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDefaultStyleSheet(f"a {{ color: {BLUE.name()}; }}")
        self.text.setAccessibleName(self.tr("Details of the target"))
        self.text.anchorClicked.connect(self._followed)
        self.text.setMinimumHeight(4 * self.fontMetrics().height())
        self.made_of = QToolButton(self)
        self.made_of.setCheckable(True)
        self.made_of.setAutoRaise(True)
        self.made_of.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.made_of.toggled.connect(self._unfold)
        self.model = PartsModel(self)
        self.parts = QTreeView(self)
        self.parts.setModel(self.model)
        self.parts.setRootIsDecorated(False)
        self.parts.setUniformRowHeights(True)
        self.parts.setHeaderHidden(True)
        self.parts.setFrameShape(QTreeView.Shape.NoFrame)
        self.parts.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.parts.setAccessibleName(self.tr("The features that the figure is made of"))
        self.parts.header().setStretchLastSection(False)
        self.parts.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.parts.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.parts.clicked.connect(lambda _: self._ask_selected())
        self.parts.activated.connect(lambda _: self._ask_selected())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.text, 3)
        layout.addWidget(self.made_of)
        layout.addWidget(self.parts, 2)
        self.show_row(None, None)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the tab key stops."""
        return self.text, self.made_of, self.parts

    @property
    def nameless(self) -> bool:
        """Whether nobody told yet what kind of features the row is made of."""
        return self._row is not None and bool(self._row.features) and self._kind is None

    @property
    def row(self) -> Row | None:
        """What is shown."""
        return self._row

    def show_row(self, row: Row | None, agreement: Agreement | None) -> None:
        """Show the details of a row; the place in the text stays where it is while the row stays the same."""
        same = row is not None and self._row is not None and row.key == self._row.key
        known = same and row is not None and self._row is not None and row.features == self._row.features
        self._row = row
        self.setVisible(row is not None)
        if row is None or agreement is None:
            return
        html = self._told(row, agreement)
        if html != self._html:
            bar = self.text.verticalScrollBar()
            at = bar.value() if same else 0
            self._html = html
            self.text.setHtml(html)
            bar.setValue(at)
        self.made_of.setVisible(bool(row.features))
        self._kind = self._kind if known else None
        self._name_button(self._kind or "")
        self.parts.setVisible(bool(row.features) and self.made_of.isChecked())
        if row.features and self.made_of.isChecked():
            self.opened.emit()

    def show_parts(self, found: Sequence[Found], added: Mapping[str, Number]) -> None:
        """List the features of the row, and call them what they are."""
        row = self._row
        if row is None:
            return
        source = row.source
        unit = source.unit if isinstance(source, Line | Total) else ""
        if self.made_of.isChecked():
            self.model.show(found, added, unit)
        kinds = {each.geometry for each in found}
        self._kind = kinds.pop() if len(kinds) == 1 and len(found) == len(row.features) else ""
        self._name_button(self._kind)

    def _name_button(self, kind: str = "") -> None:
        count = len(self._row.features) if self._row else 0
        one, several = {
            "vlak": (self.tr("What is this made of? 1 area"), self.tr("What is this made of? {n} areas")),
            "lijn": (self.tr("What is this made of? 1 line"), self.tr("What is this made of? {n} lines")),
            "punt": (self.tr("What is this made of? 1 point"), self.tr("What is this made of? {n} points")),
        }.get(kind, (self.tr("What is this made of? 1 feature"), self.tr("What is this made of? {n} features")))
        self.made_of.setText(one if count == 1 else several.format(n=count))
        arrow = Qt.ArrowType.DownArrow if self.made_of.isChecked() else Qt.ArrowType.RightArrow
        self.made_of.setArrowType(arrow)

    def _unfold(self, unfolded: bool) -> None:
        self.made_of.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self.parts.setVisible(unfolded and self._row is not None and bool(self._row.features))
        if unfolded:
            self.opened.emit()

    def _ask_selected(self) -> None:
        chosen = {index.row() for index in self.parts.selectionModel().selectedRows()}
        ids = tuple(self.model.rows[number][0].id for number in sorted(chosen) if number < len(self.model.rows))
        if ids:
            self.asked.emit(ids)

    def _followed(self, link: QUrl) -> None:
        """A figure was clicked."""
        kind, _, code = link.toString().partition(":")
        source = self._row.source if self._row else None
        if isinstance(source, Line) and kind in ("precision", "status"):
            splits = source.by_precision if kind == "precision" else source.by_status
            if code in splits and splits[code].features:
                self.asked.emit(splits[code].features)
        elif self._row is not None and self._row.features:
            self.asked.emit(self._row.features)

    def _told(self, row: Row, agreement: Agreement) -> str:
        source = row.source
        if isinstance(source, Line):
            return self._target(source, agreement)
        if isinstance(source, str):
            return f"<p>{escape(source)}</p>"
        label = escape(agreement.indicator[source.indicator].label.nl)
        if isinstance(source, Claim):
            return f"<p><b>{label}</b></p><p>{escape(self._claimed(source))}</p>"
        drawn = escape(quantity(source.drawn, source.unit))
        return f'<p><b>{label}</b><br><a href="all:">{drawn}</a></p><p>{escape(source.definition)}</p>'

    def _claimed(self, claim: Claim) -> str:
        told = (
            self.tr("{n} features claim the same on {area} of shared ground. Counted: {counted}; not counted: {left}.")
            if claim.area_ha
            else self.tr("{n} features at the same place claim the same. Counted: {counted}; not counted: {left}.")
        )
        return told.format(
            n=len(claim.features),
            area=quantity(claim.area_ha, "ha"),
            counted=quantity(claim.counted, claim.unit),
            left=quantity(claim.left_out, claim.unit),
        )

    def _target(self, line: Line, agreement: Agreement) -> str:
        words, look = self._words, TARGET_LOOKS[line.outcome]
        asked = f"{words.asked(line)} {line.unit if line.unit != 'aantal' else ''}".strip()
        sign = f'<span style="color:{look.colour.name()}">{look.sign}</span>'
        said = [
            f"<b>{escape(line.label)}</b><br>{escape(line.place)}",
            f"{sign} {escape(words.in_words(line))}",
            self._parts(line, agreement),
            f"{escape(self.tr('Asked'))}: {escape(asked)}, {escape(words.years(line))} ({escape(line.status)})",
        ]
        if line.missing:
            said.insert(2, escape(self.tr("Missing: {what}.").format(what=words.missing(line))))
        said += [escape(text) for text in (line.reading, line.note, line.doubt) if text]
        said.append(f"{escape(self.tr('Source'))}: {escape(line.source)}")
        return "".join(f'<p style="margin:3px 0">{text}</p>' for text in said if text)

    def _parts(self, line: Line, agreement: Agreement) -> str:
        """Two small tables: how sure, and how far along; every figure leads to its features."""
        codes = [*TINTS, *(code for code in line.by_precision if code not in TINTS)]
        heads = {"precision": self.tr("Of known precision"), "status": self.tr("Status")}
        lists = (
            ("precision", "precisie", {code: line.by_precision[code] for code in codes if code in line.by_precision}),
            ("status", "status", line.by_status),
        )
        rows = []
        for kind, code_list, splits in lists:
            filled = {code: split for code, split in splits.items() if split.features}
            if filled:
                rows.append(f'<tr><td colspan="3"><i>{escape(heads[kind])}</i></td></tr>')
            for code, split in filled.items():
                rows.append(self._part(f"{kind}:{code}", _short(agreement, code_list, code), split, line.unit))
        if not rows:
            return ""
        return f'<table cellspacing="0" cellpadding="1" width="100%">{"".join(rows)}</table>'

    def _part(self, link: str, label: str, split: Split, unit: str) -> str:
        figure = escape(quantity(split.drawn, unit))
        count = len(split.features)
        told = self.tr("1 feature") if count == 1 else self.tr("{n} features").format(n=count)
        return (
            f'<tr><td>{escape(label)}</td><td align="right"><a href="{escape(link)}">{figure}</a></td>'
            f'<td align="right">{escape(told)}</td></tr>'
        )


def _short(agreement: Agreement, code_list: str, code: str) -> str:
    """The label of a code, without what comes after its colon."""
    return agreement.label(code_list, code).nl.partition(":")[0]
