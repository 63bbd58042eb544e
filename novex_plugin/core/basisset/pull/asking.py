"""Asking a server for one thing: the answer in a file, or the reason why there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.basisset.network import MEBIBYTE, Fetch, Request, Response
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.markup import parsed
from novex_plugin.core.progress import Progress

PAGE_BYTES = 1024 * MEBIBYTE
DOCUMENT_BYTES = 64 * MEBIBYTE


@dataclass(frozen=True)
class Asker:
    """The network, the progress and the folder for what arrives, of one dataset."""

    fetch: Fetch
    progress: Progress
    folder: Path

    def get(
        self,
        url: str,
        path: Path,
        maximum_bytes: int = PAGE_BYTES,
        accept: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Fetch to `path`. Raises PullFailure for an error status or a body shorter than was promised."""
        headers = {**(headers or {}), **({"Accept": accept} if accept else {})}
        try:
            response = self.fetch(Request(url, headers=headers, maximum_bytes=maximum_bytes), path, self.progress)
        except OSError as error:
            why = error.strerror or error
            raise PullFailure(f"het antwoord is niet weg te schrijven ({why}).", keep=True) from error
        if not response.ok:
            raise PullFailure(f"{url} geeft status {response.status}.{_told(path)}", keep=response.status >= 500)
        promised = response.headers.get("content-length", "")
        if promised.isdigit() and "content-encoding" not in response.headers and int(promised) > response.size:
            raise PullFailure(f"{url} brak af na {response.size} van {promised} bytes.", keep=True)
        return response

    def document(self, url: str, name: str, accept: str | None = None) -> Element:
        """Fetch a small XML document and parse it."""
        path = self.folder / name
        self.get(url, path, DOCUMENT_BYTES, accept)
        try:
            return parsed(path)
        except PullFailure as failure:
            raise PullFailure(f"{url}: {failure.reason}") from failure

    def json(self, url: str, path: Path, accept: str = "application/json", maximum_bytes: int = DOCUMENT_BYTES) -> Any:
        """Fetch a JSON document and parse it."""
        self.get(url, path, maximum_bytes, accept)
        return self.loaded(url, path)

    def loaded(self, url: str, path: Path) -> Any:
        """Parse the JSON that was fetched to `path`."""
        try:
            return json.loads(path.read_bytes(), object_hook=_without_coordinates)
        except (ValueError, RecursionError) as error:
            shown = path.read_bytes()[:60].decode("utf-8", "replace")
            raise PullFailure(f"{url} gaf geen JSON (het begint met {shown!r}).") from error


def _without_coordinates(content: dict[str, Any]) -> dict[str, Any]:
    """Let go of coordinates as they are read: GDAL reads them from the file, and as Python numbers they fill memory."""
    if "coordinates" in content:
        content["coordinates"] = None
    return content


def _told(path: Path) -> str:
    """What an error answer says, when it is short text."""
    with path.open("rb") as stream:
        start = stream.read(2000)
    text = start.decode("utf-8", "replace").strip()
    return f" De server zegt: {' '.join(text.split())[:200]}" if text and not text.startswith("<") else ""
