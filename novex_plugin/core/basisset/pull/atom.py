"""INSPIRE Atom: from the service feed to the dataset feed to the files.

Source: INSPIRE Technical Guidance for Download Services 3.1, chapter 5; RFC 4287.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from novex_plugin.core.basisset.crs import epsg_of
from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.basisset.pull.address import resolved
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.job import Job
from novex_plugin.core.basisset.pull.markup import child_text, local
from novex_plugin.core.features.table import RD_NEW

_FEED = "application/atom+xml"
_FORMATS = ("geopackage", "gpkg", "gml", "gmz", "shape", "geojson", "json", "geotiff", "tif", "zip")
"""What a file's type or name may hold, best first."""


@dataclass(frozen=True)
class AtomFile:
    """A file to fetch: its CRS and its length in bytes where the feed says so."""

    address: str
    epsg: int | None
    length: int | None


@dataclass(frozen=True)
class _Link:
    href: str
    relation: str
    type: str
    length: str


def atom_files(job: Job) -> list[AtomFile]:
    """The files that together are the dataset: one, or all sections. Raises PullFailure when the feed has none."""
    url = job.route.address
    feed = _feed(job, url, "service.xml")
    to_feeds = [entry for entry in _entries(feed) if _dataset_feed(entry)]
    if to_feeds:
        link = _dataset_feed(_meant(job, to_feeds))
        url = resolved(url, link.href) if link else url
        feed = _feed(job, url, "dataset.xml")
    choices = [(entry, _files(entry)) for entry in _entries(feed)]
    choices = [(entry, files) for entry, files in choices if files]
    if not choices:
        raise PullFailure(f"de feed {url} noemt geen bestanden.")
    entry, links = min(choices, key=lambda choice: _rank(*choice))
    epsg = _systems(entry)
    number = RD_NEW if RD_NEW in epsg else next(iter(epsg), None)
    return [
        AtomFile(resolved(url, link.href), number, int(link.length) if link.length.isdigit() else None)
        for link in links
    ]


def _feed(job: Job, url: str, name: str) -> Element:
    root = job.asker.document(url, name)
    if local(root.tag) != "feed":
        raise PullFailure(f"{url} is geen Atom-feed: het antwoord is {local(root.tag)}.")
    return root


def _entries(feed: Element) -> list[Element]:
    return [each for each in feed if local(each.tag) == "entry"]


def _links(entry: Element) -> list[_Link]:
    found = [each.attrib for each in entry if local(each.tag) == "link" and each.attrib.get("href")]
    return [
        _Link(each["href"], each.get("rel", "alternate"), each.get("type", "").lower(), each.get("length", ""))
        for each in found
    ]


def _dataset_feed(entry: Element) -> _Link | None:
    return next((link for link in _links(entry) if link.relation == "alternate" and link.type.startswith(_FEED)), None)


def _meant(job: Job, entries: Sequence[Element]) -> Element:
    """The entry of this dataset: by its identifier, the layer or the title; the only one when there is one."""
    if len(entries) == 1:
        return entries[0]
    dataset = job.dataset
    wanted = {each.casefold() for each in (dataset.dataset_id, dataset.id, dataset.title, *job.route.layers) if each}
    for entry in entries:
        said = {(each.text or "").strip().casefold() for each in entry.iter()}
        links = " ".join(link.href for link in _links(entry)).casefold()
        if said & wanted or any(each.casefold() in links for each in (dataset.id, dataset.dataset_id) if each):
            return entry
    names = ", ".join(child_text(entry, "title") for entry in entries[:10])
    raise PullFailure(f"de feed heeft meer datasets en geen daarvan is deze ({names}).")


def _files(entry: Element) -> list[_Link]:
    """The files of an entry: its sections, or its one file."""
    links = [link for link in _links(entry) if not link.type.startswith((_FEED, "text/html"))]
    sections = [link for link in links if link.relation == "section"]
    return sections or [link for link in links if link.relation in ("alternate", "enclosure")][:1]


def _systems(entry: Element) -> list[int]:
    terms = [each.attrib.get("term", "") for each in entry if local(each.tag) == "category"]
    return [number for number in map(epsg_of, terms) if number is not None]


def _rank(entry: Element, links: Sequence[_Link]) -> tuple[int, int]:
    """How good a form of the dataset is: the national grid first, then by format."""
    systems = _systems(entry)
    said = f"{links[0].type} {links[0].href}".lower()
    form = next((place for place, word in enumerate(_FORMATS) if word in said), len(_FORMATS))
    return (0 if RD_NEW in systems else 1 if not systems else 2), form
