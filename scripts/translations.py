"""Bring `i18n/novex_nl.ts` up to date with the English source strings, and compile it.

    python scripts/translations.py update     add new strings (empty), drop those that are gone
    python scripts/translations.py compile    write the .qm that QGIS reads, where it is older than the .ts

Qt's own extractor does not see class attributes and docstrings, which are the titles and the manual of an algorithm.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
PLUGIN = CHECKOUT / "novex_plugin"
DUTCH = PLUGIN / "i18n" / "novex_nl.ts"

Key = tuple[str, str]
"""Context (the class) and source string."""


def sources() -> list[Key]:
    """All strings that are shown in the user's language, sorted."""
    folders = (PLUGIN / "processing", PLUGIN / "ui")
    trees = (ast.parse(path.read_text(encoding="utf-8")) for folder in folders for path in sorted(folder.rglob("*.py")))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return sorted({(each.name, text) for each in classes for text in _texts(each)})


def _texts(each: ast.ClassDef) -> Iterator[str]:
    attributes = {
        target.id: node.value.value
        for node in each.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    if "ID" in attributes:
        yield attributes["TITLE"]
        yield attributes["GROUP"]
        yield " ".join((ast.get_docstring(each) or "").split())
    for node in ast.walk(each):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
            (given,) = node.args
            if isinstance(given, ast.Constant):
                yield given.value


def translations() -> dict[Key, str]:
    """What has been translated so far."""
    if not DUTCH.is_file():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in ET.parse(DUTCH).getroot().iter("context")
        for message in context.iter("message")
    }


def update() -> int:
    """Write the .ts anew; give how many strings wait for a translation."""
    known = translations()
    root = ET.Element("TS", version="2.1", language="nl_NL", sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for name, source in sources():
        if name not in contexts:
            contexts[name] = ET.SubElement(root, "context")
            ET.SubElement(contexts[name], "name").text = name
        message = ET.SubElement(contexts[name], "message")
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        translation.text = known.get((name, source), "")
        if not translation.text:
            translation.set("type", "unfinished")
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    DUTCH.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    return sum(1 for key in sources() if not known.get(key))


def compile_dutch() -> Path:
    """Compile with Qt's lrelease, when the .ts is newer; give the .qm."""
    compiled = DUTCH.with_suffix(".qm")
    if not compiled.is_file() or compiled.stat().st_mtime < DUTCH.stat().st_mtime:
        # A QGIS that is running has the file open: it gets the new one whole, or keeps the old.
        unfinished = compiled.with_suffix(".unfinished")
        subprocess.run(["lrelease", "-silent", DUTCH, "-qm", unfinished], check=True)
        unfinished.replace(compiled)
    return compiled


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        print(f"{update()} strings wait for a translation in {DUTCH.relative_to(CHECKOUT)}")
    elif sys.argv[1:] == ["compile"]:
        compile_dutch()
    else:
        sys.exit(__doc__)
