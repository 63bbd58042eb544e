"""The 23 real records in a real catalogue, read back over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from novex_plugin.core.basisset.catalogue import KEYWORD
from novex_plugin.core.basisset.catalogue.discover import discover
from novex_plugin.core.basisset.catalogue.kinds import read_kinds
from novex_plugin.core.basisset.register import Register
from novex_plugin.core.progress import Silent
from novex_plugin.qgis_adapter.network import fetch
from scripts.practice.csw import installed, serve_catalogue

pytestmark = [
    pytest.mark.usefixtures("qgis_app"),
    pytest.mark.skipif(not installed(), reason="the practice servers are not installed (scripts/setup)"),
]
MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def ask(catalogue: str, keyword: str = KEYWORD) -> Register:
    return discover(catalogue, keyword, fetch, read_kinds(), lambda: MOMENT, Silent())


@pytest.fixture(scope="module")
def records(shared: Path) -> list[Path]:
    return sorted((shared / "reference/ngr/records").glob("*.xml"))


@pytest.fixture(scope="module")
def address(records: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_catalogue(records, tmp_path_factory.mktemp("csw"), page=10) as running:
        yield running


def test_all_records_come_back_over_several_pages(address: str, records: list[Path]) -> None:
    register = ask(address)
    assert [dataset.id for dataset in register.datasets] == sorted(record.stem for record in records)
    assert (register.source.matched, register.source.received) == (23, 23)
    assert register.warnings == ()
    assert [dataset.title for dataset in register.without_access()] == ["Spoorwegen"]


def test_the_saved_answer_gives_the_same_datasets(address: str, shared: Path) -> None:
    saved = ask(str(shared / "reference/ngr/getrecords-basisset-novex-2023-03-02.xml"))
    assert saved.datasets == ask(address).datasets
    assert saved.moment == "2023-03-02T09:12:22Z"


@pytest.mark.parametrize("keyword", ["BASISSET NOVEX", "basisset novex", "Basisset Novex"])
def test_the_spelling_of_the_keyword_does_not_matter(address: str, keyword: str) -> None:
    assert len(ask(address, keyword).datasets) == 23


def test_another_keyword_finds_its_own_datasets(address: str) -> None:
    assert {dataset.title for dataset in ask(address, "unesco").datasets} == {"Werelderfgoed"}


def test_part_of_a_keyword_finds_nothing_and_says_so(address: str) -> None:
    register = ask(address, "basisset")
    assert register.datasets == ()
    assert any("geen enkele dataset" in warning for warning in register.warnings)


def test_an_address_with_a_capabilities_request_works_too(address: str) -> None:
    register = ask(f"{address}?service=CSW&request=GetCapabilities")
    assert len(register.datasets) == 23
