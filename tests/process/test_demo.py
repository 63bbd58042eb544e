"""The whole chain on a small practice province, through the real qgis_process and real servers."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.delivery.explanation_rows import rows_of
from novex_plugin.core.delivery.markup import text
from novex_plugin.core.delivery.report_programmes import outcomes_by_programme, programme_titles
from novex_plugin.core.features import geopackage
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import NIET_VAN_TOEPASSING, OUTCOMES
from scripts.practice import csw, mapserver
from scripts.practice.demo import Demo, StepError, found_faults, play, summary
from scripts.practice.faults import FAULTS, OWN_FAULTS

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
    assert demo.results["discover"]["DATASETS"] == 47
    assert demo.results["discover"]["WITHOUT_ACCESS"] == 1
    assert demo.results["pull"]["FAILED"] == []


def test_the_snapshot_holds_each_kind_of_service(demo: Demo) -> None:
    datasets = json.loads(demo.path("momentopname/manifest.json").read_bytes())["datasets"]

    assert {dataset["service"] for dataset in datasets} == {"wfs", "atom", "download", "wcs", "wms"}
    assert [dataset["status"] for dataset in datasets].count("image_only") == 1


def test_the_rows_that_do_not_fit_are_refused_and_all_others_taken(demo: Demo) -> None:
    assert demo.results["import"] == {"FEATURES": 69, "REJECTED_FEATURES": 2}


def test_every_fault_in_the_plan_is_found_by_its_rule(demo: Demo) -> None:
    assert found_faults(demo) == dict.fromkeys({**FAULTS, **OWN_FAULTS}, True)


def test_every_rule_of_every_catalogue_has_an_outcome_and_the_counts_add_up(demo: Demo) -> None:
    content = read(demo, "bevindingen.json")
    known = {rule.id: catalogue.programme for catalogue in read_catalogues() for rule in catalogue.rules}
    found = {rule["rule"]: rule for rule in content["rules"]}

    assert len(content["rules"]) == len(found)
    assert {name: rule["programme"] for name, rule in found.items()} == known
    assert {rule["outcome"] for rule in found.values()} <= set(OUTCOMES)
    outcomes = [rule["outcome"] for rule in found.values()]
    assert content["counts"] == {name: outcomes.count(name) for name in OUTCOMES}
    assert sum(content["counts"].values()) == len(known)


def test_the_report_counts_the_rules_of_each_programme_that_speaks_here(demo: Demo) -> None:
    content = read(demo, "bevindingen.json")
    counted = outcomes_by_programme(content)
    page = demo.path("rapport.html").read_text(encoding="utf-8")

    assert sum(counts.total() for counts in counted.values()) == len(content["rules"])
    for name in OUTCOMES:
        assert sum(counts[name] for counts in counted.values()) == content["counts"][name]
    (listed,) = re.findall(r'<table class="programmes">.*?</table>', page, re.DOTALL)
    lines = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", listed)]
    rules = {line[0]: int(line[-1]) for line in lines if line}
    assert rules["Samen"] == len(content["rules"])
    titles = programme_titles() | {code.code: code.label.nl for code in read_agreement().code_lists["programma"]}
    silent = {name for name, counts in counted.items() if set(counts) == {NIET_VAN_TOEPASSING}}
    assert {name: rules[text(titles[name])] for name in set(counted) - silent} == {
        name: counts.total() for name, counts in counted.items() if name not in silent
    }
    assert all(text(titles[name]) in page for name in silent)


def test_every_kind_of_rule_lets_a_feature_pass(demo: Demo) -> None:
    passed: Counter[str] = Counter()
    for file in ("bevindingen.json", "eigen_bevindingen.json"):
        for rule in read(demo, file)["rules"]:
            passed[rule["kind"]] += rule["feature_outcomes"]["voldoet"]

    assert {kind for kind, count in passed.items() if count} == set(KINDS)


def test_what_is_an_image_or_cannot_be_had_is_told_of_its_rules(demo: Demo) -> None:
    missing = {rule["rule"]: " ".join(rule["missing"]) for rule in read(demo, "bevindingen.json")["rules"]}

    assert "alleen beelden" in missing["gel-gpp"]
    assert "defensie-zone" in missing["def-bestaand"]
    assert "wederopbouwgebied" in missing["erf-wederopbouw"]


def test_the_own_layer_lies_in_the_delivery_with_its_name_place_and_reason(demo: Demo, tmp_path: Path) -> None:
    with zipfile.ZipFile(demo.path("levering.zip")) as archive:
        archive.extractall(tmp_path)
    data = next(tmp_path.iterdir()) / "data"
    (row,) = rows_of(geopackage.read_layer(data / "voorstel" / "voorstel.gpkg", "dataset"))

    assert row["naam"] == "Waardevolle landbouwgrond Oefenland"
    assert (data / row["plaats"]).is_file()
    assert "provinciale kaart van 2026" in row["reden"]
    assert str(row["digest"]).startswith("sha256:")


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
