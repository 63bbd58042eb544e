"""The practice province as it lies on a specialist's desk: register, snapshot, bindings and a filled proposal.

What `demo.py` comes to through servers and algorithms is written here at once, for tests of the desktop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import shapely

from novex_plugin.core.agreement import agreement_path, read_agreement
from novex_plugin.core.basisset.catalogue import KEYWORD
from novex_plugin.core.basisset.catalogue.discover import discover
from novex_plugin.core.basisset.catalogue.kinds import read_kinds
from novex_plugin.core.basisset.network import NetworkError, Request, Response
from novex_plugin.core.basisset.register import write_register
from novex_plugin.core.basisset.snapshot import (
    PULLED,
    Snapshot,
    SnapshotArea,
    SnapshotDataset,
    SnapshotLayer,
    content_digest,
    write_snapshot,
)
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.progress import Progress, Silent
from novex_plugin.core.proposal.create import Heading, create_proposal
from novex_plugin.core.proposal.import_layer import import_layer
from scripts.practice.answers import fill_in
from scripts.practice.bindings import write_bindings
from scripts.practice.datasets import OFFERS, Offer
from scripts.practice.plan import write_plan
from scripts.practice.province import HEIGHT_CELL, TYPES, Province, write_raster, write_tables
from scripts.practice.records import OLDEST_RECORD, write_records

PROVINCE, VARIANT = "PV25", "basis"
MOMENT = datetime(2026, 11, 1, 8, tzinfo=UTC)
_MAPPING = Path(__file__).parent / "data" / "mapping.json"
_ANSWER = (
    '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
    '<csw:SearchStatus timestamp="2026-11-01T08:00:00Z"/><csw:SearchResults numberOfRecordsMatched="{count}" '
    'numberOfRecordsReturned="{count}" nextRecord="0">{records}</csw:SearchResults></csw:GetRecordsResponse>'
)


@dataclass(frozen=True)
class Desk:
    """Where everything lies."""

    proposal: Path
    snapshot: Path
    bindings: Path
    register: Path


def lay_out(folder: Path, province: Province) -> Desk:
    """Write all of it into `folder`."""
    desk = Desk(
        folder / "voorstel.gpkg",
        folder / "momentopname",
        write_bindings(province, _made(folder / "eigen")),
        folder / "momentopname" / "register.json",
    )
    _write_snapshot(province, desk.snapshot)
    _write_register(folder / "records", desk.register)
    _write_proposal(province, folder / "plan.gpkg", desk.proposal)
    return desk


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _write_snapshot(province: Province, folder: Path) -> None:
    data = _made(folder / "data")
    write_tables(province.tables, data)
    write_raster(province.land.height, province, HEIGHT_CELL, data / "hoogtemodel.tif")
    border = province.tables["provinciegebied"].geometry[0]
    west, south, east, north = shapely.bounds(border).tolist()
    area = SnapshotArea((west, south, east, north), shapely.to_wkt(border))
    datasets = tuple(_datasets(province, folder))
    write_snapshot(Snapshot(folder, "2026-11-01T08:00:00Z", "sha256:" + "0" * 64, area, datasets))


def _datasets(province: Province, folder: Path) -> Iterator[SnapshotDataset]:
    for offer in OFFERS:
        if offer.way not in ("none", "wms"):
            yield _dataset(province, folder, offer)


def _dataset(province: Province, folder: Path, offer: Offer) -> SnapshotDataset:
    suffix = "tif" if offer.way == "wcs" else "gpkg"
    file = f"data/{offer.slug}.{suffix}"
    if suffix == "tif":
        layer = SnapshotLayer(offer.slug, None, province.land.height.size)
    else:
        geometry = province.tables[offer.slug].geometry
        layer = SnapshotLayer(offer.slug, TYPES[int(shapely.get_type_id(geometry[0]))], len(geometry))
    return SnapshotDataset(
        id=offer.id,
        title=offer.title,
        owner=offer.owner,
        status=PULLED,
        time="2026-11-01T08:00:00Z",
        record_date=max(offer.date, OLDEST_RECORD),
        licence={"url": offer.licence[0], "text": offer.licence[1]},
        file=file,
        layers=(layer,),
        matched=layer.features,
        received=layer.features,
        stored=layer.features,
        source_epsg=28992,
        digest=content_digest(folder / file),
        repaired=0,
    )


def _write_register(records: Path, target: Path) -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in write_records(records, "https://a.example/ows", "https://a.example")
    ]
    bodies = [text[text.index("<gmd:MD_Metadata") :] for text in texts]
    answer = records / "antwoord.xml"
    answer.write_text(_ANSWER.format(count=len(bodies), records="".join(bodies)), encoding="utf-8")
    write_register(target, discover(str(answer), KEYWORD, _no_network, read_kinds(), lambda: MOMENT, Silent()))


def _no_network(request: Request, path: Path, progress: Progress) -> Response:
    raise NetworkError(f"{request.url} is not asked: the answer is a file")


def _write_proposal(province: Province, plan: Path, target: Path) -> None:
    heading = Heading("Ruimtelijk voorstel Oefenland", "Provincie Oefenland", "ruimte@oefenland.example")
    create_proposal(target, PROVINCE, VARIANT, read_agreement(agreement_path("novex-1.0")), MOMENT, heading=heading)
    write_plan(province, plan)
    for part in ("vlakken", "lijnen", "punten"):
        rejected = plan.with_name(f"afgekeurd_{part}.gpkg")
        import_layer(read_layer(plan, f"plan_{part}"), _MAPPING, target, rejected, MOMENT)
    fill_in(target, VARIANT)
