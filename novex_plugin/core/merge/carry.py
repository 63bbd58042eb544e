"""Deliveries that follow another release of the agreement, carried over with the mapping between the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from novex_plugin.core.agreement import Agreement, agreement_names, agreement_path, read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import read_json
from novex_plugin.core.merge.offers import Offer, Skipped, skip
from novex_plugin.core.proposal.migrate import migrate
from novex_plugin.core.proposal.migration import Migration, read_migration

_JUDGE = "Zet het voorstel over met novex:migrate, beoordeel wat daar wacht en lever het opnieuw."


@dataclass(frozen=True)
class Carry:
    """How deliveries come from the agreement `source` (`<id>-<release>`) to `target`."""

    source: str
    target: Agreement
    mapping: Path
    migration: Migration

    def over(self, offer: Offer) -> Offer | Skipped:
        """The delivery as `target` has it; one that follows other agreements than `source` as it is.

        A delivery of which any row needs a person is left out whole: a total without that row would pass for whole.
        """
        name = f"{self.target.id}-{self.target.version}"
        if offer.agreement != self.source or offer.agreement == name:
            return offer
        output = offer.proposal.with_name("overgezet.gpkg")
        try:
            done = migrate(offer.proposal, self.target, output, datetime.fromisoformat(offer.moment), self.mapping)
        except InputError as error:
            return skip(offer, f"is niet over te zetten van {self.source} naar {name}: {error.problem}", error.remedy)
        if done.needs_person:
            first = done.content["to_judge"][0]
            where = f"tabel {first['table']}, rij {first['row']}, veld {first['field']}: {first['problem']}"
            waiting = f"wacht een oordeel over {done.needs_person} rijen, de eerste: {where}"
            return skip(offer, f"volgt de afspraken {self.source}; bij het overzetten naar {name} {waiting}.", _JUDGE)
        drawn = _converted(offer.drawn, self.migration)
        return replace(offer, agreement=name, carried_from=self.source, proposal=output, drawn=drawn)


def _converted(
    drawn: Mapping[tuple[str, int | None], float], migration: Migration
) -> dict[tuple[str, int | None], float]:
    """What a delivery says itself, by the indicators and in the units of the new agreement."""
    result: dict[tuple[str, int | None], float] = {}
    for (indicator, year), value in sorted(drawn.items(), key=str):
        conversion = migration.indicators.get(indicator)
        name = indicator if conversion is None else conversion.to
        if name is not None:
            factor = 1.0 if conversion is None else conversion.factor
            result[name, year] = result.get((name, year), 0.0) + value * factor
    return result


def read_carry(mapping: Path, agreement: Agreement | None) -> Carry:
    """Read a mapping (`novex-migration` 1.0); without an `agreement` it leads to the one that it names.

    Raises InputError for a mapping that cannot be used, or that leads to another agreement.
    """
    content = read_json(mapping, "migration")
    old, new = (f"{content[side]['id']}-{content[side]['release']}" for side in ("from", "to"))
    if agreement is None and new not in agreement_names():
        problem = f"gaat naar de afspraken {new[:80]}, die niet bij deze plugin horen."
        raise InputError(problem, "Geef ook het bestand met die afspraken (AGREEMENT).", mapping, field="$.to")
    target = agreement or read_agreement(agreement_path(new))
    before = read_agreement(agreement_path(old)) if old in agreement_names() else None
    source = (content["from"]["id"], content["from"]["release"])
    return Carry(old, target, mapping, read_migration(mapping, source, before, target))
