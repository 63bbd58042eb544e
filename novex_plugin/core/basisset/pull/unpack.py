"""What was downloaded, unpacked with distrust: zip and gzip, bounded, and nothing outside its folder."""

from __future__ import annotations

import gzip
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import IO

from novex_plugin.core.basisset.pull.failure import PullFailure

MAXIMUM_BYTES = 16 * 1024**3
_MAXIMUM_RATIO = 250
_RATIO_FROM = 64 * 1024 * 1024
_MAXIMUM_MEMBERS = 10_000
_PIECE = 1 << 20
_DEPTH = 2
_WANTED = re.compile(
    r".*\.(gpkg|gml|xml|json|geojson|shp|shx|dbf|prj|cpg|tiff?|tfw|gz|gmz|zip)",
    re.IGNORECASE,
)


def unpacked(path: Path, folder: Path, depth: int = _DEPTH) -> list[Path]:
    """The files in a download: itself when it is no archive. Packed files are removed once they are unpacked.

    Raises PullFailure for an archive that is broken, encrypted, leads outside its folder, or grows out of bounds.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    if start[:2] == b"\x1f\x8b":
        target = folder / f"{depth}-{path.name.removesuffix('.gz').removesuffix('.gmz')}.unzipped"
        folder.mkdir(parents=True, exist_ok=True)
        _gunzip(path, target)
        path.unlink()
        return unpacked(target, folder, depth - 1) if depth else [target]
    if start == b"PK\x03\x04" and depth:
        files = _unzip(path, folder / f"{depth}-{path.stem}")
        path.unlink()
        inner = [unpacked(each, each.parent, depth - 1) if _packed(each) else [each] for each in files]
        return [file for group in inner for file in group]
    return [path]


def _packed(path: Path) -> bool:
    return path.suffix.lower() in {".zip", ".gz", ".gmz"}


def _gunzip(path: Path, target: Path) -> None:
    try:
        with gzip.open(path, "rb") as source, target.open("wb") as sink:
            _copy(source, sink, path.stat().st_size)
    except (OSError, EOFError, zlib.error) as error:
        raise PullFailure(f"het gzip-bestand is niet uit te pakken ({error}).") from error


def _copy(source: IO[bytes] | gzip.GzipFile, sink: IO[bytes], packed: int) -> None:
    """Copy in pieces; stop when what comes out is out of all proportion to what went in."""
    total = 0
    limit = min(MAXIMUM_BYTES, max(_RATIO_FROM, packed * _MAXIMUM_RATIO))
    while piece := source.read(_PIECE):
        total += len(piece)
        if total > limit:
            raise PullFailure(f"het archief groeit bij uitpakken boven {limit >> 20} MiB en is geweigerd.")
        sink.write(piece)


def _unzip(path: Path, folder: Path) -> list[Path]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            _check(members, path.stat().st_size)
            return [_extract(archive, each, folder) for each in members if _WANTED.fullmatch(each.filename)]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise PullFailure(f"het zip-bestand is niet uit te pakken ({error}).") from error
    except OSError as error:
        raise PullFailure(f"het zip-bestand is niet weg te schrijven ({error}).", keep=True) from error


def _check(members: list[zipfile.ZipInfo], packed: int) -> None:
    if len(members) > _MAXIMUM_MEMBERS:
        raise PullFailure(f"het zip-bestand heeft meer dan {_MAXIMUM_MEMBERS} bestanden en is geweigerd.")
    if sum(each.file_size for each in members) > min(MAXIMUM_BYTES, max(_RATIO_FROM, packed * _MAXIMUM_RATIO)):
        raise PullFailure("het zip-bestand groeit bij uitpakken buiten alle verhouding en is geweigerd.")
    for each in members:
        parts = each.filename.replace("\\", "/").split("/")
        if ".." in parts or each.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise PullFailure(f"het zip-bestand wil buiten zijn map schrijven ({each.filename[:100]}) en is geweigerd.")
        if stat.S_ISLNK(each.external_attr >> 16):
            raise PullFailure(f"het zip-bestand bevat een verwijzing ({each.filename[:100]}) en is geweigerd.")
        if each.flag_bits & 1:
            raise PullFailure("het zip-bestand is versleuteld.")


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> Path:
    parts = [re.sub(r"[^\w.-]", "_", part) for part in member.filename.replace("\\", "/").split("/") if part]
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("wb") as sink:
        _copy(source, sink, member.compress_size)
    return target
