"""A snapshot beside a newer register: what is new, changed, withdrawn, and what does not answer any more."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.basisset.network import NetworkError, Request, Response
from novex_plugin.core.basisset.register import Dataset, Register, register_json
from novex_plugin.core.basisset.snapshot import (
    FAILED,
    IMAGE_ONLY,
    PULLED,
    Snapshot,
    SnapshotArea,
    SnapshotDataset,
)
from novex_plugin.core.basisset.status import status
from novex_plugin.core.basisset.status_asking import SILENCE_S
from novex_plugin.core.errors import Cancelled
from novex_plugin.core.files import check_schema, json_bytes
from novex_plugin.core.progress import Progress, Silent
from scripts.practice.registers import dataset, register

PULLED_AT = "2026-06-01T12:00:00Z"
MOMENT = datetime(2026, 11, 20, 8, tzinfo=UTC)
WFS = b"""<wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0"><wfs:FeatureTypeList>
<wfs:FeatureType><wfs:Name>ns:vlak</wfs:Name><wfs:Title>Vlak</wfs:Title></wfs:FeatureType>
<wfs:FeatureType><wfs:Name>ns:lijn</wfs:Name><wfs:Title>Lijn</wfs:Title></wfs:FeatureType>
</wfs:FeatureTypeList></wfs:WFS_Capabilities>"""
PAGE = b"<!DOCTYPE html><html><body>Deze dienst is gestopt</body></html>"


class Web:
    """A network in memory: for each start of an address a body, a status or a failure; it keeps what was asked."""

    def __init__(self, answers: Mapping[str, bytes | int | NetworkError] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[Request] = []

    def fetch(self, request: Request, path: Path, progress: Progress) -> Response:
        self.asked.append(request)
        found = next((given for start, given in self.answers.items() if request.url.startswith(start)), WFS)
        if isinstance(found, NetworkError):
            raise found
        body = found if isinstance(found, bytes) else b"weg"
        path.write_bytes(body[: request.maximum_bytes])
        if len(body) > request.maximum_bytes:
            raise NetworkError("het antwoord is groter dan gevraagd")
        return Response(found if isinstance(found, int) else 200, {}, request.url, path, len(body))


def held(name: str, address: str = "https://een.example/wfs", **values: Any) -> SnapshotDataset:
    given = {"title": f"Oefening {name}", "owner": None, "status": PULLED, "time": PULLED_AT, "licence": {}}
    given |= {"record_date": "2026-01-01", "address": address, "service": "wfs", "layer": "vlak"}
    return SnapshotDataset(id=name, **(given | values))


def snapshot(*datasets: SnapshotDataset) -> Snapshot:
    return Snapshot(
        Path("nergens"), PULLED_AT, f"sha256:{'0' * 64}", SnapshotArea((0, 0, 1, 1), "POLYGON EMPTY"), datasets
    )


def offered(name: str, address: str = "https://een.example/wfs", **values: Any) -> Dataset:
    return dataset(name, "wfs", address, "vlak", **values)


def later(*datasets: Dataset) -> Register:
    return replace(register(*datasets), moment="2026-11-20T07:00:00Z")


def told(given: Register, of: Snapshot, web: Web | None = None) -> dict[str, Any]:
    content = status(given, of, (web or Web()).fetch, MOMENT, Silent()).content
    check_schema(json.loads(json.dumps(content)), "status")
    return content


def by_id(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in content["datasets"]}


def test_new_changed_withdrawn_and_unchanged_are_told_apart() -> None:
    given = later(offered("blijft"), offered("anders", record_date="2026-07-01"), offered("erbij"))
    content = told(given, snapshot(held("blijft"), held("anders"), held("weg")))

    assert {name: each["state"] for name, each in by_id(content).items()} == {
        "blijft": "unchanged", "anders": "changed", "erbij": "new", "weg": "withdrawn",
    }  # fmt: skip
    assert content["counts"] == {"new": 1, "changed": 1, "withdrawn": 1, "unchanged": 1, "unreachable": 0}
    assert by_id(content)["anders"]["changes"] == [{"what": "record_date", "old": "2026-01-01", "new": "2026-07-01"}]
    assert by_id(content)["erbij"]["appeared_later"] is False
    assert content["notes"] == []


@pytest.mark.parametrize(
    ("revision", "changed"),
    [
        ("2026-06-02", True),
        ("2026-06-01", False),  # the day of pulling: the record's own date tells, if anything does
        ("2026-06-01T12:00:01Z", True),
        ("2026-06-01T13:30:00+02:00", False),
        ("2027", True),
        ("2026-07", True),
        ("onbekend", False),
        (None, False),
    ],
)
def test_a_revision_after_the_pull_is_a_change(revision: str | None, changed: bool) -> None:
    entry = offered("a")
    entry = replace(entry, dates=replace(entry.dates, revision=revision))
    (found,) = told(later(entry), snapshot(held("a")))["datasets"]

    assert (found["state"] == "changed") is changed
    assert [each["what"] for each in found["changes"]] == (["revision"] if changed else [])


def test_another_address_or_kind_of_service_or_none_at_all_is_a_change() -> None:
    moved, other = (
        offered("adres", "https://twee.example/wfs"),
        dataset("soort", "ogcapi-features", "https://een.example/api"),
    )
    gone = replace(offered("niets"), services=(), access="none")
    picture = dataset("beeld", "wms", "https://een.example/wms2", access="image", purpose="image")
    collections = b'{"collections": [{"id": "vlak"}]}'
    web = Web({"https://een.example/api": collections, "https://een.example/wms": b"<WMS_Capabilities/>"})
    of = snapshot(
        held("adres"), held("soort"), held("niets"),
        held("beeld", "https://een.example/wms", service="wms", status=IMAGE_ONLY),
    )  # fmt: skip
    content = told(later(moved, other, gone, picture), of, web)

    changes = {
        name: [(c["what"], c["old"], c["new"]) for c in each["changes"]] for name, each in by_id(content).items()
    }
    assert changes == {
        "adres": [("address", "https://een.example/wfs", "https://twee.example/wfs")],
        "soort": [("service", "wfs", "ogcapi-features")],
        "niets": [("access", "wfs", None)],
        "beeld": [("address", "https://een.example/wms", "https://een.example/wms2")],
    }
    assert by_id(content)["niets"]["reachable"] is None
    assert content["counts"]["unreachable"] == 0


def test_a_register_older_than_the_snapshot_is_told_and_makes_no_changes() -> None:
    content = told(register(offered("a", record_date="2025-01-01")), snapshot(held("a")))

    assert content["datasets"][0]["state"] == "unchanged"
    assert "ouder dan de momentopname" in content["notes"][0]
    assert "Oefening a" in content["notes"][1]


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        ("wfs", NetworkError("de verbinding mislukte"), "de verbinding mislukte"),
        ("wfs", 404, "status 404"),
        ("wfs", PAGE, "HTML"),
        ("wfs", b"<a/>", "geen WFS"),
        ("wfs", WFS.replace(b"vlak", b"anders").replace(b"Vlak", b"Anders"), "vlak"),
        ("wfs", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        ("wms", b"<ServiceExceptionReport><a>kapot</a></ServiceExceptionReport>", "kapot"),
        ("wms", WFS.replace(b"WFS_Capabilities", b"iets"), "geen WMS"),
        ("ogcapi-features", b"{}", "geen lijst van collecties"),
        ("ogcapi-features", b'{"collections": [{"id": "een"}, {"id": "twee"}]}', "geen collectie vlak; wel een, twee"),
        ("atom", b"<html/>", "HTML"),
        ("atom", b"<rss/>", "geen Atom-feed"),
        ("download", PAGE, "webpagina"),
        ("download", 500, "status 500"),
        ("arcgis-map", b'{"error": {"code": 499}}', "beschrijving"),
    ],
)  # fmt: skip
def test_a_service_that_does_not_answer_as_one_is_named_with_why(kind: Any, answer: Any, said: str) -> None:
    image = kind in ("wms", "arcgis-map")
    entry = dataset("a", kind, "https://een.example/x", "vlak", purpose="image" if image else "data")
    (found,) = told(later(entry), snapshot(), Web({"https://een.example/x": answer}))["datasets"]

    assert found["reachable"] is False
    assert said in found["services"][0]["problem"]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("atom", b'<feed xmlns="http://www.w3.org/2005/Atom"/>'),
        ("download", b"PK\x03\x04"),
        ("download", b"PK" * (8 << 20)),  # a server that gives the whole file all the same
        ("wcs", b"<Capabilities/>"),
        ("wmts", b"<Capabilities/>"),
        ("arcgis-feature", b'{"layers": []}'),
    ],
)
def test_a_service_that_answers_can_be_reached(kind: Any, answer: bytes) -> None:
    entry = dataset("a", kind, "https://een.example/x", None)
    web = Web({"https://een.example/x": answer})
    (found,) = told(later(entry), snapshot(), web)["datasets"]

    assert (found["reachable"], found["services"][0]["problem"]) == (True, None)
    assert {request.timeout_s for request in web.asked} == {SILENCE_S}


def test_one_of_two_services_is_enough_and_each_is_asked_once() -> None:
    dead = offered("a", "https://dood.example/wfs").services
    entries = [replace(offered(name), services=(*dead, *offered(name).services)) for name in ("a", "b", "c")]
    web = Web({"https://dood.example": 410})
    content = told(later(*entries), snapshot(), web)

    assert [each["reachable"] for each in content["datasets"]] == [True, True, True]
    assert [each["reachable"] for each in content["datasets"][0]["services"]] == [False, True]
    assert len(web.asked) == 2


def test_what_was_withdrawn_is_asked_at_the_address_it_came_from() -> None:
    web = Web({"https://een.example/wfs": 404})
    of = snapshot(
        held("weg"), held("raar", service="gopher"), held("mislukt", status=FAILED, address=None, service=None)
    )
    content = told(later(), of, web)

    found = by_id(content)
    assert found["weg"]["services"][0]["problem"].startswith("https://een.example/wfs?")
    assert "gopher" in found["raar"]["services"][0]["problem"]
    assert found["mislukt"]["reachable"] is None
    assert content["counts"]["unreachable"] == 2


def test_the_register_that_was_pulled_with_is_recognised() -> None:
    given = later(offered("a"))
    digest = f"sha256:{hashlib.sha256(json_bytes(register_json(given))).hexdigest()}"
    assert told(given, replace(snapshot(held("a")), register_digest=digest))["snapshot"]["same_register"] is True
    assert told(given, snapshot(held("a")))["snapshot"]["same_register"] is False


def test_the_user_can_stop(tmp_path: Path) -> None:
    class Stopping(Silent):
        def cancelled(self) -> bool:
            return True

    asked: Callable[..., Response] = Web().fetch
    with pytest.raises(Cancelled):
        status(later(offered("a")), snapshot(), asked, MOMENT, Stopping())
