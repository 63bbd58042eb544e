"""The polygon of a province: from what plays it in the rules, from a dataset of borders, or pulled for the purpose."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.basisset.catalogue.kinds import folded
from novex_plugin.core.basisset.network import Fetch
from novex_plugin.core.basisset.pull.area import Area, area_of
from novex_plugin.core.basisset.register import Dataset, Register
from novex_plugin.core.basisset.snapshot import Snapshot, SnapshotDataset
from novex_plugin.core.check.province import TERRITORY
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.features.table import RD_NEW, FeatureTable
from novex_plugin.core.progress import Progress
from novex_plugin.core.proposal.mapping import as_text
from novex_plugin.core.rules.bindings import Binding, read_bindings

_NAMES = ("bestuurlijke gebieden", "provinciegebied", "provinciegrens", "provinciegrenzen", "provincies")
"""How titles and layers of datasets with the borders of provinces begin."""

_COUNTRY = shapely.box(-7_000, 289_000, 300_000, 629_000)


def border_in(snapshot: Snapshot | None, bindings: Path | None, name: str) -> Area | None:
    """The province's polygon as it lies on this computer; None when it does not, or cannot be read."""
    try:
        binding = read_bindings(bindings).by_slot.get(TERRITORY)
        table = _bound(binding, snapshot) if binding is not None and binding.is_bound else None
        if table is not None:
            return _area(table)
        return _among(snapshot, name) if snapshot is not None else None
    except InputError:
        return None


def dataset_of_borders(register: Register | None) -> Dataset | None:
    """The dataset of the register that has the borders of provinces, and can be pulled."""
    usable = [each for each in (register.datasets if register else ()) if each.access == "vector"]
    found = [each for each in usable if folded(each.title).startswith(_NAMES)]
    return min(found, key=lambda each: (folded(each.title) not in _NAMES, each.title), default=None)


def pulled_border(register: Register, name: str, fetch: Fetch, progress: Progress) -> Area:
    """Pull the borders of the country and give the province's. Raises InputError when it is not found there."""
    from novex_plugin.core.basisset.pull.run import pull

    dataset = dataset_of_borders(register)
    if dataset is None:
        raise InputError("de grens van de provincie is nergens te vinden.", "Kies het kaartbeeld als gebied.")
    country = area_of(np.array([_COUNTRY]))
    with tempfile.TemporaryDirectory(prefix="novex-grens-") as folder:
        pulled = pull(register, country, Path(folder), fetch, lambda: datetime.now(UTC), progress, [dataset.id])
        failed = pulled.snapshot.dataset(dataset.id).reason
        found = _among(pulled.snapshot, name)
    if found is None:
        raise InputError(
            f"de grens van {name} is niet gevonden in {dataset.title} ({failed or 'geen vlak met die naam'}).",
            "Kies het kaartbeeld als gebied.",
        )
    return found


def _bound(binding: Binding, snapshot: Snapshot | None) -> FeatureTable | None:
    if binding.own is not None:
        path, table = binding.own.place, binding.layer or binding.own.place.stem
    elif snapshot is not None and binding.dataset and snapshot.find(binding.dataset):
        path, table = snapshot.layer(binding.dataset, binding.layer)
    else:
        return None
    read = read_layer(path, table)
    if binding.field is None:
        return read
    wanted = {as_text(value) for value in binding.values}
    return read.take(np.array([as_text(value) in wanted for value in read.column(binding.field)], dtype=bool))


def _among(snapshot: Snapshot, name: str) -> Area | None:
    """The polygon with this name in a layer of provinces."""
    for dataset in snapshot.datasets:
        for layer in dataset.layers:
            if dataset.file is None or not _of_provinces(dataset, layer.name):
                continue
            table = read_layer(snapshot.folder / dataset.file, layer.name)
            rows = _named(table, name)
            if rows.any():
                return _area(table.take(rows))
    return None


def _of_provinces(dataset: SnapshotDataset, layer: str) -> bool:
    titled = folded(dataset.title).startswith(_NAMES[1:])
    return not dataset.is_raster and (titled or layer.replace("_", " ").casefold().startswith(_NAMES[1:]))


def _named(table: FeatureTable, name: str) -> Any:
    wanted = folded(name)
    found = np.zeros(len(table), dtype=bool)
    for values in table.columns.values():
        if values.dtype == object:
            found |= np.array([isinstance(value, str) and folded(value) == wanted for value in values], dtype=bool)
    return found


def _area(table: FeatureTable) -> Area:
    if table.epsg != RD_NEW:
        raise InputError("de grens ligt niet in EPSG:28992.", "Kies het kaartbeeld als gebied.", table=table.name)
    return area_of(table.geometry[~shapely.is_missing(table.geometry)])
