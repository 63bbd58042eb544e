"""A proposal goes from one agreement to the next: what can be carried is, the rest waits for a person, none is lost."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from novex_plugin.core.agreement import Agreement, agreement_path, read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Column, Layer, append, create, layer_names, read_layer, transaction
from novex_plugin.core.features.table import FeatureTable, attribute_table, multi
from novex_plugin.core.files import read_json
from novex_plugin.core.proposal.migrate import Migrated, migrate
from novex_plugin.core.proposal.migrate_source import TO_JUDGE
from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers
from tests.unit.making_checks import Case, box, damaged, objects

MOMENT = datetime(2027, 3, 1, 8, tzinfo=UTC)
RENAMED, SPLIT, MERGED, DROPPED, KEPT = (
    "woningbouw", "bedrijventerrein", ("woningverbetering", "woningbouw_hoogstedelijk"), "kwetsbaar_object",
    "gevoelige_bestemming",
)  # fmt: skip


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The agreements of the plugin, a release later: units and codes renamed, split, merged and gone."""
    content = json.loads(agreement_path("novex-1.0").read_text())
    content["release"] = "2.0"
    units = {unit["code"]: unit for unit in content["legend"]}
    gone = {RENAMED, SPLIT, *MERGED, DROPPED}
    legend = [unit for unit in content["legend"] if unit["code"] not in gone]
    for code, like in {
        "wonen": RENAMED, "werken_nieuw": SPLIT, "werken_zoek": SPLIT, "wonen_beter": MERGED[0],
    }.items():  # fmt: skip
        legend.append(units[like] | {"code": code})
    content["legend"] = legend
    content["code_lists"]["status"] = [
        each | {"code": "gedacht"} if each["code"] == "idee" else each
        for each in content["code_lists"]["status"]
        if each["code"] != "verkenning"
    ]
    for indicator in content["indicators"]:
        if indicator["id"] == "woningen":
            indicator["id"] = "woningen_duizend"
            indicator["unit"] = "duizend woningen"
        indicator["of"] = "woningen_duizend" if indicator["of"] == "woningen" else indicator["of"]
    content["code_lists"]["eenheid"].append({"code": "duizend woningen", "nl": "duizend woningen", "en": "thousand"})
    content["indicators"] = [each for each in content["indicators"] if each["id"] != "woningen_sociaal"]
    for unit in content["legend"]:
        known = {"woningen": "woningen_duizend", "woningen_sociaal": None}
        unit["indicators"] = [known.get(each, each) for each in unit["indicators"] if known.get(each, each)]
    path = tmp_path_factory.mktemp("afspraken") / "novex-2.0.json"
    path.write_text(json.dumps(content))
    return path


MAPPING = {
    "format": "novex-migration",
    "version": "1.0",
    "title": "Van 1.0 naar 2.0",
    "from": {"id": "novex", "release": "1.0"},
    "to": {"id": "novex", "release": "2.0"},
    "units": [
        {"kind": "rename", "from": RENAMED, "to": "wonen"},
        {
            "kind": "split",
            "from": SPLIT,
            "parts": [
                {"where": {"rol": ["zoekgebied"]}, "to": "werken_zoek"},
                {"where": {"rol": ["nieuw"], "precisie": ["concreet", "indicatief"]}, "to": "werken_nieuw"},
            ],
        },
        {"kind": "merge", "from": list(MERGED), "to": "wonen_beter"},
        {"kind": "drop", "from": DROPPED, "reason": "staat voortaan in een ander register"},
    ],
    "codes": {"status": [{"from": "idee", "to": "gedacht"}, {"from": "verkenning", "to": None}]},
    "indicators": [
        {"from": "woningen", "to": "woningen_duizend", "factor": 0.001, "from_unit": "woningen",
         "unit": "duizend woningen"},
        {"from": "woningen_sociaal", "to": None},
    ],
}  # fmt: skip


def mapping(folder: Path, **values: Any) -> Path:
    path = folder / "vertaling.json"
    path.write_text(json.dumps(MAPPING | values, indent=1))
    return path


