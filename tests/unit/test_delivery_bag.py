"""A bag is written as RFC 8493 says, and every file that is missing, extra or changed is named."""

from __future__ import annotations

from pathlib import Path

import bagit
import pytest

from novex_plugin.core.delivery.bag import bag_folder, bag_information, check_bag, write_bag
from novex_plugin.core.errors import InputError


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    folder = tmp_path / "bag"
    (folder / "data" / "map").mkdir(parents=True)
    (folder / "data" / "levering.json").write_text("{}\n")
    (folder / "data" / "map" / "één bestand.txt").write_text("inhoud")
    write_bag(folder, [("Source-Organization", "Provincie\nDrenthe"), ("Bagging-Date", "2026-11-20")])
    return folder


def test_a_bag_that_was_just_written_is_whole(bag: Path) -> None:
    assert check_bag(bag) == []
    assert bag_information(bag) == {
        "Source-Organization": "Provincie Drenthe",
        "Bagging-Date": "2026-11-20",
        "Payload-Oxum": "9.2",
    }


def test_the_reference_implementation_finds_the_bag_valid(bag: Path) -> None:
    bagit.Bag(str(bag)).validate()


def test_a_percent_sign_in_a_name_is_escaped_as_the_standard_says(bag: Path) -> None:
    (bag / "data" / "100%.txt").write_text("x")
    write_bag(bag, [])

    assert "  data/100%25.txt\n" in (bag / "manifest-sha256.txt").read_text()
    assert check_bag(bag) == []


def test_a_changed_file_is_named(bag: Path) -> None:
    (bag / "data" / "levering.json").write_text("[]\n")

    assert [(found.file, found.problem) for found in check_bag(bag)] == [
        ("data/levering.json", "is veranderd: het controlegetal klopt niet")
    ]


def test_a_missing_file_is_named(bag: Path) -> None:
    (bag / "data" / "levering.json").unlink()

    assert {found.file for found in check_bag(bag)} == {"data/levering.json", "bag-info.txt"}


def test_an_added_file_is_named_and_junk_is_not(bag: Path) -> None:
    (bag / "data" / "erbij.txt").write_text("x")
    (bag / "data" / "Thumbs.db").write_text("x")

    assert {found.file for found in check_bag(bag)} == {"data/erbij.txt", "bag-info.txt"}


def test_a_changed_tag_file_is_named(bag: Path) -> None:
    with (bag / "bag-info.txt").open("a") as stream:
        stream.write("Contact-Email: x@example.org\n")

    assert [found.file for found in check_bag(bag)] == ["bag-info.txt"]


@pytest.mark.parametrize("line", ["nonsens", f"{'0' * 64}  ../../etc/passwd", f"{'0' * 64}  /etc/passwd"])
def test_a_line_that_leads_elsewhere_is_named_and_not_followed(bag: Path, line: str) -> None:
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text() + line + "\n")

    assert any("regel 3" in found.problem for found in check_bag(bag))


def test_a_bag_without_its_manifest_is_named(bag: Path) -> None:
    (bag / "manifest-sha256.txt").unlink()

    assert ("manifest-sha256.txt", "ontbreekt") in [(found.file, found.problem) for found in check_bag(bag)]


def test_the_bag_is_found_at_the_top_or_one_folder_down(bag: Path, tmp_path: Path) -> None:
    assert bag_folder(bag) == bag
    assert bag_folder(tmp_path) == bag


def test_a_folder_without_a_bag_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"bagit\.txt ontbreekt"):
        bag_folder(tmp_path)
