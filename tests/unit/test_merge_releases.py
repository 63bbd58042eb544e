"""Deliveries under an earlier release of the agreement come along with the mapping, or are left out with the reason."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.agreement import Agreement, agreement_path, read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.merge.carry import read_carry
from novex_plugin.core.merge.merge import Places, Request, merge
from novex_plugin.core.progress import Silent
from tests.unit.making_merges import Province, amount, box, feature

MAPPING: dict[str, Any] = {
    "format": "novex-migration",
    "version": "1.0",
    "from": {"id": "novex", "release": "1.0"},
    "to": {"id": "novex", "release": "2.0"},
    "units": [{"kind": "rename", "from": "woningbouw", "to": "wonen"}],
    "indicators": [
        {"from": "woningen", "to": "woningen_duizend", "factor": 0.001, "from_unit": "woningen",
         "unit": "duizend woningen"}
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    """The agreement of the plugin, a release later: homes have another code, and are counted in thousands."""
    text = agreement_path("novex-1.0").read_text(encoding="utf-8")
    content = json.loads(text.replace('"woningbouw"', '"wonen"').replace('"woningen"', '"woningen_duizend"'))
    content["release"] = "2.0"
    content["legend"] = [unit for unit in content["legend"] if unit["code"] != "kwetsbaar_object"]
    for each in (*content["code_lists"]["eenheid"], *content["indicators"]):
        for name in ("code", "unit"):
            each |= {name: "duizend woningen"} if each.get(name) == "woningen_duizend" else {}
    path = tmp_path_factory.mktemp("afspraken") / "novex-2.0.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return read_agreement(path)


def province(code: str, homes: float, unit: str = "woningbouw") -> Province:
    name = f"{code}-a"
    drawn = feature(name, box(code, 10, 10, 500, 500), legenda=unit)
    return Province(code, [drawn], [amount(name, homes)])


def mapping(folder: Path, **values: Any) -> Path:
    path = folder / "vertaling.json"
    path.write_text(json.dumps(MAPPING | values), encoding="utf-8")
    return path


def test_deliveries_are_carried_over_and_one_that_needs_a_person_is_left_out(later: Agreement, tmp_path: Path) -> None:
    given = [
        province("PV20", 1_500).delivery(tmp_path),
        province("PV21", 2_250).delivery(tmp_path),
        province("PV22", 7, "kwetsbaar_object").delivery(tmp_path),
    ]
    bytes_written = []
    for order in (given, given[::-1]):
        places = Places(*(tmp_path / "uit" / name for name in ("nl.gpkg", "balans.json", "nl.csv", "nl.json")))
        content = merge(Request(order, agreement=later, targets=[], mapping=mapping(tmp_path)), places, Silent())
        bytes_written.append([path.read_bytes() for path in sorted((tmp_path / "uit").iterdir())])
    assert bytes_written[0] == bytes_written[1]
    assert (content["agreement"], [each["province"] for each in content["deliveries"]]) == (
        "novex 2.0",
        ["PV20", "PV21"],
    )
    (skipped,) = content["skipped"]
    assert skipped["province"] == "PV22"
    assert "oordeel over 1 rijen, de eerste: tabel voorstel_vlak, rij 1, veld legenda" in skipped["reason"]
    assert "novex:migrate" in skipped["remedy"]
    assert next(note for note in content["notes"] if "novex-1.0 naar novex-2.0" in note).startswith("PV20")
    totals = {each["indicator"]: each for each in content["totals"] if each["year"] is None}
    homes = totals["woningen_duizend"]
    assert (homes["unit"], homes["drawn"], homes["declared"]) == ("duizend woningen", 3.75, 3.75)
    assert totals["opwek"]["declared"] is None
    with sqlite3.connect(places.geopackage) as read:
        assert read.execute("SELECT DISTINCT legenda FROM voorstel_vlak").fetchall() == [("wonen",)]
        assert read.execute("SELECT DISTINCT afspraken FROM levering").fetchall() == [("novex-1.0",)]


def test_without_the_mapping_they_are_refused(later: Agreement, tmp_path: Path) -> None:
    given = [province("PV20", 1_500).delivery(tmp_path)]
    places = Places(*(tmp_path / "uit" / name for name in ("nl.gpkg", "balans.json", "nl.csv", "nl.json")))
    with pytest.raises(
        InputError, match=r"volgt andere afspraken dan novex-2\.0, waarin wordt samengevoegd: novex-1\.0"
    ):
        merge(Request(given, agreement=later), places, Silent())
    assert not list((tmp_path / "uit").iterdir())


def test_a_mapping_that_leads_elsewhere_is_refused(later: Agreement, tmp_path: Path) -> None:
    elsewhere = mapping(tmp_path, to={"id": "novex", "release": "3.0"})
    with pytest.raises(InputError, match=r"de vertaling is voor de afspraken novex-3\.0"):
        read_carry(elsewhere, later)
    with pytest.raises(InputError, match=r"novex-3\.0, die niet bij deze plugin horen") as refused:
        read_carry(elsewhere, None)
    assert "AGREEMENT" in refused.value.remedy
