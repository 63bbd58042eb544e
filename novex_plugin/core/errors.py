"""What can be wrong with what comes from outside, said so that the user can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass
class InputError(Exception):
    """Input that cannot be used: what is wrong, where it stands, and what to do about it.

    `row` counts from 1 (a row of a table, the fid of a feature, or an id), and so does `line`, of a text file. `str()`
    gives the one message that users read, in Dutch.
    """

    problem: str
    remedy: str
    file: Path | str | None = None
    table: str | None = None
    row: int | str | None = None
    field: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        places = {
            "bestand": self.file,
            "regelnummer": self.line,
            "tabel": self.table,
            "rij": self.row,
            "veld": self.field,
        }
        where = ", ".join(f"{name} {value}" for name, value in places.items() if value is not None)
        return f"{where}: {self.problem} {self.remedy}" if where else f"{self.problem} {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problem, self.remedy, self.file, self.table, self.row, self.field, self.line)


class Cancelled(Exception):
    """The user asked to stop; nothing half-written is left."""
