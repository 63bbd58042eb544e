"""The page on metadata says what the check says, of its assertions and of records that others published."""

from __future__ import annotations

from pathlib import Path

import pytest

from novex_plugin.core.delivery.profile import ASSERTIONS
from scripts.metadata_page import PAGE, assertions_table, outcomes, put_in


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_table_of_assertions_is_up_to_date(page: str) -> None:
    assert put_in(page, "beweringen", assertions_table()) == page, "run python -m scripts.metadata_page"
    assert all(f"| `{each.id}` |" in page for each in ASSERTIONS)


def test_the_table_of_outcomes_is_up_to_date(page: str, shared: Path) -> None:
    told = outcomes(shared / "reference")

    assert put_in(page, "uitkomsten", told) == page, "run python -m scripts.metadata_page FOLDER"
    assert told.count(".xml` |") == 3
    assert told.partition("### Gepubliceerde")[2].partition("### Waarom")[0].count("\n| `") == 23


def test_a_page_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for uitkomsten"):
        put_in("<!-- uitkomsten -->\n", "uitkomsten", "x")
