"""Explanations as people hand them in: a table (CSV) or JSON, read row by row so that a bad row stops no other."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import check_schema, json_bytes, read_json

FIELDS = (
    "regel",
    "kenmerk",
    "bevinding",
    "reden",
    "organisatie",
    "rol",
    "geldig_tot_ijkmoment",
    "uitzondering",
    "datum",
)
"""The columns that count; of a finding's id and a rule one will do."""

RECORDED = frozenset(
    {
        "id",
        "regel_versie",
        "geometrie_digest",
        "variant",
        "uitkomst",
        "gemeten",
        "eenheid",
        "geometrie",
        "stand",
        "waarom",
        "bevindingen",
    }
)
"""What a delivery tells of its explanations besides: found out anew for each that is handed in."""

MAXIMUM_BYTES = 64 * 1024 * 1024
MAXIMUM_ROWS = 100_000
LONGEST = {"reden": 4_000}
LONGEST_OTHER = 200

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that steer a screen, or turn the direction of a text, and are not seen themselves."""

_REQUIRED = ("reden", "organisatie", "rol")
_SCHEMA = "explanations"


@dataclass(frozen=True)
class Refusal:
    """Why a row is refused: `row` is a line of a CSV file (the header is line 1) or the number of an entry, from 1."""

    row: int
    field: str | None
    problem: str
    remedy: str
    rule: str = ""
    feature: str = ""

    def __str__(self) -> str:
        where = f"rij {self.row}, veld {self.field}" if self.field else f"rij {self.row}"
        return f"{where}: {self.problem} {self.remedy}"


@dataclass(frozen=True)
class GivenRow:
    """A row with all FIELDS as text, empty where nothing was given; `refusals` tell why it cannot be read."""

    number: int
    values: Mapping[str, str]
    refusals: tuple[Refusal, ...] = ()

    def refused(self, field: str | None, problem: str, remedy: str) -> Refusal:
        """A refusal of this row."""
        rule, feature = self.values["regel"][:LONGEST_OTHER], self.values["kenmerk"][:LONGEST_OTHER]
        return Refusal(self.number, field, problem, remedy, rule, feature)


@dataclass(frozen=True)
class GivenExplanations:
    """The rows of a file, and the names of columns that mean nothing here."""

    rows: tuple[GivenRow, ...]
    ignored: tuple[str, ...]


def read_explanations(path: Path) -> GivenExplanations:
    """Read a CSV file (`;` or `,`, UTF-8, with a header) or JSON (`novex-explanations` 1.0).

    Raises InputError when the file cannot be read, lacks columns that no row can do without, or is too large.
    """
    if not path.is_file():
        raise InputError("bestaat niet.", "Geef een CSV- of JSON-bestand met motiveringen.", path)
    if path.stat().st_size > MAXIMUM_BYTES:
        raise InputError("is groter dan 64 MiB.", "Verdeel de motiveringen over meer bestanden.", path)
    return _json(path) if path.suffix.lower() == ".json" else _csv(path)


def _refuse_many(count: int, path: Path) -> None:
    """Before the rows are judged, which takes long."""
    if count > MAXIMUM_ROWS:
        raise InputError(f"heeft meer dan {MAXIMUM_ROWS} rijen.", "Verdeel de motiveringen over meer bestanden.", path)


def _json(path: Path) -> GivenExplanations:
    content = read_json(path, half_signs=True)
    entries = content.get("explanations") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise InputError(
            "heeft geen lijst met motiveringen.", "Geef een lijst onder explanations.", path, field="$.explanations"
        )
    _refuse_many(len(entries), path)
    head = {**content, "explanations": []}
    check_schema(head, _SCHEMA, path)
    return GivenExplanations(tuple(_entry(number, head, entry) for number, entry in enumerate(entries, 1)), ())


def _entry(number: int, head: Mapping[str, Any], entry: Any) -> GivenRow:
    """One entry, judged by itself against the schema of the whole file."""
    values = {name: _text(entry.get(name)) if isinstance(entry, dict) else "" for name in FIELDS}
    row = GivenRow(number, values)
    try:
        check_schema({**head, "explanations": [entry]}, _SCHEMA)
    except InputError as error:
        field = (error.field or "").removeprefix("$.explanations[0]").lstrip(".") or None
        return GivenRow(number, values, (row.refused(field, error.problem, error.remedy),))
    return GivenRow(number, values, tuple(_unfit(row)))


def _text(value: Any) -> str:
    """A value as text; half a character, which JSON lets stand, becomes a question mark."""
    return "" if value is None else str(value).encode("utf-8", "replace").decode().strip()


def _csv(path: Path) -> GivenExplanations:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"is niet te lezen ({error.strerror}).", "Controleer het pad.", path) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        remedy = "Sla het bestand op als CSV in UTF-8."
        raise InputError("is geen tekst in UTF-8.", remedy, path, line=line) from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    lines = _lines(text, ";" if ";" in first else ",")
    _, header, wrong = next(lines, (0, [], None))
    names = [name.strip().lower() for name in header]
    _refuse_header(path, names, wrong)
    found = list(islice(lines, MAXIMUM_ROWS + 1))
    _refuse_many(len(found), path)
    rows = tuple(_line(number, names, cells, wrong) for number, cells, wrong in found)
    known = {*FIELDS, *RECORDED, ""}
    return GivenExplanations(rows, tuple(sorted({*names} - known)))


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str | None]]:
    """The records that are not empty: the line at which each starts, its cells, and what makes it unreadable."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, [], str(error)
            continue
        if any(cell.strip() for cell in cells):
            yield start, cells, None


