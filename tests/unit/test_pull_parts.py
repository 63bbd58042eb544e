"""The parts of a pull that need no server: names, types, tiles, areas, the manifest."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from novex_plugin.core.basisset.pull.address import resolved, with_query, without_requests
from novex_plugin.core.basisset.pull.area import area_of
from novex_plugin.core.basisset.pull.completeness import prove
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.names import distinct_names, slug, table_name
from novex_plugin.core.basisset.pull.settle import final_names
from novex_plugin.core.basisset.pull.staging import LayerState, wider
from novex_plugin.core.basisset.pull.wcs import Grid, tiles_of
from novex_plugin.core.basisset.pull.wfs import Capabilities, FeatureType, chosen_types
from novex_plugin.core.basisset.snapshot import (
    Snapshot,
    SnapshotArea,
    SnapshotDataset,
    SnapshotLayer,
    read_snapshot,
    write_snapshot,
)
from novex_plugin.core.errors import InputError

AREA = area_of(np.array([shapely.box(120_000, 450_000, 130_000, 460_000)]))


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (None, "INTEGER", "INTEGER"),
        ("INTEGER", None, "INTEGER"),
        ("INTEGER", "REAL", "REAL"),
        ("INTEGER", "TEXT", "TEXT"),
        ("BOOLEAN", "INTEGER", "INTEGER"),
        ("DATE", "DATETIME", "DATETIME"),
        ("DATE", "REAL", "TEXT"),
    ],
)
def test_two_types_of_a_column_settle_on_one_that_loses_nothing(one: str | None, other: str | None, both: str) -> None:
    assert wider(one, other) == wider(other, one) == both


def test_columns_that_clash_with_ours_or_each_other_get_another_name() -> None:
    assert final_names(["Naam", "naam", "FID", "geom", "code"]) == ["Naam", "naam_2", "bron_FID", "bron_geom", "code"]


def test_names_are_safe_and_different_for_every_dataset() -> None:
    assert slug("Natura 2000 (ëcht)/../x", "a") != slug("Natura 2000 (ëcht)/../x", "b")
    assert "/" not in slug("../../etc", "a")
    assert table_name("ms:Bestemmings-Vlak") == "bestemmings_vlak"
    assert table_name("gpkg_contents") == "laag_gpkg_contents"
    assert distinct_names(["a", "a", "b"]) == ["a", "a_2", "b"]


def test_a_query_replaces_what_the_address_had_and_keeps_the_services_own() -> None:
    address = "https://host/ows?map=a.map&SERVICE=WMS&REQUEST=GetCapabilities&"
    assert without_requests(address) == "https://host/ows?map=a.map"
    assert with_query(address, {"service": "WFS"}) == "https://host/ows?map=a.map&REQUEST=GetCapabilities&service=WFS"
    with pytest.raises(PullFailure, match="geen http"):
        resolved(address, "file:///etc/passwd")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [(["a:vlak"], ["a:vlak"]), (["VLAK"], ["a:vlak"]), (["Lijnen"], ["a:lijn"]), ([None], ["a:vlak", "a:lijn"]),
     (["Dienst"], ["a:vlak", "a:lijn"])],
)  # fmt: skip
def test_a_records_layer_is_found_by_name_title_or_service(wanted: list[str | None], found: list[str]) -> None:
    types = (FeatureType("a:vlak", "Vlakken", (28992,)), FeatureType("a:lijn", "Lijnen", (28992,)))
    assert [each.name for each in chosen_types(Capabilities("2.0.0", "Dienst", types, None, True), wanted)] == found


def test_an_unknown_layer_of_a_service_with_more_is_refused_by_name() -> None:
    types = (FeatureType("a:vlak", "Vlakken", ()), FeatureType("a:lijn", "Lijnen", ()))
    with pytest.raises(PullFailure, match="geen laag punt; wel a:vlak, a:lijn"):
        chosen_types(Capabilities("2.0.0", "Dienst", types, None, True), ["punt"])


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (LayerState("a", received=3, distinct=3), "einde"),
        (LayerState("a", received=3, distinct=2, finished=True), "2 verschillend"),
        (LayerState("a", matched=4, received=3, distinct=3, finished=True), "noemt 4"),
    ],
)
def test_what_is_not_proved_complete_fails(state: LayerState, said: str) -> None:
    with pytest.raises(PullFailure, match=said):
        prove(state)


def test_what_is_proved_complete_passes() -> None:
    prove(LayerState("a", matched=3, received=3, distinct=3, finished=True))
    prove(LayerState("a", received=3, distinct=3, finished=True))


def test_tiles_cover_the_area_once_on_the_grids_own_cells() -> None:
    grid = Grid(("x", "y"), (100_000, 400_000, 200_000, 500_000), (2.5, 2.5), 28992)
    tiles = list(tiles_of(grid, AREA))
    assert sum(tile.columns * tile.rows for tile in tiles) == 4000 * 4000
    assert shapely.union_all([shapely.box(*tile.bounds) for tile in tiles]).equals(AREA.geometry)
    assert all((tile.bounds[0] - 100_000) % 2.5 == 0 for tile in tiles)
    with pytest.raises(PullFailure, match="buiten het gebied"):
        list(tiles_of(Grid(("x", "y"), (0, 300_000, 10_000, 310_000), (25, 25), 28992), AREA))


@pytest.mark.parametrize("geometry", [shapely.box(4, 51, 6, 53), shapely.Polygon(), shapely.Point(120_000, 450_000)])
def test_an_area_that_is_empty_or_elsewhere_is_refused(geometry: object) -> None:
    with pytest.raises(InputError):
        area_of(np.array([geometry]))


def test_the_same_area_has_the_same_text_whatever_the_order_of_its_polygons() -> None:
    one, other = shapely.box(120_000, 450_000, 121_000, 451_000), shapely.box(121_000, 450_000, 122_000, 451_000)
    assert area_of(np.array([one, other])).wkt == area_of(np.array([other, one])).wkt
    assert area_of(np.array([one, other])).is_rectangle


def test_bounds_in_degrees_hold_all_of_the_area() -> None:
    xmin, ymin, xmax, ymax = AREA.bounds_in(4326)
    assert 4.85 < xmin < xmax < 5.06
    assert 52.0 < ymin < ymax < 52.15


def snapshot(folder: Path) -> Snapshot:
    entry = SnapshotDataset(
        id="a",
        title="A",
        owner=None,
        status="pulled",
        time="2026-01-01T00:00:00Z",
        record_date=None,
        licence={"url": None, "text": "CC0"},
        file="data/a.gpkg",
        layers=(SnapshotLayer("vlak", "MULTIPOLYGON", 3), SnapshotLayer("lijn", "MULTILINESTRING", 1)),
        received=4,
        stored=4,
        digest=f"sha256:{'0' * 64}",
    )
    return Snapshot(folder, "2026-01-01T00:00:00Z", f"sha256:{'1' * 64}", SnapshotArea(AREA.bounds, AREA.wkt), (entry,))


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_snapshot(snapshot(tmp_path))
    assert read_snapshot(tmp_path) == snapshot(tmp_path)


def test_a_layer_is_found_by_name_and_must_be_named_where_there_are_more(tmp_path: Path) -> None:
    found = snapshot(tmp_path)
    with pytest.raises(InputError, match="ontbreekt"):
        found.layer("a", "vlak")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.gpkg").write_bytes(b"")
    assert found.layer("a", "vlak") == (tmp_path / "data" / "a.gpkg", "vlak")
    with pytest.raises(InputError, match="vlak, lijn"):
        found.layer("a")
    with pytest.raises(InputError, match="zit niet in"):
        found.layer("b")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": "2.0"}, "versie 2.0"),
        ({"format": "anders"}, "format"),
        ({"datasets": [{"id": "a"}]}, "datasets"),
    ],
)
def test_a_manifest_of_another_version_or_form_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    write_snapshot(snapshot(tmp_path))
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(InputError, match=said):
        read_snapshot(tmp_path)


def test_a_manifest_that_leads_outside_its_folder_is_refused(tmp_path: Path) -> None:
    found = snapshot(tmp_path)
    outside = dataclasses.replace(found.datasets[0], file="data/../../weg.gpkg")
    with pytest.raises(InputError):
        write_snapshot(dataclasses.replace(found, datasets=(outside,)))
