"""A corpus of generated files through `gongkai report corpus`: rate on all cores, memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, sleep

from bench.reading import PAGES, TEXTS
from gongkai.specimen import LAYOUTS, invent

FILES, QUICK_FILES = 20_000, 2_000
GOAL_MEGABYTES = 600
FLAT = 1.15
"""The second half of a run may take at most this many times the memory of the first."""

COMMAND = "from gongkai.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run took.

    `per_processor_second` is the rate of one core that does nothing else, so that other work on
    the machine does not count. `peak_megabytes` is the resident memory of the whole process tree,
    shared pages counted in every process that maps them; `halves` the peaks of both halves.
    """

    files: int
    cores: int
    seconds: float
    per_second: float
    per_processor_second: float
    peak_megabytes: float
    halves: tuple[float, float]
    output_megabytes: float
    memory_met: bool
    flat_met: bool


def measure(*, quick: bool = False) -> Measured:
    count = QUICK_FILES if quick else FILES
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as place:
        folder, out = Path(place) / "reports", Path(place) / "out.parquet"
        _generate(folder, count)
        start, before = perf_counter(), _processor_seconds()
        memory = _watched(folder, out)
        seconds, processor = perf_counter() - start, _processor_seconds() - before
        size = out.stat().st_size / 1e6
    middle = len(memory) // 2
    halves = (max(memory[:middle], default=0.0), max(memory[middle:], default=0.0))
    return Measured(
        files=count,
        cores=os.cpu_count() or 1,
        seconds=seconds,
        per_second=count / seconds,
        per_processor_second=count / processor,
        peak_megabytes=max(memory, default=0.0),
        halves=halves,
        output_megabytes=size,
        memory_met=0 < max(halves) < GOAL_MEGABYTES,
        flat_met=halves[1] <= halves[0] * FLAT,
    )


def _processor_seconds() -> float:
    """What all ended child processes and theirs have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _generate(folder: Path, count: int) -> None:
    folder.mkdir()
    step = 500
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        list(pool.map(_write, [str(folder)] * -(-count // step), range(0, count, step)))


def _write(folder: str, first: int, step: int = 500) -> None:
    names = (*PAGES, *TEXTS)
    for seed in range(first, first + step):
        layout = LAYOUTS[names[seed % len(names)]]
        _, content = layout(invent(seed))
        Path(folder, f"{seed:06}.{layout.suffix}").write_bytes(content)


def _watched(folder: Path, out: Path) -> list[float]:
    """Runs the command; resident memory of its process tree, in MB, every tenth of a second."""
    arguments = ["report", "corpus", str(folder), "-o", str(out)]
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments], stderr=subprocess.DEVNULL
    ) as process:
        samples = []
        while process.poll() is None:
            samples.append(sum(map(_resident, _tree(process.pid))) / 1e6)
            sleep(0.1)
    if process.returncode:
        raise SystemExit(f"gongkai report corpus ended with {process.returncode}")
    return samples


def _tree(pid: int) -> Iterator[int]:
    yield pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        found = children.read_text().split()
    except OSError:  # ended meanwhile, or a system without /proc
        return
    for child in found:
        yield from _tree(int(child))


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def table(measured: Measured) -> str:
    """The figures as Markdown, each goal with met or missed."""
    met = {True: "met", False: "**missed**"}
    first, second = measured.halves
    memory = f"{measured.peak_megabytes:.0f} MB"
    goal = f"< {GOAL_MEGABYTES} MB: {met[measured.memory_met]}"
    lines = (
        f"### A corpus of {measured.files:,} files on {measured.cores} cores",
        "",
        "| what | measured | goal |",
        "|---|---|---|",
        f"| rate | {measured.per_second:.0f} reports/s ({measured.seconds:.0f} s) | |",
        f"| rate per second of processor time | {measured.per_processor_second:.0f} reports/s | |",
        f"| peak memory, all processes | {memory} | {goal} |",
        f"| peak by halves | {first:.0f} MB, {second:.0f} MB | flat: {met[measured.flat_met]} |",
        f"| Parquet | {measured.output_megabytes:.1f} MB | |",
    )
    return "\n".join(lines)
