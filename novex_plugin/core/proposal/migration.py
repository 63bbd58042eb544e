"""A mapping between agreements: how codes and indicators of one become those of another (`novex-migration` 1.0)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import file_digest, json_line, read_json

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Part:
    """One part of a unit that was split: the code `to` where each field of `where` has one of its values (as text)."""

    where: Mapping[str, tuple[str, ...]]
    to: str


@dataclass(frozen=True)
class Conversion:
    """What becomes of an indicator: another id, and values in `from_unit` times `factor` in `unit`.

    `to` None: dropped. `unit` None: the unit stays what it was.
    """

    to: str | None
    factor: float = 1.0
    from_unit: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Migration:
    """What is not carried under its own code. Without any entry every code that still exists carries over.

    `units` and `codes` (by code list) hold None for what was dropped; `reasons` says why, by list and code.
    """

    title: str = ""
    digest: str | None = None
    units: Mapping[str, str | None] = field(default_factory=dict)
    splits: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    indicators: Mapping[str, Conversion] = field(default_factory=dict)
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)


def read_migration(path: Path, source: tuple[str, str], old: Agreement | None, target: Agreement) -> Migration:
    """Read a mapping and hold it against both agreements.

    `source` is the id and release that the proposal names; `old` that agreement, None where it is not at hand: then
    the codes that are mapped from are not judged. Raises InputError naming the place and the line for a mapping between
    other agreements, a code mapped twice, and codes and units that do not exist.
    """
    content = read_json(path, "migration")
    for name, given in (("from", source), ("to", (target.id, target.version))):
        says = (content[name]["id"], content[name]["release"])
        if says != given:
            raise _refusal(
                path,
                (name,),
                f"de vertaling is voor de afspraken {says[0][:80]}-{says[1][:40]}, niet voor {given[0]}-{given[1]}.",
                "Geef de vertaling die bij dit voorstel en deze afspraken hoort.",
            )
    _refuse_unknown(path, content, old, target)
    return Migration(
        title=content.get("title", ""),
        digest=f"sha256:{file_digest(path)}",
        units={code: to for _, code, to in _units(content)},
        splits={
            entry["from"]: tuple(
                Part({name: tuple(values) for name, values in part["where"].items()}, part["to"])
                for part in entry["parts"]
            )
            for entry in content.get("units", [])
            if entry["kind"] == "split"
        },
        codes={
            name: {entry["from"]: entry["to"] for entry in entries}
            for name, entries in content.get("codes", {}).items()
        },
        indicators={entry["from"]: _conversion(entry) for entry in content.get("indicators", [])},
        reasons=_reasons(content),
    )


def _refusal(path: Path, place: Place, problem: str, remedy: str) -> InputError:
    written = "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return InputError(problem, remedy, path, field=written, line=json_line(path, place))


def _units(content: Mapping[str, Any]) -> Iterator[tuple[Place, str, str | None]]:
    """Each unit that gets one other code, or none: its place, its code and what it becomes."""
    for number, entry in enumerate(content.get("units", [])):
        if entry["kind"] == "merge":
            for each, code in enumerate(entry["from"]):
                yield ("units", number, "from", each), code, entry["to"]
        elif entry["kind"] != "split":
            yield ("units", number, "from"), entry["from"], entry.get("to")


def _conversion(entry: Mapping[str, Any]) -> Conversion:
    return Conversion(entry["to"], float(entry.get("factor", 1)), entry.get("from_unit"), entry.get("unit"))


def _reasons(content: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    lists = {
        "legenda": content.get("units", []),
        "indicator": content.get("indicators", []),
        **content.get("codes", {}),
    }
    return {
        (name, entry["from"]): entry["reason"]
        for name, entries in lists.items()
        for entry in entries
        if "reason" in entry
    }


def _refuse_unknown(path: Path, content: Mapping[str, Any], old: Agreement | None, target: Agreement) -> None:
    seen: set[tuple[str, str]] = set()
    for kind, place, code in _mapped_from(content):
        if (kind, code) in seen:
            raise _refusal(
                path, place, f"de code {code[:80]} van {kind} wordt twee keer vertaald.", "Laat er één staan."
            )
        seen.add((kind, code))
        if old is not None:
            _require(path, place, kind, code, _known(old, kind), "in de oude afspraken")
    for kind, place, code in _mapped_to(content):
        _require(path, place, kind, code, _known(target, kind), "in de nieuwe afspraken")
    for number, entry in enumerate(content.get("indicators", [])):
        if entry["to"] is not None and "unit" in entry and entry["unit"] != target.indicator[entry["to"]].unit:
            wanted = target.indicator[entry["to"]].unit
            problem = f"{entry['unit'][:80]} is niet de eenheid van {entry['to']}."
            raise _refusal(path, ("indicators", number, "unit"), problem, f"Reken om naar {wanted}.")


def _mapped_from(content: Mapping[str, Any]) -> Iterator[tuple[str, Place, str]]:
    """The list, the place and the code of everything that is translated."""
    for place, code, _ in _units(content):
        yield "legenda", place, code
    for number, entry in enumerate(content.get("units", [])):
        if entry["kind"] == "split":
            yield "legenda", ("units", number, "from"), entry["from"]
    for name, entries in content.get("codes", {}).items():
        for number, entry in enumerate(entries):
            yield name, ("codes", name, number, "from"), entry["from"]
    for number, entry in enumerate(content.get("indicators", [])):
        yield "indicator", ("indicators", number, "from"), entry["from"]


def _mapped_to(content: Mapping[str, Any]) -> Iterator[tuple[str, Place, str]]:
    """The list, the place and the code of everything that something becomes."""
    for number, entry in enumerate(content.get("units", [])):
        for each, part in enumerate(entry.get("parts", [])):
            yield "legenda", ("units", number, "parts", each, "to"), part["to"]
        if "to" in entry:
            yield "legenda", ("units", number, "to"), entry["to"]
    for name, entries in content.get("codes", {}).items():
        for number, entry in enumerate(entries):
            if entry["to"] is not None:
                yield name, ("codes", name, number, "to"), entry["to"]
    for number, entry in enumerate(content.get("indicators", [])):
        if entry["to"] is not None:
            yield "indicator", ("indicators", number, "to"), entry["to"]


def _known(agreement: Agreement, kind: str) -> Collection[str]:
    if kind == "legenda":
        return agreement.units
    if kind == "indicator":
        return agreement.indicator
    return agreement.codes(kind) if kind in agreement.code_lists else ()


def _require(path: Path, place: Place, kind: str, code: str, known: Collection[str], where: str) -> None:
    if code not in known:
        allowed = ", ".join(known) or "geen enkele code"
        raise _refusal(path, place, f"de code {code[:80]} van {kind} staat niet {where}.", f"Kies uit: {allowed}.")
