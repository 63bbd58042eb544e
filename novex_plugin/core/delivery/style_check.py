"""Whether a style file of a delivery does no more than draw: QGIS can be told to run code from one, or to fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

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

_REACHING = re.compile(
    r"\b(env|eval|eval_template|load_layer|exif|is_file|is_directory|file_size|from_base64)\s*(\(|/\*|--)",
    re.IGNORECASE,
)
"""Functions of QGIS's expressions that reach outside the layers of a project: settings, files, text made into code.
A comment may stand between the name and its brackets."""

_ELSEWHERE = re.compile(
    r"^\s*((https?|ftps?|file|smb|jar|data|javascript|base64):|\\\\|[A-Za-z]:[\\/]|//|~?[\\/][\w.~-]+[\\/]"
    r"|(\.\.?[\\/])+)|://",
    re.IGNORECASE,
)
"""A place outside the style: as a whole text, or an address anywhere in one, as expressions name them."""

_NAMING = {"schemaLocation", "uom", "unit"}
"""Attributes whose addresses are names: nobody fetches them."""
_NAMES = ("http://www.opengis.net/", "http://www.opengeospatial.net/", "http://www.w3.org/")

_DEFINITION = {
    "qlr": (),
    "layer-tree-group": ("name", "checked", "expanded"),
    "layer-tree-layer": ("id", "name", "providerKey", "source", "checked", "expanded"),
    "maplayers": (),
    "maplayer": ("type",),
    "id": (),
    "datasource": (),
    "layername": (),
    "srs": (),
    "spatialrefsys": (),
    "wkt": (),
    "authid": (),
    "provider": (),
}
"""All that a layer definition of a snapshot is made of, with the attributes."""

_LEADS_ELSEWHERE = re.compile(r"EXTENSION|PARAMETERFILE|\+|://", re.IGNORECASE)
"""What the text of a coordinate system needs to name a grid or a pipeline of PROJ."""

_PROVIDERS = {"wms", "arcgismapserver", "arcgisfeatureserver"}


def style_problems(path: Path) -> list[str]:
    """Say in Dutch what a QML or SLD file holds beside drawing; an empty list when it is harmless."""
    root = _root(path)
    if isinstance(root, str):
        return [root]
    problems = {f"bevat {_CODE[node.tag]}" for node in root.iter() if node.tag in _CODE and _active(node)}
    for said in _said(root):
        if found := _REACHING.search(said):
            problems.add(f"bevat een uitdrukking die verder reikt dan het object zelf: {found.group(1).lower()}()")
        if _ELSEWHERE.search(said) and not said.strip().startswith(_NAMES):
            problems.add(f"verwijst naar buiten de levering: {said.strip()[:80]}")
    return sorted(problems)


def definition_problems(path: Path, address: str | None) -> list[str]:
    """Say in Dutch what a layer definition (QLR) holds beside layers of the service at `address`."""
    root = _root(path)
    if isinstance(root, str):
        return [root]
    problems = {f"bevat {node.tag}" for node in root.iter() if node.tag not in _DEFINITION}
    for node in root.iter():
        problems |= {
            f"bevat {node.tag} met {name}" for name in node.attrib if name not in _DEFINITION.get(node.tag, ())
        }
        if node.tag == "wkt" and _LEADS_ELSEWHERE.search(node.text or ""):
            problems.add("bevat een coördinatenstelsel dat naar bestanden verwijst")
        if node.tag == "provider" and node.text not in _PROVIDERS:
            problems.add(f"gebruikt de bron {str(node.text)[:40]}")
        if node.tag == "layer-tree-layer" and node.get("providerKey") not in _PROVIDERS:
            problems.add(f"gebruikt de bron {str(node.get('providerKey'))[:40]}")
        if node.tag in ("datasource", "layer-tree-layer"):
            source = (node.text if node.tag == "datasource" else node.get("source")) or ""
            if address is None or _host(source) != urlsplit(address).netloc:
                problems.add(f"verwijst naar een andere dienst dan de momentopname: {_host(source)[:80] or 'geen'}")
    return sorted(problems)


def _host(source: str) -> str:
    """The host that a data source of QGIS asks: of its one web address; nothing where there are more, or none."""
    quoted = re.findall(r"\burl='([^']*)'", source)
    addresses = quoted or parse_qs(source).get("url", [])
    host = urlsplit(unquote(addresses[0])) if len(addresses) == 1 else urlsplit("")
    return host.netloc if host.scheme in ("http", "https") else ""


def _root(path: Path) -> Any:
    """The root of an XML file, or what keeps it from being read."""
    from defusedxml.common import DefusedXmlException  # not needed at QGIS's start
    from defusedxml.ElementTree import ParseError, fromstring

    if not path.is_file():
        return "is geen gewoon bestand"
    if path.stat().st_size > MAXIMUM_BYTES:
        return "is groter dan 32 MiB"
    content = _DOCUMENT_TYPE.sub(b"", path.read_bytes(), count=1)
    try:
        return fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        return f"is geen leesbare XML ({error})"


def _said(root: Any) -> Iterator[str]:
    """Every text and attribute that a program could take for an expression or an address."""
    for node in root.iter():
        yield node.text or ""
        yield from (value for name, value in node.attrib.items() if name.rpartition("}")[2] not in _NAMING)


def _active(node: Any) -> bool:
    """QGIS writes most of these elements empty; one that says nothing does nothing."""
    if node.tag == "attributeactions":
        return any(child.tag == "actionsetting" for child in node)
    if node.tag == "expressionfields":
        return len(node) > 0
    return bool((node.text or "").strip())
