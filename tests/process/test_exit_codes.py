"""The real qgis_process ends with 1 and a readable message on bad input, for every algorithm."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

BAD_INPUT = {
    "discover": {"CATALOGUE": "{folder}/weg.xml", "OUTPUT": "{folder}/uit.json"},
    "pull": {"REGISTER": "{folder}/weg.json", "AREA": "0,1,0,1 [EPSG:28992]", "OUTPUT": "{folder}/uit"},
    "status": {"REGISTER": "{folder}/weg.json", "SNAPSHOT": "{folder}/weg", "OUTPUT": "{folder}/uit.json"},
    "newproposal": {"PROVINCE": "PV99", "VARIANT": "basis", "OUTPUT": "{folder}/uit.gpkg"},
    "todatabase": {"PROPOSAL": "{folder}/weg.gpkg", "DATABASE": "host={folder}/weg dbname=weg", "SCHEMA": "uit"},
    "fromdatabase": {"DATABASE": "host={folder}/weg dbname=weg", "SCHEMA": "uit", "OUTPUT": "{folder}/uit.gpkg"},
    "importlayer": {
        "INPUT": "{folder}/weg.gpkg",
        "MAPPING": "{folder}/weg.json",
        "PROPOSAL": "{folder}/weg.gpkg",
        "REJECTED": "{folder}/uit.gpkg",
    },
    "migrate": {"PROPOSAL": "{folder}/weg.gpkg", "AGREEMENT": "novex-1.0", "OUTPUT": "{folder}/uit.gpkg"},
    "check": {
        "PROPOSAL": "{folder}/weg.gpkg",
        "VARIANT": "basis",
        "FINDINGS": "{folder}/uit.gpkg",
        "OUTPUT": "{folder}/uit.json",
    },
    "explain": {"PROPOSAL": "{folder}/weg.gpkg", "EXPLANATIONS": "{folder}/weg.csv", "OUTPUT": "{folder}/uit.json"},
    "balance": {"PROPOSAL": "{folder}/weg.gpkg", "VARIANT": "basis", "OUTPUT": "{folder}/uit.json"},
    "compare": {"PROPOSAL": "{folder}/weg.gpkg", "OUTPUT": "{folder}/uit.json"},
    "export": {
        "PROPOSAL": "{folder}/weg.gpkg",
        "VARIANT": "basis",
        "SNAPSHOT": "{folder}/weg",
        "OUTPUT": "{folder}/uit.zip",
    },
    "changes": {"DELIVERY": "{folder}/weg.zip", "PREVIOUS": "{folder}/weg.zip", "OUTPUT": "{folder}/uit.json"},
    "verify": {"DELIVERY": "{folder}/weg.zip", "OUTPUT": "{folder}/uit.json"},
    "merge": {"DELIVERIES": "{folder}/weg.zip", "OUTPUT": "{folder}/uit.gpkg"},
    "report": {"PROPOSAL": "{folder}/weg.gpkg", "OUTPUT": "{folder}/uit.html"},
}
"""For each algorithm an input that is absent or unknown."""


@lru_cache(maxsize=1)
def offered() -> set[str]:
    listed = subprocess.run(
        [CHECKOUT / "scripts" / "qgis-process", "list", "--json"], capture_output=True, text=True, check=True
    )
    return set(json.loads(listed.stdout)["providers"]["novex"]["algorithms"])


def test_every_algorithm_stands_in_the_table_of_bad_inputs() -> None:
    assert offered() == {f"novex:{name}" for name in BAD_INPUT}


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_ends_with_exit_code_one_and_a_message_that_names_it(
    name: str, tmp_path: Path, run_algorithm: Callable[..., object]
) -> None:
    inputs = {key: value.format(folder=tmp_path) for key, value in BAD_INPUT[name].items()}
    run = run_algorithm(f"novex:{name}", **inputs)
    assert run.exit_code == 1
    assert "Traceback" not in run.messages
    assert "weg" in run.messages or "PV99" in run.messages
    assert not list(tmp_path.glob("uit*")), "nothing half-written"


@pytest.mark.parametrize("name", BAD_INPUT)
def test_a_misspelt_parameter_ends_with_exit_code_one(
    name: str, tmp_path: Path, run_algorithm: Callable[..., object]
) -> None:
    inputs = {key: value.format(folder=tmp_path) for key, value in BAD_INPUT[name].items()}
    run = run_algorithm(f"novex:{name}", PROPOSALL="voorstel.gpkg", **inputs)
    assert run.exit_code == 1
    assert "PROPOSALL" in run.messages


def test_what_is_read_is_never_written_over(tmp_path: Path, run_algorithm: Callable[..., object]) -> None:
    proposal = tmp_path / "voorstel.gpkg"
    assert run_algorithm("novex:newproposal", PROVINCE="PV25", VARIANT="basis", OUTPUT=proposal).exit_code == 0
    before = proposal.read_bytes()
    mapping = CHECKOUT / "scripts" / "practice" / "data" / "mapping.json"
    given = {"PROPOSAL": proposal, "VARIANT": "basis"}
    for name, outputs in {
        "check": {"FINDINGS": proposal, "OUTPUT": tmp_path / "uit.json"},
        "balance": {"OUTPUT": proposal},
        "explain": {"EXPLANATIONS": mapping, "OUTPUT": proposal},
        "report": {"OUTPUT": tmp_path / "uit.html", "MAPS": proposal},
        "importlayer": {"INPUT": f"{proposal}|layername=voorstel_vlak", "MAPPING": mapping, "REJECTED": proposal},
    }.items():
        kept = {key: value for key, value in given.items() if key != "VARIANT" or name != "importlayer"}
        run = run_algorithm(f"novex:{name}", **kept, **outputs)
        assert run.exit_code == 1, name
        assert "voorstel.gpkg, veld" in run.messages
        assert proposal.read_bytes() == before
    assert not list(tmp_path.glob("uit*"))


def test_an_extent_in_an_unknown_system_is_refused(tmp_path: Path, run_algorithm: Callable[..., object]) -> None:
    register = {"format": "novex-register", "version": "1.0", "moment": "2026-11-20T08:00:00Z", "datasets": []}
    register |= {"warnings": [], "source": {"address": "x", "keyword": "x", "matched": 0, "received": 0}}
    (tmp_path / "register.json").write_text(json.dumps(register))
    given = {"REGISTER": tmp_path / "register.json", "OUTPUT": tmp_path / "uit"}
    run = run_algorithm("novex:pull", AREA="180000,181000,450000,451000 [EPSG:999999]", **given)
    assert run.exit_code == 1
    assert "geen bekend coördinatenstelsel" in run.messages
    assert not (tmp_path / "uit").exists()
