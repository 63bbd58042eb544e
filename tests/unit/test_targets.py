"""Every quantity of the source keeps its figure and says how it is used; what contradicts is refused."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import json_bytes, read_json
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.targets import Quantity, Target, read_quantities, read_targets, target_paths

AGREEMENT = read_agreement()
QUANTITIES = {each.id: each for each in read_quantities(AGREEMENT)}
TARGETS = {each.id: each for each in read_targets(AGREEMENT)}

Source = dict[str, dict[str, Any]]


@pytest.fixture
def source(shared: Path) -> Source:
    return {each["id"]: each for each in read_json(shared / "startpakket" / "quantities.json")["quantities"]}


def test_all_quantities_of_the_source_are_there_under_their_programme(source: Source) -> None:
    print(f"{len(QUANTITIES)} of {len(source)}; missing: {sorted(set(source) - set(QUANTITIES))}")
    assert len(source) == 205
    assert set(QUANTITIES) == set(source)
    for each in QUANTITIES.values():
        assert each.programme == source[each.id]["programme"]
    for path in target_paths():
        assert read_json(path)["programme"] == path.stem


FACTORS = {"q-res-35": 1e3, "q-res-bod-551": 1e3, "q-nzkg-piekberging": 1e6}
READ = {">=": "ten-minste", "<=": "ten-hoogste", "~": "circa", "=": "gelijk", "range": "tussen"}
READ |= {">": "meer-dan", "<": "minder-dan"}


def test_every_target_has_the_figure_the_comparator_and_the_years_of_the_source(source: Source) -> None:
    for target in TARGETS.values():
        given, factor = source[target.id], FACTORS.get(target.id, 1)
        assert target.comparator == READ[given["comparator"]], target.id
        least = None if target.comparator in {"ten-hoogste", "minder-dan"} else given["min"]
        most = None if target.comparator in {"ten-minste", "meer-dan"} else given["max"]
        assert target.minimum == (None if least is None else least * factor), target.id
        assert target.maximum == (None if most is None else most * factor), target.id
        assert target.year == given["year"], target.id
        if target.id != "q-won-900k":  # its first year is that of the agreements with the provinces
            assert target.from_year == given["period_start"], target.id


def test_other_quantities_keep_their_figure_too(source: Source) -> None:
    for each in QUANTITIES.values():
        given = source[each.id]
        if each.id in TARGETS or given["unit"] == "boolean":
            continue
        figures = {figure for figure in (each.minimum, each.maximum) if figure is not None}
        assert figures <= {given["min"], given["max"]}, each.id
        assert figures or given["value"] is None, each.id


def test_what_is_converted_shows_how_it_was_written(source: Source) -> None:
    for name, factor in FACTORS.items():
        stated = QUANTITIES[name].as_stated
        assert stated is not None
        assert (stated.value, stated.unit) == (source[name]["value"], source[name]["unit"])
        assert stated.value * factor == QUANTITIES[name].minimum
    for each in QUANTITIES.values():
        if each.as_stated is not None:
            assert each.unit != each.as_stated.unit, each.id
            assert each.as_stated.value == source[each.id]["value"], each.id


def test_the_provinces_have_the_figures_of_the_housing_agreements(source: Source) -> None:
    shares = [each for each in TARGETS.values() if each.id.startswith("q-prov-woningen-")]
    assert {each.place for each in shares} == set(AGREEMENT.codes("provincie"))
    assert {(each.from_year, each.year) for each in shares} == {(2022, 2030)}
    assert sum(each.minimum or 0 for each in shares) == 917_193
    assert "917.193" in (TARGETS["q-won-900k"].doubt or "")


def test_only_targets_have_an_indicator_and_all_others_a_reason() -> None:
    uses = {use: [each for each in QUANTITIES.values() if each.use == use] for use in {"doel", "context"}}
    assert {each.id for each in uses["doel"]} == set(TARGETS)
    assert uses["context"]
    for each in QUANTITIES.values():
        assert (each.indicator is None) == (each.use != "doel"), each.id
        assert (each.reason is None) == (each.use == "doel"), each.id
        if each.reason is not None:
            assert len(each.reason.nl) >= 20, each.id
            assert len(each.reason.en) >= 20, each.id


def test_money_and_facts_are_never_held_against_a_proposal(source: Source) -> None:
    for target in TARGETS.values():
        assert "euro" not in source[target.id]["unit"]
        assert target.status not in {"statistiek", "wet"}


DOUBTFUL = {
    "Gelderland beside Arnhem-Nijmegen-Foodvalley": {
        "q-prov-woningen-gelderland": 100_000,
        "q-anf-woningen-2040": 100_000,
    },
    "Utrecht": {"q-prov-woningen-utrecht": 83_500, "q-ua-woningen-2030": 83_500},
    "Stedelijk Brabant, homes": {
        "q-sb-woningen-2030": 130_000,
        "q-sb-woningen-2040": 154_000,
        "q-sb-woningen-band": 129_000,
        "q-sb-sge-62": 62_000,
        "q-sb-srsh-492": 49_200,
        "q-sb-srbt": 65_500,
        "q-sb-wbw-16": 16_000,
    },
    "Stedelijk Brabant, jobs": {"q-sb-banen-189": 189_000, "q-sb-banen-168": 168_000},
    "Amsterdam, homes": {
        "q-mra-woningen-2030": 175_000,
        "q-mra-woningen-2030-max": 220_000,
        "q-mra-woningen-2050": 325_000,
        "q-prov-nh-lange-termijn": 230_000,
    },
    "Amsterdam, jobs": {
        "q-mra-banen-2040": 250_000,
        "q-mra-banen-2050-a": 270_000,
        "q-mra-banen-2050-b": 325_000,
    },
    "Zuidelijke Randstad": {
        "q-zr-170k": 170_000,
        "q-zr-oudelijn-54": 54_000,
        "q-zr-cid-20": 20_000,
        "q-zr-oostflank-19": 19_000,
    },
    "Schelde Deltaregio": {"q-pidi-sdr-52": 52, "q-pidi-sdr-87": 87},
    "Rotterdam": {"q-pidi-rtm-2025pct": 20, "q-rh-aandeel": 20},
    "Zuid-Limburg": {"q-zl-co2-60": 60},
    "forest": {"q-nplg-bos-37400": 37_400, "q-gios-bos-5000": 5_000},
    "peat": {"q-nplg-veenweide-1mton": 1},
    "drinking water": {"q-wbs-drinkwater-2035": 100},
    "inhabitants of Noord-Limburg": {"q-nl-inwoners": None},
    "years of the northern provinces and Limburg": {
        "q-prov-woningen-groningen": 28_359,
        "q-prov-woningen-drenthe": 13_631,
        "q-prov-woningen-limburg": 26_550,
    },
}


@pytest.mark.parametrize("subject", DOUBTFUL)
def test_conflicting_figures_stand_apart_each_with_its_doubt(subject: str) -> None:
    for name, figure in DOUBTFUL[subject].items():
        each = QUANTITIES[name]
        assert figure == (each.maximum if each.minimum is None else each.minimum)
        assert each.doubt is not None, name


def test_related_quantities_exist_and_name_each_other() -> None:
    for each in QUANTITIES.values():
        assert each.id not in each.related
        for other in each.related:
            assert each.id in QUANTITIES[other].related, (each.id, other)
    assert {"q-sb-woningen-band", "q-sb-woningen-2030"} <= set(QUANTITIES["q-sb-woningen-2040"].related)


def test_places_are_the_areas_of_the_agreement_or_places_of_their_own(source: Source) -> None:
    kinds = {"nation": "land", "province": "provincie", "novex": "novex"}
    elsewhere = {"q-nplg-veenweide-1mton"}  # six provinces without names: the whole country counts
    for each in QUANTITIES.values():
        expected = kinds.get(source[each.id]["scope_type"])
        if expected in {"land", "provincie"}:
            assert each.place.kind == expected, each.id
        if each.place.kind == "land" and each.id not in elsewhere:
            assert expected == "land", each.id
        if each.place.kind == "provincie":
            assert AGREEMENT.label("provincie", each.place.code).nl == each.place.name == source[each.id]["scope"]
        if each.place.kind == "novex":
            assert AGREEMENT.label("novex_gebied", each.place.code).nl == each.place.name


def test_a_target_for_the_country_is_in_every_province() -> None:
    assert TARGETS["q-res-35"].provinces == AGREEMENT.codes("provincie")
    assert TARGETS["q-nml-1200"].provinces == ("PV31",)


def test_targets_carry_what_the_balance_reads() -> None:
    names = "id catalogue indicator label place place_name place_kind provinces from_year year minimum maximum"
    names += " comparator unit status source note doubt"
    assert [each.name for each in fields(Target)] == names.split()
    higher = TARGETS["q-mra-woningen-2030-max"]
    assert (higher.place, higher.place_name, higher.place_kind) == ("novex-mra", "Metropoolregio Amsterdam", "novex")
    assert (higher.minimum, higher.maximum, higher.comparator) == (None, 220_000, "ten-hoogste")
    assert higher.catalogue == "startpakket-2022-woningbouw 1.1"


def texts(each: Quantity) -> Iterable[str]:
    return [text for part in (each.label, each.reason, each.doubt, each.note) if part for text in (part.nl, part.en)]


def test_texts_are_our_own_and_name_only_rules_that_exist(shared: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}

    files = sorted((shared / "startpakket").glob("*.txt"))
    copied = set().union(*(runs(path.read_text(encoding="utf-8")) for path in files))
    rules = {rule.id.partition(".")[0] for catalogue in read_catalogues() for rule in catalogue.rules}
    assert rules
    for each in QUANTITIES.values():
        for text in texts(each):
            assert not runs(text) & copied, each.id
            named = re.findall(r"(?:[Rr]egel|rule|gebruikt:|uses:|als|as) ((?:[a-z0-9]+-)+[a-z0-9]+)", text)
            assert set(named) <= rules | set(QUANTITIES), (each.id, set(named) - rules)


def test_the_files_are_canonical() -> None:
    for path in target_paths():
        assert path.read_bytes() == json_bytes(json.loads(path.read_bytes())), path.name


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A target file with the shares of Groningen and Limburg and a budget; the second one changed."""
    content = read_json(next(path for path in target_paths() if path.stem == "woningbouw"))
    by_id = {entry["id"]: entry for entry in content["targets"]}
    groningen, limburg, budget = (
        by_id[name] for name in ("q-prov-woningen-groningen", "q-prov-woningen-limburg", "q-won-mf-6")
    )

    def changed(
        changes: dict[str, Any], place: dict[str, Any] | None = None, top: dict[str, Any] | None = None
    ) -> Path:
        entry = {**limburg, **changes, "place": {**limburg["place"], **(place or {})}}
        path = tmp_path / "doelen.json"
        path.write_bytes(json_bytes({**content, "targets": [groningen, entry, budget], **(top or {})}))
        return path

    return changed


