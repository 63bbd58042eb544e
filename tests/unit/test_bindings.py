"""Every object dataset of the rules has a slot and a binding that says which dataset plays it, or what is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import json_bytes
from novex_plugin.core.rules.bindings import BOUND, CANDIDATE, DEFAULT, OPEN, Binding, read_bindings
from novex_plugin.core.rules.vocabulary import SLOTS, vocabulary
from scripts.catalogue_bindings import PAGE, page, rules_by_slot

OWN = {"name": "Eigen kaart", "place": "eigen.gpkg", "reason": "De basisset kent deze kaart niet."}


def bindings() -> dict[str, Binding]:
    return dict(read_bindings().by_slot)


def known_records(shared: Path) -> set[str]:
    """The record ids of the reference: those in the register, and those that the services name."""
    records = json.loads((shared / "reference" / "ngr" / "records-as-read.json").read_bytes())
    services = json.loads((shared / "reference" / "pdok-services.json").read_bytes())["services"]
    return {each["mdId"] for each in records} | {each["dataset_md_id"] for each in services}


def written(folder: Path, parameters: list[dict[str, Any]] | None = None, **values: Any) -> Path:
    entry = {"slot": "nnn", "dataset": None, "layer": None, "filter": None, "own": None} | values
    content = {"format": "novex-bindings", "version": "1.0", "bindings": [entry], "parameters": parameters or []}
    path = folder / "koppelingen.json"
    path.write_bytes(json_bytes(content))
    return path


def test_each_object_dataset_of_the_source_has_a_slot_and_a_candidate_or_a_note(shared: Path) -> None:
    datasets = json.loads((shared / "startpakket" / "spatial_rules.json").read_bytes())["datasets"]
    found = bindings()

    assert len(datasets) == 70
    assert {each["id"] for each in datasets} <= set(vocabulary().slots)
    for each in datasets:
        binding = found[each["id"]]
        assert binding.note.nl, each["id"]
        assert binding.status == OPEN or binding.dataset or binding.candidates, each["id"]


def test_each_slot_has_one_binding_that_tells_how_it_stands_in_both_languages() -> None:
    found = bindings()

    assert set(found) == set(vocabulary().slots)
    for slot, binding in found.items():
        assert len(binding.note.nl) > 40, slot
        assert len(binding.note.en) > 40, slot
        assert (binding.status == OPEN) == (binding.dataset is None and not binding.candidates), slot
        assert binding.status != BOUND or binding.dataset is not None, slot
        assert all(each.note.nl and each.note.en for each in binding.candidates), slot


def test_each_named_dataset_is_one_of_the_register_or_of_the_known_services(shared: Path) -> None:
    known = known_records(shared)
    named = {binding.dataset for binding in bindings().values() if binding.dataset}
    named |= {each.dataset for binding in bindings().values() for each in binding.candidates if each.dataset}

    assert len(named) >= 18
    assert named <= known


def test_each_named_layer_is_one_that_the_record_or_the_services_name(shared: Path) -> None:
    records = json.loads((shared / "reference" / "ngr" / "records-as-read.json").read_bytes())
    names = {str(online["name"]).rpartition(":")[2] for record in records for online in record["online"]}
    layers = {binding.layer for binding in bindings().values() if binding.layer}
    layers |= {each.layer for binding in bindings().values() for each in binding.candidates if each.layer}

    assert layers
    assert layers <= names


def test_every_slot_that_a_rule_asks_for_has_its_rules_on_the_page_and_the_page_is_that_of_the_data() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert text == page(), "run python -m scripts.catalogue_bindings"
    assert set(rules_by_slot()) <= set(vocabulary().slots)
    assert all(f"### {slot}\n" in text for slot in vocabulary().slots)


def test_both_files_are_canonical() -> None:
    assert all(path.read_bytes() == json_bytes(json.loads(path.read_bytes())) for path in (DEFAULT, SLOTS))


def test_the_level_of_groundwater_says_what_its_figures_mean() -> None:
    slot = vocabulary().slots["grondwaterstand"]

    assert "cm onder het maaiveld, naar beneden positief" in slot.nl
    assert "cm below the surface, positive downward" in slot.en


def test_the_status_follows_from_the_dataset_where_a_file_does_not_tell_it(tmp_path: Path) -> None:
    assert read_bindings(written(tmp_path)).by_slot["nnn"].status == OPEN
    assert read_bindings(written(tmp_path, dataset="abc")).by_slot["nnn"].status == BOUND
    assert read_bindings(written(tmp_path, own=OWN)).by_slot["nnn"].status == BOUND
    assert read_bindings(written(tmp_path, dataset="abc", status=CANDIDATE)).by_slot["nnn"].status == CANDIDATE


@pytest.mark.parametrize("reason", ["", "te kort", " " * 30, "waarom dan toch      "])
def test_a_layer_of_ones_own_without_a_reason_is_refused_by_its_slot(tmp_path: Path, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bindings(written(tmp_path, own=OWN | {"reason": reason}))

    assert "koppelingen.json" in str(caught.value)
    assert "reason" in str(caught.value)
    assert "20" in str(caught.value)


def test_a_value_without_a_reason_is_refused_by_its_rule(tmp_path: Path) -> None:
    value = {"rule": "won-betaalbaar", "parameter": "share_pct", "value": 5, "reason": " " * 25}
    with pytest.raises(InputError) as caught:
        read_bindings(written(tmp_path, [value]))

    assert "won-betaalbaar" in str(caught.value)


@pytest.mark.parametrize(
    "values", [{"status": "misschien"}, {"note": {"nl": "alleen Nederlands"}}, {"candidates": [{"dataset": None}]}]
)
def test_a_field_of_another_form_is_refused_by_its_place(tmp_path: Path, values: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=str(next(iter(values)))):
        read_bindings(written(tmp_path, **values))
