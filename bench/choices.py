"""Each choice of a library beside its best rival, on our own work: `python -m bench choices`.

The figures in docs/adr come from here. Every contest gives all contenders the same input; the
first named is the one chosen. Times are the best of several rounds, in milliseconds.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import docx
import lxml.html
import openpyxl
import pdfplumber
import pypdfium2
import xlsxwriter
from charset_normalizer import from_bytes
from opencc import OpenCC
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual_report.figures import Report
from gongkai.annual_report.folding import fold
from gongkai.annual_report.read import sources
from gongkai.annual_report.read.sources import encoding
from gongkai.annual_report.write import write
from gongkai.law.calendar import WorkingCalendar
from gongkai.specimen import LAYOUTS, invent

ROWS, COLUMNS = 10_000, 12
SEED = 20_210_926


@dataclass(frozen=True, slots=True)
class Contest:
    """One task and everyone who does it; `rounds` is how often each is timed."""

    task: str
    contenders: dict[str, Callable[[], object]]
    rounds: int = 7


@dataclass(frozen=True, slots=True)
class Result:
    """The best time of a contender, in milliseconds, and how many times the chosen one's."""

    task: str
    contender: str
    milliseconds: float
    ratio: float


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest of several times, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def hold(contest: Contest) -> Iterator[Result]:
    """The contenders' results, the chosen one's first."""
    chosen = 0.0
    for name, work in contest.contenders.items():
        taken = best(work, contest.rounds)
        chosen = chosen or taken
        yield Result(contest.task, name, taken, taken / chosen)


@cache
def report() -> Report:
    return invent(SEED)


@cache
def layout(name: str) -> bytes:
    return LAYOUTS[name](report())[1]


def page() -> Contest:
    data = layout("html_content_system")
    html = data.decode("utf-8")

    def tree_of_lexbor() -> list[list[str]]:
        rows = LexborHTMLParser(html).css("tr")
        return [[cell.text(strip=True) for cell in row.css("td, th")] for row in rows]

    def tree_of_lxml() -> list[list[str]]:
        rows = lxml.html.fromstring(html).iter("tr")
        return [[cell.text_content().strip() for cell in row.iter("td", "th")] for row in rows]

    return Contest(
        "a report as a web page → paragraphs and tables (the rivals: rows of cells only)",
        {
            "one pass": lambda: sources.parse(data, "report.html"),
            "selectolax": tree_of_lexbor,
            "lxml": tree_of_lxml,
        },
        rounds=30,
    )


def deep_page() -> Contest:
    depth = 20_000
    html = "<table><tr><td>1</td></tr></table>" + "<div>" * depth + "x" + "</div>" * depth
    return Contest(
        f"a hostile page: {depth:,} elements inside each other",
        {
            "one pass": lambda: sources.parse(html.encode(), "page.html"),
            "selectolax": lambda: LexborHTMLParser(html).css("tr"),
        },
        rounds=3,
    )


def charset() -> Contest:
    data = layout("lines_gb18030")
    return Contest(
        "a text in GB18030, its encoding unknown",
        {
            "words of the field": lambda: encoding.decode(data),
            "charset-normalizer": lambda: str(from_bytes(data).best()),
        },
        rounds=5,
    )


def folding() -> Contest:
    text = encoding.decode(layout("traditional"))
    convert = OpenCC("t2s").convert
    return Contest(
        f"one spelling for {len(text):,} characters of Traditional Chinese",
        {
            "by character": lambda: fold(text),
            "opencc and NFKC": lambda: unicodedata.normalize("NFKC", convert(text)),
        },
        rounds=20,
    )


def figures() -> list[list[int]]:
    return [[(row * 7 + column) % 1000 for column in range(COLUMNS)] for row in range(ROWS)]


