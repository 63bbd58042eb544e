"""Which of the startpakket's four kinds a dataset is: the project's own open table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from novex_plugin.core.files import read_json
from novex_plugin.core.resources import RESOURCES

UNKNOWN = "onbekend"
TABLE = RESOURCES / "bindings" / "dataset_kinds.json"


@dataclass(frozen=True)
class Kinds:
    """Kinds by record identifier and by title; titles are compared without regard to case."""

    by_record: Mapping[str, str]
    by_title: Mapping[str, str]

    def of(self, record: str, title: str) -> str:
        """The kind; the identifier counts before the title, `onbekend` when neither is in the table."""
        return self.by_record.get(record) or self.by_title.get(folded(title)) or UNKNOWN


def read_kinds(path: Path = TABLE) -> Kinds:
    """Read the table. Raises InputError when it does not follow `schemas/dataset_kinds.schema.json`."""
    entries = read_json(path, "dataset_kinds")["datasets"]
    by_record = {entry["record"]: entry["kind"] for entry in entries if entry["record"]}
    by_title = {folded(entry["title"]): entry["kind"] for entry in entries}
    return Kinds(by_record, by_title)


def folded(title: str) -> str:
    """A title or keyword as it is compared: without regard to case and white space."""
    return " ".join(title.split()).casefold()
