"""Lay deliveries of several provinces together. The same deliveries give the same bytes, in whatever order."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.balance import Balance
from novex_plugin.core.check.balance_files import write_balance
from novex_plugin.core.check.places import PROVINCE
from novex_plugin.core.delivery.empty_layers import drop_empty_layers
from novex_plugin.core.features.geopackage import append
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import write_json, written_beside
from novex_plugin.core.merge.borders import borders
from novex_plugin.core.merge.carry import read_carry
from novex_plugin.core.merge.differences import differences
from novex_plugin.core.merge.gaps import LEAST_M, gap_layer, gaps
from novex_plugin.core.merge.indicators import PARQUET, can_write, indicator_rows, write_csv, write_table
from novex_plugin.core.merge.joined import Joined, write_joined
from novex_plugin.core.merge.national import claims_between, national_balance, national_totals
from novex_plugin.core.merge.offers import Choice, choose, read_offers
from novex_plugin.core.merge.shared_ground import overlap_layer, shared_ground
from novex_plugin.core.progress import Progress
from novex_plugin.core.quick_schema import check_quickly

FORMAT = "novex-merge"
VERSION = "1.0"

NO_BORDERS = "De provinciegrenzen zijn niet gegeven (AREAS): wat bij een grens ophoudt is niet gezocht."


@dataclass(frozen=True)
class Places:
    """Where the results are written. Beside the balance comes a CSV file, beside the indicators a Parquet file where
    GDAL can write that."""

    geopackage: Path
    balance: Path
    indicators: Path
    report: Path

    def all(self) -> Mapping[str, Path]:
        """Every file that may be written, by a name for messages."""
        beside = {"BALANCE (.csv)": self.balance.with_suffix(".csv")}
        beside["INDICATORS (.parquet)"] = self.indicators.with_suffix(".parquet")
        given = {"OUTPUT": self.geopackage, "BALANCE": self.balance, "INDICATORS": self.indicators}
        return {**given, "REPORT": self.report, **beside}


@dataclass(frozen=True)
class Request:
    """What to lay together. `areas` are the territories of the provinces (EPSG:28992); `least_m` is how long an area
    has to run along a border for its end there to be told. With a `mapping` between two agreements deliveries that
    follow the one are carried over to the other, which is then the agreement of the whole."""

    deliveries: Sequence[Path]
    areas: FeatureTable | None = None
    agreement: Agreement | None = None
    targets: Sequence[Path] | None = None
    least_m: float = LEAST_M
    mapping: Path | None = None


@dataclass(frozen=True)
class _Borderlands:
    """What does not fit where provinces meet; gaps are None where no borders were given."""

    overlaps: FeatureTable
    gaps: FeatureTable | None
    unjudged: tuple[tuple[str, str], ...]


def merge(request: Request, places: Places, progress: Progress) -> dict[str, Any]:
    """Write everything, whole or not at all, and give the content of the report (`novex-merge` 1.0).

    A delivery that cannot be used is named in it and stops no other. Raises InputError when none can be used, for
    an unusable mapping, areas and targets, and for places that cannot be written to.
    """
    with ExitStack() as unfinished:
        # The folder beside the target goes away with all that is in it.
        beside = {name: unfinished.enter_context(written_beside(path)) for name, path in _written(places).items()}
        work = Path(unfinished.enter_context(tempfile.TemporaryDirectory(dir=beside["OUTPUT"].parent)))
        carry = read_carry(request.mapping, request.agreement) if request.mapping else None
        offers, broken = read_offers(request.deliveries, work, progress)
        agreement, over = (carry.target, carry.over) if carry else (request.agreement, None)
        choice = choose(offers, broken, agreement, over)
        moment = max(each.moment for each in choice.counted)
        progress.info("Samenvoegen")
        layers = (overlap_layer(), gap_layer())
        joined = write_joined(beside["OUTPUT"], choice.agreement, choice.counted, layers, progress)
        progress.fraction(0.6)
        progress.info("Grenzen")
        found = _borderlands(joined, {each.province for each in choice.counted}, request, progress)
        for rows in (found.overlaps, found.gaps):
            if rows is not None:
                append(beside["OUTPUT"], rows.name, rows)
        drop_empty_layers(beside["OUTPUT"])
        progress.fraction(0.75)
        progress.info("Landelijke balans")
        balance = national_balance(places.geopackage, joined, moment, request.areas, request.targets)
        content = _content(choice, moment, joined, balance, found)
        check_quickly(content, "merge")
        write_balance(balance, beside["BALANCE"], beside["BALANCE (.csv)"])
        _write_indicators(balance, choice.agreement, beside)
        write_json(beside["REPORT"], content)
    return content


def _written(places: Places) -> dict[str, Path]:
    every = dict(places.all())
    if not can_write(PARQUET):
        del every["INDICATORS (.parquet)"]
    return every


def _write_indicators(balance: Balance, agreement: Agreement, beside: Mapping[str, Path]) -> None:
    rows = indicator_rows(balance, agreement)
    write_csv(beside["INDICATORS"], rows)
    if "INDICATORS (.parquet)" in beside:
        write_table(beside["INDICATORS (.parquet)"], rows)


def _borderlands(joined: Joined, delivered: set[str], request: Request, progress: Progress) -> _Borderlands:
    areas = joined.areas
    overlaps = shared_ground(areas, progress)
    if request.areas is None:
        return _Borderlands(overlaps, None, ())
    border = borders(request.areas, joined.agreement)
    apart = {(min(each), max(each)) for each in border.between() if not set(each) <= delivered}
    return _Borderlands(overlaps, gaps(areas, border, delivered, request.least_m), tuple(sorted(apart)))


def _content(choice: Choice, moment: str, joined: Joined, balance: Balance, found: _Borderlands) -> dict[str, Any]:
    agreement = choice.agreement
    there = {each.province for each in choice.counted}
    return {
        "format": FORMAT,
        "version": VERSION,
        "moment": moment,
        "agreement": f"{agreement.id} {agreement.version}",
        "deliveries": [
            {
                "province": each.province,
                "name": agreement.label(PROVINCE, each.province).nl,
                "file": each.file,
                "moment": each.moment,
                "proposal": each.manifest["proposal"]["id"],
                "title": each.manifest["proposal"]["title"],
                "variant": each.manifest["proposal"]["variant"],
                "draft": each.manifest["draft"],
                "plugin": each.manifest["plugin"]["version"],
                "digest": f"sha256:{each.digest}",
                "features": each.features,
            }
            for each in choice.counted
        ],
        "skipped": [
            {name: value for name, value in asdict(each).items() if name != "archive"} for each in choice.skipped
        ],
        "missing": [
            {"province": each.code, "name": each.label.nl}
            for each in agreement.code_lists[PROVINCE]
            if each.code not in there
        ],
        "overlaps": _rows(found.overlaps),
        "double_claims": claims_between(balance, joined),
        "gaps": None if found.gaps is None else _rows(found.gaps),
        "borders_not_judged": [list(each) for each in found.unjudged],
        "totals": national_totals(balance, choice.counted),
        "differences": differences(choice.counted),
        "notes": [*([NO_BORDERS] if found.gaps is None else []), *_carried(choice)],
    }


def _carried(choice: Choice) -> list[str]:
    return [
        f"{each.province}: overgezet van de afspraken {each.carried_from} naar {each.agreement}, met de vertaling."
        for each in choice.counted
        if each.carried_from
    ]


def _rows(rows: FeatureTable) -> list[dict[str, Any]]:
    """The rows of a table without their geometry."""
    columns = {name: values.tolist() for name, values in rows.columns.items()}
    return [dict(zip(columns, each, strict=True)) for each in zip(*columns.values(), strict=True)]
