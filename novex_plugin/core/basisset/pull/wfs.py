"""WFS 2.0 by pages, and older versions in one answer.

Source: OGC 09-025r2 (WFS 2.0.2), OGC 04-094 (1.1.0), OGC 02-058 (1.0.0).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.basisset.pull.address import with_query, without_requests
from novex_plugin.core.basisset.pull.area import Area
from novex_plugin.core.basisset.pull.asking import Asker
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.markup import described_types, local, root_of
from novex_plugin.core.basisset.pull.names import table_name
from novex_plugin.core.basisset.pull.page import Cursor, Page
from novex_plugin.core.features.table import RD_NEW

PAGE_SIZE = 10_000
"""Few enough to wait for, many enough that a server which starts anew for each page does not mind."""

_MANY = 60
_CODE = re.compile(r"(\d{4,6})\s*$")
_LATITUDE_FIRST = frozenset({4258, 4326, 3034, 3035})
"""CRSs whose URN has the second axis of the map first, among those that Dutch services offer."""


@dataclass(frozen=True)
class FeatureType:
    """A feature type as the capabilities have it; the first of `epsg` is its default."""

    name: str
    title: str
    epsg: tuple[int, ...]


@dataclass(frozen=True)
class Capabilities:
    """What a WFS says that it can."""

    version: str
    title: str
    types: tuple[FeatureType, ...]
    count_default: int | None
    paging: bool


def read_capabilities(address: str, asker: Asker) -> Capabilities:
    """Ask for the capabilities. Raises PullFailure when the answer is no WFS's."""
    base = without_requests(address)
    asked = {"service": "WFS", "request": "GetCapabilities", "version": "2.0.0", "acceptversions": "2.0.0,1.1.0,1.0.0"}
    root = asker.document(with_query(base, asked), "capabilities.xml")
    if local(root.tag) != "WFS_Capabilities":
        raise PullFailure(f"{base} is geen WFS: het antwoord is {local(root.tag)}.")
    constraints = {
        each.attrib.get("name", ""): _text(each, "DefaultValue") or _text(each, "Value")
        for each in root.iter()
        if local(each.tag) == "Constraint"
    }
    types = tuple(_type(each) for each in root.iter() if local(each.tag) == "FeatureType")
    default = constraints.get("CountDefault") or constraints.get("DefaultMaxFeatures", "")
    return Capabilities(
        version=root.attrib.get("version", "2.0.0"),
        title=_text(root, "Title"),
        types=types,
        count_default=int(default) if default.isdigit() and int(default) > 0 else None,
        paging=constraints.get("ImplementsResultPaging", "TRUE").upper() != "FALSE",
    )


def _text(element: Element, name: str) -> str:
    return next(((each.text or "").strip() for each in element.iter() if local(each.tag) == name), "")


def _type(element: Element) -> FeatureType:
    names = ("DefaultCRS", "DefaultSRS", "SRS", "OtherCRS", "OtherSRS")
    systems = [(each.text or "").strip() for name in names for each in element.iter() if local(each.tag) == name]
    codes = [found.group(1) for system in systems if (found := _CODE.search(system))]
    return FeatureType(_text(element, "Name"), _text(element, "Title"), tuple(int(code) for code in codes))


def chosen_types(capabilities: Capabilities, wanted: Sequence[str | None]) -> list[FeatureType]:
    """The feature types that a record's layer names mean, with or without prefix.

    A record may name the service's title instead of a layer, or nothing: then all types of the service are meant.
    Raises PullFailure when a name fits nothing in a service with several types.
    """
    if not capabilities.types:
        raise PullFailure("de WFS biedt geen enkele laag aan.")
    found: dict[str, FeatureType] = {}
    for name in wanted:
        for each in _meant(capabilities, name):
            found[each.name] = each
    if len(found) > _MANY:
        raise PullFailure(f"de WFS heeft {len(found)} lagen en het register noemt er geen; kies een laag.")
    return list(found.values())


def _meant(capabilities: Capabilities, name: str | None) -> Sequence[FeatureType]:
    types = capabilities.types
    if name is None or len(types) == 1:
        return types
    bare = name.rpartition(":")[2].casefold()
    exact = [each for each in types if each.name == name]
    unprefixed = [each for each in types if each.name.rpartition(":")[2].casefold() == bare]
    titled = [each for each in types if each.title.casefold() == name.casefold()]
    if exact or unprefixed or titled:
        return exact or unprefixed or titled
    if name.casefold() == capabilities.title.casefold():
        return types
    raise PullFailure(f"de WFS heeft geen laag {name}; wel {', '.join(each.name for each in types[:20])}.")


