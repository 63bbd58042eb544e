"""Catalogues that are slow, lying or hostile, over real HTTP through QGIS's network manager."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from novex_plugin.core.basisset.catalogue import KEYWORD, csw
from novex_plugin.core.basisset.catalogue.discover import discover
from novex_plugin.core.basisset.catalogue.kinds import Kinds
from novex_plugin.core.basisset.network import Request, Response
from novex_plugin.core.basisset.register import Register
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress, Silent
from novex_plugin.qgis_adapter.network import fetch
from scripts.practice.answering import Answer, serve_answers, whole

pytestmark = pytest.mark.usefixtures("qgis_app")


def impatient(request: Request, path: Path, progress: Progress) -> Response:
    """The real fetch with time-outs that a test can wait for."""
    return fetch(replace(request, timeout_s=0.5, total_s=1.5), path, progress)


def ask(address: str) -> Register:
    moment = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    return discover(f"{address}csw", KEYWORD, impatient, Kinds({}, {}), lambda: moment, Silent())


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/xml")
    handler.send_header("Content-Length", str(10 * 1024**3))
    handler.end_headers()
    handler.wfile.write(b"<?xml version='1.0'?><a>")
    while True:
        handler.wfile.write(b"<!-- much more -->" * 4096)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


def trickling(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(30):
        handler.wfile.write(b" ")
        time.sleep(0.1)


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<?xml version='1.0'?><a>")


BOMB = gzip.compress(b"<a>" + b" " * (csw.MAXIMUM_PAGE_BYTES + 1))
HOSTILE: dict[str, tuple[Answer, str]] = {
    "a web page": (whole(b"<!DOCTYPE html><html></html>", Content_Type="text/html"), "webpagina"),
    "a login page": (whole(b"<html>Log in</html>", status=401), "status 401"),
    "absent": (whole(b"", status=404), "status 404"),
    "an exception report": (whole(b"<ExceptionReport>vol</ExceptionReport>", status=400), "vol"),
    "a redirect to a file": (whole(b"", status=302, Location="file:///etc/passwd"), "geen http- of https-adres"),
    "ever more": (endless, "groter dan 32 MiB"),
    "compressed to little": (whole(BOMB, Content_Encoding="gzip"), r"niet te lezen"),
    "silence": (silent, "lang niets"),
    "a trickle": (trickling, "niet compleet"),
    "broken off": (broken_off, "verbinding mislukte"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_catalogue_is_refused_with_a_remedy(name: str) -> None:
    answer, told = HOSTILE[name]
    began = time.monotonic()
    with serve_answers(answer) as address, pytest.raises(InputError, match=told) as caught:
        ask(address)
    assert "opgeslagen GetRecords-bestand" in caught.value.remedy
    assert time.monotonic() - began < 20