def line_of_limburg(path: Path, field: str) -> int:
    """Where a field of the second target stands, found by its indentation."""
    start = f'{" " * (6 + 2 * field.count("."))}"{field.rpartition(".")[2]}":'
    found = [number for number, line in enumerate(path.read_text().splitlines(), start=1) if line.startswith(start)]
    return found[1]


GRONINGEN = {"kind": "provincie", "code": "PV20", "name": "Groningen", "provinces": ["PV20"]}


@pytest.mark.parametrize(
    ("changes", "place", "field", "word"),
    [
        ({"indicator": "geluk"}, {}, "indicator", "Toegestaan: .*woningen_sociaal"),
        ({"indicator": None}, {}, "indicator", "None"),
        ({"unit": "ha"}, {}, "unit", "eenheid ha .* Toegestaan: woningen"),
        ({"minimum": None}, {}, "minimum", "geen minimum en geen maximum"),
        ({"minimum": 5, "maximum": 3, "comparator": "tussen"}, {}, "minimum", "groter dan het maximum"),
        ({"maximum": 3}, {}, "minimum", "groter dan het maximum"),
        ({"maximum": 30_000}, {}, "comparator", "ten-minste past alleen een minimum"),
        ({"maximum": 30_000, "comparator": "circa"}, {}, "comparator", "hetzelfde getal"),
        ({"from_year": 2031}, {}, "from_year", "eerste jaar"),
        ({"reason": {"nl": "omdat", "en": "because"}}, {}, "reason", "heeft geen reden nodig"),
        ({"use": "context"}, {}, "indicator", "geen doel"),
        ({"use": "context", "indicator": None}, {}, "reason", "waarom dit geen doel is"),
        ({"id": "q-prov-woningen-groningen"}, {}, "id", "twee keer"),
        ({}, {"code": "PV99", "provinces": ["PV31"]}, "place.code", "PV99 is geen plaats.*PV20"),
        ({}, {"provinces": ["PV99"]}, "place.provinces", "PV99 is geen provincie"),
        ({}, {"provinces": ["PV30"]}, "place.provinces", "Toegestaan: PV31"),
        ({}, {"kind": "land"}, "place.code", "Toegestaan: NL"),
        ({}, {"kind": "land", "code": "NL"}, "place.provinces", "lege lijst"),
        ({}, {"kind": "novex", "code": "novex-atlantis"}, "place.code", "novex-mra"),
        ({}, {"kind": "regio"}, "place.code", "eigen id"),
        ({}, {"kind": "regio", "code": "novex-mra"}, "place.code", "eigen id"),
        ({}, {"kind": "gemeente", "code": "venlo", "provinces": []}, "place.provinces", "welke provincie"),
        ({}, {**GRONINGEN, "name": "Grunn"}, "place.name", "heet elders Groningen"),
    ],
)
def test_a_target_that_contradicts_the_agreement_or_itself_is_refused_with_its_line(
    write: Write, changes: dict[str, Any], place: dict[str, Any], field: str, word: str
) -> None:
    path = write(changes, place)
    with pytest.raises(InputError, match=word) as refused:
        read_quantities(AGREEMENT, [path])
    assert refused.value.field == f"$.targets[1].{field}"
    assert refused.value.row == changes.get("id", "q-prov-woningen-limburg")
    assert refused.value.line == line_of_limburg(path, field)


