"""What was done to a delivery with data, made with the real rules: each change is found and told with its place."""

from __future__ import annotations

import re
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely

from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.delivery.verify import verify
from novex_plugin.core.features.geopackage import Column, Layer, append, create, layer_names, read_layer, transaction
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.progress import Silent
from tests.unit.making_checks import Case, box
from tests.unit.making_deliveries import StandIn, edited, reopened, tampered

Change = Callable[[Path], None]
OWN = "gegevens/eigen/bgr-uiterwaarden.gpkg"
GPKG = "voorstel/voorstel.gpkg"


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Homes in the river bed, tested against a layer of the province's own that stands among others in its file."""
    folder = tmp_path_factory.mktemp("levering")
    case = Case(folder).draw("a", "woningbouw", box(180_000, 450_000, 180_100, 450_100))
    case.dataset("bgr-uiterwaarden", box(180_060, 450_000, 180_500, 450_500))
    case.bind("bgr-uiterwaarden", layer="rivierbed", own=case.bindings[0]["own"])
    home = folder / "bgr-uiterwaarden.gpkg"
    home.unlink()
    create(home, [Layer(name, "MULTIPOLYGON", (Column("naam"),)) for name in ("rivierbed", "personeel")])
    shapes = np.array([shapely.multipolygons([box(180_060, 450_000, 180_500, 450_500)])], dtype=object)
    append(home, "rivierbed", FeatureTable("rivierbed", shapes, {"naam": np.array(["bed"], dtype=object)}))
    with closing(sqlite3.connect(home)) as connection:
        connection.executescript(
            "CREATE TABLE layer_styles (styleQML TEXT);"
            "INSERT INTO layer_styles VALUES ('<qgis><editforminitcode>import os</editforminitcode></qgis>')"
        )
    with transaction(case.proposal) as connection:
        connection.execute("UPDATE voorstel SET contact_email = 'ruimte@gelderland.example'")
    request = Request(case.proposal, "basis", bindings=case.bindings_file(), draft=True, with_data=True)
    export(request, folder / "levering.zip", StandIn(), Silent())
    return folder / "levering.zip"


def found(path: Path) -> list[str]:
    """File, place and problem of each difference, on a line."""
    outcome = verify(path, StandIn(), Silent())
    assert outcome.state == ("ongeldig" if outcome.differences else outcome.state)
    return [f"{each.file} {each.where}: {each.says} | {each.found}" for each in outcome.differences]


def test_a_delivery_with_data_is_recomputed_whole(delivery: Path) -> None:
    outcome = verify(delivery, StandIn(), Silent())

    assert (outcome.state, outcome.differences) == ("geldig", [])
    assert [said.split(":")[0] for said in outcome.not_recomputed] == ["rapport/kaart.png"]


def test_only_the_own_layer_that_is_used_goes_along(delivery: Path, tmp_path: Path) -> None:
    data = reopened(delivery, tmp_path / "open") / "data"

    assert layer_names(data / OWN) == {"rivierbed": "features"}
    assert b"editforminitcode" not in (data / OWN).read_bytes()
    assert (
        (data / "gegevens/afwijkingen.csv")
        .read_text(encoding="utf-8-sig")
        .splitlines()[1]
        .startswith(f"proef bgr-uiterwaarden;{OWN};")
    )


def moved(data: Path) -> None:
    """Move the feature by one metre."""
    (row,) = read_layer(data / GPKG, "voorstel_vlak").geometry
    with transaction(data / GPKG) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        (blob,) = connection.execute("SELECT geom FROM voorstel_vlak").fetchone()
        shifted = shapely.to_wkb(shapely.transform(row, lambda points: points + np.array([1, 0])), byte_order=1)
        west, east, south, north = struct.unpack("<4d", blob[8:40])
        header = blob[:8] + struct.pack("<4d", west + 1, east + 1, south, north)
        connection.execute("UPDATE voorstel_vlak SET geom = ?", (header + shifted,))


def ran(name: str, script: str) -> Change:
    def apply(data: Path) -> None:
        with closing(sqlite3.connect(data / name)) as connection:
            connection.executescript(script)

    return apply


def flipped(data: Path) -> None:
    path = data / "rapport/kaart.png"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def put(name: str, content: str) -> Change:
    def apply(data: Path) -> None:
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_text(content)

    return apply


