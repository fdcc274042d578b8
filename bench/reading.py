"""Reading and checking on one core, beside pandas.read_html alone on the same files.

pandas only finds the tables of a page; it names no cell, reads no text and checks nothing. It
cannot read plain text at all, so it is timed on the pages only.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

import pandas as pd

from gongkai.annual_report.check import check, rules
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.read import read
from gongkai.annual_report.read.placing import place
from gongkai.annual_report.read.sources import parse
from gongkai.specimen import LAYOUTS, invent

PAGES = ("html", "html_content_system", "html_uneven", "html_nested", "html_split", "short_labels")
TEXTS = ("markdown", "pipes_trailing", "pipes_one_per_line", "lines", "lines_spaced", "tabs")
GOAL_RATE = 300
GOAL_RATIO = 3
STAGES = ("parse", "place", "narrative", "check")

File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Measured:
    """Reports a second on one core, the best of some rounds, and how the time divides (shares).

    Seconds are of the processor, so that other work on the machine does not count; `busy` is how
    many times longer the same took by the clock.
    """

    files: int
    pages_per_second: float
    texts_per_second: float
    all_per_second: float
    pandas_per_second: float
    times_pandas: float
    shares: dict[str, float]
    busy: float
    rate_met: bool
    ratio_met: bool


def measure(*, quick: bool = False) -> Measured:
    each = 15 if quick else 60
    rounds = 2 if quick else 4
    pages, texts = _files(PAGES, each), _files(TEXTS, each)
    for warm in (pages[:10], texts[:10]):
        _ours(warm)
    ours_pages: list[float] = []
    theirs: list[float] = []
    ours_texts: list[float] = []
    clock, processor = perf_counter(), process_time()
    for _ in range(rounds):  # by turns, so that a busy moment of the machine hits both
        ours_pages.append(_timed(_ours, pages))
        theirs.append(_timed(_pandas, pages))
        ours_texts.append(_timed(_ours, texts))
    busy = (perf_counter() - clock) / (process_time() - processor)
    page_time, text_time, pandas_time = min(ours_pages), min(ours_texts), min(theirs)
    rate = (len(pages) + len(texts)) / (page_time + text_time)
    ratio = pandas_time / page_time
    return Measured(
        files=len(pages) + len(texts),
        pages_per_second=len(pages) / page_time,
        texts_per_second=len(texts) / text_time,
        all_per_second=rate,
        pandas_per_second=len(pages) / pandas_time,
        times_pandas=ratio,
        shares=_shares(pages + texts),
        busy=busy,
        rate_met=rate >= GOAL_RATE,
        ratio_met=ratio >= GOAL_RATIO,
    )


def _files(layouts: Sequence[str], each: int) -> list[File]:
    return [LAYOUTS[name](invent(seed)) for seed in range(each) for name in layouts]


def _ours(files: Sequence[File]) -> None:
    for name, content in files:
        check(read(content, name))


def _pandas(files: Sequence[File]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _, content in files:
            pd.read_html(io.BytesIO(content), encoding="utf-8")


def _timed(run: Callable[[Sequence[File]], None], files: Sequence[File]) -> float:
    start = process_time()
    run(files)
    return process_time() - start


def _shares(files: Sequence[File]) -> dict[str, float]:
    """How one pass divides: format → blocks, blocks → cells, rules on the text, all other rules."""
    spent = dict.fromkeys(STAGES, 0.0)
    registered = rules().values()
    for name, content in files:
        start = perf_counter()
        source = parse(content, name)
        parsed = perf_counter()
        report = place(source)
        spent["parse"] += parsed - start
        spent["place"] += perf_counter() - parsed
        subject = Subject(report)
        for rule in registered:
            start = perf_counter()
            list(rule.check(subject))
            stage = "narrative" if rule.code.startswith(("narrative.", "text.")) else "check"
            spent[stage] += perf_counter() - start
    total = sum(spent.values())
    return {stage: spent[stage] / total for stage in STAGES}


def table(measured: Measured) -> str:
    """The figures as Markdown, each goal with met or missed."""
    met = {True: "met", False: "**missed**"}
    shares = ", ".join(f"{stage} {share:.0%}" for stage, share in measured.shares.items())
    lines = (
        f"### Reading and checking on one core, {measured.files} files",
        "",
        "| what | reports/s | goal |",
        "|---|---|---|",
        _row("pages, read and checked", measured.pages_per_second),
        _row("text, read and checked", measured.texts_per_second),
        _row(
            "both",
            measured.all_per_second,
            f"≥ {GOAL_RATE}: {met[measured.rate_met]}",
        ),
        _row(
            "pages, pandas.read_html alone",
            measured.pandas_per_second,
            f"ours {measured.times_pandas:.1f} ×, ≥ {GOAL_RATIO} ×: {met[measured.ratio_met]}",
        ),
        "",
        f"Processor time: {shares}. By the clock: {measured.busy:.1f} times as long.",
    )
    return "\n".join(lines)


def _row(what: str, rate: float, goal: str = "") -> str:
    return f"| {what} | {rate:.0f} | {goal} |"
