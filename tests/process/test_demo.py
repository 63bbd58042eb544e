"""The whole chain on a small practice province, through the real qgis_process and real servers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.practice import csw, mapserver
from scripts.practice.demo import Demo, StepError, found_faults, play, summary
from scripts.practice.plan import FAULTS

pytestmark = pytest.mark.skipif(
    not (csw.installed() and mapserver.installed()), reason="the practice servers are not installed (scripts/setup)"
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A played demo; a step that fails raises, so every exit code was 0."""
    return play(tmp_path_factory.mktemp("demo") / "demo", scale=0.02)


def read(demo: Demo, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(demo.path(name).read_bytes())
    return content


def test_all_datasets_are_found_and_all_that_can_be_pulled_are(demo: Demo) -> None:
    assert demo.results["discover"]["DATASETS"] == 37
    assert demo.results["discover"]["WITHOUT_ACCESS"] == 1
    assert demo.results["pull"]["FAILED"] == []


def test_the_snapshot_holds_each_kind_of_service(demo: Demo) -> None:
    datasets = json.loads(demo.path("momentopname/manifest.json").read_bytes())["datasets"]

    assert {dataset["service"] for dataset in datasets} == {"wfs", "atom", "download", "wcs", "wms"}
    assert [dataset["status"] for dataset in datasets].count("image_only") == 1


def test_the_rows_that_do_not_fit_are_refused_and_all_others_taken(demo: Demo) -> None:
    assert demo.results["import"] == {"FEATURES": 57, "REJECTED_FEATURES": 2}


def test_every_fault_in_the_plan_is_found_by_its_rule(demo: Demo) -> None:
    assert found_faults(demo) == dict.fromkeys(FAULTS, True)


def test_no_rule_passes_in_silence(demo: Demo) -> None:
    rules = json.loads(demo.path("bevindingen.json").read_bytes())["rules"]
    outcomes = {rule["rule"]: rule["outcome"] for rule in rules}

    assert {"overtreedt", "voldoet", "niet_toetsbaar", "gemotiveerd", "niet_van_toepassing"} == set(outcomes.values())
    assert outcomes["won-betaalbaar"] == "overtreedt"
    assert all(rule["missing"] for rule in rules if rule["outcome"] == "niet_toetsbaar")
    assert not any("liep vast" in text for rule in rules for text in rule["missing"])


def test_the_delivery_is_a_draft_with_open_findings_and_it_is_valid(demo: Demo) -> None:
    assert demo.results["export"]["IS_DRAFT"] is True
    assert demo.results["export"]["OPEN"] > 0
    assert demo.results["verify"]["VALID"] is True
    assert demo.results["verify"]["DIFFERENCES"] == 0


def test_the_report_and_the_map_lie_where_the_summary_says(demo: Demo) -> None:
    told = summary(demo)

    for name in ("rapport.html", "kaart.png", "levering.zip"):
        assert Path(str(demo.path(name))).stat().st_size > 10_000
        assert str(demo.path(name)) in told
    assert "GEMIST" not in told


def test_the_report_asks_for_nothing_from_elsewhere(demo: Demo) -> None:
    page = demo.path("rapport.html").read_text(encoding="utf-8")

    assert 'src="http' not in page
    assert "<link" not in page


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "eigen werk.txt").write_text("bewaren", encoding="utf-8")

    with pytest.raises(StepError, match="niet leeg"):
        play(tmp_path)

    assert (tmp_path / "eigen werk.txt").read_text(encoding="utf-8") == "bewaren"


def test_the_servers_have_stopped(demo: Demo) -> None:
    import urllib.error
    import urllib.request

    address = str(read(demo, "register.json")["source"]["address"])
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=3)
