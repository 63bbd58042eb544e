"""Where a layer comes from, as its metadata tell it: the actions of the log, and the datasets that were used."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_MOST_STEPS = 200
_MOST_NAMES = 10
_LONGEST = 120


@dataclass(frozen=True)
class Step:
    """What was done, how often and with what; `moment` (UTC, `2026-11-20T08:00:00Z`) is the last time that day."""

    description: str
    moment: str | None = None


@dataclass(frozen=True)
class Lineage:
    """`statement` tells it in a few sentences, `steps` the actions in the order of time, `sources` the datasets."""

    statement: str
    steps: tuple[Step, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origins:
    """What a lineage is told of.

    `log` holds rows of the table `logboek` (`tijd`, `handeling`, `gegevens`), which people may have changed by hand;
    `sources` the datasets in words, `rules` the files of rules (id, version), of which the first part of the id is the
    catalogue; `snapshot` the moment of the data, `scale` the denominator of the scale at which was drawn.
    """

    scale: int
    log: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[str, ...] = ()
    snapshot: str | None = None
    rules: tuple[tuple[str, str], ...] = ()


def lineage(origins: Origins) -> Lineage:
    """The lineage, the same for the same origins in whatever order the log comes."""
    rows = sorted(origins.log, key=lambda row: (str(row.get("tijd") or ""), str(row.get("id") or "")))
    sentences = (
        f"Getekend met NOVEX Puzzel op schaal 1:{origins.scale}.",
        _tested(origins),
        _used(origins),
        _logged(rows),
    )
    return Lineage(" ".join(filter(None, sentences)), _steps(rows), origins.sources)


def _tested(origins: Origins) -> str:
    """The catalogues that were put to the proposal; their files are many, so that only their number is told."""
    files = Counter((name.partition("/")[0], version) for name, version in origins.rules)
    told = (
        f"{name} {version}" + (f" ({count} bestanden)" if count > 1 else "") for (name, version), count in files.items()
    )
    return f"Getoetst aan de regels van {', '.join(told)}." if files else "Aan geen regels getoetst."


def _used(origins: Origins) -> str:
    if not origins.sources:
        return "Gebruikt: geen gegevens uit de basisset."
    moment = f", momentopname van {origins.snapshot[:10]}" if origins.snapshot else ""
    return f"Gebruikt{moment}: {'; '.join(origins.sources)}."


def _logged(rows: Sequence[Mapping[str, Any]]) -> str:
    days = [day for row in rows if (day := (_moment(row.get("tijd")) or "")[:10])]
    between = f", van {days[0]} tot en met {days[-1]}" if days else ""
    return f"Het logboek telt {_handled(len(rows))}{between}." if rows else ""


def _handled(count: int) -> str:
    return f"{count} handeling" if count == 1 else f"{count} handelingen"


def _steps(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The actions of one name on one day together: an evening of imports is one step."""
    together: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        day = (_moment(row.get("tijd")) or "")[:10]
        together.setdefault((day, _short(row.get("handeling") or "onbekende handeling")), []).append(row)
    groups = list(together.items())
    earlier, groups = groups[:-_MOST_STEPS], groups[-_MOST_STEPS:]
    steps = [_step(action, same) for (_, action), same in groups]
    if earlier:
        steps.insert(0, Step(f"Eerder in het logboek: {_handled(sum(len(same) for _, same in earlier))}"))
    return tuple(steps)


def _step(action: str, same: Sequence[Mapping[str, Any]]) -> Step:
    names = sorted({name for row in same for name in _names(row.get("gegevens"))})
    times = f" ({len(same)} keer)" if len(same) > 1 else ""
    more = f" en nog {len(names) - _MOST_NAMES}" if len(names) > _MOST_NAMES else ""
    data = f", met {', '.join(names[:_MOST_NAMES])}{more}" if names else ""
    return Step(f"{action[:1].upper()}{action[1:]}{times}{data}", _moment(same[-1].get("tijd")))


def _names(written: Any) -> list[str]:
    """The names of the data in a row's `gegevens`; what is no JSON object names none."""
    try:
        read = json.loads(written or "{}")
    except (ValueError, TypeError, RecursionError):
        return []
    return [_short(name) for name in read] if isinstance(read, dict) else []


def _short(text: Any) -> str:
    said = " ".join(str(text).split())
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _moment(written: Any) -> str | None:
    """A moment without parts of a second, or None for what is no moment in UTC."""
    text = str(written or "")
    try:
        datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")  # noqa: DTZ007 - only whether it is one
    except ValueError:
        return None
    return f"{text[:19]}Z" if text.endswith("Z") else None
