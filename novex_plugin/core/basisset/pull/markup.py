"""XML and GML from servers, looked at before anything else touches them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Safe

from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.features.gdal_guard import guarded_gdal, opened_with_gdal

_PROLOG_BYTES = 256 * 1024
_DOCUMENT_BYTES = 64 * 1024 * 1024
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[^<>]*?)?)/?>", re.DOTALL)
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SIDE_NOTES = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_TEXT = "String"


@dataclass(frozen=True)
class Root:
    """The root element of a document: its local name and its attributes by name as written."""

    name: str
    attributes: Mapping[str, str]


def root_of(path: Path) -> Root:
    """Read the root element's tag without parsing the rest. Raises PullFailure for HTML, no XML, or a DOCTYPE.

    A DOCTYPE can only stand before the root element: without one there are no entities that could grow.
    """
    with path.open("rb") as stream:
        start = stream.read(_PROLOG_BYTES)
    if not start.strip():
        raise PullFailure("de server gaf een leeg antwoord.")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:64]:
        raise PullFailure("het antwoord is geen XML in UTF-8 of een andere gangbare codering.")
    plain = _SIDE_NOTES.sub(b"", start).removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain[:9].upper() == b"<!DOCTYPE":
        kind = "HTML" if b"html" in plain[:40].lower() else "XML met een DOCTYPE, die wij om veiligheid weigeren"
        raise PullFailure(f"de server gaf {kind} in plaats van gegevens.")
    found = _ROOT.match(plain)
    if found is None:
        shown = plain[:80].decode("utf-8", "replace")
        raise PullFailure(f"de server gaf geen XML (het begint met {shown!r}).")
    name = found.group(2).decode()
    if name.lower() == "html":
        raise PullFailure("de server gaf HTML in plaats van gegevens.")
    pairs = {key.decode(): (double or single) for key, double, single in _ATTRIBUTE.findall(found.group(3))}
    return Root(name, {key: value.decode("utf-8", "replace") for key, value in pairs.items()})


def parsed(path: Path) -> Element:
    """A small document (capabilities, a feed, a schema) as a tree, without entities or DOCTYPE.

    Raises PullFailure when it is too large, not XML, or an exception report of the server's.
    """
    root_of(path)
    if path.stat().st_size > _DOCUMENT_BYTES:
        raise PullFailure(f"het antwoord is groter dan {_DOCUMENT_BYTES >> 20} MiB.")
    try:
        found: Any = Safe.fromstring(path.read_bytes(), forbid_dtd=True)
    except (Safe.ParseError, DefusedXmlException, ValueError) as error:
        raise PullFailure(f"het antwoord is geen goede XML ({error}).") from error
    root: Element = found
    if local(root.tag) in {"ExceptionReport", "ServiceExceptionReport"}:
        raise PullFailure(f"de server meldt: {said(root)}")
    return root


def local(tag: Any) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child_text(element: Element, name: str) -> str:
    """The text of the first child with this local name, empty when there is none."""
    return next(((each.text or "").strip() for each in element if local(each.tag) == name), "")


def said(root: Element) -> str:
    """The text of an exception report, on one line."""
    return " ".join(" ".join(root.itertext()).split())[:400] or "een fout zonder tekst"


def ends_whole(path: Path, root: Root) -> bool:
    """Whether the document's last tag closes its root element."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 4096))
        tail = stream.read().rstrip()
    tail = re.sub(rb"(\s*<!--.*?-->)*\s*$", b"", tail, flags=re.DOTALL)
    return re.search(rb"</([\w.-]+:)?" + re.escape(root.name.encode()) + rb"\s*>$", tail) is not None or (
        tail.endswith(b"/>") and path.stat().st_size < 4096
    )


def prepare_gml(path: Path, types: Mapping[str, str]) -> None:
    """Lay a GDAL schema file beside a GML file in which no value loses anything.

    GDAL guesses types from values, so that the code 0363 becomes the number 363. Here an attribute has the type in
    which the server describes it, and is text where it does not. Raises PullFailure for what is no whole GML.
    """
    root = root_of(path)
    if root.name in {"ExceptionReport", "ServiceExceptionReport"}:
        parsed(path)
    if not ends_whole(path, root):
        raise PullFailure("het antwoord is afgebroken: het einde van de XML ontbreekt.")
    schema = path.with_suffix(".gfs")
    schema.unlink(missing_ok=True)
    with guarded_gdal() as complaints:
        opened_with_gdal(str(path), ("GML",), options=GML_OPTIONS)
    if schema.exists():
        _retype(schema, types)
    elif complaints.failures:
        raise PullFailure(f"het antwoord is niet te lezen als GML ({complaints.first}).")


GML_OPTIONS = ("EXPOSE_GML_ID=YES", "DOWNLOAD_SCHEMA=NO", "INVERT_AXIS_ORDER_IF_LAT_LONG=YES")


def _retype(schema: Path, types: Mapping[str, str]) -> None:
    root: Any = Safe.fromstring(schema.read_bytes(), forbid_dtd=True)
    for definition in root.iter("PropertyDefn"):
        name, kind = definition.find("Name"), definition.find("Type")
        steps = (definition.findtext("ElementPath") or "").split("|")
        if name is None or kind is None:
            continue
        if steps[-1] in {"timePosition", "beginPosition", "endPosition"} and len(steps) > 1:
            name.text = "_".join([*steps[:-1], *([] if steps[-1] == "timePosition" else [steps[-1]])])
        wanted = types.get(steps[-1], _TEXT)
        given = kind.text or _TEXT
        if given.endswith("List"):
            kind.text = "StringList"
        elif definition.find("Subtype") is None and given not in {"FeatureProperty", "FeaturePropertyList"}:
            kind.text = wanted
            _widen(definition, wanted)
    schema.write_bytes(Safe.tostring(root, encoding="utf-8"))


def _widen(definition: Element, wanted: str) -> None:
    """Let GDAL read an Integer in 64 bits, and no text shorter than it is."""
    for width in definition.findall("Width") + definition.findall("Precision"):
        definition.remove(width)
    if wanted == "Integer":
        subtype: Any = Safe.fromstring("<Subtype>Integer64</Subtype>")
        definition.append(subtype)


_SCHEMA_TYPES = {
    **dict.fromkeys(
        ("int", "integer", "long", "short", "byte", "unsignedShort", "unsignedByte", "unsignedInt"), "Integer"
    ),
    **dict.fromkeys(("nonNegativeInteger", "positiveInteger", "negativeInteger"), "Integer"),
    **dict.fromkeys(("double", "float", "decimal"), "Real"),
}


def described_types(schema: Element) -> dict[str, str]:
    """GDAL types by element name, of an XML Schema as DescribeFeatureType gives it; what is unclear is text."""
    found: dict[str, str] = {}
    for element in schema.iter():
        if local(element.tag) != "element" or "name" not in element.attrib:
            continue
        kind = element.attrib.get("type") or _restriction(element)
        name, wanted = element.attrib["name"], _SCHEMA_TYPES.get(kind.rpartition(":")[2], _TEXT)
        found[name] = wanted if found.get(name, wanted) == wanted else _TEXT
    return found


def _restriction(element: Element) -> str:
    bases = [each.attrib.get("base", "") for each in element.iter() if local(each.tag) == "restriction"]
    return bases[0] if len(bases) == 1 else ""
