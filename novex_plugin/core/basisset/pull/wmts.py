"""How a WMTS (OGC 07-057r7) gives the tiles of a layer, as its capabilities say."""

from __future__ import annotations

from dataclasses import dataclass

from novex_plugin.core.basisset.crs import epsg_of
from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.markup import child_text, local
from novex_plugin.core.features.table import RD_NEW

_FORMATS = ("image/png", "image/png8", "image/jpeg", "image/jpg", "image/webp")
"""What QGIS draws, what can be seen through first."""


@dataclass(frozen=True)
class Tiles:
    """What to ask for: `matrix_set` is the grid of tiles, in the coordinates of `epsg`."""

    style: str = "default"
    format: str = "image/png"
    matrix_set: str = f"EPSG:{RD_NEW}"
    epsg: int = RD_NEW


def tiles_of(capabilities: Element, name: str) -> Tiles:
    """The tiles of a layer: in the national grid where there is one, in the style that the service calls its default.

    Raises PullFailure when the service does not have the layer, or has it in no form that QGIS can draw.
    """
    layer = next((each for each in _all(capabilities, "Layer") if child_text(each, "Identifier") == name), None)
    if layer is None:
        raise PullFailure(f"de dienst heeft geen laag {name[:80]}.")
    offered = [(each.text or "").strip() for each in _children(layer, "Format")]
    forms = [each for each in _FORMATS if each in offered]
    if not forms:
        raise PullFailure(f"de laag {name[:80]} komt alleen als {', '.join(offered)[:80] or 'iets zonder naam'}.")
    matrix_set, epsg = _grid(capabilities, layer, name)
    return Tiles(_style(layer), forms[0], matrix_set, epsg)


def _style(layer: Element) -> str:
    styles = _children(layer, "Style")
    usual = [each for each in styles if (each.get("isDefault") or "").strip() == "true"]
    return next((child_text(each, "Identifier") for each in (*usual, *styles)), "")


def _grid(capabilities: Element, layer: Element, name: str) -> tuple[str, int]:
    """The tile matrix set to use and its coordinates."""
    linked = [child_text(each, "TileMatrixSet") for each in _children(layer, "TileMatrixSetLink")]
    written = {child_text(each, "Identifier"): child_text(each, "SupportedCRS") for each in _defined(capabilities)}
    grids = [(each, epsg) for each in linked if (epsg := epsg_of(written.get(each, ""))) is not None]
    if not grids:
        raise PullFailure(f"de laag {name[:80]} heeft geen tegels in een bekend coördinatenstelsel.")
    return next((grid for grid in grids if grid[1] == RD_NEW), grids[0])


def _defined(capabilities: Element) -> list[Element]:
    """The definitions of tile matrix sets; where a layer names one, the element has the same name."""
    return [each for each in _all(capabilities, "TileMatrixSet") if child_text(each, "SupportedCRS")]


def _all(element: Element, name: str) -> list[Element]:
    return [each for each in element.iter() if local(each.tag) == name]


def _children(element: Element, name: str) -> list[Element]:
    return [each for each in element if local(each.tag) == name]
