"""Files written beside and then renamed; JSON that is the same bytes for the same content."""

from __future__ import annotations

import hashlib
import json
import math
import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from novex_plugin.core.errors import InputError
from novex_plugin.core.json_lines import line_of
from novex_plugin.core.resources import SCHEMAS

MAXIMUM_JSON_BYTES = 512 * 1024 * 1024


_HALF_SIGN = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]")
"""A surrogate, alone or (as other programs write) one of a pair."""

_sound: set[tuple[str, bytes]] = set()
"""Schemas, with the digests of files that were found to keep to them."""
_MOST_SOUND = 1_000


@contextmanager
def written_beside(target: Path) -> Iterator[Path]:
    """Give a path to write to; rename it to `target` when all went well, remove it otherwise.

    The path lies in a new folder beside the target, so that side files (a journal) go with it.
    Raises InputError when the folder cannot be written to or the disk is full.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        unfinished = folder / target.name
        yield unfinished
        unfinished.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _DISK_FAULTS:
            raise
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_DISK_FAULTS = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def _unwritable(target: Path, error: OSError | sqlite3.OperationalError) -> InputError:
    reason = error.strerror if isinstance(error, OSError) else None
    return InputError(
        f"kan niet worden geschreven ({reason or error}).",
        "Kies een andere plaats, of maak daar ruimte en schrijfrechten.",
        file=target,
    )


def json_bytes(content: object) -> bytes:
    """Canonical JSON: keys sorted, UTF-8, two spaces, one newline at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n").encode()


def write_json(target: Path, content: object) -> None:
    """Write canonical JSON, whole or not at all."""
    with written_beside(target) as unfinished:
        unfinished.write_bytes(json_bytes(content))


def read_json(source: Path, schema: str | None = None, half_signs: bool = False) -> Any:
    """Read a JSON file and check it against `schemas/<schema>.schema.json`.

    Texts with half a sign are refused: JSON can escape one, and no file can hold it. With `half_signs` the caller
    looks after them. Raises InputError naming the file, the place in it and the remedy.
    """
    try:
        if source.exists() and not source.is_file():
            raise InputError("is geen gewoon bestand.", "Geef een JSON-bestand.", file=source)
        if source.stat().st_size > MAXIMUM_JSON_BYTES:
            raise InputError("is groter dan 512 MiB.", "Geef het JSON-bestand dat deze plugin schreef.", file=source)
        written = source.read_bytes()
        content = json.loads(written, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_once)
        if not half_signs and (_HALF_SIGN.search(written) or b"\0" in written[:4]):
            _refuse_half_signs(content, source)
    except OSError as error:
        raise InputError(f"is niet te lezen ({error.strerror}).", "Controleer het pad.", file=source) from error
    except RecursionError as error:
        raise InputError("is te diep genest.", "Geef het JSON-bestand dat deze plugin schreef.", file=source) from error
    except ValueError as error:
        raise InputError(f"is geen JSON ({error}).", "Herstel het bestand of maak het opnieuw.", file=source) from error
    if schema is not None:
        _check_once(written, content, schema, source)
    return content


def _check_once(written: bytes, content: object, schema: str, source: Path) -> None:
    """Check a file against a schema, unless the same bytes were found to keep to it before: those of the plugin's own
    rules, targets and agreement are read again and again."""
    known = (schema, hashlib.sha256(written).digest())
    if known in _sound:
        return
    check_schema(content, schema, source)
    if len(_sound) >= _MOST_SOUND:
        _sound.clear()
    _sound.add(known)


def _refuse_half_signs(content: object, source: Path) -> None:
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        said = f"bevat een half teken (U+{ord(error.object[error.start]):04X}), dat geen tekst is."
        raise InputError(said, "Typ de tekst opnieuw.", file=source) from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is geen JSON-getal")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is te groot voor een getal")
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members of an object; one that stands there twice would lose a value in silence."""
    content = dict(pairs)
    if len(content) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise ValueError(f"{twice[:80]!r} staat er twee keer")
    return content


@lru_cache(maxsize=16)
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator, validators  # not needed at QGIS's start

    extend: Any = validators.extend
    validator = extend(Draft202012Validator, {"uniqueItems": _no_item_twice})
    return validator(json.loads((SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")))


def _no_item_twice(_validator: Any, wanted: bool, items: Any, _schema: Any) -> Iterator[Any]:
    """What `uniqueItems` asks, in one pass: jsonschema's own compares every item of a mixed list with every other."""
    from jsonschema.exceptions import ValidationError

    listed = items if wanted and isinstance(items, list) else []
    if len({json.dumps(item, sort_keys=True) for item in listed}) < len(listed):
        yield ValidationError("een waarde staat er twee keer in")


def check_schema(content: object, schema: str, file: Path | str | None = None) -> None:
    """Raise InputError for the first place where `content` departs from the named schema, with the line of the file
    and what is allowed there."""
    from jsonschema.exceptions import best_match

    found = best_match(_validator(schema).iter_errors(content))
    if found is not None:
        place, problem, remedy = _departure(found, schema)
        raise InputError(problem, remedy, file, field=found.json_path, line=json_line(file, place))


def _departure(found: Any, schema: str) -> tuple[Sequence[str | int], str, str]:
    """Where a schema is departed from, what is wrong there, and what is allowed."""
    place = list(found.absolute_path)
    if found.validator == "additionalProperties" and isinstance(found.instance, dict):
        allowed = found.schema.get("properties", {})
        strange = sorted(set(found.instance) - set(allowed))[0]
        return [*place, strange], f"{strange[:80]!r} is hier niet bekend.", f"Toegestaan: {', '.join(sorted(allowed))}."
    if found.validator == "enum":
        allowed = ", ".join(str(each) for each in found.validator_value)
        return place, f"{str(found.instance)[:80]!r} is hier niet bekend.", f"Toegestaan: {allowed}."
    if found.validator == "required":
        lacking = next(name for name in found.validator_value if name not in found.instance)
        return place, f"{lacking!r} ontbreekt hier.", f"Verplicht: {', '.join(found.validator_value)}."
    remedy = "Verbeter deze plaats, of maak het bestand opnieuw."
    return place, f"volgt het schema {schema} niet: {found.message[:400]}.", remedy


def json_line(file: Path | str | None, place: Sequence[str | int]) -> int | None:
    """The line of a place in a JSON file, None when there is no such file or place."""
    if file is None:
        return None
    try:
        return line_of(Path(file).read_text(encoding="utf-8-sig"), place)
    except (OSError, ValueError):
        return None


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
