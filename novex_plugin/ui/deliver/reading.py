"""What is done with deliveries of others, in a worker."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novex_plugin.core.errors import InputError

if TYPE_CHECKING:
    from novex_plugin.core.delivery.changes import Changes
    from novex_plugin.core.delivery.receive import Received
    from novex_plugin.core.delivery.verify import Verification
    from novex_plugin.core.features.table import FeatureTable
    from novex_plugin.core.progress import Progress


def take_in(deliveries: list[Path], folder: Path, progress: Progress) -> list[Received | InputError]:
    """Take deliveries in below `folder`; one that is broken does not stop the others."""
    from novex_plugin.core.delivery.receive import received

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remedy = "Kies bij de instellingen een andere map, of geef schrijfrechten."
        raise InputError(f"kan niet worden gemaakt ({error.strerror}).", remedy, folder) from error
    taken: list[Received | InputError] = []
    for number, delivery in enumerate(deliveries):
        progress.fraction(number / len(deliveries))
        try:
            taken.append(received(delivery, folder, progress))
        except InputError as error:
            taken.append(error)
    return taken


def recompute(delivery: Path, snapshot: Path | None, progress: Progress) -> Verification:
    """Make a delivery again from its own content and compare."""
    from novex_plugin.core.delivery.verify import verify
    from novex_plugin.qgis_adapter.drawing import QgisDrawing

    return verify(delivery, QgisDrawing(), progress, snapshot)


def compare(delivery: Path, previous: Path, progress: Progress) -> Changes:
    """What a delivery changes beside an earlier one."""
    from novex_plugin.core.delivery.changes import changes

    return changes(delivery, previous, progress)


def report(delivery: Path, progress: Progress) -> Path:
    """The report of a delivery, made here from its content: nothing of the sender's is opened."""
    from novex_plugin.core.delivery.report_only import report_of_delivery
    from novex_plugin.qgis_adapter.drawing import QgisDrawing

    target = Path(tempfile.mkdtemp(prefix="novex-rapport-")) / f"{delivery.stem[:60]}.html"
    report_of_delivery(delivery, target, None, QgisDrawing(), progress)
    return target


@dataclass(frozen=True)
class Merged:
    """The content of the report and the GeoPackage with all features."""

    content: dict[str, Any]
    geopackage: Path


def lay_together(deliveries: list[Path], areas: FeatureTable | None, target: Path, progress: Progress) -> Merged:
    """Merge deliveries into `target`, with the balance, the indicators and the report beside it."""
    from novex_plugin.core.features.overwriting import refuse_overwriting
    from novex_plugin.core.merge.merge import Places, Request, merge

    beside = ("-balans.json", "-indicatoren.csv", "-samenvoeging.json")
    places = Places(target, *(target.with_name(f"{target.stem}{each}") for each in beside))
    refuse_overwriting(places.all(), deliveries)
    return Merged(merge(Request(deliveries, areas), places, progress), target)
