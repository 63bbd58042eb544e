"""Explanations are recorded many at once; a row that cannot be recorded is told why and stops no other."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.check.explain import Explained, Request, explain
from novex_plugin.core.check.write import findings_json, write_findings
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import read_layer, transaction
from novex_plugin.core.files import check_schema, read_json
from novex_plugin.core.proposal.read import read_proposal
from tests.unit.making_checks import REASON, Case, box, damaged, objects, rule, rule_file

MOMENT = datetime(2026, 11, 21, 9, tzinfo=UTC)
SITE = box(180_000, 450_000, 180_400, 450_250)
X, Y = {"id": "x", "nl": "Behalve dan.", "en": "Except then."}, {"id": "y", "nl": "Of dan.", "en": "Or then."}
BY_DATA = {"id": "z", "nl": "Buiten de dijk.", "en": "Outside the dike.", "slots": ["bgr-uiterwaarden"]}
GOOD = {"regel": "proef-1", "kenmerk": "a", "reden": REASON, "organisatie": "Provincie Gelderland", "rol": "opsteller"}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case(tmp_path).draw("a", "woningbouw", SITE).draw("b", "woningbouw", SITE)
    rules(case)
    return case.dataset("natura2000", SITE)


def rules(case: Case, **values: Any) -> Path:
    return rule_file(
        case.folder,
        rule("prohibit-inside", **values),
        rule("prohibit-inside", id="verbod-0", hardness="verbod"),
        rule("prohibit-inside", id="verbod-1", hardness="verbod", exceptions=[X]),
        rule("prohibit-inside", id="verbod-2", hardness="verbod", exceptions=[X, Y, BY_DATA]),
        rule("area-balance", id="heel-1", parameters={"loss_ha": (0, "ha")}),
    )


def table(case: Case, *rows: dict[str, Any], delimiter: str = ";", encoding: str = "utf-8") -> Path:
    path = case.folder / "motiveringen.csv"
    names = list(dict.fromkeys(name for row in (GOOD, *rows) for name in row))
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, names, delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def run(case: Case, given: Path, rejected: Path | None = None, **values: Any) -> Explained:
    catalogues = (case.folder / "regels.json",)
    request = Request(case.proposal, given, **{"catalogues": catalogues, **values})
    return explain(request, rejected, MOMENT)


def checked(case: Case) -> Path:
    """The JSON of a check with the case's rules."""
    write_findings(case.run(case.folder / "regels.json"), case.folder / "f.gpkg", case.folder / "f.json")
    return case.folder / "f.json"


def recorded(case: Case) -> list[dict[str, Any]]:
    columns = {name: values.tolist() for name, values in read_layer(case.proposal, "motivering").columns.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if "sqlite_sequence" not in line]


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8"), (";", "utf-8-sig"), (",", "utf-8-sig")])
def test_an_explanation_is_recorded_with_what_it_covers(case: Case, delimiter: str, encoding: str) -> None:
    more = {"geldig_tot_ijkmoment": "2", "datum": "1-10-2026"}
    done = run(case, table(case, GOOD | more, delimiter=delimiter, encoding=encoding))
    assert (done.accepted, done.rejected, done.notes) == (1, 0, ())
    (row,) = recorded(case)
    said = {name: row[name] for name in GOOD}
    assert said == GOOD
    assert (row["regel_versie"], row["datum"], row["geldig_tot_ijkmoment"]) == ("1.0", "2026-10-01", "2")
    assert (row["variant"], row["uitzondering"], row["uitkomst"]) == ("basis", None, None)
    assert shapely.from_wkt(row["geometrie"]).equals(SITE)
    assert row["geometrie_digest"].startswith("sha256:")
    assert read_proposal(case.proposal).problems == ()


def test_what_was_recorded_explains_the_finding_until_the_feature_changes(case: Case) -> None:
    findings = checked(case)
    assert run(case, table(case, GOOD), findings=findings).accepted == 1
    (row,) = recorded(case)
    assert (row["uitkomst"], row["gemeten"], row["eenheid"]) == ("overtreedt", 10.0, "ha")

    def outcomes() -> list[str]:
        result = findings_json(case.run(case.folder / "regels.json"))
        return [each["uitkomst"] for each in result["findings"] if each["regel"] == "proef-1"]

    assert outcomes() == ["gemotiveerd", "overtreedt"]
    put(case, "a", shapely.MultiPolygon([box(180_001, 450_000, 180_400, 450_250)]))
    assert outcomes() == ["overtreedt", "overtreedt"]


