"""SLD that other programmes than QGIS read as it is meant.

What QGIS writes is mended where a reader is known to take it for something else; QGIS reads the result as before.
"""

from __future__ import annotations

from dataclasses import replace

from qgis.PyQt.QtXml import QDomDocument

from novex_plugin.core.delivery.markup import Element, element, xml_document
from novex_plugin.qgis_adapter.area_symbols import DOTS_APART
from novex_plugin.qgis_adapter.stable_xml import stable_tree

_PLAIN = frozenset({"se:Rotation", "se:Gap", "se:InitialGap"})
_OPEN_MARKS = {"cross": "cross", "cross2": "x", "x": "x"}


def portable_sld(document: QDomDocument) -> bytes:
    """The SLD that QGIS exported, as canonical bytes that other programmes understand too."""
    return xml_document(_mended(stable_tree(document)))


def _mended(node: Element) -> Element:
    children = tuple(child if isinstance(child, str) else _mended(child) for child in node.children)
    node = replace(node, children=children)
    if node.name in _PLAIN:
        # MapServer takes the number itself, not a literal that holds it.
        return replace(node, children=(_text(node),))
    if node.name == "se:Mark":
        return _mark(node)
    if node.name == "se:GraphicFill" and _text(_first(node, "se:WellKnownName")) == "circle":
        # QGIS and GeoServer read the distance from a vendor option, MapServer from a gap.
        return replace(node, children=(*node.children, element("se:Gap", str(DOTS_APART))))
    return node


def _mark(mark: Element) -> Element:
    """A mark; of crosses the name that the standard gives, and no fill, or MapServer has no colour for the lines."""
    name = _OPEN_MARKS.get(_text(_first(mark, "se:WellKnownName")))
    if name is None:
        return mark
    parts = [part for part in mark.children if isinstance(part, Element)]
    kept = tuple(part for part in parts if part.name not in ("se:WellKnownName", "se:Fill"))
    return replace(mark, children=(element("se:WellKnownName", name), *kept))


def _first(node: Element, name: str) -> Element:
    """The first element of that name in the tree, an empty one where there is none."""
    if node.name == name:
        return node
    for child in node.children:
        if isinstance(child, Element) and (found := _first(child, name)).children:
            return found
    return Element(name)


def _text(node: Element) -> str:
    return "".join(child if isinstance(child, str) else _text(child) for child in node.children).strip()
