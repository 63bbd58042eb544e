"""A balance as its files: JSON with all of it, CSV with a line for each target."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from pathlib import Path
from typing import Any

from novex_plugin.core.check.balance import Balance
from novex_plugin.core.check.ledger import Part, Total
from novex_plugin.core.files import write_json, written_beside

FORMAT = "novex-balance"
VERSION = "1.0"

_DECIMALS = 6


def balance_content(result: Balance) -> dict[str, Any]:
    """The balance as the content of its JSON file."""
    content = {
        **vars(result),
        "targets": [asdict(line) for line in result.targets],
        "totals": [_total(total) for total in result.totals],
        "double_claims": [asdict(claim) for claim in result.double_claims],
        "notes": list(result.notes),
    }
    return {"format": FORMAT, "version": VERSION, **content}


def _total(total: Total) -> dict[str, Any]:
    return {**vars(total), "parts": [_part(part) for part in total.parts]}


def _part(part: Part) -> dict[str, Any]:
    content = dict(vars(part))
    if part.weight is None:
        del content["weight"]
    return content


def write_balance(result: Balance, json_path: Path, csv_path: Path) -> None:
    """Write the balance as JSON (all of it) and as CSV (a line for each target; UTF-8, semicolons)."""
    with written_beside(csv_path) as unfinished:
        unfinished.write_bytes(_csv(result).encode("utf-8-sig"))
        write_json(json_path, balance_content(result))


def write_balance_csv(result: Balance, path: Path) -> None:
    """Write the lines of the targets alone, as `write_balance` does. Raises InputError where that cannot be."""
    with written_beside(path) as unfinished:
        unfinished.write_bytes(_csv(result).encode("utf-8-sig"))


_BEFORE = {
    "target": "doel",
    "label": "omschrijving",
    "indicator": "indicator",
    "place": "plaats",
    "place_code": "plaatscode",
    "place_kind": "plaatssoort",
    "from_year": "vanaf",
    "year": "tot_en_met",
    "comparator": "vergelijking",
    "minimum": "minimum",
    "maximum": "maximum",
    "unit": "eenheid",
    "drawn": "getekend",
}
_AFTER = {
    "remaining": "resteert",
    "surplus": "overschot",
    "outcome": "uitkomst",
    "missing": "ontbreekt",
    "features": "objecten",
    "source": "bron",
    "note": "opmerking",
    "doubt": "twijfel",
    "reading": "leeswijzer",
}


def _csv(result: Balance) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    first = result.targets[0] if result.targets else None
    precisions = list(first.by_precision) if first else []
    statuses = list(first.by_status) if first else []
    parts = [*(f"precisie_{code}" for code in precisions), *(f"status_{code}" for code in statuses)]
    writer.writerow([*_BEFORE.values(), *parts, *_AFTER.values()])
    for line in result.targets:
        values = [getattr(line, name) for name in _BEFORE]
        values += [line.by_precision[code].drawn for code in precisions]
        values += [line.by_status[code].drawn for code in statuses]
        values += [getattr(line, name) for name in _AFTER]
        writer.writerow([_cell(value) for value in values])
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Figures to a millionth, which no other version of GEOS computes otherwise; of features their number."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return len(value)
    return round(value, _DECIMALS) if isinstance(value, float) else value
