"""The QGIS fetch against small servers on loopback, well-behaved and hostile."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from novex_plugin.core.basisset.network import NetworkError, Request, Response
from novex_plugin.core.errors import Cancelled
from novex_plugin.core.progress import Silent
from novex_plugin.qgis_adapter.network import fetch
from scripts.practice.answering import serve_answers, whole

pytestmark = pytest.mark.usefixtures("qgis_app")


def test_body_headers_and_status_arrive(tmp_path: Path) -> None:
    with serve_answers(whole(b"hello", X_Thing="7")) as address:
        response = fetch(Request(address), tmp_path / "body", Silent())
    assert (response.status, response.size, response.path.read_bytes()) == (200, 5, b"hello")
    assert response.headers["x-thing"] == "7"
    assert response.url == address


def test_body_of_an_error_status_is_kept(tmp_path: Path) -> None:
    for status in (400, 404, 500, 503):
        with serve_answers(whole(b"<report/>", status=status)) as address:
            response = fetch(Request(address), tmp_path / "body", Silent())
        assert (response.status, response.ok, response.path.read_bytes()) == (status, False, b"<report/>")


def test_post_sends_body_and_headers(tmp_path: Path) -> None:
    def echo(handler: BaseHTTPRequestHandler) -> None:
        sent = handler.rfile.read(int(handler.headers["Content-Length"]))
        whole(handler.headers["Content-Type"].encode() + b"|" + sent)(handler)

    with serve_answers(echo) as address:
        request = Request(address, method="POST", headers={"Content-Type": "application/xml"}, body=b"<a/>")
        assert fetch(request, tmp_path / "body", Silent()).path.read_bytes() == b"application/xml|<a/>"


def test_range_header_is_passed_on(tmp_path: Path) -> None:
    def part(handler: BaseHTTPRequestHandler) -> None:
        assert (handler.headers["Range"], handler.headers["Accept-Encoding"]) == ("bytes=3-", "identity")
        whole(b"lo", status=206, Content_Range="bytes 3-4/5")(handler)

    with serve_answers(part) as address:
        response = fetch(Request(address, headers={"Range": "bytes=3-"}), tmp_path / "body", Silent())
    assert (response.status, response.path.read_bytes()) == (206, b"lo")


def test_large_answer_arrives_whole(tmp_path: Path) -> None:
    content = bytes(range(256)) * 4096 * 40
    with serve_answers(whole(content)) as address:
        assert fetch(Request(address), tmp_path / "body", Silent()).path.read_bytes() == content


def test_endless_answer_stops_at_the_limit(tmp_path: Path) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    limit = 3 * 1024 * 1024
    with serve_answers(endless) as address, pytest.raises(NetworkError, match="groter dan 3 MiB") as caught:
        fetch(Request(address, maximum_bytes=limit), tmp_path / "body", Silent())
    assert not caught.value.retryable
    assert (tmp_path / "body").stat().st_size <= limit


def test_compressed_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000)
    with serve_answers(whole(bomb, Content_Encoding="gzip")) as address, pytest.raises(NetworkError):
        fetch(Request(address, maximum_bytes=1_000_000), tmp_path / "body", Silent())


def test_silent_server_times_out_and_may_be_asked_again(tmp_path: Path) -> None:
    release = threading.Event()
    with serve_answers(lambda _: (release.wait(20), None)[1]) as address:
        began = time.monotonic()
        with pytest.raises(NetworkError, match="lang niets") as caught:
            fetch(Request(address, timeout_s=0.5), tmp_path / "body", Silent())
        release.set()
    assert caught.value.retryable
    assert time.monotonic() - began < 5


def test_trickling_server_is_stopped_after_the_total_time(tmp_path: Path) -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    with serve_answers(trickle) as address, pytest.raises(NetworkError, match="niet compleet"):
        fetch(Request(address, timeout_s=5, total_s=1), tmp_path / "body", Silent())


def test_truncated_answer_is_an_error_that_may_be_retried(tmp_path: Path) -> None:
    def truncated(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"only this")

    with serve_answers(truncated) as address, pytest.raises(NetworkError) as caught:
        fetch(Request(address), tmp_path / "body", Silent())
    assert caught.value.retryable
    assert (tmp_path / "body").read_bytes() == b"only this"


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(NetworkError, match="verbinding mislukte") as caught:
        fetch(Request(f"http://127.0.0.1:{port}/"), tmp_path / "body", Silent())
    assert caught.value.retryable


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", "data:,x", "geen adres", ""])
def test_other_schemes_are_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(NetworkError, match="geen geldig http"):
        fetch(Request(address), tmp_path / "body", Silent())


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x"])
def test_redirect_to_another_scheme_is_refused(tmp_path: Path, target: str) -> None:
    with (
        serve_answers(whole(b"", status=302, Location=target)) as address,
        pytest.raises(NetworkError, match="geen http"),
    ):
        fetch(Request(address), tmp_path / "body", Silent())
    assert (tmp_path / "body").read_bytes() == b""


def test_relative_redirect_is_followed(tmp_path: Path) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        (whole(b"there") if handler.path == "/a/b" else whole(b"", status=301, Location="a/b"))(handler)

    with serve_answers(answer) as address:
        response = fetch(Request(address), tmp_path / "body", Silent())
    assert (response.url, response.path.read_bytes()) == (f"{address}a/b", b"there")


def test_endless_redirects_are_refused(tmp_path: Path) -> None:
    with (
        serve_answers(whole(b"", status=302, Location="/again")) as address,
        pytest.raises(NetworkError, match="keer door"),
    ):
        fetch(Request(address), tmp_path / "body", Silent())


def test_redirect_is_followed_without_secrets_to_another_server(tmp_path: Path) -> None:
    seen: list[str | None] = []

    def final(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        whole(b"there")(handler)

    with serve_answers(final) as other, serve_answers(whole(b"", status=302, Location=other)) as address:
        request = Request(address, headers={"Authorization": "Basic x"})
        response = fetch(request, tmp_path / "body", Silent())
    assert (response.url, response.path.read_bytes(), seen) == (other, b"there", [None])


@dataclass
class CancelledSoon(Silent):
    moment: float

    def cancelled(self) -> bool:
        return time.monotonic() > self.moment


def test_cancel_stops_a_waiting_fetch(tmp_path: Path) -> None:
    release = threading.Event()
    with serve_answers(lambda _: (release.wait(20), None)[1]) as address:
        with pytest.raises(Cancelled):
            fetch(Request(address), tmp_path / "body", CancelledSoon(time.monotonic() + 0.5))
        release.set()


def test_unwritable_file_is_an_os_error(tmp_path: Path) -> None:
    with serve_answers(whole(b"x" * 10_000_000)) as address, pytest.raises(OSError, match="No space left"):
        fetch(Request(address), Path("/dev/full"), Silent())


def test_works_in_a_worker_thread(tmp_path: Path) -> None:
    found: list[Response] = []
    with serve_answers(whole(b"hello" * 1_000_000)) as address:
        worker = threading.Thread(target=lambda: found.append(fetch(Request(address), tmp_path / "body", Silent())))
        worker.start()
        worker.join(30)
    assert found[0].path.read_bytes() == b"hello" * 1_000_000
