"""BagIt bags (RFC 8493) with SHA-256: written, read back and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from novex_plugin.core.delivery.archive import is_junk, unsafe_path
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import file_digest

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST = "manifest-sha256.txt"
_TAG_MANIFEST = "tagmanifest-sha256.txt"
_LINE = re.compile(r"^([0-9a-fA-F]{64})\s+\*?(.+)$")
_ESCAPES = (("%", "%25"), ("\n", "%0A"), ("\r", "%0D"))
"""The only characters that RFC 8493 (section 2.1.3) escapes in a manifest."""

_NAMED = 5
_MAXIMUM_TAG_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class BagProblem:
    """What is wrong with one file of a bag, in Dutch."""

    file: str
    problem: str


def write_bag(folder: Path, information: Sequence[tuple[str, str]]) -> None:
    """Make a folder whose payload lies in `data/` into a bag. `information` goes into bag-info.txt, in this order."""
    payload = sorted(path for path in (folder / "data").rglob("*") if path.is_file())
    octets = sum(path.stat().st_size for path in payload)
    lines = [*information, ("Payload-Oxum", f"{octets}.{len(payload)}")]
    (folder / "bagit.txt").write_text(_DECLARATION, encoding="utf-8", newline="\n")
    _write_lines(folder / "bag-info.txt", (f"{name}: {' '.join(value.split())}" for name, value in lines))
    _write_lines(folder / _MANIFEST, (_manifest_line(folder, path) for path in payload))
    tags = (folder / name for name in ("bag-info.txt", "bagit.txt", _MANIFEST))
    _write_lines(folder / _TAG_MANIFEST, (_manifest_line(folder, path) for path in tags))


def _write_lines(path: Path, lines: Iterator[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _manifest_line(folder: Path, path: Path) -> str:
    name = path.relative_to(folder).as_posix()
    for sign, escaped in _ESCAPES:
        name = name.replace(sign, escaped)
    return f"{file_digest(path)}  {name}"


def _plain_name(written: str) -> str:
    for sign, escaped in reversed(_ESCAPES):
        written = written.replace(escaped, sign).replace(escaped.lower(), sign)
    return written


def bag_folder(unpacked: Path) -> Path:
    """The folder that holds bagit.txt: the top, or the one folder in it.

    Raises InputError when there is none, or more beside it: no checksum speaks for what lies outside the bag.
    """
    if (unpacked / "bagit.txt").is_file():
        return unpacked
    inside = sorted(unpacked.iterdir())
    bags = [path for path in inside if (path / "bagit.txt").is_file()]
    if not bags:
        raise InputError("is geen levering: bagit.txt ontbreekt.", "Geef de zip die novex:export schreef.")
    beside = [path.name[:80] for path in inside if path != bags[0]]
    if beside:
        said = f"bevat naast de levering {bags[0].name[:80]} ook {', '.join(beside[:_NAMED])}."
        raise InputError(said, "Vraag een zip met één levering en niets ernaast.")
    return bags[0]


def bag_information(folder: Path) -> dict[str, str]:
    """What bag-info.txt says; of a name that is repeated, the last."""
    path = folder / "bag-info.txt"
    if not path.is_file():
        return {}
    pairs = (line.split(":", 1) for line in _text(path).splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, value in pairs}


def check_bag(folder: Path) -> list[BagProblem]:
    """Compare all files with the checksums: missing, extra and changed ones, sorted by file. Junk is passed over."""
    problems: list[BagProblem] = []
    if not _text(folder / "bagit.txt").startswith("BagIt-Version:"):
        problems.append(BagProblem("bagit.txt", "noemt geen versie van BagIt"))
    listed = _listed(folder, _MANIFEST, problems)
    tags = _listed(folder, _TAG_MANIFEST, problems)
    for name, digest in {**listed, **tags}.items():
        problems += _compare(folder, name, digest)
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(present - set(listed) - set(tags) - {_TAG_MANIFEST}):
        if not is_junk(name):
            problems.append(BagProblem(name, "staat niet in de controlelijst: is toegevoegd"))
    problems += _check_total(folder)
    return sorted(set(problems), key=lambda found: (found.file, found.problem))


def _listed(folder: Path, manifest: str, problems: list[BagProblem]) -> dict[str, str]:
    path = folder / manifest
    if not path.is_file():
        problems.append(BagProblem(manifest, "ontbreekt"))
        return {}
    result: dict[str, str] = {}
    for number, line in enumerate(_text(path).splitlines(), start=1):
        match = _LINE.match(line)
        name = _plain_name(match.group(2)) if match else ""
        if match is None or unsafe_path(name) is not None:
            problems.append(BagProblem(manifest, f"regel {number} is geen controlegetal met een veilig pad"))
        elif name in result:
            problems.append(BagProblem(manifest, f"regel {number} noemt {name} opnieuw"))
        else:
            result[name] = match.group(1).lower()
    return result


def _compare(folder: Path, name: str, digest: str) -> list[BagProblem]:
    path = folder / name
    if not path.is_file():
        return [BagProblem(name, "ontbreekt, maar staat in de controlelijst")]
    if file_digest(path) != digest:
        return [BagProblem(name, "is veranderd: het controlegetal klopt niet")]
    return []


def _check_total(folder: Path) -> list[BagProblem]:
    declared = bag_information(folder).get("Payload-Oxum")
    payload = [path for path in (folder / "data").rglob("*") if path.is_file() and not is_junk(path.name)]
    found = f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    if declared is not None and declared != found:
        return [BagProblem("bag-info.txt", f"noemt {declared} (bytes.bestanden), gevonden is {found}")]
    return []


def _text(path: Path) -> str:
    if not path.is_file() or path.stat().st_size > _MAXIMUM_TAG_BYTES:
        return ""
    return path.read_text(encoding="utf-8", errors="replace")