def moved(case: Case, target: Path, given: Path | None) -> tuple[Migrated, dict[str, FeatureTable]]:
    """Migrate, and give the outcome with all tables of the output."""
    output = case.folder / "nieuw.gpkg"
    done = migrate(case.proposal, read_agreement(target), output, MOMENT, given, case.folder / "verslag.json")
    return done, {name: read_layer(output, name) for name in layer_names(output)}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case(tmp_path)
    for kenmerk, unit, values in (
        ("a", RENAMED, {"meervoudig": f"{KEPT},{MERGED[0]}"}),
        ("b", SPLIT, {"rol": "zoekgebied"}),
        ("c", SPLIT, {}),
        ("d", SPLIT, {"rol": "vervalt", "naam": "Oude haven", "start_jaar": 2031}),
        ("e", MERGED[0], {}),
        ("f", MERGED[1], {"meervoudig": SPLIT}),
        ("g", DROPPED, {}),
        ("h", KEPT, {"status": "verkenning"}),
        ("i", KEPT, {"status": "voorgesteld", "horizon": 2050}),
    ):
        case.draw(kenmerk, unit, box(120_000, 450_000, 120_100, 450_100), **values)
    case.draw("p", KEPT, shapely.Point(120_000, 450_000))
    for number, (kenmerk, indicator, value, unit, status) in enumerate(
        [
            ("a", "woningen", 2500.0, "woningen", "idee"),
            ("d", "woningen_sociaal", 10.0, "woningen", "voorgesteld"),
            ("e", "arbeidsplaatsen", 3.0, "arbeidsplaatsen", None),
        ]
    ):
        row = {"id": f"bij-{number}", "kenmerk": kenmerk, "indicator": indicator, "waarde": value, "eenheid": unit}
        case.write("bijdrage", **row, status=status)
    case.write("verklaring", id="ver-1", kenmerk=None, variant="basis", verklaring="maatlat", waarde="ja")
    return case.explain("proef-1", "a").explain("proef-1", "d").explain("proef-1", "i")


def test_codes_are_renamed_split_merged_and_dropped(case: Case, target: Path) -> None:
    done, tables = moved(case, target, mapping(case.folder))

    areas = tables["voorstel_vlak"]
    units = dict(zip(areas.columns["id"].tolist(), areas.columns["legenda"].tolist(), strict=True))
    assert units == {"a": "wonen", "b": "werken_zoek", "c": "werken_nieuw", "e": "wonen_beter", "i": KEPT}
    statuses = dict(zip(areas.columns["id"].tolist(), areas.columns["status"].tolist(), strict=True))
    assert statuses == {"a": "gedacht", "b": "gedacht", "c": "gedacht", "e": "gedacht", "i": "voorgesteld"}
    assert areas.columns["meervoudig"].tolist()[0] == f"{KEPT},wonen_beter"
    apart = tables[TO_JUDGE]
    assert dict(zip(apart.columns["id"].tolist(), apart.columns["velden"].tolist(), strict=True)) == {
        "d": "legenda", "f": "meervoudig", "g": "legenda", "h": "status", "bij-1": "indicator",
    }  # fmt: skip
    assert (done.needs_person, done.migrated) == (5, 17 - 5 + 3)
    assert "ander register" in apart.columns["reden"].tolist()[2]
    read = read_proposal(case.folder / "nieuw.gpkg", read_agreement(target))
    assert [problem.table for problem in read.problems] == ["motivering"]  # its object waits for a person


def test_a_row_that_waits_keeps_geometry_fields_and_all_old_values(case: Case, target: Path) -> None:
    _, tables = moved(case, target, mapping(case.folder))

    apart = tables[TO_JUDGE]
    row = apart.columns["id"].tolist().index("d")
    assert apart.geometry[row].equals(multi(objects(box(120_000, 450_000, 120_100, 450_100)))[0])
    assert (apart.columns["naam"][row], apart.columns["start_jaar"][row]) == ("Oude haven", 2031)
    assert apart.columns["remedie"][row] == "Kies uit: werken_zoek, werken_nieuw."
    assert json.loads(apart.columns["oude_waarden"][row])["legenda"] == SPLIT
    contribution = json.loads(apart.columns["oude_waarden"][apart.columns["id"].tolist().index("bij-1")])
    assert (contribution["waarde"], contribution["eenheid"], contribution["kenmerk"]) == (10.0, "woningen", "d")


