"""Documents of an older site migrated into an empty installation, the search index included.

Rows are read, tried, kept in pieces and pulled into the index, as `gongkai publish import` and the
worker do it: once one after the other, for what each costs, and once side by side, as they run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

GOAL = 1_000
MANY, FEW = 20_000, 2_000
RUN = """
import json, subprocess, sys, time
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.org.actions import add_agency
from gongkai.org.models import Membership, User
from gongkai.publishing.importing import running, sources
from gongkai.publishing.search import pull
from gongkai.specimen.county import units
from gongkai.specimen.documents import published
agency = add_agency(code="x", name="青禾县人民政府", level="county", region="990101")
user = User.objects.create(username="a", full_name="a")
Membership.objects.create(user=user, agency=agency, role="administrator")
count = int(sys.argv[1])
rows = []
seed = 0
while len(rows) < count:
    seed += 1
    for old in published(units(), seed=seed):
        said = old.content
        rows.append({
            "发布机构": "x", "名称": f"{said.title}（{len(rows)}）", "体裁": said.kind,
            "成文日期": said.formed_on.isoformat(), "发布日期": old.published_on.isoformat(),
            "主题分类": said.topic, "正文": said.body,
        })
data = json.dumps(rows[:count], ensure_ascii=False).encode()
found = sources.source(data, "a.json")

def imported():
    return running.run(user, found, data, "a.json", mark="bench", progress=lambda done, of: None)

def beside():
    worker = subprocess.Popen(
        [sys.executable, "-c", sys.argv[2]],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    worker.stdout.readline()
    start = time.perf_counter()
    imported()
    kept = time.perf_counter()
    worker.communicate("\\n")
    return {"keeping": kept - start, "all": time.perf_counter() - start}

def after():
    start, busy = time.perf_counter(), time.process_time()
    imported()
    kept, kept_busy = time.perf_counter(), time.process_time()
    while pull.pull_once(keep=True):
        pass
    end, end_busy = time.perf_counter(), time.process_time()
    return {
        "keeping": kept - start, "indexing": end - kept,
        "keeping_busy": kept_busy - busy, "indexing_busy": end_busy - kept_busy,
    }

print(json.dumps(beside() if len(sys.argv) > 2 else after()))
"""
PULL = """
import select, sys, time
import django; django.setup()
from gongkai.publishing.search import pull
pull.pull_once(keep=True)
print("ready", flush=True)
over = False
while True:
    over = over or bool(select.select([sys.stdin], [], [], 0)[0])
    if not pull.pull_once(keep=True):
        if over:
            break
        time.sleep(0.05)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Documents a second: kept alone, indexed alone, both after each other by the processor, which
    does not count what else the machine does, and both at once from the first row to the last
    document found."""

    documents: int
    kept: float
    indexed: float
    both_by_processor: float
    side_by_side: float
    met: bool


def measure(*, quick: bool = False) -> Measured:
    documents = FEW if quick else MANY
    after, beside = _run(documents), _run(documents, PULL)
    side_by_side = documents / beside["all"]
    return Measured(
        documents=documents,
        kept=documents / after["keeping"],
        indexed=documents / after["indexing"],
        both_by_processor=documents / (after["keeping_busy"] + after["indexing_busy"]),
        side_by_side=side_by_side,
        met=side_by_side >= GOAL,
    )


def _run(documents: int, *worker: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="gk-import-") as home:
        done = subprocess.run(
            [sys.executable, "-c", RUN, str(documents), *worker],
            env={**os.environ, "GONGKAI_HOME": home, "GONGKAI_DATABASE_URL": "",
                 "DJANGO_SETTINGS_MODULE": "gongkai.project.settings"},
            cwd=Path(__file__).resolve().parents[1],
            capture_output=True, text=True, check=True, timeout=3600,
        )  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def table(measured: Measured) -> str:
    goal = f"goal ≥ {GOAL:,}: {'met' if measured.met else 'missed'}"
    return "\n".join(
        [
            f"## Import of {measured.documents:,} documents",
            "",
            "| | documents a second |",
            "| --- | --: |",
            f"| read, tried and kept | {measured.kept:,.0f} |",
            f"| pulled into the index | {measured.indexed:,.0f} |",
            f"| one after the other, by processor time | {measured.both_by_processor:,.0f} |",
            f"| import and worker side by side ({goal}) | {measured.side_by_side:,.0f} |",
        ]
    )
