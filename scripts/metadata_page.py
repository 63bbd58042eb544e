"""The tables of docs/metadata.md: every assertion of the profile, and how published records fare.

    python -m scripts.metadata_page [FOLDER]    # write them; FOLDER holds metadata/examples/ and ngr/records/

Without the folder only the table of assertions is written anew.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from novex_plugin.core.delivery.metadata_check import metadata_record
from novex_plugin.core.delivery.profile import ASSERTIONS, SECTIONS, Broken, broken_assertions
from novex_plugin.core.delivery.profile.node import Node

PAGE = Path(__file__).resolve().parents[1] / "docs" / "metadata.md"
NUMBERS = {each.id: number for number, each in enumerate(ASSERTIONS, start=1)}
_TITLE = "gmd:identificationInfo/*/gmd:citation/gmd:CI_Citation/gmd:title"


def assertions_table() -> str:
    """Every assertion with its number, its official name, what is wrong when it does not hold, and what to do."""
    rows = (
        (str(NUMBERS[each.id]), f"`{each.id}`", each.wrong, each.remedy)
        for section in SECTIONS
        for each in section.assertions
    )
    return _table(("nr", "bewering", "wat er mis is", "wat te doen"), rows)


def outcomes(folder: Path) -> str:
    """How the official examples and the published records fare, and why."""
    examples = sorted((folder / "metadata" / "examples").glob("*.xml"))
    records = sorted((folder / "ngr" / "records").glob("*.xml"))
    found = {path: broken_assertions(metadata_record(path)) for path in (*examples, *records)}
    parts = (
        "### Officiële voorbeelden",
        _table(
            ("voorbeeld", "gebroken", "waarschuwingen"),
            ((f"`{path.name}`", _errors(found[path]), _warnings(found[path])) for path in examples),
        ),
        "### Gepubliceerde records",
        _table(
            ("record", "titel", "profiel", "gebroken", "waarschuwingen"),
            (_record_row(path, found[path]) for path in records),
        ),
        "### Waarom",
        _reasons([found[path] for path in records], [found[path] for path in examples]),
    )
    return "\n\n".join(parts)


def _record_row(path: Path, broken: Sequence[Broken]) -> tuple[str, ...]:
    record = Node(metadata_record(path))
    version = record.text("gmd:metadataStandardVersion/*").rpartition(" ")[2] or "—"
    return (f"`{path.stem[:8]}`", record.label(_TITLE), version, _errors(broken), _warnings(broken))


def _errors(broken: Iterable[Broken]) -> str:
    return _numbers(each for each in broken if not each.assertion.warns)


def _warnings(broken: Iterable[Broken]) -> str:
    return _numbers(each for each in broken if each.assertion.warns)


def _numbers(broken: Iterable[Broken]) -> str:
    return ", ".join(str(NUMBERS[each.assertion.id]) for each in broken) or "—"


def _reasons(records: Sequence[Sequence[Broken]], examples: Sequence[Sequence[Broken]]) -> str:
    """Each assertion that was broken, in how many records and how many places of them, and what is wrong there."""
    every = [each for broken in records for each in broken]
    count, places = Counter(each.assertion.id for each in every), Counter[str]()
    for each in every:
        places[each.assertion.id] += each.count
    among = Counter(each.assertion.id for broken in examples for each in broken)
    rows = (
        (str(NUMBERS[each.id]), each.wrong, str(count[each.id]), str(places[each.id]), str(among[each.id]))
        for each in ASSERTIONS
        if count[each.id] or among[each.id]
    )
    return _table(("nr", "wat er mis is", "records", "plaatsen", "voorbeelden"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def put_in(page: str, name: str, text: str) -> str:
    """The page with what stands between the marks of a name replaced."""
    start, end = f"<!-- {name} -->\n", f"\n<!-- einde {name} -->"
    before, _, rest = page.partition(start)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"docs/metadata.md has no place for {name}")
    return f"{before}{start}{text}{end}{after}"


def main(arguments: Sequence[str]) -> None:
    """Write the tables into the page."""
    page = put_in(PAGE.read_text(encoding="utf-8"), "beweringen", assertions_table())
    if arguments:
        page = put_in(page, "uitkomsten", outcomes(Path(arguments[0])))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
