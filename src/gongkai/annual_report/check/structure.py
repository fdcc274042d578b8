"""Whether the form is all there: version, sections, tables, rows (条例 50 条, 30号, 60号)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.finding import Finding, Sides, Text, finding, rule
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.figures import TABLES
from gongkai.law.forms import Table, form, form_in_force

FORM = "国办公开办函〔2021〕30号；国办公开办函〔2019〕60号"
TABLE_OF_SECTION: dict[int, Table] = {2: "proactive", 3: "applications", 4: "appeals"}
MERGED = "3.6"
SPLIT = ("3.6.1", "3.6.2", "3.6.3")


@rule(
    "form.version",
    "error",
    "所用格式不是该年度施行的格式",
    "The form is not the one in force for the year",
    source=f"{FORM}",
)
def version(subject: Subject) -> Iterator[Finding]:
    report = subject.report
    due = form_in_force(report.year) if report.year else None
    if not due or not report.form or report.form == due.version:
        return
    yield finding(
        "form.version",
        Text(
            f"{report.year} 年度应当使用 {due.version} 年格式（{due.reference}），"
            f"报告中的表格是 {report.form} 年格式。",
            f"Reports of {report.year} use the {due.version} form ({due.reference}); "
            f"the tables here follow the {report.form} form.",
        ),
        expected=due.version,
        found=report.form,
    )


@rule(
    "form.agency_unknown",
    "review",
    "没有找到机关名称",
    "The name of the agency was not found",
    source="30号：年度报告的编写机关；标题的通行写法",
)
def agency_unknown(subject: Subject) -> Iterator[Finding]:
    if not subject.report.agency:
        yield finding(
            "form.agency_unknown",
            Text(
                "标题、正文开头都没有写明是哪个机关的报告，请补上机关名称。",
                "Neither title nor opening names the agency. Please add its name.",
            ),
        )


@rule(
    "form.year_unknown",
    "review",
    "没有找到报告年度",
    "The year of the report was not found",
    source="条例 49 条（上一年度）",
)
def year_unknown(subject: Subject) -> Iterator[Finding]:
    if not subject.report.year:
        yield finding(
            "form.year_unknown",
            Text(
                "标题、正文开头都没有写明是哪一年的报告，与年份有关的核对没有进行。",
                "The year is stated nowhere, so nothing that depends on it was checked.",
            ),
        )


@rule(
    "form.narrative_missing",
    "review",
    "只有表格，没有文字部分",
    "Tables only, without any narrative",
    source=f"条例 50 条；{FORM}",
)
def narrative_missing(subject: Subject) -> Iterator[Finding]:
    if not subject.sections and not subject.passages:
        yield finding(
            "form.narrative_missing",
            Text(
                "只读到表格，没有读到六个部分的文字，文字与表格的核对没有进行。",
                "Only tables were found; without the six sections the text could not be checked.",
            ),
        )


@rule(
    "form.section_missing",
    "error",
    "缺少部分",
    "A section is missing",
    source=f"条例 50 条；{FORM}",
)
def section_missing(subject: Subject) -> Iterator[Finding]:
    for number, title in _absent_heads(subject):
        table = TABLE_OF_SECTION.get(number)
        if table is None or table not in subject.tables:
            yield _no_section("form.section_missing", number, title)


@rule(
    "form.heading_missing",
    "note",
    "有表格，没有该部分的标题",
    "A table stands without its section heading",
    source=f"{FORM}",
)
def heading_missing(subject: Subject) -> Iterator[Finding]:
    for number, title in _absent_heads(subject):
        table = TABLE_OF_SECTION.get(number)
        if table is not None and table in subject.tables:
            yield _no_section("form.heading_missing", number, title)


def _absent_heads(subject: Subject) -> list[tuple[int, tuple[str, str]]]:
    if not subject.sections:
        return []
    return [
        (head.number, (head.title, head.title_en))
        for head in subject.form.sections
        if head.number not in subject.sections
    ]


def _no_section(code: str, number: int, title: tuple[str, str]) -> Finding:
    heading = f"“{wording.NUMERALS[number]}、{title[0]}”"
    text = Text(f"没有找到{heading}。", f"Section {number}, “{title[1]}”, was not found.")
    if code == "form.heading_missing":
        text = Text(
            f"{wording.section(number)[0]}的表格在，没有找到标题{heading}。",
            f"The table of section {number} is there; its heading, “{title[1]}”, was not found.",
        )
    return finding(
        code,
        text,
        address=f"section.{number}",
        expected=title[0],
    )


@rule(
    "form.section_empty",
    "review",
    "部分只有标题，没有内容",
    "A section has a heading and no words",
    source="条例 50 条；30号（不能遗漏）",
)
def section_empty(subject: Subject) -> Iterator[Finding]:
    for number in (1, 5, 6):
        section = subject.sections.get(number)
        if section and not section.text.strip():
            zh, en = wording.section(number)
            yield finding(
                "form.section_empty",
                Text(
                    f"{zh}“{section.title}”只有标题，没有内容；没有需要报告的，也请写明“无”。",
                    f"{en.capitalize()} has a heading and no words; if there is nothing to report, "
                    "please say so.",
                ),
                address=f"section.{number}",
                place=section.place,
            )


@rule(
    "form.table_missing",
    "error",
    "缺少表格",
    "A table is missing",
    source=f"{FORM}",
)
def table_missing(subject: Subject) -> Iterator[Finding]:
    for table in TABLES:
        if table not in subject.tables and table not in _unplaced_tables(subject):
            zh, en = wording.TABLE_NAMES[table]
            yield finding(
                "form.table_missing",
                Text(f"没有找到{zh}。", f"{en.capitalize()} was not found."),
                address=table,
            )


def _unplaced_tables(subject: Subject) -> set[str]:
    """Tables the reader saw and could not place; they are told under their own codes."""
    return {a.partition(".")[0] for item in subject.report.unplaced for a in item.addresses}


@rule(
    "form.row_missing",
    "error",
    "缺少行",
    "A row is missing",
    source=f"{FORM}",
    sides=Sides.named(("应有行数", "rows of the form"), ("缺少", "lacking")),
)
def row_missing(subject: Subject) -> Iterator[Finding]:
    found = set(subject.found_rows)
    found |= {address.rpartition(".")[0] for address in subject.unplaced}
    if any(f"applications.{code}" in found for code in (MERGED, *SPLIT)):
        found |= {f"applications.{code}" for code in _sixth(subject)}
    for table in TABLES:
        if table in subject.tables:
            missing = [row for row in _rows(subject.form.version, table) if row not in found]
            if missing:
                yield _rows_absent(subject, table, missing)


@cache
def _rows(version: str, table: str) -> tuple[str, ...]:
    """The rows of a table as addresses without their column, in form order."""
    cells = (a for a in form(version).addresses if a.startswith(table))
    return tuple(dict.fromkeys(a.rpartition(".")[0] for a in cells))


def _sixth(subject: Subject) -> tuple[str, ...]:
    """The row or rows of （六）其他处理 in this form."""
    return SPLIT if subject.form.version == "2021" else (MERGED,)


def _rows_absent(subject: Subject, table: str, missing: list[str]) -> Finding:
    names = [wording.row(subject.form.version, *row.split(".", 1)) for row in missing]
    zh, en = wording.TABLE_NAMES[table]
    return finding(
        "form.row_missing",
        Text(
            f"{zh}缺少 {len(missing)} 行：{wording.listed([n[0] for n in names])}。",
            f"{en.capitalize()} lacks {len(missing)} row(s): "
            f"{wording.listed([n[1] for n in names], 'en')}.",
        ),
        address=missing[0],
        expected=len(_rows(subject.form.version, table)),
        found=" ".join(row.split(".", 1)[1] for row in missing),
    )


@rule(
    "form.row_layout",
    "review",
    "“（六）其他处理”的行与该格式不同",
    "The rows of (6) Otherwise handled are not those of the form",
    source="国办公开办函〔2021〕30号：（六）分三行；60号：（六）一行",
    sides=Sides.named(("应有的行", "rows of the form"), ("现有的行", "rows found")),
)
def row_layout(subject: Subject) -> Iterator[Finding]:
    rows = set(subject.rows)
    address = f"applications.{MERGED}"
    if subject.form.version == "2021" and MERGED in rows:
        kept = rows.intersection(SPLIT)
        yield finding(
            "form.row_layout",
            Text(
                "2021 年格式的“（六）其他处理”应分三行（逾期不补正、逾期不缴费、其他），"
                + ("报告在三行之外多出一行合计。" if kept else "报告只有一行；合计按这一行核对。"),
                "In the 2021 form (6) Otherwise handled has three rows (not corrected in time, fee "
                "not paid in time, other); the report "
                + ("has a fourth one." if kept else "has one, and its sums were checked with it."),
            ),
            address=address,
            place=subject.place(f"{address}.total"),
            expected="3.6.1 3.6.2 3.6.3",
            found=" ".join(sorted(kept | {MERGED})),
        )
    elif subject.form.version == "2019" and rows.intersection(SPLIT):
        yield finding(
            "form.row_layout",
            Text(
                "2019 年格式的“（六）其他处理”是一行，报告分成了几行；合计按报告中的行核对。",
                "In the 2019 form (6) Otherwise handled is one row; the report splits it, and its "
                "sums were checked with the rows found.",
            ),
            address=address,
            expected=MERGED,
            found=" ".join(sorted(rows.intersection(SPLIT))),
        )
