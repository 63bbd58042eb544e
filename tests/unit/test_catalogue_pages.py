"""The pages of docs/catalogus/ say what rules, targets, bindings and agreement say, and their links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import HARDNESS
from novex_plugin.core.rules.targets import read_quantities
from novex_plugin.core.rules.vocabulary import vocabulary
from scripts.catalogue.index_page import index_page
from scripts.catalogue.kind_words import CERTAINTY_WORDS, HARDNESS_WORDS, KIND_WORDS, STATUS_WORDS
from scripts.catalogue.pages import pages, write_pages
from scripts.catalogue.words import anchor
from scripts.manual import CATALOGUE

DOCS = CATALOGUE.parent
PAGES = pages()


def section(name: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    found = re.split(rf"^## {re.escape(heading)}$", PAGES[name], flags=re.MULTILINE)
    assert len(found) == 2, f"{heading} in {name}"
    return re.split(r"^## ", found[1], flags=re.MULTILINE)[0]


def test_the_pages_are_up_to_date() -> None:
    written = {str(path.relative_to(CATALOGUE)): path.read_text(encoding="utf-8") for path in CATALOGUE.rglob("*.md")}
    remedy = "run python -m scripts.manual catalogus"
    assert set(written) == set(PAGES), remedy
    assert [name for name, text in PAGES.items() if written[name] != text] == [], remedy


def test_a_page_that_nothing_stands_on_any_more_is_removed(tmp_path: Path) -> None:
    stray = tmp_path / "regels" / "oud.md"
    stray.parent.mkdir()
    stray.write_text("oud")
    write_pages(tmp_path)
    assert not stray.exists()
    assert (tmp_path / "index.md").read_text(encoding="utf-8") == PAGES["index.md"]


def test_every_rule_stands_on_the_page_of_its_programme_with_all_that_is_known_of_it() -> None:
    for catalogue in read_catalogues():
        for rule in catalogue.rules:
            text = section(f"regels/{catalogue.id}/{catalogue.file.stem}.md", rule.id)
            told = [rule.nl, rule.version, rule.status, rule.certainty, f"`{rule.kind}`", str(rule.citation)]
            told += [rule.note or "", rule.question.nl if rule.question else ""]
            told += [f"`{slot}`" for slot in rule.all_slots]
            told += [f"`{name}`" for name in rule.parameters if name not in ("statement", "scope")]
            told += [
                parameter.source for name, parameter in rule.parameters.items() if name not in ("statement", "scope")
            ]
            told += [part for each in rule.exemptions for part in (each.nl, f"`{each.id}`")]
            assert [each for each in told if each not in text] == [], rule.id
            assert text.count("- **Voldoet.**") == text.count("- **Fout.**") == 1, rule.id


def test_every_quantity_stands_on_a_page_with_its_source_doubt_and_reason() -> None:
    quantities = read_quantities(read_agreement())
    stems = {
        heading: name for name, text in PAGES.items() for heading in re.findall(r"^## (q-.+)$", text, re.MULTILINE)
    }
    assert set(stems) == {each.id for each in quantities}
    for each in quantities:
        text = section(stems[each.id], each.id)
        told = [each.label.nl, each.place.name, each.status, each.source]
        told += [note.nl for note in (each.doubt, each.reason, each.note) if note is not None]
        assert [part for part in told if part not in text] == [], each.id


def test_every_question_is_listed_with_the_rules_that_ask_it() -> None:
    lines = PAGES["vragen.md"].splitlines()
    for catalogue in read_catalogues():
        for statement in catalogue.statements:
            (line,) = [each for each in lines if each.startswith(f"| `{statement.id}` ")]
            asking = [rule.id for rule in catalogue.rules if rule.question == statement]
            assert statement.nl in line
            assert all(f"[{name}](" in line for name in asking)


def test_every_slot_is_listed_with_the_rules_that_read_it() -> None:
    lines = PAGES["koppelingen.md"].splitlines()
    rules = [rule for catalogue in read_catalogues() for rule in catalogue.rules]
    for slot in vocabulary().slots.values():
        (line,) = [each for each in lines if each.startswith(f"| [{slot.id}](")]
        readers = [rule.id for rule in rules if slot.id in rule.all_slots]
        assert slot.nl in line
        assert all(f"[{name}](" in line for name in readers), slot.id


def test_the_first_page_counts_every_rule_and_explains_every_word() -> None:
    rules = [rule for catalogue in read_catalogues() for rule in catalogue.rules]
    assert f"{len(rules)} regels in" in PAGES["index.md"]
    assert set(KIND_WORDS) == set(KINDS)
    assert set(HARDNESS_WORDS) == set(HARDNESS)
    assert {rule.status for rule in rules} <= set(STATUS_WORDS)
    assert {rule.certainty for rule in rules} <= set(CERTAINTY_WORDS)
    for name, kind in KINDS.items():
        _, _, text = PAGES["index.md"].partition(f"\n### {name}\n")
        text = text.split("\n#")[0]
        assert KIND_WORDS[name].asks in text
        assert all(f"`{parameter}`" in text for parameter in kind.UNITS), name
    hard = sum(rule.hardness == "verbod" for rule in rules)
    lines = [line.split("|") for line in index_page(read_catalogues(), {}).splitlines() if line.startswith("| [")]
    programmes = [line for line in lines if "regels/" in line[1]]
    assert sum(int(line[2]) for line in programmes) == len(rules)
    assert sum(int(line[3].strip() or 0) for line in programmes) == hard


def links() -> Iterator[tuple[str, str]]:
    for name, text in PAGES.items():
        for target in set(re.findall(r"\]\(([^)]+)\)", text)):
            yield name, target


def test_every_link_leads_to_a_page_and_a_heading() -> None:
    lost = []
    for name, target in links():
        page, _, heading = target.partition("#")
        path = ((CATALOGUE / name).parent / page).resolve() if page else CATALOGUE / name
        inside = path.is_relative_to(CATALOGUE)
        text = PAGES.get(str(path.relative_to(CATALOGUE))) if inside else path.read_text(encoding="utf-8")
        headings = {anchor(each) for each in re.findall(r"^#+ (.+)$", text or "", re.MULTILINE)}
        if text is None or (heading and heading not in headings):
            lost.append(f"{name}: {target}")
    assert not lost


@pytest.mark.parametrize(
    ("heading", "name"), [("res-zonladder.combinatie", "res-zonladdercombinatie"), ("De a, b", "de-a-b")]
)
def test_a_heading_is_linked_to_as_code_hosts_do(heading: str, name: str) -> None:
    assert anchor(heading) == name
