"""The agreement is whole, keeps to published code lists, and one that contradicts itself is refused by name."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.agreement import agreement_names, agreement_path, read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.resources import RESOURCES

UNITS = {
    "vlak": [
        "woningbouw",
        "woningbouw_hoogstedelijk",
        "woningverbetering",
        "gevoelige_bestemming",
        "kwetsbaar_object",
        "herbestemming_erfgoed",
        "bedrijventerrein",
        "bedrijventerrein_circulair",
        "grootschalige_bedrijfsvestiging",
        "logistiek",
        "datacenter",
        "waterberging",
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
        "energieopslag",
        "warmtenet",
        "defensie_terrein",
    ],
    "lijn": [
        "groenblauwe_dooradering",
        "recreatieroute",
        "hoogspanning",
        "buisleiding",
        "warmtenet",
        "weg_nieuw",
        "spoor_nieuw",
        "fietsroute",
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
        "warmtebron",
        "ov_knooppunt",
        "mobiliteitshub",
        "logistieke_hub",
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


def lightness_and_hue(colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* of an sRGB colour (D65)."""
    linear = []
    for start in (1, 3, 5):
        value = int(colour[start : start + 2], 16) / 255
        linear.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    red, green, blue = linear
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_the_colours_of_areas_can_be_told_apart() -> None:
    places = {unit.code: lightness_and_hue(unit.symbol.fill) for unit in read_agreement().drawn_as("vlak")}
    for one, first in places.items():
        for other, second in places.items():
            if one < other:
                apart = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5
                assert apart > 10, f"{one} and {other} are {apart:.0f} apart"


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


def test_every_subject_of_the_startpakket_has_units(shared: Path) -> None:
    subjects = json.loads((shared / "startpakket" / "spatial_rules.json").read_bytes())["subjects"]
    groups = {
        entry["id"]: entry for entry in json.loads((RESOURCES / "rules" / "subjects.json").read_bytes())["groups"]
    }
    assert set(subjects) <= set(groups)
    assert all(groups[subject]["legend"] for subject in subjects)
    assert set(groups["alle"]["legend"]) == set(read_agreement().units)


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
    content["legend"][16]["symbol"]["marker"] = None


def horizon_of_words(content: dict[str, Any]) -> None:
    content["code_lists"]["horizon"][1]["code"] = "straks"


def unknown_key(content: dict[str, Any]) -> None:
    content["legend"][1]["kleur"] = "rood"


def style_with_script(content: dict[str, Any]) -> None:
    content["legend"][1]["symbol"]["fill"] = "[% eval('1') %]"


@pytest.mark.parametrize(
    ("spoil", "place", "word"),
    [
        (double_unit, "$.legend[49]", "woningbouw"),
        (double_indicator, "$.indicators[52]", "woningen"),
        (double_code, "$.code_lists.rol[6]", "zoekgebied"),
        (strange_province, "$.code_lists.novex_gebied[1].provinces", "PV99"),
        (unknown_indicator, "$.legend[3].indicators", "geluk"),
        (unknown_programme, "$.legend[3].programme", "geluk"),
        (unknown_unit, "$.indicators[0].unit", "bunder"),
        (unweighed_share, "$.indicators[2].of", "aandeel"),
        (area_in_metres, "$.indicators[6].unit", "ha"),
        (point_without_sign, "$.legend[16].symbol.marker", "grondwateronttrekking"),
        (horizon_of_words, "$.code_lists.horizon[1]", "straks"),
        (unknown_key, "$.legend[1]", "kleur"),
        (style_with_script, "$.legend[1].symbol.fill", "eval"),
    ],
)
def test_an_agreement_that_contradicts_itself_is_refused_with_its_place(
    tmp_path: Path, content: dict[str, Any], spoil: Callable[[dict[str, Any]], None], place: str, word: str
) -> None:
    spoil(content)
    path = tmp_path / "afspraken.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_agreement(path)
    assert refused.value.file == path
    assert refused.value.field == place
    assert word in str(refused.value)


def test_an_agreement_is_found_by_name_or_by_file_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "eigen.json"
    own.write_bytes(agreement_path("novex-1.0").read_bytes())
    assert agreement_names() == ("novex-1.0",)
    assert agreement_path(str(own)) == own
    assert read_agreement(own).digest == read_agreement().digest
    for unknown in ("novex-9.9", "../agreements/novex-1.0", str(tmp_path / "weg.json")):
        with pytest.raises(InputError, match=r"novex-1\.0"):
            agreement_path(unknown)
