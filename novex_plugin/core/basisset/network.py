"""The network as the core knows it: a function that is handed in.

A `Fetch` sends one request and streams the answer's body to a file, so that an answer of any size costs no memory.
It returns for every HTTP answer, whatever its status: an error's body is in the file too. It raises `NetworkError`
when there is no whole answer; what arrived before stays in the file, so that a caller can ask for the rest with a
`Range` header. It raises `Cancelled` when the user asked to stop, and OSError when the file cannot be written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from novex_plugin.core.progress import Progress, stop_if_cancelled

MEBIBYTE = 1024 * 1024
SCHEMES = ("http", "https")
"""The only schemes that are fetched, before and after redirects."""

_TRY_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST_WAIT_S = 60.0
_POLL_S = 0.25


@dataclass(frozen=True)
class Request:
    """What is asked: times in seconds, sizes in bytes.

    `timeout_s` is the longest silence of the server; `total_s` the longest whole answer (None: no limit), against
    servers that keep trickling. More than `maximum_bytes` of body is refused.
    """

    url: str
    method: Literal["GET", "POST"] = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    timeout_s: float = 60.0
    total_s: float | None = None
    maximum_bytes: int = 2048 * MEBIBYTE


@dataclass(frozen=True)
class Response:
    """What came back: header names in lower case, `url` after redirects, the body in the file `path`."""

    status: int
    headers: Mapping[str, str]
    url: str
    path: Path
    size: int

    @property
    def ok(self) -> bool:
        """Whether the server says that all went well (2xx)."""
        return 200 <= self.status < 300


@dataclass
class NetworkError(Exception):
    """No whole answer: `problem` (Dutch) says why, `retryable` whether asking again may help."""

    problem: str
    retryable: bool = False

    def __str__(self) -> str:
        return self.problem

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problem, self.retryable)


Fetch = Callable[[Request, Path, Progress], Response]


def with_retries(
    fetch: Fetch, tries: int = 4, first_wait_s: float = 1.0, sleep: Callable[[float], None] = time.sleep
) -> Fetch:
    """Give a Fetch that asks again, waiting ever longer, after time-outs, broken connections, 408, 429 and 5xx.

    A `Retry-After` in seconds is followed, up to a minute. The last answer is returned as it is; the last
    NetworkError is raised.
    """

    def fetched(request: Request, path: Path, progress: Progress) -> Response:
        for attempt in range(1, tries + 1):
            wait = first_wait_s * 2.0 ** (attempt - 1)
            try:
                response = fetch(request, path, progress)
            except NetworkError as error:
                if not error.retryable or attempt == tries:
                    raise
                problem = error.problem
            else:
                if response.status not in _TRY_AGAIN or attempt == tries:
                    return response
                problem = f"de server antwoordt met status {response.status}"
                wait = _asked_wait(response) or wait
            wait = min(wait, _LONGEST_WAIT_S)
            progress.warning(f"{request.url}: {problem}. Poging {attempt + 1} van {tries} over {wait:g} s.")
            _wait(wait, progress, sleep)
        raise AssertionError("the last try returns or raises")

    return fetched


def _asked_wait(response: Response) -> float | None:
    asked = response.headers.get("retry-after", "").strip()
    return float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else None


def _wait(seconds: float, progress: Progress, sleep: Callable[[float], None]) -> None:
    left = seconds
    while left > 0:
        stop_if_cancelled(progress)
        sleep(min(left, _POLL_S))
        left -= _POLL_S
    stop_if_cancelled(progress)
