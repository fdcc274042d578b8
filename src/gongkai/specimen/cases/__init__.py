"""Three years of applications at the example county, as its yearly reports count them.

The reports come first: of every agency and year the invented report says how many applications
came from whom and how they ended, and the cases are made to those figures. Compiled again, the
ledger gives the same tables, row two of each year being row four of the year before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from gongkai.annual_report.figures import Report
from gongkai.law.applicants import applicant_kinds
from gongkai.law.forms import form
from gongkai.specimen.cases import people
from gongkai.specimen.county import Unit, true_reports
from gongkai.specimen.documents.matters import matters
from gongkai.specimen.places import COUNTY, TOWNS

YEARS = (2024, 2025, 2026)
KINDS = tuple(one.code for one in applicant_kinds())
RESULTS = tuple(code for code in form("2021").row_codes if code[:2] == "3." and code != "3.7")
ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "3.1": (("A2", ""), ("A2", ""), ("A1", "")),
    "3.2": (("A3", ""),),
    "3.3.1": (("A4", "N14_SECRET"),),
    "3.3.2": (("A4", "N14_LAW"),),
    "3.3.3": (("A4", "N14_SAFETY"),),
    "3.3.4": (("A4", "N15_TP"),),
    "3.3.5": (("A4", "N16_INTERNAL"),),
    "3.3.6": (("A4", "N16_PROCESS"),),
    "3.3.7": (("A4", "N16_CASEFILE"),),
    "3.3.8": (("A5", ""),),
    "3.4.1": (("A6", ""), ("A6", ""), ("A7", "")),
    "3.4.2": (("A8", ""),),
    "3.4.3": (("A9", ""),),
    "3.5.1": (("A10", ""),),
    "3.5.2": (("A11", ""),),
    "3.5.3": (("A12", ""),),
    "3.5.4": (("A13", ""),),
    "3.5.5": (("A14", ""),),
    "3.6.1": (("A15", ""),),
    "3.6.2": (("A16", ""),),
    "3.6.3": (("A17", ""),),
}
"""The outcome and ground of each row of the form, the more frequent ones more than once."""
CHANNELS = ("web",) * 6 + ("counter",) * 2 + (
    "registered_post", "registered_post", "ordinary_post", "email", "fax", "oral",
)  # fmt: skip
WANTED = (
    "{year}年{matter}专项资金的分配方案和使用情况",
    "{place}{matter}工作的实施方案及会议纪要",
    "{place}{matter}项目的审批文件和公示材料",
    "{year}年以来{matter}的检查记录和处理结果",
    "{place}{matter}补助对象的名单和发放标准",
    "本人{year}年就{matter}提交的材料的办理结果",
    "{matter}有关采购合同及验收报告",
)
LATE = timedelta(days=45)

Happened = tuple[str, date, dict[str, object]]


@dataclass(frozen=True, slots=True)
class OldCase:
    """A case of the example: whose, who asked for what, and what happened to it.

    `happened` has kinds of facts with their days and details; without `ended_on` it is open.
    """

    unit: str
    number: str
    kind: str
    name: str
    telephone: str
    address: str
    channel: str
    submitted_on: date
    received_on: date
    description: str
    ended_on: date | None = None
    outcome: str = ""
    ground: str = ""
    happened: tuple[Happened, ...] = ()


def past(units: Sequence[Unit], today: date, seed: int = 1) -> Iterator[OldCase]:
    """The cases of the three years that were closed by today, agency by agency in the order of
    receipt. About two thousand. Deterministic by seed and, for the year that runs, by day."""
    reports = {
        (unit.code, year): report for unit, year, report in true_reports(YEARS[-1], seed=seed)
    }
    for unit in units[1:]:
        random = Random(f"cases {seed} {unit.code}")  # noqa: S311 - invented data
        made = _agency(random, unit, [reports[unit.code, year] for year in YEARS])
        known = [_by_today(random, case, today) for case in made]
        ordered = sorted((case for case in known if case), key=lambda case: case.received_on)
        yield from (
            replace(case, number=f"{COUNTY[0]}公开申{number:04}号")
            for number, case in enumerate(ordered, 1)
        )


def _agency(random: Random, unit: Unit, reports: Sequence[Report]) -> Iterator[OldCase]:
    for kind in KINDS:
        count = int(reports[0].figures[f"applications.2.{kind}"] or 0)
        before = date(YEARS[0] - 1, 12, 31)
        waiting = [_case(random, unit, kind, _day(random, before, 25)) for _ in range(count)]
        for report in reports:
            closed, waiting = _year(random, unit, kind, report, waiting)
            yield from closed
        yield from waiting


def _year(
    random: Random, unit: Unit, kind: str, report: Report, waiting: list[OldCase]
) -> tuple[list[OldCase], list[OldCase]]:
    """What was closed in the year and what waits at its end, as the report counts them."""
    figures = {row: int(report.figures[f"applications.{row}.{kind}"] or 0) for row in ("1", "4")}
    ended = {row: int(report.figures[f"applications.{row}.{kind}"] or 0) for row in RESULTS}
    rows = [row for row, count in ended.items() for _ in range(count)]
    random.shuffle(rows)
    year = report.year or YEARS[0]
    last = date(year, 12, 31)
    early = sorted(_day(random, last - timedelta(days=30), 330) for _ in range(figures["1"]))
    late = min(figures["4"], figures["1"])
    days = [*early[: len(early) - late], *(_day(random, last, 22) for _ in range(late))]
    queue = [*waiting, *(_case(random, unit, kind, day) for day in days)]
    closed = [_ended(random, queue[place], row, year) for place, row in enumerate(rows)]
    return closed, queue[len(rows) :]


def _case(random: Random, unit: Unit, kind: str, received: date) -> OldCase:
    channel = random.choice(CHANNELS)
    sent = random.randint(0, 3) if channel not in {"counter", "oral"} else 0
    matter = random.choice(matters(unit.name.removeprefix(COUNTY)))
    place = random.choice(TOWNS)
    year = received.year - random.randint(0, 2)
    return OldCase(
        unit=unit.code,
        number="",
        kind=kind,
        name=people.name(random, kind),
        telephone=people.telephone(random),
        address=people.address(random),
        channel=channel,
        submitted_on=received - timedelta(days=sent),
        received_on=received,
        description=random.choice(WANTED).format(matter=matter, place=place, year=year),
    )


def _ended(random: Random, case: OldCase, row: str, year: int) -> OldCase:
    """The case with its end in the year: most in time, some extended, a few late."""
    outcome, ground = random.choice(ENDINGS[row])
    extended = random.random() < 0.1
    took = random.randint(32, 50) if extended else random.randint(4, 26)
    if random.random() < 0.02:
        took = random.randint(35, 60)
    last = date(year, 12, 31)
    first = max(case.received_on, date(year, 1, 3))
    earliest = first + timedelta(days=random.randint(0, min(9, (last - first).days)))
    ended = max(min(case.received_on + timedelta(days=took), last), earliest)
    happened = _on_the_way(random, case.received_on, ended, outcome, ground, extended=extended)
    return replace(case, ended_on=ended, outcome=outcome, ground=ground, happened=happened)


def _on_the_way(
    random: Random, received: date, ended: date, outcome: str, ground: str, *, extended: bool
) -> tuple[Happened, ...]:
    """Corrections, consultations, fees and extensions, where there was time for them."""
    days = (ended - received).days
    if days < 12:
        return ()
    early = received + timedelta(days=random.randint(1, 6))
    if outcome in {"A9", "A15"}:
        asked: Happened = ("correction_requested", early, {})
        given: Happened = ("corrected", early + timedelta(days=4), {})
        return (asked, given) if outcome == "A9" else (asked,)
    if outcome == "A16":
        return (("fee_notified", early, {}),)
    happened: list[Happened] = []
    if ground == "N15_TP" or random.random() < 0.03:
        happened.append(("consultation_sent", early, {"id": "a", "whom": "third_party"}))
        happened.append(("consultation_answered", early + timedelta(days=5), {"id": "a"}))
    if extended and days > 26:
        happened.append(("extended", received + timedelta(days=22), {"days": 20}))
    return tuple(happened)


def _by_today(random: Random, case: OldCase, today: date) -> OldCase | None:
    """The case as far as it has come by today; what came in lately is on the desk instead."""
    if case.received_on > today - LATE:
        return None
    if case.ended_on is None or case.ended_on >= today:
        ended = min(case.received_on + timedelta(days=random.randint(5, 25)), today)
        return replace(case, ended_on=ended, outcome="A2", ground="", happened=())
    return case


def _day(random: Random, last: date, before: int) -> date:
    """A day up to so many days before the last."""
    return last - timedelta(days=random.randint(0, before))
