"""A file with explanations is read row by row; only a file that says nothing at all is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import check_schema
from novex_plugin.core.proposal import explanation_file
from novex_plugin.core.proposal.explanation_file import (
    FIELDS,
    MAXIMUM_BYTES,
    Refusal,
    read_explanations,
    write_refusals,
)

HEAD = "regel;reden;organisatie;rol\n"
ROW = "r-1;een lange reden, met komma;Provincie;opsteller\n"


def written(folder: Path, content: str | bytes, name: str = "m.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_rows_are_counted_by_the_lines_on_which_they_start(tmp_path: Path) -> None:
    text = HEAD + "\n" + 'r-1;"een reden\nop twee regels";a;b\n' + ";;;\n" + ROW
    rows = read_explanations(written(tmp_path, text)).rows
    assert [(row.number, row.values["reden"]) for row in rows] == [
        (3, "een reden\nop twee regels"),
        (6, "een lange reden, met komma"),
    ]
    assert rows[0].values == dict.fromkeys(FIELDS, "") | {
        "regel": "r-1",
        "reden": "een reden\nop twee regels",
        "organisatie": "a",
        "rol": "b",
    }


def test_names_of_columns_are_read_whatever_their_case_and_unknown_ones_are_told(tmp_path: Path) -> None:
    text = "Regel , REDEN,organisatie,rol,uitzonderng,stand\nr-1,een reden,a,b,c,d\n"
    given = read_explanations(written(tmp_path, text))
    assert given.ignored == ("uitzonderng",)
    assert given.rows[0].values["regel"] == "r-1"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("r-1;een reden;met;te veel;velden\n", "meer velden"),
        ('r-1;"een reden" los;a;b\n', "aanhalingstekens"),
        ("r-1;" + "x" * 200_000 + ";a;b\n", "niet te lezen"),
        ("r-1;" + "x" * 5_000 + ";a;b\n", "5000 tekens"),
        ("r-1;een\x00 reden;a;b\n", "onzichtbare tekens"),
    ],
)
def test_a_row_that_cannot_be_read_stops_no_other(tmp_path: Path, line: str, said: str) -> None:
    before, wrong, after = read_explanations(written(tmp_path, HEAD + ROW + line + ROW)).rows
    assert said in " ".join(map(str, wrong.refusals))
    assert before.refusals == after.refusals == ()
    assert (wrong.number, after.number) == (3, 4)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "de kolom regel ontbreekt"),
        ("fid;naam\n1;x\n", "de kolom regel ontbreekt"),
        ("regel;organisatie;rol\n", "de kolom reden ontbreekt"),
        ("regel;reden;organisatie\n", "de kolom rol ontbreekt"),
        ("regel;reden;organisatie;rol;Rol\n", "twee keer"),
        (HEAD.encode() + b"r-1;caf\xe9;a;b\n", "regelnummer 2: is geen tekst in UTF-8"),
        (HEAD.encode("utf-16"), "geen tekst in UTF-8"),
    ],
)
def test_a_file_without_the_right_columns_is_refused(tmp_path: Path, content: str | bytes, said: str) -> None:
    with pytest.raises(InputError, match=r"m\.csv") as caught:
        read_explanations(written(tmp_path, content))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        [],
        5,
        {"format": "novex-explanations", "version": "1.0"},
        {"format": "novex-explanations", "version": "9.0", "explanations": []},
        {"format": "novex-findings", "version": "1.0", "explanations": []},
        {"format": "novex-explanations", "version": "1.0", "explanations": {}},
    ],
)
def test_json_of_another_form_is_refused(tmp_path: Path, content: Any) -> None:
    with pytest.raises(InputError, match=r"m\.json"):
        read_explanations(written(tmp_path, json.dumps(content), "m.json"))


def test_entries_of_another_form_are_refused_one_by_one_and_broken_characters_do_no_harm(tmp_path: Path) -> None:
    good = {"regel": "r-1", "reden": "een \ud800 reden", "geldig_tot_ijkmoment": 2}
    entries = [good, 5, None, {"regel": ["r"], "reden": "x"}, {"regel": "r-1"}, good | {"reden": "x" * 5_000}]
    content = {"format": "novex-explanations", "version": "1.0", "explanations": entries}
    rows = read_explanations(written(tmp_path, json.dumps(content), "m.json")).rows
    assert [bool(row.refusals) for row in rows] == [False, True, True, True, True, True]
    assert (rows[0].values["reden"], rows[0].values["geldig_tot_ijkmoment"]) == ("een ? reden", "2")
    assert [row.refusals[0].field for row in rows[3:]] == ["regel", None, "reden"]


def test_a_file_that_is_absent_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bestaat niet"):
        read_explanations(tmp_path / "weg.csv")
    with (tmp_path / "groot.csv").open("wb") as stream:
        stream.truncate(MAXIMUM_BYTES + 1)
    with pytest.raises(InputError, match="64 MiB"):
        read_explanations(tmp_path / "groot.csv")


def test_refusals_are_written_as_json_or_as_a_table_without_formulas(tmp_path: Path) -> None:
    refusals = [Refusal(2, None, "fout.", "Herstel.", '=HYPERLINK("x")', "@b"), Refusal(9, "rol", "weg.", "Geef.")]
    write_refusals(tmp_path / "uit.json", refusals)
    check_schema(json.loads((tmp_path / "uit.json").read_bytes()), "refused_explanations")
    write_refusals(tmp_path / "uit.csv", refusals)
    text = (tmp_path / "uit.csv").read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1:] == [
        ["2", "", "fout.", "Herstel.", '\'=HYPERLINK("x")', "'@b"],
        ["9", "rol", "weg.", "Geef.", "", ""],
    ]


def test_more_rows_than_allowed_are_refused_before_they_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explanation_file, "MAXIMUM_ROWS", 2)
    entries = {"format": "novex-explanations", "version": "1.0", "explanations": [{}] * 3}
    for path in (written(tmp_path, HEAD + ROW * 3), written(tmp_path, json.dumps(entries), "m.json")):
        with pytest.raises(InputError, match="meer dan 2 rijen"):
            read_explanations(path)
    assert len(read_explanations(written(tmp_path, HEAD + ROW * 2)).rows) == 2
