"""Archives from elsewhere cannot leave their folder, fill the disk or fool the reader."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import pytest

from novex_plugin.core.delivery.archive import Limits, is_junk, pack, unpack, unsafe_path
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Silent


def zipped(tmp_path: Path, **contents: bytes) -> Path:
    path = tmp_path / "levering.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "uit"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "../weg.txt",
        "/weg.txt",
        "a/../../weg.txt",
        "a//b",
        "./a",
        "C:weg",
        "a\\b",
        "a/nul.txt",
        "a/COM1",
        "a.",
        "x\n",
        "",
    ],
)
def test_a_path_that_leaves_the_folder_or_cannot_be_written_is_unsafe(name: str) -> None:
    assert unsafe_path(name) is not None


@pytest.mark.parametrize("name", ["data/voorstel/voorstel.gpkg", "bagit.txt", "é/één bestand (2).txt", "console.txt"])
def test_an_ordinary_path_is_safe(name: str) -> None:
    assert unsafe_path(name) is None


@pytest.mark.parametrize("name", ["../weg.txt", "/weg.txt", "a/../../weg.txt"])
def test_an_archive_that_escapes_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    folder = empty(tmp_path)

    with pytest.raises(InputError, match="pad dat de map verlaat"):
        unpack(zipped(tmp_path, **{"goed.txt": b"x", name: b"x"}), folder, Silent())

    assert list(folder.iterdir()) == []
    assert not (tmp_path / "weg.txt").exists()


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "levering.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("data/link")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    with pytest.raises(InputError, match="symbolische koppeling"):
        unpack(path, empty(tmp_path), Silent())


def test_a_bomb_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "bom.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("nul.bin", "w") as entry:
        piece = bytes(1 << 20)
        for _ in range(80):
            entry.write(piece)

    with pytest.raises(InputError, match="keer zo groot"):
        unpack(path, empty(tmp_path), Silent())
    with pytest.raises(InputError, match="MiB mag niet"):
        unpack(path, tmp_path / "uit", Silent(), Limits(bytes=1 << 20))


def test_a_size_that_lies_does_not_fill_the_disk(tmp_path: Path) -> None:
    path = zipped(tmp_path, **{"groot.txt": b"a" * 100_000})
    raw = bytearray(path.read_bytes())
    directory = raw.rindex(b"PK\x01\x02")
    raw[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    path.write_bytes(raw)
    folder = empty(tmp_path)

    with pytest.raises(InputError, match="geen heel zip-bestand"):
        unpack(path, folder, Silent())

    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) <= 10


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, **{f"{number}.txt": b"" for number in range(20)})

    with pytest.raises(InputError, match="20 bestanden"):
        unpack(path, empty(tmp_path), Silent(), Limits(files=10))


def test_two_names_that_differ_in_case_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="twee keer"):
        unpack(zipped(tmp_path, **{"data/A.txt": b"x", "data/a.txt": b"y"}), empty(tmp_path), Silent())


@pytest.mark.parametrize("content", [b"", b"geen zip", b"PK\x03\x04" + bytes(40)])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "levering.zip"
    path.write_bytes(content)

    with pytest.raises(InputError, match="geen heel zip-bestand"):
        unpack(path, empty(tmp_path), Silent())


def test_a_zip_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, **{"data/a.bin": os.urandom(5000)})
    path.write_bytes(path.read_bytes()[:3000])

    with pytest.raises(InputError, match="geen heel zip-bestand"):
        unpack(path, empty(tmp_path), Silent())


def test_junk_of_an_operating_system_is_named_and_left_out(tmp_path: Path) -> None:
    path = zipped(tmp_path, **{"x/data/a.txt": b"x", "x/Thumbs.db": b"", "__MACOSX/x/._a.txt": b"", "x/.DS_Store": b""})
    folder = empty(tmp_path)

    assert unpack(path, folder, Silent()) == ["__MACOSX/x/._a.txt", "x/.DS_Store", "x/Thumbs.db"]
    assert [file.name for file in folder.rglob("*") if file.is_file()] == ["a.txt"]


@pytest.mark.parametrize("name", ["a/Thumbs.db", ".~lock.rapport.odt#", "~$rapport.docx", "__MACOSX/a"])
def test_files_that_others_leave_behind_are_junk(name: str) -> None:
    assert is_junk(name)


def test_packing_twice_gives_the_same_bytes_whatever_the_dates(tmp_path: Path) -> None:
    for name, when in (("een", 1_000_000_000), ("twee", 1_700_000_000)):
        folder = tmp_path / name
        (folder / "data").mkdir(parents=True)
        for file in ("b.txt", "data/a.txt") if name == "een" else ("data/a.txt", "b.txt"):
            (folder / file).write_text(file)
            os.utime(folder / file, (when, when))
        pack(folder, tmp_path / f"{name}.zip", "novex")

    assert (tmp_path / "een.zip").read_bytes() == (tmp_path / "twee.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "een.zip").namelist() == ["novex/b.txt", "novex/data/a.txt"]
