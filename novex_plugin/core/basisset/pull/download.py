"""A file fetched in slices, so that a broken connection or a killed program costs one slice."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from novex_plugin.core.basisset.network import MEBIBYTE
from novex_plugin.core.basisset.pull.asking import Asker
from novex_plugin.core.basisset.pull.failure import PullFailure

SLICE_BYTES = 32 * MEBIBYTE
MAXIMUM_BYTES = 8192 * MEBIBYTE
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


def download(url: str, path: Path, asker: Asker) -> int:
    """Fetch a file whole to `path`; gives its size in bytes. What an earlier run had of the same file is kept.

    Slices are asked only of a server that names its file's version (ETag or date) and gives what was asked; any
    other gives the file in one answer. Raises PullFailure, NetworkError or Cancelled.
    """
    if path.exists():
        return path.stat().st_size
    part, note, piece = (path.with_name(f"{path.name}.{ending}") for ending in ("part", "version", "slice"))
    known = _note(note)
    while True:
        have = part.stat().st_size if part.exists() and known else 0
        headers = {"Range": f"bytes={have}-{have + SLICE_BYTES - 1}", "Accept-Encoding": "identity"}
        if known:
            headers["If-Range"] = known["version"]
        response = asker.get(url, piece, MAXIMUM_BYTES, headers=headers)
        found = _RANGE.fullmatch(response.headers.get("content-range", "")) if response.status == 206 else None
        if found is None:
            _refuse_partial(response.status, url)
            piece.replace(path)
            break
        first, last, total = (int(number) for number in found.groups())
        if first != have or last - first + 1 != response.size:
            raise PullFailure(f"{url} geeft een ander deel dan gevraagd.")
        if total > MAXIMUM_BYTES:
            raise PullFailure(f"het bestand is groter dan {MAXIMUM_BYTES / MEBIBYTE:g} MiB.")
        version = response.headers.get("etag", "") or response.headers.get("last-modified", "")
        known = _keep(note, known, version, part)
        _append(piece, part, have)
        if last + 1 >= total:
            part.replace(path)
            break
        if not known:
            part.unlink()
            return _at_once(url, path, asker)
        asker.progress.info(f"  {(last + 1) / MEBIBYTE:.0f} van {total / MEBIBYTE:.0f} MiB")
    note.unlink(missing_ok=True)
    return path.stat().st_size


def _refuse_partial(status: int, url: str) -> None:
    if status == 206:
        raise PullFailure(f"{url} geeft een deel zonder te zeggen welk.")


def _at_once(url: str, path: Path, asker: Asker) -> int:
    """The whole file in one answer, of a server whose slices could be of different versions."""
    waiting = path.with_name(f"{path.name}.slice")
    asker.get(url, waiting, MAXIMUM_BYTES)
    waiting.replace(path)
    return path.stat().st_size


def _note(note: Path) -> dict[str, Any]:
    try:
        content = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) and isinstance(content.get("version"), str) else {}


def _keep(note: Path, known: dict[str, Any], version: str, part: Path) -> dict[str, Any]:
    """Note the file's version; a weak ETag does not tell versions apart."""
    if not version or version.startswith("W/"):
        return {}
    if known and known["version"] != version:
        raise PullFailure("het bestand is op de server gewijzigd tijdens het ophalen.")
    if not known:
        part.unlink(missing_ok=True)
        note.write_text(json.dumps({"version": version}), encoding="utf-8")
    return {"version": version}


def _append(piece: Path, part: Path, have: int) -> None:
    with part.open("ab") as sink, piece.open("rb") as source:
        sink.truncate(have)
        while block := source.read(1 << 20):
            sink.write(block)
    piece.unlink()
