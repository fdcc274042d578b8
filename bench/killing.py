"""kill -9 of the server, of one of its processes, of the background worker, of who publishes, or of
everything at once, while documents are published and withdrawn."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.servers import free_port
from tests.project.killing import Installation, Outcome

ROUNDS = 100
QUICK_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of the rounds, and how long they took together (seconds)."""

    outcome: Outcome
    seconds: float
    met: bool


def measure(*, quick: bool = False) -> Measured:
    rounds = QUICK_ROUNDS if quick else ROUNDS
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-killing-") as name:
        home = Path(name)
        setting = {
            **clean,
            "GONGKAI_HOME": str(home / "home"),
            "GONGKAI_EXAMPLE": "0",
            "GONGKAI_HTTPS": "0",
        }
        outcome = Installation(setting, free_port(), home / "log").run(rounds, seed=1)
    return Measured(outcome, time.monotonic() - began, outcome.whole)


def table(measured: Measured) -> str:
    """The figures as Markdown, the goal with met or missed."""
    outcome = measured.outcome
    met = "met" if measured.met else "**missed**"
    killed = ", ".join(f"{victim} {times}" for victim, times in outcome.killed.items())
    lines = [
        f"### kill -9 at moments nobody chose, {outcome.rounds} rounds",
        "",
        "| what | how many |",
        "|---|---|",
        f"| publications and withdrawals acknowledged | {outcome.acknowledged} |",
        f"| of them lost | {len(outcome.lost)} |",
        f"| withdrawn and public again | {len(outcome.returned)} |",
        f"| rounds after which the index differed from the database | {outcome.unequal} |",
        "",
        f"Killed: {killed}. Nothing lost and the index equal: {met}. {measured.seconds:.0f} s.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure(quick="--quick" in sys.argv)))
