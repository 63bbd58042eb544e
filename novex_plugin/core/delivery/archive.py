"""Zip archives from elsewhere, opened with distrust; zip archives of our own, the same bytes every time."""

from __future__ import annotations

import re
import shutil
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress, stop_if_cancelled

_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The date of every entry that we write: the archive says nothing about when it was made."""

_PIECE = 1 << 20
_WINDOWS_NAME = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_JUNK = re.compile(
    r"(?i)^(thumbs\.db|ehthumbs\.db|desktop\.ini|\.ds_store|\._.*|__macosx|~\$.*|\.~lock\..*#?|~lock.*)$"
)


@dataclass(frozen=True)
class Limits:
    """What an archive may hold. A packed byte of our own data gives 3 to 20; `ratio` counts above `ratio_from`."""

    files: int = 5_000
    bytes: int = 8 << 30
    ratio: int = 60
    ratio_from: int = 64 << 20
    path: int = 240
    depth: int = 12


def is_junk(path: str) -> bool:
    """Whether an operating system or office program left this file behind."""
    return any(_JUNK.match(part) for part in PurePosixPath(path).parts)


def unpack(archive: Path, folder: Path, progress: Progress, limits: Limits | None = None) -> list[str]:
    """Unpack a zip into an empty folder and give the junk that was left out, sorted.

    Raises InputError when it is no zip, is cut off, holds names that leave the folder, links, encrypted or doubled
    entries, or more than `limits`. Nothing is written before all names and sizes were judged.
    """
    if not archive.is_file():
        raise InputError("bestaat niet.", "Controleer het pad.", file=archive)
    try:
        with zipfile.ZipFile(archive) as opened:
            entries, junk = _judged(archive, opened.infolist(), limits or Limits())
            _check_space(archive, folder, sum(entry.file_size for entry in entries))
            for entry in entries:
                stop_if_cancelled(progress)
                _extract(opened, entry, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise InputError(
            f"is geen heel zip-bestand ({error}).", "Vraag of maak de levering opnieuw.", file=archive
        ) from error
    except OSError as error:
        raise InputError(
            f"is niet uit te pakken ({error.strerror or error}).", "Controleer de rechten en de ruimte.", file=archive
        ) from error
    return junk


def _judged(archive: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> tuple[list[zipfile.ZipInfo], list[str]]:
    if len(entries) > limits.files:
        raise _hostile(archive, f"bevat {len(entries)} bestanden; meer dan {limits.files} wordt niet uitgepakt")
    unpacked = sum(entry.file_size for entry in entries)
    packed = archive.stat().st_size
    if unpacked > limits.bytes:
        raise _hostile(archive, f"is uitgepakt {unpacked >> 20} MiB; meer dan {limits.bytes >> 20} MiB mag niet")
    if unpacked > limits.ratio_from and unpacked > limits.ratio * max(packed, 1):
        raise _hostile(archive, f"is uitgepakt {unpacked // max(packed, 1)} keer zo groot als ingepakt")
    kept: list[zipfile.ZipInfo] = []
    junk: list[str] = []
    seen: set[str] = set()
    for entry in entries:
        problem = _problem(entry, limits)
        # Some file systems take two Unicode forms of one letter, as they take two cases, for the same name.
        name = unicodedata.normalize("NFC", entry.filename.rstrip("/")).casefold()
        if problem is None and name in seen:
            problem = "komt twee keer voor"
        if problem is not None:
            raise _hostile(archive, f"bevat '{entry.filename[:120]}': {problem}")
        seen.add(name)
        if is_junk(entry.filename):
            junk.append(entry.filename)
        elif not entry.is_dir():
            kept.append(entry)
    return kept, sorted(junk)


def _problem(entry: zipfile.ZipInfo, limits: Limits) -> str | None:
    """What makes this entry dangerous or unusable, or None."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if stat.S_ISLNK(kind):
        return "een symbolische koppeling"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "geen gewoon bestand"
    if entry.flag_bits & 0x1:
        return "versleuteld"
    # Other methods unpack a piece whole before its declared size is looked at: some bytes can fill the memory.
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "ingepakt op een andere wijze dan deflate"
    return unsafe_path(entry.filename.rstrip("/"), limits)


def unsafe_path(path: str, limits: Limits | None = None) -> str | None:
    """What makes a path in an archive or a list unsafe on some system, or None."""
    allowed = limits or Limits()
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or "." in parts or "" in parts:
        return "een pad dat de map verlaat"
    if _UNSAFE.search(path):
        return "een teken dat in een bestandsnaam niet mag"
    if any(_WINDOWS_NAME.match(part) or part[-1] in ". " for part in parts):
        return "een naam die Windows niet kan schrijven"
    if len(path) > allowed.path or len(parts) > allowed.depth:
        return "een te lang of te diep pad"
    return None


def _check_space(archive: Path, folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise InputError(
            f"vraagt uitgepakt {needed >> 20} MiB, er is {free >> 20} MiB vrij.", "Maak ruimte.", file=archive
        )


def _extract(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    target = folder.joinpath(*PurePosixPath(entry.filename).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(entry) as packed, target.open("xb") as unpacked:
        # zipfile stops at the declared size and checks the CRC, so a size that lies cannot fill the disk.
        shutil.copyfileobj(packed, unpacked, _PIECE)


def _hostile(archive: Path, problem: str) -> InputError:
    return InputError(f"{problem}.", "Vertrouw dit bestand niet; vraag de levering opnieuw.", file=archive)


def pack(folder: Path, archive: Path, top: str) -> None:
    """Write all files below `folder` under the one top folder `top`, sorted, with fixed dates and permissions."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(archive, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
        for path in files:
            entry = zipfile.ZipInfo(f"{top}/{path.relative_to(folder).as_posix()}", _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            with (
                path.open("rb") as unpacked,
                opened.open(entry, "w", force_zip64=path.stat().st_size > 1 << 30) as packed,
            ):
                shutil.copyfileobj(unpacked, packed, _PIECE)
