"""The report by itself: of a proposal in the making, or of a delivery that was received."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from novex_plugin.core.agreement import agreement_path, read_agreement
from novex_plugin.core.check.open_findings import blocking
from novex_plugin.core.delivery.archive import unpack
from novex_plugin.core.delivery.assess import Assessed, assess, rule_texts
from novex_plugin.core.delivery.bag import bag_folder, check_bag
from novex_plugin.core.delivery.complete import head_of, map_of, read_findings
from novex_plugin.core.delivery.drawing import Drawing
from novex_plugin.core.delivery.manifest import read_manifest
from novex_plugin.core.delivery.places import BALANCE, FINDINGS, FINDINGS_JSON, LEGEND, PICTURE, SNAPSHOT
from novex_plugin.core.delivery.receive import agreement_name
from novex_plugin.core.delivery.report import report_html
from novex_plugin.core.delivery.report_content import report_content
from novex_plugin.core.delivery.staging import Request, Staged, restage, stage
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import written_beside
from novex_plugin.core.progress import Progress


def report_of_proposal(request: Request, target: Path, maps: Path | None, drawing: Drawing, progress: Progress) -> int:
    """Check a variant and write its report; it is marked as a draft as long as findings are open.

    Gives the number of open findings. Raises InputError for input that cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="novex-rapport-") as folder:
        data = Path(folder) / "data"
        staged = stage(request, data, Path(folder) / "werk", sound=False)
        assessed = assess(staged, progress)
        still_open = len(blocking(read_findings(data / FINDINGS_JSON), staged.agreement.strictness))
        draft = bool(still_open or staged.proposal.problems)
        _draw_legend(staged, drawing)
        (data / PICTURE).parent.mkdir(exist_ok=True)
        drawing.picture(map_of(staged, draft), data / PICTURE)
        _write(staged, assessed, draft, target)
        _write_maps(staged, draft, drawing, maps)
    return still_open


def report_of_delivery(archive: Path, target: Path, maps: Path | None, drawing: Drawing, progress: Progress) -> int:
    """Write the report of a delivery from its own content, and give the number of open findings.

    Raises InputError when the delivery is damaged or follows an agreement that this plugin does not have.
    """
    with tempfile.TemporaryDirectory(prefix="novex-rapport-") as folder:
        unpacked = Path(folder) / "uit"
        unpacked.mkdir()
        unpack(archive, unpacked, progress)
        bag = bag_folder(unpacked)
        problems = check_bag(bag)
        if problems:
            said = f"is beschadigd: {problems[0].file} {problems[0].problem}."
            raise InputError(said, "Bekijk alles met novex:verify, en vraag de levering opnieuw.", archive)
        delivered = bag / "data"
        manifest = read_manifest(delivered)
        own_data = delivered / SNAPSHOT if (delivered / SNAPSHOT / "data").is_dir() else None
        data, work = Path(folder) / "data", Path(folder) / "werk"
        agreement = read_agreement(agreement_path(agreement_name(manifest, archive)))
        staged = restage(delivered, data, work, agreement, manifest["proposal"]["variant"], own_data)
        for file in (FINDINGS, FINDINGS_JSON, BALANCE, PICTURE):
            if (delivered / file).is_file():
                (data / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(delivered / file, data / file)
        assessed = Assessed(tuple(manifest["catalogues"]), tuple(manifest["targets"]), rule_texts())
        _draw_legend(staged, drawing)
        _write(staged, assessed, manifest["draft"], target)
        _write_maps(staged, manifest["draft"], drawing, maps)
    return int(manifest["open_findings"])


def _draw_legend(staged: Staged, drawing: Drawing) -> None:
    (staged.data / LEGEND).mkdir(parents=True, exist_ok=True)
    drawing.legend(staged.agreement, staged.data / LEGEND)


def _write(staged: Staged, assessed: Assessed, draft: bool, target: Path) -> None:
    content = report_content(staged, head_of(staged, assessed, draft), assessed.rules)
    with written_beside(target) as unfinished:
        unfinished.write_bytes(report_html(content))


def _write_maps(staged: Staged, draft: bool, drawing: Drawing, maps: Path | None) -> None:
    if maps is not None:
        with written_beside(maps) as unfinished:
            drawing.picture(map_of(staged, draft), unfinished)
