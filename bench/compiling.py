"""A year of a million applications compiled into the yearly report, and the way back to the cases.

The ledger lies in a database of its own, once SQLite and once PostgreSQL, filled by the database
itself with the guards lifted; what is measured runs in a fresh process with the installation's own
settings. Memory is flat if a ledger of ten times the size takes hardly more of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cluster import cluster, programs

FULL, QUICK = 1_000_000, 50_000
GOAL_SECONDS, GOAL_PAGE, FLAT = 3.0, 200.0, 1.25
CELLS = ("1.total", "3.1.natural_person", "3.3.5.total", "3.7.total", "2.total", "4.total")

FILL = """
import sys
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from bench.ledgers import fill
fill(int(sys.argv[1]))
"""
MEASURE = """
import json, resource, sys, time
import django; django.setup()
from datetime import date
from gongkai.annual_report.compile import compile_report
from gongkai.casework.ledger.drilling import page
from gongkai.casework.ledger.queries import Cell
from gongkai.org.models import Agency
agency, as_of = Agency.objects.get(), date(2026, 1, 20)
compile_report(agency, 2024, date(2024, 1, 1))

def timed(work):
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found

runs = [timed(lambda: compile_report(agency, 2025, as_of)) for _ in range(3)]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
figures = runs[0][1].report.figures
pages = {}
for name in json.loads(sys.argv[1]):
    cell, after, times = Cell(f"applications.{name}", agency.pk, 2025, as_of), "", []
    for _ in range(40):
        took, part = timed(lambda: page(cell, after=after))
        times.append(took * 1000)
        after = part.after
        if not after:
            break
    pages[name] = max(times)
print(json.dumps({
    "seconds": sorted(took for took, _ in runs)[1], "peak": peak, "pages": pages,
    "received": figures["applications.1.total"],
    "balance": all(
        figures[f"applications.1.{c}"] + figures[f"applications.2.{c}"]
        == figures[f"applications.3.7.{c}"] + figures[f"applications.4.{c}"]
        for c in ("natural_person", "commercial", "other", "total")
    ),
}))
"""


@dataclass(frozen=True, slots=True)
class Database:
    """Seconds to compile (the middle of three), resident MB at the peak and with a tenth of the
    ledger, and the slowest of forty pages in ms by cell."""

    name: str
    received: int
    seconds: float
    peak_megabytes: float
    tenth_megabytes: float
    pages: dict[str, float]
    met: bool


@dataclass(frozen=True, slots=True)
class Measured:
    databases: tuple[Database, ...]


def measure(*, quick: bool = False) -> Measured:
    count = QUICK if quick else FULL
    folder = programs()
    names = ["SQLite", *(["PostgreSQL"] if folder else [])]
    return Measured(tuple(_database(name, count) for name in names))


def _database(name: str, count: int) -> Database:
    tenth, full = _run(name, count // 10), _run(name, count)
    if not full["balance"]:
        raise SystemExit(f"{name}: the compiled report does not balance")
    slowest = max(full["pages"].values())
    flat = full["peak"] <= tenth["peak"] * FLAT
    return Database(
        name=name,
        received=full["received"],
        seconds=full["seconds"],
        peak_megabytes=full["peak"],
        tenth_megabytes=tenth["peak"],
        pages=full["pages"],
        met=full["seconds"] <= GOAL_SECONDS and slowest <= GOAL_PAGE and flat,
    )


def _run(name: str, count: int) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory(prefix="gk-compile-") as home, _url(name) as url:
        environment = {
            **os.environ,
            "GONGKAI_HOME": home,
            "GONGKAI_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
        }
        _script(FILL, str(count), environment)
        return dict(json.loads(_script(MEASURE, json.dumps(CELLS), environment)))


@contextmanager
def _url(name: str) -> Iterator[str]:
    folder = programs() if name == "PostgreSQL" else None
    if folder is None:
        yield ""
        return
    with cluster(folder) as url:
        yield url


def _script(code: str, argument: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, argument],
        env=environment,
        cwd=Path(__file__).resolve().parents[1],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=1800,
    )
    return done.stdout.splitlines()[-1] if done.stdout else ""


def table(measured: Measured) -> str:
    """The figures as Markdown, each goal with met or missed."""
    lines = [
        "### A year's applications compiled into the report",
        "",
        f"| database | received | seconds | ≤ {GOAL_SECONDS:.0f} | peak MB | with a tenth | flat |",
        "|---|---|---|---|---|---|---|",
        *map(_line, measured.databases),
        "",
        f"The slowest of forty pages of 50 cases, ms (goal ≤ {GOAL_PAGE:.0f}):",
        "",
        f"| database | {' | '.join(CELLS)} |",
        f"|---|{'---|' * len(CELLS)}",
        *map(_pages, measured.databases),
    ]
    return "\n".join(lines)


def _line(one: Database) -> str:
    flat = one.peak_megabytes <= one.tenth_megabytes * FLAT
    return (
        f"| {one.name} | {one.received:,} | {one.seconds:.2f} | {_met(one.seconds <= GOAL_SECONDS)}"
        f" | {one.peak_megabytes:.0f} | {one.tenth_megabytes:.0f} | {_met(flat)} |"
    )


def _pages(one: Database) -> str:
    cells = (f"{ms:.0f} {_met(ms <= GOAL_PAGE)}" for ms in (one.pages[cell] for cell in CELLS))
    return f"| {one.name} | {' | '.join(cells)} |"


def _met(met: bool) -> str:
    return "met" if met else "**missed**"
