"""Everything that variants can be laid beside each other on, without anybody's criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from novex_plugin.core.check.balance import Line
from novex_plugin.core.check.criteria import Measure
from novex_plugin.core.check.measures import EVERY_HARDNESS, measured
from novex_plugin.core.check.variant_facts import Value, VariantFacts
from novex_plugin.core.dutch import number, quantity
from novex_plugin.core.rules.combinations import CONFLICT, JUDGEMENTS, VOORWAARDE
from novex_plugin.core.rules.model import GEMOTIVEERD, HARDNESS, NIET_TOETSBAAR, OUTCOMES, OVERTREEDT

OUTCOME_ROWS, FINDING_ROWS, BALANCE_ROWS = "uitkomsten", "bevindingen", "balans"
COMBINATION_ROWS, AREA_ROWS = "combinaties", "oppervlakte"
GROUPS = (OUTCOME_ROWS, FINDING_ROWS, BALANCE_ROWS, COMBINATION_ROWS, AREA_ROWS)
DRAWN = ":getekend"
LEFT = {":remaining": "nog te doen", ":surplus": "daarboven"}
"""How the id of a row ends that holds what is drawn for a target, and of those that hold how far it is from it."""

_HARDNESS = {
    "verbod": "Open bij een verbod",
    "pas_toe_of_leg_uit": "Open bij pas toe of leg uit",
    "voorkeur": "Open bij een voorkeur",
    "advies": "Open bij een advies",
}
_JUDGED = {
    CONFLICT: "In conflict",
    VOORWAARDE: "Onder een voorwaarde",
    "goed": "Goed samen",
    "dubbel": "Dubbel getekend",
    "onbekend": "Niet in de matrix",
}


@dataclass(frozen=True)
class Row:
    """A measure with the value of each variant; `about` tells what it is held against, or None."""

    group: str
    id: str
    label: str
    about: str | None
    values: Mapping[str, Value]

    @property
    def same(self) -> bool:
        """Whether all variants have the same value, or none."""
        return len({each.value for each in self.values.values()}) == 1


def side_by_side(facts: Sequence[VariantFacts]) -> tuple[Row, ...]:
    """All rows, group by group. What no variant has anything of is left out, but for outcomes and totals."""
    return (*_outcomes(facts), *_findings(facts), *_balance(facts), *_combinations(facts), *_areas(facts))


def _row(
    group: str, name: str, label: str, measure: Measure, facts: Sequence[VariantFacts], about: str | None = None
) -> Row:
    return Row(group, f"{group}:{name}", label, about, {each.variant: measured(measure, each) for each in facts})


def _anything(row: Row) -> bool:
    return any(value.value for value in row.values.values())  # neither None nor zero


def _outcomes(facts: Sequence[VariantFacts]) -> Iterator[Row]:
    for outcome in OUTCOMES:
        measure = {"what": "hardness", "hardness": EVERY_HARDNESS, "outcome": outcome, "count": "rules"}
        values = {each.variant: Value(measured(measure, each).value, "regels") for each in facts}
        yield Row(OUTCOME_ROWS, f"{OUTCOME_ROWS}:{outcome}", f"Regels: {outcome.replace('_', ' ')}", None, values)


def _findings(facts: Sequence[VariantFacts]) -> Iterator[Row]:
    for hardness in HARDNESS:
        measure = {"what": "hardness", "hardness": hardness, "outcome": OVERTREEDT, "count": "findings"}
        yield _row(FINDING_ROWS, f"hardheid:{hardness}", _HARDNESS[hardness], measure, facts)
    for outcome, label in ((GEMOTIVEERD, "Gemotiveerd"), (NIET_TOETSBAAR, "Niet toetsbaar")):
        measure = {"what": "hardness", "hardness": EVERY_HARDNESS, "outcome": outcome, "count": "findings"}
        yield _row(FINDING_ROWS, f"uitkomst:{outcome}", label, measure, facts)
    programmes = {each.programme: each.title for each in reversed(facts[0].checked.catalogues) if each.rules}
    for programme, title in sorted(programmes.items(), key=lambda pair: pair[1]):
        measure = {"what": "programme", "programme": programme, "outcome": OVERTREEDT, "count": "findings"}
        row = _row(FINDING_ROWS, f"programma:{programme}", f"Open: {title}", measure, facts)
        if _anything(row):
            yield row


def _balance(facts: Sequence[VariantFacts]) -> Iterator[Row]:
    for line in facts[0].balance.targets:
        if not line.own:
            continue
        measure = {"what": "balance", "target": line.target}
        name = f"{line.label}, {line.place}"
        drawn = _row(BALANCE_ROWS, f"{line.target}{DRAWN}", name, measure | {"value": "drawn"}, facts, _asked(line))
        if _anything(drawn):
            yield drawn
            for part, label in LEFT.items():
                value = measure | {"value": part.removeprefix(":")}
                row = _row(BALANCE_ROWS, f"{line.target}{part}", f"{name}: {label}", value, facts)
                if _anything(row):
                    yield row


def _asked(line: Line) -> str | None:
    least, most = line.minimum, line.maximum
    until = f" tot en met {line.year}" if line.year is not None else ""
    if least is not None and most is not None and least != most:
        return f"gevraagd {number(least, line.unit)} – {quantity(most, line.unit)}{until}"
    if least is not None:
        return f"gevraagd {quantity(least, line.unit)}{'' if least == most else ' of meer'}{until}"
    return f"gevraagd {quantity(most, line.unit)} of minder{until}" if most is not None else None


def _combinations(facts: Sequence[VariantFacts]) -> Iterator[Row]:
    for judgement in JUDGEMENTS:
        for value, told in (("ha", "grond"), ("pairs", "paren")):
            measure = {"what": "combinations", "judgement": judgement, "value": value}
            label = f"{_JUDGED[judgement]}: {told}"
            yield _row(COMBINATION_ROWS, f"{judgement}:{value}", label, measure, facts)
    kinds = {
        (JUDGEMENTS.index(each["judgement"]), each["first"], each["second"])
        for variant in facts
        for each in variant.combined["kinds"]
        if each["judgement"] in (CONFLICT, VOORWAARDE)
    }
    names = facts[0].units
    for place, first, second in sorted(kinds):
        label = f"{_JUDGED[JUDGEMENTS[place]]}: {names.get(first, first)} × {names.get(second, second)}"
        wanted: Measure = {"what": "combinations", "judgement": JUDGEMENTS[place], "units": [first, second]}
        for value in ("ha", "m", "aantal"):
            name = f"{JUDGEMENTS[place]}:{first}:{second}:{value}"
            row = _row(COMBINATION_ROWS, name, label, {**wanted, "value": value}, facts)
            if _anything(row):
                yield row


def _areas(facts: Sequence[VariantFacts]) -> Iterator[Row]:
    for code, label in facts[0].units.items():
        for value in ("ha", "m", "aantal"):
            measure = {"what": "area", "legend": code, "value": value}
            row = _row(AREA_ROWS, f"{code}:{value}", label, measure, facts)
            if _anything(row):
                yield row