UNCOVERED: dict[str, tuple[Change, str]] = {
    "a changed byte": (flipped, r"^data/rapport/kaart\.png : is veranderd"),
    "a missing file": (
        lambda data: (data / "balans/balans.csv").unlink(),
        r"^data/balans/balans\.csv : ontbreekt",
    ),
    "a deviation from the basisset kept silent": (
        ran(GPKG, "DELETE FROM dataset"),
        rf"^{GPKG} tabel dataset, rij \S+: ontbreekt \| eigen laag proef bgr-uiterwaarden",
    ),
}
COVERED: dict[str, tuple[Change, str]] = {
    "a feature moved by a metre": (moved, r"^voorstel/voorstel-rd\.geojson .*features\[a\]\.geometry"),
    "a wrong total": (
        edited("balans/balans.json", lambda c: c["totals"][0].update(drawn=99)),
        r"^balans/balans\.json \$\.totals\[0\]\.drawn: 99",
    ),
    "a forged digest": (
        ran(GPKG, f"UPDATE dataset SET digest = 'sha256:{'1' * 64}'"),
        rf"^{GPKG} tabel dataset, rij \S+, veld digest: sha256:1111",
    ),
    "a style in the data that QGIS would load": (
        ran(OWN, "CREATE TABLE layer_styles (styleQML TEXT)"),
        rf"^{OWN} tabel layer_styles: aanwezig",
    ),
    "a trigger in the data": (
        ran(OWN, "CREATE TRIGGER t AFTER INSERT ON rivierbed BEGIN DELETE FROM rivierbed; END"),
        rf"^{OWN} trigger t: aanwezig",
    ),
    "a style beside the data that QGIS would load": (
        put("gegevens/eigen/bgr-uiterwaarden.qml", "<qgis/>"),
        r"^gegevens/eigen/bgr-uiterwaarden\.qml : aanwezig",
    ),
    "a layer definition of the receiver's own files": (
        put("gegevens/layers/a.qlr", "<qlr><maplayers><maplayer><provider>ogr</provider></maplayer></maplayers></qlr>"),
        r"^gegevens/layers/a\.qlr : gebruikt de bron ogr",
    ),
    "a style that fetches": (
        put("legenda/voorstel_punt.sld", "<Mark><OnlineResource href='http://spion.example/a.png'/></Mark>"),
        r"^legenda/voorstel_punt\.sld : verwijst naar buiten de levering",
    ),
}


def test_what_was_changed_without_care_is_told_by_its_checksum(delivery: Path, tmp_path: Path) -> None:
    told = found(tampered(delivery, tmp_path, lambda data: _all(UNCOVERED, data), cover=False))

    assert [name for name, (_, said) in UNCOVERED.items() if not any(re.search(said, line) for line in told)] == []


def test_every_change_is_told_with_its_place_though_all_checksums_fit(delivery: Path, tmp_path: Path) -> None:
    told = found(tampered(delivery, tmp_path, lambda data: _all(COVERED, data)))

    assert not any(line.startswith("data/") for line in told)
    assert [name for name, (_, said) in COVERED.items() if not any(re.search(said, line) for line in told)] == []


def _all(changes: dict[str, tuple[Change, str]], data: Path) -> None:
    for change, _ in changes.values():
        change(data)


def claims_four_gigabytes(source: Path, target: Path) -> Path:
    """The same zip, in which the first entry says in its zip64 field that it unpacks to eight GiB and more."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            after.writestr(entry.filename, before.read(entry))
        after.filelist[0].file_size = (8 << 30) + 1
    return target


def beside(source: Path, target: Path, name: str) -> Path:
    shutil.copyfile(source, target)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, "x")
    return target


ARCHIVES: dict[str, tuple[Callable[[Path, Path], Path], str]] = {
    "a size that claims too much": (claims_four_gigabytes, "8193 MiB; meer dan 8192 MiB mag niet"),
    "a file beside the bag": (
        lambda a, b: beside(a, b, "leesmij.exe"),
        r"naast de levering novex-\S+ ook leesmij\.exe",
    ),
    "a second delivery": (lambda a, b: beside(a, b, "ander/bagit.txt"), "naast de levering"),
    "a name that climbs out": (lambda a, b: beside(a, b, "novex/../../weg"), "pad dat de map verlaat"),
    "an absolute name": (lambda a, b: beside(a, b, "/etc/cron.d/x"), "pad dat de map verlaat"),
    "a name that is there twice": (lambda a, b: beside(a, b, "novex-pv25-basis/BAGIT.TXT"), "komt twee keer voor"),
}


@pytest.mark.parametrize(("build", "said"), ARCHIVES.values(), ids=ARCHIVES)
def test_an_archive_that_holds_more_or_other_than_a_delivery_is_said(
    delivery: Path, tmp_path: Path, build: Callable[[Path, Path], Path], said: str
) -> None:
    (told,) = found(build(delivery, tmp_path / "x.zip"))

    assert re.search(said, told), told
