"""kill -9 of everybody who works on applications, at random points of intake, decision and
numbering, on SQLite and on PostgreSQL by turns of a half each."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from tests.cluster import cluster, programs
from tests.project.case_killing import Outcome, run

ROUNDS, QUICK_ROUNDS = 200, 10
MIGRATE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of the rounds by database, and how long they took together (seconds)."""

    outcomes: dict[str, Outcome]
    seconds: float
    met: bool


def measure(*, quick: bool = False) -> Measured:
    """Raises SystemExit if PostgreSQL is not installed."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is missing: apt-get install postgresql")
    rounds = (QUICK_ROUNDS if quick else ROUNDS) // 2
    began = time.monotonic()
    outcomes = {"sqlite": _run("", rounds)}
    with cluster(folder, durable=True) as url:
        outcomes["postgresql"] = _run(url, rounds)
    met = all(outcome.whole for outcome in outcomes.values())
    return Measured(outcomes, time.monotonic() - began, met)


def _run(url: str, rounds: int) -> Outcome:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    with tempfile.TemporaryDirectory(prefix="bench-case-killing-") as home:
        setting = {
            **clean,
            "GONGKAI_HOME": home,
            "GONGKAI_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
        }
        subprocess.run([sys.executable, "-c", MIGRATE], env=setting, check=True, timeout=240)
        return run(setting, rounds, seed=1)


def table(measured: Measured) -> str:
    """The figures as Markdown, the goal with met or missed."""
    names = list(measured.outcomes)
    rows = {
        "rounds": [o.rounds for o in measured.outcomes.values()],
        "acknowledged: applied on the web": [
            o.acknowledged["applied"] for o in measured.outcomes.values()
        ],
        "acknowledged: entered": [o.acknowledged["received"] for o in measured.outcomes.values()],
        "acknowledged: signed": [o.acknowledged["signed"] for o in measured.outcomes.values()],
        "of them lost": [len(o.lost) for o in measured.outcomes.values()],
        "rounds with a number missing or doubled": [o.gaps for o in measured.outcomes.values()],
        "things half-done": [o.half for o in measured.outcomes.values()],
        "rounds after which the trail was broken": [o.broken for o in measured.outcomes.values()],
    }
    met = "met" if measured.met else "**missed**"
    lines = [
        "### kill -9 of who works on applications, at moments nobody chose",
        "",
        f"| what | {' | '.join(names)} |",
        f"|---|{'---|' * len(names)}",
        *(f"| {what} | {' | '.join(map(str, figures))} |" for what, figures in rows.items()),
        "",
        f"Nothing lost, doubled, half-done or broken: {met}. {measured.seconds:.0f} s.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure(quick="--quick" in sys.argv)))
