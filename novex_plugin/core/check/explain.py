"""Judge explanations that are handed in, record those that can be, and tell of the others why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from novex_plugin.core.check.drawing import moment_number
from novex_plugin.core.check.explain_findings import variant_features
from novex_plugin.core.check.explain_row import Ground
from novex_plugin.core.check.explanation_rows import explanation_ground, explanation_rows
from novex_plugin.core.check.open_findings import OpenFindings, read_open_findings
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import file_digest, written_beside
from novex_plugin.core.moment import as_stored
from novex_plugin.core.proposal.create import log_row, new_id
from novex_plugin.core.proposal.explain import TABLE, record, refuse_read_only
from novex_plugin.core.proposal.explanation_file import Refusal, read_explanations, write_refusals
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.rules.catalogue import read_catalogues


@dataclass(frozen=True)
class Request:
    """What to explain with: the proposal, the file with explanations, the variant that they are about (None: that of
    the findings, or any), the findings' JSON of a check, and the files of rules (None: those of the plugin)."""

    proposal: Path
    explanations: Path
    variant: str | None = None
    findings: Path | None = None
    catalogues: Sequence[Path] | None = None


@dataclass(frozen=True)
class Explained:
    """What was done: explanations recorded, why rows were refused, and what else is to be told."""

    accepted: int
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]

    @property
    def rejected(self) -> int:
        """The number of rows that were refused."""
        return len({refusal.row for refusal in self.refusals})


def explain(request: Request, rejected: Path | None, moment: datetime, ids: Callable[[], str] = new_id) -> Explained:
    """Record the explanations that can be, in one transaction on the proposal; nothing is written when none can.

    The refused rows go to `rejected` (JSON or CSV), where that is given. Raises InputError, with the proposal as it
    was, for a file that cannot be read and a proposal that cannot be used or written to.
    """
    proposal = read_proposal(request.proposal)
    refuse_read_only(request.proposal)
    given = read_explanations(request.explanations)
    variant = request.variant or None
    findings = read_open_findings(request.findings, proposal, variant) if request.findings else None
    features = variant_features(proposal, findings.variant if findings else variant)
    ground = _ground(request, proposal, features, findings, moment)
    notes = [f"de kolom {name[:80]} is hier onbekend en telt niet mee" for name in given.ignored]
    found = explanation_rows(given.rows, features, proposal.tables[TABLE], ground, ids)
    done = Explained(len(found.rows), found.refusals, tuple(dict.fromkeys((*notes, *found.notes))))
    with ExitStack() as stack:
        if rejected is not None:
            write_refusals(stack.enter_context(written_beside(rejected)), found.refusals)
        if len(found.rows):
            written = as_stored(moment)
            told = {"bestand": request.explanations.name, "aanvaard": done.accepted, "afgewezen": done.rejected}
            source = {request.explanations.name: f"sha256:{file_digest(request.explanations)}"}
            log = log_row("motiveringen vastgelegd", told, source, written, ids)
            record(request.proposal, proposal.agreement, (found.rows, log), written)
    return done


def _ground(
    request: Request, proposal: Proposal, features: FeatureTable, findings: OpenFindings | None, moment: datetime
) -> Ground:
    sole = proposal.variants[0] if len(proposal.variants) == 1 else None
    return explanation_ground(
        {rule.id: rule for catalogue in read_catalogues(request.catalogues) for rule in catalogue.rules},
        features,
        findings,
        request.variant or sole,
        moment_number(proposal.header["ijkmoment"]) or 1,
        moment.date(),
    )
