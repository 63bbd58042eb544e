"""The matrix of combinations: complete, in its own words, and refused when it contradicts itself."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import json_bytes
from novex_plugin.core.rules.combinations import COMBINATIONS, ONBEKEND, Matrix, read_combinations

TEXT = {"nl": "Een reden.", "en": "A reason."}


def content() -> dict[str, Any]:
    return dict(json.loads(COMBINATIONS.read_text(encoding="utf-8")))


def entry(name: str, first: list[str], second: list[str], judgement: str, **values: Any) -> dict[str, Any]:
    """Names that start with @ are groups."""
    sides = [
        {"groups": [each[1:] for each in side if each[0] == "@"], "legend": [each for each in side if each[0] != "@"]}
        for side in (first, second)
    ]
    condition = {"nl": "het past", "en": "it fits"} if judgement == "voorwaarde" else None
    base = {"id": name, "first": sides[0], "second": sides[1], "judgement": judgement, "condition": condition}
    return base | {"reason": TEXT, "citation": None} | values


def written(folder: Path, *entries: Mapping[str, Any]) -> Path:
    path = folder / "matrix.json"
    path.write_bytes(json_bytes(content() | {"entries": list(entries)}))
    return path


def judged(matrix: Matrix, first: str, second: str) -> str:
    row = int(matrix.entry_rows(np.array([first], dtype=object), np.array([second], dtype=object))[0])
    return matrix.entries[row].judgement if row >= 0 else ONBEKEND


def test_every_pair_of_legend_units_is_judged_and_alike_in_both_directions() -> None:
    matrix = read_combinations()
    unknown = [pair for pair in itertools.combinations(matrix.units, 2) if judged(matrix, *pair) == ONBEKEND]
    assert not unknown
    assert (matrix.table == matrix.table.T).all()


def test_every_entry_decides_at_least_one_pair() -> None:
    matrix = read_combinations()
    used = set(matrix.table.ravel().tolist())
    assert not [each.id for row, each in enumerate(matrix.entries) if row not in used]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("woningbouw", "bedrijventerrein_circulair", "conflict"),
        ("zonneveld", "waterberging", "voorwaarde"),
        ("natuur_nieuw", "waterberging", "goed"),
        ("woningbouw", "waterberging", "conflict"),
        ("windturbine", "landbouw_overig", "goed"),
        ("landbouw_natuurinclusief", "zonneveld", "voorwaarde"),
        ("defensie_terrein", "natuur_nieuw", "voorwaarde"),
        ("dijkreservering", "woningbouw_hoogstedelijk", "conflict"),
    ],
)
def test_pairs_of_which_the_source_or_plain_sense_says_what_they_are(first: str, second: str, expected: str) -> None:
    matrix = read_combinations()
    assert judged(matrix, first, second) == judged(matrix, second, first) == expected


def test_the_file_is_canonical_and_its_texts_are_whole() -> None:
    assert COMBINATIONS.read_bytes() == json_bytes(content())
    for each in content()["entries"]:
        for language in ("nl", "en"):
            assert re.fullmatch(r"[A-Z].*\.", each["reason"][language]), each["id"]
            if each["condition"]:
                assert re.fullmatch(r"[a-z].*[^.]", each["condition"][language]), each["id"]


def test_texts_are_our_own_and_repeat_no_sentence_of_the_source(shared: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}

    source = runs((shared / "startpakket" / "startpakket-2022.txt").read_text())
    for each in content()["entries"]:
        for text in (each["reason"], each["condition"] or TEXT):
            assert not runs(text["nl"]) & source, each["id"]


def test_a_unit_goes_before_its_group_whatever_the_order(tmp_path: Path) -> None:
    entries = [
        entry("groep", ["@woningbouw"], ["@bedrijventerrein"], "conflict"),
        entry("eenheid", ["woningbouw"], ["bedrijventerrein"], "goed"),
        entry("half", ["woningbouw"], ["@bedrijventerrein"], "voorwaarde"),
    ]
    for order in itertools.permutations(entries):
        matrix = read_combinations(written(tmp_path, *order))
        assert judged(matrix, "bedrijventerrein", "woningbouw") == "goed"
        assert judged(matrix, "logistiek", "woningbouw") == "voorwaarde"
        assert judged(matrix, "logistiek", "woningbouw_hoogstedelijk") == "conflict"
        assert judged(matrix, "logistiek", "natuur_nieuw") == ONBEKEND


@pytest.mark.parametrize(
    "second",
    [
        entry("twee", ["@bedrijventerrein"], ["@verstedelijking"], "goed"),
        entry("twee", ["@bedrijventerrein"], ["@woningbouw"], "voorwaarde", condition=TEXT),
    ],
    ids=["oordeel", "voorwaarde"],
)
def test_equals_that_contradict_each_other_are_refused(tmp_path: Path, second: dict[str, Any]) -> None:
    first = entry("een", ["@woningbouw"], ["@bedrijventerrein"], "voorwaarde")
    with pytest.raises(InputError, match="even nauwkeurig") as refused:
        read_combinations(written(tmp_path, first, second))
    assert refused.value.row == "twee"
    assert "een" in str(refused.value)


def test_a_contradiction_between_groups_is_settled_by_an_entry_on_the_units(tmp_path: Path) -> None:
    entries = [
        entry("een", ["@natuur"], ["landbouw_overig"], "conflict"),
        entry("twee", ["@waterberging"], ["landbouw_overig"], "goed"),
        entry("drie", ["klimaatbuffer"], ["landbouw_overig"], "voorwaarde"),
    ]
    assert judged(read_combinations(written(tmp_path, *entries)), "klimaatbuffer", "landbouw_overig") == "voorwaarde"
    with pytest.raises(InputError, match="klimaatbuffer"):
        read_combinations(written(tmp_path, *entries[:2]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first": {"groups": ["huizen"], "legend": []}}, "huizen"),
        ({"second": {"groups": [], "legend": ["kasteel"]}}, "kasteel"),
        ({"first": {"groups": [], "legend": []}}, "first"),
        ({"judgement": "misschien"}, "misschien"),
        ({"judgement": "voorwaarde"}, "condition"),
        ({"condition": TEXT}, "condition"),
        ({"reason": {"nl": "Een reden."}}, "en"),
        ({"extra": 1}, "extra"),
    ],
)
def test_an_entry_that_nobody_can_read_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    path = written(tmp_path, entry("een", ["woningbouw"], ["recreatie"], "goed") | change)
    with pytest.raises(InputError, match=said):
        read_combinations(path)


def test_an_id_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    one = entry("een", ["woningbouw"], ["recreatie"], "goed")
    with pytest.raises(InputError, match="twee keer"):
        read_combinations(written(tmp_path, one, one))


def test_a_matrix_without_entries_knows_nothing(tmp_path: Path) -> None:
    assert judged(read_combinations(written(tmp_path)), "woningbouw", "recreatie") == ONBEKEND
