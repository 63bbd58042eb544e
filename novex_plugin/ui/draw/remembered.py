"""Which legend units are somebody's favourites and which were used last, kept by QGIS for all projects."""

from __future__ import annotations

from qgis.core import QgsSettings

_FAVOURITES, _LAST = "novex/draw/favourites", "novex/draw/last_used"
_ROOM = 8

Key = tuple[str, str]
"""A legend unit and the type of geometry that it is drawn as."""


def favourites() -> list[Key]:
    """In the order in which they were chosen."""
    return _read(_FAVOURITES)


def last_used() -> list[Key]:
    """The last one first."""
    return _read(_LAST)


def use(key: Key) -> None:
    """Remember that this was drawn with."""
    _write(_LAST, [key, *(each for each in last_used() if each != key)][:_ROOM])


def set_favourite(key: Key, wanted: bool) -> None:
    """Keep a favourite, or let it go."""
    others = [each for each in favourites() if each != key]
    _write(_FAVOURITES, [*others, key] if wanted else others)


def _read(name: str) -> list[Key]:
    """What is kept; anything else than text of ours is passed over."""
    kept = QgsSettings().value(name, "")
    pairs = (each.split(":") for each in kept.split(",")) if isinstance(kept, str) else ()
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


def _write(name: str, keys: list[Key]) -> None:
    QgsSettings().setValue(name, ",".join(":".join(key) for key in keys))
