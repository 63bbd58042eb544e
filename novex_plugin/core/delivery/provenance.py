"""Where a delivery came from, as PROV-JSON (W3C member submission of 2013-04-24)."""

from __future__ import annotations

import json
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

_NAMESPACE = "urn:novex-puzzel:"
_PLAIN = string.ascii_letters + string.digits + "-_./"
"""What names may hold as it is; PROV-N cannot write a space or a bracket, which names of datasets do hold."""


@dataclass(frozen=True)
class Origin:
    """What the provenance is told of: rows of the proposal's own tables, and the snapshot's manifest.

    `log` holds the rows of `logboek`, `files` the paths in the delivery with their SHA-256.
    """

    proposal: Mapping[str, Any]
    variant: str
    log: Sequence[Mapping[str, Any]]
    snapshot: Mapping[str, Any]
    files: Mapping[str, str]
    moment: str
    software: str


def provenance(origin: Origin) -> dict[str, Any]:
    """The delivery's files, what they were made from, by which actions and under whose responsibility."""
    organisation, software = "novex:organisatie", "novex:software"
    document: dict[str, Any] = {
        "prefix": {
            "novex": _NAMESPACE,
            "prov": "http://www.w3.org/ns/prov#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "agent": {
            organisation: {
                "prov:type": _qualified("prov:Organization"),
                "prov:label": origin.proposal.get("contact_organisatie") or "onbekend",
                "novex:rol": origin.proposal.get("contact_rol") or "onbekend",
            },
            software: {"prov:type": _qualified("prov:SoftwareAgent"), "prov:label": origin.software},
        },
        "entity": {},
        "activity": {},
        "used": {},
        "wasGeneratedBy": {},
        "wasAssociatedWith": {},
        "wasAttributedTo": {},
        "actedOnBehalfOf": {"_:namens": {"prov:delegate": software, "prov:responsible": organisation}},
    }
    _add_datasets(document, origin)
    _add_log(document, origin.log)
    _add_delivery(document, origin)
    for number, activity in enumerate(sorted(document["activity"]), start=1):
        document["wasAssociatedWith"][f"_:uitvoering{number}"] = {"prov:activity": activity, "prov:agent": software}
    return {name: content for name, content in document.items() if content}


def _dataset(name: Any) -> str:
    return f"novex:dataset-{quote(str(name), safe=_PLAIN)}"


def _qualified(name: str) -> dict[str, str]:
    return {"$": name, "type": "xsd:QName"}


def _add_datasets(document: dict[str, Any], origin: Origin) -> None:
    if not origin.snapshot:
        return
    moment = origin.snapshot.get("moment")
    document["activity"]["novex:momentopname"] = {
        "prov:startTime": moment,
        "prov:label": "momentopname van de basisset",
    }
    for number, dataset in enumerate(origin.snapshot.get("datasets", []), start=1):
        name = _dataset(dataset["id"])
        described = {
            "prov:label": dataset.get("title"),
            "prov:type": _qualified("prov:Entity"),
            "prov:atLocation": dataset.get("address"),
            "novex:digest": dataset.get("digest"),
            "novex:bronhouder": dataset.get("owner"),
            "novex:licentie": dataset.get("licence"),
            "novex:datum": dataset.get("record_date"),
            "novex:status": dataset.get("status"),
        }
        document["entity"][name] = {key: _plain(value) for key, value in described.items() if value}
        generated = {"prov:entity": name, "prov:activity": "novex:momentopname", "prov:time": dataset.get("time")}
        document["wasGeneratedBy"][f"_:opname{number}"] = {key: value for key, value in generated.items() if value}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) or (isinstance(value, dict) and "$" in value) else json.dumps(value)


def _add_log(document: dict[str, Any], log: Sequence[Mapping[str, Any]]) -> None:
    for row in log:
        name = f"novex:handeling-{quote(str(row['id']), safe=_PLAIN)}"
        described = {
            "prov:startTime": row.get("tijd"),
            "prov:endTime": row.get("tijd"),
            "prov:label": row.get("handeling"),
            "novex:parameters": row.get("parameters"),
        }
        document["activity"][name] = {key: value for key, value in described.items() if value}
        for dataset in sorted(_datasets(row.get("gegevens"))):
            entity = _dataset(dataset)
            document["entity"].setdefault(entity, {"prov:label": dataset})
            key = f"_:gebruik{len(document['used']) + 1}"
            document["used"][key] = {"prov:activity": name, "prov:entity": entity}


def _datasets(written: Any) -> list[str]:
    """The dataset ids of a log row's `gegevens`, which people may have changed: what is no JSON object has none."""
    try:
        read = json.loads(written or "{}")
    except (ValueError, TypeError):
        return []
    return list(read) if isinstance(read, dict) else []


def _add_delivery(document: dict[str, Any], origin: Origin) -> None:
    activity = "novex:levering"
    label = f"levering van variant {origin.variant}"
    document["activity"][activity] = {
        "prov:startTime": origin.moment,
        "prov:endTime": origin.moment,
        "prov:label": label,
    }
    proposal = f"novex:voorstel-{quote(str(origin.proposal.get('id')), safe=_PLAIN)}"
    document["entity"][proposal] = {"prov:label": origin.proposal.get("titel") or "voorstel"}
    document["wasAttributedTo"]["_:voorstel"] = {"prov:entity": proposal, "prov:agent": "novex:organisatie"}
    document["used"]["_:levering"] = {"prov:activity": activity, "prov:entity": proposal}
    for number, dataset in enumerate(origin.snapshot.get("datasets", []), start=1):
        used = {"prov:activity": activity, "prov:entity": _dataset(dataset["id"])}
        document["used"][f"_:levering-dataset{number}"] = used
    for path, digest in sorted(origin.files.items()):
        name = quote(path, safe=_PLAIN)
        entity = f"novex:bestand/{name}"
        document["entity"][entity] = {"prov:label": path, "novex:sha256": digest}
        document["wasGeneratedBy"][f"_:bestand/{name}"] = {"prov:entity": entity, "prov:activity": activity}
