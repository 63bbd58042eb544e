"""novex:merge in the real qgis_process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from novex_plugin.core.features.geopackage import Column, Layer, append, create, layer_names
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.files import check_schema
from tests.unit.making_merges import Province, amount, box, feature, territories

Algorithm = Callable[..., Any]


def borders(folder: Path) -> Path:
    path = folder / "provincies.gpkg"
    table = territories()
    create(path, [Layer("provincies", "MULTIPOLYGON", (Column("statcode"),))])
    append(path, "provincies", FeatureTable("provincies", multi(table.geometry), table.columns))
    return path


def test_deliveries_are_merged_broken_ones_named_and_bad_parameters_refused(
    tmp_path: Path, run_algorithm: Algorithm
) -> None:
    crossing = feature("west", box("PV20", 9_000, 100, 2_000, 300))
    stopping = feature("stopt", box("PV20", 9_000, 5_000, 1_000, 300))
    one = Province("PV20", [crossing, stopping], [amount("west", 100.0)]).delivery(tmp_path)
    other = Province("PV21", [feature("oost", box("PV21", 0, 100, 1_000, 300))], [amount("oost", 50.0)])
    deliveries = [one, other.delivery(tmp_path), tmp_path / "kapot.zip"]
    deliveries[-1].write_bytes(b"PK")
    before = [path.read_bytes() for path in deliveries]
    given = {"DELIVERIES": [str(path) for path in deliveries], "AREAS": borders(tmp_path)}

    done = run_algorithm("novex:merge", **given, OUTPUT=tmp_path / "uit" / "nl.gpkg")

    assert done.exit_code == 0, done.messages
    counts = {name: done.results[name] for name in ("MERGED", "OVERLAPS", "GAPS", "SKIPPED")}
    assert counts == {"MERGED": 2, "OVERLAPS": 1, "GAPS": 1, "SKIPPED": 1}
    assert done.results["MISSING"].startswith("PV22, PV23")
    assert "kapot.zip" in done.messages
    report = json.loads(Path(done.results["REPORT"]).read_bytes())
    check_schema(report, "merge")
    assert [(each["levering"], each["kenmerk"]) for each in report["double_claims"][0]["features"]] == [
        ("PV21", "oost"),
        ("PV20", "west"),
    ]
    assert set(layer_names(tmp_path / "uit" / "nl.gpkg")) >= {"voorstel_vlak", "overlap_vlak", "gat_lijn", "levering"}
    for name in ("BALANCE", "INDICATORS"):
        assert Path(done.results[name]).parent == tmp_path / "uit"
    assert [path.read_bytes() for path in deliveries] == before

    done = run_algorithm("novex:merge", **given, OUTPUT=one)
    assert done.exit_code == 1
    assert "pv20.zip" in done.messages
    assert [path.read_bytes() for path in deliveries] == before
