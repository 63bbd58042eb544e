"""From nothing to a balance in the real qgis_process; refusals end with exit code 1 and leave all as it was."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.agreement import agreement_path
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.files import read_json
from novex_plugin.core.proposal.read import read_proposal

Runs = Callable[..., Any]

MAPPING = {
    "format": "novex-mapping",
    "version": "1.0",
    "fields": {"legenda": {"from": "soort", "values": {"Wonen": "woningbouw"}}, "naam": {"from": "naam"}},
    "contributions": [{"indicator": "woningen", "value": {"from": "aantal"}, "unit": "woningen", "year": 2029}],
}


def plan(kind: str, amount: int | None, left: float) -> dict[str, Any]:
    ring = [[left, 51.3], [left + 0.01, 51.3], [left + 0.01, 51.31], [left, 51.31], [left, 51.3]]
    properties = {"soort": kind, "naam": f"Plan {left}", "aantal": amount}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Three plans in degrees: two good ones, one of an unknown kind."""
    features = [plan("Wonen", 1200, 5.8), plan("Wonen", 300, 5.9), plan("Kasteel", 1, 6.0)]
    path = tmp_path / "plannen.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "afbeelding.json"
    path.write_text(json.dumps(MAPPING), encoding="utf-8")
    return path


@pytest.fixture
def proposal(tmp_path: Path, run_algorithm: Runs) -> Path:
    path = tmp_path / "voorstel.gpkg"
    run = run_algorithm("novex:newproposal", PROVINCE="PV31", VARIANT="basis", AGREEMENT="novex-1.0", OUTPUT=path)
    assert run.exit_code == 0, run.messages
    assert run.results["OUTPUT"] == str(path)
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_layer_in_degrees_comes_in_and_is_balanced(
    tmp_path: Path, run_algorithm: Runs, proposal: Path, plans: Path, mapping: Path
) -> None:
    rejected = tmp_path / "af.gpkg"
    done = run_algorithm("novex:importlayer", INPUT=plans, MAPPING=mapping, PROPOSAL=proposal, REJECTED=rejected)
    assert done.exit_code == 0, done.messages
    assert (done.results["FEATURES"], done.results["REJECTED_FEATURES"]) == (2, 1)
    assert done.results["REJECTED"] == str(rejected)
    assert read_layer(rejected, "afgekeurd").columns["reden"].tolist() == ["legenda Kasteel staat niet in de codelijst"]
    assert read_proposal(proposal).problems == ()

    output = tmp_path / "balans.json"
    done = run_algorithm("novex:balance", PROPOSAL=proposal, VARIANT="basis", OUTPUT=output)
    assert done.exit_code == 0, done.messages
    limburg = next(line for line in read_json(output, "balance")["targets"] if line["place_code"] == "PV31")
    assert (limburg["drawn"], limburg["remaining"], len(limburg["features"])) == (1500, 25_050, 2)
    assert done.results["CSV"] == str(tmp_path / "balans.csv")
    assert "Limburg" in (tmp_path / "balans.csv").read_text(encoding="utf-8-sig")


def test_with_the_real_provinces_features_count_where_they_lie(
    tmp_path: Path, run_algorithm: Runs, proposal: Path, plans: Path, mapping: Path, shared: Path
) -> None:
    inputs = {"INPUT": plans, "MAPPING": mapping, "PROPOSAL": proposal, "REJECTED": tmp_path / "af.gpkg"}
    assert run_algorithm("novex:importlayer", **inputs).exit_code == 0
    output = tmp_path / "balans.json"
    provinces = shared / "data" / "provincie_2025_rd.geojson"
    done = run_algorithm("novex:balance", PROPOSAL=proposal, VARIANT="basis", AREAS=provinces, OUTPUT=output)
    assert done.exit_code == 0, done.messages
    content = read_json(output, "balance")
    drawn = {line["place_code"]: line["drawn"] for line in content["targets"] if line["drawn"]}
    assert content["places"] == "gebieden"
    assert drawn["NL"] == 1500
    assert sum(value for place, value in drawn.items() if place != "NL") == 1500
    assert any("het veld provincie zegt PV31" in note for note in content["notes"]) == (set(drawn) != {"NL", "PV31"})


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"PROVINCE": "PV99", "VARIANT": "basis"}, ["PV99", "Groningen"]),
        ({"PROVINCE": "PV31", "VARIANT": "Plan B!"}, ["Plan B!"]),
        ({"PROVINCE": "PV31", "VARIANT": "basis", "AGREEMENT": "novex-9.9"}, ["novex-9.9", "novex-1.0"]),
    ],
)
def test_a_new_proposal_with_an_unknown_province_variant_or_agreement_is_refused(
    tmp_path: Path, run_algorithm: Runs, inputs: dict[str, str], words: list[str]
) -> None:
    run = run_algorithm("novex:newproposal", OUTPUT=tmp_path / "v.gpkg", **inputs)
    assert run.exit_code == 1
    assert all(word in run.messages for word in words), run.messages
    assert not list(tmp_path.iterdir())


