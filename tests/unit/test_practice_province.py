"""The practice province is the same every time, sound, and holds what the demo promises."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import shapely

from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.rules.bindings import read_bindings
from novex_plugin.core.rules.catalogue import read_catalogue, read_catalogues
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.vocabulary import vocabulary
from scripts.practice import answers, faults, plan
from scripts.practice import province as practice
from scripts.practice.bindings import write_bindings
from scripts.practice.datasets import KEYWORDS, OFFERS
from scripts.practice.demo import OWN_RULES, PROVINCE
from scripts.practice.province import TYPES, Province
from scripts.practice.records import addresses, record
from tests.conftest import SCALE


@pytest.fixture
def province(practice_province: Province) -> Province:
    return practice_province


@pytest.fixture(scope="module")
def drawn(practice_province: Province) -> dict[str, FeatureTable]:
    return plan.draw(practice_province)


def digest(province: Province) -> str:
    total = hashlib.sha256()
    for name, table in sorted(province.tables.items()):
        total.update(name.encode())
        total.update(b"".join(shapely.to_wkb(table.geometry)))
        for key, values in sorted(table.columns.items()):
            total.update(f"{key}{values.tolist()}".encode())
    return total.hexdigest()


def test_the_province_is_the_same_every_time(province: Province) -> None:
    assert digest(practice.make(SCALE)) == digest(province)


def test_every_geometry_is_valid_and_of_its_layer_s_kind(province: Province) -> None:
    for name, table in province.tables.items():
        kinds = np.unique(shapely.get_type_id(table.geometry))
        assert shapely.is_valid(table.geometry).all(), name
        assert len(kinds) == 1, name
        assert int(kinds[0]) in TYPES, name


def test_everything_lies_within_the_province(province: Province) -> None:
    border = province.land.border.buffer(1_500)  # zones reach a little beyond it, as real ones do

    assert all(shapely.contains(border, table.geometry).all() for table in province.tables.values())


def test_every_offered_dataset_has_a_table_or_is_a_raster_an_image_or_unavailable(province: Province) -> None:
    without = {each.slug for each in OFFERS} - set(province.tables)

    assert without == {"hoogtemodel", "geluid", "defensie"}
    assert set(province.tables) <= {each.slug for each in OFFERS}
    assert {each.way for each in OFFERS} == {"wfs", "atom", "zip", "wcs", "wms", "none"}


def test_fields_do_not_overlap_and_leave_built_up_areas_and_water_free(province: Province) -> None:
    fields = province.tables["gewaspercelen"].geometry
    tree = shapely.STRtree(fields)
    left, right = tree.query(fields, predicate="overlaps")
    shared = shapely.area(shapely.intersection(fields[left], fields[right]))
    free = shapely.union_all([province.land.river, *province.town.built_up])

    assert shared.sum() < 1e-4 * shapely.area(fields).sum()
    assert shapely.area(shapely.intersection(fields, free)).sum() < 1.0


def test_a_full_province_has_some_fifty_thousand_features_of_realistic_shape() -> None:
    whole = practice.make(1.0)
    fields = whole.tables["gewaspercelen"].geometry

    assert 45_000 <= sum(len(table) for table in whole.tables.values()) <= 55_000
    assert len(fields) >= 30_000
    assert 10 <= shapely.get_num_coordinates(fields).mean() <= 40
    assert 1.0 <= np.median(shapely.area(fields)) / 1e4 <= 5.0


def test_the_plan_has_its_faults_its_rows_to_refuse_and_no_number_twice(drawn: dict[str, FeatureTable]) -> None:
    numbers = [number for table in drawn.values() for number in table.column("NR").tolist()]

    assert 60 <= len(numbers) <= 80
    assert len(set(numbers)) == len(numbers)
    assert {feature for feature, _ in (*faults.FAULTS, *faults.OWN_FAULTS) if feature} <= set(numbers)
    assert set(faults.REJECTED) <= set(numbers)
    assert all(shapely.is_valid(table.geometry).all() for table in drawn.values())


def test_areas_of_the_plan_do_not_lie_over_each_other(drawn: dict[str, FeatureTable]) -> None:
    areas = drawn["plan_vlakken"].geometry
    left, right = shapely.STRtree(areas).query(areas, predicate="intersects")

    assert not np.count_nonzero(left < right)


def test_records_spell_the_keyword_in_all_ways_and_escape_what_they_hold() -> None:
    from defusedxml import ElementTree

    texts = [record(each, addresses(each, "http://127.0.0.1/ows", "http://127.0.0.1/files")) for each in OFFERS]

    assert all(ElementTree.fromstring(text).tag.endswith("MD_Metadata") for text in texts)
    assert all(any(f">{keyword}<" in text for text in texts) for keyword in KEYWORDS)
    assert len({each.id for each in OFFERS}) == len(OFFERS)


def test_every_kind_of_rule_that_there_is_has_a_fault_in_the_plan() -> None:
    rules = {rule.id: rule for catalogue in read_catalogues() for rule in catalogue.rules}
    rules |= {rule.id: rule for rule in read_catalogue(OWN_RULES).rules}
    faulty = {rule for _, rule in (*faults.FAULTS, *faults.OWN_FAULTS)}

    assert faulty <= set(rules)
    assert all(rules[rule].holds_in(PROVINCE) for rule in faulty)
    assert {rules[rule].kind for rule in faulty} == set(KINDS)


def test_most_slots_are_bound_to_an_offered_dataset_and_fields_that_it_has(province: Province, tmp_path: Path) -> None:
    bindings = read_bindings(write_bindings(province, tmp_path))
    offered = {each.id: each.slug for each in OFFERS}
    without = {"geluid", "defensie"}  # an image, and data that cannot be had: their rules must say so

    assert len([binding for binding in bindings.by_slot.values() if binding.is_bound]) >= 50
    assert 15 <= len(set(vocabulary().slots) - set(bindings.by_slot)) <= 25
    for slot, binding in bindings.by_slot.items():
        if binding.dataset is None or offered[binding.dataset] in without:
            continue
        table = province.tables[offered[binding.dataset]]
        if binding.field:
            present = {str(value) for value in table.column(binding.field).tolist()}
            assert {str(value) for value in binding.values} <= present, slot
        if binding.level is not None:
            assert table.column(str(binding.level.field)).dtype.kind == "i", slot


def test_values_are_set_for_a_score_of_rules_that_ask_for_them(province: Province, tmp_path: Path) -> None:
    rules = {rule.id: rule for catalogue in read_catalogues() for rule in catalogue.rules}
    bindings = read_bindings(write_bindings(province, tmp_path))

    assert len({rule for rule, _ in bindings.parameters}) >= 20
    assert all(rules[rule].holds_in(PROVINCE) and name in rules[rule].parameters for rule, name in bindings.parameters)


def test_answers_are_of_every_sort_and_about_questions_ladders_and_features_that_there_are(
    drawn: dict[str, FeatureTable],
) -> None:
    catalogues = read_catalogues()
    known = {each.id for catalogue in catalogues for each in catalogue.statements}
    rules = {rule.id for catalogue in catalogues for rule in catalogue.rules}
    numbers = {number for table in drawn.values() for number in table.column("NR").tolist()}
    given = [*(each[:2] for each in answers.OF_PROPOSAL), *(each[1:3] for each in answers.OF_FEATURES)]

    assert {answer for _, answer in given} == {"ja", "nee", "nvt"}
    assert {statement for statement, _ in given} <= known
    assert {rule for _, rule, *_ in answers.STEPS} | {rule for rule, *_ in answers.EXPLANATIONS} <= rules
    named = {each[0] for each in (*answers.OF_FEATURES, *answers.STEPS) if each[0]}
    assert named | {number for _, number, _ in answers.EXPLANATIONS} <= numbers
