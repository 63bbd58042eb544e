"""A delivery is taken in as rows in tables of our own, or refused with its name and the place; nothing of it runs."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from novex_plugin.core.delivery import export as exporting
from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.receive import received
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Silent
from tests.unit.making_deliveries import StandIn, assess_by_area, edited, new_proposal, tampered
from tests.unit.test_delivery_verify import queried


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ontvangen")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "assess", assess_by_area)
        proposal = new_proposal(folder / "voorstel.gpkg")
        export(Request(proposal, "basis", draft=True), folder / "levering.zip", StandIn(), Silent())
    return folder / "levering.zip"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "werk"
    folder.mkdir()
    return folder


def test_a_delivery_gives_its_rows_its_balance_and_its_findings(delivery: Path, work: Path) -> None:
    taken = received(delivery, work)

    assert (taken.province, taken.variant, taken.agreement, taken.file) == ("PV22", "basis", "novex-1.0", delivery)
    assert taken.tables["voorstel_vlak"].column("id").tolist() == ["noord", "zuid"]
    assert len(taken.tables["voorstel_lijn"]) == 0
    assert taken.manifest["draft"] is True
    assert taken.balance["format"] == "novex-balance"
    assert [row["id"] for row in taken.findings["findings"]] == ["P-1/noord"]
    assert [path.name for path in work.rglob("*") if path.is_file()] == ["voorstel.gpkg"]


def test_nothing_that_could_run_comes_along(delivery: Path, work: Path, tmp_path: Path) -> None:
    change = queried(
        "voorstel/voorstel.gpkg",
        "CREATE TRIGGER t AFTER INSERT ON variant BEGIN DELETE FROM variant; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE layer_styles (styleQML TEXT)",
        "INSERT INTO layer_styles VALUES ('<qgis><editforminitcode>import os</editforminitcode></qgis>')",
    )

    taken = received(tampered(delivery, tmp_path, change), work)

    with sqlite3.connect(taken.proposal) as opened:
        names = {row[0] for row in opened.execute("SELECT name FROM sqlite_master")}
    assert not names & {"t", "v", "layer_styles"}
    assert [path.suffix for path in work.rglob("*") if path.is_file()] == [".gpkg"]


REFUSED = {
    "another province": (
        edited("levering.json", lambda c: c["proposal"].update(province="PV20")),
        r"tabel voorstel, rij 1, veld provincie: .*'PV22', maar levering\.json zegt 'PV20'",
    ),
    "an agreement that is not there": (
        edited("levering.json", lambda c: c["agreement"].update(id="../../x")),
        "niet bij deze plugin horen",
    ),
    "another agreement under the same name": (
        edited("levering.json", lambda c: c["agreement"].update(digest=f"sha256:{'1' * 64}")),
        "andere afspraken onder de naam",
    ),
    "two proposals in one": (
        queried("voorstel/voorstel.gpkg", "INSERT INTO voorstel SELECT 99, 'x', titel, provincie, afspraken,"
                " afspraken_versie, schema_versie, ijkmoment, contact_organisatie, contact_rol, contact_email,"
                " aangemaakt FROM voorstel"),
        "tabel voorstel: .*2 rijen",
    ),
    "a value outside its list": (
        queried("voorstel/voorstel.gpkg", "UPDATE voorstel_vlak SET meervoudig = 'luchtkasteel'"),
        "veld meervoudig",
    ),
    "a balance of another form": (
        edited("balans/balans.json", lambda c: c.update(totals="veel")),
        r"balans\.json",
    ),
    "no balance": (lambda data: (data / "balans/balans.json").unlink(), r"balans\.json"),
    "findings of another form": (lambda data: (data / "bevindingen/bevindingen.json").write_text("[]"), "bevindingen"),
    "a proposal that is none": (lambda data: (data / "voorstel/voorstel.gpkg").write_bytes(b"x"), r"voorstel\.gpkg"),
    "no manifest": (lambda data: (data / "levering.json").unlink(), "dit is geen levering"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_broken_is_refused_by_the_name_of_the_delivery(
    delivery: Path, work: Path, tmp_path: Path, change: object, said: str
) -> None:
    broken = tampered(delivery, tmp_path, change)

    with pytest.raises(InputError, match=said) as refused:
        received(broken, work)

    assert refused.value.file == broken
    assert list(work.iterdir()) == []


def test_a_changed_byte_is_refused(delivery: Path, work: Path, tmp_path: Path) -> None:
    def change(data: Path) -> None:
        content = json.loads((data / "balans/balans.json").read_text())
        (data / "balans/balans.json").write_text(json.dumps({**content, "notes": ["mooier"]}))

    with pytest.raises(InputError, match=r"beschadigd: .*data/balans/balans\.json"):
        received(tampered(delivery, tmp_path, change, cover=False), work)
