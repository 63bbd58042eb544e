"""Where everything lies in a delivery, below `data/`."""

from __future__ import annotations

MANIFEST = "levering.json"
PROPOSAL = "voorstel/voorstel.gpkg"
PROPOSAL_GEOJSON = "voorstel/voorstel.geojson"
PROPOSAL_GEOJSON_RD = "voorstel/voorstel-rd.geojson"
LEGEND = "legenda"
METADATA = "metadata"
FINDINGS = "bevindingen/bevindingen.gpkg"
FINDINGS_JSON = "bevindingen/bevindingen.json"
EXPLANATIONS = "bevindingen/motiveringen.json"
BALANCE = "balans/balans.json"
BALANCE_CSV = "balans/balans.csv"
SNAPSHOT = "gegevens"
SNAPSHOT_MANIFEST = "gegevens/manifest.json"
REGISTER = "gegevens/register.json"
BINDINGS = "gegevens/koppelingen.json"
DEVIATIONS = "gegevens/afwijkingen.csv"
PROVENANCE = "herkomst/prov.json"
PICTURE = "rapport/kaart.png"
REPORT = "rapport/rapport.html"

PRIMARY = (PROPOSAL, SNAPSHOT_MANIFEST, REGISTER, BINDINGS)
"""What everything else follows from, with the agreement, the rules and the data themselves."""

MEDIA_TYPES = {
    ".gpkg": "application/geopackage+sqlite3",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".qml": "application/xml",
    ".sld": "application/vnd.ogc.sld+xml",
    ".html": "text/html",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".qlr": "application/xml",
}
