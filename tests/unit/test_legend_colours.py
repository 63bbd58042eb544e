"""The colours of areas start from the Dutch standard for zoning maps and stay apart, for all eyes.

Any two units that are drawn as areas can touch. Their fills are at least ANY apart (CIEDE2000). Two units with the
same pattern are at least SAME apart, and at least UNSEEING apart for who sees no green (deuteranopia, by Machado,
Oliveira and Fernandes 2009); where fills come nearer than that the patterns differ, so that hatching tells them apart.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from novex_plugin.core.agreement import read_agreement

Colours = NDArray[np.float64]

ANY, SAME, UNSEEING, READABLE = 6.0, 10.0, 6.0, 20.0
"""Least CIEDE2000; READABLE is that between a pattern's lines and the fill under them."""

_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])
_DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)


def rgb(*colours: str) -> Colours:
    """Rows of red, green and blue, 0 to 1."""
    return np.array([[int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)] for colour in colours])


def linear(colours: Colours) -> Colours:
    return np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)


def lab(light: Colours) -> Colours:
    """CIE L*a*b* (D65) of linear sRGB."""
    xyz = light @ _TO_XYZ.T / _WHITE
    x, y, z = np.moveaxis(np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116), -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def without_green(light: Colours) -> Colours:
    """Linear sRGB as somebody without the cones for green sees it."""
    return np.clip(light @ _DEUTERANOPIA.T, 0, 1)


def ciede2000(one: Colours, other: Colours) -> Colours:
    """Distances between rows of L*a*b* (Sharma, Wu and Dalal 2005)."""
    (light1, a1, b1), (light2, a2, b2) = np.moveaxis(one, -1, 0), np.moveaxis(other, -1, 0)
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretched = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    c1, c2 = np.hypot(stretched * a1, b1), np.hypot(stretched * a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, stretched * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    grey, turn, total = c1 * c2 == 0, h2 - h1, h1 + h2
    far = np.abs(turn) > 180 + 1e-9
    turn = np.where(grey, 0, np.where(far, turn - 360 * np.sign(turn), turn))
    hue = np.where(grey, total, np.where(far, (total + np.where(total < 360, 360, -360)) / 2, total / 2))
    light, c = (light1 + light2) / 2, (c1 + c2) / 2
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(size * np.cos(np.radians(times * hue + shift)) for size, times, shift in waves)
    dl = (light2 - light1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * c)
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * c * t)
    around = np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    result: Colours = np.sqrt(dl**2 + dc**2 + dh**2 - 2 * np.sqrt(c**7 / (c**7 + 25.0**7)) * around * dc * dh)
    return result


PUBLISHED = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    ((50, 2.8361, -74.0200), (50, 0, -82.7485), 3.4412),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, -1.1848, -84.8006), (50, 0, -82.7485), 1.0000),
    ((50, -0.9009, -85.5211), (50, 0, -82.7485), 1.0000),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, -1, 2), (50, 0, 0), 2.3669),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0009), 7.1792),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0010), 7.1792),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0011), 7.2195),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0012), 7.2195),
    ((50, -0.0010, 2.4900), (50, 0.0009, -2.4900), 4.8045),
    ((50, -0.0010, 2.4900), (50, 0.0010, -2.4900), 4.8045),
    ((50, -0.0010, 2.4900), (50, 0.0011, -2.4900), 4.7461),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (61, -5, 29), 22.8977),
    ((50, 2.5, 0), (56, -27, -3), 31.9030),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((50, 2.5, 0), (50, 3.1736, 0.5854), 1.0000),
    ((50, 2.5, 0), (50, 3.2972, 0), 1.0000),
    ((50, 2.5, 0), (50, 1.8634, 0.5757), 1.0000),
    ((50, 2.5, 0), (50, 3.2592, 0.3350), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((61.2901, 3.7196, -5.3901), (61.4292, 2.2480, -4.9620), 1.8731),
    ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((36.4612, 47.8580, 18.3852), (36.2715, 50.5065, 21.2231), 1.4146),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]
"""The test pairs of Sharma, Wu and Dalal, with their distances."""


def test_the_distance_is_that_of_the_published_pairs() -> None:
    one, other, distance = (np.array(part, dtype=float) for part in zip(*PUBLISHED, strict=True))
    assert ciede2000(one, other) == pytest.approx(distance, abs=5e-5)


def apart(light: Colours) -> Colours:
    """The distance of every pair of colours; infinite with itself."""
    places = lab(light)
    distances = ciede2000(places[:, None], places[None])
    np.fill_diagonal(distances, np.inf)
    return distances


AREAS = read_agreement().drawn_as("vlak")
FILLS = linear(rgb(*(unit.symbol.fill for unit in AREAS)))
PATTERNS = np.array([unit.symbol.pattern for unit in AREAS])
ALIKE = PATTERNS[:, None] == PATTERNS[None]


def nearest(distances: Colours, among: NDArray[np.bool_]) -> tuple[float, str, str]:
    found = np.where(among, distances, np.inf)
    one, other = np.unravel_index(int(np.argmin(found)), found.shape)
    return float(found[one, other]), AREAS[one].code, AREAS[other].code


@pytest.mark.parametrize(
    ("seen", "among", "least"),
    [(FILLS, np.ones_like(ALIKE), ANY), (FILLS, ALIKE, SAME), (without_green(FILLS), ALIKE, UNSEEING)],
    ids=["any two", "the same pattern", "the same pattern, without green"],
)
def test_areas_that_can_touch_are_told_apart(seen: Colours, among: NDArray[np.bool_], least: float) -> None:
    distance, one, other = nearest(apart(seen), among)
    assert distance >= least, f"{one} and {other} are {distance:.1f} apart"


def test_the_lines_of_a_pattern_stand_out_from_the_fill_under_them() -> None:
    drawn = [unit for unit in AREAS if unit.symbol.pattern != "solid"]
    fills = lab(linear(rgb(*(unit.symbol.fill for unit in drawn))))
    lines = lab(linear(rgb(*(unit.symbol.outline for unit in drawn))))
    distances = ciede2000(fills, lines)
    assert distances.min() >= READABLE, drawn[int(np.argmin(distances))].code


STANDARD = {
    "bedrijventerrein": "Bedrijventerrein",
    "bos_nieuw": "Bos",
    "gevoelige_bestemming": "Maatschappelijk",
    "groen_stedelijk": "Groen",
    "landbouw_natuurinclusief": "Agrarisch",
    "natuur_nieuw": "Natuur",
    "recreatie": "Recreatie",
    "waterberging": "Water",
    "woningbouw": "Wonen",
}
"""Units that have a main group of the standard, by its name there."""


def test_the_hue_is_that_of_the_standard_for_zoning_maps(shared: Path) -> None:
    listed = json.loads((shared / "reference" / "styles" / "svbp2012-colours.json").read_bytes())["colours"]
    standard = {each["name"]: each["hex"] for each in listed}
    units = read_agreement().units
    for code, name in STANDARD.items():
        ours, theirs = lab(linear(rgb(units[code].symbol.fill, standard[name])))[:, 1:]
        turned = abs((np.degrees(np.arctan2(ours[1], ours[0]) - np.arctan2(theirs[1], theirs[0])) + 180) % 360 - 180)
        assert turned <= 25, f"{code} is turned {turned:.0f} degrees from {name}"
