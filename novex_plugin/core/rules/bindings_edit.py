"""Change one binding or one set value in a file of bindings; what else stands in it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import check_schema, json_bytes, read_json, written_beside
from novex_plugin.core.rules.bindings import BOUND, DEFAULT, read_bindings
from novex_plugin.core.rules.model import LEAST_REASON, Value


def own_place(layer: Path, target: Path) -> str:
    """How a file of bindings names a layer of the user's own: beside itself where it can, otherwise in full."""
    folder = target.resolve().parent
    place = layer.resolve()
    return place.relative_to(folder).as_posix() if place.is_relative_to(folder) else str(place)


def bind(
    source: Path | None,
    target: Path,
    slot: str,
    dataset: str | None = None,
    layer: str | None = None,
    chosen: Mapping[str, Any] | None = None,
    own: Mapping[str, str] | None = None,
    level: Mapping[str, Any] | None = None,
) -> None:
    """Let a dataset, or a layer of the user's own (`name`, `place`, `reason`), play a slot; neither leaves it open.

    `source` is the file that is changed (None: the bindings of the plugin), `target` where the result goes. `chosen`
    (`field`, `values`) takes some features only; `level` (`unit`, `field`) tells how to read a level. Raises
    InputError, with nothing written, for content that cannot be read back and a place that cannot be written to.
    """
    entry: dict[str, Any] = {
        "slot": slot,
        "dataset": dataset,
        "layer": layer,
        "filter": None if chosen is None else {"field": chosen["field"], "values": list(chosen["values"])},
        "own": None if own is None else dict(own),
    }
    if level is not None:
        entry["level"] = dict(level)
    content = _content(source)
    before: dict[str, Any] = next((each for each in content["bindings"] if each["slot"] == slot), {})
    kept: dict[str, Any] = {name: before[name] for name in ("note", "candidates") if name in before}
    if dataset is not None or own is not None:
        kept["status"] = BOUND
    others = [each for each in content["bindings"] if each["slot"] != slot]
    content["bindings"] = sorted([*others, entry | kept], key=lambda each: str(each["slot"]))
    _write(content, target)


def set_value(source: Path | None, target: Path, rule: str, parameter: str, value: Value, reason: str) -> None:
    """Give a parameter of a rule a value, with the reason for it. Raises InputError as `bind`."""
    if len(reason.strip()) < LEAST_REASON:
        said = f"de reden telt minder dan {LEAST_REASON} tekens."
        raise InputError(said, "Schrijf waarom deze waarde wordt gebruikt.", row=rule, field="reason")
    content = _content(source)
    plain = list(value) if isinstance(value, tuple) else value
    entry = {"rule": rule, "parameter": parameter, "value": plain, "reason": reason.strip()}
    others = [each for each in content.get("parameters", []) if (each["rule"], each["parameter"]) != (rule, parameter)]
    content["parameters"] = sorted([*others, entry], key=lambda each: (str(each["rule"]), str(each["parameter"])))
    _write(content, target)


def new_bindings_file(folder: Path) -> Path:
    """A name for bindings in a folder that no file has yet."""
    number, path = 1, folder / "koppelingen.json"
    while path.exists():
        number += 1
        path = folder / f"koppelingen-{number}.json"
    return path


def _content(source: Path | None) -> dict[str, Any]:
    content: dict[str, Any] = read_json(source or DEFAULT, "bindings")
    return content


def _write(content: dict[str, Any], target: Path) -> None:
    if target.exists() and not target.stat().st_mode & 0o222:
        raise InputError("is alleen-lezen.", "Maak het bestand schrijfbaar, of kies andere koppelingen.", target)
    check_schema(content, "bindings", target)
    with written_beside(target) as unfinished:
        unfinished.write_bytes(json_bytes(content))
        read_bindings(unfinished)
