"""Run peers side by side, each in a process of its own, and tell the medians as ratios."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
ENVIRONMENTS = {"plugin": CHECKOUT / ".venv", "bench": CHECKOUT / ".venv-bench"}


@dataclass
class Timed:
    """A name and the seconds that its runs took."""

    name: str
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median time in seconds."""
        return statistics.median(self.seconds)


@dataclass
class Peer(Timed):
    """A module that does the work once and prints one JSON line, and the environment it runs in."""

    arguments: Sequence[str] = ()
    environment: str = "plugin"
    answers: list[dict[str, object]] = field(default_factory=list)

    def run(self) -> None:
        """Do the work once more. The work times itself, without the start of its process."""
        python = ENVIRONMENTS[self.environment] / "bin" / "python"
        done = subprocess.run(
            [python, "-m", *self.arguments],
            cwd=CHECKOUT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if not lines:
            sys.exit(f"{self.name} failed:\n{done.stdout}{done.stderr}")
        answer = json.loads(lines[-1])
        self.seconds.append(answer.pop("seconds"))
        self.answers.append(answer)


def side_by_side(peers: Sequence[Peer], rounds: int) -> None:
    """Run all peers in turn, `rounds` times, so that a slow spell of the machine meets all of them."""
    for number in range(rounds):
        for peer in peers:
            peer.run()
            print(f"  round {number + 1}: {peer.name} {peer.seconds[-1]:.2f} s", file=sys.stderr)


def table(peers: Sequence[Timed]) -> str:
    """The medians and their ratio to the first peer, as a Markdown table."""
    first = peers[0]
    lines = ["| peer | median (s) | min–max (s) | ratio to the first |", "|---|---|---|---|"]
    lines += [
        f"| {peer.name} | {peer.median:.2f} | {min(peer.seconds):.2f}–{max(peer.seconds):.2f}"
        f" | {peer.median / first.median:.2f} |"
        for peer in peers
    ]
    return "\n".join(lines)
