"""The tables of a proposal, made from the agreement: written once, so that forms, checks and files agree."""

from __future__ import annotations

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Column, Layer

SCHEMA_VERSION = "1.0"

FEATURE_TABLES = {"vlak": "voorstel_vlak", "lijn": "voorstel_lijn", "punt": "voorstel_punt"}
"""Feature table for each geometry type of the agreement."""

GEOMETRY_TYPES = {"voorstel_vlak": "MULTIPOLYGON", "voorstel_lijn": "MULTILINESTRING", "voorstel_punt": "POINT"}

ADDED_LATER = {"motivering": frozenset({"variant", "uitzondering", "uitkomst", "gemeten", "eenheid", "geometrie"})}
"""Columns that proposals of this version of the schema may lack: they were made before these were added."""

_TITLES = {"vlak": "Voorstel, vlakken", "lijn": "Voorstel, lijnen", "punt": "Voorstel, punten"}
_ID = Column("id", required=True, unique=True, title="Kenmerk")


def proposal_layers(agreement: Agreement) -> tuple[Layer, ...]:
    """All tables of a proposal, the feature tables first, in the order in which they are read and written."""
    features = tuple(
        Layer(
            table,
            GEOMETRY_TYPES[table],
            feature_columns(agreement, geometry_type),
            title=_TITLES[geometry_type],
            description=f"{_TITLES[geometry_type]}, volgens de afspraken {agreement.id} {agreement.version}.",
        )
        for geometry_type, table in FEATURE_TABLES.items()
    )
    return features + _attribute_layers(agreement)


def feature_columns(agreement: Agreement, geometry_type: str) -> tuple[Column, ...]:
    """The columns of a feature table; only legend units that may have its geometry type are allowed in it."""
    units = tuple(unit.code for unit in agreement.drawn_as(geometry_type))
    return (
        _ID,
        Column("variant", required=True, title="Variant"),
        Column("legenda", required=True, allowed=units, title="Legenda-eenheid"),
        Column("rol", required=True, allowed=agreement.codes("rol"), default=_first(agreement, "rol"), title="Rol"),
        Column("programma", allowed=agreement.codes("programma"), title="Programma"),
        Column("naam", title="Naam"),
        Column(
            "precisie",
            required=True,
            allowed=agreement.codes("precisie"),
            default=_first(agreement, "precisie", "indicatief"),
            title="Precisie",
        ),
        Column(
            "status",
            required=True,
            allowed=agreement.codes("status"),
            default=_first(agreement, "status"),
            title="Status",
        ),
        Column("start_jaar", "INTEGER", title="Beginjaar"),
        Column("eind_jaar", "INTEGER", title="Eindjaar"),
        Column("horizon", "INTEGER", allowed=agreement.codes("horizon"), title="Horizon"),
        Column("provincie", required=True, allowed=agreement.codes("provincie"), title="Provincie"),
        Column("novex_gebied", allowed=_optional(agreement, "novex_gebied"), title="NOVEX-gebied"),
        Column("meervoudig", title="Andere legenda-eenheden op dezelfde grond"),
        Column("trede", "INTEGER", title="Trede van de voorkeursvolgorde"),
        Column("trede_reden", title="Reden voor deze trede"),
        Column("toelichting", title="Toelichting"),
        Column("bron", title="Bron"),
        Column("gewijzigd", "DATETIME", title="Gewijzigd"),
    )


def _first(agreement: Agreement, code_list: str, wanted: str | None = None) -> str:
    """The default of a code list: the wanted code where the list has it, otherwise its first."""
    codes = agreement.codes(code_list)
    return wanted if wanted is not None and wanted in codes else codes[0]


def _optional(agreement: Agreement, code_list: str) -> tuple[str, ...]:
    """The codes of a list that an agreement may leave out; without it any value will do."""
    return agreement.codes(code_list) if code_list in agreement.code_lists else ()


