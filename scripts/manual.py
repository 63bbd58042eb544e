"""Write `docs/algoritmen.md` from what the algorithms say of themselves, and `docs/catalogus/` from rules and targets.

With the word `catalogus` only the latter, which needs no QGIS. Both are in Dutch.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
MANUAL = CHECKOUT / "docs" / "algoritmen.md"
CATALOGUE = CHECKOUT / "docs" / "catalogus"

_HEAD = """# Algoritmen

Dit zijn de Processing-algoritmen van NOVEX Puzzel, in de volgorde van het werk. Ze staan in de gereedschapskist van
QGIS en draaien in batch met `qgis_process` (in deze map: `scripts/qgis-process run novex:…`). Bij verkeerde invoer
eindigt een algoritme met exitcode 1 en een melding die bestand, tabel, rij en veld noemt en zegt wat te doen.

*Deze pagina komt uit de code: `python -m scripts.manual`.*
"""


def manual() -> str:
    """The manual as Markdown; needs a running QgsApplication."""

    from novex_plugin.processing.provider import algorithms

    return "\n".join([_HEAD, *(line for kind in algorithms() for line in _section(kind().create()))])


def _section(algorithm: Any) -> Iterator[str]:
    from qgis.core import QgsProcessingParameterDefinition

    yield f"## `novex:{algorithm.name()}`: {algorithm.displayName()}\n"
    yield f"{algorithm.shortHelpString()}\n"
    yield "| parameter | betekenis | |\n|---|---|---|"
    for parameter in algorithm.parameterDefinitions():
        optional = bool(parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
        default = parameter.defaultValue()
        notes = ["mag leeg" if optional else "verplicht" if default in (None, "") else ""]
        notes += [f"standaard `{default}`"] if default not in (None, "") else []
        yield f"| `{parameter.name()}` | {parameter.description()} | {', '.join(note for note in notes if note)} |"
    results = list(algorithm.outputDefinitions())
    yield "\nResultaat: " + ", ".join(f"`{each.name()}` ({each.description()})" for each in results) + ".\n"


def in_dutch() -> str:
    """Start QGIS without a screen, with the Dutch texts, and give the manual."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication
    from qgis.PyQt.QtCore import QCoreApplication, QTranslator

    from scripts.translations import compile_dutch

    application = QgsApplication([], False)
    application.initQgis()
    translator = QTranslator()
    translator.load(str(compile_dutch()))
    QCoreApplication.installTranslator(translator)
    text = manual()
    QCoreApplication.removeTranslator(translator)
    application.exitQgis()
    return text


if __name__ == "__main__":
    from scripts.catalogue.pages import write_pages

    write_pages(CATALOGUE)
    if sys.argv[1:] != ["catalogus"]:
        MANUAL.write_text(in_dutch(), encoding="utf-8")