def test_contributions_explanations_statements_and_the_log_are_kept(case: Case, target: Path) -> None:
    before = {name: read_layer(case.proposal, name) for name in ("motivering", "verklaring", "logboek", "variant")}
    done, tables = moved(case, target, mapping(case.folder))

    given = tables["bijdrage"].columns
    assert given["id"].tolist() == ["bij-0", "bij-2"]
    assert given["indicator"].tolist() == ["woningen_duizend", "arbeidsplaatsen"]
    assert (given["waarde"].tolist(), given["eenheid"].tolist()) == (
        [2.5, 3.0],
        ["duizend woningen", "arbeidsplaatsen"],
    )
    assert given["status"].tolist() == ["gedacht", None]
    for name, rows in before.items():
        for field, values in rows.columns.items():
            kept = tables[name].columns[field][: len(values)]
            np.testing.assert_array_equal(kept.astype(str), values.astype(str))
    log = {field: values[-1] for field, values in tables["logboek"].columns.items()}
    assert log["handeling"] == "overgezet naar andere afspraken"
    assert json.loads(log["parameters"])["van"] == "novex-1.0"
    assert "vertaling Van 1.0 naar 2.0" in json.loads(log["gegevens"])
    header = {field: values[0] for field, values in tables["voorstel"].columns.items()}
    assert (header["afspraken"], header["afspraken_versie"]) == ("novex", "2.0")
    about = {(remark["table"], remark["id"], remark["problem"]) for remark in done.content["attention"]}
    assert ("motivering", "m-proef-1-a", "het object 'a' heeft een andere legenda-eenheid gekregen") in about
    assert ("motivering", "m-proef-1-d", f"het object 'd' staat in {TO_JUDGE}") in about


def test_the_report_counts_and_names_table_row_field_and_remedy(case: Case, target: Path) -> None:
    done, tables = moved(case, target, mapping(case.folder))

    report = read_json(case.folder / "verslag.json", "migration_report")
    assert report == done.content
    assert {"table": "voorstel_vlak", "received": 9, "migrated": 5, "to_judge": 4} in report["tables"]
    assert {"table": "voorstel_vlak", "field": "legenda", "old": RENAMED, "new": "wonen", "rows": 1} in report[
        "changes"
    ]
    (first, *_) = report["to_judge"]
    assert (first["table"], first["row"], first["field"], first["value"]) == ("voorstel_vlak", 7, "legenda", DROPPED)
    assert first["remedy"] == "Kies een andere code van legenda, of verwijder de rij."
    merged = [
        (kenmerk, old)
        for kenmerk, old, new in zip(
            *(tables["gemigreerd"].columns[name] for name in ("kenmerk", "oud", "nieuw")), strict=True
        )
        if new == "wonen_beter"
    ]
    assert merged == [("e", MERGED[0])]  # what was merged can still be told apart


def test_without_a_mapping_only_the_same_codes_carry_over(case: Case, target: Path) -> None:
    done, tables = moved(case, target, None)

    assert tables["voorstel_vlak"].columns["id"].tolist() == ["i"]
    assert done.content["mapping"] is None
    indicators = {each["value"] for each in done.content["to_judge"] if each["field"] == "indicator"}
    assert indicators == {"woningen", "woningen_sociaal"}
    read_proposal(case.folder / "nieuw.gpkg", read_agreement(target))