def test_a_proposal_with_features_is_not_overwritten(
    tmp_path: Path, run_algorithm: Runs, proposal: Path, plans: Path, mapping: Path
) -> None:
    inputs = {"INPUT": plans, "MAPPING": mapping, "PROPOSAL": proposal, "REJECTED": tmp_path / "af.gpkg"}
    assert run_algorithm("novex:importlayer", **inputs).exit_code == 0
    before = digest(proposal)
    run = run_algorithm("novex:newproposal", PROVINCE="PV20", VARIANT="basis", OUTPUT=proposal)
    assert run.exit_code == 1
    assert "voorstel_vlak" in run.messages
    assert digest(proposal) == before


def another_version(proposal: Path) -> None:
    with closing(sqlite3.connect(proposal)) as connection:
        connection.execute("UPDATE voorstel SET schema_versie = '2.0'")
        connection.commit()


def read_only(proposal: Path) -> None:
    proposal.chmod(stat.S_IRUSR)


def absent(proposal: Path) -> None:
    proposal.unlink()


def no_geopackage(proposal: Path) -> None:
    proposal.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)


@pytest.mark.parametrize(
    ("algorithm", "spoil", "word"),
    [
        ("importlayer", another_version, "schemaversie 2.0"),
        ("balance", another_version, "schemaversie 2.0"),
        ("importlayer", read_only, "alleen-lezen"),
        ("importlayer", absent, "voorstel.gpkg"),
        ("balance", absent, "voorstel.gpkg"),
        ("importlayer", no_geopackage, "voorstel.gpkg"),
        ("balance", no_geopackage, "voorstel.gpkg"),
    ],
)
def test_a_proposal_that_cannot_be_used_is_refused_and_left_as_it_was(
    tmp_path: Path,
    run_algorithm: Runs,
    proposal: Path,
    plans: Path,
    mapping: Path,
    algorithm: str,
    spoil: Callable[[Path], None],
    word: str,
) -> None:
    spoil(proposal)
    before = digest(proposal) if proposal.exists() else None
    if algorithm == "importlayer":
        inputs = {"INPUT": plans, "MAPPING": mapping, "REJECTED": tmp_path / "uit.gpkg"}
    else:
        inputs = {"VARIANT": "basis", "OUTPUT": tmp_path / "uit.json"}
    run = run_algorithm(f"novex:{algorithm}", PROPOSAL=proposal, **inputs)
    assert run.exit_code == 1
    assert word in run.messages
    assert "Traceback" not in run.messages
    assert (digest(proposal) if proposal.exists() else None) == before
    assert not list(tmp_path.glob("uit*")) + list(tmp_path.glob(".uit*"))


def test_a_mapping_that_names_an_absent_field_is_refused_with_the_fields_there_are(
    tmp_path: Path, run_algorithm: Runs, proposal: Path, plans: Path, mapping: Path
) -> None:
    mapping.write_text(json.dumps(MAPPING | {"fields": {"legenda": {"from": "bestemming"}}}), encoding="utf-8")
    before = digest(proposal)
    inputs = {"INPUT": plans, "MAPPING": mapping, "PROPOSAL": proposal, "REJECTED": tmp_path / "uit.gpkg"}
    run = run_algorithm("novex:importlayer", **inputs)
    assert run.exit_code == 1
    assert "bestemming" in run.messages
    assert "soort, naam, aantal" in run.messages
    assert digest(proposal) == before


@pytest.mark.parametrize(
    ("inputs", "word"),
    [
        ({"VARIANT": "hoog"}, "hoog"),
        ({"VARIANT": "basis", "TARGETS": ["/weg/doelen.json"]}, "doelen.json"),
        ({"VARIANT": "basis", "AREAS": "/weg/gebieden.gpkg"}, "gebieden.gpkg"),
    ],
)
def test_a_balance_of_an_unknown_variant_target_file_or_layer_of_areas_is_refused(
    tmp_path: Path, run_algorithm: Runs, proposal: Path, inputs: dict[str, Any], word: str
) -> None:
    run = run_algorithm("novex:balance", PROPOSAL=proposal, OUTPUT=tmp_path / "uit.json", **inputs)
    assert run.exit_code == 1
    assert word in run.messages
    assert not list(tmp_path.glob("uit*"))


def test_an_own_agreement_is_followed_from_the_new_proposal_to_the_balance(
    tmp_path: Path, run_algorithm: Runs, plans: Path, mapping: Path
) -> None:
    content = json.loads(agreement_path("novex-1.0").read_bytes()) | {"id": "eigen", "release": "2.1"}
    own, proposal = tmp_path / "eigen.json", tmp_path / "eigen.gpkg"
    own.write_text(json.dumps(content), encoding="utf-8")
    made = run_algorithm("novex:newproposal", PROVINCE="PV31", VARIANT="basis", AGREEMENT=own, OUTPUT=proposal)
    assert made.exit_code == 0, made.messages
    inputs = {"INPUT": plans, "MAPPING": mapping, "PROPOSAL": proposal, "REJECTED": tmp_path / "af.gpkg"}
    without = run_algorithm("novex:importlayer", **inputs)
    assert without.exit_code == 1
    assert "eigen-2.1" in without.messages
    assert run_algorithm("novex:importlayer", AGREEMENT=own, **inputs).results["FEATURES"] == 2
    output = tmp_path / "balans.json"
    done = run_algorithm("novex:balance", PROPOSAL=proposal, VARIANT="basis", AGREEMENT=own, OUTPUT=output)
    assert done.exit_code == 0, done.messages
    assert read_json(output, "balance")["agreement"] == "eigen 2.1"
