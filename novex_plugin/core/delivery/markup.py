"""XML and HTML as small trees that are written out the same way every time, with everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow, escaped or not (section 2.2)."""

_VOID = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})


@dataclass(frozen=True)
class Element:
    """An element: its name with prefix, its attributes in the order to write, its children."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element | str, ...] = ()


def element(name: str, *children: Element | str, **attributes: str) -> Element:
    """An element; `_` in an attribute's name stands for `:` when doubled and is dropped at the end (`class_`)."""
    named = tuple((key.rstrip("_").replace("__", ":").replace("_", "-"), value) for key, value in attributes.items())
    return Element(name, named, children)


def text(value: str) -> str:
    """Text as it may stand in XML and HTML: escaped, with forbidden control characters replaced."""
    return escape(_FORBIDDEN.sub("\ufffd", value), quote=True)


def xml_document(root: Element) -> bytes:
    """An indented XML document in UTF-8; elements that hold text keep it on one line."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(_xml_lines(root, "")) + "\n").encode()


def _xml_lines(node: Element, margin: str) -> Iterator[str]:
    opening = node.name + "".join(f' {name}="{text(value)}"' for name, value in node.attributes)
    elements = [child for child in node.children if isinstance(child, Element)]
    if not node.children:
        yield f"{margin}<{opening}/>"
    elif not elements:
        yield f"{margin}<{opening}>{''.join(text(str(child)) for child in node.children)}</{node.name}>"
    else:
        yield f"{margin}<{opening}>"
        for child in elements:
            yield from _xml_lines(child, margin + "  ")
        yield f"{margin}</{node.name}>"


def html_fragment(*nodes: Element | str) -> str:
    """HTML without added white space: text and elements may stand side by side."""
    return "".join(_html(node) for node in nodes)


def _html(node: Element | str) -> str:
    if isinstance(node, str):
        return text(node)
    opening = node.name + "".join(f' {name}="{text(value)}"' for name, value in node.attributes)
    if node.name in _VOID:
        return f"<{opening}>"
    return f"<{opening}>{html_fragment(*node.children)}</{node.name}>"
