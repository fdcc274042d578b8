"""Applications sent through HTTP to the real server by many clients at once, on both databases.

The forms are filled in beforehand; what is measured is the last step, which reads the draft, checks
it, seals who applies, takes the number, writes the case with its line of the trail and answers with
the receipt. The load generator shares the cores with the server. Afterwards every acknowledged
application must be there, and the numbers must run from 1 without gap or double.

On both databases a commit is on the disk before it is acknowledged (SQLite: WAL, synchronous FULL,
one sync for each application, as it has one writer at a time).
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.servers import free_port
from bench.serving import processor_seconds
from tests.cluster import cluster, programs
from tests.project.serving import serving

CLIENTS = 64
GOALS = {"sqlite": 150, "postgresql": 400}
APPLICATIONS, QUICK = 6_000, 640
TOKEN = "x" * 32
"""What a browser holds as cookie and sends in the form; any will do if both are alike."""
SET_UP = """
import django; django.setup()
import json, sys
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.org.actions import add_agency
from gongkai.casework.application import drafts
from gongkai.portal.apply.draft import Draft
from gongkai.portal.apply.steps import PAGES
from dataclasses import asdict
add_agency(code="x", name="某局", level="department")
keys = []
for number in range(int(sys.argv[1])):
    draft = Draft(drafts.new_key(), done=list(PAGES), answers={
        "agency": "x", "description": f"第{number}号供水工程的批准文件", "kind": "natural_person",
        "name": "沈青禾", "identity_kind": "id_card", "identity_number": "110101199003070003",
        "telephone": "13900001111", "address": "青禾县柳溪镇一号", "carrier": "electronic",
        "delivery": "online",
    })
    values = asdict(draft)
    drafts.write(values.pop("key"), values)
    keys.append(draft.key)
print(json.dumps(keys))
"""
CHECK = """
import django; django.setup()
import json
from gongkai.casework.application.models import Applicant, Case
from gongkai.trail.verification import verify
numbers = list(Case.objects.order_by("sequence").values_list("sequence", flat=True))
print(json.dumps({
    "cases": len(numbers), "gaps": numbers != list(range(1, len(numbers) + 1)),
    "applicants": Applicant.objects.count(), "trail": verify().whole,
}))
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """What one database took, by the clock and for each second of the server's processor time
    (PostgreSQL's own not counted), whatever else the machine was doing.

    `whole`: every acknowledged application is there with its applicant, numbers run without gap or
    double, the trail verifies.
    """

    applications: int
    a_second: float
    by_processor: float
    half_within: float
    slowest_of_100: float
    whole: bool
    met: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """Applications a second and milliseconds, by database."""

    clients: int
    rates: dict[str, Rate]


def measure(*, quick: bool = False) -> Measured:
    """Raises SystemExit if PostgreSQL is not installed, or an application was refused."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is missing: apt-get install postgresql")
    count = QUICK if quick else APPLICATIONS
    rates = {"sqlite": _measured("sqlite", "", count)}
    with cluster(folder, durable=True) as url:
        rates["postgresql"] = _measured("postgresql", url, count)
    return Measured(CLIENTS, rates)


def _measured(name: str, url: str, count: int) -> Rate:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-intake-")))
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GONGKAI_")}
        setting = {
            **clean,
            "GONGKAI_HOME": str(home / "home"),
            "GONGKAI_DATABASE_URL": url,
            "GONGKAI_EXAMPLE": "0",
            "GONGKAI_HTTPS": "0",
            "GONGKAI_APPLY_LIMIT": "0",
            "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
        }
        keys = _asked(setting, SET_UP, str(count))
        with serving(setting, free_port(), home / "log") as server:
            asyncio.run(_sent(server.port, keys[:CLIENTS]))  # until every process is warm
            start, before = time.perf_counter(), processor_seconds(server.process.pid)
            taken = asyncio.run(_sent(server.port, keys[CLIENTS:]))
            seconds = time.perf_counter() - start
            busy = processor_seconds(server.process.pid) - before
        found = _asked(setting, CHECK)
    whole = found == {"cases": count, "gaps": False, "applicants": count, "trail": True}
    ordered, rate = sorted(taken), len(taken) / seconds
    return Rate(
        applications=len(taken),
        a_second=rate,
        by_processor=len(taken) / busy,
        half_within=ordered[len(ordered) // 2] * 1000,
        slowest_of_100=ordered[len(ordered) * 99 // 100] * 1000,
        whole=whole,
        met=whole and rate >= GOALS[name],
    )


async def _sent(port: int, keys: list[str]) -> list[float]:
    """Send all, each client one after the other over its open connection; seconds of each."""
    waiting = list(reversed(keys))
    taken: list[float] = []

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while waiting:
            start = time.perf_counter()
            writer.write(_request(waiting.pop()))
            await _receipt(reader)
            taken.append(time.perf_counter() - start)
        writer.close()

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return taken


def _request(key: str) -> bytes:
    body = f"csrfmiddlewaretoken={TOKEN}"
    return (
        "POST /apply/check/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Cookie: csrftoken={TOKEN}; application={key}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


async def _receipt(reader: asyncio.StreamReader) -> None:
    """Read the answer, which must send the browser to its receipt."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    body = await reader.readexactly(int(lines.get("content-length", "0")))
    if " 303 " not in head.split("\r\n", 1)[0] or "receipt" not in lines.get("location", ""):
        raise SystemExit(f"not received: {head}{body[-2000:].decode(errors='replace')}")


def _asked(setting: dict[str, str], code: str, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=setting,
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=True,
        timeout=1200,
    )
    return json.loads(done.stdout.splitlines()[-1])


def table(measured: Measured) -> str:
    """The figures as Markdown, each goal with met or missed."""
    lines = [
        f"### Applications through HTTP, {measured.clients} clients",
        "",
        "| database | applications/s | per CPU second | half within | 99 % within | whole | goal |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, rate in measured.rates.items():
        met = "met" if rate.met else "**missed**"
        lines.append(
            f"| {name} | {rate.a_second:,.0f} | {rate.by_processor:,.0f} "
            f"| {rate.half_within:,.0f} ms "
            f"| {rate.slowest_of_100:,.0f} ms | {'yes' if rate.whole else '**no**'} "
            f"| ≥ {GOALS[name]}/s: {met} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure(quick="--quick" in sys.argv)))
