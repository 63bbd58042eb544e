"""All pages of the catalogue, by their place under docs/catalogus."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.targets import Quantity, read_quantities, target_paths
from scripts.catalogue.agreed import agreed
from scripts.catalogue.index_page import index_page
from scripts.catalogue.lists import questions_page, slots_page
from scripts.catalogue.rule_page import rule_page
from scripts.catalogue.target_page import target_page
from scripts.catalogue.words import plain

FIRST = "startpakket-2022"
"""The catalogue of the State goes before those of regions."""


def pages() -> Mapping[str, str]:
    """The text of every page, made from the rules, targets, bindings and agreement that come with the plugin."""
    catalogues = sorted(read_catalogues(), key=lambda each: (each.id != FIRST, each.id))
    quantities = {path: read_quantities(agreed(), [path]) for path in target_paths()}
    found = {
        "index.md": index_page(catalogues, quantities),
        "vragen.md": questions_page(catalogues),
        "koppelingen.md": slots_page(catalogues),
    }
    for catalogue in catalogues:
        found[f"regels/{catalogue.id}/{catalogue.file.stem}.md"] = rule_page(catalogue)
    for path, each in quantities.items():
        found[f"doelen/{path.parent.name}/{path.stem}.md"] = target_page(path, each, _places(quantities, path))
    return {name: plain(text) for name, text in found.items()}


def _places(quantities: Mapping[Path, tuple[Quantity, ...]], page: Path) -> dict[str, str]:
    """Where each quantity stands, seen from one of the pages."""
    places: dict[str, str] = {}
    for path, found in quantities.items():
        folder = "" if path.parent == page.parent else f"../{path.parent.name}/"
        places |= {each.id: "" if path == page else f"{folder}{path.stem}.md" for each in found}
    return places


def write_pages(folder: Path) -> None:
    """Write all pages, and remove those that no rule or target stands on any more."""
    wanted = pages()
    for stray in sorted(set(folder.rglob("*.md")) - {folder / name for name in wanted}):
        stray.unlink()
    for name, text in wanted.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
