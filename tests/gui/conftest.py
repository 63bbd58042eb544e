"""The real QGIS desktop for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.desktop import run_desktop, virtual_screen

PICTURES = Path(__file__).resolve().parents[2] / "build" / "gui"


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A virtual screen of the smallest size that the plugin must fit."""
    with virtual_screen() as name:
        yield name


@pytest.fixture
def desktop(screen: str, tmp_path: Path) -> Callable[[str], str]:
    """Run Python steps in the real desktop and give what they printed; an exception in them fails the test."""

    def run(steps: str) -> str:
        ended = run_desktop(screen, tmp_path / "desktop", steps, PICTURES)
        assert ended.exit_code == 0, ended.printed
        return ended.printed

    return run