def _refuse_header(path: Path, names: Sequence[str], wrong: str | None) -> None:
    missing = [name for name in _REQUIRED if name not in names]
    if "regel" not in names and "bevinding" not in names:
        missing.insert(0, "regel")
    if missing:
        said = f"de kolom {missing[0]} ontbreekt" + (f" ({wrong})." if wrong else ".")
        remedy = f"Zet op de eerste regel de namen van de kolommen: {', '.join(FIELDS)}."
        raise InputError(said, remedy, path, field=missing[0], line=1)
    twice = sorted(name for name, times in Counter(names).items() if name and times > 1)
    if twice:
        raise InputError("deze kolom staat er twee keer.", "Laat er één staan.", path, field=twice[0], line=1)


def _line(number: int, names: Sequence[str], cells: Sequence[str], wrong: str | None) -> GivenRow:
    given = dict(zip(names, (cell.strip() for cell in cells), strict=False))
    row = GivenRow(number, {name: given.get(name, "") for name in FIELDS})
    refusals = list(_unfit(row))
    if wrong is not None:
        refusals = [row.refused(None, f"de rij is niet te lezen ({wrong}).", "Controleer de aanhalingstekens.")]
    elif any(cell.strip() for cell in cells[len(names) :]):
        remedy = "Zet tekst met een scheidingsteken tussen aanhalingstekens."
        refusals = [row.refused(None, "de rij heeft meer velden dan de kop.", remedy)]
    return GivenRow(number, row.values, tuple(refusals))


def given_row(number: int, values: Mapping[str, str]) -> GivenRow:
    """A row that comes from no file, judged as one that does; `values` holds all FIELDS."""
    row = GivenRow(number, values)
    return GivenRow(number, values, tuple(_unfit(row)))


def _unfit(row: GivenRow) -> Iterator[Refusal]:
    """Values that no field can hold."""
    for name, value in row.values.items():
        longest = LONGEST.get(name, LONGEST_OTHER)
        if len(value) > longest:
            yield row.refused(name, f"telt {len(value)} tekens.", f"Gebruik er ten hoogste {longest}.")
        if _UNSEEN.search(value):
            yield row.refused(name, "bevat onzichtbare tekens.", "Typ de tekst opnieuw.")


def write_refusals(target: Path, refusals: Iterable[Refusal]) -> None:
    """Write why rows were refused, as CSV or JSON by the name of the file. The caller writes beside."""
    rows = [asdict(each) for each in refusals]
    if target.suffix.lower() != ".csv":
        head = {"format": "novex-refused-explanations", "version": "1.0"}
        target.write_bytes(json_bytes({**head, "refused": rows}))
        return
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["rij", "veld", "reden", "remedie", "regel", "kenmerk"])
    for row in rows:
        writer.writerow([_harmless(row[name]) for name in ("row", "field", "problem", "remedy", "rule", "feature")])
    target.write_bytes(text.getvalue().encode("utf-8-sig"))


def _harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
