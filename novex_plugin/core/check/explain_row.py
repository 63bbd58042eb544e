"""What one row with an explanation asks for, or why it cannot be had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from novex_plugin.core.check.explanations import exceptions_to_invoke
from novex_plugin.core.check.open_findings import Finding, OpenFindings, is_open
from novex_plugin.core.proposal.explanation_file import GivenRow, Refusal
from novex_plugin.core.rules.model import LEAST_REASON, VERBOD, Rule

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_NUMBER = re.compile(r"[0-9]{1,4}")
_AGAIN = "Toets opnieuw en geef die bevindingen."


@dataclass(frozen=True)
class Ground:
    """What rows are judged by: the rules by id, the features by id with their place, the digest of the geometry of each
    feature that has an open finding, and the findings themselves where they were given. `whole` is the variant that an
    explanation without a feature is about, None where the proposal has several and nobody chose."""

    rules: Mapping[str, Rule]
    features: Mapping[str, int]
    digests: Mapping[str, str]
    findings: OpenFindings | None
    whole: str | None
    ijkmoment: int
    today: date


@dataclass(frozen=True)
class Asked:
    """An explanation to record: for a feature, or None for the whole variant, with the finding where one is known."""

    row: GivenRow
    rule: Rule
    feature: str | None
    exception: str | None
    day: date
    until: str | None
    finding: Finding | None


def asked_by(row: GivenRow, ground: Ground) -> tuple[list[Asked], list[Refusal]]:
    """What a row asks for; nothing when there is any reason to refuse it."""
    if row.refusals:
        return [], list(row.refusals)
    refusals = [*_words(row), *_moments(row, ground)]
    about: list[tuple[str | None, Finding | None]] = []
    rule, wrong = _rule(row, ground)
    refusals += wrong
    exception = None
    if rule is not None:
        exception, wrong = _exception(row, rule)
        refusals += wrong
        about, wrong = _about(row, rule, ground)
        refusals += wrong
    if refusals or rule is None:
        return [], refusals
    day, until = _day(row.values["datum"]) or ground.today, row.values["geldig_tot_ijkmoment"] or None
    return [Asked(row, rule, feature, exception, day, until, finding) for feature, finding in about], []


def _words(row: GivenRow) -> Iterator[Refusal]:
    if len(row.values["reden"]) < LEAST_REASON:
        said = f"de reden telt {len(row.values['reden'])} tekens."
        yield row.refused("reden", said, f"Geef een reden van ten minste {LEAST_REASON} tekens.")
    for name in ("organisatie", "rol"):
        if not row.values[name]:
            yield row.refused(name, "ontbreekt.", "Noem de organisatie en haar rol, nooit een persoon.")
        elif "@" in row.values[name]:
            yield row.refused(name, "lijkt een e-mailadres.", "Noem de organisatie en haar rol, nooit een persoon.")


def _moments(row: GivenRow, ground: Ground) -> Iterator[Refusal]:
    given, until = row.values["datum"], row.values["geldig_tot_ijkmoment"]
    day = _day(given)
    if given and day is None:
        yield row.refused("datum", f"{given[:40]!r} is geen datum.", "Schrijf jjjj-mm-dd, bijvoorbeeld 2026-11-20.")
    elif day is not None and day > ground.today:
        yield row.refused("datum", f"{given} ligt in de toekomst.", "Geef de dag waarop de reden is vastgelegd.")
    if until and not _NUMBER.fullmatch(until):
        yield row.refused("geldig_tot_ijkmoment", f"{until[:40]!r} is geen heel getal.", "Geef een nummer, of niets.")
    elif until and int(until) < ground.ijkmoment:
        said = f"ijkmoment {until} is voorbij: het voorstel staat op {ground.ijkmoment}."
        yield row.refused("geldig_tot_ijkmoment", said, f"Geef {ground.ijkmoment} of later, of niets.")


def _day(text: str) -> date | None:
    """A day as written by machines or by people here; None for what is no day."""
    found = _DAY.fullmatch(text)
    parts = found.groups() if found else None
    if parts is None and (found := _DUTCH_DAY.fullmatch(text)):
        parts = found.groups()[::-1]
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def _rule(row: GivenRow, ground: Ground) -> tuple[Rule | None, list[Refusal]]:
    """The rule that a row names, itself or through its finding."""
    name, finding = row.values["regel"], row.values["bevinding"]
    if finding:
        if ground.findings is None:
            return None, [row.refused("bevinding", "er zijn geen bevindingen gegeven.", "Geef FINDINGS, of regel.")]
        known = ground.findings.by_id.get(finding)
        if known is None:
            return None, [row.refused("bevinding", f"{finding!r} staat niet in de bevindingen.", _AGAIN)]
        if name not in ("", known["regel"]):
            said = f"deze bevinding is van regel {known['regel']}, niet van {name!r}."
            return None, [row.refused("regel", said, "Laat regel leeg, of noem de juiste.")]
        name = known["regel"]
    rule = ground.rules.get(name)
    if rule is not None:
        return rule, []
    said = f"de regel {name!r} is onbekend." if name else "ontbreekt."
    near = get_close_matches(name, ground.rules, 1)
    remedy = f"Bedoelt u {near[0]}?" if near else "Neem de regel over uit de uitkomst van novex:check."
    return None, [row.refused("regel", said, remedy)]


def _exception(row: GivenRow, rule: Rule) -> tuple[str | None, list[Refusal]]:
    """The exception that is appealed to. A prohibition with one exception can mean no other."""
    given, known = row.values["uitzondering"], [each.id for each in exceptions_to_invoke(rule)]
    choice = f"Kies uit: {', '.join(known)}." if known else "Laat dit veld leeg."
    if given in known:
        return given, []
    if given in {each.id for each in rule.exemptions}:
        said = f"de uitzondering {given!r} volgt uit de gegevens; men kan zich er niet op beroepen."
        return None, [row.refused("uitzondering", said, choice)]
    if given:
        said = f"de regel {rule.id} kent geen uitzondering {given!r}."
        return None, [row.refused("uitzondering", said, choice)]
    if rule.hardness != VERBOD or len(known) == 1:
        return (known[0] if rule.hardness == VERBOD else None), []
    if known:
        return None, [row.refused("uitzondering", "dit verbod kent meer dan één uitzondering.", choice)]
    said = f"{rule.id} is een verbod zonder uitzondering waarop men zich kan beroepen: een motivering verandert niets."
    return None, [row.refused("regel", said, "Pas het ontwerp aan.")]


def _about(row: GivenRow, rule: Rule, ground: Ground) -> tuple[list[tuple[str | None, Finding | None]], list[Refusal]]:
    """The features that a row is about, with their findings where those were given."""
    feature = row.values["kenmerk"]
    if feature and feature not in ground.features:
        said = f"er is geen object met kenmerk {feature!r} in dit voorstel of deze variant."
        return [], [row.refused("kenmerk", said, "Neem het kenmerk over uit het veld id van het object.")]
    if ground.findings is not None:
        return _found(row, rule, ground, ground.findings)
    if not feature and ground.whole is None:
        said = "zonder kenmerk gaat een motivering over een hele variant, en het voorstel heeft er meer."
        return [], [row.refused("kenmerk", said, "Geef VARIANT, of een kenmerk.")]
    return [(feature or None, None)], []


def _found(
    row: GivenRow, rule: Rule, ground: Ground, findings: OpenFindings
) -> tuple[list[tuple[str | None, Finding | None]], list[Refusal]]:
    feature, named = row.values["kenmerk"], row.values["bevinding"]
    if named:
        chosen = [findings.by_id[named]]
    elif feature:
        chosen = list(findings.by_feature.get((rule.id, feature), ()))
    else:
        chosen = list(findings.by_rule.get(rule.id, ()))
    refusals = [refusal for finding in chosen if (refusal := _unusable(row, rule, finding, ground)) is not None]
    if not chosen:
        said = f"de regel {rule.id} heeft geen open bevinding" + (f" bij {feature!r}." if feature else ".")
        refusals.append(row.refused("kenmerk" if feature else "regel", said, _AGAIN))
    by_feature: dict[str | None, list[Finding]] = {}
    for finding in chosen:
        by_feature.setdefault(finding["kenmerk"], []).append(finding)
    # With several findings on one feature there is no one measure that was judged.
    return [(each, found[0] if len(found) == 1 else None) for each, found in by_feature.items()], refusals


def _unusable(row: GivenRow, rule: Rule, finding: Finding, ground: Ground) -> Refusal | None:
    feature = finding["kenmerk"]
    if row.values["kenmerk"] not in ("", feature):
        said = f"deze bevinding is van {feature or 'de hele variant'!r}."
        return row.refused("kenmerk", said, "Laat kenmerk leeg, of noem het juiste.")
    if not is_open(finding):
        return row.refused("bevinding", f"deze bevinding staat niet open ({finding['uitkomst']}).", _AGAIN)
    if finding["regel_versie"] != rule.version:
        said = f"de regel {rule.id} heeft nu versie {rule.version}; getoetst is {finding['regel_versie']}."
        return row.refused("regel", said, _AGAIN)
    if feature is not None and ground.digests.get(feature) != finding["kenmerk_digest"]:
        return row.refused("kenmerk", f"het object {feature!r} is sinds de toetsing veranderd of weg.", _AGAIN)
    return None
