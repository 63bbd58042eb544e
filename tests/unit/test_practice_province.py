"""The practice province is the same every time, sound, and holds what the demo promises."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
import shapely

from scripts.practice import plan
from scripts.practice import province as practice
from scripts.practice.datasets import KEYWORDS, OFFERS
from scripts.practice.province import TYPES, Province
from scripts.practice.records import addresses, record

SCALE = 0.02


@pytest.fixture(scope="module")
def province() -> Province:
    return practice.make(SCALE)


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


def test_the_plan_has_its_faults_its_rows_to_refuse_and_no_number_twice(province: Province) -> None:
    tables = plan.draw(province)
    numbers = [number for table in tables.values() for number in table.column("NR").tolist()]

    assert 50 <= len(numbers) <= 70
    assert len(set(numbers)) == len(numbers)
    assert set(plan.FAULTS) | set(plan.REJECTED) <= set(numbers)
    assert all(shapely.is_valid(table.geometry).all() for table in tables.values())


def test_areas_of_the_plan_do_not_lie_over_each_other(province: Province) -> None:
    areas = plan.draw(province)["plan_vlakken"].geometry
    left, right = shapely.STRtree(areas).query(areas, predicate="intersects")

    assert not np.count_nonzero(left < right)


def test_records_spell_the_keyword_in_all_ways_and_escape_what_they_hold() -> None:
    from defusedxml import ElementTree

    texts = [record(each, addresses(each, "http://127.0.0.1/ows", "http://127.0.0.1/files")) for each in OFFERS]

    assert all(ElementTree.fromstring(text).tag.endswith("MD_Metadata") for text in texts)
    assert all(any(f">{keyword}<" in text for text in texts) for keyword in KEYWORDS)
    assert len({each.id for each in OFFERS}) == len(OFFERS)
