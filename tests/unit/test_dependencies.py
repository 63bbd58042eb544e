"""What is missing is said once, with the way to get it."""

from __future__ import annotations

import pytest

from novex_plugin import dependencies


def test_nothing_is_missing_in_the_environment_of_this_project() -> None:
    assert dependencies.missing() is None


def test_the_message_names_each_missing_package_and_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "REQUIRED", {"numpy": "numpy", "geen_echte_bibliotheek": "puzzelstuk"})
    absent = dependencies.missing()
    assert absent is not None
    assert absent.packages == ("puzzelstuk",)
    assert "pip install puzzelstuk" in absent.message()
    assert "apt install python3-puzzelstuk" in absent.message()
