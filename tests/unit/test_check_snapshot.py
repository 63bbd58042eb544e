"""A check on pulled data: the version that was used, and what a snapshot does not have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.basisset.snapshot import (
    Snapshot,
    SnapshotArea,
    SnapshotDataset,
    SnapshotLayer,
    content_digest,
    write_snapshot,
)
from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.features.geopackage import Layer, append, create
from novex_plugin.core.features.table import FeatureTable, multi
from tests.unit.making_checks import Case, box, objects, rule, rule_file

SITE = box(0, 0, 100, 100)
NO_DATA: dict[str, Any] = {"file": None, "layers": (), "digest": None, "received": None, "stored": None}


def snapshot_of(folder: Path, **changes: Any) -> Path:
    """A snapshot with one dataset, `n2000`, of one layer; `changes` alter what its manifest says."""
    (folder / "data").mkdir(parents=True)
    path = folder / "data" / "n2000.gpkg"
    create(path, [Layer("gebied", "MULTIPOLYGON", ())])
    append(path, "gebied", FeatureTable("gebied", multi(objects(SITE)), {}))
    licence = {"url": None, "text": None}
    values: dict[str, Any] = {"status": "pulled", "file": "data/n2000.gpkg", "digest": content_digest(path)}
    counts = {"received": 1, "stored": 1, "repaired": 0, "source_epsg": 28992, "service": "wfs"}
    values |= {"layers": (SnapshotLayer("gebied", "MULTIPOLYGON", 1),)} | counts | changes
    dataset = SnapshotDataset("n2000", "Natura", "Eigenaar", **values, time="2026-11-01T08:00:00Z",
                              record_date=None, licence=licence)  # fmt: skip
    area = SnapshotArea((0.0, 0.0, 1000.0, 1000.0), shapely.box(0, 0, 1000, 1000).wkt)
    write_snapshot(Snapshot(folder, "2026-11-01T08:00:00Z", f"sha256:{'0' * 64}", area, (dataset,)))
    return folder


def asked(case: Case, snapshot: Path | None) -> RuleOutcome:
    (outcome,) = case.run(rule_file(case.folder, rule("prohibit-inside")), snapshot=snapshot).outcomes
    return outcome


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path).draw("a", "woningbouw", box(50, 0, 150, 100)).bind("natura2000", dataset="n2000")


def test_a_finding_names_the_dataset_and_the_version_that_was_pulled(case: Case, tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path / "momentopname")
    found = asked(case, snapshot)
    assert found.outcome == "overtreedt"
    assert found.dataset == "n2000"
    assert found.digest == content_digest(snapshot / "data" / "n2000.gpkg")


def test_without_a_snapshot_the_rule_says_that_it_needs_one(case: Case) -> None:
    found = asked(case, None)
    assert found.outcome == "niet_toetsbaar"
    assert "momentopname" in found.missing[0]
    assert "n2000" in found.missing[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "image_only", "layer_definition": "layers/n2000.qlr"} | NO_DATA, "alleen beelden"),
        ({"status": "failed", "reason": "server zweeg"} | NO_DATA, "server zweeg"),
    ],
)
def test_a_dataset_without_features_says_why(case: Case, tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    found = asked(case, snapshot_of(tmp_path / "momentopname", **changes))
    assert found.outcome == "niet_toetsbaar"
    assert said in found.missing[0]


def test_a_dataset_that_the_snapshot_does_not_have_is_named(case: Case, tmp_path: Path) -> None:
    found = asked(case.bind("natura2000", dataset="weg-1"), snapshot_of(tmp_path / "momentopname"))
    assert found.outcome == "niet_toetsbaar"
    assert "weg-1" in found.missing[0]


def test_data_that_changed_after_the_pull_are_not_passed_off_as_the_version_of_the_manifest(
    case: Case, tmp_path: Path
) -> None:
    snapshot = snapshot_of(tmp_path / "momentopname")
    append(snapshot / "data" / "n2000.gpkg", "gebied", FeatureTable("gebied", multi(objects(SITE)), {}))
    found = asked(case, snapshot)
    assert found.outcome == "niet_toetsbaar"
    assert "de dataset n2000 is na het ophalen gewijzigd" in found.missing[0]


def test_a_bound_layer_that_is_gone_and_a_file_that_is_gone_are_named(case: Case, tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path / "momentopname")
    lost = asked(case.bind("natura2000", dataset="n2000", layer="vlakken"), snapshot)
    assert lost.outcome == "niet_toetsbaar"
    assert "de laag vlakken ontbreekt" in lost.missing[0]
    (snapshot / "data" / "n2000.gpkg").unlink()
    gone = asked(case.bind("natura2000", dataset="n2000"), snapshot)
    assert gone.outcome == "niet_toetsbaar"
    assert "n2000.gpkg" in gone.missing[0]
