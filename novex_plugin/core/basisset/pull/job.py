"""What pulling one dataset needs, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from novex_plugin.core.basisset.pull.area import Area
from novex_plugin.core.basisset.pull.asking import Asker
from novex_plugin.core.basisset.pull.staging import LayerState
from novex_plugin.core.basisset.register import Dataset, Service
from novex_plugin.core.basisset.snapshot import Dropped, SnapshotLayer
from novex_plugin.core.progress import Progress


@dataclass(frozen=True)
class Route:
    """One way to a dataset: services of one type at one address (their layers together are the dataset)."""

    type: str
    address: str
    services: tuple[Service, ...]

    @property
    def layers(self) -> tuple[str | None, ...]:
        """The layer names that the record gives, None where it gives none."""
        return tuple(dict.fromkeys(service.layer for service in self.services))


@dataclass(frozen=True)
class Job:
    """One dataset by one route: `work` survives a killed run, `stem` is the place of the result without its ending."""

    dataset: Dataset
    route: Route
    area: Area
    asker: Asker
    work: Path
    stem: Path
    advanced: Callable[[float], None]

    @property
    def progress(self) -> Progress:
        """Where to report to."""
        return self.asker.progress


@dataclass(frozen=True)
class Outcome:
    """A dataset that was pulled; counts as in the manifest."""

    file: Path
    layers: tuple[SnapshotLayer, ...]
    request: str
    layer: str | None
    matched: int | None
    received: int
    stored: int
    source_epsg: int | None
    repaired: int = 0
    dropped: Dropped = field(default_factory=Dropped)


def vector_outcome(
    file: Path, layers: list[SnapshotLayer], states: list[LayerState], request: str, layer: str | None
) -> Outcome:
    """The outcome of layers that were proved complete."""
    matched = [state.matched for state in states]
    return Outcome(
        file=file,
        layers=tuple(layers),
        request=request,
        layer=layer,
        matched=None if None in matched else sum(count for count in matched if count is not None),
        received=sum(state.received for state in states),
        stored=sum(state.stored for state in states),
        source_epsg=next((state.epsg for state in states if state.epsg is not None), None),
        repaired=sum(state.repaired for state in states),
        dropped=Dropped(sum(state.empty for state in states), sum(state.outside for state in states)),
    )