def test_a_value_in_another_unit_than_the_mapping_converts_from_waits_for_a_person(case: Case, target: Path) -> None:
    case.write("bijdrage", id="fout", kenmerk="a", indicator="woningen", waarde=1.0, eenheid="ha")
    done, _ = moved(case, target, mapping(case.folder))

    assert [each["problem"] for each in done.content["to_judge"] if each["id"] == "fout"] == [
        "de vertaling rekent om van woningen, en hier staat 'ha'"
    ]


def test_codes_may_change_places(tmp_path: Path) -> None:
    content = json.loads(agreement_path("novex-1.0").read_text()) | {"release": "2.0"}
    (tmp_path / "a.json").write_text(json.dumps(content))
    case = Case(tmp_path).draw("a", RENAMED, box(0, 0, 9, 9)).draw("b", MERGED[0], box(0, 0, 9, 9))
    pairs = ((RENAMED, MERGED[0]), (MERGED[0], RENAMED))
    units = [{"kind": "rename", "from": one, "to": other} for one, other in pairs]
    _, tables = moved(case, tmp_path / "a.json", mapping(tmp_path, units=units, codes={}, indicators=[]))

    assert tables["voorstel_vlak"].columns["legenda"].tolist() == [MERGED[0], RENAMED]


def test_own_columns_and_tables_come_along_and_styles_of_the_old_legend_do_not(case: Case, target: Path) -> None:
    damaged(case.proposal, "ALTER TABLE voorstel_vlak ADD COLUMN \"ons 'nummer'\" TEXT")
    damaged(case.proposal, "UPDATE voorstel_vlak SET \"ons 'nummer'\" = 'nr ' || id")
    with transaction(case.proposal) as connection:
        connection.execute("CREATE TABLE notitie (fid INTEGER PRIMARY KEY, tekst TEXT)")
        connection.execute("INSERT INTO notitie VALUES (7, 'bewaren')")
        connection.execute("CREATE VIEW kijk AS SELECT * FROM notitie")
        connection.execute("CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleQML TEXT)")
        connection.executemany(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?1, 'attributes', ?1)",
            [("notitie",), ("layer_styles",), ("kijk",)],
        )
    done, tables = moved(case, target, mapping(case.folder))

    assert tables["voorstel_vlak"].columns["ons 'nummer'"].tolist()[0] == "nr a"
    assert json.loads(tables[TO_JUDGE].columns["oude_waarden"][0])["ons 'nummer'"].startswith("nr ")
    assert tables["notitie"].columns["tekst"].tolist() == ["bewaren"]
    assert "layer_styles" not in tables
    assert [told.split(":")[0] for told in done.content["left_out"]] == ["tabel kijk", "tabel layer_styles"]


def test_from_agreements_that_the_plugin_does_not_have_codes_are_taken_on_trust(case: Case, target: Path) -> None:
    damaged(case.proposal, "UPDATE voorstel SET afspraken_versie = '0.5'")
    damaged(case.proposal, "UPDATE voorstel_vlak SET legenda = 'oud_wonen', meervoudig = NULL WHERE id = 'a'")
    units = [{"kind": "rename", "from": "oud_wonen", "to": "wonen"}]
    given = mapping(case.folder, units=units, **{"from": {"id": "novex", "release": "0.5"}})
    done, tables = moved(case, target, given)

    assert tables["voorstel_vlak"].columns["legenda"].tolist() == ["wonen", KEPT]
    assert done.content["from"] == {"id": "novex", "release": "0.5", "digest": None}


def test_rows_that_waited_after_an_earlier_migration_still_wait(case: Case, target: Path) -> None:
    moved(case, target, mapping(case.folder))
    content = json.loads(target.read_text()) | {"release": "3.0"}
    (case.folder / "3.json").write_text(json.dumps(content))
    output = case.folder / "derde.gpkg"
    migrate(case.folder / "nieuw.gpkg", read_agreement(case.folder / "3.json"), output, MOMENT)

    before, after = (read_layer(path, TO_JUDGE) for path in (case.folder / "nieuw.gpkg", output))
    assert after.columns["id"].tolist() == before.columns["id"].tolist()
    assert shapely.equals(after.geometry[:4], before.geometry[:4]).all()
    assert after.columns["oude_waarden"].tolist() == before.columns["oude_waarden"].tolist()
    traced = [read_layer(path, "gemigreerd").columns["nieuw"].tolist() for path in (case.folder / "nieuw.gpkg", output)]
    assert traced[1] == [*traced[0], "3.0"]