@dataclass(frozen=True)
class WfsLayer:
    """A feature type, page by page: a `PageSource`."""

    address: str
    capabilities: Capabilities
    feature_type: FeatureType
    area: Area
    asker: Asker
    types: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The table's name: the type's, without prefix."""
        return table_name(self.feature_type.name)

    @property
    def epsg(self) -> int:
        """The CRS that is asked: the national grid where it is offered."""
        offered = self.feature_type.epsg
        return RD_NEW if RD_NEW in offered or not offered else offered[0]

    @property
    def paged(self) -> bool:
        """Whether the service can give a part of its features."""
        return self.capabilities.version.startswith("2.") and self.capabilities.paging

    @property
    def page_size(self) -> int:
        """Features for each page: no more than the service gives by itself."""
        return min(PAGE_SIZE, self.capabilities.count_default or PAGE_SIZE)

    @property
    def request(self) -> str:
        """The request for all features of the area."""
        return with_query(without_requests(self.address), self._parameters())

    def _parameters(self) -> dict[str, str | int]:
        version = self.capabilities.version
        newer = version.startswith("2.")
        parameters: dict[str, str | int] = {"service": "WFS", "version": version, "request": "GetFeature"}
        parameters["typenames" if newer else "typename"] = self.feature_type.name
        urn = f"urn:ogc:def:crs:EPSG::{self.epsg}"
        xmin, ymin, xmax, ymax = self.area.bounds_in(self.epsg)
        box = [ymin, xmin, ymax, xmax] if self.epsg in _LATITUDE_FIRST else [xmin, ymin, xmax, ymax]
        if version.startswith("1.0"):
            return {**parameters, "bbox": _numbers([xmin, ymin, xmax, ymax])}
        return {**parameters, "srsname": urn, "bbox": f"{_numbers(box)},{urn}"}

    def first(self) -> Cursor:
        """The start of the type."""
        return {"start": 0}

    def get(self, cursor: Cursor, path: Path) -> Page:
        """Fetch the page that starts at the cursor."""
        start = int(cursor["start"])
        parameters: dict[str, str | int] = {"count": self.page_size, "startindex": start} if self.paged else {}
        self.asker.get(with_query(self.request, parameters), path)
        root = root_of(path)
        returned = _number(root.attributes, "numberReturned", "numberOfFeatures")
        if returned is None and self.paged:
            returned = _members(path)
        self._refuse_capped(returned)
        matched = _number(root.attributes, "numberMatched")
        reached = start + (returned or 0)
        following: Cursor | None = None
        if self.paged and returned and not self._is_last(reached, matched):
            following = {"start": reached}
        elif matched is None:
            matched = self._believed(self._hits(), reached)
        return Page(path, ("GML",), following, returned, matched, epsg=self.epsg, types=self.types)

    def _refuse_capped(self, returned: int | None) -> None:
        """Where a service gives no pages and exactly as many features as it ever does, its own count proves nothing."""
        if not self.paged and returned is not None and returned == self.capabilities.count_default:
            raise PullFailure(
                f"{self.name}: de server geeft nooit meer dan {returned} objecten en kan niet bladeren;"
                " of dit alles is, is niet te bewijzen."
            )

    def _is_last(self, reached: int, matched: int | None) -> bool:
        """Whether a page's own count says that it was the last; a count that is just the service's cap says nothing."""
        return matched is not None and reached >= matched and matched != self.capabilities.count_default

    def _believed(self, hits: int | None, reached: int) -> int | None:
        """The number of a hits request, unless it is the cap of the service's answers (MapServer counts no further)."""
        if hits is not None and hits == self.capabilities.count_default and reached > hits:
            self.asker.progress.info(
                f"  de server telt niet verder dan {hits}; de pagina's gaan verder, tot hun einde."
            )
            return None
        return hits

    def _hits(self) -> int | None:
        """Ask how many features there are; None when the service cannot tell."""
        if self.capabilities.version.startswith("1.0"):
            return None
        path = self.asker.folder / "hits.xml"
        try:
            self.asker.get(with_query(self.request, {"resulttype": "hits"}), path)
            return _number(root_of(path).attributes, "numberMatched", "numberOfFeatures")
        except PullFailure as failure:
            self.asker.progress.warning(f"{self.name}: de server telt de objecten niet ({failure.reason})")
            return None


def described(layer: WfsLayer) -> WfsLayer:
    """The layer with the attribute types that the service describes; all text when it describes none."""
    version = layer.capabilities.version
    parameters = {"service": "WFS", "version": version, "request": "DescribeFeatureType"}
    parameters["typenames" if version.startswith("2.") else "typename"] = layer.feature_type.name
    try:
        schema = layer.asker.document(with_query(without_requests(layer.address), parameters), "schema.xsd")
    except PullFailure as failure:
        layer.asker.progress.warning(f"{layer.name}: alle kolommen worden tekst, want {failure.reason}")
        return layer
    return WfsLayer(
        layer.address, layer.capabilities, layer.feature_type, layer.area, layer.asker, described_types(schema)
    )


def _numbers(values: Sequence[float]) -> str:
    return ",".join(f"{value:.9g}" if abs(value) < 1000 else f"{value:.3f}" for value in values)


def _number(attributes: Mapping[str, str], *names: str) -> int | None:
    found = next((attributes[name] for name in names if name in attributes), "")
    return int(found) if found.isdigit() else None


def _members(path: Path) -> int:
    """Count the features of a page whose server does not say how many it gives."""
    pattern = re.compile(rb"</(?:[\w.-]+:)?(?:member|featureMember)\s*>")
    count, rest = 0, b""
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            text = rest + piece
            ends = [found.end() for found in pattern.finditer(text)]
            count += len(ends)
            rest = text[max(ends[-1] if ends else 0, len(text) - 64) :]
    return count
