"""What is written for a new proposal, in a worker: whole or not at all, and never over features that are there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.delivery.receive import Received, received
from novex_plugin.core.dutch import number
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import append
from novex_plugin.core.files import file_digest, write_json, written_beside
from novex_plugin.core.moment import as_stored
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.create import Heading, create_proposal, log_row, new_id, refuse_to_overwrite
from novex_plugin.core.proposal.import_layer import Imported, import_layer
from novex_plugin.qgis_adapter.forms import Start
from novex_plugin.qgis_adapter.layer_rows import LayerRows
from novex_plugin.qgis_adapter.project_making import Sighted, sight
from novex_plugin.qgis_adapter.proposal_place import InFile
from novex_plugin.qgis_adapter.stored_styles import store_styles

_PLAIN = Heading()


@dataclass(frozen=True)
class Wish:
    """What is asked for: `province` is a code, `target` a GeoPackage."""

    target: Path
    province: str
    variant: str
    agreement: Agreement
    heading: Heading = _PLAIN


@dataclass(frozen=True)
class Made:
    """A proposal that lies in its file, and what there is to tell about it; `rejected` holds the rows that did not
    fit, where there were any."""

    sighted: Sighted
    told: str = ""
    rejected: Path | None = None


@dataclass(frozen=True)
class TakenIn:
    """A delivery that was checked and taken in; `folder` holds its clean proposal and goes when it is let go of."""

    folder: tempfile.TemporaryDirectory[str]
    received: Received

    @property
    def features(self) -> int:
        """How many features it holds."""
        return sum(len(rows) for name, rows in self.received.tables.items() if name.startswith("voorstel_"))


def make_empty(wish: Wish, progress: Progress) -> Made:
    """Write a proposal without features. Raises InputError."""
    _write(wish, progress, None)
    return Made(sight(InFile(wish.target), progress))


def make_from_layer(wish: Wish, rows: LayerRows, mapping: Mapping[str, Any], progress: Progress) -> Made:
    """Write a proposal with the rows of a layer that fit; the others go to a file beside it.

    Raises InputError when the mapping cannot be used, and when no row fits.
    """
    source = rows.table(progress)
    stop_if_cancelled(progress)
    progress.fraction(0.4)
    with tempfile.TemporaryDirectory(prefix="novex-") as folder:
        described, refused = Path(folder) / "afbeelding.json", Path(folder) / "afgekeurd.gpkg"
        write_json(described, dict(mapping))
        done: list[Imported] = []

        def fill(unfinished: Path) -> None:
            done.append(import_layer(source, described, unfinished, refused, datetime.now(UTC), new_id, wish.agreement))
            if not done[0].features:
                said = f"geen van de {number(len(source))} rijen past in de afspraken."
                raise InputError(said, "Kijk in het voorbeeld waarom, en koppel de velden anders.", table=rows.name)

        _write(wish, progress, fill)
        rejected = keep_rejected(refused, wish.target, done[0])
    return Made(sight(InFile(wish.target), progress), told_of(done[0], rejected), rejected)


def make_from_delivery(taken: TakenIn, target: Path, agreement: Agreement, progress: Progress) -> Made:
    """Write the proposal of a delivery, with the legend and the forms of our own agreement. Raises InputError."""
    refuse_to_overwrite(target)
    got = taken.received
    moment = as_stored(datetime.now(UTC))
    with written_beside(target) as unfinished:
        unfinished.write_bytes(got.proposal.read_bytes())
        source = {got.file.name: f"sha256:{file_digest(got.file)}"}
        told = {"levering": got.file.name, "variant": got.variant}
        append(unfinished, "logboek", log_row("levering ontvangen", told, source, moment, new_id))
        store_styles(unfinished, agreement, moment, Start(got.province, got.variant))
        stop_if_cancelled(progress)
    return Made(sight(InFile(target), progress), f"{number(taken.features)} objecten uit de levering overgenomen.")


def take_in(delivery: Path, progress: Progress) -> TakenIn:
    """Check a delivery and take its rows in; nothing of it runs. Raises InputError naming what is wrong with it."""
    folder = tempfile.TemporaryDirectory(prefix="novex-levering-")
    try:
        return TakenIn(folder, received(delivery, Path(folder.name), progress))
    except BaseException:
        folder.cleanup()
        raise


def keep_rejected(refused: Path, target: Path, done: Imported) -> Path | None:
    """Lay the refused rows beside the proposal under a name that is free; None where none were refused."""
    if not done.rejected:
        return None
    stem = f"{target.stem}_afgekeurd"
    names = (f"{stem}.gpkg", *(f"{stem}_{count}.gpkg" for count in range(2, 1000)))
    place = next(target.parent / name for name in names if not (target.parent / name).exists())
    with written_beside(place) as unfinished:
        unfinished.write_bytes(refused.read_bytes())
    return place


def told_of(done: Imported, rejected: Path | None) -> str:
    """What an import did, in one line."""
    parts = [f"{number(done.features)} objecten en {number(done.contributions)} bijdragen toegevoegd."]
    if done.mended:
        parts.append(f"{number(done.mended)} geometrieën hersteld.")
    if rejected is not None:
        parts.append(f"{number(done.rejected)} rijen afgekeurd: zie {rejected.name}.")
    return " ".join(parts)


def _write(wish: Wish, progress: Progress, fill: Callable[[Path], None] | None) -> None:
    moment = datetime.now(UTC)

    def finish(unfinished: Path, province: str) -> None:
        progress.fraction(0.5)
        store_styles(unfinished, wish.agreement, as_stored(moment), Start(province, wish.variant))
        stop_if_cancelled(progress)
        progress.fraction(0.8)
        if fill is not None:
            fill(unfinished)
            stop_if_cancelled(progress)

    create_proposal(
        wish.target, wish.province, wish.variant, wish.agreement, moment, heading=wish.heading, dress=finish
    )
    progress.fraction(1.0)
