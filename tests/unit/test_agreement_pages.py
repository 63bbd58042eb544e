"""The page of the agreement and the schema of features say what the agreement says."""

from __future__ import annotations

import re

from novex_plugin.core.agreement import read_agreement
from scripts.agreement_pages import PAGE, SCHEMA, page, schema

REMEDY = "run python -m scripts.agreement_pages"


def test_the_page_and_the_schema_are_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), REMEDY
    assert SCHEMA.read_bytes() == schema(), REMEDY


def test_every_unit_indicator_and_code_stands_there_with_all_that_is_agreed_of_it() -> None:
    agreement, lines = read_agreement(), page().splitlines()
    for unit in agreement.legend:
        (line,) = [each for each in lines if each.startswith(f"| `{unit.code}` | **{unit.label.nl}.**")]
        told = [unit.definition.nl, unit.hilucs, *unit.geometry, *(f"`{name}`" for name in unit.indicators)]
        told += [*unit.imow.codes.values(), unit.imow.label] if unit.imow else []
        assert [each for each in told if each not in line] == [], unit.code
    for indicator in agreement.indicators:
        (line,) = [each for each in lines if each.startswith(f"| `{indicator.id}` | **{indicator.label.nl}.**")]
        assert f"| {indicator.unit} |" in line
    text = "\n".join(lines).partition("## Codelijsten")[2]
    for name, entries in agreement.code_lists.items():
        section = re.split(r"^### ", text.partition(f"### {name}\n")[2], flags=re.MULTILINE)[0]
        assert [entry.code for entry in entries if f"`{entry.code}`" not in section] == [], name
