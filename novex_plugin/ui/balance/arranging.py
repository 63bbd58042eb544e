"""Which lines of a balance are shown for a place and a year, and in which groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.balance import Balance, Line
from novex_plugin.core.check.claims import Claim
from novex_plugin.core.check.ledger import Number, Total
from novex_plugin.core.check.outcome import NIET_TOETSBAAR
from novex_plugin.core.check.places import LAND, NOVEX, PROVINCE
from novex_plugin.core.rules.targets import COUNTRY

EVERYWHERE, ALL_YEARS = "", 0
MIDDLE, LAST = 2030, 2050
"""The horizons: targets until and including 2030, and those of later years."""

TINTS = ("concreet", "indicatief", "zoekgebied")
"""From sure to unsure, the order in which a bar is filled."""

_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)

PLACE, ZERO, UNTESTABLE, LOOSE, CLAIMS, NOTES = "place", "zero", "untestable", "loose", "claims", "notes"


@dataclass(frozen=True)
class Spot:
    """A place to choose: its code (`EVERYWHERE` for all places), name and kind."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Scope:
    """What the user looks at: a place and `MIDDLE`, `LAST` or `ALL_YEARS`."""

    place: str
    horizon: int


@dataclass(frozen=True)
class Bar:
    """What one variant draws: the amounts in the order of `TINTS` and what has no known precision; of an indicator
    that does not add up the whole alone. `variant` is its name, empty while variants do not stand side by side."""

    variant: str
    drawn: Number | None
    parts: tuple[float, float, float, float]
    outcome: str


Source = Line | Total | Claim | str


