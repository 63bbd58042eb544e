"""Whether a metadata record in a delivery keeps to the Dutch profile 2.1.0."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.delivery.metadata import PROFILE, STANDARD
from novex_plugin.core.delivery.profile import broken_assertions
from novex_plugin.core.delivery.profile.node import PREFIXES, Node

MAXIMUM_BYTES = 8 * 1024 * 1024
MAXIMUM_DEPTH = 64
"""Real records are some twenty elements deep; reading takes longer with every level."""


class Unreadable(Exception):
    """A file that is no metadata record; the message (Dutch) says why."""


def metadata_record(path: Path) -> Element:
    """The gmd:MD_Metadata of a file. Raises Unreadable."""
    if not path.is_file():
        raise Unreadable("is geen gewoon bestand")
    if path.stat().st_size > MAXIMUM_BYTES:
        raise Unreadable("is groter dan 8 MiB")
    return _record(path.read_bytes())


def _record(content: bytes) -> Element:
    from defusedxml.common import DefusedXmlException  # not needed at QGIS's start
    from defusedxml.ElementTree import ParseError

    try:
        root = _parsed(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(f"is geen leesbare XML ({error})") from error
    if root.tag != f"{{{PREFIXES['gmd']}}}MD_Metadata":
        raise Unreadable("is geen metadatarecord (gmd:MD_Metadata)")
    return root


def _parsed(content: bytes) -> Element:
    """The root of a document without declarations of its own, read element by element so that depth can be refused."""
    from defusedxml.ElementTree import iterparse  # not needed at QGIS's start

    open_elements: list[Element] = []
    root: Element | None = None
    for event, node in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if event == "end":
            root = open_elements.pop()
        else:
            open_elements.append(node)
        if len(open_elements) > MAXIMUM_DEPTH:
            raise Unreadable(f"is dieper genest dan {MAXIMUM_DEPTH} elementen")
    if root is None:
        raise Unreadable("is leeg")
    return root


def metadata_problems(path: Path) -> list[str]:
    """Say in Dutch, naming element and remedy, where the record departs from the profile; empty when it does not.

    What the official Schematron only warns about (services of INSPIRE) is left out.
    """
    try:
        return _problems(metadata_record(path))
    except Unreadable as error:
        return [str(error)]


def problems_of(content: bytes) -> list[str]:
    """The same of a record that is not in a file yet, and is this project's own."""
    return _problems(_record(content))


def _problems(record: Element) -> list[str]:
    problems = [str(each) for each in broken_assertions(record) if not each.assertion.warns]
    for name, expected in (("metadataStandardName", STANDARD), ("metadataStandardVersion", PROFILE)):
        found = Node(record).text(f"gmd:{name}/gco:CharacterString")
        if found and found != expected:
            problems.append(f"gmd:{name} is '{found[:80]}'; schrijf '{expected}'")
    return problems
