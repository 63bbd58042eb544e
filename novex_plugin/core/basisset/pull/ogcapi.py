"""OGC API Features: pages by the server's own links, whatever is in them.

Source: OGC 17-069r4 (part 1) and 18-058r1 (part 2, coordinate reference systems).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from novex_plugin.core.basisset.network import MEBIBYTE
from novex_plugin.core.basisset.pull.address import resolved, with_query
from novex_plugin.core.basisset.pull.area import Area
from novex_plugin.core.basisset.pull.asking import Asker
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.names import table_name
from novex_plugin.core.basisset.pull.page import Cursor, Page
from novex_plugin.core.features.table import RD_NEW

PAGE_SIZE = 1_000
_PAGE_BYTES = 96 * MEBIBYTE
_MANY = 60
_RD_URI = "http://www.opengis.net/def/crs/EPSG/0/28992"
_WGS84 = 4326
_GEOJSON = "application/geo+json"
_CONTENT_CRS = re.compile(r"(?:EPSG/[\w.]+/|EPSG:+[\w.]*:?)(\d{4,6})>?\s*$")


@dataclass(frozen=True)
class Collection:
    """A collection of features; `national_grid` says whether it is given in EPSG:28992."""

    id: str
    title: str
    items: str
    national_grid: bool


def read_collections(address: str, asker: Asker) -> list[Collection]:
    """Ask for the collections. Raises PullFailure when the answer is none of OGC API Features."""
    base = address.split("?")[0].rstrip("/")
    base = base.removesuffix("/collections")
    url = with_query(f"{base}/collections", {"f": "json"})
    content = asker.json(url, asker.folder / "collections.json")
    found = content.get("collections") if isinstance(content, dict) else None
    if not isinstance(found, list):
        raise PullFailure(f"{url} is geen OGC API Features: het antwoord heeft geen lijst van collecties.")
    shared = content.get("crs")
    return [_collection(base, url, each, shared) for each in found if isinstance(each, dict) and each.get("id")]


def _collection(base: str, url: str, content: Mapping[str, Any], shared: object) -> Collection:
    identifier = str(content["id"])
    offered = [crs for crs in _list(content.get("crs")) if crs != "#/crs"]
    if "#/crs" in _list(content.get("crs")):
        offered += _list(shared)
    items = _link(content, "items", url) or f"{base}/collections/{quote(identifier, safe='')}/items"
    return Collection(identifier, str(content.get("title") or identifier), items.split("?")[0], _RD_URI in offered)


def _count(said: object) -> int | None:
    return said if isinstance(said, int) and said >= 0 else None


def _list(content: object) -> list[Any]:
    return content if isinstance(content, list) else []


def _link(content: Mapping[str, Any], relation: str, base: str) -> str | None:
    """The link with this relation, as GeoJSON where there are more."""
    links = [each for each in _list(content.get("links")) if isinstance(each, dict) and each.get("href")]
    found = [each for each in links if str(each.get("rel")).rpartition("/")[2] == relation]
    found.sort(key=lambda each: each.get("type") != _GEOJSON)
    return resolved(base, str(found[0]["href"])) if found else None


def chosen_collections(collections: Sequence[Collection], wanted: Sequence[str | None]) -> list[Collection]:
    """The collections that a record's names mean; all when it names none. Raises PullFailure for an unknown name."""
    if not collections:
        raise PullFailure("de OGC API biedt geen enkele collectie aan.")
    chosen: dict[str, Collection] = {}
    for name in wanted:
        fits = [each for each in collections if name in (each.id, each.title)]
        if name is not None and not fits and len(collections) > 1:
            names = ", ".join(each.id for each in collections[:20])
            raise PullFailure(f"de OGC API heeft geen collectie {name}; wel {names}.")
        chosen.update({each.id: each for each in fits or collections})
    if len(chosen) > _MANY:
        raise PullFailure(f"de OGC API heeft {len(chosen)} collecties en het register noemt er geen; kies een laag.")
    return list(chosen.values())


@dataclass(frozen=True)
class CollectionItems:
    """The features of a collection, page by page: a `PageSource`."""

    collection: Collection
    area: Area
    asker: Asker

    @property
    def name(self) -> str:
        """The table's name."""
        return table_name(self.collection.id)

    @property
    def request(self) -> str:
        """The first page."""
        epsg = RD_NEW if self.collection.national_grid else _WGS84
        box = ",".join(f"{value:.9g}" for value in self.area.bounds_in(epsg))
        parameters: dict[str, str | int] = {"f": "json", "limit": PAGE_SIZE, "bbox": box}
        if self.collection.national_grid:
            parameters |= {"bbox-crs": _RD_URI, "crs": _RD_URI}
        return with_query(self.collection.items, parameters)

    def first(self) -> Cursor:
        """The first page's address."""
        return {"href": self.request}

    def get(self, cursor: Cursor, path: Path) -> Page:
        """Fetch the page at the cursor's address; the next is where the server says."""
        url = str(cursor["href"])
        response = self.asker.get(url, path, _PAGE_BYTES, _GEOJSON)
        content = self.asker.loaded(url, path)
        features = content.get("features") if isinstance(content, dict) else None
        if not isinstance(features, list):
            raise PullFailure(f"{url} gaf geen verzameling van objecten (FeatureCollection).")
        identifiers = tuple(str(each["id"]) for each in features if isinstance(each, dict) and "id" in each)
        returned, matched = content.get("numberReturned"), content.get("numberMatched")
        if isinstance(returned, int) and returned != len(features):
            raise PullFailure(f"{url} zegt {returned} objecten te geven, maar gaf er {len(features)}.")
        following, matched = _link(content, "next", response.url), _count(matched)
        if url == self.request and following is None and matched is None and len(features) == PAGE_SIZE:
            raise PullFailure(
                f"{self.name}: de server gaf precies de {PAGE_SIZE} objecten van één pagina, zonder aantal en zonder"
                " volgende pagina; of dit alles is, is niet te bewijzen."
            )
        return Page(
            path,
            ("GeoJSON",),
            None if following is None else {"href": following},
            returned=len(features),
            matched=matched,
            identifiers=identifiers if len(identifiers) == len(features) else None,
            epsg=self._epsg(response.headers.get("content-crs", "")),
            certain=True,
        )

    def _epsg(self, said: str) -> int:
        """The CRS of a page: what the server says of it, else what was asked."""
        found = _CONTENT_CRS.search(said)
        if found:
            return int(found.group(1))
        return RD_NEW if self.collection.national_grid and "CRS84" not in said else _WGS84
