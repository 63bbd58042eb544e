"""novex:migrate, novex:changes and novex:status in the real qgis_process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.agreement import agreement_path
from novex_plugin.core.basisset.snapshot import Snapshot, SnapshotArea, SnapshotDataset, write_snapshot
from novex_plugin.core.delivery import export as exporting
from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.files import read_json
from novex_plugin.core.progress import Silent
from scripts.practice.answering import serve_answers, whole
from scripts.practice.lying import CAPABILITIES
from scripts.practice.registers import dataset, write_practice_register
from tests.unit.making_checks import Case, box
from tests.unit.making_deliveries import StandIn, assess_by_area, new_proposal

Algorithm = Callable[..., Any]
SQUARE = shapely.box(233_000, 556_000, 233_100, 556_100)


def test_a_proposal_is_migrated_and_a_wrong_mapping_writes_nothing(tmp_path: Path, run_algorithm: Algorithm) -> None:
    case = Case(tmp_path).draw("a", "woningbouw", box(0, 0, 9, 9)).draw("b", "bedrijventerrein", box(0, 0, 9, 9))
    agreement = json.loads(agreement_path("novex-1.0").read_text()) | {"release": "2.0"}
    agreement["legend"] = [each for each in agreement["legend"] if each["code"] != "woningbouw"]
    (tmp_path / "afspraken.json").write_text(json.dumps(agreement))
    content: dict[str, Any] = {"format": "novex-migration", "version": "1.0", "to": {"id": "novex", "release": "2.0"}}
    content["from"] = {"id": "novex", "release": "1.0"}
    content["units"] = [{"kind": "drop", "from": "woningbouw"}]
    (tmp_path / "vertaling.json").write_text(json.dumps(content))
    before = case.proposal.read_bytes()
    outputs = {"OUTPUT": tmp_path / "uit.gpkg", "REPORT": tmp_path / "uit.json"}
    inputs = {"PROPOSAL": case.proposal, "AGREEMENT": tmp_path / "afspraken.json"}
    done = run_algorithm("novex:migrate", MAPPING=tmp_path / "afspraken.json", **inputs, **outputs)
    assert (done.exit_code, "afspraken.json, regelnummer" in done.messages) == (1, True), done.messages
    assert not list(tmp_path.glob("uit*"))

    done = run_algorithm("novex:migrate", MAPPING=tmp_path / "vertaling.json", **inputs, **outputs)
    assert done.exit_code == 0, done.messages
    assert (done.results["MIGRATED"], done.results["NEEDS_PERSON"]) == (4, 1)
    assert "nog_te_beoordelen" in done.messages
    assert read_layer(tmp_path / "uit.gpkg", "nog_te_beoordelen").columns["id"].tolist() == ["a"]
    styles = read_layer(tmp_path / "uit.gpkg", "layer_styles").columns
    assert styles["description"].tolist() == ["Afspraken novex 2.0"] * 4
    assert read_json(tmp_path / "uit.json", "migration_report")["needs_person"] == 1
    assert case.proposal.read_bytes() == before


def test_two_deliveries_are_compared(tmp_path: Path, run_algorithm: Algorithm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "assess", assess_by_area)
    for name, shapes in (("oud", ("a", "b")), ("nieuw", ("b", "c", "d"))):
        proposal = new_proposal(tmp_path / f"{name}.gpkg", dict.fromkeys(shapes, SQUARE))
        export(Request(proposal, "basis", draft=True), tmp_path / f"{name}.zip", StandIn(), Silent())
    inputs = {"DELIVERY": tmp_path / "nieuw.zip", "PREVIOUS": tmp_path / "oud.zip"}
    outputs = {"OUTPUT": tmp_path / "uit.json", "LAYERS": tmp_path / "uit.gpkg"}
    done = run_algorithm("novex:changes", **inputs, **outputs)

    assert done.exit_code == 0, done.messages
    assert [done.results[key] for key in ("ADDED", "CHANGED", "REMOVED")] == [2, 0, 1]
    assert len(read_layer(tmp_path / "uit.gpkg", "wijziging_vlak")) == 3
    read_json(tmp_path / "uit.json", "changes")


def test_a_snapshot_is_laid_beside_a_register_over_the_real_network(tmp_path: Path, run_algorithm: Algorithm) -> None:
    folder = tmp_path / "momentopname"
    folder.mkdir()
    with serve_answers(whole(CAPABILITIES.encode())) as address:
        register = write_practice_register(
            tmp_path / "register.json",
            dataset("a", "wfs", address, "vlak"),
            dataset("b", "wfs", "http://127.0.0.1:9/", "vlak"),
        )
        kept = SnapshotDataset(
            "a", "Oefening a", None, "pulled", "2026-01-01T00:00:00Z", "2025-01-01", {"url": None, "text": None},
            file="data/a.gpkg", address=address, service="wfs", matched=0, received=0, stored=0, repaired=0,
            request=address, digest=f"sha256:{'0' * 64}",
        )  # fmt: skip
        area = SnapshotArea((0.0, 0.0, 1.0, 1.0), "POLYGON EMPTY")
        write_snapshot(Snapshot(folder, "2026-01-01T00:00:00Z", f"sha256:{'0' * 64}", area, (kept,)))
        done = run_algorithm("novex:status", REGISTER=register, SNAPSHOT=folder, OUTPUT=tmp_path / "uit.json")

    assert done.exit_code == 0, done.messages
    assert [done.results[key] for key in ("NEW", "CHANGED", "WITHDRAWN", "UNREACHABLE")] == [1, 1, 0, 1]
    assert "Onbereikbaar: Oefening b (b)" in done.messages
    read_json(tmp_path / "uit.json", "status")
