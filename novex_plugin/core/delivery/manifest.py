"""levering.json: what is in a delivery, made with which agreement, rules and plugin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.delivery.archive import is_junk
from novex_plugin.core.delivery.compare import short
from novex_plugin.core.delivery.places import MANIFEST, MEDIA_TYPES
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import check_schema, file_digest, read_json, write_json

FORMAT = "novex-delivery"
VERSION = "1.0"


@dataclass(frozen=True)
class Head:
    """All of the manifest but its list of files."""

    moment: str
    draft: bool
    agreement: Agreement
    catalogues: Sequence[Mapping[str, str]]
    targets: Sequence[Mapping[str, str]]
    plugin: str
    proposal: Mapping[str, Any]
    province: str
    variant: str
    snapshot: Mapping[str, Any] | None
    counts: Mapping[str, int]
    open_findings: int

    def content(self) -> dict[str, Any]:
        """The head as JSON has it."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "moment": self.moment,
            "draft": self.draft,
            "agreement": {
                "id": self.agreement.id,
                "version": self.agreement.version,
                "title": self.agreement.title.nl,
                "note": self.agreement.statement.nl,
                "digest": self.agreement.digest,
            },
            "catalogues": [dict(each) for each in self.catalogues],
            "targets": [dict(each) for each in self.targets],
            "plugin": {"name": "NOVEX Puzzel", "version": self.plugin},
            "proposal": {
                "id": self.proposal["id"],
                "title": self.proposal["titel"],
                "province": self.proposal["provincie"],
                "province_name": self.province,
                "variant": self.variant,
                "schema_version": self.proposal["schema_versie"],
                "ijkmoment": self.proposal.get("ijkmoment"),
            },
            "snapshot": self.snapshot,
            "counts": dict(self.counts),
            "open_findings": self.open_findings,
        }


def file_list(data: Path) -> list[dict[str, Any]]:
    """Every file below `data/` but the manifest itself: path, media type, size, digest; sorted by path."""
    paths = sorted(path for path in data.rglob("*") if path.is_file() and path != data / MANIFEST)
    return [
        {
            "path": path.relative_to(data).as_posix(),
            "media_type": MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
            "bytes": path.stat().st_size,
            "digest": f"sha256:{file_digest(path)}",
        }
        for path in paths
    ]


def differing_files(data: Path, manifest: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Where the manifest's list of files is not what lies there: the place in the list, what it says, what is found.
    Junk is passed over."""
    says = {entry["path"]: entry for entry in manifest["files"]}
    found = {entry["path"]: entry for entry in file_list(data) if not is_junk(entry["path"])}
    for path in sorted({*says, *found}):
        for key in ("bytes", "digest"):
            one, other = says.get(path, {}).get(key), found.get(path, {}).get(key)
            if one != other:
                yield f"{path}, {key}", short(one), short(other)


def write_manifest(data: Path, head: Mapping[str, Any]) -> dict[str, Any]:
    """Write levering.json for what lies in `data/` and give its content."""
    content = {**head, "files": file_list(data)}
    check_schema(content, "delivery", data / MANIFEST)
    write_json(data / MANIFEST, content)
    return content


def read_manifest(data: Path) -> dict[str, Any]:
    """Read levering.json. Raises InputError when it is absent, of another version or not of its schema."""
    path = data / MANIFEST
    if not path.is_file():
        raise InputError("ontbreekt: dit is geen levering.", "Geef de zip die novex:export schreef.", file=MANIFEST)
    content = read_json(path)
    version = content.get("version") if isinstance(content, dict) else None
    if isinstance(content, dict) and content.get("format") == FORMAT and version != VERSION:
        problem = f"de levering heeft versie {str(version)[:20]}; deze plugin leest versie {VERSION}."
        raise InputError(problem, "Gebruik de plugin waarmee zij is gemaakt.", file=MANIFEST)
    try:
        check_schema(content, "delivery", MANIFEST)
    except RecursionError as error:
        raise InputError("is te diep genest.", "Geef de zip die novex:export schreef.", file=MANIFEST) from error
    return dict(content)