@pytest.mark.parametrize(
    ("changes", "place", "word"),
    [
        ({"colour": "red"}, {}, "'colour' is hier niet bekend.*comparator"),
        ({"use": "wens"}, {}, "'wens' is hier niet bekend.*niet_toetsbaar"),
        ({"status": "agreed"}, {}, "'agreed' is hier niet bekend.*afgesproken"),
        ({"comparator": ">="}, {}, "'>=' is hier niet bekend.*ten-minste"),
        ({}, {"kind": "planeet"}, "'planeet' is hier niet bekend.*gemeente"),
        ({}, {"owner": "ik"}, "'owner' is hier niet bekend"),
        ({"minimum": -1}, {}, "minimum"),
        ({"minimum": 1e13}, {}, "maximum"),
        ({"minimum": "veel"}, {}, "veel"),
        ({"year": 30}, {}, "1900"),
        ({"as_stated": {"value": "35", "unit": "TWh"}}, {}, "as_stated|35"),
        ({"related": "alles"}, {}, "alles"),
        ({"label": {"nl": "  ", "en": "x"}}, {}, "label|does not match"),
        ({"note": {"nl": "x" * 1001, "en": "x"}}, {}, "too long|note|valid"),
    ],
)
def test_an_unknown_field_or_value_is_refused_with_its_line(
    write: Write, changes: dict[str, Any], place: dict[str, Any], word: str
) -> None:
    with pytest.raises(InputError, match=word) as refused:
        read_targets(AGREEMENT, [write(changes, place)])
    assert refused.value.line is not None
    assert (refused.value.field or "").startswith("$.targets[1]")


