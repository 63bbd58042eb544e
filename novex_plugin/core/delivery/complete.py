"""The second half of a delivery: all that follows from the proposal, its findings and its balance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from novex_plugin.core.check.open_findings import blocking
from novex_plugin.core.delivery.assess import Assessed
from novex_plugin.core.delivery.deviations import deviations, write_deviations
from novex_plugin.core.delivery.drawing import Drawing, MapPicture, MapTexts, base_layers
from novex_plugin.core.delivery.explanation_rows import explanation_rows, rows_of
from novex_plugin.core.delivery.geojson import write_geojson, write_geojson_rd
from novex_plugin.core.delivery.layer_metadata import Subject, layer_records
from novex_plugin.core.delivery.manifest import Head, file_list, write_manifest
from novex_plugin.core.delivery.metadata_lineage import Origins
from novex_plugin.core.delivery.places import (
    DEVIATIONS,
    EXPLANATIONS,
    FINDINGS,
    FINDINGS_JSON,
    LEGEND,
    METADATA,
    PICTURE,
    PROPOSAL,
    PROPOSAL_GEOJSON,
    PROPOSAL_GEOJSON_RD,
    PROVENANCE,
    REPORT,
    SNAPSHOT,
    SNAPSHOT_MANIFEST,
)
from novex_plugin.core.delivery.provenance import Origin, provenance
from novex_plugin.core.delivery.report import DRAFT_MARK, report_html
from novex_plugin.core.delivery.report_content import report_content
from novex_plugin.core.delivery.staging import Staged
from novex_plugin.core.dutch import day
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import layer_names, read_layer
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import file_digest, read_json, write_json
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.version import plugin_version


def read_findings(path: Path) -> dict[str, Any]:
    """Read findings, which in a delivery come from anyone. Raises InputError when they have another form."""
    content = read_json(path)
    rows = [content.get(part) for part in ("rules", "findings")] if isinstance(content, dict) else [None]
    if not all(isinstance(part, list) and all(isinstance(row, dict) for row in part) for part in rows):
        raise InputError("heeft niet de vorm van bevindingen.", "Maak de toetsing opnieuw.", path)
    explanations = content.get("explanations", [])
    if not isinstance(explanations, list) or not all(isinstance(row, dict) for row in explanations):
        raise InputError("heeft niet de vorm van bevindingen.", "Maak de toetsing opnieuw.", path, field="explanations")
    if not isinstance(content.get("counts"), dict):
        raise InputError("telt de uitkomsten niet.", "Maak de toetsing opnieuw.", path, field="counts")
    return dict(content)


def complete(staged: Staged, assessed: Assessed, draft: bool, drawing: Drawing, progress: Progress) -> dict[str, Any]:
    """Write all that follows and give the manifest. Findings and balance lie in `staged.data` already."""
    head = derive(staged, assessed, draft, drawing, progress)
    files = {entry["path"]: entry["digest"].removeprefix("sha256:") for entry in file_list(staged.data)}
    write_json(staged.data / PROVENANCE, provenance_of(staged, files, plugin_version()))
    return write_manifest(staged.data, head)


def derive(staged: Staged, assessed: Assessed, draft: bool, drawing: Drawing, progress: Progress) -> dict[str, Any]:
    """Write all that follows but the provenance and the manifest, and give the manifest's head."""
    data = staged.data
    progress.info("Legenda, kaart en metadata")
    features = _features(data / PROPOSAL)
    write_geojson(data / PROPOSAL_GEOJSON, features)
    write_geojson_rd(data / PROPOSAL_GEOJSON_RD, features)
    write_deviations(data / DEVIATIONS, deviations(staged.proposal.tables["dataset"]))
    _write_explanations(staged)
    (data / LEGEND).mkdir(exist_ok=True)
    drawing.legend(staged.agreement, data / LEGEND)
    _write_metadata(staged, assessed, draft)
    stop_if_cancelled(progress)
    head = head_of(staged, assessed, draft)
    (data / PICTURE).parent.mkdir(exist_ok=True)
    drawing.picture(map_of(staged, draft), data / PICTURE)
    progress.info("Rapport en herkomst")
    (data / REPORT).write_bytes(report_html(report_content(staged, head, assessed.rules)))
    return head