def put(case: Case, kenmerk: str, geometry: Any) -> None:
    """Draw a feature anew."""
    from novex_plugin.core.features.geometry_blob import encode

    blob = encode(objects(geometry), 28992)[0]
    with transaction(case.proposal) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE voorstel_vlak SET geom = ? WHERE id = ?", (blob, kenmerk))


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"regel": "proef-11"}, "regel", "Bedoelt u proef-1?"),
        ({"regel": ""}, "regel", "ontbreekt"),
        ({"kenmerk": "weg"}, "kenmerk", "geen object met kenmerk 'weg'"),
        ({"reden": "te kort"}, "reden", "20 tekens"),
        ({"reden": "x" * 4_001}, "reden", "4001 tekens"),
        ({"reden": REASON + "\x07"}, "reden", "onzichtbare tekens"),
        ({"reden": REASON + "\u202e"}, "reden", "onzichtbare tekens"),
        ({"rol": "x" * 201}, "rol", "201 tekens"),
        ({"organisatie": ""}, "organisatie", "ontbreekt"),
        ({"organisatie": "j.jansen@gelderland.example"}, "organisatie", "nooit een persoon"),
        ({"rol": "@jansen"}, "rol", "nooit een persoon"),
        ({"datum": "31-02-2026"}, "datum", "geen datum"),
        ({"datum": "vorige week"}, "datum", "geen datum"),
        ({"datum": "2026-11-22"}, "datum", "toekomst"),
        ({"geldig_tot_ijkmoment": "twee"}, "geldig_tot_ijkmoment", "geen heel getal"),
        ({"geldig_tot_ijkmoment": "0"}, "geldig_tot_ijkmoment", "voorbij"),
        ({"uitzondering": "x"}, "uitzondering", "kent geen uitzondering 'x'"),
        ({"regel": "verbod-0"}, "regel", "verandert niets"),
        ({"regel": "verbod-2"}, "uitzondering", "Kies uit: x, y."),
        ({"regel": "verbod-2", "uitzondering": "w"}, "uitzondering", "Kies uit: x, y."),
        ({"regel": "verbod-2", "uitzondering": "z"}, "uitzondering", "volgt uit de gegevens"),
        ({"bevinding": "f-1"}, "bevinding", "Geef FINDINGS"),
    ],
)
def test_a_row_that_cannot_be_recorded_is_told_with_field_and_remedy_and_the_others_are_recorded(
    case: Case, change: dict[str, str], field: str, said: str
) -> None:
    rejected = case.folder / "af.json"
    done = run(case, table(case, GOOD, GOOD | {"kenmerk": "b"} | change), rejected)
    assert (done.accepted, done.rejected) == (1, 1)
    assert [row["kenmerk"] for row in recorded(case)] == ["a"]
    (refused,) = read_json(rejected, "refused_explanations")["refused"]
    assert (refused["row"], refused["field"]) == (3, field)
    assert said in f"{refused['problem']} {refused['remedy']}"
    assert f"rij 3, veld {field}: " in str(done.refusals[0])


def test_all_that_is_wrong_with_a_row_is_told_at_once(case: Case) -> None:
    done = run(case, table(case, GOOD | {"reden": "kort", "rol": "", "datum": "ooit"}))
    assert {refusal.field for refusal in done.refusals} == {"reden", "rol", "datum"}
    assert (done.accepted, done.rejected) == (0, 1)


def test_what_is_explained_already_is_not_recorded_twice_and_what_went_stale_is_replaced(case: Case) -> None:
    given = table(case, GOOD, GOOD | {"reden": REASON + " Nogmaals."})
    done = run(case, given)
    said = "rij 3, veld kenmerk: voor de regel proef-1 en het object 'a' geldt al een motivering. "
    assert done.accepted == 1
    assert [str(each) for each in done.refusals] == [said + "Laat deze rij weg, of verwijder eerst de andere."]
    assert run(case, given).accepted == 0
    rules(case, version="2.0")
    assert run(case, given).accepted == 1
    assert [row["regel_versie"] for row in recorded(case)] == ["1.0", "2.0"]


def test_a_prohibition_with_one_exception_is_appealed_to_without_naming_it_and_that_is_told(case: Case) -> None:
    done = run(case, table(case, GOOD | {"regel": "verbod-1"}))
    assert recorded(case)[0]["uitzondering"] == "x"
    assert done.notes == ("rij 2: telt als beroep op de uitzondering x van verbod-1",)


