"""Where an agreement contradicts itself: codes that occur twice, and references to what is not there (any more)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from novex_plugin.core.agreement.model import Agreement, Indicator, LegendUnit

Place = tuple[str | int, ...]

MEASURED_IN = {"area": "ha", "length": "km"}
"""The unit of what the geometry can check."""


class Contradiction(NamedTuple):
    """Where it stands, what is wrong there, and what is allowed instead (empty: that cannot be listed)."""

    place: Place
    problem: str
    allowed: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The place as JSON path."""
        return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.place)


KNOWN_ROLES = ("bestaand", "vervalt")
"""Roles with a meaning of their own: what is there already, and what goes, do not add to what is proposed."""


def contradictions(agreement: Agreement) -> Iterator[Contradiction]:
    """Everything in the agreement that contradicts something else in it."""
    for name, entries in agreement.code_lists.items():
        yield from _doubles(("code_lists", name), (entry.code for entry in entries))
        for number, entry in enumerate(entries):
            place = ("code_lists", name, number, "provinces")
            yield from _absent(place, "provincie", entry.provinces, agreement.codes("provincie"))
    yield from _doubles(("indicators",), (indicator.id for indicator in agreement.indicators))
    yield from _doubles(("legend",), (unit.code for unit in agreement.legend))
    yield from _wrong_numbers(agreement)
    yield from _lax(agreement)
    for role in KNOWN_ROLES:
        if role not in agreement.codes("rol"):
            said = f"de rol {role} ontbreekt; de balans weet zonder haar niet wat er al is of verdwijnt."
            yield Contradiction(("code_lists", "rol"), said, (*agreement.codes("rol"), role))
    for number, indicator in enumerate(agreement.indicators):
        yield from _indicator(agreement, indicator, ("indicators", number))
    for number, unit in enumerate(agreement.legend):
        yield from _unit(agreement, unit, ("legend", number))


def _doubles(place: Place, codes: Iterable[str]) -> Iterator[Contradiction]:
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if code in seen:
            yield Contradiction((*place, number), f"de code {code} komt twee keer voor.")
        seen.add(code)


def _wrong_numbers(agreement: Agreement) -> Iterator[Contradiction]:
    for number, code in enumerate(agreement.codes("horizon")):
        if not (code.isascii() and code.isdigit()):
            yield Contradiction(("code_lists", "horizon", number), f"de horizon {code} is geen jaartal.")
    scale = agreement.scale
    if not scale.largest <= scale.drawn <= scale.smallest:
        said = "de schaal van tekenen ligt niet tussen de grootste en de kleinste schaal."
        yield Contradiction(("scale",), said)


def _lax(agreement: Agreement) -> Iterator[Contradiction]:
    """Strictness for programmes that are not there, or that are named twice."""
    place: Place = ("strictness", "programmes")
    named = [programme for programme, _ in agreement.strictness.given]
    yield from _doubles(place, named)
    for number, programme in enumerate(named):
        yield from _absent((*place, number, "programme"), "programma", (programme,), agreement.codes("programma"))


def _indicator(agreement: Agreement, indicator: Indicator, place: Place) -> Iterator[Contradiction]:
    yield from _absent((*place, "unit"), "eenheid", (indicator.unit,), agreement.codes("eenheid"))
    weighed = (indicator.of,) if indicator.of is not None else ()
    yield from _absent((*place, "of"), "indicator", weighed, agreement.indicator)
    if (indicator.adds == "share") != bool(weighed):
        said = f"een aandeel heeft een indicator die weegt, en alleen een aandeel ({indicator.id})."
        yield Contradiction((*place, "of"), said)
    fixed = MEASURED_IN.get(indicator.adds)
    if fixed is not None and indicator.unit != fixed:
        said = f"de indicator {indicator.id} telt op als {indicator.adds} en moet in {fixed} staan."
        yield Contradiction((*place, "unit"), said, (fixed,))


def _unit(agreement: Agreement, unit: LegendUnit, place: Place) -> Iterator[Contradiction]:
    yield from _absent((*place, "programme"), "programma", (unit.programme,), agreement.codes("programma"))
    perspectives = (unit.perspective,) if unit.perspective is not None else ()
    yield from _absent((*place, "perspective"), "perspectief", perspectives, agreement.codes("perspectief"))
    yield from _absent((*place, "indicators"), "indicator", unit.indicators, agreement.indicator)
    yield from _absent((*place, "roles"), "rol", unit.roles, agreement.codes("rol"))
    if "punt" in unit.geometry and unit.symbol.marker is None:
        said = f"de legenda-eenheid {unit.code} kan een punt zijn en heeft geen teken."
        yield Contradiction((*place, "symbol", "marker"), said)
    if "lijn" in unit.geometry and unit.symbol.line is None:
        said = f"de legenda-eenheid {unit.code} kan een lijn zijn en heeft geen lijnvorm."
        yield Contradiction((*place, "symbol", "line"), said)


def _absent(place: Place, kind: str, used: Iterable[str], known: Iterable[str]) -> Iterator[Contradiction]:
    present = tuple(known)
    for name in used:
        if name not in present:
            yield Contradiction(place, f"de {kind} {name} staat niet in de afspraken.", present)
