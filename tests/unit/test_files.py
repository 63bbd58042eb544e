"""Files are whole or absent; JSON is canonical; what is wrong in it is named."""

from __future__ import annotations

import copy
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import check_schema, file_digest, json_bytes, read_json, write_json, written_beside


def test_a_file_appears_only_when_all_went_well(tmp_path: Path) -> None:
    target = tmp_path / "uit.txt"
    target.write_text("oud")

    def break_off() -> None:
        with written_beside(target) as unfinished:
            unfinished.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert target.read_text() == "oud"
    assert list(tmp_path.iterdir()) == [target]
    with written_beside(target) as unfinished:
        unfinished.write_text("nieuw")
    assert target.read_text() == "nieuw"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_hold_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(InputError, match=r"uit\.txt"), written_beside(tmp_path / "bestand" / "uit.txt"):
        pass


def test_a_disk_that_sqlite_finds_full_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    target = tmp_path / "uit.gpkg"

    def fill() -> None:
        with written_beside(target) as unfinished, closing(sqlite3.connect(unfinished)) as connection:
            connection.execute("PRAGMA max_page_count = 2")
            connection.execute("CREATE TABLE vol (inhoud)")
            connection.execute("INSERT INTO vol VALUES (zeroblob(100000))")

    with pytest.raises(InputError, match=r"uit\.gpkg: kan niet worden geschreven \(database or disk is full\)"):
        fill()
    assert not list(tmp_path.iterdir())


def test_another_fault_of_sqlite_is_no_fault_of_the_disk(tmp_path: Path) -> None:
    def ask() -> None:
        with written_beside(tmp_path / "uit.gpkg") as unfinished, closing(sqlite3.connect(unfinished)) as connection:
            connection.execute("SELECT * FROM weg")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        ask()


@pytest.mark.parametrize(
    ("text", "said"),
    [('{"a": 1e999}', "te groot"), ('{"a": 1, "b": {"c": 1, "c": 2}}', "'c' staat er twee keer")],
)
def test_json_that_would_lose_a_value_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(InputError, match=said):
        read_json(tmp_path / "a.json")


def test_a_value_that_stands_in_a_list_twice_is_refused_in_one_pass_over_it() -> None:
    steps = [f"trede {number}" for number in range(200_000)]
    check_schema(bindings_with(steps), "bindings")
    with pytest.raises(InputError):
        check_schema(bindings_with([*steps, {"a": 1}, "trede 5"]), "bindings")
    with pytest.raises(InputError):
        check_schema(bindings_with(["trede 1", "trede 2", "trede 1"]), "bindings")


def bindings_with(order: list[Any]) -> dict[str, Any]:
    entry = {"rule": "proef", "parameter": "order", "value": order, "reason": "Zo staat het in het beleid."}
    return {"format": "novex-bindings", "version": "1.0", "bindings": [], "parameters": [entry]}


@pytest.mark.parametrize("place", ["/dev/zero", "/"])
def test_json_is_not_read_from_what_never_ends(place: str) -> None:
    with pytest.raises(InputError, match="geen gewoon bestand"):
        read_json(Path(place))


def test_json_is_the_same_bytes_for_the_same_content(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"b": 1, "a": ["é"]})
    assert (
        (tmp_path / "a.json").read_bytes()
        == json_bytes({"a": ["é"], "b": 1})
        == (b'{\n  "a": [\n    "\xc3\xa9"\n  ],\n  "b": 1\n}\n')
    )
    assert read_json(tmp_path / "a.json") == {"a": ["é"], "b": 1}


@pytest.mark.parametrize("text", ["{", '{"a": NaN}', "", "[" * 100_000, '"\udcff'.encode("utf-8", "surrogatepass")])
def test_what_is_no_json_is_refused_with_its_name(tmp_path: Path, text: str | bytes) -> None:
    source = tmp_path / "fout.json"
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InputError, match=r"fout\.json"):
        read_json(source)


def test_numbers_that_json_does_not_know_are_not_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"a": float("nan")})


def test_a_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "leeg").write_bytes(b"")
    assert file_digest(tmp_path / "leeg") == hashlib.sha256(b"").hexdigest()


def test_an_input_error_names_place_and_remedy_and_can_be_copied_to_a_worker() -> None:
    error = InputError("ontbreekt.", "Vul in.", "a.gpkg", "vlak", 3, "rol")
    assert str(error) == "bestand a.gpkg, tabel vlak, rij 3, veld rol: ontbreekt. Vul in."
    assert str(copy.copy(error)) == str(error)


def test_a_file_is_checked_anew_when_its_bytes_or_the_schema_are_others(tmp_path: Path) -> None:
    file = tmp_path / "koppelingen.json"
    write_json(file, bindings_with(["trede 1"]))
    assert read_json(file, "bindings") == read_json(file, "bindings")
    with pytest.raises(InputError, match="'bindings' is hier niet bekend"):
        read_json(file, "register")
    write_json(file, bindings_with(["trede 1", "trede 1"]))
    for _ in range(2):
        with pytest.raises(InputError, match="twee keer"):
            read_json(file, "bindings")


def test_what_was_read_may_be_changed_without_changing_the_next_reading(tmp_path: Path) -> None:
    file = tmp_path / "koppelingen.json"
    write_json(file, bindings_with(["trede 1"]))
    read_json(file, "bindings").clear()
    assert read_json(file, "bindings") == bindings_with(["trede 1"])
