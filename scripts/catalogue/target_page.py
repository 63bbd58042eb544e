"""The pages of quantities: what each source counts, for which place and year, and why it is a target or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from novex_plugin.core.files import read_json
from novex_plugin.core.rules.target_refusal import TARGET
from novex_plugin.core.rules.targets import Quantity
from scripts.catalogue.agreed import agreed
from scripts.catalogue.rule_page import counted
from scripts.catalogue.words import amount, anchor, capital, listed, provinces, table

USES = {TARGET: "doel", "context": "context", "niet_toetsbaar": "niet toetsbaar"}

_COMPARED = {
    "ten-minste": "ten minste",
    "ten-hoogste": "ten hoogste",
    "meer-dan": "meer dan",
    "minder-dan": "minder dan",
    "circa": "circa",
    "gelijk": "",
}


def target_page(path: Path, quantities: Sequence[Quantity], pages: dict[str, str]) -> str:
    """All quantities of one file; `pages` tells on which page (a file name) each other quantity stands."""
    title = read_json(path)["title"]["nl"]
    uses = [f"{sum(each.use == use for each in quantities)} {label}" for use, label in USES.items()]
    head = (
        f"Catalogus `{quantities[0].catalogue}`: {counted(len(quantities), 'hoeveelheid', 'hoeveelheden')}, waarvan "
        f"{listed(uses)}. Wat die woorden betekenen staat in [doelen en kengetallen](../../../doelen.md).\n\n"
        "[Alle programma's](../../index.md#doelen-en-kengetallen)"
    )
    rows = [(f"[{each.label.nl}](#{anchor(each.id)})", *_figures(each)) for each in quantities]
    parts = [f"# {title}", head, table(("hoeveelheid", "gebruik", "cijfer", "plaats", "jaar"), rows)]
    return "\n\n".join([*parts, *("\n\n".join(_quantity(each, pages)) for each in quantities)]) + "\n"


def target_title(path: Path) -> str:
    """What readers call the file, without the words that all of them share."""
    title = str(read_json(path)["title"]["nl"])
    return capital(title.removeprefix("Startpakket 2022, ").removesuffix(": doelen en kengetallen"))


def _figures(given: Quantity) -> tuple[str, str, str, str]:
    return USES[given.use], figure(given), given.place.name, years(given)


def _quantity(given: Quantity, pages: dict[str, str]) -> Iterator[str]:
    yield f"## {given.id}"
    yield f"**{given.label.nl}**"
    rows = [(USES[given.use], figure(given), _place(given), years(given), given.status)]
    yield table(("gebruik", "cijfer", "plaats", "jaar", "status"), rows)
    yield "\n".join(f"- {line}" for line in _remarks(given, pages))


def _remarks(given: Quantity, pages: dict[str, str]) -> Iterator[str]:
    if given.indicator is not None:
        indicator = agreed().indicator[given.indicator]
        yield f"Wordt vergeleken met de bijdragen aan ‘{indicator.label.nl}’ (`{indicator.id}`)."
    if given.reason is not None:
        yield f"*Waarom geen doel:* {given.reason.nl}"
    if given.as_stated is not None:
        yield f"*In de bron:* {amount(given.as_stated.value, given.as_stated.unit)}."
    if given.doubt is not None:
        yield f"*Twijfel:* {given.doubt.nl}"
    if given.note is not None:
        yield f"*Opmerking:* {given.note.nl}"
    if given.related:
        yield f"*Zie ook:* {listed([f'[{other}]({pages[other]}#{anchor(other)})' for other in given.related])}."
    yield f"*Bron:* {given.source}."


def figure(given: Quantity) -> str:
    """The figure with the word of the source."""
    least, most, unit = given.minimum, given.maximum, given.unit
    if least is None and most is None:
        return "geen getal"
    if given.comparator == "tussen":
        return f"{amount(least, None)} tot {amount(most, unit)}"
    return f"{_COMPARED[given.comparator]} {amount(most if least is None else least, unit)}".strip()


def years(given: Quantity) -> str:
    """The year, or the years from and until."""
    if given.year is None:
        return "–" if given.from_year is None else f"vanaf {given.from_year}"
    return str(given.year) if given.from_year is None else f"{given.from_year}–{given.year}"


def _place(given: Quantity) -> str:
    place = given.place
    if place.kind in ("land", "provincie"):
        return place.name
    return f"{place.name} ({provinces(place.provinces)})" if place.provinces else capital(place.name)