def test_without_a_feature_an_explanation_is_about_one_whole_variant(case: Case) -> None:
    given = table(case, GOOD | {"regel": "heel-1", "kenmerk": ""})
    assert run(case, given).accepted == 1
    (row,) = recorded(case)
    assert (row["kenmerk"], row["variant"], row["geometrie"], row["geometrie_digest"]) == (None, "basis", None, None)
    assert run(case, given).rejected == 1


def test_of_several_variants_one_must_be_chosen_for_an_explanation_of_the_whole(case: Case) -> None:
    case.write("variant", id="hoog", naam="Hoog").draw("c", "woningbouw", SITE, variant="hoog")
    given = table(case, GOOD | {"regel": "heel-1", "kenmerk": ""}, GOOD, GOOD | {"kenmerk": "c"})
    done = run(case, given)
    assert (done.accepted, [(each.row, each.field) for each in done.refusals]) == (2, [(2, "kenmerk")])
    assert [row["variant"] for row in recorded(case)] == ["basis", "hoog"]
    done = run(case, given, variant="hoog")
    assert [(each.row, each.problem[:4]) for each in done.refusals] == [(3, "er i"), (4, "voor")]
    assert recorded(case)[-1]["variant"] == "hoog"
    with pytest.raises(InputError, match="'laag'"):
        run(case, given, variant="laag")


def test_with_findings_a_rule_alone_stands_for_all_its_open_findings(case: Case) -> None:
    case.draw("ver", "woningbouw", box(0, 0, 100, 100))
    given = table(case, GOOD | {"kenmerk": ""})
    assert run(case, given, findings=checked(case)).accepted == 2
    assert sorted(row["kenmerk"] for row in recorded(case)) == ["a", "b"]
    done = run(case, given, findings=checked(case))
    assert (done.accepted, done.refusals[0].problem) == (0, "de regel proef-1 heeft geen open bevinding.")


def test_with_findings_of_before_an_explanation_what_is_explained_since_is_passed_over(case: Case) -> None:
    findings = checked(case)
    assert run(case, table(case, GOOD), findings=findings).accepted == 1
    done = run(case, table(case, GOOD | {"kenmerk": ""}), findings=findings)
    assert (done.accepted, done.rejected, len(done.notes)) == (1, 0, 1)
    assert run(case, table(case, GOOD | {"kenmerk": ""}), findings=findings).rejected == 1


def test_a_finding_can_be_named_by_its_id(case: Case) -> None:
    findings = checked(case)
    found = {row["kenmerk"]: row["id"] for row in read_json(findings)["findings"] if row["regel"] == "proef-1"}
    named = {**GOOD, "regel": "", "kenmerk": "", "bevinding": found["b"]}
    wrong = [named | {"regel": "heel-1"}, named | {"kenmerk": "a"}, named | {"bevinding": "weg"}]
    done = run(case, table(case, named, *wrong), findings=findings)
    assert (done.accepted, [each.field for each in done.refusals]) == (1, ["regel", "kenmerk", "bevinding"])
    assert (recorded(case)[0]["kenmerk"], recorded(case)[0]["regel"]) == ("b", "proef-1")


def test_a_finding_that_is_not_open_or_whose_feature_or_rule_changed_is_not_explained(case: Case) -> None:
    run(case, table(case, GOOD))
    findings = checked(case)
    closed = next(row["id"] for row in read_json(findings)["findings"] if row["uitkomst"] == "gemotiveerd")
    done = run(case, table(case, {**GOOD, "bevinding": closed}), findings=findings)
    assert "staat niet open (gemotiveerd)" in done.refusals[0].problem
    put(case, "b", shapely.MultiPolygon([box(180_000, 450_000, 180_400, 450_251)]))
    done = run(case, table(case, GOOD | {"kenmerk": "b"}), findings=findings)
    assert "'b' is sinds de toetsing veranderd" in done.refusals[0].problem
    rules(case, version="2.0")
    done = run(case, table(case, GOOD | {"kenmerk": "b"}), findings=findings)
    assert "nu versie 2.0; getoetst is 1.0" in done.refusals[0].problem


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"proposal": {"id": "ander", "variant": "basis"}}, "ander voorstel"),
        ({"proposal": {"variant": "hoog"}}, "hoog"),
        ({"findings": 5}, "findings"),
    ],
)
def test_findings_of_something_else_are_refused(case: Case, change: dict[str, Any], said: str) -> None:
    path = checked(case)
    content = json.loads(path.read_bytes())
    for name, value in change.items():
        content[name] = content[name] | value if isinstance(value, dict) else value
    path.write_text(json.dumps(content))
    with pytest.raises(InputError, match=said):
        run(case, table(case, GOOD), findings=path)