@dataclass(frozen=True)
class Row:
    """A line on the screen; `key` stays the same from count to count. Only targets have bars. `place` is named where
    the heading does not."""

    key: str
    source: Source
    features: tuple[str, ...]
    bars: tuple[Bar, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under a heading; `name` is the place of a group of the kind `PLACE`."""

    kind: str
    key: str
    name: str
    rows: tuple[Row, ...] = field(repr=False)
    folded: bool = True


def spots(balance: Balance, agreement: Agreement, province: str) -> tuple[Spot, ...]:
    """The places to choose from: the province, what lies in it, the country, and all."""
    label = next((code.label.nl for code in agreement.code_lists[PROVINCE] if code.code == province), province)
    found = {province: Spot(province, label, PROVINCE)} if province else {}
    for code in agreement.code_lists.get("novex_gebied", ()):
        if province in code.provinces:
            found.setdefault(code.code, Spot(code.code, code.label.nl, NOVEX))
    for line in balance.targets:
        if line.own and line.place_code != COUNTRY:
            found.setdefault(line.place_code, Spot(line.place_code, line.place, line.place_kind))
    inside = sorted(found.values(), key=lambda spot: (spot.kind != PROVINCE, spot.kind != NOVEX, spot.name.casefold()))
    return (*inside, Spot(COUNTRY, "Nederland", LAND), Spot(EVERYWHERE, "", ""))


def arranged(
    balance: Balance, agreement: Agreement, province: str, scope: Scope, others: Mapping[str, Balance]
) -> tuple[Group, ...]:
    """The groups for a scope; `others` are the balances of all variants by name, this one too, or nothing.

    Of the province also what lies in it and the country are shown.
    """
    lines = [line for line in balance.targets if _in_place(line, province, scope) and _in_time(line.year, scope)]
    twins = {name: {line.target: line for line in other.targets} for name, other in others.items()}
    rows = [Row(f"target:{line.target}", line, line.features, _bars(line, twins, agreement)) for line in lines]
    shown = [row for row in rows if _contributes(row)]
    groups = list(_by_place(shown, province))
    drawn = {row.key for row in shown}
    rest = [row for row in rows if row.key not in drawn]
    if len({_line(row).place_code for row in rows}) > 1:
        rest = [replace(row, place=_line(row).place) for row in rest]
    untestable = tuple(row for row in rest if _line(row).outcome == NIET_TOETSBAAR)
    zero = tuple(row for row in rest if _line(row).outcome != NIET_TOETSBAAR)
    groups.append(Group(ZERO, ZERO, "", zero, bool(shown)))
    groups.append(Group(UNTESTABLE, UNTESTABLE, "", untestable, bool(shown or zero)))
    groups.append(Group(LOOSE, LOOSE, "", tuple(_loose(balance, lines, scope))))
    claims = (Row(f"claim:{claim.contribution}", claim, claim.features) for claim in balance.double_claims)
    groups.append(Group(CLAIMS, CLAIMS, "", tuple(claims)))
    groups.append(Group(NOTES, NOTES, "", tuple(_notes(balance))))
    return tuple(group for group in groups if group.rows)


def reached(groups: Iterable[Group]) -> tuple[int, int]:
    """How many of the targets in these groups are reached, and how many can be told."""
    outcomes = [_line(row).outcome for group in groups for row in group.rows if isinstance(row.source, Line)]
    told = [outcome for outcome in outcomes if outcome != NIET_TOETSBAAR]
    return sum(outcome not in ("tekort", "overschot") for outcome in told), len(told)


def parts_of(row: Row, balance: Balance) -> dict[str, Number]:
    """What each feature of a row adds, in the unit of its indicator; of a share its percentage."""
    source = row.source
    if isinstance(source, Total):
        total: Total | None = source
    elif isinstance(source, Line):
        wanted = (source.indicator, source.place_code)
        alike = [each for each in balance.totals if (each.indicator, each.place_code) == wanted]
        # There is a total for each horizon and one for all years; the year of a target may be another.
        total = next((each for each in alike if each.year == source.year), None)
        total = total or next((each for each in alike if each.year is None), None)
    else:
        return {}
    added: dict[str, Number] = {}
    wanted_features = frozenset(row.features)
    for part in total.parts if total else ():
        if part.feature in wanted_features:
            known = added.get(part.feature, 0)
            added[part.feature] = part.value if part.weight is not None else known + part.value
    return added


def _in_place(line: Line, province: str, scope: Scope) -> bool:
    if scope.place == EVERYWHERE:
        return True
    return line.own if scope.place == province else line.place_code == scope.place


def _in_time(year: int | None, scope: Scope) -> bool:
    """Targets without a year are of every horizon."""
    if scope.horizon == ALL_YEARS or year is None:
        return True
    return year <= MIDDLE if scope.horizon == MIDDLE else year > MIDDLE


def _line(row: Row) -> Line:
    if not isinstance(row.source, Line):
        raise TypeError(row.key)
    return row.source


def _contributes(row: Row) -> bool:
    return bool(row.features) or any(bar.drawn for bar in row.bars)


def _bars(line: Line, twins: Mapping[str, Mapping[str, Line]], agreement: Agreement) -> tuple[Bar, ...]:
    if not twins:
        return (_bar("", line, agreement),)
    return tuple(_bar(name, known[line.target], agreement) for name, known in twins.items() if line.target in known)


def _bar(variant: str, line: Line, agreement: Agreement) -> Bar:
    whole = float(line.drawn or 0)
    indicator = agreement.indicator.get(line.indicator)
    if indicator is None or indicator.adds == "share":
        return Bar(variant, line.drawn, (whole, 0.0, 0.0, 0.0), line.outcome)
    known = [float(line.by_precision[code].drawn or 0) if code in line.by_precision else 0.0 for code in TINTS]
    return Bar(variant, line.drawn, (known[0], known[1], known[2], max(0.0, whole - sum(known))), line.outcome)


def _by_place(rows: Sequence[Row], province: str) -> Iterator[Group]:
    """The own province first, then what lies in it, then the country, then all else."""
    places: dict[str, list[Row]] = {}
    for row in rows:
        places.setdefault(_line(row).place_code, []).append(row)

    def rank(code: str) -> tuple[int, str]:
        line = _line(places[code][0])
        if code == province:
            return 0, ""
        return (2 if code == COUNTRY else 1 if line.own else 3), line.place.casefold()

    for code in sorted(places, key=rank):
        yield Group(PLACE, f"{PLACE}:{code}", _line(places[code][0]).place, tuple(places[code]), False)


def _loose(balance: Balance, lines: Sequence[Line], scope: Scope) -> Iterator[Row]:
    """What is drawn in the place for indicators that no target of the scope asks for."""
    asked = {line.indicator for line in lines if line.features}
    year = None if scope.horizon == ALL_YEARS else scope.horizon
    for total in balance.totals:
        if total.place_code != (scope.place or COUNTRY) or total.year != year or not total.parts:
            continue
        if total.indicator not in asked:
            features = tuple(sorted({part.feature for part in total.parts}))
            yield Row(f"total:{total.indicator}", total, features)


def _notes(balance: Balance) -> Iterator[Row]:
    """What was noted of the count, with the features that it names; not what the details of a target tell already."""
    told = {f"doel {line.target}: {said}" for line in balance.targets for said in (line.note, line.doubt)}
    for note in dict.fromkeys(balance.notes):
        if note not in told:
            yield Row(f"note:{note}", note, tuple(dict.fromkeys(_ID.findall(note))))
