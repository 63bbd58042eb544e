"""The values of the profile's code lists that assertions compare with."""

from __future__ import annotations

LANGUAGES = frozenset({"dut", "eng"})
LEVELS = frozenset({"dataset", "series"})
DATE_TYPES = frozenset({"creation", "publication", "revision"})
ROLES = frozenset(
    {
        "author", "custodian", "distributor", "originator", "owner", "pointOfContact", "principalInvestigator",
        "processor", "publisher", "resourceProvider", "user",
    }
)  # fmt: skip
PROGRESS = frozenset(
    {"completed", "historicalArchive", "obsolete", "onGoing", "planned", "required", "underDevelopment"}
)
TOPICS = frozenset(
    {
        "biota", "boundaries", "climatologyMeteorologyAtmosphere", "economy", "elevation", "environment", "farming",
        "geoscientificInformation", "health", "imageryBaseMapsEarthCover", "inlandWaters", "intelligenceMilitary",
        "location", "oceans", "planningCadastre", "society", "structure", "transportation", "utilitiesCommunication",
    }
)  # fmt: skip

LICENCES = (
    ("Geen beperkingen", "publicdomain/mark/"),
    ("Geen beperkingen", "publicdomain/zero/"),
    ("Naamsvermelding verplicht, ", "licenses/by/"),
    ("Gelijk Delen, Naamsvermelding verplicht, ", "licenses/by-sa/"),
    ("Niet Commercieel, Naamsvermelding verplicht, ", "licenses/by-nc/"),
    ("Niet Commercieel, Gelijk Delen, Naamsvermelding verplicht, ", "licenses/by-nc-sa/"),
    ("Geen Afgeleide Werken, Naamsvermelding verplicht, ", "licenses/by-nd/"),
    ("Niet Commercieel, Geen Afgeleide Werken, Naamsvermelding verplicht, ", "licenses/by-nc-nd/"),
)
"""Descriptions of licences, with what their address at creativecommons.org holds; after a comma comes a name."""

SHARED_LICENCE = "Geo Gedeeld licentie"

_OGC = "http://www.opengeospatial.org/standards/"
_SERVICE = "http://www.opengis.net/def/serviceType/ogc/"
PROTOCOLS = {
    "OGC:CSW": {f"{_SERVICE}csw", f"{_OGC}cat"},
    "OGC:WMS": {f"{_SERVICE}wms", f"{_OGC}wms"},
    "OGC:WMTS": {f"{_SERVICE}wmts", f"{_OGC}wmts"},
    "OGC:WFS": {f"{_SERVICE}wfs", f"{_OGC}wfs"},
    "OGC:WCS": {f"{_SERVICE}wcs", f"{_OGC}wcs"},
    "OGC:SOS": {f"{_SERVICE}sos", f"{_OGC}sos"},
    "OGC:WCTS": {_OGC},
    "OGC:WPS": {f"{_OGC}wps"},
    "OGC:WFS-G": {""},
    "OGC:SPS": {f"{_OGC}sps"},
    "OGC:SAS": {"http://www.ogcnetwork.net/SAS"},
    "OGC:WNS": {""},
    "OGC:ODS": {f"{_OGC}ols#ODS"},
    "OGC:OGS": {f"{_OGC}ols#OGS"},
    "OGC:OUS": {f"{_OGC}ols#OUS"},
    "OGC:OPS": {f"{_OGC}ols#OPS"},
    "OGC:ORS": {f"{_OGC}ols#ORS"},
    "OGC:OLS": {f"{_SERVICE}ols", f"{_OGC}ols"},
    "OGC:API features": {"http://www.opengis.net/def/interface/ogcapi-features"},
    "OGC:SensorThings": {f"{_OGC}sensorthings"},
    "INSPIRE Atom": {"https://tools.ietf.org/html/rfc4287", ""},
    "W3C:SPARQL": {"https://www.w3.org/TR/rdf-sparql-query/"},
    "OASIS:OData": {"https://www.oasis-open.org/committees/odata"},
    "OAS": {
        "https://github.com/OAI/OpenAPI-Specification/",
        "https://github.com/OAI/OpenAPI-Specification/blob/master/versions/3.0.0.md",
    },
    "landingpage": {"https://www.w3.org/TR/vocab-dcat-2/#Property:resource_landing_page", ""},
    "dataset": {"https://www.w3.org/TR/vocab-dcat-2/#Property:catalog_dataset", ""},
    "application": {""},
    "UKST": {""},
}
"""Protocols with the addresses that may stand beside them; profile 2.1.0 renamed some and both are in use."""

