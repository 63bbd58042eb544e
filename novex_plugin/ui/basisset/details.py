"""What is known of the selected dataset: owner, date, licence, services, and the rules that it serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QTextBrowser, QWidget

from novex_plugin.core.basisset.register import Register
from novex_plugin.core.dutch import day, number
from novex_plugin.ui.basisset.register_place import record_address
from novex_plugin.ui.basisset.shelf import Item
from novex_plugin.ui.basisset.sources import WORDS
from novex_plugin.ui.basisset.uses import Use

_RULES = "novex:rules"
_OTHER_WAYS = {"atom": "Atom", "download": "download", "website": "website"}


class Details(QTextBrowser):
    """Shows one dataset. All texts come from records of others and are shown as text; only http(s) links open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setAccessibleName(self.tr("Details of the dataset"))
        self.anchorClicked.connect(self._follow)
        self._item: Item | None = None
        self._register: Register | None = None
        self._rules_shown = False

    def show_item(self, item: Item | None, register: Register | None, state: str) -> None:
        """Show a dataset (None: none is selected), with its state in words."""
        if item is None or self._item is None or item.id != self._item.id:
            self._rules_shown = False
        self._item, self._register, self._state = item, register, state
        self._write()

    def loadResource(self, kind: int, name: QUrl) -> Any:
        """Nothing is loaded, whatever a text says."""
        return None

    def _write(self) -> None:
        if self._item is None:
            hint = escape(self.tr("Select a dataset to see what is known of it."))
            self.setHtml(f"<p>{hint}</p>")
            return
        item = self._item
        parts = [f"<p style='margin: 0'><b>{escape(item.title)}</b></p>"]
        if item.reason:
            parts.append(f"<p>{escape(self._state)}: {escape(item.reason)}</p>")
        parts += [_table(self._terms(item)), self._rules(item.uses), _table(self._ways(item))]
        if item.dataset is not None and item.dataset.abstract:
            parts.append(f"<p>{escape(item.dataset.abstract)}</p>")
        self.setHtml("".join(parts))

    def _terms(self, item: Item) -> Iterator[tuple[str, str]]:
        if item.owner:
            yield self.tr("Owner"), escape(item.owner)
        if item.dataset is not None:
            dates = item.dataset.dates
            stand = dates.revision or dates.publication or dates.creation or dates.record
            scale = f"1:{number(item.dataset.scale, 'aantal')}" if item.dataset.scale else ""
            yield self.tr("As of"), escape(" · ".join(part for part in (day(stand), scale) if part))
        licence = self._licence(item)
        if licence:
            yield self.tr("Licence"), licence

    def _ways(self, item: Item) -> Iterator[tuple[str, str]]:
        if item.dataset is not None and (ways := _ways(each.type for each in item.dataset.services if each.address)):
            yield self.tr("Services"), escape(ways)
        if item.file is not None and item.held is not None:
            yield self.tr("Pulled"), escape(self._pulled(item))
        page = record_address(self._register, item.id) if self._register and item.dataset else None
        if page:
            yield self.tr("Record"), _anchor(page, self.tr("open in the catalogue"))

    def _licence(self, item: Item) -> str:
        terms = item.dataset.licence if item.dataset else None
        held = item.held.licence if item.held else {}
        text = (terms.text if terms else held.get("text")) or ""
        url = (terms.url if terms else held.get("url")) or ""
        if url.lower().startswith(("http://", "https://")):
            return _anchor(url, text or url)
        return escape(text or url)

    def _pulled(self, item: Item) -> str:
        held = item.held
        if held is None or held.is_raster:
            return day(held.time if held else None)
        count = sum(each.features for each in held.layers)
        if count == 0:
            return self.tr("{date} · no features in this area").format(date=day(held.time))
        said = self.tr("{date} · 1 feature") if count == 1 else self.tr("{date} · {count} features")
        return said.format(date=day(held.time), count=number(count, "aantal"))

    def _rules(self, uses: tuple[Use, ...]) -> str:
        now = [use for use in uses if not use.candidate]
        later = [use for use in uses if use.candidate]
        if not uses:
            return f"<p style='margin: 3px 0'>{escape(self.tr('Not used by any rule.'))}</p>"
        said = []
        if now:
            text = self.tr("Used by 1 rule") if len(now) == 1 else self.tr("Used by {count} rules")
            said.append(text.format(count=len(now)))
        if later:
            text = self.tr("candidate for 1 rule") if len(later) == 1 else self.tr("candidate for {count} rules")
            said.append(text.format(count=len(later)))
        line = ", ".join(said)
        arrow = "▾" if self._rules_shown else "▸"
        listed = "".join(self._listed(uses)) if self._rules_shown else ""
        return f"<p style='margin: 3px 0'>{_anchor(_RULES, f'{line[:1].upper()}{line[1:]} {arrow}')}</p>{listed}"

    def _listed(self, uses: tuple[Use, ...]) -> Iterator[str]:
        programme = None
        for use in uses:
            if use.programme != programme:
                programme = use.programme
                yield f"<p style='margin-bottom: 0'><i>{escape(programme)}</i></p>"
            candidate = f" ({escape(self.tr('candidate'))})" if use.candidate else ""
            yield f"<p style='margin: 0 0 0 10px'>– {escape(use.text)}{candidate}</p>"

    def _follow(self, address: QUrl) -> None:
        if address.toString() == _RULES:
            self._rules_shown = not self._rules_shown
            place = self.verticalScrollBar().value()
            self._write()
            self.verticalScrollBar().setValue(place)
        elif address.scheme().lower() in ("http", "https"):
            QDesktopServices.openUrl(address)


def _table(rows: Iterator[tuple[str, str]]) -> str:
    """Rows of a name and its content, which is HTML already."""
    cells = (f'<tr><td style="padding-right: 8px">{escape(name)}</td><td>{content}</td></tr>' for name, content in rows)
    return f"<table>{''.join(cells)}</table>"


def _anchor(address: str, text: str) -> str:
    return f'<a href="{escape(address, quote=True)}">{escape(text)}</a>'


def _ways(types: Iterable[str]) -> str:
    words = {**WORDS, **_OTHER_WAYS}
    return ", ".join(dict.fromkeys(words[each] for each in types if each in words))
