"""This year's report against last year's, where last year's is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.finding import Finding, Sides, Term, Text, finding, rule
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.figures import Figure, Report
from gongkai.law.forms import Address

# A figure that moved by more than this factor and by at least this many is worth a look: often a
# slip of the unit (元 for 万元) or of the scope. Settings of ours, not figures of law.
JUMP_FACTOR = 10
JUMP_FLOOR = 50


def _previous(subject: Subject) -> Report | None:
    """Last year's report, if the one given is of the year before (or either year is unknown)."""
    previous, year = subject.context.previous, subject.report.year
    if previous is None:
        return None
    if year and previous.year and previous.year != year - 1:
        return None
    return previous


@rule(
    "year.not_previous",
    "note",
    "所给的不是上一年的报告",
    "The report given as last year's is of another year",
    source="条例 49 条：上一年度",
)
def not_previous(subject: Subject) -> Iterator[Finding]:
    previous, year = subject.context.previous, subject.report.year
    if previous is not None and _previous(subject) is None and year:
        yield finding(
            "year.not_previous",
            Text(
                f"所给的上年报告是 {previous.year} 年的，本报告是 {year} 年的，跨年核对没有进行。",
                f"The report given as last year's is of {previous.year}, this one of {year}; "
                "the two were not compared.",
            ),
            expected=year - 1,
            found=previous.year,
        )


@rule(
    "year.carried",
    "review",
    "上年结转与上年报告的结转下年度不一致",
    "Row 2 is not row 4 of last year's report",
    source="30号、60号第三部分：本年第二项各列 = 上年第四项各列",
    sides=Sides.named(("上年报告", "last year's report"), ("本报告", "this report")),
)
def carried(subject: Subject) -> Iterator[Finding]:
    previous = _previous(subject)
    if previous is None:
        return
    differing: list[tuple[str, Figure, Figure]] = []
    for code in subject.form.column_codes:
        now = subject.figure(f"applications.2.{code}")
        before = previous.figures.get(f"applications.4.{code}")
        if now is not None and before is not None and now != before:
            differing.append((code, now, before))
    if not differing:
        return
    names = {code: wording.column(subject.form, code) for code, _, _ in differing}
    zh = "；".join(
        f"「{names[c][0]}」本年写 {wording.number(n)}，上年报告是 {wording.number(b)}"
        for c, n, b in differing
    )
    en = "; ".join(
        f"{names[c][1]}: {wording.number(n)} here, {wording.number(b)} there"
        for c, n, b in differing
    )
    address = f"applications.2.{differing[0][0]}"
    yield finding(
        "year.carried",
        Text(
            f"“二、上年结转”应等于上年报告的“四、结转下年度”：{zh}。",
            f"Row 2 should be row 4 of last year's report: {en}.",
        ),
        address=address,
        place=subject.place(address),
        expected=" ".join(wording.number(b) for _, _, b in differing),
        found=" ".join(wording.number(n) for _, n, _ in differing),
        terms=tuple(Term(f"applications.2.{c}", n) for c, n, _ in differing),
    )


@rule(
    "year.stock",
    "review",
    "现行有效件数与上年、制发、废止对不上",
    "In force is not last year's plus made minus repealed",
    source="国办公开办函〔2021〕30号第二部分：现行有效 = 上年现行有效 + 制发 − 废止",
    forms=("2021",),
    sides=Sides.named(("按上年推算", "from last year's"), ("本报告", "this report")),
)
def stock(subject: Subject) -> Iterator[Finding]:
    previous = _previous(subject)
    if previous is None:
        return
    for row in ("regulations", "normative_documents"):
        cells = [f"proactive.{row}.{column}" for column in ("made", "repealed", "in_force")]
        made, repealed, in_force = (subject.figure(cell) for cell in cells)
        before = previous.figures.get(cells[2])
        if None in (made, repealed, in_force, before):
            continue
        due = (before or 0) + (made or 0) - (repealed or 0)
        if due == in_force:
            continue
        name_zh, name_en = wording.row(subject.form.version, "proactive", row)
        sum_ = f"{wording.number(before)} + {wording.number(made)} − {wording.number(repealed)}"
        yield finding(
            "year.stock",
            Text(
                f"「{name_zh}」上年现行有效加本年制发减本年废止：{sum_} = {wording.number(due)}，"
                f"本年现行有效写的是 {wording.number(in_force)}。如有清理或口径变化，请注明。",
                f"{name_en}: last year's plus made minus repealed is {sum_} = "
                f"{wording.number(due)}, in force says {wording.number(in_force)}. "
                "If documents were reviewed or counted anew, please say so.",
            ),
            address=cells[2],
            place=subject.place(cells[2]),
            expected=wording.number(due),
            found=wording.number(in_force),
            terms=(
                Term(cells[0], made),
                Term(cells[1], repealed, -1),
                Term(cells[2], in_force, -1),
            ),
        )


@rule(
    "year.jump",
    "note",
    "与上年相差十倍以上",
    "More than ten times last year's figure, or less than a tenth",
    source="国办公开办函〔2021〕30号：报得准、可核查",
    sides=Sides.named(("上年", "last year"), ("本年", "this year")),
)
def jump(subject: Subject) -> Iterator[Finding]:
    previous = _previous(subject)
    if previous is None:
        return
    for address in _compared(subject):
        now, before = subject.figure(address), previous.figures.get(address)
        if now is None or before is None:
            continue
        low, high = sorted((Decimal(now), Decimal(before)))
        if low < 0 or high - low < JUMP_FLOOR or high <= JUMP_FACTOR * low:
            continue
        zh, en = wording.cell(subject.form.version, address)
        yield finding(
            "year.jump",
            Text(
                f"「{zh}」上年 {wording.number(before)}，本年 {wording.number(now)}，相差十倍以上，"
                "请确认单位和统计范围。",
                f"{en}: {wording.number(before)} last year, {wording.number(now)} this year; "
                "please check unit and scope.",
            ),
            address=address,
            place=subject.place(address),
            expected=wording.number(before),
            found=wording.number(now),
        )


_FLOWS = ("appeals.", "applications.1.", "applications.3.7.", "applications.4.")


def _compared(subject: Subject) -> Iterator[Address]:
    """Cells whose meaning is the same each year: section two, and the totals of three and four."""
    for address in subject.form.addresses:
        if address.startswith("proactive."):
            if not address.endswith(".change"):
                yield address
        elif address.endswith(".total") and address.startswith(_FLOWS):
            yield address
