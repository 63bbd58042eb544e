"""The register: the datasets that a catalogue marked with the keyword, as they were found at one moment."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from novex_plugin.core.files import check_schema, json_bytes, read_json, write_json

FORMAT = "novex-register"
VERSION = "1.0"

Access = Literal["vector", "raster", "image", "none"]
Purpose = Literal["data", "image", "information"]
ServiceType = Literal[
    "wfs",
    "ogcapi-features",
    "atom",
    "download",
    "wcs",
    "wms",
    "wmts",
    "arcgis-map",
    "arcgis-feature",
    "website",
    "unknown",
]


@dataclass(frozen=True)
class Service:
    """A way to a dataset: the clean `address` (None when the record has none) beside what the record says itself.

    `layer` is the layer, type, coverage or collection name, None when the record does not give one.
    """

    type: ServiceType
    address: str | None
    layer: str | None
    purpose: Purpose
    title: str | None
    protocol: str | None
    address_as_written: str | None


@dataclass(frozen=True)
class Licence:
    """Under what terms: the address of the licence and the words beside it."""

    url: str | None
    text: str | None


@dataclass(frozen=True)
class Dates:
    """Dates as the record writes them (ISO 8601): of the record itself, and of the dataset."""

    record: str | None
    creation: str | None
    publication: str | None
    revision: str | None


@dataclass(frozen=True)
class Dataset:
    """One dataset of the basisset; `epsg` is its horizontal CRS, `scale` a denominator, `resolution_m` in metres."""

    id: str
    dataset_id: str | None
    title: str
    abstract: str
    owner: str | None
    kind: str
    epsg: int | None
    crs_as_written: str | None
    licence: Licence
    dates: Dates
    scale: int | None
    resolution_m: float | None
    profile: str | None
    access: Access
    services: tuple[Service, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where the register comes from; `matched` is what the catalogue said, `received` the distinct records read."""

    address: str
    keyword: str
    matched: int
    received: int


@dataclass(frozen=True)
class Register:
    """Datasets sorted by id, with the warnings of what was kept out."""

    moment: str
    source: Source
    datasets: tuple[Dataset, ...]
    warnings: tuple[str, ...]

    def without_access(self) -> tuple[Dataset, ...]:
        """The datasets for which the catalogue gives no usable service at all."""
        return tuple(dataset for dataset in self.datasets if dataset.access == "none")


def register_json(register: Register) -> dict[str, Any]:
    """The register as the content of its JSON file (`schemas/register.schema.json`)."""
    return {"format": FORMAT, "version": VERSION, **asdict(register)}


def write_register(target: Path, register: Register) -> None:
    """Write the register as canonical JSON, after a check against its schema."""
    content = json.loads(json_bytes(register_json(register)))
    check_schema(content, "register")
    write_json(target, content)


def read_register(path: Path) -> Register:
    """Read a register; raises InputError when the file does not follow the schema."""
    content = read_json(path, "register")
    datasets = tuple(_dataset(entry) for entry in content["datasets"])
    return Register(content["moment"], Source(**content["source"]), datasets, tuple(content["warnings"]))


def _dataset(entry: dict[str, Any]) -> Dataset:
    parts = {
        "licence": Licence(**entry["licence"]),
        "dates": Dates(**entry["dates"]),
        "services": tuple(Service(**service) for service in entry["services"]),
        "warnings": tuple(entry["warnings"]),
    }
    return Dataset(**{**entry, **parts})
