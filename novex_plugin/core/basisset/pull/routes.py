"""The ways to a dataset, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from novex_plugin.core.basisset.pull import image
from novex_plugin.core.basisset.pull.asking import Asker
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.files import pull_atom, pull_download
from novex_plugin.core.basisset.pull.image import Image
from novex_plugin.core.basisset.pull.job import Job, Outcome, Route
from novex_plugin.core.basisset.pull.layers import pull_ogcapi, pull_wfs
from novex_plugin.core.basisset.pull.wcs import pull_wcs
from novex_plugin.core.basisset.register import Dataset, Service

PULLERS: Mapping[str, Callable[[Job], Outcome]] = {
    "wfs": pull_wfs,
    "ogcapi-features": pull_ogcapi,
    "atom": pull_atom,
    "download": pull_download,
    "wcs": pull_wcs,
}
"""How each type of service is pulled; the order is the order of preference."""

_RASTER_FIRST = ("wcs", "atom", "download", "wfs", "ogcapi-features")


def routes_of(dataset: Dataset) -> list[Route]:
    """The ways to the data themselves, best first; services at one address belong together."""
    return _grouped(dataset, _RASTER_FIRST if dataset.access == "raster" else tuple(PULLERS))


def _grouped(dataset: Dataset, types: tuple[str, ...]) -> list[Route]:
    found: dict[tuple[str, str], Route] = {}
    for service in sorted(_offered(dataset, types), key=lambda s: types.index(s.type)):
        if service.address is not None:
            before = found.get((service.type, service.address))
            services = (*before.services, service) if before else (service,)
            found[service.type, service.address] = Route(service.type, service.address, services)
    return list(found.values())


def _offered(dataset: Dataset, types: tuple[str, ...]) -> list[Service]:
    return [each for each in dataset.services if each.type in types and each.purpose != "information"]


def image_of(dataset: Dataset, stem: Path, asker: Asker) -> Image:
    """Write the layer definition of an image-only dataset. Raises PullFailure when no service gives an image."""
    reasons = []
    for route in _grouped(dataset, image.TYPES):
        try:
            return image.write_image(route, dataset.title, stem, asker)
        except PullFailure as failure:
            reasons.append(f"{route.type} {route.address}: {failure}")
    raise PullFailure(" | ".join(reasons) or "het register noemt geen dienst waarlangs deze dataset op te halen is.")
