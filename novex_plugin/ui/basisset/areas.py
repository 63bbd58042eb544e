"""For which area is pulled: the province, what the map shows, selected polygons, or the area of the snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)

from novex_plugin.core.basisset.network import Fetch
from novex_plugin.core.basisset.pull.area import Area
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.qgis_adapter.area import RD
from novex_plugin.ui.basisset.shelf import Shelf

SNAPSHOT, PROVINCE, EXTENT, SELECTION = "snapshot", "province", "extent", "selection"
CHOICES = (SNAPSHOT, PROVINCE, EXTENT, SELECTION)


@dataclass(frozen=True)
class Wanted:
    """An area as it was chosen. `wkbs` are polygons in EPSG:28992 (map or selection); `name` names the province, and
    the folder of a new snapshot."""

    choice: str
    name: str
    wkbs: tuple[bytes, ...] = ()


def of_canvas(canvas: Any, project: QgsProject, name: str) -> Wanted:
    """What the map shows. Raises InputError when that cannot be laid in EPSG:28992."""
    geometry = QgsGeometry.fromRect(canvas.extent())
    return Wanted(EXTENT, name, _in_rd([geometry], canvas.mapSettings().destinationCrs(), project))


def of_selection(layer: Any, project: QgsProject, name: str) -> Wanted:
    """The selected polygons of a layer. Raises InputError when there are none."""
    if not has_selection(layer):
        raise InputError("er zijn geen vlakken geselecteerd.", "Selecteer vlakken in de actieve laag.")
    geometries = [each.geometry() for each in layer.selectedFeatures() if not each.geometry().isNull()]
    return Wanted(SELECTION, name, _in_rd(geometries, layer.crs(), project))


def has_selection(layer: Any) -> bool:
    """Whether polygons are selected in a layer (None: no layer)."""
    if not isinstance(layer, QgsVectorLayer) or layer.geometryType() != Qgis.GeometryType.Polygon:
        return False
    return layer.selectedFeatureCount() > 0


_OUTSIDE = ("het gebied past niet in EPSG:28992.", "Zoom naar Nederland.")


def _in_rd(
    geometries: Sequence[QgsGeometry], system: QgsCoordinateReferenceSystem, project: QgsProject
) -> tuple[bytes, ...]:
    if not system.isValid():
        raise InputError("het coördinatenstelsel is niet bekend.", "Stel dat eerst in voor het project.")
    transform = QgsCoordinateTransform(system, QgsCoordinateReferenceSystem(RD), project)
    for each in geometries:
        try:
            moved = each.transform(transform) == Qgis.GeometryOperationResult.Success
        except QgsCsException as error:
            raise InputError(*_OUTSIDE) from error
        if not moved:
            raise InputError(*_OUTSIDE)
    return tuple(bytes(each.asWkb()) for each in geometries)


def resolved(wanted: Wanted, shelf: Shelf, bindings: Path | None, fetch: Fetch, progress: Progress) -> Area:
    """The area itself; for workers. Raises InputError when it cannot be told."""
    if wanted.choice == SNAPSHOT and shelf.snapshot is not None:
        return Area(shelf.snapshot.area.wkt)
    if wanted.choice == PROVINCE:
        from novex_plugin.ui.basisset.borders import border_in, pulled_border

        found = border_in(shelf.snapshot, bindings, wanted.name)
        if found is not None:
            return found
        if shelf.register is None:
            raise InputError("er is geen register.", "Vernieuw het register.")
        return pulled_border(shelf.register, wanted.name, fetch, progress)
    if not wanted.wkbs:
        raise InputError("er is geen gebied gekozen.", "Kies een gebied.")
    return _united(wanted.wkbs)


def _united(wkbs: tuple[bytes, ...]) -> Area:
    import numpy as np
    import shapely

    from novex_plugin.core.basisset.pull.area import area_of

    found = np.empty(len(wkbs), dtype=object)
    found[:] = wkbs
    return area_of(shapely.force_2d(shapely.from_wkb(found)))
