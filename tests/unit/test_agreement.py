"""The agreement is whole, keeps to published code lists, and one that contradicts itself is refused by name."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.agreement import agreement_names, agreement_path, read_agreement
from novex_plugin.core.delivery.places import FINDINGS, LEGEND, MANIFEST, PROPOSAL, PROVENANCE, REPORT
from novex_plugin.core.errors import InputError
from novex_plugin.core.proposal.schema import proposal_layers
from novex_plugin.core.resources import RESOURCES

UNITS = {
    "vlak": [
        "woningbouw",
        "woningbouw_hoogstedelijk",
        "woningverbetering",
        "gevoelige_bestemming",
        "kwetsbaar_object",
        "herbestemming_erfgoed",
        "cultuurlandschap",
        "bedrijventerrein",
        "bedrijventerrein_circulair",
        "industriecluster",
        "grootschalige_bedrijfsvestiging",
        "logistiek",
        "datacenter",
        "waterberging",
        "zoetwatervoorraad",
        "rivierverruiming",
        "dijkreservering",
        "klimaatbuffer",
        "drinkwaterwinning",
        "ontgronding",
        "landaanwinning",
        "kustuitbreiding",
        "natuur_nieuw",
        "bos_nieuw",
        "groenblauwe_dooradering",
        "veen_vernatting",
        "landbouw_natuurinclusief",
        "landbouw_overig",
        "veehouderij",
        "glastuinbouw",
        "groen_stedelijk",
        "recreatie",
        "zonneveld",
        "zon_op_dak",
        "windenergiegebied",
        "wind_op_zee",
        "energiestation",
        "kernenergie",
        "energieopslag",
        "waterstofproductie",
        "co2_opslag",
        "warmtenet",
        "luchthaven",
        "stiltegebied",
        "milieuzone",
        "defensie_terrein",
    ],
    "lijn": [
        "dijkversterking",
        "groenblauwe_dooradering",
        "recreatieroute",
        "hoogspanning",
        "buisleiding",
        "warmtenet",
        "weg_nieuw",
        "spoor_nieuw",
        "fietsroute",
        "geluidscherm",
    ],
    "punt": [
        "gevoelige_bestemming",
        "kwetsbaar_object",
        "herbestemming_erfgoed",
        "grondwateronttrekking",
        "veehouderij",
        "zon_op_dak",
        "windturbine",
        "energiestation",
        "energieopslag",
        "waterstofproductie",
        "warmtebron",
        "ov_knooppunt",
        "mobiliteitshub",
        "logistieke_hub",
        "laadplein",
    ],
}
"""Permanent codes: rules and proposals refer to them."""


@pytest.fixture
def content() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(agreement_path("novex-1.0").read_bytes())
    return found


def test_the_permanent_codes_are_there_with_their_geometry() -> None:
    agreement = read_agreement()
    assert {kind: [unit.code for unit in agreement.drawn_as(kind)] for kind in UNITS} == UNITS


def test_it_says_that_it_is_a_proposal_of_this_project() -> None:
    agreement = read_agreement()
    assert agreement.own_proposal
    assert "geen overheid vastgesteld" in agreement.statement.nl
    assert "no authority has adopted it" in agreement.statement.en


def test_units_and_indicators_have_dutch_and_english_texts_that_differ_from_their_codes() -> None:
    agreement = read_agreement()
    for entry in (*agreement.legend, *agreement.indicators):
        assert entry.label.nl
        assert entry.label.en
        assert entry.definition.nl != entry.definition.en


def test_every_indicator_is_used_by_a_unit_and_shares_are_weighed() -> None:
    agreement = read_agreement()
    used = {name for unit in agreement.legend for name in unit.indicators}
    assert used == set(agreement.indicator)
    shares = {each.id: each.of for each in agreement.indicators if each.adds == "share"}
    assert shares == {
        "aandeel_betaalbaar": "woningen",
        "aandeel_intensivering": "oppervlakte_werklocatie",
        "aandeel_groen": "oppervlakte_bruto",
        "veebezetting": "oppervlakte_bruto",
        "aandeel_lokaal_eigendom": "opwek",
        "aandeel_warmte_duurzaam": "warmtelevering",
    }


def test_a_unit_only_asks_for_quantities_that_its_geometry_can_bear() -> None:
    """An area that a line or point claims would be called larger than what is drawn."""
    agreement = read_agreement()
    bearers = {"area": "vlak", "length": "lijn"}
    for unit in agreement.legend:
        for name in unit.indicators:
            needed = bearers.get(agreement.indicator[name].adds)
            assert needed is None or needed in unit.geometry, f"{unit.code} cannot be a {needed} and asks for {name}"


def test_a_share_stands_with_what_weighs_it() -> None:
    agreement = read_agreement()
    for unit in agreement.legend:
        weighing = {agreement.indicator[name].of for name in unit.indicators} - {None}
        assert weighing <= set(unit.indicators), unit.code


def test_hilucs_values_and_imow_codes_exist(shared: Path) -> None:
    styles = shared / "reference" / "styles"
    hilucs = {entry["code"] for entry in json.loads((styles / "hilucs.json").read_bytes())["values"]}
    with (styles / "imow-waardelijsten-3.0.0-symboolcodes.csv").open(encoding="utf-8") as stream:
        imow = {(row["waardelijst"], row["label"]): row for row in csv.DictReader(stream)}
    for unit in read_agreement().legend:
        assert unit.hilucs in hilucs
        if unit.imow is not None:
            row = imow[unit.imow.list, unit.imow.label]
            assert set(unit.imow.codes) == set(unit.geometry)
            assert all(row[f"{kind}_symboolcode"] == code for kind, code in unit.imow.codes.items())


def test_programmes_are_those_of_the_startpakket_and_the_provinces_own(shared: Path) -> None:
    known = json.loads((shared / "startpakket" / "programmes.json").read_bytes())["programmes"]
    agreement = read_agreement()
    sheets = {entry["id"] for entry in known if entry["type"] == "sheet"}
    assert sheets <= set(agreement.codes("programma"))
    assert set(agreement.codes("programma")) <= {entry["id"] for entry in known} | {"provinciaal"}


def test_the_provinces_are_those_of_the_cbs(shared: Path) -> None:
    features = json.loads((shared / "data" / "provincie_2025_rd.geojson").read_bytes())["features"]
    official = {each["properties"]["statcode"]: each["properties"]["statnaam"] for each in features}
    assert {entry.code: entry.label.nl for entry in read_agreement().code_lists["provincie"]} == official


def test_the_novex_areas_are_those_of_the_startpakket_with_their_provinces(shared: Path) -> None:
    known = json.loads((shared / "startpakket" / "reference.json").read_bytes())["novex_areas"]
    agreement = read_agreement()
    names = {code: agreement.label("provincie", code).nl for code in agreement.codes("provincie")}
    listed = agreement.code_lists["novex_gebied"]
    assert [(each.code, each.label.nl) for each in listed] == [(each["id"], each["name"]) for each in known]
    for entry, area in zip(listed, known, strict=True):
        assert {names[code] for code in entry.provinces} == set(area["provinces"]), entry.code


def test_every_sheet_of_the_startpakket_can_be_drawn_in_a_unit_of_its_own(shared: Path) -> None:
    known = json.loads((shared / "startpakket" / "programmes.json").read_bytes())["programmes"]
    drawn = {unit.programme for unit in read_agreement().legend}
    assert {entry["id"] for entry in known if entry["type"] == "sheet"} <= drawn


def test_every_point_has_a_sign_of_its_own() -> None:
    signs = [unit.symbol.marker for unit in read_agreement().drawn_as("punt")]
    assert len(set(signs)) == len(signs)


def test_every_perspective_has_units() -> None:
    agreement = read_agreement()
    assert {unit.perspective for unit in agreement.legend} == set(agreement.codes("perspectief"))


def test_units_are_drawn_in_all_roles_unless_they_say_in_which() -> None:
    agreement = read_agreement()
    fewer = {unit.code for unit in agreement.legend if unit.roles != agreement.codes("rol")}
    assert fewer == {"cultuurlandschap", "milieuzone", "stiltegebied"}
    assert "reservering" not in agreement.units["stiltegebied"].roles


def test_what_the_plugin_itself_writes_keeps_to_the_names_of_the_agreement() -> None:
    agreement = read_agreement()
    for layer in proposal_layers(agreement):
        assert agreement.layers.allows(layer.name)
        assert all(agreement.layers.allows(column.name) for column in layer.columns), layer.name
    parts = [part for path in (MANIFEST, PROPOSAL, FINDINGS, REPORT, LEGEND, PROVENANCE) for part in path.split("/")]
    assert all(map(agreement.files.allows, parts))
    for wrong in ("Wonen", "mijn laag", "", "a" * 300, "straße"):
        assert not agreement.layers.allows(wrong)
        assert not agreement.files.allows(wrong)


def test_what_keeps_a_delivery_from_being_final_is_told_by_programme(tmp_path: Path, content: dict[str, Any]) -> None:
    content["strictness"]["programmes"] = [
        {"programme": "woningbouw", "hardness": ["verbod", "voorkeur"]},
        {"programme": "geluid", "hardness": []},
    ]
    strictness = read_agreement(written(tmp_path, content)).strictness
    assert strictness.blocks("nplg", "pas_toe_of_leg_uit")
    assert not strictness.blocks("nplg", "voorkeur")
    assert strictness.blocks("woningbouw", "voorkeur")
    assert not strictness.blocks("woningbouw", "pas_toe_of_leg_uit")
    assert not strictness.blocks("geluid", "verbod")


def test_every_subject_of_the_startpakket_has_units(shared: Path) -> None:
    subjects = json.loads((shared / "startpakket" / "spatial_rules.json").read_bytes())["subjects"]
    groups = {
        entry["id"]: entry for entry in json.loads((RESOURCES / "rules" / "subjects.json").read_bytes())["groups"]
    }
    assert set(subjects) <= set(groups)
    assert all(groups[subject]["legend"] for subject in subjects)
    assert set(groups["alle"]["legend"]) == set(read_agreement().units)


def written(folder: Path, content: dict[str, Any]) -> Path:
    path = folder / "afspraken.json"
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return path


def double_unit(content: dict[str, Any]) -> None:
    content["legend"].append(content["legend"][0])


def double_indicator(content: dict[str, Any]) -> None:
    content["indicators"].append(content["indicators"][0])


def double_code(content: dict[str, Any]) -> None:
    content["code_lists"]["rol"].append(content["code_lists"]["rol"][2])


def strange_province(content: dict[str, Any]) -> None:
    content["code_lists"]["novex_gebied"][1]["provinces"] = ["PV27", "PV99"]


def unknown_indicator(content: dict[str, Any]) -> None:
    content["legend"][3]["indicators"] = ["geluk"]


def unknown_programme(content: dict[str, Any]) -> None:
    content["legend"][3]["programme"] = "geluk"


def unknown_unit(content: dict[str, Any]) -> None:
    content["indicators"][0]["unit"] = "bunder"


def unweighed_share(content: dict[str, Any]) -> None:
    content["indicators"][2]["of"] = None


def area_in_metres(content: dict[str, Any]) -> None:
    content["indicators"][6]["unit"] = "m3"


def point_without_sign(content: dict[str, Any]) -> None:
    content["legend"][20]["symbol"]["marker"] = None


def horizon_of_words(content: dict[str, Any]) -> None:
    content["code_lists"]["horizon"][1]["code"] = "straks"


def strange_role(content: dict[str, Any]) -> None:
    content["legend"][3]["roles"] = ["nieuw", "tijdelijk"]


def lost_programme(content: dict[str, Any]) -> None:
    content["code_lists"]["programma"] = [
        each for each in content["code_lists"]["programma"] if each["code"] != "werklocaties"
    ]


def lost_unit(content: dict[str, Any]) -> None:
    content["code_lists"]["eenheid"] = [each for each in content["code_lists"]["eenheid"] if each["code"] != "MW"]


def lost_indicator(content: dict[str, Any]) -> None:
    content["indicators"] = [each for each in content["indicators"] if each["id"] != "stations"]


def strict_for_nobody(content: dict[str, Any]) -> None:
    content["strictness"]["programmes"] = [{"programme": "ruimtevaart", "hardness": []}]


def strict_twice(content: dict[str, Any]) -> None:
    content["strictness"]["programmes"] = [{"programme": "nplg", "hardness": []}] * 2


def unknown_pattern(content: dict[str, Any]) -> None:
    content["legend"][2]["symbol"]["pattern"] = "ruitjes"


def unknown_sign(content: dict[str, Any]) -> None:
    content["legend"][3]["symbol"]["marker"] = "ster"


def unknown_line(content: dict[str, Any]) -> None:
    content["legend"][3]["symbol"]["line"] = "golf"


def unknown_hardness(content: dict[str, Any]) -> None:
    content["strictness"]["default"] = ["streng"]


def unknown_key(content: dict[str, Any]) -> None:
    content["legend"][1]["kleur"] = "rood"


def style_with_script(content: dict[str, Any]) -> None:
    content["legend"][1]["symbol"]["fill"] = "[% eval('1') %]"


@pytest.mark.parametrize(
    ("spoil", "place", "word"),
    [
        (double_unit, "$.legend[61]", "woningbouw"),
        (double_indicator, "$.indicators[52]", "woningen"),
        (double_code, "$.code_lists.rol[6]", "zoekgebied"),
        (strange_province, "$.code_lists.novex_gebied[1].provinces", "PV99"),
        (unknown_indicator, "$.legend[3].indicators", "geluk"),
        (unknown_programme, "$.legend[3].programme", "geluk"),
        (unknown_unit, "$.indicators[0].unit", "bunder"),
        (unweighed_share, "$.indicators[2].of", "aandeel"),
        (area_in_metres, "$.indicators[6].unit", "ha"),
        (point_without_sign, "$.legend[20].symbol.marker", "grondwateronttrekking"),
        (horizon_of_words, "$.code_lists.horizon[1]", "straks"),
        (strange_role, "$.legend[3].roles", "zoekgebied"),
        (lost_programme, "$.legend[7].programme", "woningbouw"),
        (lost_unit, "$.indicators[34].unit", "GWh/jaar"),
        (lost_indicator, "$.legend[50].indicators", "knooppunten"),
        (strict_for_nobody, "$.strictness.programmes[0].programme", "nplg"),
        (strict_twice, "$.strictness.programmes[1]", "nplg"),
        (unknown_pattern, "$.legend[2].symbol.pattern", "grid"),
        (unknown_sign, "$.legend[3].symbol.marker", "turbine"),
        (unknown_line, "$.legend[3].symbol.line", "cased"),
        (unknown_hardness, "$.strictness.default[0]", "verbod"),
        (unknown_key, "$.legend[1]", "kleur"),
        (style_with_script, "$.legend[1].symbol.fill", "eval"),
    ],
)
def test_an_agreement_that_contradicts_itself_is_refused_with_its_place_and_line(
    tmp_path: Path, content: dict[str, Any], spoil: Callable[[dict[str, Any]], None], place: str, word: str
) -> None:
    spoil(content)
    path = written(tmp_path, content)
    with pytest.raises(InputError) as refused:
        read_agreement(path)
    assert refused.value.file == path
    assert refused.value.field == place
    assert word in str(refused.value)
    assert refused.value.line is not None
    last = re.split(r"[.\[]", place.removesuffix("]"))[-1]
    told = path.read_text(encoding="utf-8").splitlines()[refused.value.line - 1]
    assert last.isdigit() or last in told or word in told


@pytest.mark.parametrize(
    ("spoil", "allowed"),
    [(point_without_sign, "turbine"), (strange_role, "transformatie"), (area_in_metres, "ha"), (lost_unit, "GWh/jaar")],
)
def test_a_refusal_says_what_is_allowed(
    tmp_path: Path, content: dict[str, Any], spoil: Callable[[dict[str, Any]], None], allowed: str
) -> None:
    spoil(content)
    with pytest.raises(InputError) as refused:
        read_agreement(written(tmp_path, content))
    assert allowed in refused.value.remedy
    assert refused.value.remedy.startswith("Toegestaan: ")


def test_an_agreement_is_found_by_name_or_by_file_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "eigen.json"
    own.write_bytes(agreement_path("novex-1.0").read_bytes())
    assert agreement_names() == ("novex-1.0",)
    assert agreement_path(str(own)) == own
    assert read_agreement(own).digest == read_agreement().digest
    for unknown in ("novex-9.9", "../agreements/novex-1.0", str(tmp_path / "weg.json")):
        with pytest.raises(InputError, match=r"novex-1\.0"):
            agreement_path(unknown)
