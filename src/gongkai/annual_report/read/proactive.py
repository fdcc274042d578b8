"""Section two: the small tables of article 20."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongkai.annual_report.figures import Provenance, Unplaced
from gongkai.annual_report.folding import fold
from gongkai.annual_report.read.applications import Placement
from gongkai.annual_report.read.canvas import BOUNDARIES, Canvas
from gongkai.annual_report.read.numbers import figure, is_blank
from gongkai.annual_report.read.rows import Atom, Value, values
from gongkai.annual_report.read.solving import cuts
from gongkai.annual_report.read.vocabulary import FURNITURE, PROACTIVE
from gongkai.law.forms import form

_START = re.compile(r"第?二十条第?\(?一\)?项?(?=.{0,12}信息内容)|信息内容.{0,3}本年(?:制发|新制)")
_HEAD = re.compile(r"[二2一三1][、.]主动公开政府信息情况")
_LABEL_REST = 20
_LONGEST_LABEL = 120
_ROW_OF_THREE = 3
_HEADS_REACH = 200
_NOTHING_BEHIND = re.compile(
    r"(?P<mark>[—–―/\\-]*|无)(?=第?二十条|信息内容|[一二三四五六][、.]|规章|行政|规范性|其他对外|政府集中)"
)
_REMARK = re.compile(r"\([^()]*(?:\)|$)")


def place_proactive(
    canvas: Canvas, words: list[Atom], before: int, version: str, name: str
) -> Placement:
    """The proactive-disclosure figures that stand before the applications table.

    `before` is the squeezed position at which that table starts (the end of the text if there
    is none), `version` the form whose columns are expected.
    """
    found = Placement()
    start = _region(canvas.squeezed.text, before)
    if start is None:
        return found
    columns = {
        row.code: tuple(column.code for column in block.columns)
        for block in form(version).proactive
        for row in block.rows
    }
    rows = _rows(canvas, words, (start, before), columns, found)
    patterns = _patterns(canvas, words, (start, before), rows)
    divided = _is_divided(canvas, rows)
    for row in rows:
        if found.start < 0:
            found.start = start
        found.end = max(found.end, row.end)
        _place_row(canvas, row, _Layout(patterns, divided), name, found)
    return found


def _rows(
    canvas: Canvas,
    words: list[Atom],
    region: tuple[int, int],
    columns: dict[str, tuple[str, ...]],
    found: Placement,
) -> list[_Row]:
    """The rows of the form in the region, each once, with their cells as they stand."""
    start, before = region
    origin = canvas.squeezed.origin
    inside = [atom for atom in words if start < atom.end and atom.start < before]
    rows: dict[str, _Row] = {}
    for number, atom in enumerate(inside):
        for blank in _blank_rows(canvas, atom, start, columns):
            rows.setdefault(blank.code, blank)
        code = _row_before(atom, start)
        if code in rows:
            continue
        begin = origin(atom.end - 1) + 1
        following = inside[number + 1].start if number + 1 < len(inside) else before
        end = origin(following) if following < len(canvas.squeezed.text) else len(canvas.text)
        if code is None or code not in columns:
            _note_extra_row(canvas, atom, begin, end, found)
            continue
        cells, until = values(canvas, begin, end, None, len(columns[code]))
        if cells or _in_table(canvas, begin, end):
            rows[code] = _Row(code, columns[code], cells, begin, until, end)
    return _by_line(canvas, list(rows.values()))


def _blank_rows(
    canvas: Canvas, atom: Atom, start: int, columns: dict[str, tuple[str, ...]]
) -> list[_Row]:
    """Rows of a text whose label stands alone on its line, with no figure before the next words."""
    offset = max(0, start - atom.start)
    words = _REMARK.sub(lambda match: " " * len(match[0]), atom.text[offset:])
    found = []
    for match in PROACTIVE.finditer(words):
        behind = _NOTHING_BEHIND.match(words, match.end())
        code = match.lastgroup or ""
        if behind is None or code not in columns:
            continue
        first = canvas.squeezed.origin(atom.start + offset + match.start())
        begin = canvas.squeezed.origin(atom.start + offset + match.end() - 1) + 1
        if canvas.text[first - 1] != "\n" or canvas.text[begin : begin + 40].strip(" ")[:1] != "\n":
            continue
        after = atom.start + offset + behind.end()
        end = canvas.squeezed.origin(after) if after < atom.end else begin
        cells = [Value(behind["mark"], begin) for _ in columns[code]]
        found.append(_Row(code, columns[code], cells, begin, end, end))
    return found


def _by_line(canvas: Canvas, rows: list[_Row]) -> list[_Row]:
    """The rows with a blank cell for each empty line, if so every row has its number of lines."""
    if all(len(row.cells) == len(row.columns) for row in rows):
        return rows
    for gap in ("\n", "\n\n"):
        read = [_lines_of(canvas, row, gap) for row in rows]
        if all(len(cells) == len(row.columns) for cells, row in zip(read, rows, strict=True)):
            return [replace(row, cells=cells) for row, cells in zip(rows, read, strict=True)]
    return rows


def _lines_of(canvas: Canvas, row: _Row, gap: str) -> list[Value]:
    text = canvas.text[row.start : row.limit]
    if any(mark in text for mark in BOUNDARIES):
        return []
    lines = text.lstrip(" ").removeprefix(gap).removesuffix(gap).split(gap)
    return [Value(line.strip(), row.start) for line in lines]


_Patterns = dict[tuple[int, int], set[tuple[int, ...]]]


def _patterns(
    canvas: Canvas, words: list[Atom], region: tuple[int, int], rows: list[_Row]
) -> _Patterns:
    """Which of a row's cells hold its figures where there are more cells than columns.

    Spans that were written out leave blank cells between the figures. The heads show which, and
    so does every row without blanks. By number of cells and of columns.
    """
    found: _Patterns = {}
    wide = [row for row in rows if len(row.cells) > len(row.columns)]
    if not wide:
        return found
    start, before = region
    lines = [(row.cells, len(row.columns)) for row in wide]
    for atom in words:
        if start < atom.end and atom.start < before and atom.text.endswith("信息内容"):
            begin = canvas.squeezed.origin(atom.end - 1) + 1
            heads, _ = values(canvas, begin, begin + _HEADS_REACH, None, _ROW_OF_THREE)
            lines += [(heads, width) for width in {len(row.columns) for row in wide}]
    for cells, width in lines:
        standing = _standing(cells)
        if len(standing) == width:
            found.setdefault((len(cells), width), set()).add(standing)
    return found


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the other rows tell: the patterns of wide rows, and whether figures are divided."""

    patterns: _Patterns
    divided: bool


