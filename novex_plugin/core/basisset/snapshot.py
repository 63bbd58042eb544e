"""A snapshot: a folder with a manifest, local copies of datasets for one area, and definitions of image layers."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.digest import layer_digest, raster_digest
from novex_plugin.core.features.geopackage import layer_names
from novex_plugin.core.files import check_schema, read_json, write_json

MANIFEST = "manifest.json"
FORMAT = "novex-snapshot"
VERSION = "1.0"

PULLED = "pulled"
IMAGE_ONLY = "image_only"
FAILED = "failed"


@dataclass(frozen=True)
class SnapshotLayer:
    """A table of a dataset's GeoPackage, or the one band stack of a GeoTIFF (geometry type None)."""

    name: str
    geometry_type: str | None
    features: int


@dataclass(frozen=True)
class Dropped:
    """Features that were received and not stored: without geometry, or wholly outside the area."""

    empty: int = 0
    outside: int = 0


@dataclass(frozen=True)
class SnapshotDataset:
    """One dataset as the manifest has it; places are relative to the snapshot's folder.

    `matched` is the server's own number, None where it gives none. Cells of a raster count as features do.
    """

    id: str
    title: str
    owner: str | None
    status: str
    time: str
    record_date: str | None
    licence: dict[str, Any]
    file: str | None = None
    layers: tuple[SnapshotLayer, ...] = ()
    address: str | None = None
    request: str | None = None
    layer: str | None = None
    service: str | None = None
    matched: int | None = None
    received: int | None = None
    stored: int | None = None
    source_epsg: int | None = None
    digest: str | None = None
    repaired: int | None = None
    dropped: Dropped = field(default_factory=Dropped)
    reason: str | None = None
    layer_definition: str | None = None

    @property
    def is_raster(self) -> bool:
        """Whether the local copy is a GeoTIFF."""
        return bool(self.file and self.file.endswith(".tif"))


@dataclass(frozen=True)
class SnapshotArea:
    """The area of all datasets of a snapshot, EPSG:28992: bounds (xmin, ymin, xmax, ymax) in metres, and its WKT."""

    bounds: tuple[float, float, float, float]
    wkt: str


@dataclass(frozen=True)
class Snapshot:
    """What `read_snapshot` gives: the manifest, and the ways to what it names."""

    folder: Path
    moment: str
    register_digest: str
    area: SnapshotArea
    datasets: tuple[SnapshotDataset, ...]

    def find(self, dataset: str) -> SnapshotDataset | None:
        """A dataset by its id, None when the snapshot does not have it."""
        return next((each for each in self.datasets if each.id == dataset), None)

    def dataset(self, dataset: str) -> SnapshotDataset:
        """A dataset by its id. Raises InputError naming what the snapshot has."""
        found = self.find(dataset)
        if found is None:
            present = ", ".join(each.id for each in self.datasets) or "niets"
            raise InputError(
                f"de dataset {dataset} zit niet in de momentopname.", f"Aanwezig: {present}.", self.folder / MANIFEST
            )
        return found

    def path(self, dataset: str) -> Path:
        """The local copy of a dataset. Raises InputError when it was not pulled or the file is gone."""
        found = self.dataset(dataset)
        if found.file is None:
            why = found.reason or "de bron levert alleen beelden"
            raise InputError(f"de dataset {dataset} heeft geen gegevens ({why}).", "Haal hem op.", self.folder)
        path = self.folder / found.file
        if not path.is_file():
            raise InputError("het bestand ontbreekt in de momentopname.", "Haal de dataset opnieuw op.", path)
        return path

    def layer(self, dataset: str, name: str | None = None) -> tuple[Path, str]:
        """The GeoPackage and table of a dataset's layer; `name` may be None where there is one layer.

        Raises InputError when the dataset has no such layer, or is a raster.
        """
        found, path = self.dataset(dataset), self.path(dataset)
        if found.is_raster:
            raise InputError(f"de dataset {dataset} is een raster.", "Kies een dataset met vlakken of lijnen.", path)
        names = [each.name for each in found.layers]
        if name is None and len(names) == 1:
            return path, names[0]
        if name not in names:
            problem = f"de laag {name} ontbreekt." if name else "de dataset heeft meer lagen."
            raise InputError(problem, f"Kies uit: {', '.join(names)}.", path)
        return path, name


def content_digest(path: Path) -> str:
    """Digest of a local copy: of its one layer or raster, or of all its layers together, by name."""
    if path.suffix == ".tif":
        return raster_digest(path)
    tables = sorted(layer_names(path))
    if len(tables) == 1:
        return layer_digest(path, tables[0])
    lines = "".join(f"{table}\t{layer_digest(path, table)}\n" for table in tables)
    return f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"


def read_snapshot(folder: Path) -> Snapshot:
    """Read and check the manifest of a snapshot. Raises InputError when it is absent or of another version."""
    if folder.name == MANIFEST:
        folder = folder.parent
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError("is geen momentopname: manifest.json ontbreekt.", "Kies de map van novex:pull.", folder)
    content = read_json(path)
    version = content.get("version") if isinstance(content, dict) else None
    if isinstance(content, dict) and content.get("format") == FORMAT and version != VERSION:
        problem = f"de momentopname heeft versie {version}; deze plugin leest versie {VERSION}."
        raise InputError(problem, "Haal de gegevens op in een nieuwe map.", path)
    check_schema(content, "snapshot", path)
    area = SnapshotArea(tuple(content["area"]["bounds"]), content["area"]["wkt"])
    datasets = tuple(_dataset(each) for each in content["datasets"])
    return Snapshot(folder, content["moment"], content["register_digest"], area, datasets)


def _dataset(content: dict[str, Any]) -> SnapshotDataset:
    layers = tuple(SnapshotLayer(**layer) for layer in content["layers"])
    return SnapshotDataset(**{**content, "layers": layers, "dropped": Dropped(**content["dropped"])})


def write_snapshot(snapshot: Snapshot) -> None:
    """Write the manifest, datasets in the order of their ids."""
    datasets = [dataclasses.asdict(each) for each in sorted(snapshot.datasets, key=lambda each: each.id)]
    content = {
        "format": FORMAT,
        "version": VERSION,
        "moment": snapshot.moment,
        "register_digest": snapshot.register_digest,
        "area": {"epsg": 28992, "bounds": list(snapshot.area.bounds), "wkt": snapshot.area.wkt},
        "datasets": [{**each, "layers": list(each["layers"])} for each in datasets],
    }
    check_schema(content, "snapshot", snapshot.folder / MANIFEST)
    write_json(snapshot.folder / MANIFEST, content)