def with_xlsxwriter() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(figures()):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def with_openpyxl() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in figures():
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def sheet_reading() -> Contest:
    data = with_xlsxwriter()

    def calamine() -> int:
        return len(
            CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        )

    def rival() -> int:
        sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[
            0
        ]
        return len(list(sheet.iter_rows(values_only=True)))

    return Contest(
        f"reading an Excel sheet of {ROWS:,} × {COLUMNS}",
        {"python-calamine": calamine, "openpyxl (read only)": rival},
        rounds=3,
    )


def sheet_writing() -> Contest:
    return Contest(
        f"writing an Excel sheet of {ROWS:,} × {COLUMNS}",
        {"xlsxwriter": with_xlsxwriter, "openpyxl (write only)": with_openpyxl},
        rounds=3,
    )


def word_reading() -> Contest:
    data = layout("docx")

    def python_docx() -> list[list[str]]:
        tables = docx.Document(io.BytesIO(data)).tables
        return [[cell.text for cell in row.cells] for table in tables for row in table.rows]

    return Contest(
        "a report in Word → paragraphs and tables (the rival: rows of cells only)",
        {"the XML itself": lambda: sources.parse(data, "report.docx"), "python-docx": python_docx},
        rounds=5,
    )


def text_of_pdf() -> Contest:
    data = layout("pdf")

    def pdfium() -> int:
        document = pypdfium2.PdfDocument(data)
        try:
            return sum(len(page.get_textpage().get_text_bounded()) for page in document)
        finally:
            document.close()

    def plumber() -> int:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return sum(len(page.extract_text()) for page in document.pages)

    return Contest(
        "the text of a report in PDF", {"pypdfium2": pdfium, "pdfplumber": plumber}, rounds=3
    )


def typesetting() -> Contest:
    write(report(), "pdf")
    return Contest(
        "a report written, once the compiler is warm",
        {
            f"{suffix}": (lambda s=suffix: write(report(), s))
            for suffix in ("pdf", "docx", "xlsx", "html", "json")
        },
        rounds=5,
    )


def working_days() -> Contest:
    calendar, start = WorkingCalendar(), date(2025, 1, 20)
    calendar.add(start, 250)

    def step_by_step() -> date:
        day, left = start, 40
        while left:
            day += timedelta(days=1)
            left -= chinese_calendar.is_workday(day)
        return day

    return Contest(
        "40 working days on from a day, a thousand times",
        {
            "prefix table": lambda: [calendar.add(start, 40) for _ in range(1000)],
            "day by day": lambda: [step_by_step() for _ in range(1000)],
        },
        rounds=3,
    )


CLICK = "import click\n@click.group()\ndef main(): ...\nmain(['--help'], standalone_mode=False)"
ARGPARSE = (
    "import argparse\np = argparse.ArgumentParser()\np.add_subparsers()\n"
    "try: p.parse_args(['--help'])\nexcept SystemExit: pass"
)


def start_up() -> Contest:
    def python(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    return Contest(
        "a command's --help, from nothing to the last line",
        {
            "click": lambda: python("-c", CLICK),
            "argparse": lambda: python("-c", ARGPARSE),
            "Python alone": lambda: python("-c", ""),
            "gongkai --help": lambda: python(
                "-c", "from gongkai.cli import main; main(['--help'])"
            ),
            "import django.db.models": lambda: python("-c", "import django.db.models"),
        },
        rounds=9,
    )


CONTESTS = (
    page,
    deep_page,
    charset,
    folding,
    sheet_reading,
    sheet_writing,
    word_reading,
    text_of_pdf,
    typesetting,
    working_days,
    start_up,
)


def main() -> None:
    """Hold every contest and print the results as tab-separated lines."""
    out = csv.writer(sys.stdout, dialect="excel-tab", lineterminator="\n")
    out.writerow(["task", "contender", "ms", "ratio"])
    for contest in CONTESTS:
        for result in hold(contest()):
            row = [
                result.task,
                result.contender,
                f"{result.milliseconds:.2f}",
                f"{result.ratio:.2f}",
            ]
            out.writerow(row)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