def test_a_damaged_value_waits_and_the_rest_goes_on(case: Case, target: Path) -> None:
    damaged(case.proposal, "UPDATE voorstel_vlak SET naam = x'00ff' WHERE id = 'i'")
    damaged(case.proposal, "UPDATE voorstel_vlak SET precisie = 'ongeveer' WHERE id = 'a'")
    damaged(case.proposal, "UPDATE voorstel_vlak SET novex_gebied = '' WHERE id = 'b'")
    _, tables = moved(case, target, mapping(case.folder))

    apart = dict(zip(tables[TO_JUDGE].columns["id"].tolist(), tables[TO_JUDGE].columns["velden"].tolist(), strict=True))
    assert (apart["i"], apart["a"], apart["b"]) == ("naam", "precisie", "novex_gebied")
    assert {"hex": "00ff"} in [
        json.loads(text)["naam"] for text in tables[TO_JUDGE].columns["oude_waarden"] if "naam" in text
    ]


def test_the_mapping_in_the_manual_is_the_one_that_is_tried_here() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "migreren.md").read_text(encoding="utf-8")
    assert json.loads(page.split("```json")[1].split("```")[0]) == MAPPING


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"from": {"id": "novex", "release": "0.9"}}, r"regelnummer \d+, veld \$\.from: .*niet voor novex-1\.0"),
        ({"to": {"id": "ander", "release": "2.0"}}, r"niet voor novex-2\.0"),
        ({"units": [{"kind": "rename", "from": "weg", "to": "wonen"}]}, r"weg van legenda staat niet in de oude"),
        ({"units": [{"kind": "rename", "from": RENAMED, "to": "wonem"}]}, r"de code wonem .*Kies uit: .*wonen"),
        ({"units": [MAPPING["units"][0], MAPPING["units"][0]]}, r"wordt twee keer vertaald"),
        ({"units": [{"kind": "split", "from": SPLIT, "parts": [{"where": {"naam": ["x"]}, "to": "wonen"}]}]}, r"naam"),
        ({"codes": {"rol": [{"from": "nieuw", "to": "anders"}]}}, r"\$\.codes\.rol\[0\]\.to: de code anders"),
        (
            {"indicators": [MAPPING["indicators"][0] | {"unit": "woningen"}]},
            r"woningen is niet de eenheid van woningen_duizend\. Reken om naar duizend woningen",
        ),
        ({"indicators": [{"from": "woningen", "to": None, "factor": 0}]}, r"indicators"),
        ({"indicators": [{"from": "woningen", "to": "woningen_duizend", "factor": 2}]}, r"from_unit"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_right_is_refused(tmp_path: Path, target: Path, values: Any, said: str) -> None:
    case = Case(tmp_path)
    with pytest.raises(InputError, match=said):
        moved(case, target, mapping(tmp_path, **values))
    assert not (tmp_path / "nieuw.gpkg").exists()
    assert not (tmp_path / "verslag.json").exists()


def test_what_is_no_proposal_or_follows_these_agreements_already_is_refused(tmp_path: Path, target: Path) -> None:
    case = Case(tmp_path)
    create(tmp_path / "anders.gpkg", [Layer("iets", None, (Column("a"),))])
    for path, agreement, said in (
        (tmp_path / "anders.gpkg", read_agreement(target), "geen voorstel"),
        (case.proposal, read_agreement(), "volgt de afspraken novex-1.0 al"),
        (tmp_path / "weg.gpkg", read_agreement(target), "bestaat niet"),
    ):
        with pytest.raises(InputError, match=said):
            migrate(path, agreement, tmp_path / "uit.gpkg", MOMENT, report=tmp_path / "uit.json")
    damaged(case.proposal, "UPDATE voorstel SET provincie = 'PV99'")
    with pytest.raises(InputError, match=r"tabel voorstel, rij 1, veld provincie: de code 'PV99'"):
        migrate(case.proposal, read_agreement(target), tmp_path / "uit.gpkg", MOMENT, report=tmp_path / "uit.json")
    assert not list(tmp_path.glob("uit*"))


_UNITS = [RENAMED, SPLIT, *MERGED, DROPPED, KEPT]
_FEATURES = st.lists(
    st.tuples(
        st.sampled_from(_UNITS),
        st.sampled_from(["nieuw", "zoekgebied", "vervalt"]),
        st.sampled_from(["idee", "verkenning", "voorgesteld"]),
        st.sampled_from([None, KEPT, f"{SPLIT}, {KEPT}", RENAMED]),
        st.floats(0, 1e5, allow_nan=False),
        st.sampled_from(["woningen", "woningen_sociaal", "arbeidsplaatsen"]),
    ),
    max_size=40,
)


@settings(max_examples=5, deadline=None)
@given(features=_FEATURES, translated=st.booleans())
def test_every_row_id_and_geometry_comes_out_once(target: Path, features: list[Any], translated: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Case(Path(folder))
        drawn = drawing(features)
        append(case.proposal, "voorstel_vlak", drawn)
        append(case.proposal, "bijdrage", contributions(features))
        agreement = read_agreement(target)
        done, tables = moved(case, target, mapping(case.folder) if translated else None)
        everything_is_there(case, agreement, tables)
        assert done.migrated + done.needs_person == len(drawn) * 2 + 3


def drawing(features: list[Any]) -> FeatureTable:
    offsets = np.array([each[4] for each in features])
    geometry = multi(shapely.box(100_000 + offsets, 400_000, 100_010.1 + offsets, 400_020.3))
    units, roles, statuses, combinations = (objects(*(each[n] for each in features)) for n in range(4))
    count = len(features)
    columns = {"id": objects(*(f"kenmerk-{n}" for n in range(count))), "variant": objects(*["basis"] * count)}
    columns |= {"legenda": units, "rol": roles, "status": statuses, "meervoudig": combinations}
    columns |= {"precisie": objects(*["concreet"] * count), "provincie": objects(*["PV25"] * count)}
    return FeatureTable("voorstel_vlak", np.asarray(geometry, dtype=object), columns)


def contributions(features: list[Any]) -> FeatureTable:
    names = objects(*(each[5] for each in features))
    columns: dict[str, Any] = {"id": objects(*(f"bijdrage-{n}" for n in range(len(features))))}
    columns |= {"kenmerk": objects(*(f"kenmerk-{n}" for n in range(len(features)))), "indicator": names}
    units = ("arbeidsplaatsen" if name == "arbeidsplaatsen" else "woningen" for name in names.tolist())
    columns |= {"waarde": np.array([each[4] for each in features], dtype=float), "eenheid": objects(*units)}
    return attribute_table("bijdrage", columns)


def everything_is_there(case: Case, agreement: Agreement, tables: dict[str, FeatureTable]) -> None:
    apart = tables.get(TO_JUDGE)
    for layer in proposal_layers(agreement):
        before = read_layer(case.proposal, layer.name)
        parts = [tables[layer.name]] + ([apart.take(apart.columns["tabel"] == layer.name)] if apart is not None else [])
        ids = np.concatenate([part.columns["id"] for part in parts])
        added = 1 if layer.name == "logboek" else 0
        assert len(ids) == len(before) + added, layer.name
        assert set(before.columns["id"].tolist()) <= set(ids.tolist())
        if layer.name in FEATURE_TABLES.values():
            geometry = np.concatenate([part.geometry for part in parts])
            place = {each: number for number, each in enumerate(ids.tolist())}
            order = [place[each] for each in before.columns["id"].tolist()]
            assert shapely.to_wkb(geometry[order]).tolist() == shapely.to_wkb(before.geometry).tolist()