def test_two_targets_for_the_same_thing_are_refused_unless_one_names_the_other(write: Write) -> None:
    path = write({"related": []}, GRONINGEN)
    with pytest.raises(InputError, match="q-prov-woningen-groningen en q-prov-woningen-limburg") as refused:
        read_targets(AGREEMENT, [path])
    assert refused.value.field == "$.targets[1]"
    assert refused.value.line is not None
    assert len(read_targets(AGREEMENT, [write({"related": ["q-prov-woningen-groningen"]}, GRONINGEN)])) == 2


@pytest.mark.parametrize(
    "changes", [{"year": 2040}, {"year": None}, {"from_year": None}, {"indicator": "woningen_sociaal"}]
)
def test_another_year_or_indicator_is_another_target(write: Write, changes: dict[str, Any]) -> None:
    targets = read_targets(AGREEMENT, [write(changes | {"related": []}, GRONINGEN)])
    assert [each.place for each in targets] == ["PV20", "PV20"]


def test_files_of_ones_own_stand_beside_those_of_the_plugin(write: Write) -> None:
    changes = {"id": "venlo-woningen", "minimum": 4_000, "related": ["q-prov-woningen-limburg"]}
    place = {"kind": "gemeente", "code": "venlo", "name": "Venlo", "provinces": ["PV31"]}
    path = write(changes, place, {"id": "limburg-eigen", "release": "0.3"})
    own = {each.id: each for each in read_targets(AGREEMENT, [path])}["venlo-woningen"]
    assert (own.catalogue, own.place_kind, own.place_name, own.minimum) == (
        "limburg-eigen 0.3",
        "gemeente",
        "Venlo",
        4000,
    )
    with pytest.raises(InputError, match="twee keer"):
        read_targets(AGREEMENT, [*target_paths(), write({})])


