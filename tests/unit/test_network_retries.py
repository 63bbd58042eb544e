"""Asking again after answers that may be better next time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from novex_plugin.core.basisset.network import NetworkError, Request, Response, with_retries
from novex_plugin.core.errors import Cancelled
from novex_plugin.core.progress import Progress, Silent

REQUEST = Request("http://server/")


@dataclass
class Script:
    """Answers in turn: a status, a status with headers, or an exception."""

    turns: list[int | NetworkError | tuple[int, dict[str, str]]]
    asked: int = 0
    slept: list[float] = field(default_factory=list)

    def __call__(self, request: Request, path: Path, progress: Progress) -> Response:
        turn = self.turns[self.asked]
        self.asked += 1
        if isinstance(turn, NetworkError):
            raise turn
        status, headers = turn if isinstance(turn, tuple) else (turn, {})
        return Response(status, headers, request.url, path, 0)

    def run(self) -> Response:
        return with_retries(self, sleep=self.slept.append)(REQUEST, Path("body"), Silent())


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_passing_troubles_are_asked_again(status: int) -> None:
    script = Script([status, 200])
    assert (script.run().status, script.asked) == (200, 2)


@pytest.mark.parametrize("status", [200, 206, 301, 400, 401, 403, 404, 410, 501])
def test_other_answers_stand(status: int) -> None:
    script = Script([status, 200])
    assert (script.run().status, script.asked) == (status, 1)


def test_waits_grow_and_the_last_answer_is_returned() -> None:
    script = Script([503, 503, 503, 503])
    assert script.run().status == 503
    assert (script.asked, sum(script.slept)) == (4, pytest.approx(1 + 2 + 4))


def test_broken_connections_are_asked_again_and_the_last_error_is_raised() -> None:
    script = Script([NetworkError("weg", retryable=True)] * 4)
    with pytest.raises(NetworkError, match="weg"):
        script.run()
    assert script.asked == 4


def test_hopeless_errors_are_raised_at_once() -> None:
    script = Script([NetworkError("te groot"), 200])
    with pytest.raises(NetworkError, match="te groot"):
        script.run()
    assert script.asked == 1


@pytest.mark.parametrize(("asked", "waited"), [("7", 7), ("100000", 60), ("99999999999999999999", 1), ("Wed, 21", 1)])
def test_retry_after_is_followed_up_to_a_minute(asked: str, waited: float) -> None:
    script = Script([(429, {"retry-after": asked}), 200])
    script.run()
    assert sum(script.slept) == pytest.approx(waited)


def test_cancel_ends_the_waiting() -> None:
    class Impatient(Silent):
        def cancelled(self) -> bool:
            return True

    script = Script([503, 200])
    with pytest.raises(Cancelled):
        with_retries(script, sleep=script.slept.append)(REQUEST, Path("body"), Impatient())
    assert script.slept == []
