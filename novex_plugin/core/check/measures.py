"""Measure a variant by what a criterion asks. What cannot be told has no value, never zero, and says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from novex_plugin.core.check.balance import Line
from novex_plugin.core.check.criteria import Measure
from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.check.variant_facts import PROPOSED, Value, VariantFacts
from novex_plugin.core.errors import InputError
from novex_plugin.core.rules.model import NIET_TOETSBAAR, NIET_VAN_TOEPASSING

EVERY_HARDNESS = "alle"


def measured(measure: Measure, facts: VariantFacts) -> Value:
    """The value of a variant by a measure. Raises InputError for a rule, programme, target, indicator or legend unit
    that is not there."""
    return _MEASURES[measure["what"]](measure, facts)


def _rule(measure: Measure, facts: VariantFacts) -> Value:
    outcomes = [each for each in facts.checked.outcomes if each.rule.id == measure["rule"]]
    if not outcomes:
        raise _unknown("de regel", measure["rule"], (each.rule.id for each in facts.checked.outcomes))
    return _findings(measure["outcome"], outcomes, facts)


def _programme(measure: Measure, facts: VariantFacts) -> Value:
    outcomes = [each for each in facts.checked.outcomes if each.rule.programme == measure["programme"]]
    if not outcomes:
        raise _unknown("het programma", measure["programme"], {each.rule.programme for each in facts.checked.outcomes})
    return _counted(measure, outcomes, facts)


def _hardness(measure: Measure, facts: VariantFacts) -> Value:
    wanted = measure["hardness"]
    outcomes = [each for each in facts.checked.outcomes if wanted in (EVERY_HARDNESS, each.rule.hardness)]
    return _counted(measure, outcomes, facts)


def _counted(measure: Measure, outcomes: list[RuleOutcome], facts: VariantFacts) -> Value:
    if measure["count"] == "findings":
        return _findings(measure["outcome"], outcomes, facts)
    number = sum(each.outcome == measure["outcome"] for each in outcomes)
    if measure["outcome"] == NIET_TOETSBAAR:
        return Value(number, "regels")
    return _with_doubt(number, "regels", outcomes)


def _findings(outcome: str, outcomes: list[RuleOutcome], facts: VariantFacts) -> Value:
    number = facts.findings(outcome, frozenset(each.rule.id for each in outcomes))
    if outcome == NIET_TOETSBAAR:
        return Value(number, "bevindingen")
    return _with_doubt(number, "bevindingen", outcomes)


def _with_doubt(number: int, unit: str, outcomes: list[RuleOutcome]) -> Value:
    """A count over rules, some of which may not have been tested; none when nothing was."""
    asked = [each for each in outcomes if each.outcome != NIET_VAN_TOEPASSING]
    lost = [each for each in asked if each.outcome == NIET_TOETSBAAR]
    partly = [each for each in asked if each.missing and each.outcome != NIET_TOETSBAAR]
    if lost and len(lost) == len(asked) and number == 0:
        said = lost[0].message if len(outcomes) == 1 else f"geen van de {len(asked)} regels is toetsbaar"
        return Value(None, unit, said)
    notes = []
    if not asked:
        notes.append("niet van toepassing")
    if lost:
        notes.append(f"{len(lost)} van {len(asked)} regels niet toetsbaar")
    if partly:
        notes.append(f"{len(partly)} van {len(asked)} regels deels niet getoetst")
    return Value(number, unit, "; ".join(notes) or None)


def _balance(measure: Measure, facts: VariantFacts) -> Value:
    if "target" in measure:
        lines = [line for line in facts.balance.targets if line.target == measure["target"]]
        if not lines:
            raise _unknown("het doel", measure["target"], (line.target for line in facts.balance.targets))
        return line_value(lines[0], measure["value"])
    place = measure.get("place") or facts.province
    totals = [each for each in facts.balance.totals if each.indicator == measure["indicator"]]
    if not totals:
        raise _unknown("de indicator", measure["indicator"], {each.indicator for each in facts.balance.totals})
    here = [each for each in totals if each.place_code == place and each.year is None]
    if not here:
        raise _unknown("de plaats", place, {each.place_code for each in totals if each.year is None})
    drawn = here[0].drawn
    return Value(drawn, here[0].unit, None if drawn is not None else "niets getekend dat meetelt")


def line_value(line: Line, name: str) -> Value:
    """What a line of the balance says: `drawn`, `remaining` or `surplus`."""
    value = {"drawn": line.drawn, "remaining": line.remaining, "surplus": line.surplus}[name]
    return Value(value, line.unit, f"ontbreekt: {line.missing}" if value is None else None)


def _combinations(measure: Measure, facts: VariantFacts) -> Value:
    value, judgement = measure["value"], measure["judgement"]
    unit = "paren" if value == "pairs" else value
    if facts.combined["missing"]:
        return Value(None, unit, facts.combined["missing"])
    if "units" not in measure:
        (total,) = (each for each in facts.combined["totals"] if each["judgement"] == judgement)
        return Value(total[value], unit)
    for code in measure["units"]:
        _known_unit(code, facts)
    wanted = sorted(measure["units"])
    kinds = [each for each in facts.combined["kinds"] if [each["first"], each["second"]] == wanted]
    return Value(sum(each[value] for each in kinds if each["judgement"] == judgement), unit)


def _area(measure: Measure, facts: VariantFacts) -> Value:
    _known_unit(measure["legend"], facts)
    return facts.drawn(measure["legend"], measure["value"], tuple(measure.get("roles", PROPOSED)))


def _known_unit(code: str, facts: VariantFacts) -> None:
    if code not in facts.units:
        raise _unknown("de legenda-eenheid", code, facts.units)


def _unknown(what: str, value: str, known: Iterable[str]) -> InputError:
    names = sorted(set(known))
    shown = ", ".join(names[:60]) + (f" en nog {len(names) - 60}" if len(names) > 60 else "")
    return InputError(f"{what} {value[:80]!r} bestaat niet.", f"Kies uit: {shown or 'niets'}.")


_MEASURES: dict[str, Callable[[Measure, VariantFacts], Value]] = {
    "rule": _rule,
    "programme": _programme,
    "hardness": _hardness,
    "balance": _balance,
    "combinations": _combinations,
    "area": _area,
}
