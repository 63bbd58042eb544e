"""Make a delivery and recompute it, in a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.verify import verify
from novex_plugin.core.features.overwriting import refuse_overwriting
from novex_plugin.qgis_adapter.drawing import QgisDrawing

if TYPE_CHECKING:
    from novex_plugin.core.delivery.export import Exported
    from novex_plugin.core.delivery.staging import Request
    from novex_plugin.core.delivery.verify import Verification
    from novex_plugin.core.progress import Progress
    from novex_plugin.qgis_adapter.open_proposal import OpenProposal

_EXPORT, _VERIFY = 0.6, 0.4
"""About how the time is shared."""


@dataclass(frozen=True)
class Part:
    """A part of longer work as progress of its own, from `start` over `share` of the whole."""

    whole: Progress
    start: float
    share: float

    def fraction(self, done: float) -> None:
        self.whole.fraction(self.start + self.share * done)

    def info(self, message: str) -> None:
        self.whole.info(message)

    def warning(self, message: str) -> None:
        self.whole.warning(message)

    def cancelled(self) -> bool:
        return self.whole.cancelled()


@dataclass
class Making:
    """One delivery to make of the open proposal; `request` asks for it once the proposal is at hand as a file.

    `exported` and `verified` stay None until that was done, so that who hears of a failure or a stop can tell how far
    it came.
    """

    opened: OpenProposal
    request: Callable[[Path], Request]
    target: Path
    exported: Exported | None = field(default=None)
    verified: Verification | None = field(default=None)

    def run(self, progress: Progress) -> Making:
        """Write it, whole or not at all, and make it again to compare. Raises InputError and Cancelled."""
        with self.opened.place.at_hand(self.opened.agreement, progress) as proposal:
            request = self.request(proposal)
            read = [each for each in (request.proposal, request.snapshot, request.bindings, request.register) if each]
            refuse_overwriting({"OUTPUT": self.target}, read)
            self.exported = export(request, self.target, QgisDrawing(), Part(progress, 0, _EXPORT))
        part = Part(progress, _EXPORT, _VERIFY)
        self.verified = verify(self.target, QgisDrawing(), part, request.snapshot)
        return self


def report_in(delivery: Path, folder: Path) -> Path | None:
    """The report of a delivery that was just made here, taken out of its zip into `folder`; None when it has none."""
    import zipfile

    from novex_plugin.core.delivery.places import REPORT

    with zipfile.ZipFile(delivery) as opened:
        for name in opened.namelist():
            if name.endswith(f"/data/{REPORT}"):
                target = folder / f"{delivery.stem}.html"
                target.write_bytes(opened.read(name))
                return target
    return None


def not_recomputed(said: Any) -> tuple[int, tuple[str, ...]]:
    """How many rules were not recomputed for want of data, and what else was not, but for the picture of the map."""
    from novex_plugin.core.delivery.places import PICTURE

    rules = [each for each in said if each.startswith("regel ") and each.endswith("gegevens niet meegeleverd")]
    others = tuple(each for each in said if each not in rules and not each.startswith(PICTURE))
    return len(rules), others
