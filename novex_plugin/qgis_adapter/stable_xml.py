"""XML that QGIS made, written the same way every time.

Qt writes attributes in an order by chance, and QGIS gives symbol layers and rules random identifiers.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qgis.PyQt.QtXml import QDomDocument, QDomElement, QDomNode

from novex_plugin.core.delivery.markup import Element, xml_document

_RANDOM = re.compile(r"\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}")


def stable_xml(document: QDomDocument) -> bytes:
    """The document with sorted attributes and with random identifiers replaced by their rank of appearance."""
    return xml_document(stable_tree(document))


def stable_tree(document: QDomDocument) -> Element:
    """The same as a tree."""
    return _element(document.documentElement(), {})


def without_weight(node: Element) -> Element:
    """A style without what says nothing: overrides of nothing, and label fonts, which are those of this machine."""
    children = tuple(child if isinstance(child, str) else without_weight(child) for child in node.children)
    kept = tuple(child for child in children if isinstance(child, str) or not _is_idle(child))
    return replace(node, children=kept)


def _is_idle(node: Element) -> bool:
    if node.name == "labelStyle":
        return True
    if node.name == "data_defined_properties":
        return not _overrides(node)
    # Without a scale of its own a size is on paper.
    given = dict(node.attributes)
    return given.get("name", "").endswith("map_unit_scale") and given.get("value") == "3x:0,0,0,0,0,0"


def _overrides(node: Element) -> bool:
    """Whether anything is drawn from data."""
    below = [child for child in node.children if isinstance(child, Element)]
    if ("name", "properties") in node.attributes:
        return bool(below)
    return any(_overrides(child) for child in below)


def _element(node: QDomElement, identifiers: dict[str, str]) -> Element:
    given = node.attributes()
    attributes = sorted((given.item(i).nodeName(), given.item(i).nodeValue()) for i in range(given.count()))
    named = tuple((name, _stable(value, identifiers)) for name, value in attributes)
    children = [_child(child, identifiers) for child in _children(node)]
    return Element(node.nodeName(), named, tuple(child for child in children if child is not None))


def _children(node: QDomElement) -> list[QDomNode]:
    found = node.childNodes()
    return [found.item(i) for i in range(found.count())]


def _child(node: QDomNode, identifiers: dict[str, str]) -> Element | str | None:
    if node.isElement():
        return _element(node.toElement(), identifiers)
    return node.nodeValue() if node.isText() or node.isCDATASection() else None


def _stable(value: str, identifiers: dict[str, str]) -> str:
    def rank(found: re.Match[str]) -> str:
        return identifiers.setdefault(found.group(), f"{{00000000-0000-0000-0000-{len(identifiers):012x}}}")

    return _RANDOM.sub(rank, value)
