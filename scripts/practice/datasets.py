"""The catalogue of the practice province: what each dataset is called, who keeps it and how it is offered.

Names, organisations and identifiers are invented; the ways of offering are those of the real catalogue.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

_SPACE = uuid.UUID("6f4c1f6e-9d0b-5d53-8d64-0f2f0d3c7a11")

CC0 = ("https://creativecommons.org/publicdomain/zero/1.0/deed.nl", "Geen beperkingen")
CC_BY = ("https://creativecommons.org/licenses/by/4.0/deed.nl", "Naamsvermelding verplicht")
PUBLIC = ("https://creativecommons.org/publicdomain/mark/1.0/deed.nl", "Publiek domein")
GEO = ("", "Geo Gedeeld: alleen voor gebruik door overheden")

KEYWORDS = ("basisset NOVEX", "basisset novex", "Basisset NOVEX", "Basisset Novex")
"""The spellings that are met in the real catalogue."""


@dataclass(frozen=True)
class Offer:
    """A dataset of the practice basisset; `way` is how it can be had (wfs, atom, zip, wcs, wms, none)."""

    slug: str
    title: str
    abstract: str
    owner: str
    date: str
    licence: tuple[str, str] = CC0
    way: str = "wfs"
    scale: int = 10_000
    topic: str = "environment"

    @property
    def id(self) -> str:
        """The identifier of its metadata record."""
        return str(uuid.uuid5(_SPACE, self.slug))

    @property
    def keyword(self) -> str:
        """The keyword of the basisset, in one of the spellings that occur."""
        return KEYWORDS[sum(self.slug.encode()) % len(KEYWORDS)]


_PROVINCE = "Provincie Oefenland"
_WATER = "Waterschap Aalde en Linder"
_STATE = "Rijksdienst voor de Oefening"
_LAND = "Landelijk Oefenregister"
_GRID = "Netbeheer Oefenland"

OFFERS = (
    Offer("provinciegebied", "Provinciegebied Oefenland", "De grens van de provincie.", _LAND, "2026-01-01",
          topic="boundaries"),
    Offer("gemeenten", "Gemeentegrenzen Oefenland 2026", "De gemeenten van de provincie op 1 januari 2026.", _LAND,
          "2026-01-01", topic="boundaries"),
    Offer("gewaspercelen", "Gewaspercelen Oefenland 2026",
          "Percelen in agrarisch gebruik met het gewas dat er in 2026 op staat.", _STATE, "2026-07-01", CC0,
          topic="farming"),
    Offer("natura2000", "Natura 2000-gebieden Oefenland", "De aangewezen gebieden, per deelgebied.", _STATE,
          "2025-11-12", PUBLIC, "atom"),
    Offer("natuurnetwerk", "Natuurnetwerk Oefenland", "Begrenzing van het natuurnetwerk, per beheereenheid.", _PROVINCE,
          "2026-03-18", CC_BY),
    Offer("habitattypen", "Habitattypenkaart Oefenland",
          "Stikstofgevoelige habitats met hun kritische depositiewaarde.", _PROVINCE, "2025-06-30", CC_BY),
    Offer("terreinen", "Bos, heide en moeras Oefenland", "Terreinen met een natuurlijk grondgebruik.", _LAND,
          "2026-02-02", CC_BY),
    Offer("rivierbed", "Rivierbed van de Aalde", "Het rivierbed tussen de winterdijken, met het stroomregime.", _STATE,
          "2025-04-01", CC0, topic="inlandWaters"),
    Offer("keringszones", "Reserveringszones waterkeringen", "Profiel van vrije ruimte langs de primaire keringen.",
          _WATER, "2026-05-20", CC0, topic="inlandWaters"),
    Offer("keringen", "Primaire waterkeringen Oefenland", "Hartlijnen van de primaire keringen.", _WATER, "2026-05-20",
          CC0, topic="inlandWaters"),
    Offer("dijkversterking", "Toekomstige dijkversterkingen", "Trajecten waar de dijk voor 2050 wordt versterkt.",
          _WATER, "2026-06-11", CC0, topic="inlandWaters"),
    Offer("waterberging", "Zoekgebieden waterberging", "Gebieden die nodig zijn om water te bergen of vast te houden.",
          _WATER, "2026-06-11", CC_BY, topic="inlandWaters"),
    Offer("polders", "Diepe polders Oefenland", "Droogmakerijen en hun diepste delen.", _WATER, "2024-10-01", CC0,
          topic="inlandWaters"),
    Offer("overstromingsdiepte", "Overstromingsdiepte bij dijkdoorbraak", "Maximale waterdiepte, in klassen.", _STATE,
          "2025-09-15", CC0, topic="inlandWaters"),
    Offer("wateroverlast", "Wateroverlast bij hevige neerslag", "Laagten waar bij 100 mm in twee uur water blijft.",
          _WATER, "2025-02-14", CC_BY, topic="inlandWaters"),
    Offer("waterlopen", "Waterlopen Oefenland", "Beken, weteringen en sloten.", _WATER, "2026-04-04", CC0,
          topic="inlandWaters"),
    Offer("waterdelen", "Waterdelen Oefenland", "Rivier, kanaal, plassen en strangen als vlak.", _LAND, "2026-02-02",
          CC_BY, topic="inlandWaters"),
    Offer("bodemkaart", "Bodemkaart Oefenland", "Grondsoort en grondwaterklasse.", _STATE, "2023-12-01", CC_BY,
          scale=50_000, topic="geoscientificInformation"),
    Offer("bodemdaling", "Bodemdalingskaart 2020-2050", "Verwachte daling van het veen, in klassen.", _STATE,
          "2024-03-05", CC_BY, scale=50_000, topic="geoscientificInformation"),
    Offer("beekdalen", "Beekdalen Oefenland", "Beekdalen naar hun vorming.", _PROVINCE, "2022-08-22", CC0,
          scale=25_000, topic="geoscientificInformation"),
    Offer("grondwaterbescherming", "Grondwaterbeschermingsgebieden", "Gebieden rond winningen voor drinkwater.",
          _PROVINCE, "2026-01-15", CC0),
    Offer("bebouwd", "Bebouwd gebied Oefenland", "Begrenzing van steden en dorpen.", _LAND, "2026-01-01", CC_BY,
          topic="society"),
    Offer("bedrijventerreinen", "Werklocaties Oefenland", "Bedrijventerreinen met hoogste milieucategorie en belang.",
          _PROVINCE, "2026-04-30", CC_BY, topic="economy"),
    Offer("wegen", "Wegenbestand Oefenland", "Wegvakken met hun klasse.", _STATE, "2026-08-01", CC0, "zip",
          topic="transportation"),
    Offer("spoorwegen", "Spoorwegen Oefenland", "Hartlijnen van het hoofdspoor.", _STATE, "2026-02-20", CC0,
          topic="transportation"),
    Offer("haltes", "Stations en knooppunten", "Stations van het hoofdspoor.", _PROVINCE, "2026-02-20", CC0,
          topic="transportation"),
    Offer("hoogspanning", "Hoogspanningsnet Oefenland", "Verbindingen van 110 kV en hoger.", _GRID, "2025-12-12",
          CC_BY, topic="utilitiesCommunication"),
    Offer("stations_hs", "Hoogspanningsstations Oefenland", "Stations van 110 kV en hoger.", _GRID, "2025-12-12",
          CC_BY, topic="utilitiesCommunication"),
    Offer("buisleidingen", "Risicocontouren externe veiligheid",
          "Plaatsgebonden risico 10-6 per jaar rond leidingen en bedrijven.", _STATE, "2026-03-03", CC0),
    Offer("res_zoekgebieden", "Zoekgebieden RES Oefenland", "Zoekgebieden voor zon en wind uit de regionale strategie.",
          _PROVINCE, "2025-07-07", CC_BY, "zip", scale=25_000, topic="utilitiesCommunication"),
    Offer("stiltegebieden", "Stiltegebieden Oefenland", "Stiltegebieden uit de omgevingsverordening.", _PROVINCE,
          "2025-10-10", CC0),
    Offer("novexgebied", "NOVEX-gebied Aaldeoevers", "Indicatieve begrenzing van het NOVEX-gebied.", _STATE,
          "2026-09-01", CC0, scale=100_000, topic="planningCadastre"),
    Offer("erfgoed", "Werelderfgoed Oude Linie", "Begrenzing en bufferzone van het werelderfgoed.", _STATE,
          "2021-07-26", CC_BY, topic="society"),
    Offer("dorpsgezichten", "Beschermde dorpsgezichten Oefenland", "Rijksbeschermde stads- en dorpsgezichten.", _STATE,
          "2025-01-20", CC_BY, topic="society"),
    Offer("aandachtsgebieden", "Aandachtsgebieden omgevingsveiligheid", "Aandachtsgebieden rond risicobedrijven.",
          _STATE, "2026-03-03", CC0),
    Offer("belast_gebied", "Gebieden met hoge milieubelasting", "Waar geluid en lucht samen de gezondheid belasten.",
          _STATE, "2026-01-31", CC_BY, topic="health"),
    Offer("stedelijk_groen", "Groenkaart van de gemeenten", "Parken en plantsoenen in steden en dorpen.", _LAND,
          "2026-05-05", CC_BY),
    Offer("monumenten", "Monumentenregister Oefenland", "Gebouwde en archeologische monumenten.", _STATE, "2026-02-14",
          CC_BY, topic="society"),
    Offer("landschappen", "Landschapsregio's Oefenland", "Landschappen naar hun ontstaan.", _PROVINCE, "2024-09-09",
          CC0, scale=50_000),
    Offer("bodemverontreiniging", "Verontreinigde locaties", "Bekende gevallen van ernstige verontreiniging.",
          "Omgevingsdienst Aalde", "2025-11-30", CC_BY, topic="geoscientificInformation"),
    Offer("overslag", "Multimodale knooppunten", "Overslag tussen weg, spoor en vaarweg.", _PROVINCE, "2025-08-01",
          CC0, topic="transportation"),
    Offer("clusterlocaties", "Clusterlocaties logistiek", "Door de provincie aangewezen locaties.", _PROVINCE,
          "2026-04-30", CC_BY, topic="economy"),
    Offer("woningbouwlocaties", "Grootschalige woningbouwlocaties", "Locaties uit de afspraken met het Rijk.", _STATE,
          "2026-09-01", CC0, topic="planningCadastre"),
    Offer("veehouderijen", "Veehouderijen Oefenland", "Vergunde veehouderijen.", _PROVINCE, "2026-06-30", CC_BY,
          topic="farming"),
    Offer("hoogtemodel", "Hoogtemodel Oefenland 25 m", "Hoogte van het maaiveld in meters boven NAP.", _WATER,
          "2024-05-17", CC0, "wcs", topic="elevation"),
    Offer("geluid", "Geluid van wegen en spoor", "Berekende geluidbelasting (Lden), alleen als kaartbeeld.", _STATE,
          "2026-01-31", CC_BY, "wms", scale=25_000, topic="health"),
    Offer("defensie", "Zones rond defensieterreinen", "Op aanvraag bij de bronhouder.", "Defensie Oefenland",
          "2025-08-08", GEO, "none", scale=25_000, topic="intelligenceMilitary"),
)  # fmt: skip


def offer(slug: str) -> Offer:
    """An offered dataset by its short name."""
    return next(each for each in OFFERS if each.slug == slug)
