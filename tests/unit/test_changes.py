"""Two deliveries laid side by side: what came, what went, what changed and by how much."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.delivery import export as exporting
from novex_plugin.core.delivery.changes import Changes, changes
from novex_plugin.core.delivery.changes_layers import write_changes
from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.places import BALANCE, FINDINGS_JSON, MANIFEST, PROPOSAL
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import append, read_layer, suspend_triggers, transaction
from novex_plugin.core.features.table import FeatureTable, attribute_table, multi
from novex_plugin.core.files import check_schema, json_bytes, read_json
from novex_plugin.core.progress import Silent
from tests.unit.making_checks import objects
from tests.unit.making_deliveries import StandIn, assess_by_area, new_proposal, reopened, tampered

SQUARE = shapely.box(233_000, 556_000, 233_100, 556_100)


@dataclass(frozen=True)
class Pair:
    """An earlier and a later delivery of one proposal."""

    folder: Path
    previous: Path
    delivery: Path

    def laid(self) -> Changes:
        return changes(self.delivery, self.previous, Silent())


@pytest.fixture(scope="module", autouse=True)
def one_rule() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "assess", assess_by_area)
        yield


def exported(proposal: Path, target: Path) -> Path:
    export(Request(proposal, "basis", draft=True), target, StandIn(), Silent())
    return target


def contribution(path: Path, name: str, kenmerk: str, value: float) -> None:
    row = {"id": name, "kenmerk": kenmerk, "indicator": "woningen", "eenheid": "woningen"}
    columns = {key: objects(each) for key, each in row.items()} | {"waarde": np.array([value])}
    append(path, "bijdrage", attribute_table("bijdrage", columns))


def line(path: Path, name: str, *points: tuple[float, float]) -> None:
    row = {"id": name, "variant": "basis", "rol": "nieuw", "precisie": "concreet"}
    row |= {"status": "idee", "provincie": "PV22"}
    row["legenda"] = read_agreement().drawn_as("lijn")[0].code
    columns = {key: objects(each) for key, each in row.items()}
    append(path, "voorstel_lijn", FeatureTable("voorstel_lijn", multi(objects(shapely.LineString(points))), columns))


def edited(path: Path, *statements: str) -> None:
    """Edit the areas of a proposal as another program would."""
    with transaction(path) as connection:
        suspended = suspend_triggers(connection, "voorstel_vlak")
        for each in statements:
            connection.execute(each)
        for trigger in suspended:
            connection.execute(trigger)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder = tmp_path_factory.mktemp("leveringen")
    shifted = shapely.affinity.translate(SQUARE, 40, 0)
    first = {"blijft": SQUARE, "schuift": SQUARE, "hernoemd": SQUARE, "telt": SQUARE, "weg": SQUARE, "geraakt": SQUARE}
    later = {name: shape for name, shape in first.items() if name != "weg"} | {"nieuw": shifted, "schuift": shifted}
    old, new = (new_proposal(folder / f"{name}.gpkg", shapes) for name, shapes in (("oud", first), ("nieuw", later)))
    for path, homes in ((old, 100.0), (new, 250.0)):
        contribution(path, "b1", "telt", homes)
        line(path, "lijn", (233_000, 556_000), (233_000 + homes * 10, 556_000))
    edited(new, "UPDATE voorstel_vlak SET naam = 'De Marke', start_jaar = 2031 WHERE id = 'hernoemd'")
    edited(new, "UPDATE voorstel_vlak SET gewijzigd = '2027-01-01T00:00:00.000Z' WHERE id = 'geraakt'")
    return Pair(folder, exported(old, folder / "oud.zip"), exported(new, folder / "nieuw.zip"))


def test_features_are_matched_by_id_and_counted(pair: Pair) -> None:
    found = pair.laid()

    assert found.counts == {"added": 1, "changed": 4, "removed": 1, "unchanged": 2}
    assert {(each["id"], each["change"]) for each in found.content["features"]} == {
        ("nieuw", "added"), ("weg", "removed"), ("schuift", "changed"), ("hernoemd", "changed"), ("telt", "changed"),
        ("lijn", "changed"),
    }  # fmt: skip


def test_a_change_tells_fields_metres_hectares_and_kilometres(pair: Pair) -> None:
    features = {each["id"]: each for each in pair.laid().content["features"]}

    assert features["hernoemd"]["fields"] == [
        {"field": "naam", "old": "Hernoemd", "new": "De Marke"},
        {"field": "start_jaar", "old": 2027, "new": 2031},
    ]
    assert features["hernoemd"]["geometry"] is None
    assert features["schuift"]["geometry"] == {"moved_m": 40.0, "area_ha": 0.0, "differing_ha": 0.8, "length_km": 0.0}
    assert features["lijn"]["geometry"]["length_km"] == 1.5
    assert (features["telt"]["contributions"], features["telt"]["fields"]) == (True, [])


def test_rows_units_totals_and_rules_that_differ_are_told(pair: Pair) -> None:
    content = pair.laid().content

    assert content["rows"] == [
        {
            "table": "bijdrage",
            "id": "b1",
            "feature": "telt",
            "change": "changed",
            "fields": [{"field": "waarde", "old": 100, "new": 250}],
        }
    ]
    homes = next(each for each in content["units"] if each["unit"] == "woningbouw")
    assert homes == {
        "unit": "woningbouw",
        "added": 1,
        "removed": 1,
        "changed": 3,
        "number": {"old": 6, "new": 6},
        "area_ha": {"old": 6.0, "new": 6.0},
        "length_km": {"old": 0.0, "new": 0.0},
    }
    rails = next(each for each in content["units"] if each["unit"] != "woningbouw")
    assert rails["length_km"] == {"old": 1.0, "new": 2.5}
    (total, *_) = [
        each for each in content["totals"] if each["indicator"] == "woningen" and each["place_code"] == "PV22"
    ]
    assert (total["old"], total["new"], total["difference"]) == (100, 250, 150)
    assert content["rules"] == []
    assert content["versions"] == []
    assert content["notes"] == []


def test_the_layers_show_what_is_and_what_was(pair: Pair, tmp_path: Path) -> None:
    write_changes(pair.laid(), tmp_path / "uit.json", tmp_path / "uit.gpkg")

    areas = read_layer(tmp_path / "uit.gpkg", "wijziging_vlak")
    names = ("id", "wijziging", "stand", "velden")
    assert sorted(zip(*(areas.columns[name].tolist() for name in names), strict=True), key=repr) == [
        ("hernoemd", "gewijzigd", "nu", "naam, start_jaar"),
        ("nieuw", "toegevoegd", "nu", None),
        ("schuift", "gewijzigd", "nu", "geom"),
        ("schuift", "gewijzigd", "was", "geom"),
        ("telt", "gewijzigd", "nu", None),
        ("weg", "vervallen", "was", None),
    ]
    was = areas.take((areas.columns["id"] == "schuift") & (areas.columns["stand"] == "was"))
    assert shapely.equals(was.geometry[0], SQUARE)
    assert was.columns["verplaatst_m"].tolist() == [40.0]
    assert len(read_layer(tmp_path / "uit.gpkg", "wijziging_lijn")) == 2
    check_schema(read_json(tmp_path / "uit.json"), "changes")


def test_a_delivery_beside_itself_has_no_change(pair: Pair) -> None:
    found = changes(pair.delivery, pair.delivery, Silent())

    assert found.counts == {"added": 0, "changed": 0, "removed": 0, "unchanged": 7}
    assert not any(
        found.content[part] for part in ("features", "rows", "units", "totals", "rules", "versions", "notes")
    )


def test_outcomes_and_versions_that_differ_are_told(pair: Pair, tmp_path: Path) -> None:
    def other(data: Path) -> None:
        findings = read_json(data / FINDINGS_JSON)
        findings["rules"] = [{"rule": "P-1", "outcome": "overtreedt", "version": "2.0", "findings": 3}]
        (data / FINDINGS_JSON).write_bytes(json_bytes(findings))
        manifest = read_json(data / MANIFEST)
        manifest["agreement"] |= {"version": "0.9", "digest": f"sha256:{'1' * 64}"}
        manifest["plugin"]["version"] = "0.0.1"
        manifest["moment"] = "2030-01-01T00:00:00Z"
        (data / MANIFEST).write_bytes(json_bytes(manifest))

    content = changes(pair.delivery, tampered(pair.previous, tmp_path, other), Silent()).content
    assert content["rules"] == [
        {
            "rule": "P-1",
            "old": {"outcome": "overtreedt", "findings": 3, "version": "2.0"},
            "new": {"outcome": "voldoet", "findings": None, "version": None},
        }
    ]
    assert [each["what"] for each in content["versions"]] == ["afspraken", "plugin"]
    assert content["versions"][0]["old"] == "novex 0.9 (sha256:111111111111)"
    assert any("nieuwer" in note for note in content["notes"])
    assert any("afspraken verschillen" in note for note in content["notes"])


def in_proposal(*statements: str) -> Callable[[Path], None]:
    return lambda data: edited(data / PROPOSAL, *statements)


def in_json(name: str, **values: Any) -> Callable[[Path], None]:
    def change(data: Path) -> None:
        (data / name).write_bytes(json_bytes(read_json(data / name) | values))

    return change


@pytest.mark.parametrize(
    ("change", "cover", "said"),
    [
        (in_json(BALANCE, totals=[]), False, "is beschadigd: bag-info.txt"),
        (in_json(BALANCE, totals=[{"indicator": 5}]), True, r"veld \$\.totals\[0\].*heeft een andere vorm"),
        (in_json(FINDINGS_JSON, rules=[{}]), True, r"\$\.rules\[0\]"),
        (in_json(MANIFEST, version="9.0"), True, "versie 9.0"),
        (in_proposal("DROP TABLE bijdrage"), True, "tabel bijdrage: voorstel.gpkg: deze tabel ontbreekt"),
        (in_proposal("UPDATE voorstel_vlak SET geom = x'00' WHERE id = 'weg'"), True, "voorstel_vlak.*geom"),
        (lambda data: (data / PROPOSAL).write_bytes(b"niets"), True, "voorstel.gpkg"),
        (lambda data: (data / PROPOSAL).unlink(), True, "bestaat niet"),
        (lambda data: shutil.rmtree(data), True, "levering.json|ontbreekt"),
    ],
)  # fmt: skip
def test_a_broken_delivery_is_named_and_nothing_else_breaks(
    pair: Pair, tmp_path: Path, change: Callable[[Path], None], cover: bool, said: str
) -> None:
    broken = tampered(pair.previous, tmp_path, change, cover)
    with pytest.raises(InputError, match=said) as refused:
        changes(pair.delivery, broken, Silent())
    assert refused.value.file == broken


def test_another_province_is_no_earlier_delivery(pair: Pair, tmp_path: Path) -> None:
    manifest = read_json(payload(pair.previous, tmp_path) / MANIFEST)
    other = tampered(pair.previous, tmp_path, in_json(MANIFEST, proposal=manifest["proposal"] | {"province": "PV20"}))
    with pytest.raises(InputError, match=r"is van provincie PV20, de andere levering van PV22"):
        changes(pair.delivery, other, Silent())


def payload(delivery: Path, folder: Path) -> Path:
    return reopened(delivery, folder / "open") / "data"
