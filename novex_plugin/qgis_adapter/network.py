"""Fetch through QGIS's own network manager, so that the user's proxies, certificates and credentials work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QElapsedTimer, QEventLoop, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from novex_plugin.core.basisset.network import MEBIBYTE, SCHEMES, NetworkError, Request, Response
from novex_plugin.core.errors import Cancelled
from novex_plugin.core.progress import Progress

MAXIMUM_REDIRECTS = 8
_BUFFER = MEBIBYTE
_POLL_MS = 100
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SECRETS = frozenset({"authorization", "cookie", "proxy-authorization"})

_Error = QNetworkReply.NetworkError
_RETRYABLE = frozenset(
    {
        _Error.ConnectionRefusedError,
        _Error.RemoteHostClosedError,
        _Error.TimeoutError,
        _Error.TemporaryNetworkFailureError,
        _Error.NetworkSessionFailedError,
        _Error.UnknownNetworkError,
        _Error.ProxyTimeoutError,
    }
)


def fetch(request: Request, path: Path, progress: Progress) -> Response:
    """Send a request and stream the body to `path`; a `Fetch` of the core, for the main thread and for workers.

    Redirects are followed here, so that they stay on http and https and never go from https back to http.
    Raises NetworkError, Cancelled, and OSError when the file cannot be written.
    """
    current = request
    for _ in range(MAXIMUM_REDIRECTS + 1):
        url = _checked(current.url)
        response, target = _Exchange(current, url, path, progress).run()
        if target is None:
            return response
        current = _redirected(current, url, url.resolved(target), response.status)
    raise NetworkError(f"{request.url} verwijst meer dan {MAXIMUM_REDIRECTS} keer door")


def _checked(address: str) -> QUrl:
    url = QUrl(address)
    if not url.isValid() or url.scheme().lower() not in SCHEMES or not url.host():
        raise NetworkError(f"{address[:200]} is geen geldig http- of https-adres")
    return url


def _redirected(request: Request, source: QUrl, target: QUrl, status: int) -> Request:
    """The request that a redirect asks for; a POST becomes a GET after 301, 302 and 303, as browsers do."""
    address = target.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    if target.scheme().lower() not in SCHEMES:
        raise NetworkError(f"{request.url} verwijst door naar {address[:200]}, dat geen http- of https-adres is")
    if source.scheme().lower() == "https" and target.scheme().lower() == "http":
        raise NetworkError(f"{request.url} verwijst van https door naar het onveilige {address[:200]}")
    headers = dict(request.headers)
    if (source.host(), source.port()) != (target.host(), target.port()):
        headers = {name: value for name, value in headers.items() if name.lower() not in _SECRETS}
    if request.method == "POST" and status in {301, 302, 303}:
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
        return replace(request, url=address, method="GET", body=None, headers=headers)
    return replace(request, url=address, headers=headers)


class _Exchange:
    """One request and its answer, without redirects."""

    def __init__(self, request: Request, url: QUrl, path: Path, progress: Progress) -> None:
        self._request = request
        self._url = url
        self._path = path
        self._progress = progress
        self._size = 0
        self._failure: Exception | None = None
        self._since_data = QElapsedTimer()
        self._since_start = QElapsedTimer()

    def run(self) -> tuple[Response, QUrl | None]:
        """The response, and where it redirects to."""
        with self._path.open("wb") as file, _sent(self._request, self._url) as reply:
            self._follow(reply, file)
            if self._failure is not None:
                raise self._failure
            status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
            self._raise_for(reply, status)
            headers = {
                bytes(name).decode("latin-1").lower(): bytes(value).decode("latin-1")
                for name, value in reply.rawHeaderPairs()
            }
            target = _target(reply) if status in _REDIRECTS else None
            address = reply.url().toString(QUrl.ComponentFormattingOption.FullyEncoded)
            return Response(int(status), headers, address, self._path, self._size), target

    def _follow(self, reply: Any, file: BinaryIO) -> None:
        loop = QEventLoop()
        poll = QTimer()
        poll.setInterval(_POLL_MS)
        self._since_data.start()
        self._since_start.start()
        reply.readyRead.connect(lambda: self._drain(reply, file))
        reply.finished.connect(loop.quit)
        poll.timeout.connect(lambda: self._watch(reply))
        poll.start()
        if not reply.isFinished():
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        poll.stop()
        self._drain(reply, file)

    def _drain(self, reply: Any, file: BinaryIO) -> None:
        """Write what has arrived; an exception may not leave a slot, so it is kept for `run`."""
        while self._failure is None and reply.isOpen() and reply.bytesAvailable() > 0:
            self._since_data.restart()
            piece = bytes(reply.read(_BUFFER))
            self._size += len(piece)
            if self._size > self._request.maximum_bytes:
                limit = self._request.maximum_bytes / MEBIBYTE
                self._stop(reply, NetworkError(f"het antwoord is groter dan {limit:g} MiB"))
                return
            try:
                file.write(piece)
            except OSError as error:
                self._stop(reply, error)

    def _watch(self, reply: Any) -> None:
        silence, total = self._request.timeout_s, self._request.total_s
        if self._progress.cancelled():
            self._stop(reply, Cancelled())
        elif self._since_data.elapsed() > 1000 * silence:
            self._stop(reply, NetworkError(f"de server gaf {silence:g} s lang niets", retryable=True))
        elif total is not None and self._since_start.elapsed() > 1000 * total:
            self._stop(reply, NetworkError(f"het antwoord was na {total:g} s nog niet compleet"))

    def _stop(self, reply: Any, failure: Exception) -> None:
        if self._failure is None:
            self._failure = failure
            reply.abort()

    def _raise_for(self, reply: Any, status: int | None) -> None:
        """Raise NetworkError unless a whole HTTP answer arrived; an error status with its body is an answer."""
        error = reply.error()
        is_answer = status is not None and (error == _Error.NoError or status >= 400)
        if not is_answer or error in _RETRYABLE:
            raise NetworkError(_said(reply), retryable=error in _RETRYABLE)


def _target(reply: Any) -> QUrl | None:
    location = bytes(reply.rawHeader(b"Location"))  # Qt's own reading of this header leaves out relative addresses
    return QUrl.fromEncoded(location) if location else None


def _said(reply: Any) -> str:
    return f"de verbinding mislukte ({reply.errorString().strip().rstrip('.')[:300]})"


@contextmanager
def _sent(request: Request, url: QUrl) -> Iterator[Any]:
    manager = QgsNetworkAccessManager.instance()  # one for each thread
    outgoing = QNetworkRequest(url)
    attribute = QNetworkRequest.Attribute
    outgoing.setAttribute(attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
    outgoing.setAttribute(attribute.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork)
    outgoing.setAttribute(attribute.CacheSaveControlAttribute, False)
    for name, value in request.headers.items():
        outgoing.setRawHeader(name.encode("latin-1"), value.encode("latin-1"))
    if "range" in {name.lower() for name in request.headers}:  # part of a compressed answer could not be unpacked
        outgoing.setRawHeader(b"Accept-Encoding", b"identity")
    reply = manager.post(outgoing, request.body or b"") if request.method == "POST" else manager.get(outgoing)
    reply.setReadBufferSize(8 * _BUFFER)
    own_timer = reply.findChild(QTimer, "timeoutTimer")
    if own_timer is not None:  # QGIS's own time-out, whose length is the user's setting, would cut in before ours
        own_timer.setInterval(int(1000 * request.timeout_s) + 5000)
    try:
        yield reply
    finally:
        if not reply.isFinished():
            reply.abort()
        reply.deleteLater()
