"""The report shows the targets that concern the province and folds away the others."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.check.balance import balance
from novex_plugin.core.check.balance_files import balance_content
from novex_plugin.core.delivery.markup import html_fragment
from novex_plugin.core.delivery.report_balance import balance_section
from tests.unit.making_balances import MOMENT, amount, feature, filled, goal, goals, place, square


class Reader(HTMLParser):
    """Collects words, those that are folded away apart."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.shown, self.folded = 0, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "details"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "details"

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.folded += f" {data}"
        else:
            self.shown += f" {data}"


def read(content: dict[str, Any]) -> Reader:
    reader = Reader()
    reader.feed(html_fragment(*balance_section(content)))
    reader.shown, reader.folded = (re.sub(r"\s+", " ", each) for each in (reader.shown, reader.folded))
    return reader


@pytest.fixture
def content(tmp_path: Path) -> dict[str, Any]:
    asked = goals(
        tmp_path,
        goal("own", label={"nl": "Eigen doel", "en": "Own"}, minimum=400),
        goal("peel", label={"nl": "Doel in De Peel", "en": "Peel"}, place=place("novex", "novex-de-peel", "De Peel")),
        goal("ver", label={"nl": "Ver doel", "en": "Far"}, place=place("provincie", "PV20", "Groningen", ["PV20"])),
        goal("wijk", label={"nl": "Doel in de wijk", "en": "Ward"}, place=place("gemeente", "wijk", "Wijk")),
        goal("circa", year=2050, comparator="circa", minimum=260, maximum=260),
    )
    features = [feature("a", square(190_000)), feature("b", square(190_050))]
    path = filled(tmp_path, features, [amount("a", 200.0), amount("b", 100.0)])
    return balance_content(balance(path, "basis", asked, MOMENT))


def test_targets_of_the_province_and_its_novex_areas_are_shown_and_the_others_folded(content: dict[str, Any]) -> None:
    reader = read(content)
    assert "Eigen doel Limburg 2030 ≥ 400 woningen 250 woningen 150 woningen tekort" in reader.shown
    assert "Doel in De Peel De Peel 2030 ≥ 100 woningen – – niet te toetsen" in reader.shown
    assert "nodig: een vlak novex-de-peel in AREAS" in reader.shown
    assert "≈ 260 woningen 250 woningen – gehaald" in reader.shown
    assert "Doelen voor andere plaatsen (2)" in reader.folded
    assert "Ver doel" in reader.folded
    assert "Doel in de wijk" in reader.folded


def test_double_claims_and_the_totals_of_all_that_is_drawn_are_told(content: dict[str, Any]) -> None:
    reader = read(content)
    assert "Dubbel geclaimd" in reader.shown
    assert "woningen 2029 a, b 0,5 ha 50 woningen" in reader.shown
    assert "woningen 250 woningen 250 woningen 250 woningen 2" in reader.folded


def test_many_notes_and_claims_are_cut_and_say_so(content: dict[str, Any]) -> None:
    reader = read(
        {**content, "notes": [f"opmerking {n}" for n in range(9)]} | {"double_claims": content["double_claims"] * 25}
    )
    assert "opmerking 5" in reader.shown
    assert "opmerking 6" in reader.folded
    assert "Nog 3 opmerkingen" in reader.folded
    assert "En nog 5; alle staan in het bestand met de balans." in reader.shown


def test_a_balance_of_nothing_says_so() -> None:
    assert read({}).shown == " Balans Er zijn geen doelen om dit voorstel naast te leggen."