def test_an_own_place_means_the_same_in_every_file(write: Write, tmp_path: Path) -> None:
    place = {"kind": "regio", "code": "foodvalley", "name": "Foodvalley", "provinces": ["PV31"]}
    path = write({"id": "eigen"}, place, {"id": "eigen"})
    content = read_json(path)
    path.write_bytes(json_bytes({**content, "targets": content["targets"][1:2]}))
    with pytest.raises(InputError, match="foodvalley ligt elders in andere provincies") as refused:
        read_targets(AGREEMENT, [*target_paths(), path])
    assert refused.value.file == path


def test_shares_may_be_targets(write: Write) -> None:
    share = {"indicator": "aandeel_betaalbaar", "unit": "%", "minimum": 66.67}
    assert [each.unit for each in read_targets(AGREEMENT, [write(share)])] == ["woningen", "%"]


def test_a_file_that_is_no_target_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "doelen.json"
    for text in ("[]", "{", '{"format": "novex-rules"}', ""):
        path.write_text(text)
        with pytest.raises(InputError):
            read_targets(AGREEMENT, [path])


def test_the_page_about_targets_tells_the_counts_and_its_example_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "doelen.md").read_text(encoding="utf-8")
    counts = {use: int(count) for use, count in re.findall(r"^\| `(\w+)` \|.*\| (\d+) \|$", page, re.MULTILINE)}
    assert counts == Counter(each.use for each in QUANTITIES.values())
    assert all(f"| `{each.status}` |" in page and f"`{each.comparator}`" in page for each in QUANTITIES.values())
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example is not None
    path = tmp_path / "eigen.json"
    path.write_text(example[1], encoding="utf-8")
    own = [
        each.id for each in read_targets(AGREEMENT, [*target_paths(), path]) if each.catalogue == "limburg-eigen 1.0"
    ]
    assert own == ["limburg-venlo-woningen"]
