"""Plain text: what is left of a page when it is copied, extracted or exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from gongkai.annual_report.figures import Report
from gongkai.specimen.layouts import sheet, spelling
from gongkai.specimen.layouts.sheet import Box, Document, Style, Table

Tables = Callable[[Table], str]
NBSP = "\u00a0"


def flow(document: Document, tables: Tables, gap: str = "\n") -> str:
    """The document as text, each table as `tables` writes it."""
    return gap.join(_pieces(document, tables)) + "\n"


def _pieces(document: Document, tables: Tables) -> Iterator[str]:
    yield document.title
    if document.published:
        yield f"发布时间：{document.published}"
    yield document.preface
    for part in document.parts:
        yield part.heading
        yield from part.paragraphs
        if part.table:
            yield tables(part.table)


def _texts(table: Table) -> list[list[str]]:
    return [[box.text for box in line] for line in table.lines]


def lines(report: Report) -> str:
    """One cell a line, narrow heads broken over lines, some heads lost, no blank line anywhere."""
    document = sheet.document(report, Style(label=spelling.broken, gaps=True))
    return spelling.half_width(
        flow(document, lambda t: "\n".join(cell for line in _texts(t) for cell in line))
    )


def lines_spaced(report: Report) -> str:
    """One cell a line with blank lines between, stray spaces, and group heads that lost a mark."""
    random = Random(report.title)  # noqa: S311
    document = sheet.document(report, Style(label=_worn))

    def cell(box: Box) -> str:
        stray = box.kind != "figure" and random.random() < 0.2
        blanks = f"{NBSP}\n\n" * random.randint(1, 6) if stray else ""
        return blanks + box.text.replace("\n", "\n\n") + " " * random.choice((0, 0, 0, 1, 4))

    def table(value: Table) -> str:
        return "\n\n".join(cell(box) for line in value.lines for box in line)

    return spelling.half_width(flow(document, table, gap=f"\n\n{NBSP}\n\n"))


def _worn(label: str) -> str:
    """A label as it survives a careless export: a numeral, a slash or a character is gone."""
    for whole, worn in (
        ("三、本年度办理结果", "、本年度办理结果"),
        ("（三）不予公开", "（） 不予公开"),
        ("（四）无法提供", "（） 无法提供"),
        ("（五）不予处理", "（） 不予处理"),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("3.危及“三安全一稳定”", "3.危及三安全一稳定"),
        ("7.属于行政执法案卷", "7.于行政执法案卷"),
        ("8.属于行政查询事项", "8.于行政查询事项"),
        ("本年增/减", "本年增/"),
    ):
        if label == whole:
            return worn
    return spelling.broken(label)


def tabs(report: Report) -> str:
    """Copied from a browser: cells of a row divided by tabs, spanned positions left out."""
    return flow(sheet.document(report), lambda t: "\n".join("\t".join(row) for row in _texts(t)))


def tabs_grid(report: Report) -> str:
    """Pasted from a spreadsheet: tabs between all positions, spanned ones empty."""
    return flow(
        sheet.document(report), lambda t: "\n".join("\t".join(row) for row in sheet.grid(t))
    )


def spaces(report: Report) -> str:
    """Copied from a PDF viewer: cells divided by spaces, long labels run on to the next line."""

    def row(cells: list[str]) -> str:
        return " ".join(_wrapped(cell) if len(cell) > 24 else cell for cell in cells)

    return flow(sheet.document(report), lambda t: "\n".join(row(cells) for cells in _texts(t)))


def _wrapped(label: str, width: int = 18) -> str:
    return "\n".join(label[i : i + width] for i in range(0, len(label), width))


def glued(report: Report) -> str:
    """One line without any separator: the digits of a row and the next number run together."""
    document = sheet.document(report)
    random = Random(report.title)  # noqa: S311

    def table(value: Table) -> str:
        cells = "".join(cell for line in _texts(value) for cell in line)
        return cells + random.choice(("", " "))

    page = (
        f"当前位置： 首页政务公开政府信息公开年报 {report.title} 来源：{report.agency} "
        f"时间：{report.published} 16:34 微信 微博 全真版 文字版 文件下载 相关链接： "
    )
    body = "".join(list(_pieces(document, table))[2 if document.published else 1 :])
    return f"{page}{body} 附件下载 "


def paged(report: Report) -> str:
    """Extracted from pages: a page number and a running head fall into the middle of a table."""

    def table(value: Table) -> str:
        rows = ["\t".join(row) for row in _texts(value)]
        middle = len(rows) // 2 + 1
        if len(rows) > 20:
            rows[middle:middle] = ["", "— 4 —", "", report.title or "", ""]
        return "\n".join(rows)

    return flow(sheet.document(report), table)
