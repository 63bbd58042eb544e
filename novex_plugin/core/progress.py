"""How long work reports its progress and hears that it should stop."""

from __future__ import annotations

from typing import Protocol

from novex_plugin.core.errors import Cancelled


class Progress(Protocol):
    """Handed in by the caller: a QgsTask, a Processing feedback, a test."""

    def fraction(self, done: float) -> None:
        """Tell how much is done, from 0 to 1."""

    def info(self, message: str) -> None:
        """Tell what is being done."""

    def warning(self, message: str) -> None:
        """Tell what went wrong without stopping the work."""

    def cancelled(self) -> bool:
        """Say whether the user asked to stop."""


class Silent:
    """Progress that nobody watches."""

    def fraction(self, done: float) -> None: ...

    def info(self, message: str) -> None: ...

    def warning(self, message: str) -> None: ...

    def cancelled(self) -> bool:
        return False


def stop_if_cancelled(progress: Progress) -> None:
    """Raise Cancelled when the user asked to stop."""
    if progress.cancelled():
        raise Cancelled
