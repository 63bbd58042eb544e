"""The whole job on the real desktop: from a new proposal to a verified delivery, with mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.features.geopackage import read_layer
from scripts.practice import csw, mapserver
from scripts.practice.datasets import offer
from scripts.practice.desk import Desk
from scripts.practice.offering import serve_basisset
from scripts.practice.province import Province

STEPS = Path(__file__).with_name("walk_steps.py")
PULLED = ("rivierbed", "provinciegebied", "gemeenten", "natura2000", "bebouwd")


def places(desk: Desk) -> dict[str, tuple[float, float]]:
    """Where the practice plan has what is drawn again here: the middle of a feature by its name."""
    wanted = {"woningbouw": "Waterfront Aalde", "zonneveld": "Zonneveld Broekweg", "bos": "Bosuitbreiding 1"}
    areas, points = read_layer(desk.proposal, "voorstel_vlak"), read_layer(desk.proposal, "voorstel_punt")
    found = {}
    for unit, name in wanted.items():
        middle = shapely.point_on_surface(areas.geometry[areas.columns["naam"] == name][0])
        found[unit] = (middle.x, middle.y)
    x, y = found["woningbouw"]
    bed = read_layer(desk.snapshot / "data" / "rivierbed.gpkg", "rivierbed").geometry
    dry = ((x + 250 * dx, y + 250 * dy) for dx in range(-8, 9) for dy in range(-8, 9))
    near = sorted(dry, key=lambda place: abs(place[0] - x) + abs(place[1] - y))
    found["droog"] = next(
        place for place in near if not shapely.intersects(bed, shapely.Point(place).buffer(180)).any()
    )
    turbine = points.geometry[points.columns["naam"] == "Windturbine Holterberg"][0]
    return found | {"windturbine": (turbine.x, turbine.y)}


@pytest.mark.skipif(not (csw.installed() and mapserver.installed()), reason="the loopback servers are not installed")
def test_the_whole_job_in_the_desktop(
    desktop: Callable[[str], str], practice_desk: Desk, practice_province: Province, tmp_path: Path
) -> None:
    with serve_basisset(practice_province, tmp_path / "servers") as basisset:
        ground = places(practice_desk)
        walk: dict[str, Any] = {
            "catalogue": basisset.catalogue,
            "folder": str(tmp_path / "werk"),
            "bindings": str(practice_desk.bindings),
            "datasets": [offer(slug).title for slug in PULLED],
            "places": ground,
            "middle": ground["woningbouw"],
        }
        (tmp_path / "werk").mkdir()
        printed = desktop(f"WALK = {walk!r}\n{STEPS.read_text(encoding='utf-8')}")
    assert "WALKED" in printed
