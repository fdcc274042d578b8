"""Tables divided by pipes: proper Markdown and what converters make of a page."""

from __future__ import annotations

from random import Random

from gongkai.annual_report.figures import Report
from gongkai.specimen.layouts import sheet, spelling
from gongkai.specimen.layouts.sheet import Style, Table
from gongkai.specimen.layouts.text import flow


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _rule(width: int) -> str:
    return "|" + " --- |" * width


def _markdown(rows: list[list[str]]) -> str:
    return "\n".join([_row(rows[0]), _rule(len(rows[0])), *map(_row, rows[1:])])


def markdown(report: Report, style: Style = sheet.STANDARD) -> str:
    """Proper Markdown: every position of the grid, spanned ones empty, headings marked."""
    document = sheet.document(report, style)
    parts = [f"# {document.title}", f"发布日期：{document.published}", document.preface]
    for part in document.parts:
        parts += [f"## {part.heading}", *part.paragraphs]
        if part.table:
            parts.append(_markdown(sheet.grid(part.table)))
    return "\n\n".join(parts) + "\n"


def markdown_rows(report: Report) -> str:
    """One Markdown table for every row, as some converters write a table of merged cells."""

    def table(value: Table) -> str:
        lines = [[box.text for box in line] for line in value.lines]
        return "\n\n".join(_row(cells) + "\n" + _rule(len(cells)) for cells in lines)

    return flow(sheet.document(report), table, gap="\n\n")


def markdown_split(report: Report) -> str:
    """Every long table in two pieces, the second under a repeated head."""

    def table(value: Table) -> str:
        rows = sheet.grid(value)
        if len(rows) < 20:
            return _markdown(rows)
        middle = len(rows) // 2
        again = rows[: value.heads] + rows[middle:]
        return f"{_markdown(rows[:middle])}\n\n（续表）\n\n{_markdown(again)}"

    return flow(sheet.document(report), table, gap="\n\n")


def markdown_headless(report: Report) -> str:
    """Every long table in two pieces, the second without any head."""

    def table(value: Table) -> str:
        rows = sheet.grid(value)
        if len(rows) < 20:
            return _markdown(rows)
        middle = len(rows) // 2
        return f"{_markdown(rows[:middle])}\n\n{_markdown(rows[middle:])}"

    return flow(sheet.document(report), table, gap="\n\n")


def trailing(report: Report) -> str:
    """Cells divided by pipes, spanned positions as a run of pipes at the end of the row."""

    def table(value: Table) -> str:
        rows = []
        for line in value.lines:
            cells = [box.text for box in line]
            filler = "|" * (value.width - len(cells))
            rows.append(" | ".join(cells) + " |" + (f" {filler}" if filler else ""))
        return "\n".join(rows)

    return spelling.half_width(flow(sheet.document(report), table))


def one_per_line(report: Report) -> str:
    """Every cell on a line of its own before a pipe, a row ended by a run of pipes."""
    random = Random(report.title)  # noqa: S311

    def table(value: Table) -> str:
        rows = []
        for line in value.lines:
            rows += [f"{box.text.replace(chr(10), ' ')} |".lstrip() for box in line]
            if random.random() < 0.05:  # a line break that stood inside the last cell
                rows[-1] = rows[-1].replace(" |", "\n|")
            filler = "|" * (value.width - len(line))
            rows += [filler] if filler else []
        return "\n".join(rows)

    document = sheet.document(report, Style(label=spelling.broken))
    head = (
        f"标题: | {document.title} | ||\n---|---|---|---|\n"
        f"索引号: | 000000000/0000-00001 | 文号: | 〔〕号 |\n"
        f"发文日期: | {document.published} | 发布机构: | {report.agency} |\n"
    )
    return spelling.half_width(head + flow(document, table).split("\n", 2)[2])
