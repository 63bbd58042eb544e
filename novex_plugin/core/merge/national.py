"""The balance of the whole country: what all deliveries draw together beside the national targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from novex_plugin.core.check.balance import Balance, balance_of
from novex_plugin.core.check.ledger import Number, as_number
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.merge.joined import Joined
from novex_plugin.core.merge.offers import Offer
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.core.rules.targets import COUNTRY

NATIONAL = "landelijk"
"""What stands for the proposal and its variant in the balance of all deliveries."""


def national_balance(
    written: Path, joined: Joined, moment: str, areas: FeatureTable | None, targets: Sequence[Path] | None
) -> Balance:
    """Lay all deliveries together beside the targets. What two of them claim on the same ground counts once.

    `written` is the national GeoPackage: the rows that notes name are its rows. Features count in the province of
    their field, or with `areas` where they lie; for the country each counts once.
    """
    tables = dict(joined.tables)
    for table in FEATURE_TABLES.values():
        rows = tables[table]
        named = {**rows.columns, "variant": np.full(len(rows), NATIONAL, dtype=object)}
        tables[table] = replace(rows, columns=named)
    together = Proposal(
        path=written,
        id=NATIONAL,
        title=NATIONAL,
        province=COUNTRY,
        agreement=joined.agreement,
        variants=(NATIONAL,),
        tables=tables,
        problems=(),
    )
    return balance_of(together, NATIONAL, targets, datetime.fromisoformat(moment), areas)


def claims_between(balance: Balance, joined: Joined) -> list[dict[str, Any]]:
    """The contributions that features of different deliveries claim on the same ground, in the balance's order."""
    origin = joined.origin()
    found = []
    for claim in balance.double_claims:
        features = [dict(zip(("levering", "kenmerk"), origin[name], strict=True)) for name in claim.features]
        if len({each["levering"] for each in features}) > 1:
            found.append({**asdict(claim), "features": features})
    return found


def national_totals(balance: Balance, offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """What is drawn in the country for each indicator and year, beside the sum of what the deliveries say themselves.

    `declared` is None for shares, which do not add up, and where a delivery that was carried over does not say it.
    """
    return [
        {
            "indicator": total.indicator,
            "unit": total.unit,
            "adds": total.adds,
            "year": total.year,
            "drawn": total.drawn,
            "declared": None if total.adds == "share" else _declared((total.indicator, total.year), offers),
        }
        for total in balance.totals
        if total.place_code == COUNTRY
    ]


def _declared(what: tuple[str, int | None], offers: Sequence[Offer]) -> Number | None:
    if any(offer.carried_from and what not in offer.drawn for offer in offers):
        return None
    return as_number(sum(sorted(offer.drawn.get(what, 0.0) for offer in offers)))
