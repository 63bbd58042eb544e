"""Make a delivery: everything laid in a bag, the bag in one zip, the same bytes for the same input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.check.open_findings import blocking
from novex_plugin.core.delivery.archive import pack
from novex_plugin.core.delivery.assess import assess
from novex_plugin.core.delivery.bag import write_bag
from novex_plugin.core.delivery.complete import bag_description, complete, read_findings
from novex_plugin.core.delivery.deviations import deviations, refuse_unfounded
from novex_plugin.core.delivery.drawing import Drawing
from novex_plugin.core.delivery.layer_metadata import check_contact
from novex_plugin.core.delivery.places import FINDINGS_JSON
from novex_plugin.core.delivery.staging import Request, Staged, stage
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import layer_names, read_layer
from novex_plugin.core.files import written_beside
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.migrate_source import TO_JUDGE
from novex_plugin.version import plugin_version

_NAMED = 5


@dataclass(frozen=True)
class Exported:
    """What was delivered: the manifest, the number of open findings, and what the source had that was left out."""

    manifest: Mapping[str, Any]
    open_findings: int
    left_out: tuple[str, ...]


def export(request: Request, target: Path, drawing: Drawing, progress: Progress) -> Exported:
    """Write a delivery as one zip, whole or not at all.

    Raises InputError for input that cannot be delivered, and for open findings unless the request asks for a draft.
    """
    with written_beside(target) as unfinished:
        # The folder beside the target goes away with all that is in it.
        bag = unfinished.parent / "levering"
        data = bag / "data"
        progress.info("Voorstel en momentopname")
        staged = stage(request, data, unfinished.parent / "werk")
        check_contact(staged.header, request.proposal)
        _refuse_problems(staged, request)
        if not request.draft:
            _refuse_waiting(request.proposal)
            refuse_unfounded(deviations(staged.proposal.tables["dataset"]), request.proposal)
        progress.fraction(0.1)
        stop_if_cancelled(progress)
        progress.info("Toetsing en balans")
        assessed = assess(staged, progress)
        still_open = blocking(read_findings(data / FINDINGS_JSON), staged.agreement.strictness)
        if still_open and not request.draft:
            raise InputError(_said(still_open), "Los ze op of motiveer ze, of kies voor een concept.", request.proposal)
        progress.fraction(0.6)
        stop_if_cancelled(progress)
        manifest = complete(staged, assessed, request.draft, drawing, progress)
        write_bag(bag, bag_description(staged, request.draft, plugin_version()))
        progress.fraction(0.9)
        progress.info("Inpakken")
        pack(bag, unfinished, _top(staged))
    return Exported(manifest, len(still_open), staged.left_out)


def _refuse_problems(staged: Staged, request: Request) -> None:
    """Values that depart from the agreement are not handed over: a receiver could not add them up."""
    problems = staged.proposal.problems
    if problems:
        some = "; ".join(str(problem) for problem in problems[:_NAMED])
        more = f" en nog {len(problems) - _NAMED}" if len(problems) > _NAMED else ""
        raise InputError(
            f"wijkt op {len(problems)} plaatsen af van de afspraken: {some}{more}.",
            "Verbeter ze.",
            request.proposal,
        )


def _refuse_waiting(proposal: Path) -> None:
    """Rows that a migration set apart for a person are part of the proposal: no final delivery goes without them."""
    waiting = len(read_layer(proposal, TO_JUDGE)) if TO_JUDGE in layer_names(proposal) else 0
    if waiting:
        raise InputError(
            f"{waiting} rijen wachten sinds de overstap naar deze afspraken op een oordeel.",
            "Zet ze terug in hun tabel en verwijder ze hier, of kies voor een concept.",
            proposal,
            TO_JUDGE,
        )


def _said(still_open: list[Mapping[str, Any]]) -> str:
    """How many findings are open, and of which rules."""
    by_rule = Counter(str(row.get("regel")) for row in still_open)
    named = ", ".join(f"{rule} ({count})" for rule, count in sorted(by_rule.items())[: 2 * _NAMED])
    more = f" en nog {len(by_rule) - 2 * _NAMED} regels" if len(by_rule) > 2 * _NAMED else ""
    return f"{len(still_open)} bevindingen staan open zonder motivering: {named}{more}."


def _top(staged: Staged) -> str:
    """The name of the one folder in the zip."""
    variant = re.sub(r"[^a-z0-9]+", "-", staged.variant.lower()).strip("-")
    return f"novex-{staged.proposal.province.lower()}-{variant or 'variant'}"