def test_nothing_else_in_the_proposal_changes(case: Case) -> None:
    with transaction(case.proposal) as connection:
        connection.execute("CREATE TABLE eigen (x TEXT)")
        connection.execute("CREATE TRIGGER eigen_t AFTER INSERT ON eigen BEGIN SELECT 1; END")
    before = dump(case.proposal)
    assert run(case, table(case, GOOD)).accepted == 1
    after = dump(case.proposal)
    gone, new = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    starts = [line.partition(" VALUES")[0] for line in new]
    assert starts.count('INSERT INTO "motivering"') == starts.count('INSERT INTO "logboek"') == 1
    assert all("gpkg_contents" in line or "gpkg_ogr_contents" in line for line in gone)
    assert sorted(starts)[0:2] == ['INSERT INTO "gpkg_contents"'] * 2
    assert all("2026-11-21T09:00:00.000Z" in line for line in new if '"gpkg_contents"' in line)
    assert len(new) == len(gone) + 2 == 6
    log = read_layer(case.proposal, "logboek").columns
    assert log["handeling"][-1] == "motiveringen vastgelegd"
    assert json.loads(log["parameters"][-1]) == {"aanvaard": 1, "afgewezen": 0, "bestand": "motiveringen.csv"}


def test_when_nothing_can_be_recorded_the_file_is_not_written_to(case: Case) -> None:
    before = case.proposal.read_bytes()
    assert run(case, table(case, GOOD | {"regel": "weg"})).accepted == 0
    assert case.proposal.read_bytes() == before


def test_a_proposal_that_is_locked_or_read_only_is_refused_and_nothing_is_left(case: Case) -> None:
    rejected, given = case.folder / "af.json", table(case, GOOD)
    with closing(sqlite3.connect(case.proposal)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(InputError, match="locked"):
            run(case, given, rejected)
    case.proposal.chmod(0o444)
    with pytest.raises(InputError, match="alleen-lezen"):
        run(case, given, rejected)
    assert recorded(case) == []
    assert not rejected.exists()


def test_an_older_proposal_gets_the_columns_that_it_lacks(case: Case) -> None:
    case.explain("proef-1", "b")
    for column in ("variant", "uitzondering", "uitkomst", "gemeten", "eenheid", "geometrie"):
        damaged(case.proposal, f"ALTER TABLE motivering DROP COLUMN {column}")
        described = f"table_name = 'motivering' AND column_name = '{column}'"
        damaged(case.proposal, f"DELETE FROM gpkg_data_columns WHERE {described}")
    assert run(case, table(case, GOOD)).accepted == 1
    old, new = recorded(case)
    assert (old["kenmerk"], old["geometrie"], new["kenmerk"], new["variant"]) == ("b", None, "a", "basis")
    with closing(sqlite3.connect(case.proposal)) as connection:
        select = "SELECT count(*) FROM gpkg_data_columns WHERE table_name = 'motivering' AND title LIKE '%beoordeeld%'"
        assert connection.execute(select).fetchone() == (3,)


def test_a_delivery_s_own_explanations_can_be_handed_in_again(case: Case) -> None:
    told = {"id": "m-1", "regel_versie": "0.1", "stand": "geldt", "waarom": None, "bevindingen": [], "gemeten": 1.5}
    entries = [GOOD | told, GOOD | {"kenmerk": "b", "geldig_tot_ijkmoment": 3}, GOOD | {"naam": "J. Jansen"}, 5]
    given = case.folder / "motiveringen.json"
    content = {"format": "novex-explanations", "version": "1.0", "explanations": entries[:2]}
    check_schema(content, "explanations")
    given.write_text(json.dumps(content | {"explanations": entries}))
    done = run(case, given)
    assert (done.accepted, [(each.row, each.field) for each in done.refusals]) == (2, [(3, None), (4, None)])
    assert "naam" in done.refusals[0].problem
    assert [row["regel_versie"] for row in recorded(case)] == ["1.0", "1.0"]
    assert recorded(case)[1]["geldig_tot_ijkmoment"] == "3"