def head_of(staged: Staged, assessed: Assessed, draft: bool, payload: Path | None = None) -> dict[str, Any]:
    """The manifest without its files; `payload` is where the data lie, if not in `staged.data`."""
    findings = read_findings(staged.data / FINDINGS_JSON)
    manifest = staged.data / SNAPSHOT_MANIFEST
    snapshot = None
    if manifest.is_file():
        snapshot = {
            "moment": staged.snapshot_manifest["moment"],
            "digest": f"sha256:{file_digest(manifest)}",
            "with_data": ((payload or staged.data) / SNAPSHOT / "data").is_dir(),
        }
    return Head(
        moment=staged.moment,
        draft=draft,
        agreement=staged.agreement,
        catalogues=assessed.catalogues,
        targets=assessed.targets,
        plugin=plugin_version(),
        proposal=staged.header,
        province=staged.province,
        variant=staged.variant,
        snapshot=snapshot,
        counts=findings["counts"],
        open_findings=len(blocking(findings, staged.agreement.strictness)),
    ).content()


def _features(geopackage: Path) -> list[FeatureTable]:
    kinds = layer_names(geopackage)
    return [read_layer(geopackage, table) for table, kind in kinds.items() if kind == "features"]


def _write_explanations(staged: Staged) -> None:
    rows = explanation_rows(staged.proposal.tables["motivering"], read_findings(staged.data / FINDINGS_JSON))
    write_json(staged.data / EXPLANATIONS, {"format": "novex-explanations", "version": "1.0", "explanations": rows})


def _write_metadata(staged: Staged, assessed: Assessed, draft: bool) -> None:
    snapshot = staged.snapshot_manifest
    origins = Origins(
        scale=staged.agreement.scale.drawn,
        log=tuple(rows_of(staged.proposal.tables["logboek"])),
        sources=tuple(
            f"{each['title']} ({each.get('owner') or 'bronhouder onbekend'})" for each in snapshot.get("datasets", [])
        ),
        snapshot=snapshot.get("moment"),
        rules=tuple((each["id"], each["version"]) for each in assessed.catalogues),
    )
    subject = Subject(
        header=staged.header,
        variant=staged.variant,
        province=staged.province,
        agreement=staged.agreement,
        moment=staged.moment,
        draft=draft,
        origins=origins,
    )
    folder = staged.data / METADATA
    folder.mkdir(exist_ok=True)
    for geopackage in (PROPOSAL, FINDINGS):
        for table, content in layer_records(staged.data / geopackage, subject):
            (folder / f"{table}.xml").write_bytes(content)


def map_of(staged: Staged, draft: bool) -> MapPicture:
    """What the map of a delivery shows."""
    base = base_layers(staged.snapshot)
    sources = ", ".join(dict.fromkeys(layer.title for layer in base))
    moment = day(staged.snapshot_manifest.get("moment"))
    texts = MapTexts(
        title=str(staged.header["titel"]),
        subtitle=f"Provincie {staged.province} · variant {staged.variant} · stand van {day(staged.moment)}",
        sources=f"Ondergrond: {sources} (momentopname {moment})." if sources else "",
        draft=DRAFT_MARK if draft else None,
    )
    return MapPicture(staged.data / PROPOSAL, staged.data / LEGEND, texts, staged.data / FINDINGS, base)


def provenance_of(staged: Staged, files: Mapping[str, str], version: str) -> dict[str, Any]:
    """The provenance of a delivery made by this version of the plugin, with these files (path to SHA-256)."""
    return provenance(
        Origin(
            proposal=staged.header,
            variant=staged.variant,
            log=rows_of(staged.proposal.tables["logboek"]),
            snapshot=staged.snapshot_manifest,
            files=files,
            moment=staged.moment,
            software=f"NOVEX Puzzel {version}",
        )
    )


def bag_description(staged: Staged, draft: bool, version: str) -> list[tuple[str, str]]:
    """What bag-info.txt says of a delivery made by this version of the plugin, in its order."""
    header = staged.header
    state = "concept" if draft else "definitief"
    return [
        ("Source-Organization", str(header["contact_organisatie"])),
        ("Contact-Email", str(header["contact_email"])),
        ("External-Description", f"{header['titel']}, variant {staged.variant} ({state})"),
        ("External-Identifier", f"{header['id']}/{staged.variant}"),
        ("Bagging-Date", staged.moment[:10]),
        ("Bag-Software-Agent", f"NOVEX Puzzel {version}"),
    ]
