"""The parts of the report: what stands in the way, what each programme found, what is missing, what is one's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.delivery.markup import Element
from novex_plugin.core.delivery.own_layers import dataset_rows, own_layers, require_file
from novex_plugin.core.delivery.report_condensed import condensed
from novex_plugin.core.delivery.report_obstacles import obstacles_section
from novex_plugin.core.delivery.report_own_data import own_data_sections
from novex_plugin.core.delivery.report_parts import Labels, some
from novex_plugin.core.delivery.report_programmes import programme_titles, programmes_section
from novex_plugin.core.delivery.report_untested import untested_section
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.digest import layer_digest
from novex_plugin.core.features.geopackage import Layer, create
from novex_plugin.core.rules.model import NIET_TOETSBAAR
from tests.unit.making_checks import Case

LABELS = Labels(programmes={"a": "Aarde", "b": "Bodem"}, features={"k1": "Noord", "k2": "Zuid"})


def words_of(node: Element | str) -> str:
    return node if isinstance(node, str) else "".join(words_of(child) for child in node.children)


def found(nodes: Iterable[Element | str], name: str) -> Iterator[Element]:
    """All elements of this name, however deep."""
    for node in nodes:
        if isinstance(node, Element):
            if node.name == name:
                yield node
            yield from found(node.children, name)


def rows_of(nodes: Iterable[Element]) -> list[list[str]]:
    """The words of each row of the tables."""
    rows = [[words_of(cell) for cell in found([row], "td")] for row in found(nodes, "tr")]
    return [row for row in rows if row]


def heads_of(nodes: Iterable[Element]) -> list[str]:
    return [words_of(node) for node in found(nodes, "h3")]


def finding(rule: str, feature: str | None, outcome: str = "overtreedt", **values: Any) -> dict[str, Any]:
    usual = {"id": f"{rule}-{feature}", "regel": rule, "programma": "a", "kenmerk": feature, "uitkomst": outcome}
    return usual | {"hardheid": "pas_toe_of_leg_uit", "melding": "Ligt erin."} | values


def test_prohibitions_stand_in_the_way_first_then_what_is_broken_most() -> None:
    findings = [
        finding("vaak", "k1"),
        finding("vaak", "k2"),
        finding("eens", "k1"),
        finding("verboden", "k2", hardheid="verbod"),
        finding("liever-niet", "k1", hardheid="voorkeur"),
        finding("uitgelegd", "k1", outcome="gemotiveerd"),
    ]
    rows = rows_of(obstacles_section({"findings": findings}, LABELS))
    assert [row[1].removesuffix(row[1][: len(row[1]) // 2]) for row in rows] == ["verboden", "vaak", "eens"]
    assert rows[1][3:] == ["Noord; Zuid", "2"]


def test_nothing_stands_in_the_way_of_a_proposal_without_broken_rules() -> None:
    assert obstacles_section({"findings": [finding("liever-niet", "k1", hardheid="voorkeur")]}, LABELS) == []


def test_the_lines_of_the_programmes_add_up_to_the_last_one() -> None:
    rules = [
        {"rule": "a1", "programme": "a", "outcome": "overtreedt"},
        {"rule": "a2", "programme": "a", "outcome": "voldoet"},
        {"rule": "b1", "programme": "b", "outcome": "niet_toetsbaar"},
        {"rule": "c1", "programme": "c", "outcome": "niet_van_toepassing"},
        {"rule": "d1", "programme": "d", "outcome": "niet_van_toepassing"},
    ]
    nodes = programmes_section({"rules": rules}, LABELS)
    table = {row[0]: [int(cell.replace("–", "0")) for cell in row[1:]] for row in rows_of(nodes)}
    total = table.pop("Samen")
    assert total == [1, 0, 1, 1, 2, 5]
    assert [sum(column) for column in zip(*table.values(), strict=True)] == total
    assert list(table) == ["Aarde", "Bodem", "2 programma's die hier niets vragen"]


def test_every_programme_of_the_catalogue_has_a_name() -> None:
    assert set(programme_titles()) >= {"water-en-bodem-sturend", "woningbouw"}


def test_what_is_missing_is_sorted_by_what_mends_it(tmp_path: Path) -> None:
    """By the words of the check itself, so that the two cannot drift apart."""
    case = Case(tmp_path)
    case.draw("a", "woningbouw", shapely.box(0, 0, 100, 100))
    parameters = {"statement": ("maatlat", "verklaring"), "scope": ("object", "bereik")}
    rules = [
        ("statement", {"slots": [], "parameters": parameters}),
        ("prefer-order", {"slots": [], "parameters": {"order": (["binnen", "buiten"], "volgorde")}}),
        ("prohibit-inside", {}),
        ("prohibit-within-distance", {"parameters": {"distance_m": (None, "m")}}),
    ]
    told = []
    for kind, values in rules:
        asked = case.ask(kind, **values)
        assert asked.outcome == NIET_TOETSBAAR
        told.append({"rule": kind, "programme": "a", "outcome": asked.outcome, "missing": list(asked.missing)})
    told.append({"rule": "kapot", "programme": "b", "outcome": NIET_TOETSBAAR, "missing": ["iets anders"]})
    nodes = untested_section({"rules": told}, LABELS)
    assert heads_of(nodes) == [
        "Vragen die nog niet beantwoord zijn (2)",
        "Datasets die nog ontbreken (1)",
        "Waarden die de bron niet geeft (1)",
        "Overige (1)",
    ]
    words = " ".join(words_of(node) for node in nodes)
    assert all(str(rule["rule"]) in words for rule in told)
    assert "Volgt u {1}?" in words
    assert "1 binnen, 2 buiten" in words


def test_areas_of_which_a_rule_says_the_same_share_a_line_and_others_do_not() -> None:
    alike = [finding("r", None, id=f"f{number}", gemeten=1.0) for number in range(5)]
    apart = [finding("r", name, id=f"g{name}", gemeten=1.0) for name in "abcde"]
    told = condensed({"rules": [{"rule": "r", "outcome": "overtreedt"}], "findings": alike + apart})["findings"]
    assert [row["melding"] for row in told] == ["5 gebieden: Ligt erin.", *["Ligt erin."] * 5]


def test_a_rule_that_could_not_be_tested_keeps_its_findings_about_features() -> None:
    whole = finding("r", None, outcome=NIET_TOETSBAAR)
    one = finding("r", "k1", outcome=NIET_TOETSBAAR)
    told = condensed({"rules": [{"rule": "r", "outcome": NIET_TOETSBAAR}], "findings": [whole, one]})
    assert (told["rules"], told["findings"]) == ([], [one])


def test_layers_and_values_of_ones_own_are_told_with_their_reason() -> None:
    own = {"name": "Beken", "place": "eigen/beek.gpkg", "reason": "Nieuwer dan de basisset."}
    bindings = {
        "bindings": [{"slot": "natura2000", "own": own}, {"slot": "nnn", "own": None}],
        "parameters": [{"rule": "r", "parameter": "distance_m", "value": 250, "reason": "Omgevingsvisie."}],
    }
    layers, values = rows_of(own_data_sections(bindings, LABELS))
    assert layers[1:] == ["Beken", "Nieuwer dan de basisset.", "eigen/beek.gpkg"]
    assert values[2:] == ["250\u00a0m", "Omgevingsvisie."]
    assert own_data_sections({"bindings": [], "parameters": []}, LABELS) == []


@pytest.mark.parametrize(("most", "said"), [(2, "a; b en nog 1"), (3, "a; b; c")])
def test_many_names_are_counted_and_few_are_told(most: int, said: str) -> None:
    assert some(["a", "b", "c"], most) == said


def bindings_of(place: str, layer: str | None = None) -> dict[str, Any]:
    own = {"name": "Beken", "place": place, "reason": "Nieuwer dan de basisset."}
    return {"bindings": [{"slot": "natura2000", "layer": layer, "own": own}]}


def test_an_own_layer_is_recorded_with_the_digest_of_its_content(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.dataset("natura2000", shapely.box(0, 0, 10, 10))
    file = tmp_path / case.bindings[-1]["own"]["place"]
    (layer,) = own_layers(bindings_of(file.name), tmp_path)
    rows = dataset_rows([layer], with_data=False)
    assert rows.columns["naam"].tolist() == ["Beken"]
    assert rows.columns["plaats"].tolist() == [file.name]
    assert rows.columns["basisset"].tolist() == [0]
    assert str(rows.columns["reden"][0]).endswith(": Nieuwer dan de basisset.")
    assert rows.columns["digest"][0] == layer_digest(file, "laag")
    assert dataset_rows([layer], with_data=True).columns["plaats"].tolist() == ["gegevens/eigen/natura2000.gpkg"]
    assert dataset_rows([layer], with_data=True).columns["id"].tolist() == rows.columns["id"].tolist()


def test_an_own_layer_that_is_gone_has_no_digest_and_cannot_go_along(tmp_path: Path) -> None:
    (layer,) = own_layers(bindings_of("weg.gpkg"), tmp_path)
    assert dataset_rows([layer], with_data=False).columns["digest"].tolist() == [None]
    with pytest.raises(InputError, match=r"weg\.gpkg"):
        require_file(layer, tmp_path / "koppelingen.json")


def test_an_own_file_with_more_layers_and_none_chosen_has_no_digest(tmp_path: Path) -> None:
    (layer,) = own_layers(bindings_of("leeg.gpkg"), tmp_path)
    create(tmp_path / "leeg.gpkg", [Layer(name, "MULTIPOLYGON", ()) for name in ("een", "twee")])
    assert dataset_rows([layer], with_data=False).columns["digest"].tolist() == [None]
