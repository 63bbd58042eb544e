"""The deliveries that are offered: which of them count, and why the others do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement, agreement_names, agreement_path, read_agreement
from novex_plugin.core.delivery.geopackage_copy import without_folder
from novex_plugin.core.delivery.receive import received
from novex_plugin.core.dutch import day
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import file_digest
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.schema import FEATURE_TABLES


@dataclass(frozen=True)
class Offer:
    """A delivery that can be read.

    `file` is its name without folders, `archive` the digest of its bytes, `digest` that of the proposal in it, and
    `proposal` a clean copy of that proposal. `drawn` is what its own balance says of the country: indicator and year
    (None: all years) to the amount. `carried_from` is the agreement that it follows itself, where `proposal` and
    `drawn` were carried over to `agreement`.
    """

    file: str
    archive: str
    province: str
    moment: str
    agreement: str
    digest: str
    features: int
    proposal: Path
    manifest: Mapping[str, Any]
    drawn: Mapping[tuple[str, int | None], float]
    carried_from: str | None = None


@dataclass(frozen=True)
class Skipped:
    """A delivery that does not count; province and moment are None where they cannot be told."""

    file: str
    archive: str
    province: str | None
    moment: str | None
    reason: str
    remedy: str


def read_offers(deliveries: Iterable[Path], work: Path, progress: Progress) -> tuple[list[Offer], list[Skipped]]:
    """Read all deliveries, each for itself: one that is broken is told and stops no other.

    `work` is an existing folder for the clean copies. Paths that lead to the same file count once.
    """
    offers: list[Offer] = []
    skipped: list[Skipped] = []
    several = sorted({path.resolve() for path in deliveries}, key=lambda path: (path.name, str(path)))
    for number, path in enumerate(several):
        stop_if_cancelled(progress)
        progress.info(f"Levering {path.name}")
        try:
            offers.append(_offer(path, work, progress))
        except InputError as error:
            skipped.append(_broken(path, error))
        progress.fraction(0.5 * (number + 1) / len(several))
    return offers, skipped


def _offer(path: Path, work: Path, progress: Progress) -> Offer:
    taken = received(path, work, progress)
    return Offer(
        file=path.name,
        archive=file_digest(path),
        province=taken.province,
        moment=taken.manifest["moment"],
        agreement=taken.agreement,
        digest=file_digest(taken.proposal),
        features=sum(len(taken.tables[table]) for table in FEATURE_TABLES.values()),
        proposal=taken.proposal,
        manifest={name: value for name, value in taken.manifest.items() if name != "files"},
        drawn={
            (total["indicator"], total["year"]): float(total["drawn"])
            for total in taken.balance["totals"]
            if total["place_kind"] == "land" and total["adds"] != "share" and total["drawn"] is not None
        },
    )


def _broken(path: Path, error: InputError) -> Skipped:
    """What is wrong with a delivery, in words that do not depend on where it was unpacked."""
    places = {"tabel": error.table, "rij": error.row, "veld": error.field}
    where = ", ".join(f"{name} {value}" for name, value in places.items() if value is not None)
    reason = without_folder(f"{error.problem} ({where})" if where else error.problem)
    return Skipped(path.name, _digest(path), None, None, str(reason), str(without_folder(error.remedy)))


def _digest(path: Path) -> str:
    try:
        return file_digest(path)
    except OSError:
        return ""


@dataclass(frozen=True)
class Choice:
    """The agreement to join in, the one offer of each province that counts, ordered by province, and the others."""

    agreement: Agreement
    counted: tuple[Offer, ...]
    skipped: tuple[Skipped, ...]


def choose(
    offers: Sequence[Offer],
    broken: Sequence[Skipped],
    agreement: Agreement | None,
    carry: Callable[[Offer], Offer | Skipped] | None = None,
) -> Choice:
    """Choose what is joined; the order of the offers makes no difference.

    Of a province the latest counts. Two of the same moment that differ are both left out, for nothing tells which of
    them is meant. The agreement, where none is given, is the one that most provinces follow, and of equals the latest.
    `carry` may bring those that count over to it, or tell why it cannot.
    Raises InputError when no offer counts.
    """
    latest, skipped = _latest(offers)
    used = agreement or _most_followed(latest)
    name = f"{used.id}-{used.version}" if used is not None else ""
    other = f"volgt andere afspraken dan {name}, waarin wordt samengevoegd"
    ready = [carry(each) for each in latest] if carry else latest
    strange = [
        each if isinstance(each, Skipped) else skip(each, f"{other}: {each.agreement}.", _MIGRATE)
        for each in ready
        if isinstance(each, Skipped) or each.agreement != name
    ]
    counted = tuple(each for each in ready if isinstance(each, Offer) and each.agreement == name)
    if used is None or not counted:
        reasons = " ".join(f"{each.file}: {each.reason}" for each in (*broken, *skipped, *strange))
        raise InputError(f"geen enkele levering telt mee. {reasons}", "Geef leveringen die novex:export schreef.")
    others = sorted((*broken, *skipped, *strange), key=lambda each: (each.file, each.archive, each.reason))
    return Choice(used, counted, tuple(others))


_MIGRATE = "Zet het voorstel over naar deze afspraken en lever het opnieuw."
_NEWER = "Laat deze levering weg, of lever het voorstel opnieuw."


def _latest(offers: Sequence[Offer]) -> tuple[list[Offer], list[Skipped]]:
    by_province: dict[str, list[Offer]] = defaultdict(list)
    for offer in sorted(offers, key=lambda each: (each.province, each.file, each.archive)):
        by_province[offer.province].append(offer)
    kept: list[Offer] = []
    skipped: list[Skipped] = []
    for several in by_province.values():
        moment = max(each.moment for each in several)
        last = [each for each in several if each.moment == moment]
        before = [each for each in several if each.moment != moment]
        names = ", ".join(each.file for each in last)
        skipped += [skip(each, f"er is een latere van deze provincie, van {day(moment)}: {names}.", _NEWER)
                    for each in before]  # fmt: skip
        if len({(each.digest, each.agreement) for each in last}) > 1:
            skipped += [skip(each, f"heeft hetzelfde moment als een andere van deze provincie: {names}.", _ONE)
                        for each in last]  # fmt: skip
            continue
        kept.append(last[0])
        skipped += [skip(each, f"heeft dezelfde inhoud als {last[0].file}.", _TWICE) for each in last[1:]]
    return kept, skipped


_ONE = "Geef alleen de levering die geldt."
_TWICE = "Er hoeft niets te gebeuren: de inhoud telt één keer mee."


def skip(offer: Offer, reason: str, remedy: str) -> Skipped:
    """An offer that does not count."""
    return Skipped(offer.file, offer.archive, offer.province, offer.moment, reason, remedy)


def _most_followed(offers: Sequence[Offer]) -> Agreement | None:
    """The agreement that most offers follow, of equals the latest; None when there are none."""
    names = [each.agreement for each in offers]
    known = [read_agreement(agreement_path(name)) for name in sorted(set(names) & set(agreement_names()))]
    return max(
        known, key=lambda each: (names.count(f"{each.id}-{each.version}"), each.date, each.version), default=None
    )
