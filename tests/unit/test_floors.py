"""The house keeps its floors: each imports only floors below it, and the core knows neither QGIS nor Qt."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PLUGIN = CHECKOUT / "novex_plugin"

FLOORS = [
    {"novex_plugin.version", "novex_plugin.dependencies"},
    {"novex_plugin.core"},
    {"novex_plugin.core.features"},
    {"novex_plugin.core.agreement"},
    {"novex_plugin.core.basisset", "novex_plugin.core.proposal", "novex_plugin.core.rules"},
    {"novex_plugin.core.check"},
    {"novex_plugin.core.delivery"},
    {"novex_plugin.core.merge"},
    {"novex_plugin.qgis_adapter"},
    {"novex_plugin.processing", "novex_plugin.ui"},
    {"novex_plugin.plugin"},
    {"novex_plugin"},
]


def room(module: str) -> str:
    """The part of the house that a module stands in: the longest name of a floor that it starts with."""
    rooms = [name for floor in FLOORS for name in floor]
    return max((name for name in rooms if module == name or module.startswith(f"{name}.")), key=len)


def height(module: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if room(module) in floor)


def modules() -> list[Path]:
    return sorted(PLUGIN.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_module(name: str) -> bool:
    path = CHECKOUT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield from (
                f"{node.module}.{alias.name}" if is_module(f"{node.module}.{alias.name}") else str(node.module)
                for alias in node.names
            )


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_a_module_imports_only_its_own_room_and_floors_below(path: Path) -> None:
    own = module_name(path)
    for name in imports(path):
        if name.split(".")[0] == "novex_plugin" and room(name) != room(own):
            assert height(name) < height(own), f"{own} imports {name}"


@pytest.mark.parametrize("path", sorted((PLUGIN / "core").rglob("*.py")), ids=module_name)
def test_the_core_knows_neither_qgis_nor_qt(path: Path) -> None:
    assert not [name for name in imports(path) if name.split(".")[0] in {"qgis", "PyQt5", "PyQt6", "sip"}]


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_qt_is_reached_only_through_qgis(path: Path) -> None:
    assert not [name for name in imports(path) if name.startswith("PyQt")]


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty_names = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    assert not [path for path in modules() if path.stem in empty_names]
