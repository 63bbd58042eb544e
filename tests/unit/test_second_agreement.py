"""Nothing of the plugin's own agreement is needed: with another one the whole chain runs and means what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Any

import pytest

from tests.unit import second_agreement

SCRIPT = Path(second_agreement.__file__)
FIRST = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = second_agreement.lay_out(tmp_path_factory.mktemp("proefland"))
    paths = {"PYTHONPATH": f"{folder}{os.pathsep}{second_agreement.CHECKOUT}"}
    run = subprocess.run(
        [sys.executable, SCRIPT, folder],
        env=os.environ | paths,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_a_proposal_follows_it_without_departures(outcome: dict[str, Any]) -> None:
    assert outcome["agreement"] == "proefland-2.0"
    assert outcome["problems"] == []


def test_its_own_rules_speak_in_its_own_provinces(outcome: dict[str, Any]) -> None:
    assert outcome["outcomes"] == {"proef-groot": "overtreedt"}
    assert outcome["findings"] == [FIRST]


def test_the_balance_adds_its_own_indicator_and_leaves_out_what_goes(outcome: dict[str, Any]) -> None:
    assert outcome["drawn"] == 7
    assert outcome["outcome"] == "tekort"


def test_it_says_itself_what_keeps_a_delivery_from_being_final(outcome: dict[str, Any]) -> None:
    assert "1 bevindingen staan open" in outcome["refused"]
    assert "proef-groot (1)" in outcome["refused"]


def test_its_delivery_is_verified(outcome: dict[str, Any]) -> None:
    assert outcome["differences"] == []
    assert outcome["delivered"] == "proefland"


def test_its_delivery_is_named_and_described_as_agreed(outcome: dict[str, Any]) -> None:
    agreed = second_agreement.agreement()
    signs = {*ascii_lowercase, *digits, *agreed["naming"]["files"]["signs"]}
    parts = {part for name in outcome["names"] for part in name.split("/") if part}
    assert [part for part in parts if not set(part) <= signs] == []
    assert {each["element"] for each in agreed["metadata"]["elements"]} - set(outcome["elements"]) == set()
