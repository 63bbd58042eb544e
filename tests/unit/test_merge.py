"""Deliveries are laid together the same way in whatever order they come; what cannot be used stops no other."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.check.places import PROVINCE
from novex_plugin.core.delivery.receive import Received, received
from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.files import check_schema
from novex_plugin.core.merge import offers as offering
from novex_plugin.core.merge.differences import differences
from novex_plugin.core.merge.indicators import write_table
from novex_plugin.core.merge.merge import NO_BORDERS, Places, Request, merge
from novex_plugin.core.merge.offers import Choice, Offer, choose
from novex_plugin.core.progress import Progress, Silent
from tests.unit.making_balances import goal, goals, place
from tests.unit.making_deliveries import tampered
from tests.unit.making_merges import PROVINCES, Province, amount, box, feature, territories, twelve


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("leveringen")
    return [province.delivery(folder) for province in twelve(24)]


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return goals(
        tmp_path_factory.mktemp("doelen"), goal("land", minimum=900_000, place=place("land", "NL", "Nederland"))
    )


def places(folder: Path) -> Places:
    return Places(folder / "nl.gpkg", folder / "balans.json", folder / "indicatoren.csv", folder / "nl.json")


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Each delivery is really received, but not again for each of the orders."""
    taken: dict[Path, Received] = {}
    kept = tmp_path / "ontvangen"
    kept.mkdir()

    def once(delivery: Path, work: Path, progress: Progress | None = None) -> Received:
        if delivery not in taken:
            taken[delivery] = received(delivery, kept, progress)
        return taken[delivery]

    monkeypatch.setattr(offering, "received", once)
    yield
    assert len(taken) == len(PROVINCES)


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A folder that no disk has to be waited for, where there is one."""
    memory = Path("/dev/shm")  # noqa: S108 - tempfile makes every name in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.mark.usefixtures("read_once")
def test_twenty_orders_give_the_same_bytes(deliveries: list[Path], targets: list[Path], in_memory: Path) -> None:
    random = np.random.default_rng(20)
    first: dict[str, bytes] = {}
    for number in range(20):
        order = [deliveries[at] for at in random.permutation(len(deliveries))]
        folder = in_memory / f"uit{number}"
        merge(Request(order, territories(), targets=targets), places(folder), Silent())
        found = written(folder)
        first = first or found
        assert {name: found[name] == content for name, content in first.items()} == dict.fromkeys(first, True)
        assert set(found) == {"nl.gpkg", "nl.json", "balans.json", "balans.csv", "indicatoren.csv"} | {
            name for name in found if name.endswith(".parquet")
        }


@pytest.fixture(scope="module")
def whole(deliveries: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("heel")
    merge(Request(deliveries), places(folder), Silent())
    return folder


def test_every_feature_and_contribution_comes_along_with_its_delivery(whole: Path) -> None:
    with sqlite3.connect(whole / "nl.gpkg") as read:
        counts = {
            table: read.execute(f"SELECT count(*), count(DISTINCT levering) FROM {table}").fetchone()
            for table in ("voorstel_vlak", "voorstel_lijn", "voorstel_punt", "bijdrage")
        }
        (ordered,) = read.execute(
            "SELECT group_concat(levering || id, ' ') FROM (SELECT * FROM voorstel_vlak ORDER BY fid)"
        ).fetchone()
        known = read.execute("SELECT provincie, bestand, moment, objecten, concept FROM levering").fetchall()
    assert counts == {
        "voorstel_vlak": (12 * 20, 12),
        "voorstel_lijn": (12 * 2, 12),
        "voorstel_punt": (12 * 2, 12),
        "bijdrage": (12 * 24, 12),
    }
    assert ordered.split() == sorted(ordered.split())
    assert known[0] == ("PV20", "pv20.zip", "2026-11-10T14:30:00.000Z", 24, 0)


def test_the_report_and_the_balance_keep_to_their_schemas_and_add_up(whole: Path) -> None:
    report, balance = (json.loads((whole / name).read_bytes()) for name in ("nl.json", "balans.json"))
    check_schema(report, "merge")
    check_schema(balance, "balance")
    assert report["moment"] == balance["moment"] == "2026-11-10T14:30:00Z"
    assert [each["province"] for each in report["deliveries"]] == list(PROVINCES)
    assert (report["missing"], report["skipped"], report["differences"]) == ([], [], [])
    assert (report["gaps"], report["notes"]) == (None, [NO_BORDERS])
    homes = next(each for each in report["totals"] if each["indicator"] == "woningen" and each["year"] is None)
    left_out = sum(each["left_out"] for each in balance["double_claims"] if each["indicator"] == "woningen")
    assert homes["declared"] - homes["drawn"] == pytest.approx(left_out, abs=1e-6)
    line = next(each for each in balance["targets"] if each["target"] == "q-won-900k")
    assert line["drawn"] == pytest.approx(homes["drawn"])


def test_the_indicators_stand_in_a_table_for_the_country_and_each_province(whole: Path) -> None:
    text = (whole / "indicatoren.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    homes = {row["plaatscode"]: float(row["getekend"]) for row in rows
             if row["indicator"] == "woningen" and not row["tot_en_met"]}  # fmt: skip
    assert set(homes) == {"NL", *PROVINCES}
    assert homes.pop("NL") == pytest.approx(sum(homes.values()), abs=1e-3)


def test_a_table_is_written_through_gdal_whole(tmp_path: Path) -> None:
    rows = [{"indicator": "woningen", "tot_en_met": 2030, "getekend": 1.5}]
    rows.append({"indicator": "opwek", "tot_en_met": None, "getekend": None})  # type: ignore[dict-item]
    write_table(tmp_path / "tabel.gpkg", rows, driver="GPKG")
    with sqlite3.connect(tmp_path / "tabel.gpkg") as read:
        assert read.execute("SELECT indicator, tot_en_met, getekend FROM tabel").fetchall() == [
            ("woningen", 2030, 1.5),
            ("opwek", None, None),
        ]


def small(code: str, folder: Path, name: str | None = None, **values: Any) -> Path:
    """A delivery of one area."""
    own = Province(code, [feature(f"{code}-1", box(code, 100, 100, 100, 100))], [amount(f"{code}-1", 5.0)], **values)
    return own.delivery(folder, name)


def shortened(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2_000])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def without_manifest(path: Path) -> None:
    with zipfile.ZipFile(path) as read:
        kept = {name: read.read(name) for name in read.namelist() if not name.endswith("levering.json")}
    with zipfile.ZipFile(path, "w") as write:
        for name, content in kept.items():
            write.writestr(name, content)


def changed(path: Path, change: Callable[[Path], None], cover: bool = True) -> None:
    shutil.move(tampered(path, path.parent / f"{path.stem}-anders", change, cover), path)


def other_agreement(path: Path) -> None:
    def change(data: Path) -> None:
        text = (data / "levering.json").read_text()
        (data / "levering.json").write_text(text.replace('"id": "novex"', '"id": "anders"'))

    changed(path, change)


def moved(path: Path) -> None:
    def change(data: Path) -> None:
        with sqlite3.connect(data / "voorstel" / "voorstel.gpkg") as write:
            write.execute("UPDATE variant SET naam = 'Stiekem'")

    changed(path, change, cover=False)


def strange_unit(path: Path) -> None:
    def change(data: Path) -> None:
        with sqlite3.connect(data / "voorstel" / "voorstel.gpkg") as write:
            write.execute("PRAGMA ignore_check_constraints = ON")
            write.execute("UPDATE bijdrage SET eenheid = 'huizen'")

    changed(path, change)


def test_broken_deliveries_are_named_and_stop_no_other(deliveries: list[Path], tmp_path: Path) -> None:
    breaking = {
        "PV21": (shortened, "zip"),
        "PV22": (emptied, "zip"),
        "PV23": (without_manifest, "levering.json"),
        "PV24": (other_agreement, "anders-1.0"),
        "PV25": (moved, "voorstel.gpkg"),
        "PV26": (strange_unit, "eenheid"),
        "PV27": (Path.unlink, "bestaat niet"),
    }
    given = [Path(shutil.copy(path, tmp_path)) for path in deliveries[: len(breaking) + 1]]
    for path, (broken, _) in zip(given[1:], breaking.values(), strict=True):
        broken(path)  # type: ignore[operator]
    content = merge(Request(given[::-1]), places(tmp_path / "uit"), Silent())
    assert [each["province"] for each in content["deliveries"]] == ["PV20"]
    said = {each["file"]: each for each in content["skipped"]}
    assert list(said) == [f"{code.lower()}.zip" for code in breaking]
    for code, (_, word) in breaking.items():
        told = said[f"{code.lower()}.zip"]
        assert word in told["reason"], told
        assert str(tmp_path) not in told["reason"] + told["remedy"]
        assert told["remedy"]
    assert [each["province"] for each in content["missing"]] == list(PROVINCES[1:])


def test_of_a_province_the_latest_counts(deliveries: list[Path], tmp_path: Path) -> None:
    old = Path(shutil.copy(deliveries[0], tmp_path / "oud.zip"))
    new = small("PV20", tmp_path, "nieuw", changed="2026-11-12T08:00:00.000Z", variant="ruim")
    content = merge(Request([new, old]), places(tmp_path / "uit"), Silent())
    assert [(each["file"], each["variant"]) for each in content["deliveries"]] == [("nieuw.zip", "ruim")]
    (skipped,) = content["skipped"]
    assert (skipped["file"], skipped["province"], skipped["moment"]) == ("oud.zip", "PV20", "2026-11-10T14:30:00Z")
    assert "nieuw.zip" in skipped["reason"]
    assert content["moment"] == "2026-11-12T08:00:00Z"


def test_two_of_one_moment_that_differ_are_both_left_out_and_equal_ones_count_once(
    deliveries: list[Path], tmp_path: Path
) -> None:
    one, same, other = (
        Path(shutil.copy(deliveries[at], tmp_path / name))
        for at, name in ((0, "een.zip"), (0, "zelfde.zip"), (1, "ander.zip"))
    )
    odd = small("PV21", tmp_path, "afwijkend")
    content = merge(Request([same, odd, one, other, one]), places(tmp_path / "uit"), Silent())
    assert [each["file"] for each in content["deliveries"]] == ["een.zip"]
    assert [each["file"] for each in content["skipped"]] == ["afwijkend.zip", "ander.zip", "zelfde.zip"]
    assert "zelfde moment" in content["skipped"][0]["reason"]
    assert "een.zip" in content["skipped"][2]["reason"]
    assert "PV21" in [each["province"] for each in content["missing"]]


def test_nothing_is_written_when_no_delivery_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "kapot.zip").write_bytes(b"PK")
    with pytest.raises(InputError, match=r"geen enkele levering telt mee.*kapot\.zip.*weg\.zip"):
        merge(Request([tmp_path / "kapot.zip", tmp_path / "weg.zip"]), places(tmp_path / "uit"), Silent())
    assert not list((tmp_path / "uit").iterdir())


def test_stopping_leaves_nothing_behind(deliveries: list[Path], tmp_path: Path) -> None:
    class Stopping(Silent):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        merge(Request(deliveries[:1]), places(tmp_path / "uit"), Stopping())
    assert not list((tmp_path / "uit").iterdir())


def offer(province: str, agreement: str, moment: str = "2026-11-10T14:30:00Z") -> Offer:
    return Offer(f"{province}.zip", "0", province, moment, agreement, "d", 1, Path("weg"), {}, {})


def test_what_follows_another_agreement_is_refused_and_listed() -> None:
    several = [offer("PV20", "novex-1.0"), offer("PV21", "novex-1.0"), offer("PV22", "ander-2.0")]
    chosen = choose(several, [], None)
    assert [each.province for each in chosen.counted] == ["PV20", "PV21"]
    assert [(each.province, "ander-2.0" in each.reason) for each in chosen.skipped] == [("PV22", True)]


def test_the_agreement_that_is_asked_for_goes_before_that_of_most() -> None:
    wanted = replace(read_agreement(), id="ander", version="2.0")
    chosen: Choice = choose([offer("PV20", "novex-1.0"), offer("PV22", "ander-2.0")], [], wanted)
    assert [each.province for each in chosen.counted] == ["PV22"]
    assert chosen.agreement.code_lists[PROVINCE]


def test_an_older_delivery_does_not_come_instead_of_a_later_one_in_another_agreement() -> None:
    several = [
        offer("PV20", "novex-1.0"),
        offer("PV20", "ander-2.0", "2026-11-12T14:30:00Z"),
        offer("PV21", "novex-1.0"),
    ]
    chosen = choose(several, [], None)
    assert [each.province for each in chosen.counted] == ["PV21"]
    assert len(chosen.skipped) == 2


def test_what_differs_between_deliveries_is_told() -> None:
    def manifest(**values: Any) -> dict[str, Any]:
        proposal = {"ijkmoment": "2", "schema_version": "1.0"}
        return {
            "draft": False,
            "plugin": {"version": "1"},
            "catalogues": [],
            "targets": [],
            "proposal": proposal,
        } | values

    several = [replace(offer(code, "novex-1.0"), manifest=manifest()) for code in ("PV20", "PV22")]
    assert differences(several) == []
    several.append(replace(several[0], province="PV21", manifest=manifest(draft=True)))
    assert differences(several) == [
        {
            "what": "concept",
            "values": [
                {"value": "concept", "provinces": ["PV21"]},
                {"value": "definitief", "provinces": ["PV20", "PV22"]},
            ],
        }
    ]