def _is_divided(canvas: Canvas, rows: list[_Row]) -> bool:
    """Whether the figures of a row stand apart, so that fewer of them mean blanks."""
    long = [row for row in rows if len(row.columns) > 1]
    return any(len(row.cells) > 1 or "\n" in canvas.text[row.start : row.end] for row in long)


def _standing(cells: list[Value]) -> tuple[int, ...]:
    return tuple(at for at, cell in enumerate(cells) if not is_blank(cell.text))


def _note_extra_row(canvas: Canvas, atom: Atom, begin: int, end: int, found: Placement) -> None:
    """Tell of a row with figures that section two of the form does not have."""
    if FURNITURE.search(atom.text) or len(atom.text) > _LONGEST_LABEL:
        return
    cells, until = values(canvas, begin, end, None, _ROW_OF_THREE)
    if sum(figure(cell.text) is not None for cell in cells) < 2:
        return
    text = canvas.original(canvas.squeezed.origin(atom.start), until).strip()
    found.unplaced.append(Unplaced("extra_row", canvas.place(begin), text[:200]))


def _row_before(atom: Atom, start: int) -> str | None:
    """The row whose label ends a run of words inside the table's region.

    Remarks in brackets may name other rows and do not count.
    """
    words = atom.text[max(0, start - atom.start) :]
    if "(" in words:
        words = _REMARK.sub("", words)
    matches = list(PROACTIVE.finditer(words))
    if not matches:
        return None
    return matches[-1].lastgroup if len(words) - matches[-1].end() <= _LABEL_REST else None


def _region(text: str, before: int) -> int | None:
    match = _START.search(text, 0, before)
    if match:
        return match.start()
    heads = list(_HEAD.finditer(text, 0, before))
    return heads[-1].end() if heads else None


def _in_table(canvas: Canvas, start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last, _ in canvas.grids)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as found: its code and columns, its cells, and the canvas span they stand in.

    `limit` is where the next words begin.
    """

    code: str
    columns: tuple[str, ...]
    cells: list[Value]
    start: int
    end: int
    limit: int


def _place_row(canvas: Canvas, row: _Row, layout: _Layout, name: str, found: Placement) -> None:
    fitted, how, readings = _fit(row.cells, len(row.columns), layout)
    addresses = tuple(f"proactive.{row.code}.{column}" for column in row.columns)
    text = canvas.original(row.start, row.end).strip()
    if fitted is None:
        code = "glued" if readings else "short_row"
        place = canvas.place(row.start)
        found.unplaced.append(Unplaced(code, place, text[:200], addresses, readings))
    for index, address in enumerate(addresses):
        cell = fitted[index] if fitted else None
        found.figures[address] = figure(cell.text) if cell else None
        found.provenance[address] = Provenance(
            name,
            canvas.place(cell.position if cell else row.start),
            cell.text if cell and how == "read" else text[:80],
            "solved" if how == "solved" else "read",
        )


def _fit(
    cells: list[Value], width: int, layout: _Layout
) -> tuple[list[Value] | None, str, tuple[tuple[int, ...], ...]]:
    """The cells of a row, how they were had, and the open readings of glued digits."""
    if width == 1:
        numbers = [cell for cell in cells if not is_blank(cell.text)]
        if len(numbers) <= 1:
            return (numbers or cells)[:1] or None, "read", ()
        return None, "read", ()
    if len(cells) > width:
        cells = _narrowed(cells, width, layout.patterns)
    if len(cells) == width:
        return cells, "read", ()
    pieces = [fold(cell.text) for cell in cells]
    if not pieces or not all(p.isdigit() for p in pieces) or sum(map(len, pieces)) > 24:
        return None, "read", ()
    readings = tuple(cuts(pieces, width))
    if len(readings) == 1 and not layout.divided:
        return [Value(str(n), cells[0].position) for n in readings[0]], "solved", ()
    return None, "read", readings


def _narrowed(cells: list[Value], width: int, patterns: _Patterns) -> list[Value]:
    """The cells of a row without its fillers; all of them where it is open which these are."""
    standing = _standing(cells)
    if len(standing) == width:
        return [cells[at] for at in standing]
    known = patterns.get((len(cells), width), set())
    if not known:
        known = {
            frame
            for at in range(len(cells) - width + 1)
            if set(standing) <= set(frame := tuple(range(at, at + width)))
        }
        if not standing:
            known = {tuple(range(width))}
    if len(known) != 1:
        return cells
    (pattern,) = known
    return [cells[at] for at in pattern] if set(standing) <= set(pattern) else cells