NAMED_PROTOCOLS = frozenset({"OGC:WMS", "OGC:WFS", "OGC:WCS", "INSPIRE Atom"})

_IANA = "https://www.iana.org/assignments/media-types/"
MEDIA_TYPES = {
    "gml": {f"{_IANA}application/gml+xml"},
    "kml": {"http://www.iana.org/assignments/media-types/application/vnd.google-earth.kml+xml"},
    "geojson": {f"{_IANA}application/geo+json"},
    "gpkg": {
        f"{_IANA}application/geopackage+sqlite3",
        "http://inspire.ec.europa.eu/media-types/application/x-sqlite3",
    },
    "json": {f"{_IANA}application/json"},
    "jsonld": {f"{_IANA}application/ld+json"},
    "rdf-xml": {f"{_IANA}application/rdf+xml"},
    "xml": {f"{_IANA}application/xml"},
    "zip": {f"{_IANA}application/zip"},
    "png": {f"{_IANA}image/png"},
    "gif": {f"{_IANA}image/gif"},
    "jp2": {f"{_IANA}image/jp2"},
    "tiff": {f"{_IANA}image/tiff"},
    "csv": {f"{_IANA}text/csv"},
    "mapbox-vector-tile": {f"{_IANA}application/vnd.mapbox-vector-tile"},
}
"""Media types with their addresses, in lower case: case is of no account."""

_INSPIRE = "http://inspire.ec.europa.eu/metadata-codelist/"
DESCRIPTIONS = {
    "accesspoint": f"{_INSPIRE}onlinedescriptioncode/accesspoint",
    "endpoint": f"{_INSPIRE}onlinedescriptioncode/endpoint",
}
ACCESS_POINT = "inspire.ec.europa.eu/metadata-codelist/OnLineDescriptionCode/accessPoint"
COUPLED_SERVICES = frozenset({f"{_INSPIRE}SpatialDataServiceType/view", f"{_INSPIRE}SpatialDataServiceType/download"})

INSPIRE_THEMES = frozenset(
    {
        "Administratieve eenheden", "Adressen", "Atmosferische omstandigheden", "Beschermde gebieden",
        "Biogeografische gebieden", "Bodem", "Bodemgebruik", "Energiebronnen",
        "Faciliteiten voor landbouw en aquacultuur", "Faciliteiten voor productie en industrie",
        "Gebieden met natuurrisico's",
        "Gebiedsbeheer, gebieden waar beperkingen gelden, gereguleerde gebieden en rapportage-eenheden",
        "Gebouwen", "Geografisch rastersysteem", "Geografische namen", "Geologie", "Habitats en biotopen", "Hoogte",
        "Hydrografie", "Kadastrale percelen", "Landgebruik", "Menselijke gezondheid en veiligheid",
        "Meteorologische geografische kenmerken", "Milieubewakingsvoorzieningen", "Minerale bronnen",
        "Nutsdiensten en overheidsdiensten", "Oceanografische geografische kenmerken", "Orthobeeldvorming",
        "Spreiding van de bevolking — demografie", "Spreiding van soorten", "Statistische eenheden",
        "Systemen voor verwijzing door middel van coördinaten", "Vervoersnetwerken", "Zeegebieden",
    }
)  # fmt: skip
INSPIRE_THESAURUS = "GEMET - INSPIRE themes, version 1.0"
INSPIRE_THESAURUS_ADDRESS = "http://www.eionet.europa.eu/gemet/nl/inspire-themes/"
INSPIRE_REGULATION = "VERORDENING (EU) Nr. 1089/2010 VAN DE COMMISSIE van 23 november 2010"
"""How the title of INSPIRE's regulation on interoperability begins."""
