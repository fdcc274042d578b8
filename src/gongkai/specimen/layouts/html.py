"""Pages: from clean markup to what content systems and word processors leave behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from gongkai.annual_report.figures import Report
from gongkai.specimen.layouts import sheet, spelling
from gongkai.specimen.layouts.sheet import Box, Document, Style, Table

Cell = Callable[[Box], str]


def _spans(box: Box) -> str:
    spans = f' colspan="{box.colspan}"' if box.colspan > 1 else ""
    return spans + (f' rowspan="{box.rowspan}"' if box.rowspan > 1 else "")


def _semantic(box: Box) -> str:
    tag = "td" if box.kind == "figure" else "th"
    return f"<{tag}{_spans(box)}>{escape(box.text)}</{tag}>"


def _table(table: Table, cell: Cell = _semantic, attributes: str = "") -> str:
    rows = ("<tr>" + "".join(map(cell, line)) + "</tr>" for line in table.lines)
    return f"<table{attributes}><tbody>{''.join(rows)}</tbody></table>"


def _body(document: Document, tables: Callable[[Table], str], paragraph: str = "<p>{}</p>") -> str:
    pieces = [paragraph.format(escape(document.preface))]
    for part in document.parts:
        pieces.append(paragraph.format(escape(part.heading)))
        pieces += [paragraph.format(escape(text)) for text in part.paragraphs]
        if part.table:
            pieces.append(tables(part.table))
    return "\n".join(pieces)


def _page(title: str, body: str, charset: str = "utf-8") -> str:
    return (
        f'<!doctype html>\n<html lang="zh"><head><meta charset="{charset}">'
        f"<title>{escape(title)}</title></head>\n<body>\n{body}\n</body></html>\n"
    )


def clean(report: Report, style: Style = sheet.STANDARD, charset: str = "utf-8") -> str:
    """Headings as headings, tables with header cells and proper spans."""
    document = sheet.document(report, style)
    pieces = [f"<h1>{escape(document.title)}</h1>", f"<p>发布日期：{document.published}</p>"]
    pieces.append(f"<p>{escape(document.preface)}</p>")
    for part in document.parts:
        pieces.append(f"<h2>{escape(part.heading)}</h2>")
        pieces += [f"<p>{escape(text)}</p>" for text in part.paragraphs]
        pieces += [_table(part.table)] if part.table else []
    return _page(document.title, "\n".join(pieces), charset)


ORGANISATIONS = ("commercial", "research", "public_welfare", "legal_service", "other")


def is_organisation_cell(address: str) -> bool:
    return address.startswith("applications.") and address.rpartition(".")[2] in ORGANISATIONS


def content_system(report: Report) -> str:
    """A department's site: a table of metadata first, every label broken over many elements,
    zeros of organisations left empty, navigation before and related reading after."""
    random = Random(report.title)  # noqa: S311
    report = spelling.zeros_blank(report, is_organisation_cell)
    style = Style(label=lambda label: spelling.short(label) if "规范性" in label else label)
    document = sheet.document(report, style)
    para = (
        '<p style="text-indent: 2em; line-height: 2; font-family: 微软雅黑;" align="">{}'
        '<span style="font-family: 微软雅黑;"><o:p></o:p></span></p>'
    )

    def runs(text: str) -> str:
        pieces, start = [], 0
        while start < len(text):
            end = start + random.randint(3, 14)
            font = f'<font face="方正仿宋_GBK">{escape(text[start:end])}</font>'
            pieces.append(f'<span style="font-family: 微软雅黑;">{font}</span>')
            start = end
        return "".join(pieces)

    def cell(box: Box) -> str:
        inner = para.format(runs(box.text))
        return f'\n      <td{_spans(box)} width="42" valign="center">\n      {inner}\n      </td>'

    body = [para.format(runs(document.preface))]
    for part in document.parts:
        body.append(para.format(runs(part.heading)))
        body += [para.format(runs(text)) for text in part.paragraphs]
        if part.table:
            table = _table(part.table, cell, ' bordercolor="#000000" border="1"')
            body.append(f"<div>\n{table}\n</div>")
    return _page(
        f"{document.title}-{report.agency}",
        _navigation(report) + _metadata(report) + "\n".join(body) + _related(report),
    )


def _navigation(report: Report) -> str:
    return (
        '<div class="header-t"><span>2025年12月30日\t星期二</span></div><div class="mainNav"><ul>'
        '<li><a href="/">首页</a></li><li><a href="/zwgk/">政府信息公开</a></li>'
        '<li><a href="/nb/">政府信息公开年报</a></li></ul></div>'
        "<script>function time(){ var week = ['星期天','星期一']; }</script>"
        f'<div class="crumb">当前位置：首页 &gt; {escape(report.agency or "")}</div>\n'
    )


def _metadata(report: Report) -> str:
    title, agency = escape(report.title or ""), escape(report.agency or "")
    return (
        f'<table class="table_content"><tbody><tr><td>名称</td><td colspan="3">{title}</td></tr>'
        f"<tr><td>索引号</td><td>000000000/{report.year}-00002</td><td>分类</td>"
        f"<td>信息公开年报&nbsp;&nbsp;其他&nbsp;&nbsp;报告</td></tr><tr><td>发布机构</td>"
        f"<td>{agency}</td><td>公开日期</td><td>{report.published}</td></tr></tbody></table>\n"
        f'<h1 class="article-title">{title}</h1>\n'
    )


def _related(report: Report) -> str:
    earlier = (report.year or 2024) - 1
    agency = escape(report.agency or "")
    return (
        f'\n<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">{agency}{earlier}年政府信息'
        f'公开工作年度报告</a></li><li><a href="/2">{agency}{earlier - 1}年政府信息公开工作年度报告'
        "</a></li></ul></div><footer>主办：信息中心 备案号：000000 网站标识码：0000000000</footer>"
    )


def uneven(report: Report) -> str:
    """Zeros as no-break spaces and column spans that differ from row to row in one table."""
    document = sheet.document(report, Style(spell=spelling.blank_zero("\u00a0")))

    def cell(box: Box) -> str:
        text = escape(box.text).replace("\u00a0", "&nbsp;")
        return f'<td{_spans(box)} nowrap="nowrap"><p align="center">{text}</p></td>'

    def table(value: Table) -> str:
        value = _widened(value) if value.width == 4 else value
        return _table(value, cell, ' align="center" border="1" cellspacing="1"')

    body = (
        f'<p style="text-align: center;font-weight: bold;">{escape(document.title)}</p>\t'
        f'<p style="text-align: center">发布日期：{document.published}</p>'
    )
    return body + _body(document, table)


def _widened(table: Table) -> Table:
    """The table of section two on five columns: the extra one falls into a different cell each
    time, so that a figure does not stand under its own head."""
    lines = []
    for number, line in enumerate(table.lines):
        if len(line) == 1:
            lines.append([replace(line[0], colspan=5)])
            continue
        wide = 1 + number % (len(line) - 1)
        lines.append(
            [replace(b, colspan=b.colspan + (1 if i == wide else 0)) for i, b in enumerate(line)]
        )
    return Table(5, lines, table.heads)


def nested(report: Report) -> str:
    """A page laid out by tables: the report's tables stand inside the cells of others."""
    document = sheet.document(report)

    def table(value: Table) -> str:
        return f'<table width="100%"><tr><td align="center">{_table(value)}</td></tr></table>'

    body = f"<center><b>{escape(document.title)}</b></center>" + _body(document, table)
    return _page(
        document.title,
        '<table width="980"><tr><td colspan="2"><table><tr><td>首页</td><td>机构</td></tr></table>'
        "</td></tr><tr><td width=180><table><tr><td>1</td><td>领导之窗</td></tr><tr><td>2</td>"
        f"<td>办事指南</td></tr></table></td><td>{body}</td></tr></table>",
    )


