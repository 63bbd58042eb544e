"""What is still to be done before a proposal can be handed over, kept up to date while the dialog is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QMetaObject, QObject, QTimer, pyqtSignal

from novex_plugin.core.dutch import number
from novex_plugin.ui import tasks
from novex_plugin.ui.deliver import screen_look
from novex_plugin.ui.deliver.file_look import FileLook

if TYPE_CHECKING:
    from novex_plugin.qgis_adapter.open_proposal import OpenProposal
    from novex_plugin.ui.workbench import Workbench

NEVER, NOT_FINAL, NOTHING = "never", "not_final", "nothing"
"""What a thing to do stops: every delivery, a final one, or none."""

_QUIET_MS = 200
_CLICKS = ("save", "tables")


@dataclass(frozen=True)
class ToDo:
    """One thing to do; `action` names what its button does."""

    action: str
    text: str
    button: str
    stops: str
    more: str = ""
    """What is told when the mouse rests on it."""


class Readiness(QObject):
    """Looks at the open layers at once, and at the saved file in the background. `file` is None while that runs for
    the first time."""

    changed = pyqtSignal()

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self.file: FileLook | None = None
        self.todos: tuple[ToDo, ...] = ()
        self._work: Any = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET_MS)
        self._timer.timeout.connect(self.look)
        self._connections: list[QMetaObject.Connection] = []

    def watch(self) -> None:
        """Follow what changes, and look now."""
        if not self._connections:
            bench = self._workbench
            again = self._timer.start
            self._connections = [
                bench.proposal_changed.connect(lambda: self._other()),
                bench.variant_changed.connect(lambda _: self._other()),
                bench.snapshot_changed.connect(lambda: again()),
                bench.saved.connect(lambda: again()),
                bench.edited.connect(lambda _: self._look_at_screen()),
                bench.testing.changed.connect(lambda: self._look_at_screen()),
                bench.testing.busy_changed.connect(lambda _: self._look_at_screen()),
            ]
        self.look()

    def release(self) -> None:
        """Follow nothing any more."""
        self._timer.stop()
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self._stop_work()

    @property
    def ready(self) -> bool:
        """Whether everything was looked at and nothing is open: saving is no more than a click."""
        return self.file is not None and all(each.action in _CLICKS for each in self.todos)

    def stopping(self, draft: bool) -> int:
        """How many things to do stop a draft, or a final delivery."""
        kinds = (NEVER,) if draft else (NEVER, NOT_FINAL)
        return sum(each.stops in kinds for each in self.todos)

    def look(self) -> None:
        """Look at everything anew."""
        self._stop_work()
        bench = self._workbench
        opened = bench.proposal
        self._look_at_screen()
        if opened is None:
            return
        from novex_plugin.ui.deliver.file_look import look

        variant, snapshot, bindings = bench.variant, bench.snapshot, bench.bindings
        self._work = tasks.start(
            self.tr("Looking at the proposal"),
            lambda progress: look(opened, variant, snapshot, bindings, progress),
            self._seen,
            lambda error: self._seen(FileLook(refused={"proposal": error})),
            silent=True,
        )

    def _other(self) -> None:
        self.file = None
        self._timer.start()
        self._look_at_screen()

    def _stop_work(self) -> None:
        if self._work is not None:
            tasks.drop(self._work)
            self._work = None

    def _seen(self, found: FileLook) -> None:
        self._work = None
        self.file = found
        self._look_at_screen()

    def _look_at_screen(self) -> None:
        self.todos = tuple(self._all())
        self.changed.emit()

    def _all(self) -> Iterator[ToDo]:
        opened = self._workbench.proposal
        if opened is None:
            return
        try:
            yield from self._of_layers(opened)
        except (KeyError, RuntimeError):
            # A layer went away between two signals: what follows tells the rest.
            self._timer.start()
        yield from self._of_test(opened)
        if self.file is not None:
            yield from self._of_file(self.file, opened)
        if self._workbench.snapshot is None:
            text = self.tr("No snapshot: rules that need data stay untested")
            yield ToDo("basisset", text, self.tr("Choose"), NOTHING)

    def _of_layers(self, opened: OpenProposal) -> Iterator[ToDo]:
        waiting = screen_look.unsaved(opened)
        if waiting:
            one, several = self.tr("Unsaved edits in 1 table"), self.tr("Unsaved edits in {count} tables")
            tables = ", ".join(each.name() for each in waiting)
            yield ToDo("save", _counted(one, several, len(waiting)), self.tr("Save"), NOTHING, tables)
        if opened.missing():
            text = self.tr("Tables of the proposal are not open: {names}").format(names=", ".join(opened.missing()))
            yield ToDo("tables", text, self.tr("Open"), NOTHING)
        names = {
            "contact_organisatie": self.tr("organisation"),
            "contact_rol": self.tr("role"),
            "contact_email": self.tr("e-mail address"),
        }
        missing = [names[each] for each in screen_look.missing_contact(screen_look.header_of(opened))]
        if missing:
            text = self.tr("Metadata: {what} missing or wrong").format(what=", ".join(missing))
            yield ToDo("metadata", text, self.tr("Fill in"), NEVER)
        unfounded = screen_look.unfounded(opened)
        if unfounded:
            one = self.tr("1 dataset outside the basisset without a reason")
            several = self.tr("{count} datasets outside the basisset without a reason")
            more = "\n".join(name for _, name in unfounded)
            yield ToDo("datasets", _counted(one, several, len(unfounded)), self.tr("Give reasons"), NOT_FINAL, more)

    def _of_test(self, opened: OpenProposal) -> Iterator[ToDo]:
        testing = self._workbench.testing
        standing = testing.standing
        if testing.busy:
            yield ToDo("testing", self.tr("The proposal is being tested…"), self.tr("Cancel"), NOTHING)
            return
        if testing.refused:
            yield ToDo("test", self.tr("The last test failed"), self.tr("Test again"), NOTHING, testing.refused)
            return
        if standing is None or standing.variant != self._workbench.variant:
            yield ToDo("test", self.tr("Not tested yet"), self.tr("Test"), NOTHING)
            return
        from novex_plugin.core.check.open_findings import count_blocking

        count = count_blocking(standing.findings, opened.agreement.strictness)
        if count:
            text = _counted(self.tr("1 open finding"), self.tr("{count} open findings"), count)
            more = self.tr("Solve them or explain them: a final delivery has none")
            yield ToDo("findings", text, self.tr("Show"), NOT_FINAL, more)
        if standing.waiting:
            one, several = (
                self.tr("1 rule is older than the last edit"),
                self.tr("{count} rules are older than the last edit"),
            )
            yield ToDo("test", _counted(one, several, len(standing.waiting)), self.tr("Test"), NOTHING)

    def _of_file(self, found: FileLook, opened: OpenProposal) -> Iterator[ToDo]:
        for key, action, button in (
            ("proposal", "look", self.tr("Look again")),
            ("snapshot", "basisset", self.tr("Choose")),
            ("bindings", "basisset", self.tr("Choose")),
        ):
            if key in found.refused:
                yield ToDo(action, found.refused[key], button, NEVER)
        if found.problems:
            one, several = self.tr("1 value outside the agreement"), self.tr("{count} values outside the agreement")
            more = "\n".join(str(each) for each in found.problems[:12])
            yield ToDo("problems", _counted(one, several, len(found.problems)), self.tr("Show"), NEVER, more)
        if found.waiting:
            one = self.tr("1 row waits for a decision since the migration")
            several = self.tr("{count} rows wait for a decision since the migration")
            yield ToDo("waiting", _counted(one, several, found.waiting), self.tr("Show"), NOT_FINAL)
        if found.rows and not any(found.rows.get(each) for each in opened.features):
            text = self.tr("Nothing is drawn in this variant yet")
            yield ToDo("draw", text, self.tr("Draw"), NEVER)


def _counted(one: str, several: str, count: int) -> str:
    return one if count == 1 else several.format(count=number(count))
