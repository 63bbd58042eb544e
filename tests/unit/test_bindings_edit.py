"""One binding or value changes in a file of bindings; all else stays, and what cannot be read back is not written."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import read_json
from novex_plugin.core.rules.bindings import BOUND, read_bindings
from novex_plugin.core.rules.bindings_edit import bind, new_bindings_file, own_place, set_value

REASON = "De eigen kaart van de provincie is nauwkeuriger."


def test_the_bindings_of_the_plugin_are_the_start_of_ones_own(tmp_path: Path) -> None:
    target = tmp_path / "koppelingen.json"
    bind(None, target, "basisnet", "een-dataset", "wegen", {"field": "klasse", "values": ["rijksweg", 2]})
    before, after = read_bindings(), read_bindings(target)
    found = after.by_slot["basisnet"]
    assert (found.dataset, found.layer, found.field, found.values) == (
        "een-dataset",
        "wegen",
        "klasse",
        ("rijksweg", 2),
    )
    assert found.status == BOUND
    assert found.note == before.by_slot["basisnet"].note
    assert {slot for slot in after.by_slot if after.by_slot[slot] != before.by_slot[slot]} == {"basisnet"}


def test_a_layer_of_ones_own_is_named_beside_the_file(tmp_path: Path) -> None:
    target = tmp_path / "koppelingen.json"
    layer = tmp_path / "eigen" / "kaart.gpkg"
    place = own_place(layer, target)
    assert place == "eigen/kaart.gpkg"
    assert own_place(Path("/ergens/anders.gpkg"), target) == "/ergens/anders.gpkg"
    own = {"name": "Kaart", "place": place, "reason": REASON}
    bind(None, target, "basisnet", own=own, level={"unit": "cm", "field": None})
    found = read_bindings(target).by_slot["basisnet"]
    assert found.own is not None
    assert found.own.place == layer
    assert found.level is not None


def test_a_slot_can_be_left_open_again(tmp_path: Path) -> None:
    target = tmp_path / "koppelingen.json"
    bind(None, target, "basisnet", "een-dataset")
    bind(target, target, "basisnet")
    assert not read_bindings(target).by_slot["basisnet"].is_bound


def test_a_value_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "koppelingen.json"
    set_value(None, target, "regel-1", "distance_m", 100.0, REASON)
    set_value(target, target, "regel-2", "order", ("eerst", "dan"), REASON)
    set_value(target, target, "regel-1", "distance_m", 250.0, f"  {REASON} ")
    values = read_bindings(target).parameters
    assert values == {("regel-1", "distance_m"): 250.0, ("regel-2", "order"): ("eerst", "dan")}
    assert [each["reason"] for each in read_json(target)["parameters"]] == [REASON, REASON]


@pytest.mark.parametrize("reason", ["", "te kort", " " * 30])
def test_a_value_without_reason_is_refused(tmp_path: Path, reason: str) -> None:
    with pytest.raises(InputError, match="20 tekens"):
        set_value(None, tmp_path / "koppelingen.json", "regel-1", "distance_m", 100.0, reason)
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_that_cannot_be_read_back(tmp_path: Path) -> None:
    target = tmp_path / "koppelingen.json"
    bind(None, target, "basisnet", "een-dataset")
    written = target.read_bytes()
    with pytest.raises(InputError, match="onbekend"):
        bind(target, target, "bestaat-niet", "een-dataset")
    with pytest.raises(InputError, match="20 tekens"):
        bind(target, target, "basisnet", own={"name": "Kaart", "place": "a.gpkg", "reason": "nee"})
    target.chmod(stat.S_IRUSR)
    with pytest.raises(InputError, match="alleen-lezen"):
        bind(target, target, "basisnet", "een-andere")
    assert target.read_bytes() == written
    broken = tmp_path / "stuk.json"
    broken.write_text("[]", encoding="utf-8")
    with pytest.raises(InputError):
        bind(broken, tmp_path / "nieuw.json", "basisnet", "een-dataset")
    assert not (tmp_path / "nieuw.json").exists()


def test_new_bindings_get_a_name_that_is_free(tmp_path: Path) -> None:
    first = new_bindings_file(tmp_path)
    first.touch()
    assert (first.name, new_bindings_file(tmp_path).name) == ("koppelingen.json", "koppelingen-2.json")
