"""Web pages → blocks.

A page is cut into tags and text by one linear regular expression and read in one pass. No tree
is built: a tree costs quadratic time on deep nesting (100,000 nested <div> took lexbor 21 s where
this takes 0.1 s) and cannot be bounded from outside. Tables follow the table rules of the HTML
standard: implied end tags, row groups, spans, text outside cells moved before the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape

from gongkai.annual_report.read.source import Block, Grid, Paragraph, Source
from gongkai.annual_report.read.sources.html_tables import Cell, Item, Table, blocks_of
from gongkai.annual_report.read.sources.html_tokens import (
    Token,
    may_hide,
    tokens,
    without_noise,
)
from gongkai.annual_report.read.sources.limits import (
    LIMIT_NESTED_TABLES,
    SECONDS_TEXT,
    Deadline,
    too_complex,
)

_SPACES = re.compile(r"[ \t\r\n\f]+")
_SPAN = re.compile(r"""(?<![\w-])(row|col)span\s*=\s*["']?\s*(\d{1,7})""", re.IGNORECASE)
_HIDDEN = re.compile(
    r"""(?:^|\s)hidden(?=[\s=/]|$)|style\s*=[^>]*display\s*:\s*none""", re.IGNORECASE
)
_META = re.compile(r"""(name|property|content)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
_ODD_SPACES = ("\n", "\t", "\r", "\f", "  ")

_TAGS = {
    "dropped": "nav footer aside select button svg math datalist audio video canvas",
    "void": "area base br col embed hr img input link meta param source track wbr",
    "boundary": "address article blockquote body br caption center colgroup dd details dialog dir"
    " div dl dt fieldset figcaption figure form frameset head header hgroup hr html legend li main"
    " menu ol p section summary ul",
    "kept when hidden": "td th tr tbody thead tfoot article body html",
}
_DROPPED, _VOID, _BOUNDARIES, _KEPT = (frozenset(names.split()) for names in _TAGS.values())
_LANDMARKS = frozenset({"nav", "footer", "aside"})
_IMPLIED_END = frozenset({"p", "li", "dt", "dd", "option"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLES = ("articletitle", "og:title", "title")
_DATES = (
    "pubdate",
    "publishdate",
    "publishtime",
    "article:published_time",
    "publication_date",
    "dc.date",
)


class _Page:
    """The state of one pass over a page.

    `prune` leaves out what is mere navigation, `hides` (only with it) what is hidden.
    """

    def __init__(self, deadline: Deadline, *, prune: bool, hides: bool) -> None:
        self.deadline = deadline
        self.items: list[Item] = []
        self.sink = self.items
        self.tables: list[Table] = []
        self.buffer: list[str] = []
        self.heading = False
        self.preformatted = False
        self.in_title = False
        self.title = ""
        self.meta: dict[str, str] = {}
        self.lost_table = False
        self.unclosed = False
        self.prune = prune
        self.hides = hides
        self.tokens: Iterator[Token] = iter(())

    def run(self, html: str) -> None:
        start = html.find("<")
        buffer, hides = self.buffer, self.hides
        actions = _PRUNING if self.prune else _ACTIONS
        buffer.append(html[:start] if start >= 0 else html)
        self.tokens = iter(tokens(html, max(start, 0)))
        for name, attributes, text in self.tokens:
            if hides and attributes and self.hide(name, attributes):
                continue
            action = actions.get(name) or actions.get(name.lower())
            if action is not None and action(self, attributes):
                continue
            if text and (buffer or not text.isspace()):
                buffer.append(text)
        self.flush("")
        while self.tables:
            self.end_table("")

    def flush(self, _attributes: str) -> None:
        buffer = self.buffer
        if not buffer:
            return
        text = buffer[0] if len(buffer) == 1 else "".join(buffer)
        buffer.clear()
        if text.isalnum() and not (self.heading or self.in_title):
            self.sink.append(text)
            return
        if not text or (text.isspace() and not self.preformatted):
            return
        if "&" in text:
            text = "\xa0" if text == "&nbsp;" else unescape(text)
        if self.in_title:
            self.in_title = False
            self.title = self.title or _SPACES.sub(" ", text).strip()
            return
        if self.preformatted:
            self.sink.extend(line.rstrip("\r") for line in text.split("\n"))
            return
        for odd in _ODD_SPACES:
            if odd in text:
                text = _SPACES.sub(" ", text)
                break
        text = text.strip(" ")
        if self.sink is self.items and text.isspace():
            return
        self.sink.append(Paragraph(text, "", True) if self.heading else text)

    def start_heading(self, _attributes: str) -> None:
        self.flush("")
        self.heading = True

    def end_heading(self, _attributes: str) -> None:
        self.flush("")
        self.heading = False

    def start_pre(self, _attributes: str) -> None:
        self.flush("")
        self.preformatted = True

    def end_pre(self, _attributes: str) -> None:
        self.flush("")
        self.preformatted = False

    def start_title(self, _attributes: str) -> None:
        self.flush("")
        self.in_title = True

    def end_title(self, _attributes: str) -> None:
        self.flush("")
        self.in_title = False

    def on_meta(self, attributes: str) -> None:
        found = {
            key.lower(): unescape(value.strip("\"'")) for key, value in _META.findall(attributes)
        }
        name = found.get("name") or found.get("property") or ""
        if found.get("content"):
            self.meta.setdefault(name.lower(), found["content"].strip())

    def hide(self, name: str, attributes: str) -> bool:
        """Skip the element if it is hidden; a hidden cell or row stays out of its table."""
        if "none" not in attributes and "idden" not in attributes:
            return False
        lower = name.lower()
        if name[:1] in ("/", "") or lower in _VOID or not _HIDDEN.search(attributes):
            return False
        if lower in _KEPT:
            return False
        self.skip(lower)
        return True

    def skip(self, name: str) -> bool:
        """Consume the tokens of an element up to its end tag; the text after it is kept."""
        if name in _BOUNDARIES or name in _LANDMARKS:
            self.flush("")
        depth = 1
        for other, attributes, text in self.tokens:
            tag = other.lower()
            if tag == name:
                depth += not attributes.endswith("/")
            elif tag == "/" + name:
                depth -= 1
            elif tag == "table":
                self.lost_table = True
            if depth == 0:
                self.buffer.append(text)
                return True
            if name in _IMPLIED_END and tag.startswith("/") and tag[1:] in _BOUNDARIES:
                self.buffer.append(text)
                return True
        self.unclosed = True
        return True

    def drop(self, attributes: str, name: str) -> bool:
        return not attributes.endswith("/") and self.skip(name)

    def start_table(self, _attributes: str) -> None:
        self.flush("")
        if self.tables and self.tables[-1].cell is None:
            self.end_table("")
        if len(self.tables) >= LIMIT_NESTED_TABLES:
            raise too_complex("nested tables", LIMIT_NESTED_TABLES)
        self.deadline.check()
        self.tables.append(Table(self.sink))

    def end_table(self, _attributes: str) -> None:
        self.end_row("")
        if not self.tables:
            return
        table = self.tables.pop()
        self.sink = table.outer
        blocks = table.items() if table.nested else blocks_of(table)
        table.outer.extend(blocks)
        if self.tables and any(isinstance(block, Grid) for block in blocks):
            self.tables[-1].nested = True

    def start_group(self, _attributes: str) -> None:
        self.end_row("")
        if self.tables:
            self.tables[-1].group += 1

    def start_row(self, _attributes: str) -> None:
        self.end_row("")
        if self.tables:
            self._open_row(self.tables[-1])

    def _open_row(self, table: Table) -> list[Cell]:
        row: list[Cell] = []
        table.row = row
        table.rows.append(row)
        table.groups.append(table.group)
        return row

    def end_row(self, _attributes: str) -> None:
        self.end_cell("")
        if self.tables:
            self.tables[-1].row = None

    def start_cell(self, attributes: str) -> None:
        if self.buffer:
            self.flush("")
        if not self.tables:
            return
        table = self.tables[-1]
        row = self._open_row(table) if table.row is None else table.row
        rows = columns = 1
        if "span" in attributes or "SPAN" in attributes:
            for kind, digits in _SPAN.findall(attributes):
                if kind.lower() == "row":
                    rows = int(digits)
                else:
                    columns = int(digits) or 1
        cell = table.cell = Cell(rows, columns)
        self.sink = cell.items
        if not (self.hides and _HIDDEN.search(attributes)):
            row.append(cell)

    def end_cell(self, _attributes: str) -> None:
        if self.buffer:
            self.flush("")
        if self.tables:
            table = self.tables[-1]
            if table.cell is not None:
                table.cell = None
                self.sink = table.outer


Action = Callable[[_Page, str], bool | None]


def _actions() -> dict[str, Action]:
    """What each tag does to a page; all other tags do nothing."""
    actions: dict[str, Action] = {"pre": _Page.start_pre, "/pre": _Page.end_pre}
    for name in _BOUNDARIES:
        actions[name] = actions["/" + name] = _Page.flush
    for name in _HEADINGS:
        actions[name], actions["/" + name] = _Page.start_heading, _Page.end_heading
    for name in ("tbody", "thead", "tfoot"):
        actions[name] = actions["/" + name] = _Page.start_group
    for name in ("td", "th"):
        actions[name], actions["/" + name] = _Page.start_cell, _Page.end_cell
    actions["tr"], actions["/tr"] = _Page.start_row, _Page.end_row
    actions["table"], actions["/table"] = _Page.start_table, _Page.end_table
    actions["title"], actions["/title"] = _Page.start_title, _Page.end_title
    actions["meta"] = _Page.on_meta
    return actions


_ACTIONS = _actions()
_PRUNING = _ACTIONS | {name: partial(_Page.drop, name=name) for name in _DROPPED}


def parse(html: str, name: str) -> Source:
    """A page as paragraphs and grids in reading order.

    Raises UnreadableReportError: "too_complex" past the limits of tags, cells and nesting,
    "timeout" after SECONDS_TEXT.
    """
    deadline = Deadline(SECONDS_TEXT)
    hides = may_hide(html)
    html = without_noise(html, hides=hides)
    page = _Page(deadline, prune=True, hides=hides and may_hide(html))
    page.run(html)
    if page.unclosed or (page.lost_table and not _has_grid(page)):
        page = _Page(deadline, prune=False, hides=False)
        page.run(html)
    return Source(
        kind="html",
        name=name,
        blocks=_blocks(page.items),
        title=_first(page.meta, _TITLES) or page.title,
        published=_first(page.meta, _DATES),
    )


def _has_grid(page: _Page) -> bool:
    return any(isinstance(item, Grid) for item in page.items)


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _blocks(items: list[Item]) -> list[Block]:
    blocks: list[Block] = []
    paragraphs = grids = 0
    for item in items:
        if isinstance(item, Grid):
            grids += 1
            item.place = f"table {grids}"
            blocks.append(item)
            continue
        text = item if isinstance(item, str) else item.text
        if text.isspace():
            continue
        paragraphs += 1
        blocks.append(Paragraph(text, f"paragraph {paragraphs}", not isinstance(item, str)))
    return blocks
