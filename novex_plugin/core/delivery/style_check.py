"""Whether a style file of a delivery does no more than draw: QGIS can be told to run code from one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

MAXIMUM_BYTES = 32 * 1024 * 1024

_CODE = {
    "attributeactions": "acties",
    "editforminit": "een functie bij het openen van het formulier",
    "editforminitcode": "Python-code bij het openen van het formulier",
    "editforminitfilepath": "een Python-bestand bij het openen van het formulier",
    "editform": "een formulier uit een bestand",
    "attributeEditorHtmlElement": "een webpagina in het formulier",
    "attributeEditorQmlElement": "een programma (QML) in het formulier",
    "expressionfields": "berekende velden",
    "previewExpression": "een uitdrukking voor de weergave",
    "mapTip": "een kaarttip",
}
"""Elements of a QML file that can run code or load files, and what they are."""

_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE qgis[a-z-]*( PUBLIC '[^'\[\]<>]*' '[^'\[\]<>]*')?>")
"""The line that QGIS writes above a style or layer definition. It declares nothing; any other is refused."""


def style_problems(path: Path) -> list[str]:
    """Say in Dutch what a QML or SLD file holds beside drawing; an empty list when it is harmless."""
    from defusedxml.common import DefusedXmlException  # not needed at QGIS's start
    from defusedxml.ElementTree import ParseError, fromstring

    if path.stat().st_size > MAXIMUM_BYTES:
        return ["is groter dan 32 MiB"]
    content = _DOCUMENT_TYPE.sub(b"", path.read_bytes(), count=1)
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        return [f"is geen leesbare XML ({error})"]
    return sorted({f"bevat {_CODE[node.tag]}" for node in root.iter() if node.tag in _CODE and _active(node)})


def _active(node: Any) -> bool:
    """QGIS writes most of these elements empty; one that says nothing does nothing."""
    if node.tag == "attributeactions":
        return any(child.tag == "actionsetting" for child in node)
    if node.tag == "expressionfields":
        return len(node) > 0
    return bool((node.text or "").strip())
