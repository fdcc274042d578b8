"""Public pages that no cache holds, over a million documents: what the first reader waits for.

The documents are those of the search bench, written into a fresh installation row by row (with the
guards of the database in place) and into its index. Before every request the generation of public
pages moves on, as after a publication, so that nothing kept is of use; the request then goes
through Django itself, in the process of the bench. Processor time is what counts: it does not hang
on what else the machine does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

GOAL = 50.0
MANY, FEW = 1_000_000, 20_000


@dataclass(frozen=True, slots=True)
class Page:
    """Milliseconds of a page: of the processor in the middle and at p95, and by the clock."""

    name: str
    p50: float
    p95: float
    by_clock: float


@dataclass(frozen=True, slots=True)
class Measured:
    """`met` where every page keeps within the goal at p95."""

    documents: int
    pages: tuple[Page, ...]
    met: bool


def measure(*, quick: bool = False) -> Measured:
    documents = FEW if quick else MANY
    with tempfile.TemporaryDirectory(prefix="gk-cold-") as home:
        done = subprocess.run(
            [sys.executable, "-m", "bench.cold_pages", str(documents), "20" if quick else "60"],
            env={**os.environ, "GONGKAI_HOME": home, "GONGKAI_DATABASE_URL": "",
                 "GONGKAI_HTTPS": "0", "DJANGO_SETTINGS_MODULE": "gongkai.project.settings"},
            cwd=Path(__file__).resolve().parents[1],
            stdout=subprocess.PIPE, text=True, check=True, timeout=7200,
        )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    pages = tuple(Page(name, **t) for name, t in told.items())
    return Measured(documents, pages, all(page.p95 <= GOAL for page in pages))


def table(measured: Measured) -> str:
    goal = f"goal ≤ {GOAL:.0f} at p95: {'met' if measured.met else 'missed'}"
    lines = [
        f"## Cold pages over {measured.documents:,} documents ({goal})",
        "",
        "| page | ms p50 | ms p95 | ms p95 by the clock |",
        "| --- | --: | --: | --: |",
    ]
    lines += [
        f"| {p.name} | {p.p50:.1f} | {p.p95:.1f} | {p.by_clock:.1f} |" for p in measured.pages
    ]
    return "\n".join(lines)
