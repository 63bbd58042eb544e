"""What a province fills in beside its drawing: answers to questions, steps of ladders and reasons for findings."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from novex_plugin.core.features import geopackage
from novex_plugin.core.features.table import attribute_table

TABLES = ("voorstel_vlak", "voorstel_lijn", "voorstel_punt")

_SPACE = uuid.UUID("5e1c31a5-7b73-5f0e-8f4e-5a6c7d80a9b2")

OF_PROPOSAL = (
    ("niet-afwentelen", "ja", "Per gebied is vastgelegd dat opgaven niet naar elders of later worden verschoven."),
    ("meerlaagsveiligheid", "ja", "Preventie, ruimtelijke inrichting en rampenbeheersing zijn samen afgewogen."),
    ("maatlat-klimaatadaptief", "ja", "Alle nieuwe gebieden worden volgens de landelijke maatlat ingericht."),
    ("water-en-bodem-sturend", "ja", "De kaart van water en bodem was de eerste laag van het ontwerp."),
    ("inpasbaarheid", "ja", "Hoofdstuk 3 zegt per opgave wat past en wat extra vraagt."),
    ("gevolgen-andere-opgaven", "ja", "Elke keuze heeft in hoofdstuk 4 een blad met haar gevolgen."),
    ("gebiedskenmerken", "ja", "Ieder gebied heeft een schets van zijn ondergrond en geschiedenis."),
    ("soortenmanagementplan", "ja", "De gemeenten hebben samen een plan voor soorten vastgesteld."),
    ("energieparagraaf", "ja", "Bijlage 2 legt vraag en aanbod per gebied naast elkaar."),
    ("fietsen-en-lopen", "ja", "Het net van doorfietsroutes verbindt alle kernen boven 5.000 inwoners."),
    ("groene-verbindingen", "ja", "De groene longen rond Aaldermond en Lindervoort zijn uitgewerkt."),
    ("dooradering-verbindt", "ja", "De houtwallen sluiten aan op het natuurnetwerk langs de Aalde."),
    ("waarden-erfgoed-en-landschap", "ja", "De waardenkaart van 2025 ligt onder alle keuzes."),
    ("mirt-overgenomen", "ja", "De rondweg en de spoorverbinding staan erin met hun afspraken."),
    ("gezondheid-keuzes", "ja", "Nieuwe buurten mijden de stroken langs de snelweg."),
    ("grens-rivierbed", "ja", "De grens uit het Besluit kwaliteit leefomgeving is gebruikt."),
    ("opslag-retourstromen", "nee", "Er is nog geen plek gekozen; de zoektocht loopt tot het volgende ijkmoment."),
    ("stikstof-kritische-depositie", "nee", "De berekening is niet klaar en volgt bij het definitieve voorstel."),
    ("abcd-kaart", "nvt", "Oefenland heeft geen kaart van het Rijk: de provincie bestaat alleen om te oefenen."),
    ("spreiding-recreatie", "nvt", "De natuurgebieden van Oefenland krijgen geen bezoekers: niemand woont er echt."),
)
"""Answers for the whole proposal: statement, answer and explanation. All other questions stay open on purpose."""

OF_FEATURES = (
    ("W-03", "soortenmanagementplan", "nee", "Voor dit bos is het onderzoek naar vleermuizen nog niet gedaan."),
    ("W-41", "laddertoets", "ja", "De toets van maart 2026 toont de behoefte binnen de stad."),
    ("W-42", "laddertoets", "ja", "De toets van maart 2026 toont de behoefte binnen de stad."),
    ("L-91", "laddertoets", "nee", "De ladder is hier niet doorlopen; de locatie is ingebracht door een marktpartij."),
    ("P-01", "omvang-onttrekking", "ja", "Twee miljoen kubieke meter per jaar, uit het diepe pakket."),
    ("Z-01", "natuurinclusief-zonnepark", "ja", "De helft van het terrein blijft kruidenrijk grasland."),
    ("Z-02", "natuurinclusief-zonnepark", "ja", "Met houtwallen en een open strook langs de beek."),
)
"""Answers for one feature, by its number in the plan."""

STEPS = (
    ("IW-01", "mob-volgorde-oplossing", "4", "Beter benutten en een fietsroute bleken in de verkenning niet genoeg."),
    ("IS-01", "mob-volgorde-oplossing", "3", "De lijn ligt in de oude bedding en gebruikt het bestaande viaduct."),
    (None, "wbs-p2-vasthouden", "1", None),
    ("W-93", "wbs-p2-vasthouden", "3", None),
    ("Z-01", "res-cluster-boven-spreiding", "1", None),
    ("Z-91", "res-cluster-boven-spreiding", "2", None),
    ("W-41", "res-warmtebronnen", "1", None),
    ("W-42", "res-warmtebronnen", "2", "Er is geen bron dichtbij; de woningen krijgen een eigen warmtepomp."),
)
"""Chosen steps: feature (None: all), rule, step and the reason for a lower one."""

EXPLANATIONS = (
    ("wl-beter-benutten-eerst", "B-02",
     "Op de bestaande terreinen is geen kavel van deze maat vrij; het onderzoek van de regio ligt ter inzage."),
    ("erf-beschermd-gezicht", "W-41",
     "De rijksdienst heeft met het beeldkwaliteitsplan ingestemd; de hoogte sluit aan bij het station."),
)  # fmt: skip
"""Reasons for findings: rule, feature and reason."""


def fill_in(proposal: Path, variant: str) -> int:
    """Fill in all of the above, as a province would do in QGIS; gives the number of answers."""
    named = numbers(proposal)
    ids = {number: identifier for identifier, number in named.items()}
    rows: list[Sequence[Any]] = [(None, *each) for each in OF_PROPOSAL]
    rows += [(ids[number], *each) for number, *each in OF_FEATURES]
    rows += [(ids[number] if number else None, *each) for number, *each in STEPS]
    columns = {
        "id": [_id(row[0], row[1]) for row in rows],
        "kenmerk": [row[0] for row in rows],
        "variant": [variant] * len(rows),
        "verklaring": [row[1] for row in rows],
        "waarde": [row[2] for row in rows],
        "toelichting": [row[3] for row in rows],
    }
    _append(proposal, "verklaring", columns)
    count = len(EXPLANATIONS)
    _append(
        proposal,
        "motivering",
        {
            "id": [_id(ids[number], rule) for rule, number, _ in EXPLANATIONS],
            "regel": [rule for rule, _, _ in EXPLANATIONS],
            "kenmerk": [ids[number] for _, number, _ in EXPLANATIONS],
            "reden": [reason for _, _, reason in EXPLANATIONS],
            "organisatie": ["Provincie Oefenland"] * count,
            "rol": ["programmateam ruimte"] * count,
            "datum": ["2026-11-02"] * count,
            "variant": [variant] * count,
        },
    )
    return len(rows)


def numbers(proposal: Path) -> dict[str, str]:
    """The number in the plan of each feature, by its id."""
    found: dict[str, str] = {}
    for table in TABLES:
        drawn = geopackage.read_layer(proposal, table)
        found |= dict(zip(drawn.column("id").tolist(), drawn.column("toelichting").tolist(), strict=True))
    return found


def _id(*parts: Any) -> str:
    return str(uuid.uuid5(_SPACE, "/".join(str(part) for part in parts)))


def _append(proposal: Path, table: str, columns: Mapping[str, Iterable[Any]]) -> None:
    arrays = {name: np.array(list(values), dtype=object) for name, values in columns.items()}
    geopackage.append(proposal, table, attribute_table(table, arrays))
