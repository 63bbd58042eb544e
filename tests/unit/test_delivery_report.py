"""The report says what was found, in Dutch notation, safely and always the same."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from novex_plugin.core.delivery.report import ReportContent, report_html
from novex_plugin.core.delivery.report_findings import MAXIMUM_ROWS
from novex_plugin.core.delivery.report_parts import Labels
from novex_plugin.core.dutch import day, number, quantity

FINDING: dict[str, Any] = {
    "id": "f1",
    "regel": "NL-WB-01",
    "programma": "water_bodem",
    "kenmerk": "k1",
    "uitkomst": "overtreedt",
    "hardheid": "verbod",
    "gemeten": 12.34,
    "grens": 0.0,
    "eenheid": "ha",
    "melding": "Ligt in een beekdal.",
    "bron": "Kamerbrief 2022",
    "dataset": "d1",
    "dataset_digest": "sha256:abcdef0123456789",
}
CONTENT = ReportContent(
    proposal={"id": "p", "titel": "Voorstel <Drenthe>", "contact_organisatie": "Provincie Drenthe"},
    variant={"id": "basis", "naam": "Basis"},
    province="Drenthe",
    delivery={
        "draft": False,
        "open_findings": 0,
        "moment": "2026-11-20T08:00:00Z",
        "agreement": {"id": "novex", "title": "Afspraken", "version": "1.0"},
        "catalogues": [{"id": "nationaal", "version": "0.1"}],
        "plugin": {"version": "0.1.0"},
    },
    findings={
        "counts": {"overtreedt": 1, "niet_toetsbaar": 1},
        "rules": [
            {"rule": "NL-WB-01", "programme": "water_bodem", "outcome": "overtreedt"},
            {"rule": "NL-X", "programme": "energie", "outcome": "niet_toetsbaar", "missing": "geen dataset gekoppeld"},
        ],
        "findings": [FINDING],
    },
    balance={
        "targets": [
            {
                "target": "t",
                "indicator": "Natuur",
                "place": "Drenthe",
                "year": 2030,
                "minimum": 2500,
                "maximum": None,
                "unit": "ha",
                "drawn": 1130.44,
                "remaining": 1369.56,
                "surplus": 0,
            },
        ],
        "notes": [],
    },
    snapshot={"moment": "2026-11-19T08:00:00Z", "datasets": [{"id": "d1", "title": "Beekdalen", "status": "pulled"}]},
    labels=Labels(places={"f1": "233.000, 541.000"}, features={"k1": "Noord"}, datasets={"d1": {"title": "Beekdalen"}}),
)


class Reader(HTMLParser):
    """Collects tags and words, and sees whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in {"br", "img", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(content: ReportContent) -> tuple[Reader, str]:
    reader = Reader()
    reader.feed(report_html(content).decode())
    assert reader.open == []
    return reader, " ".join(" ".join(reader.words).split())


def test_the_report_tells_what_where_how_much_and_on_what_ground() -> None:
    _, words = read(CONTENT)

    for said in ("Noord", "233.000, 541.000", "12,3 ha", "0 ha", "Kamerbrief 2022", "Beekdalen", "abcdef012345"):
        assert said in words


def test_untestable_rules_are_listed_with_what_is_missing() -> None:
    _, words = read(CONTENT)

    assert "NL-X geen dataset gekoppeld" in words


def test_the_files_of_a_catalogue_are_counted_and_the_digest_of_the_proposal_told() -> None:
    many = [{"id": f"nationaal/{name}", "version": "0.1"} for name in "abc"]
    delivery = {**CONTENT.delivery, "catalogues": many, "targets": [{"id": "nationaal-a", "version": "0.2"}]}
    findings = {**CONTENT.findings, "proposal": {"digest": "sha256:0123456789abcdef"}}
    _, words = read(replace(CONTENT, delivery=delivery, findings=findings))

    assert "Regels nationaal 0.1 (3 bestanden) Doelen nationaal 0.2 Plugin" in words
    assert "Vingerafdruk voorstel 0123456789ab Contact" in words


def test_the_balance_is_in_dutch_notation() -> None:
    _, words = read(CONTENT)

    assert "≥ 2.500,0 ha 1.130,4 ha 1.369,6 ha" in words


def test_the_same_content_gives_the_same_bytes() -> None:
    assert report_html(CONTENT) == report_html(replace(CONTENT))


def test_nothing_is_fetched_from_elsewhere() -> None:
    page = report_html(replace(CONTENT, picture=b"\x89PNG")).decode()

    assert "data:image/png;base64,iVBORw==" in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "@import" not in page
    assert "url(" not in page


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "$body ${x}", "\x00"]
)
def test_what_people_wrote_cannot_become_markup(hostile: str) -> None:
    content = replace(
        CONTENT,
        proposal={**CONTENT.proposal, "titel": hostile, "contact_organisatie": hostile},
        variant={"id": hostile, "naam": hostile, "omschrijving": hostile},
        findings={
            **CONTENT.findings,
            "findings": [
                {
                    key: hostile if isinstance(value, str) and key != "uitkomst" else value
                    for key, value in FINDING.items()
                }
            ],
        },
        labels=Labels(),
    )
    reader, words = read(content)

    assert "script" not in reader.tags
    assert "img" not in reader.tags
    assert hostile.replace("\x00", "\ufffd") in words


