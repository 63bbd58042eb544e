"""QGIS's feedback as the progress that the core reports to."""

from __future__ import annotations

from qgis.core import QgsFeedback, QgsProcessingFeedback


class FeedbackProgress:
    """Reports to a QgsFeedback; messages too where it is a Processing feedback."""

    def __init__(self, feedback: QgsFeedback) -> None:
        self._feedback = feedback

    def fraction(self, done: float) -> None:
        """Pass on how much is done, from 0 to 1."""
        self._feedback.setProgress(100.0 * done)

    def info(self, message: str) -> None:
        """Pass on what is being done."""
        if isinstance(self._feedback, QgsProcessingFeedback):
            self._feedback.pushInfo(message)

    def warning(self, message: str) -> None:
        """Pass on what went wrong without stopping the work."""
        if isinstance(self._feedback, QgsProcessingFeedback):
            self._feedback.pushWarning(message)

    def cancelled(self) -> bool:
        """Say whether the user asked to stop."""
        return bool(self._feedback.isCanceled())
