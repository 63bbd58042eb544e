"""Small registers that point at practice servers."""

from __future__ import annotations

from pathlib import Path

from novex_plugin.core.basisset.register import (
    Access,
    Dataset,
    Dates,
    Licence,
    Purpose,
    Register,
    Service,
    ServiceType,
    Source,
    register_json,
)
from novex_plugin.core.files import write_json


def dataset(
    identifier: str,
    kind: ServiceType,
    address: str,
    layer: str | None = None,
    access: Access = "vector",
    purpose: Purpose = "data",
    record_date: str = "2026-01-01",
) -> Dataset:
    """A dataset with one service."""
    service = Service(kind, address, layer, purpose, None, None, address)
    return Dataset(
        id=identifier,
        dataset_id=None,
        title=f"Oefening {identifier}",
        abstract="",
        owner="Oefenprovincie",
        kind="onbekend",
        epsg=28992,
        crs_as_written="28992",
        licence=Licence("https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        dates=Dates(record_date, None, None, None),
        scale=None,
        resolution_m=None,
        profile="2.1.0",
        access=access,
        services=(service,),
        warnings=(),
    )


def register(*datasets: Dataset) -> Register:
    """A register of these datasets."""
    ordered = tuple(sorted(datasets, key=lambda each: each.id))
    source = Source("https://example.org/csw", "basisset novex", len(ordered), len(ordered))
    return Register("2026-01-02T00:00:00Z", source, ordered, ())


def write_practice_register(path: Path, *datasets: Dataset) -> Path:
    """The register as a file; gives `path`."""
    write_json(path, register_json(register(*datasets)))
    return path
