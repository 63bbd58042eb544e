"""The data that rules are put to: which dataset plays which object, and where that was taken from."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from novex_plugin.core.basisset.snapshot import Snapshot, SnapshotDataset, read_snapshot
from novex_plugin.core.check.remedies import Remedy, remedies
from novex_plugin.core.dutch import day
from novex_plugin.core.errors import InputError
from novex_plugin.core.rules.bindings import Bindings, read_bindings
from novex_plugin.core.rules.bindings_edit import new_bindings_file
from novex_plugin.core.rules.catalogue import default_catalogues
from novex_plugin.core.rules.model import Rule

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench


class RuleData:
    """The bindings and the snapshot of the project, read when they are first asked for after a change."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self.forget()

    def forget(self) -> None:
        """Read again when asked."""
        self._bindings: Bindings | None = None
        self._snapshot: Snapshot | None = None
        self._looked = False
        self.refused = ""
        """Why the bindings or the snapshot cannot be read; empty when they can."""

    @property
    def bindings(self) -> Bindings | None:
        self._look()
        return self._bindings

    @property
    def snapshot(self) -> Snapshot | None:
        self._look()
        return self._snapshot

    def remedies(self, rule: Rule) -> tuple[Remedy, ...]:
        """What a rule lacks; nothing where the bindings cannot be read."""
        bindings = self.bindings
        return () if bindings is None else remedies(rule, bindings, self.snapshot)

    def described(self, datasets: str | None) -> str:
        """Datasets (ids or names, separated by semicolons) by title, owner and date."""
        names = [name.strip() for name in (datasets or "").split(";") if name.strip()]
        told = []
        for name in names:
            found = self.snapshot.find(name) if self.snapshot is not None else None
            told.append(name if found is None else _described(found))
        return "; ".join(told)

    def target(self) -> Path | None:
        """The bindings of the project, or a name for new ones beside the proposal; None without proposal."""
        if self._workbench.bindings is not None:
            return self._workbench.bindings
        proposal = self._workbench.proposal
        return new_bindings_file(proposal.place.folder) if proposal is not None else None

    def _look(self) -> None:
        if self._looked:
            return
        self._looked = True
        try:
            self._bindings = read_bindings(self._workbench.bindings)
            folder = self._workbench.snapshot
            self._snapshot = read_snapshot(folder) if folder is not None else None
        except InputError as error:
            self.refused = str(error)


def _described(dataset: SnapshotDataset) -> str:
    when = day(dataset.record_date or dataset.time)
    return ", ".join(part for part in (dataset.title, dataset.owner, when) if part)


@lru_cache(maxsize=1)
def programme_titles() -> dict[str, str]:
    """What the programmes of the plugin's rules are called, by their ids."""
    contents = (json.loads(path.read_text(encoding="utf-8")) for path in default_catalogues())
    return {str(each["programme"]): str(each["title"]["nl"]) for each in contents}
