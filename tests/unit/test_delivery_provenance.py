"""The provenance names who did what with which data, in PROV-JSON's own form."""

from __future__ import annotations

from typing import Any

from novex_plugin.core.delivery.provenance import Origin, provenance

ORIGIN = Origin(
    proposal={"id": "p", "titel": "Voorstel", "contact_organisatie": "Provincie Drenthe", "contact_rol": "GIS"},
    variant="basis",
    log=[
        {
            "id": "1",
            "tijd": "2026-11-01T10:00:00Z",
            "handeling": "novex:check",
            "parameters": "{}",
            "gegevens": '{"d1": "sha256:aa", "eigen": "sha256:bb", "kaart (1) v2": "x"}',
        },
        {"id": "2", "tijd": "2026-11-02T10:00:00Z", "handeling": "x", "parameters": None, "gegevens": "geen json"},
    ],
    snapshot={
        "moment": "2026-10-31T08:00:00Z",
        "datasets": [
            {"id": "d1", "title": "Natura 2000", "digest": "sha256:aa", "licence": {"url": "x"}, "time": None}
        ],
    },
    files={"voorstel/voorstel.gpkg": "ab"},
    moment="2026-11-02T10:00:00Z",
    software="NOVEX Puzzel 0.1.0",
)


def relations(document: dict[str, Any]) -> list[tuple[str, str]]:
    kinds = {
        "prov:entity": "entity",
        "prov:activity": "activity",
        "prov:agent": "agent",
        "prov:delegate": "agent",
        "prov:responsible": "agent",
    }
    return [
        (kinds[role], name)
        for kind in ("used", "wasGeneratedBy", "wasAssociatedWith", "wasAttributedTo", "actedOnBehalfOf")
        for relation in document[kind].values()
        for role, name in relation.items()
        if role in kinds
    ]


def test_every_relation_points_at_something_that_is_described() -> None:
    document = provenance(ORIGIN)

    assert relations(document)
    for kind, name in relations(document):
        assert name in document[kind]


def test_each_action_of_the_log_uses_its_datasets() -> None:
    used = provenance(ORIGIN)["used"]

    assert {row["prov:entity"] for row in used.values() if row["prov:activity"] == "novex:handeling-1"} == {
        "novex:dataset-d1",
        "novex:dataset-eigen",
        "novex:dataset-kaart%20%281%29%20v2",
    }


def test_a_proposal_without_a_snapshot_still_has_a_provenance() -> None:
    from dataclasses import replace

    assert "novex:levering" in provenance(replace(ORIGIN, snapshot={}))["activity"]
