"""Every way a report is found in the wild, by name: report in, file name and bytes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.annual_report.figures import Figure, Report
from gongkai.specimen.layouts import html, office, pdf, pipes, spelling, text
from gongkai.specimen.layouts.sheet import Style

__all__ = ["LAYOUTS", "Layout"]


def unchanged(report: Report) -> Report:
    return report


@dataclass(frozen=True)
class Layout:
    """One way to write a report down.

    `keeps` says what must be read back: the report with the figures this layout can show.
    `carries_blanks` is False where a blank cell leaves no trace: only reports without blanks can be
    read back. `solved` marks layouts without separators: there, a figure may be missing
    where arithmetic leaves more than one reading, but none may be wrong.
    """

    name: str
    suffix: str
    render: Callable[[Report], bytes]
    keeps: Callable[[Report], Report] = unchanged
    carries_blanks: bool = True
    solved: bool = False

    def __call__(self, report: Report) -> tuple[str, bytes]:
        return f"{self.name}-{report.year}.{self.suffix}", self.render(report)


def _encoded(write: Callable[[Report], str], encoding: str = "utf-8") -> Callable[[Report], bytes]:
    return lambda report: write(report).encode(encoding)


def _styled(
    write: Callable[[Report, Style], str], style: Style, encoding: str = "utf-8"
) -> Callable[[Report], bytes]:
    return lambda report: write(report, style).encode(encoding)


def _traditional(encoding: str) -> Callable[[Report], bytes]:
    return lambda report: spelling.traditional(text.lines(report)).encode(encoding)


def _organisations_blank(report: Report) -> Report:
    return spelling.zeros_blank(report, html.is_organisation_cell)


def _one_other_row(report: Report) -> bytes:
    return html.clean(spelling.one_other_row(report)).encode()


def _marked(mark: str) -> Callable[[Figure], str]:
    return spelling.blank_zero(mark)


RESTARTED = Style(numerals=("一", "二", "三", "一", "二", "三"))

_TEXT = (
    Layout("markdown", "md", _encoded(pipes.markdown)),
    Layout("markdown_rows", "md", _encoded(pipes.markdown_rows)),
    Layout("markdown_split", "md", _encoded(pipes.markdown_split)),
    Layout("markdown_headless", "md", _encoded(pipes.markdown_headless)),
    Layout("pipes_trailing", "txt", _encoded(pipes.trailing)),
    Layout("pipes_one_per_line", "txt", _encoded(pipes.one_per_line)),
    Layout("lines", "txt", _encoded(text.lines), carries_blanks=False),
    Layout("lines_spaced", "txt", _encoded(text.lines_spaced), carries_blanks=False),
    Layout("lines_utf16", "txt", _encoded(text.lines, "utf-16"), carries_blanks=False),
    Layout("lines_gb18030", "txt", _encoded(text.lines, "gb18030"), carries_blanks=False),
    Layout("traditional", "txt", _traditional("utf-8"), carries_blanks=False),
    Layout("traditional_big5", "txt", _traditional("big5"), carries_blanks=False),
    Layout("tabs", "txt", _encoded(text.tabs)),
    Layout("tabs_grid", "tsv", _encoded(text.tabs_grid, "utf-8-sig")),
    Layout("tabs_paged", "txt", _encoded(text.paged)),
    Layout("spaces", "txt", _encoded(text.spaces), carries_blanks=False),
    Layout("glued", "txt", _encoded(text.glued), carries_blanks=False, solved=True),
)

_SPELT = (
    Layout("full_width", "md", _styled(pipes.markdown, Style(spell=spelling.full_width))),
    Layout("thousands", "md", _styled(pipes.markdown, Style(spell=spelling.thousands))),
    Layout(
        "dashes", "md", _styled(pipes.markdown, Style(spell=_marked("—"))), spelling.zeros_blank
    ),
    Layout(
        "hyphens", "md", _styled(pipes.markdown, Style(spell=_marked("-"))), spelling.zeros_blank
    ),
    Layout("slashes", "html", _styled(html.clean, Style(spell=_marked("/"))), spelling.zeros_blank),
    Layout(
        "nothing", "html", _styled(html.clean, Style(spell=_marked("无"))), spelling.zeros_blank
    ),
    Layout("short_labels", "html", _styled(html.clean, Style(label=spelling.short))),
    Layout("restarted", "html", _styled(html.clean, RESTARTED)),
    Layout("header_gaps", "html", _styled(html.clean, Style(gaps=True))),
    Layout("subtotal", "html", _styled(html.clean, Style(subtotal=True))),
    Layout("one_other_row", "html", _one_other_row, spelling.one_other_row),
)

_PAGES = (
    Layout("html", "html", _encoded(html.clean)),
    Layout("html_gb18030", "html", _encoded(html.word_processor, "gb18030")),
    Layout("html_content_system", "html", _encoded(html.content_system), _organisations_blank),
    Layout("html_uneven", "html", _encoded(html.uneven), spelling.zeros_blank),
    Layout("html_nested", "html", _encoded(html.nested)),
    Layout("html_unclosed", "htm", _encoded(html.unclosed, "gb18030")),
    Layout("html_split", "html", _encoded(html.split)),
)

_FILES = (
    Layout("docx", "docx", office.docx),
    Layout("xlsx", "xlsx", office.xlsx),
    Layout("xlsx_sheets", "xlsx", office.xlsx_sheets),
    Layout("pdf", "pdf", pdf.pdf),
    Layout("pdf_pages", "pdf", pdf.pdf_pages),
)

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (*_TEXT, *_SPELT, *_PAGES, *_FILES)}
