"""Whether the services of a dataset answer: asked as a pull begins, and nothing is fetched that a pull would keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from novex_plugin.core.basisset.network import MEBIBYTE, Fetch, NetworkError, Request, Response, with_retries
from novex_plugin.core.basisset.pull import image
from novex_plugin.core.basisset.pull.address import with_query, without_requests
from novex_plugin.core.basisset.pull.asking import Asker
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.job import Route
from novex_plugin.core.basisset.pull.markup import local
from novex_plugin.core.basisset.pull.ogcapi import chosen_collections, read_collections
from novex_plugin.core.basisset.pull.routes import routes_of
from novex_plugin.core.basisset.pull.wfs import chosen_types, read_capabilities
from novex_plugin.core.basisset.register import Dataset
from novex_plugin.core.progress import Progress
from novex_plugin.core.unforeseen import UNFORESEEN

SILENCE_S = 20.0
TOTAL_S = 60.0
"""How long a service may be silent, and take for its whole answer: asking is no pulling."""

_START_BYTES = 8 * MEBIBYTE
_HTML = (b"<!doctype html", b"<html")


@dataclass(frozen=True)
class Asked:
    """How a service fared; `problem` (Dutch) says why it could not be reached, None when it answers."""

    type: str
    address: str
    problem: str | None

    @property
    def reachable(self) -> bool:
        """Whether it answers as such a service does."""
        return self.problem is None


def ways_to(dataset: Dataset) -> list[Route]:
    """The services that a pull would use: those of the data themselves, or else those that give an image."""
    images = (
        Route(each.type, each.address, (each,))
        for each in dataset.services
        if each.type in image.TYPES and each.purpose != "information" and each.address is not None
    )
    return routes_of(dataset) or list({(each.type, each.address): each for each in images}.values())


class Asking:
    """Asks services in a folder of its own, each question once, however many datasets share it."""

    def __init__(self, fetch: Fetch, folder: Path, progress: Progress) -> None:
        self._asker = Asker(with_retries(_hurried(fetch), tries=2, first_wait_s=0.5), progress, folder)
        self._known: dict[tuple[str, str, tuple[str | None, ...]], Asked] = {}

    def ask(self, route: Route) -> Asked:
        """Ask a service, or tell what it answered before. Raises Cancelled when the user asked to stop."""
        question = (route.type, route.address, route.layers)
        if question not in self._known:
            self._known[question] = Asked(route.type, route.address, self._problem(route))
        return self._known[question]

    def _problem(self, route: Route) -> str | None:
        question = _QUESTIONS.get(route.type)
        if question is None:
            return f"{route.type[:40]} is geen soort dienst waarvan op te halen is."
        try:
            question(route, self._asker)
        except (PullFailure, NetworkError) as failure:
            return str(failure)[:1000]
        except UNFORESEEN as error:
            return f"onverwachte fout ({type(error).__name__}: {str(error)[:400]})."
        return None


def _hurried(fetch: Fetch) -> Fetch:
    def fetched(request: Request, path: Path, progress: Progress) -> Response:
        return fetch(replace(request, timeout_s=SILENCE_S, total_s=TOTAL_S), path, progress)

    return fetched


def _wfs(route: Route, asker: Asker) -> None:
    chosen_types(read_capabilities(route.address, asker), route.layers)


def _capabilities(route: Route, asker: Asker) -> None:
    version = {"wms": "1.3.0", "wmts": "1.0.0", "wcs": "2.0.1"}[route.type]
    asked = {"service": route.type.upper(), "request": "GetCapabilities", "version": version}
    root = local(asker.document(with_query(without_requests(route.address), asked), "capabilities.xml").tag)
    if not root.endswith("Capabilities"):
        raise PullFailure(f"{route.address} is geen {route.type.upper()}: het antwoord is {root[:60]}.")


def _api(route: Route, asker: Asker) -> None:
    chosen_collections(read_collections(route.address, asker), route.layers)


def _feed(route: Route, asker: Asker) -> None:
    root = local(asker.document(route.address, "feed.xml").tag)
    if root != "feed":
        raise PullFailure(f"{route.address} is geen Atom-feed: het antwoord is {root[:60]}.")


def _arcgis(route: Route, asker: Asker) -> None:
    content = asker.json(with_query(route.address, {"f": "json"}), asker.folder / "arcgis.json")
    if not isinstance(content, dict) or "error" in content:
        raise PullFailure(f"{route.address} geeft geen beschrijving van de dienst.")


def _file(route: Route, asker: Asker) -> None:
    """The first byte of a file. A server that gives all of it is cut off: that it gives is what was asked."""
    path = asker.folder / "begin"
    path.unlink(missing_ok=True)
    try:
        asker.get(route.address, path, _START_BYTES, headers={"Range": "bytes=0-0", "Accept-Encoding": "identity"})
    except NetworkError:
        if not path.is_file() or path.stat().st_size < _START_BYTES // 2:
            raise
    with path.open("rb") as stream:
        start = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML):
        raise PullFailure(f"{route.address} geeft een webpagina in plaats van een bestand.")


_QUESTIONS: Mapping[str, Callable[[Route, Asker], None]] = {
    "wfs": _wfs,
    "ogcapi-features": _api,
    "atom": _feed,
    "download": _file,
    "wcs": _capabilities,
    "wms": _capabilities,
    "wmts": _capabilities,
    "arcgis-feature": _arcgis,
    "arcgis-map": _arcgis,
}
"""How each type of service is asked."""
