"""A hot public page through the real server, beside nginx with the same bytes as a file, beside the
same page made anew each time, and beside a Wagtail page of the same size.

One load generator (wrk, Debian's package) asks each of them by turns over open connections. All
share the cores of the machine with it. The processor time of the servers is measured as well: it
tells what a request costs, whatever else the machine is doing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.peer_wagtail import wagtail
from bench.servers import Target, fetched, free_port, running
from tests.project.publisher import Publisher

CONNECTIONS = 32
GOAL_NGINX = 0.4
GOAL_WAGTAIL = 20
TICK = os.sysconf("SC_CLK_TCK")
NAMES = ("kept", "nginx", "anew", "wagtail")


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests a second by the clock, and for each second of the server's processor time."""

    by_clock: float
    by_processor: float
    slowest_of_100: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians of some rounds, and the ratios the goals are about."""

    path: str
    size: int
    workers: int
    rates: dict[str, Rate]
    to_nginx: float
    to_anew: float
    to_wagtail: float
    nginx_met: bool
    wagtail_met: bool


def measure(*, quick: bool = False) -> Measured:
    """Raises SystemExit, naming it, for a program that is not installed."""
    for program, package in (("wrk", "wrk"), ("nginx", "nginx")):
        if shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin") is None:
            raise SystemExit(f"{program} is missing: apt-get install {package}")
    seconds, rounds = (4, 1) if quick else (5, 3)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-serving-")))
        ours = stack.enter_context(_gongkai(folder / "home", folder / "ours.log"))
        path = _hot_path(folder / "home")
        body = fetched(ours.address + path)
        targets = {
            "kept": Target("kept", ours.process, ours.address + path),
            "nginx": stack.enter_context(_nginx(folder / "nginx", body)),
            "anew": _at(stack.enter_context(_uncached(folder)), path),
            "wagtail": stack.enter_context(wagtail(len(body), folder / "wagtail")),
        }
        taken = _by_turns(targets, seconds, rounds)
    return _measured(path, len(body), taken)


def _by_turns(targets: dict[str, Target], seconds: int, rounds: int) -> dict[str, list[Rate]]:
    for target in targets.values():
        _asked(target, 1)
    taken: dict[str, list[Rate]] = {name: [] for name in targets}
    for _ in range(rounds):  # so that a busy moment of the machine hits all
        for name, target in targets.items():
            taken[name].append(_asked(target, seconds))
    return taken


def _measured(path: str, size: int, taken: dict[str, list[Rate]]) -> Measured:
    rates = {
        name: Rate(
            median(one.by_clock for one in all_rounds),
            median(one.by_processor for one in all_rounds),
            all_rounds[-1].slowest_of_100,
        )
        for name, all_rounds in taken.items()
    }
    ratio = {name: rates["kept"].by_clock / rates[name].by_clock for name in NAMES}
    return Measured(
        path=path,
        size=size,
        workers=os.cpu_count() or 1,
        rates=rates,
        to_nginx=ratio["nginx"],
        to_anew=ratio["anew"],
        to_wagtail=ratio["wagtail"],
        nginx_met=ratio["nginx"] >= GOAL_NGINX,
        wagtail_met=ratio["wagtail"] >= GOAL_WAGTAIL,
    )


def _asked(target: Target, seconds: int) -> Rate:
    before = processor_seconds(target.process)
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--latency", target.address],
        capture_output=True,
        text=True,
        check=True,
    )
    spent = processor_seconds(target.process) - before
    if "Non-2xx" in done.stdout:
        raise SystemExit(f"{target.name} answered errors:\n{done.stdout}")
    number = int(re.search(r"(\d+) requests in", done.stdout)[1])
    return Rate(
        by_clock=float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]),
        by_processor=number / max(spent, 1 / TICK),
        slowest_of_100=re.search(r"^\s+99%\s+([\d.]+\w+)$", done.stdout, re.MULTILINE)[1],
    )


def processor_seconds(process: int) -> float:
    """Processor time of the process and all below it that live."""
    spent, waiting = 0, [process]
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}")
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            below = [t.read_text().split() for t in (folder / "task").glob("*/children")]
        except OSError:
            continue
        spent += int(fields[11]) + int(fields[12])
        waiting += [int(pid) for pids in below for pid in pids]
    return spent / TICK


@contextmanager
def _gongkai(home: Path, log: Path, *, kept: bool = True) -> Iterator[Target]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    start = "from gongkai.cli import main; main()"
    command = [sys.executable, "-c", start, "serve", "--port", str(port)]
    settings = _settings(home)
    if not kept:
        command.append("--no-worker")
        settings["GONGKAI_PAGE_CACHE"] = "0"
    with running(command, log, f"{address}/healthz", **settings) as process:
        yield Target("gongkai", process, address)


@contextmanager
def _uncached(folder: Path) -> Iterator[Target]:
    with _gongkai(folder / "home", folder / "anew.log", kept=False) as target:
        yield target


def _at(target: Target, path: str) -> Target:
    return Target(target.name, target.process, target.address + path)


def _hot_path(home: Path) -> str:
    """A document of two pages, published as any other."""
    with Publisher({**os.environ, **_settings(home)}) as publisher:
        return f"/documents/{publisher.ask('publish', '关于冬季供水保障工作的通知', 40)['id']}/"


def _settings(home: Path) -> dict[str, str]:
    return {"GONGKAI_HOME": str(home), "GONGKAI_HTTPS": "0", "GONGKAI_EXAMPLE": "0"}


NGINX = """
worker_processes auto; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; open_file_cache max=100; etag on;
    keepalive_requests 1000000000; types {{ text/html html; }}
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


@contextmanager
def _nginx(folder: Path, body: bytes) -> Iterator[Target]:
    (folder / "www").mkdir(parents=True)
    (folder / "www" / "page.html").write_bytes(body)
    for place in (folder.parent, folder, folder / "www"):
        place.chmod(0o755)  # its processes give up the rights of who started it
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    address = f"http://127.0.0.1:{port}/page.html"
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    command = [program, "-e", folder / "error.log", "-c", folder / "nginx.conf"]
    with running(command, folder / "log", address) as process:
        yield Target("nginx", process, address)


def table(measured: Measured) -> str:
    """The figures as Markdown, each goal with met or missed."""
    met = {True: "met", False: "**missed**"}
    said = {
        "kept": ("from the page cache", ""),
        "nginx": (
            "nginx, the same bytes as a file",
            f"ours {measured.to_nginx:.2f} ×, ≥ {GOAL_NGINX} ×: {met[measured.nginx_met]}",
        ),
        "anew": ("the same page made anew", f"ours {measured.to_anew:.0f} ×"),
        "wagtail": (
            "a Wagtail page of the same size",
            f"ours {measured.to_wagtail:.0f} ×, ≥ {GOAL_WAGTAIL} ×: {met[measured.wagtail_met]}",
        ),
    }
    lines = [
        f"### A hot public page, {measured.size:,} bytes, {CONNECTIONS} connections",
        "",
        "| what | requests/s | per processor second | 99 of 100 within | goal |",
        "|---|---|---|---|---|",
    ]
    for name in NAMES:
        rate, (what, goal) = measured.rates[name], said[name]
        lines.append(
            f"| {what} | {rate.by_clock:,.0f} | {rate.by_processor:,.0f} "
            f"| {rate.slowest_of_100} | {goal} |"
        )
    lines += ["", f"Asked for: `{measured.path}`; wrk on the same {measured.workers} cores."]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure(quick="--quick" in sys.argv)))
