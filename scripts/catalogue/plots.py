"""Tiny shapes: a plot that is drawn, and objects that cover it, cover half of it, or lie beside it."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import Any

import shapely

ORIGIN = (155_000.0, 463_000.0)
"""South-west corner of every plot (m, EPSG:28992)."""

SIDE = 100.0
"""Height of a plot and length of a line (m)."""

MARGIN = 100.0
"""How far an object that covers a plot reaches beyond it (m)."""

_LARGE_HA = 10.0


@dataclass(frozen=True)
class Plot:
    """A feature to draw: `form` is vlak, lijn or punt; `width` and `height` (m) are those of its box from ORIGIN."""

    form: str
    width: float
    height: float

    @property
    def geometry(self) -> Any:
        """The shape of the feature itself."""
        if self.form == "punt":
            return _point(self.width, self.height / 2)
        if self.form == "lijn":
            return _line((0, self.height / 2), (self.width, self.height / 2))
        return rectangle(0, 0, self.width, self.height)

    @property
    def hectares(self) -> float:
        """Area of its box."""
        return self.width * self.height / 1e4

    def covering(self, form: str) -> Any:
        """An object of a form that covers the whole plot, or runs through the whole of it."""
        return self._from(-MARGIN, form)

    def half(self, form: str) -> Any:
        """An object that covers the eastern half of a polygon or line; a point is covered whole."""
        return self.covering(form) if self.form == "punt" else self._from(self.width / 2, form)

    def beside(self, form: str, gap: float) -> Any:
        """An object whose nearest part lies `gap` metres east of the plot; higher than the plot, where it is not a
        point, so that its edge runs straight along it."""
        west, top, bottom = self.width + gap, self.height + gap + MARGIN, -gap - MARGIN
        if form == "punt":
            return _point(west, self.height / 2)
        if form == "lijn":
            return _line((west, bottom), (west, top))
        return rectangle(west, bottom, west + MARGIN, top)

    def _from(self, west: float, form: str) -> Any:
        middle, east = self.height / 2, self.width + MARGIN
        if form == "punt":
            return _point(self.width if self.form == "punt" else (max(west, 0) + self.width) / 2, middle)
        if form == "lijn":
            return _line((west, middle), (east, middle))
        return rectangle(west, -MARGIN, east, self.height + MARGIN)


def plot(form: str, hectares: float = 1.0) -> Plot:
    """A plot of an area; lines and points have a size of their own."""
    if form == "punt":
        return Plot(form, SIDE / 2, SIDE)
    if form == "lijn":
        return Plot(form, SIDE, SIDE)
    height = SIDE if hectares <= _LARGE_HA else SIDE * 10 ** floor(log10(hectares) / 2)
    return Plot(form, hectares * 1e4 / height, height)


def rectangle(west: float, south: float, east: float, north: float) -> Any:
    """A rectangle, in metres from ORIGIN."""
    x, y = ORIGIN
    return shapely.box(x + west, y + south, x + east, y + north)


def _point(x: float, y: float) -> Any:
    return shapely.Point(ORIGIN[0] + x, ORIGIN[1] + y)


def _line(start: tuple[float, float], end: tuple[float, float]) -> Any:
    return shapely.LineString([(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in (start, end)])
