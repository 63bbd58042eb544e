"""Layers of the province's own that stand in for the basisset, as a delivery tells of them: name, place and reason."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from novex_plugin.core.delivery.places import SNAPSHOT
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.digest import layer_digest
from novex_plugin.core.features.geopackage import layer_names
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.files import file_digest
from novex_plugin.core.rules.vocabulary import vocabulary

FOLDER = "eigen"
"""Below the snapshot's folder: the user's own layers, when the data go along."""

_SPACE = uuid.UUID("3f0a3c52-7d0e-5b8e-9c38-3f6f2f6e2b51")


@dataclass(frozen=True)
class OwnLayer:
    """A layer of the province's own: the slot that it plays, what it is called, why it is used, and its file at home
    (`file`) and in a delivery with data (`place`, below the snapshot's folder)."""

    slot: str
    name: str
    reason: str
    file: Path
    layer: str | None
    place: str

    @property
    def label(self) -> str:
        """What the slot is called."""
        known = vocabulary().slots.get(self.slot)
        return known.nl if known is not None else self.slot


def own_layers(bindings: Mapping[str, Any], folder: Path) -> Iterator[OwnLayer]:
    """The layers of the province's own that the bindings name; their places are beside `folder`."""
    for binding in bindings["bindings"]:
        own = binding["own"]
        if own is not None:
            file = folder / own["place"]
            suffix = file.suffix.lower() if file.suffix.lower() in {".tif", ".tiff"} else ".gpkg"
            place = f"{FOLDER}/{re.sub(r'[^a-z0-9-]+', '-', binding['slot'].lower())}{suffix}"
            yield OwnLayer(binding["slot"], own["name"], own["reason"], file, binding["layer"], place)


def require_file(layer: OwnLayer, bindings: Path) -> None:
    """Raise InputError for a layer that is to go along and is not there."""
    if not layer.file.is_file():
        raise InputError(
            f"de eigen laag {layer.name} ({layer.file.name}) is er niet.",
            "Leg haar terug of herstel de koppeling.",
            bindings,
            row=layer.slot,
            field="own",
        )


def used_tables(layer: OwnLayer, bindings: Path) -> list[str]:
    """The table of a GeoPackage that a layer stands in; none of a raster. Raises InputError when it cannot be told."""
    if layer.file.suffix.lower() != ".gpkg":
        return []
    tables = [name for name, kind in layer_names(layer.file).items() if kind == "features"]
    if layer.layer is not None:
        return [layer.layer]
    if len(tables) == 1:
        return tables
    raise InputError(
        f"van de eigen laag {layer.name} ({layer.file.name}) is niet gezegd welke tabel het is.",
        f"Noem er een bij 'layer': {', '.join(tables)[:400] or 'het bestand heeft er geen'}.",
        bindings,
        row=layer.slot,
        field="layer",
    )


def dataset_rows(layers: list[OwnLayer], with_data: bool) -> FeatureTable:
    """What the table `dataset` tells of these layers. Their ids follow from slot and name, so that a layer that was
    recorded before is not recorded twice."""
    columns: dict[str, list[Any]] = {
        "id": [str(uuid.uuid5(_SPACE, f"{each.slot}/{each.name}")) for each in layers],
        "naam": [each.name for each in layers],
        "plaats": [f"{SNAPSHOT}/{each.place}" if with_data else each.file.name for each in layers],
        "basisset": [0] * len(layers),
        "versie": [None] * len(layers),
        "digest": [_digest(each) for each in layers],
        "licentie": [None] * len(layers),
        "reden": [f"{each.label}: {each.reason}" for each in layers],
    }
    return attribute_table("dataset", {name: np.array(values, dtype=object) for name, values in columns.items()})


def _digest(layer: OwnLayer) -> str | None:
    """The digest of the layer's content, as findings name it; None for one that cannot be read."""
    try:
        if not layer.file.is_file():
            return None
        if layer.file.suffix.lower() != ".gpkg":
            return f"sha256:{file_digest(layer.file)}"
        return layer_digest(layer.file, used_tables(layer, layer.file)[0])
    except InputError:
        return None
