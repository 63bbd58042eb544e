"""The report of a proposal: one HTML file that stands by itself, to read, to print and to keep."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Template
from typing import Any

from novex_plugin.core.delivery.markup import Element, element, html_fragment, text
from novex_plugin.core.delivery.report_balance import balance_section
from novex_plugin.core.delivery.report_condensed import condensed
from novex_plugin.core.delivery.report_explanations import explanations_section
from novex_plugin.core.delivery.report_findings import findings_sections
from novex_plugin.core.delivery.report_obstacles import obstacles_section
from novex_plugin.core.delivery.report_own_data import own_data_sections
from novex_plugin.core.delivery.report_parts import Labels, Row, note, table
from novex_plugin.core.delivery.report_programmes import programmes_section
from novex_plugin.core.delivery.report_untested import untested_section
from novex_plugin.core.dutch import day, number
from novex_plugin.core.resources import RESOURCES

DRAFT_MARK = "CONCEPT"

OUTCOMES = {
    "overtreedt": "overtreden",
    "gemotiveerd": "gemotiveerd afgeweken",
    "voldoet": "voldoet",
    "niet_toetsbaar": "niet toetsbaar",
    "niet_van_toepassing": "niet van toepassing",
}
"""The outcomes in the order in which they ask for attention, as readers call them."""


@dataclass(frozen=True)
class ReportContent:
    """What the report tells: the contents of a delivery's own files, and the picture of the map (PNG) if there is one.

    `proposal` and `variant` are rows of the proposal's tables, `explanations` those of `motivering` with their states;
    `findings`, `balance`, `snapshot`, `bindings` and `delivery` the JSON documents.
    """

    proposal: Mapping[str, Any]
    variant: Mapping[str, Any]
    province: str
    delivery: Mapping[str, Any]
    findings: Mapping[str, Any]
    balance: Mapping[str, Any]
    snapshot: Mapping[str, Any]
    bindings: Mapping[str, Any] = field(default_factory=dict)
    explanations: Sequence[Mapping[str, Any]] = ()
    labels: Labels = field(default_factory=Labels)
    picture: bytes | None = None


def report_html(content: ReportContent) -> bytes:
    """The report as a self-contained HTML page in UTF-8, the same bytes for the same content."""
    draft = bool(content.delivery.get("draft"))
    body = [
        *_heading(content, draft),
        *_map(content),
        *_summary(content),
        *programmes_section(content.findings, content.labels),
        *obstacles_section(content.findings, content.labels),
        *findings_sections(condensed(content.findings), content.labels),
        *explanations_section(content.explanations, content.labels),
        *balance_section(content.balance),
        *untested_section(content.findings, content.labels),
        *_datasets(content),
        *own_data_sections(content.bindings, content.labels),
        *_versions(content),
    ]
    template = Template((RESOURCES / "templates" / "report.html").read_text(encoding="utf-8"))
    page = template.substitute(
        title=text(_title(content)),
        generator=text(f"NOVEX Puzzel {content.delivery.get('plugin', {}).get('version', '')}"),
        style=(RESOURCES / "templates" / "report.css").read_text(encoding="utf-8").strip(),
        state="concept" if draft else "definitief",
        body="\n".join(html_fragment(node) for node in body),
    )
    return page.encode()


def _title(content: ReportContent) -> str:
    return str(content.proposal.get("titel") or f"Ruimtelijk voorstel {content.province}")


def _heading(content: ReportContent, draft: bool) -> list[Element]:
    variant = content.variant.get("naam") or content.variant.get("id") or "–"
    lead = [content.province, f"variant {variant}"]
    if content.proposal.get("ijkmoment"):
        lead.append(f"ijkmoment {content.proposal['ijkmoment']}")
    lead.append(f"stand van {day(content.delivery.get('moment'))}")
    nodes = [element("h1", _title(content)), element("p", " · ".join(lead), class_="lead")]
    if content.variant.get("omschrijving"):
        nodes.append(element("p", str(content.variant["omschrijving"])))
    if draft:
        still_open = int(content.delivery.get("open_findings") or 0)
        banner = f"{DRAFT_MARK}: {still_open} bevindingen staan open. Dit is geen definitieve levering."
        nodes.append(element("div", banner, class_="draft-banner"))
        nodes.append(element("div", DRAFT_MARK, class_="draft-mark", aria_hidden="true"))
    return nodes


def _map(content: ReportContent) -> list[Element]:
    if content.picture is None:
        return []
    source = "data:image/png;base64," + b64encode(content.picture).decode("ascii")
    alternative = f"Kaart van {_title(content)} met de bevindingen in rood"
    caption = "Het voorstel in de afgesproken legenda; wat aandacht vraagt in rood."
    return [element("figure", element("img", src=source, alt=alternative), element("figcaption", caption))]


def _summary(content: ReportContent) -> list[Element]:
    counts = content.findings.get("counts") or {}
    tiles = [
        element(
            "div", element("b", number(counts.get(name, 0), "aantal")), element("span", said), class_=f"tile {name}"
        )
        for name, said in OUTCOMES.items()
    ]
    total = number(sum(counts.values()), "aantal")
    found = number(len(content.findings.get("findings") or []), "aantal")
    return [
        element("h2", "Samenvatting"),
        element("p", f"Getoetst aan {total} regels; {found} bevindingen. Een regel telt onder zijn zwaarste uitkomst."),
        element("div", *tiles, class_="tiles"),
    ]


def _datasets(content: ReportContent) -> list[Element]:
    said = {"pulled": "opgehaald", "image_only": "alleen beeld", "failed": "niet gelukt"}
    rows: list[Row] = [
        [
            str(each.get("title") or each["id"]),
            str(each.get("owner") or "–"),
            said.get(str(each.get("status")), str(each.get("status"))),
            "raster" if str(each.get("file") or "").endswith(".tif") else number(each.get("stored"), "aantal"),
            day(each.get("record_date")),
            _licence(each.get("licence")),
            element("code", _short(each.get("digest"))),
        ]
        for each in content.snapshot.get("datasets", [])
    ]
    heads = ("Dataset", "Bronhouder", "Status", "#Objecten", "#Datum bron", "Licentie", "Inhoud")
    nodes = [element("h2", "Gebruikte gegevens")]
    if not rows:
        return [*nodes, note("Er is geen momentopname van de basisset gebruikt.")]
    moment = day(content.snapshot.get("moment"))
    return [
        *nodes,
        note(f"Momentopname van {moment}. De inhoud is herkenbaar aan de eerste tekens van haar vingerafdruk."),
        table(heads, rows),
    ]


def _licence(licence: Any) -> str:
    if isinstance(licence, Mapping):
        return str(licence.get("text") or licence.get("url") or "–")
    return str(licence or "–")


def _short(digest: Any) -> str:
    return str(digest or "–").removeprefix("sha256:")[:12]


def _catalogues(files: Sequence[Mapping[str, Any]], rules: Sequence[Mapping[str, Any]]) -> str:
    """The catalogues that these files belong to, with their versions and how many files; the manifest names each."""
    catalogues = sorted({str(each["id"]).split("/")[0] for each in rules}, key=len, reverse=True)
    counted: dict[str, int] = {}
    for each in files:
        name = next((name for name in catalogues if str(each["id"]).startswith(name)), str(each["id"]))
        said = f"{name} {each['version']}"
        counted[said] = counted.get(said, 0) + 1
    told = [said if count == 1 else f"{said} ({count} bestanden)" for said, count in sorted(counted.items())]
    return "; ".join(told) or "–"


def _versions(content: ReportContent) -> list[Element]:
    delivery = content.delivery
    agreement = delivery.get("agreement") or {}
    catalogues = delivery.get("catalogues") or []
    contact = [content.proposal.get(key) for key in ("contact_organisatie", "contact_email")]
    pairs = [
        ("Afspraken", f"{agreement.get('title') or agreement.get('id', '–')}, versie {agreement.get('version', '–')}"),
        ("Regels", _catalogues(catalogues, catalogues)),
        ("Doelen", _catalogues(delivery.get("targets") or [], catalogues)),
        ("Plugin", f"NOVEX Puzzel {delivery.get('plugin', {}).get('version', '–')}"),
        ("Voorstel", str(content.proposal.get("id") or "–")),
        ("Vingerafdruk voorstel", _short((content.findings.get("proposal") or {}).get("digest"))),
        ("Contact", " · ".join(str(value) for value in contact if value) or "–"),
    ]
    lines = [part for name, said in pairs for part in (element("dt", name), element("dd", said))]
    nodes = [element("h2", "Versies en verantwoording"), element("dl", *lines)]
    if agreement.get("note"):
        nodes.append(note(str(agreement["note"])))
    return nodes
