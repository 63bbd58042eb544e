"""The test of the open variant: the whole when asked, and what changes while one draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from novex_plugin.core.progress import Progress
from novex_plugin.ui.tasks import Work, drop, start

if TYPE_CHECKING:
    from novex_plugin.core.check.live import LiveResult, LiveTest
    from novex_plugin.core.check.standing import Standing
    from novex_plugin.ui.workbench import Workbench


class Testing(QObject):
    """Holds how the variant stands (`standing`, None before the first test).

    While `live` is on, features that change are tested in the background, one test at a time; edits that come meanwhile
    wait for the next. `refused` says why the last test of the whole failed, empty when it did not.
    """

    changed = pyqtSignal()
    """There is another `standing`, or none any more."""
    tested = pyqtSignal(object)
    """A live test has ended: the LiveResult of the features that changed."""
    live_changed = pyqtSignal(bool)
    busy_changed = pyqtSignal(bool)
    """The whole variant is being tested, or that has ended."""
    progressed = pyqtSignal(float)
    """How much of it is done, in per cent."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.standing: Standing | None = None
        self.refused = ""
        self.live = workbench.settings.live
        self._workbench = workbench
        self._whole: Work | None = None
        self._part: Work | None = None
        self._test: LiveTest | None = None
        self._waiting: set[str] = set()
        """Features that changed since the last live test began."""
        self._since_whole: set[str] = set()
        """Features that changed while the whole was tested: they are tested again after it."""
        workbench.proposal_changed.connect(self._renew)
        workbench.variant_changed.connect(lambda _: self._renew())
        workbench.snapshot_changed.connect(self._data_changed)
        workbench.edited.connect(self._edited)
        self._renew()

    def release(self) -> None:
        """Stop what runs and let go."""
        self._stop()
        self._test = None

    @property
    def busy(self) -> bool:
        """Whether the whole variant is being tested."""
        return self._whole is not None

    def of_feature(self, feature: str) -> list[int]:
        """The rows of `standing.findings` that are about a feature."""
        return [] if self.standing is None else [int(row) for row in self.standing.of_feature(feature)]

    def set_live(self, live: bool) -> None:
        """Test while one draws, or only when asked."""
        if live == self.live:
            return
        self.live = live
        if not live:
            self._waiting.clear()
            if self._part is not None:
                self._part.cancel()
        self.live_changed.emit(live)

    def test_all(self) -> None:
        """Test the whole variant, as it is on the screen; asked again, it starts anew."""
        screen = self._workbench.screen
        if screen is None:
            return
        drop(self._whole)
        screen.renew()
        taken, variant = screen.taken(), self._workbench.variant
        snapshot, bindings = self._workbench.snapshot, self._workbench.bindings

        def test(progress: Progress) -> Any:
            from novex_plugin.core.check.run import check_proposal
            from novex_plugin.core.check.standing import standing_of

            now = datetime.now(UTC)
            return standing_of(check_proposal(taken(), variant, snapshot, bindings, None, now, progress))

        self.refused = ""
        self._since_whole.clear()
        self._waiting.clear()
        self._whole = start(self.tr("Test the proposal"), test, self._tested_all, self._failed, self._stopped)
        self._whole.progressChanged.connect(self.progressed)
        self.busy_changed.emit(True)

    def cancel(self) -> None:
        """Stop testing the whole; what stood before stays."""
        if self._whole is not None:
            self._whole.cancel()

    def _tested_all(self, standing: Standing) -> None:
        self._whole = None
        self.standing = standing
        self.busy_changed.emit(False)
        self.changed.emit()
        if self._since_whole:
            self._edited(frozenset(self._since_whole))
        elif self.live and self._test is None:
            self._prepare()

    def _failed(self, message: str) -> None:
        self._whole = None
        self.refused = message
        self.busy_changed.emit(False)
        self._workbench.warn(message)
        self.changed.emit()

    def _stopped(self) -> None:
        self._whole = None
        self.busy_changed.emit(False)

    def _edited(self, ids: frozenset[str]) -> None:
        if self._whole is not None:
            self._since_whole |= ids
        if not self.live or not ids or self._workbench.screen is None:
            return
        self._waiting |= ids
        if self._part is None:
            self._test_part()

    def _prepare(self) -> None:
        """Read rules and data ahead, so that the first edit does not wait for them."""
        screen = self._workbench.screen
        if screen is None or self._part is not None:
            return
        taken, made = screen.taken(), self._live_test()

        def prepare(progress: Progress) -> Any:
            test = made()
            test.warm(taken(), progress)
            return test

        self._part = start(self.tr("Read the data of the rules"), prepare, self._prepared, self._part_failed,
                           self._part_stopped, silent=True)  # fmt: skip

    def _live_test(self) -> Callable[[], LiveTest]:
        """For a worker: the test that has read its rules and data, or a new one."""
        existing, snapshot, bindings = self._test, self._workbench.snapshot, self._workbench.bindings

        def live_test() -> LiveTest:
            from novex_plugin.core.check.live import LiveTest

            return existing or LiveTest(snapshot, bindings, None, lambda: datetime.now(UTC))

        return live_test

    def _prepared(self, test: LiveTest) -> None:
        self._part = None
        self._test = test
        self._go_on()

    def _test_part(self) -> None:
        screen = self._workbench.screen
        if screen is None:
            return
        ids, self._waiting = tuple(sorted(self._waiting)), set()
        taken, variant, made = screen.taken(), self._workbench.variant, self._live_test()

        def test(progress: Progress) -> Any:
            live, proposal = made(), taken()
            result = live.test(proposal, variant, ids, progress)
            if result.touched:
                return live, ids, (result, live.test(proposal, variant, result.touched, progress))
            return live, ids, (result,)

        self._part = start(self.tr("Test what was drawn"), test, self._tested_part, self._part_failed,
                           self._part_stopped, silent=True)  # fmt: skip

    def _tested_part(self, found: tuple[LiveTest, tuple[str, ...], tuple[LiveResult, ...]]) -> None:
        self._part = None
        self._test, asked, results = found
        for result in results:
            if self.standing is not None and self.standing.variant == result.variant:
                gone = frozenset(asked) - frozenset(result.features) if result is results[0] else frozenset()
                self.standing = self.standing.after(result, gone)
        self.changed.emit()
        self.tested.emit(results[0])
        self._go_on()

    def _part_failed(self, message: str) -> None:
        self._part = None
        self._waiting.clear()
        self._workbench.warn(message)

    def _part_stopped(self) -> None:
        self._part = None
        self._go_on()

    def _go_on(self) -> None:
        if self.live and self._waiting:
            self._test_part()

    def _renew(self) -> None:
        """Another proposal, variant or data: what was found before is no longer so."""
        self._stop()
        self._test = None
        if self.standing is not None:
            self.standing = None
            self.changed.emit()

    def _data_changed(self) -> None:
        """Other data: what was found stays to be seen until the next test, as older than the last change."""
        standing = self.standing
        self.standing = None
        self._renew()
        if standing is not None and self._workbench.screen is not None:
            self.standing = replace(standing, waiting=frozenset(each.rule.id for each in standing.outcomes))
            self.changed.emit()

    def _stop(self) -> None:
        for work in (self._whole, self._part):
            drop(work)
        was_busy, self._whole, self._part = self._whole is not None, None, None
        self._waiting.clear()
        if was_busy:
            self.busy_changed.emit(False)