def test_a_draft_is_marked_on_screen_and_on_every_printed_page() -> None:
    _, words = read(replace(CONTENT, delivery={**CONTENT.delivery, "draft": True, "open_findings": 3}))
    page = report_html(replace(CONTENT, delivery={**CONTENT.delivery, "draft": True})).decode()

    assert "CONCEPT: 3 bevindingen staan open" in words
    assert '<body class="concept">' in page
    assert re.search(r"@media print .*draft-mark.*position: fixed", page, re.DOTALL)
    assert "CONCEPT" not in read(CONTENT)[1]


def test_a_rule_with_very_many_findings_is_cut_and_says_so() -> None:
    many = [{**FINDING, "id": f"f{number:05}"} for number in range(MAXIMUM_ROWS + 7)]
    _, words = read(replace(CONTENT, findings={**CONTENT.findings, "findings": many}))

    assert "En nog 7 bevindingen" in words


def test_findings_that_say_the_same_share_a_line() -> None:
    many = [{**FINDING, "id": f"f{number}", "kenmerk": f"k{number}", "gemeten": None} for number in range(9)]
    labels = Labels(features={f"k{number}": f"Gebied {number}" for number in range(9)})
    _, words = read(replace(CONTENT, findings={**CONTENT.findings, "findings": many}, labels=labels))

    assert "9 onderdelen: Gebied 0; Gebied 1" in words
    assert words.count("Ligt in een beekdal.") == 1


def test_an_empty_proposal_gives_a_report_all_the_same() -> None:
    _, words = read(ReportContent({}, {}, "Drenthe", {}, {}, {}, {}))

    assert "Er zijn geen overtredingen, motiveringen" in words


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (1234.56, "ha", "1.234,6\u00a0ha"),
        (0.0, "ha", "0\u00a0ha"),
        (0.0123, "ha", "123\u00a0m²"),
        (66.667, "%", "66,67%"),
        (-0.04, "ha", "−400\u00a0m²"),
        (1234567, "woningen", "1.234.567\u00a0woningen"),
        (0.5, None, "0,5"),
        (-1.25, "dB", "−1,25\u00a0dB"),
        (1000.0, "dB", "1.000\u00a0dB"),
        (None, "ha", "–"),
        (float("nan"), "ha", "–"),
    ],
)
def test_quantities_are_written_as_dutch_readers_do(value: float | None, unit: str | None, written: str) -> None:
    assert quantity(value, unit) == written


def test_days_are_written_as_dutch_readers_do() -> None:
    assert day("2026-11-20T08:00:00Z") == "20-11-2026"
    assert day("vorige week") == "vorige week"
    assert day(None) == "–"
    assert number(12, "aantal") == "12"
