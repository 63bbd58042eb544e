"""The open table of kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from novex_plugin.core.basisset.catalogue.kinds import Kinds, read_kinds
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import read_json, write_json
from novex_plugin.core.resources import RESOURCES


def test_the_identifier_counts_before_the_title() -> None:
    kinds = Kinds({"a": "kenniskaart"}, {"titel": "beleidskader"})
    assert kinds.of("a", "Titel") == "kenniskaart"
    assert kinds.of("b", "  TITEL ") == "beleidskader"
    assert kinds.of("b", "anders") == "onbekend"


def test_the_table_says_that_it_is_the_projects_own_reading() -> None:
    assert "eigen lezing" in read_json(RESOURCES / "bindings" / "dataset_kinds.json", "dataset_kinds")["note"]
    assert len(read_kinds().by_record) == len(read_kinds().by_title) == 23


def test_a_table_with_a_fifth_kind_is_refused(tmp_path: Path) -> None:
    entry = {"record": None, "title": "x", "kind": "iets"}
    content = {"format": "novex-dataset-kinds", "version": "1.0", "note": "n", "datasets": [entry]}
    write_json(tmp_path / "kinds.json", content)
    with pytest.raises(InputError, match="Toegestaan: feitelijke_situatie"):
        read_kinds(tmp_path / "kinds.json")
