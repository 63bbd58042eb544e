"""A small proposal and its delivery, without QGIS: the legend and the map are stand-ins."""

from __future__ import annotations

import itertools
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.agreement import Agreement, read_agreement
from novex_plugin.core.delivery.assess import Assessed, targets_in_use, weigh
from novex_plugin.core.delivery.bag import bag_information, write_bag
from novex_plugin.core.delivery.drawing import MapPicture
from novex_plugin.core.delivery.manifest import file_list
from novex_plugin.core.delivery.places import FINDINGS, FINDINGS_JSON
from novex_plugin.core.delivery.staging import Staged
from novex_plugin.core.features.geopackage import Column, Layer, append, create, transaction
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.files import json_bytes, write_json
from novex_plugin.core.progress import Progress
from novex_plugin.core.proposal.create import create_proposal

MOMENT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


class StandIn:
    """Draws a legend and a map that depend on nothing but what they are given."""

    def legend(self, agreement: Agreement, folder: Path) -> None:
        for table in ("voorstel_vlak", "voorstel_lijn", "voorstel_punt"):
            units = "".join(f'<category value="{unit.code}"/>' for unit in agreement.legend)
            (folder / f"{table}.qml").write_text(f"<qgis><renderer-v2>{units}</renderer-v2></qgis>\n")
            (folder / f"{table}.sld").write_text(f"<StyledLayerDescriptor>{units}</StyledLayerDescriptor>\n")

    def picture(self, picture: MapPicture, target: Path) -> None:
        target.write_bytes(b"\x89PNG\r\n\x1a\n" + picture.texts.title.encode())


CATALOGUES = ({"id": "proef", "version": "1.0", "digest": f"sha256:{'0' * 64}"},)


def catalogues() -> tuple[dict[str, str], ...]:
    return CATALOGUES


def assess_by_area(staged: Staged, progress: Progress) -> Assessed:
    """One rule, in place of the catalogues: areas above ten hectares break it."""
    data, areas = staged.data, staged.proposal.tables["voorstel_vlak"]
    (data / FINDINGS).parent.mkdir(parents=True, exist_ok=True)
    measured = np.round(shapely.area(areas.geometry) / 10_000, 4)
    explained = set(staged.proposal.tables["motivering"].column("kenmerk").tolist())
    rows = [
        {
            "id": f"P-1/{name}",
            "regel": "P-1",
            "programma": "woningbouw",
            "kenmerk": name,
            "uitkomst": "gemotiveerd" if name in explained else "overtreedt",
            "hardheid": "pas_toe_of_leg_uit",
            "gemeten": size,
            "grens": 10.0,
            "eenheid": "ha",
            "melding": "is te groot",
            "bron": "proef",
            "dataset": None,
            "dataset_digest": None,
        }
        for name, size in zip(areas.column("id").tolist(), measured.tolist(), strict=True)
        if size > 10
    ]
    columns = tuple(Column(name) for name in ("id", "regel", "uitkomst"))
    create(data / FINDINGS, [Layer("bevinding_vlak", "MULTIPOLYGON", columns)] if rows else [])
    if rows:
        values = {name: texts(*(row[name] for row in rows)) for name in ("id", "regel", "uitkomst")}
        found = FeatureTable("bevinding_vlak", areas.geometry[measured > 10], values)
        append(data / FINDINGS, "bevinding_vlak", found)
    outcome = "overtreedt" if rows else "voldoet"
    rule = {"rule": "P-1", "programme": "woningbouw", "outcome": outcome, "dataset": None, "missing": None}
    head = {"format": "novex-findings", "version": "1.0", "moment": staged.moment, "counts": {outcome: 1}}
    write_json(data / FINDINGS_JSON, {**head, "rules": [rule], "findings": rows})
    weigh(staged)
    return Assessed(CATALOGUES, targets_in_use(), {"P-1": "Niet groter dan tien hectare"})


def texts(*values: str | None) -> np.ndarray:
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result


def new_proposal(path: Path, shapes: dict[str, shapely.Geometry] | None = None, **header: str) -> Path:
    """A proposal for Drenthe with one variant `basis` and a few areas for homes, and a contact."""
    numbers = itertools.count(1)
    create_proposal(path, "PV22", "basis", read_agreement(), MOMENT, lambda: f"{next(numbers):08}-0000-4000-8000-0")
    drawn = (
        shapes
        if shapes is not None
        else {
            "noord": shapely.box(233_000, 556_000, 233_500, 556_400),
            "zuid": shapely.box(236_000, 541_000, 236_300, 541_300, ccw=False),
        }
    )
    count = len(drawn)
    columns = {
        "id": texts(*drawn),
        "variant": texts(*["basis"] * count),
        "legenda": texts(*["woningbouw"] * count),
        "rol": texts(*["nieuw"] * count),
        "naam": texts(*(name.capitalize() for name in drawn)),
        "precisie": texts(*["concreet"] * count),
        "status": texts(*["voorgesteld"] * count),
        "provincie": texts(*["PV22"] * count),
        "start_jaar": np.full(count, 2027),
        "gewijzigd": texts(*["2026-11-10T14:30:00.000Z"] * count),
    }
    geometry = multi(np.array(list(drawn.values()), dtype=object))
    append(path, "voorstel_vlak", FeatureTable("voorstel_vlak", geometry, columns))
    values = {"contact_email": "ruimte@drenthe.example", **header}
    with transaction(path) as connection:
        for name, value in values.items():
            connection.execute(f'UPDATE voorstel SET "{name}" = ?', (value,))
    return path


def edited(name: str, change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """A change of a JSON file below data/."""

    def apply(data: Path) -> None:
        content = json.loads((data / name).read_text())
        change(content)
        (data / name).write_text(json.dumps(content))

    return apply


def reopened(delivery: Path, folder: Path) -> Path:
    """Unpack a delivery and give the folder of its bag."""
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(delivery) as archive:
        archive.extractall(folder)
    return next(folder.iterdir())


def tampered(delivery: Path, folder: Path, change: Callable[[Path], None], cover: bool = True) -> Path:
    """A delivery in which `change` altered the payload; with `cover` all checksums are made to fit again."""
    bag = reopened(delivery, folder / "veranderd")
    change(bag / "data")
    if cover:
        information = bag_information(bag)
        information.pop("Payload-Oxum")
        manifest = bag / "data" / "levering.json"
        if manifest.is_file():
            content = json.loads(manifest.read_text())
            if isinstance(content, dict):
                content["files"] = file_list(bag / "data")
                manifest.write_bytes(json_bytes(content))
        write_bag(bag, list(information.items()))
    target = folder / "veranderd.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(bag.rglob("*")):
            if path.is_file():
                archive.write(path, f"bag/{path.relative_to(bag).as_posix()}")
    return target