def unclosed(report: Report) -> str:
    """Old markup: capital tag names, rows and cells never closed."""
    document = sheet.document(report)

    def cell(box: Box) -> str:
        return f"<TD{_spans(box)}>{escape(box.text)}\n"

    def table(value: Table) -> str:
        rows = "".join("<TR>\n" + "".join(map(cell, line)) for line in value.lines)
        return f"<TABLE BORDER=1>\n{rows}</TABLE>"

    body = _body(document, table, "<P>{}")
    return (
        f"<HTML><HEAD><TITLE>{escape(document.title)}</TITLE></HEAD><BODY>\n{body}\n</BODY></HTML>"
    )


def split(report: Report) -> str:
    """Long tables cut in two; the second has no head and repeats no group label."""
    document = sheet.document(report)

    def table(value: Table) -> str:
        if len(value.lines) < 20:
            return _table(value)
        first, second = _cut(value, len(value.lines) // 2)
        return f'{_table(first)}<p align="center">— 3 —</p>{_table(second)}'

    title = f"<h1>{escape(document.title)}</h1>"
    return _page(document.title, title + _body(document, table))


def _cut(table: Table, at: int) -> tuple[Table, Table]:
    """Both halves of a table; a span that reaches over the cut goes on as an empty cell."""
    first: list[list[Box]] = [[] for _ in table.lines[:at]]
    second: list[list[Box]] = [list(line) for line in table.lines[at:]]
    for item in reversed(sheet.place(table)):
        if item.row >= at:
            continue
        over = item.row + item.box.rowspan - at
        if over > 0:
            second[0].insert(0, Box("", item.box.kind, over, item.box.colspan))
            first[item.row].insert(0, replace(item.box, rowspan=at - item.row))
        else:
            first[item.row].insert(0, item.box)
    return Table(table.width, first, table.heads), Table(table.width, second, 0)


def word_processor(report: Report, charset: str = "gb2312") -> str:
    """Saved as a page by a word processor: line breaks inside words, o:p elements, GB charset."""
    document = sheet.document(report, Style(label=spelling.broken))

    def cell(box: Box) -> str:
        text = escape(box.text).replace("\n", "<br/>\n")
        span = f"<span lang=EN-US style='font-size:10.5pt'>{text}<o:p></o:p></span>"
        return f"<td{_spans(box)} width=47 valign=center>\n<p class=MsoNormal>{span}</p>\n</td>\n"

    body = _body(document, lambda t: _table(t, cell, " class=MsoTable border=1"), _WORD_PARAGRAPH)
    title = f"<p class=MsoTitle align=center><b>{escape(document.title)}</b></p>"
    return (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head>"
        f"<meta http-equiv=Content-Type content='text/html; charset={charset}'>"
        f"<title>{escape(document.title)}</title>"
        "<!--[if gte mso 9]><xml><o:DocumentProperties></o:DocumentProperties></xml><![endif]-->"
        f"<style>p.MsoNormal {{margin:0cm}}</style></head>"
        f"<body lang=ZH-CN>{title}{body}</body></html>"
    )


_WORD_PARAGRAPH = "<p class=MsoNormal style='text-indent:32.0pt'><span>{}</span><o:p></o:p></p>"
