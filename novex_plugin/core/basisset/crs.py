"""From the many spellings of a coordinate reference system to its EPSG number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from novex_plugin.core.features.table import RD_NEW

ETRS89, WGS84 = 4258, 4326

_HORIZONTAL_OF_COMPOUND = {7415: RD_NEW, 9286: ETRS89, 7423: ETRS89, 7931: ETRS89, 4937: ETRS89, 9517: ETRS89}
"""Compound and three-dimensional systems to the horizontal system they hold."""

_SURE = 70
"""How sure (%) GDAL must be that a definition is the one with a number."""

_VERTICAL = frozenset({5709, 5710, 5715, 5714, 5730, 5621, 5861, 5862, 5863, 9287, 9303})
"""NAP, Ostend, mean sea level, EVRF and charts' lowest tide: no horizontal system."""

_NAMES: tuple[tuple[str, int | None], ...] = (
    (r"rd|rd ?new|rdnew|rd ?nieuw|amersfoort.*|rijks ?drie ?hoeks?.*|rd/nap|rdnap", RD_NEW),
    (r"etrs ?89 ?-? ?laea.*|laea.*", 3035),
    (r"etrs ?89 ?-? ?lcc.*", 3034),
    (r"etrs ?89 ?-? ?(?:utm|tm) ?(?:zone)? ?31 ?n?", 25831),
    (r"etrs ?89 ?-? ?(?:utm|tm) ?(?:zone)? ?32 ?n?", 25832),
    (r"etrs ?(?:19)?89(?: ?-? ?grs ?80)?h?(?: ?\(?2d\)?)?", ETRS89),
    (r"wgs ?(?:19)?84|(?:ogc:)?crs ?84|world geodetic system.*", WGS84),
    (r"nap|normaal amsterdams peil.*|lat|msl|evrf.*", None),
)
_PATTERNS = tuple((re.compile(pattern), epsg) for pattern, epsg in _NAMES)
_NUMBER = re.compile(
    r"(?:epsg\W*|urn:(?:x-)?ogc:def:crs:epsg:[\d.]*:|https?://\S*/(?:def/crs/)?epsg/(?:[\d.]+/)?|https?://epsg\.io/)?([0-9]{4,6})/?"
)


def horizontal_of(number: int) -> int:
    """The horizontal EPSG number that a compound or three-dimensional one holds; any other as it is."""
    return _HORIZONTAL_OF_COMPOUND.get(number, number)


def epsg_of_reference(reference: Any) -> int | None:
    """The horizontal EPSG number of GDAL's spatial reference (or None), by its definition where it has no number."""
    if reference is None:
        return None
    code = reference.GetAuthorityCode(None)
    if code is None and reference.AutoIdentifyEPSG() == 0:
        code = reference.GetAuthorityCode(None)
    if code is None:
        found = reference.FindMatches() or []
        code = found[0][0].GetAuthorityCode(None) if found and found[0][1] >= _SURE else None
    return horizontal_of(int(code)) if code and str(code).isdigit() else None


def epsg_of(written: str) -> int | None:
    """The horizontal EPSG number that one spelling means; None for a vertical or unknown system."""
    spelled = re.sub(r"[\s_]+", " ", written.strip().lower())
    found = _NUMBER.fullmatch(spelled)
    if found:
        number = horizontal_of(int(found.group(1)))
        return (
            number if number not in _VERTICAL and 1024 <= number <= 998_999 else None
        )  # the range that EPSG gives out
    return next((epsg for pattern, epsg in _PATTERNS if pattern.fullmatch(spelled)), None)


def is_vertical(written: str) -> bool:
    """Whether a spelling means a height system only."""
    spelled = re.sub(r"[\s_]+", " ", written.strip().lower())
    found = _NUMBER.fullmatch(spelled)
    if found:
        return int(found.group(1)) in _VERTICAL
    return any(epsg is None and pattern.fullmatch(spelled) for pattern, epsg in _PATTERNS)


def horizontal(systems: Iterable[tuple[str, ...]]) -> tuple[int | None, tuple[str, ...]]:
    """The horizontal EPSG number of a record and the warnings (Dutch).

    Each system is given in all its spellings (text, Anchor); the first spelling that is understood counts.
    """
    found: list[int] = []
    warnings: list[str] = []
    named = False
    for spellings in systems:
        named = True
        numbers = [number for number in map(epsg_of, spellings) if number is not None]
        if len(set(numbers)) > 1:
            warnings.append(f"tegenstrijdig coördinaatstelsel: {' en '.join(spellings)}; EPSG:{numbers[0]} geldt")
        if numbers:
            found.append(numbers[0])
        elif not any(map(is_vertical, spellings)):
            warnings.append(f"onbekend coördinaatstelsel: {' / '.join(spellings)}")
    if len(set(found)) > 1:
        others = ", ".join(f"EPSG:{number}" for number in dict.fromkeys(found[1:]) if number != found[0])
        warnings.append(f"meer dan één coördinaatstelsel; EPSG:{found[0]} geldt, ook genoemd: {others}")
    if not named:
        warnings.append("geen coördinaatstelsel vermeld")
    return (found[0] if found else None), tuple(warnings)
