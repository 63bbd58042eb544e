"""An output never takes the place of an input, of another output, of a snapshot's part or of a proposal."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.overwriting import refuse_overwriting
from novex_plugin.core.proposal.create import create_proposal


@pytest.fixture
def read(tmp_path: Path) -> Path:
    path = tmp_path / "plan.gpkg"
    path.write_bytes(b"gelezen")
    return path


def test_an_output_that_is_also_read_is_refused(read: Path) -> None:
    with pytest.raises(InputError, match=r"plan\.gpkg, veld OUTPUT: wordt ook gelezen"):
        refuse_overwriting({"OUTPUT": read}, [read])


def test_another_spelling_and_links_lead_to_the_same_file(read: Path, tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "naam.gpkg").symlink_to(read)
    os.link(read, tmp_path / "hard.gpkg")
    for other in (tmp_path / "map" / ".." / "plan.gpkg", tmp_path / "naam.gpkg", tmp_path / "hard.gpkg"):
        with pytest.raises(InputError, match="wordt ook gelezen"):
            refuse_overwriting({"OUTPUT": other}, [read])


def test_two_outputs_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="de plaats van FINDINGS en van OUTPUT"):
        refuse_overwriting({"FINDINGS": tmp_path / "a", "OUTPUT": tmp_path / "." / "a"}, [])


@pytest.mark.parametrize("part", ["manifest.json", "data/bodem.gpkg", "layers/luchtfoto.qlr"])
def test_what_a_snapshot_is_made_of_is_not_written_over(tmp_path: Path, part: str) -> None:
    with pytest.raises(InputError, match="wordt ook gelezen"):
        refuse_overwriting({"OUTPUT": tmp_path / part}, [tmp_path])


def test_an_output_may_lie_beside_and_in_the_folder_of_what_is_read(read: Path, tmp_path: Path) -> None:
    (tmp_path / "uit.json").write_text("{}")
    refuse_overwriting({"OUTPUT": tmp_path / "uit.json", "FINDINGS": tmp_path / "nieuw.gpkg"}, [read, tmp_path])


def test_a_proposal_that_is_not_read_is_not_written_over_either(tmp_path: Path) -> None:
    other = tmp_path / "ander.gpkg"
    create_proposal(
        other, "PV25", "basis", read_agreement(), datetime(2026, 11, 20, tzinfo=UTC), iter("abcdef").__next__
    )
    with pytest.raises(InputError, match="is een voorstel"):
        refuse_overwriting({"FINDINGS": other}, [])
    refuse_overwriting({"OUTPUT": other}, [], writes_proposal=True)


def test_names_that_no_system_has_are_no_files(tmp_path: Path) -> None:
    refuse_overwriting({"OUTPUT": tmp_path / "uit.json"}, [Path("a\0b"), Path("x" * 5000)])
