"""In what the deliveries that were laid together differ, other than in what they draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from novex_plugin.core.merge.offers import Offer


def _named(catalogues: Sequence[dict[str, str]]) -> str:
    """Catalogues as one line, so that equal ones are seen to be equal."""
    return ", ".join(sorted(f"{each['id']} {each['version']} {each['digest'][7:19]}" for each in catalogues)) or "geen"


_ASKED: dict[str, Callable[[Offer], str]] = {
    "concept": lambda each: "concept" if each.manifest["draft"] else "definitief",
    "plugin": lambda each: str(each.manifest["plugin"]["version"]),
    "regels": lambda each: _named(each.manifest["catalogues"]),
    "doelen": lambda each: _named(each.manifest["targets"]),
    "ijkmoment": lambda each: str(each.manifest["proposal"]["ijkmoment"] or "geen"),
    "schema_versie": lambda each: str(each.manifest["proposal"]["schema_version"]),
}


def differences(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """For each thing that is not the same in all deliveries its values, each with the provinces that have it."""
    found = []
    for what, asked in _ASKED.items():
        by_value: dict[str, list[str]] = defaultdict(list)
        for offer in offers:
            by_value[asked(offer)].append(offer.province)
        if len(by_value) > 1:
            values = [{"value": value, "provinces": sorted(codes)} for value, codes in sorted(by_value.items())]
            found.append({"what": what, "values": values})
    return found
