"""The quick check of a schema and jsonschema's own judge every departure alike."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from novex_plugin.core.errors import InputError
from novex_plugin.core.quick_schema import check_quickly, compiled
from novex_plugin.core.resources import SCHEMAS

DIGEST = "sha256:" + "0" * 64
MOMENT = "2026-11-01T09:00:00Z"

SPLIT = {"idee": {"drawn": 1.5, "features": ["a"]}}
BALANCE: dict[str, Any] = {
    "format": "novex-balance",
    "version": "1.0",
    "moment": MOMENT,
    "proposal": "p",
    "variant": "basis",
    "agreement": "novex 1.0",
    "places": "provincie",
    "targets": [
        dict.fromkeys(("target", "catalogue", "indicator", "label", "place", "place_code"), "x")
        | dict.fromkeys(("unit", "status", "source"), "x")
        | dict.fromkeys(("from_year", "year", "minimum", "maximum", "note", "doubt", "reading", "missing", "surplus"))
        | {"own": True, "place_kind": "land", "comparator": "circa", "outcome": "tekort", "drawn": 2, "remaining": 0}
        | {"by_precision": {}, "by_status": SPLIT, "features": ["a", "b"]}
    ],
    "totals": [
        dict.fromkeys(("indicator", "definition", "unit", "place", "place_code"), "x")
        | {"adds": "sum", "place_kind": "land", "year": 2030, "drawn": 3, "by_status": {"idee": None}}
        | {"by_precision": {}, "parts": [{"feature": "a", "contribution": "b", "value": 1, "share": 0.5, "weight": 1}]}
    ],
    "double_claims": [
        {"indicator": "x", "unit": "ha", "year": None, "features": ["a", "b"], "contribution": "c"}
        | {"area_ha": 0, "counted": 1, "left_out": 0.5}
    ],
    "notes": ["x"],
}  # fmt: skip
LINE = {"id": "x", "naam_a": None, "naam_b": "x", "zelfde_eenheid": 1, "oppervlakte_ha": 0.1}
MERGE: dict[str, Any] = {
    "format": "novex-merge",
    "version": "1.0",
    "moment": MOMENT,
    "agreement": "novex 1.0",
    "deliveries": [
        dict.fromkeys(("province", "name", "file", "proposal", "title", "variant", "plugin"), "x")
        | {"moment": MOMENT, "draft": False, "digest": DIGEST, "features": 1}
    ],
    "skipped": [{"file": "x", "province": None, "moment": MOMENT, "reason": "x", "remedy": "x"}],
    "missing": [{"province": "PV21", "name": "x"}],
    "overlaps": [
        {f"{name}_{side}": "x" for name in ("levering", "kenmerk", "legenda", "rol") for side in "ab"} | LINE
    ],
    "double_claims": [],
    "gaps": None,
    "borders_not_judged": [["PV20", "PV21"]],
    "totals": [],
    "differences": [
        {"what": "concept", "values": [{"value": "a", "provinces": ["b"]}, {"value": "", "provinces": ["c"]}]}
    ],
    "notes": [],
}  # fmt: skip

OTHERS = (None, True, 0, 1.0, 0.25, -3, "", "x", MOMENT, [], [1, "a"], {"a": 1})


def places(content: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in JSON, from the outside in."""
    yield before
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for name, each in inside:
        yield from places(each, (*before, name))


def departures(content: Any) -> Iterator[Any]:
    """The content with another value in each of its places in turn, with a member less, and with one more."""
    for place in places(content):
        for other in (*OTHERS, "gone", "more"):
            changed = copy.deepcopy({"": content})
            holder: Any = changed
            for name in ("", *place)[:-1]:
                holder = holder[name]
            last = ("", *place)[-1]
            if other == "gone" and place:
                del holder[last]
            elif other == "more" and isinstance(holder[last], dict):
                holder[last]["erbij"] = None
            else:
                holder[last] = copy.deepcopy(other)
            yield changed[""] if changed else None


@pytest.mark.parametrize(("name", "content"), [("balance", BALANCE), ("merge", MERGE)])
def test_every_departure_is_judged_as_jsonschema_does(name: str, content: Any) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_bytes())
    slow, quick = Draft202012Validator(schema), compiled(schema)
    assert slow.is_valid(content)
    assert quick(content)
    verdicts = [0, 0]
    for changed in departures(content):
        expected = slow.is_valid(changed)
        verdicts[expected] += 1
        assert quick(changed) is expected, changed
    assert min(verdicts) > 100


def test_a_departure_is_told_as_ever(tmp_path: Path) -> None:
    wrong = copy.deepcopy(BALANCE)
    wrong["totals"][0]["parts"][0]["share"] = 2
    file = tmp_path / "balans.json"
    file.write_text(json.dumps(wrong, indent=1))
    with pytest.raises(InputError, match=re.escape("2 is greater than the maximum")) as refused:
        check_quickly(wrong, "balance", file)
    assert (refused.value.file, refused.value.field) == (file, "$.totals[0].parts[0].share")
    assert refused.value.line is not None


@pytest.mark.parametrize(
    "schema", [{"not": {}}, {"enum": [True]}, {"items": False}, {"$ref": "#/elders"}, {"properties": {"a": {"if": {}}}}]
)
def test_a_word_that_is_not_known_is_not_passed_over(schema: Any) -> None:
    with pytest.raises(KeyError):
        compiled(schema)