def _attribute_layers(agreement: Agreement) -> tuple[Layer, ...]:
    statuses = agreement.codes("status")
    return (
        _attributes(
            "voorstel",
            "Het voorstel",
            _ID,
            Column("titel", required=True, title="Titel"),
            Column("provincie", required=True, allowed=agreement.codes("provincie"), title="Provincie"),
            Column("afspraken", required=True, title="Afspraken"),
            Column("afspraken_versie", required=True, title="Versie van de afspraken"),
            Column("schema_versie", required=True, title="Versie van het schema"),
            Column("ijkmoment", title="IJkmoment"),
            Column("contact_organisatie", title="Organisatie"),
            Column("contact_rol", title="Rol van de organisatie"),
            Column("contact_email", title="E-mailadres van de organisatie"),
            Column("aangemaakt", "DATETIME", required=True, title="Aangemaakt"),
        ),
        _attributes(
            "variant",
            "Varianten",
            Column("id", required=True, unique=True, title="Code"),
            Column("naam", required=True, title="Naam"),
            Column("omschrijving", title="Omschrijving"),
        ),
        _attributes(
            "bijdrage",
            "Bijdragen aan indicatoren",
            _ID,
            Column("kenmerk", required=True, title="Kenmerk van het object"),
            Column(
                "indicator", required=True, allowed=tuple(each.id for each in agreement.indicators), title="Indicator"
            ),
            Column("waarde", "REAL", required=True, title="Waarde"),
            Column("eenheid", required=True, allowed=agreement.codes("eenheid"), title="Eenheid"),
            Column("jaar", "INTEGER", title="Jaar"),
            Column("status", allowed=statuses, title="Status"),
        ),
        _attributes(
            "verklaring",
            "Verklaringen",
            _ID,
            Column("kenmerk", title="Kenmerk van het object; leeg: het hele voorstel"),
            Column("variant", required=True, title="Variant"),
            Column("verklaring", required=True, title="Verklaring"),
            Column("waarde", title="Waarde"),
            Column("toelichting", title="Toelichting"),
        ),
        *_records(),
    )


def _records() -> tuple[Layer, ...]:
    return (
        _attributes(
            "dataset",
            "Gebruikte datasets",
            _ID,
            Column("naam", required=True, title="Naam"),
            Column("plaats", title="Vindplaats"),
            Column("basisset", "BOOLEAN", required=True, title="In de basisset"),
            Column("versie", title="Versie"),
            Column("digest", title="Digest van de inhoud"),
            Column("licentie", title="Licentie"),
            Column("reden", title="Reden van afwijking van de basisset"),
        ),
        _attributes(
            "motivering",
            "Motiveringen",
            _ID,
            Column("regel", required=True, title="Regel"),
            Column("regel_versie", title="Versie van de regel"),
            Column("kenmerk", title="Kenmerk van het object"),
            Column("reden", required=True, title="Reden"),
            Column("organisatie", title="Organisatie"),
            Column("rol", title="Rol"),
            Column("datum", "DATE", title="Datum"),
            Column("geldig_tot_ijkmoment", title="Geldig tot ijkmoment"),
            Column("geometrie_digest", title="Digest van de geometrie"),
            Column("variant", title="Variant; leeg: alle"),
            Column("uitzondering", title="Uitzondering waarop men zich beroept"),
            Column("uitkomst", title="Uitkomst zoals beoordeeld"),
            Column("gemeten", "REAL", title="Gemeten zoals beoordeeld"),
            Column("eenheid", title="Eenheid"),
            Column("geometrie", title="Geometrie zoals beoordeeld (WKT)"),
        ),
        _attributes(
            "logboek",
            "Logboek",
            _ID,
            Column("tijd", "DATETIME", required=True, title="Tijd"),
            Column("handeling", required=True, title="Handeling"),
            Column("parameters", title="Parameters (JSON)"),
            Column("gegevens", title="Gebruikte gegevens (JSON)"),
        ),
    )


def _attributes(name: str, title: str, *columns: Column) -> Layer:
    return Layer(name, None, columns, title=title)
