"""Which of a row's cells stand in which of the seven columns.

Rows come with fillers at their ends, with a unit or a remark, with a subtotal column, or with
cells missing. What a single row leaves open, the other rows of the table decide: all rows with the
same number of cells are laid out alike. Where they do not decide, no cell is placed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.annual_report.figures import Figure
from gongkai.annual_report.read.canvas import Canvas
from gongkai.annual_report.read.numbers import figure, is_blank
from gongkai.annual_report.read.rows import Labelled, Value

WIDTH = 7

Cells = list[Value]


@dataclass
class Arrangement:
    """The seven cells of each row by its code; a row that is open is missing.

    `extra` is the place of a subtotal column that was left out.
    """

    rows: dict[str, Cells] = field(default_factory=dict)
    extra: int | None = None


def arrange(canvas: Canvas, table: list[Labelled]) -> Arrangement:
    """The seven cells of every row that the layout of the table leaves no doubt about."""
    found = Arrangement()
    cells = {row.code: _without_words(row.values) for row in table}
    groups: dict[int, list[str]] = {}
    for code, row in cells.items():
        groups.setdefault(len(row), []).append(code)
    open_groups: list[list[str]] = []
    named = _named_subtotal(canvas, table[0])
    for count, codes in sorted(groups.items(), key=lambda group: -len(group[1])):
        if count == WIDTH:
            found.rows.update({code: cells[code] for code in codes})
        elif count > WIDTH and not _arrange_wide([cells[c] for c in codes], codes, named, found):
            open_groups.append(codes)
    _arrange_like_the_rest(open_groups, cells, found)
    _arrange_odd(canvas, table, cells, found)
    return found


def _without_words(cells: Cells) -> Cells:
    """The cells without a unit or a remark at the ends of the row."""
    while len(cells) > WIDTH and _is_words(cells[-1]):
        cells = cells[:-1]
    while len(cells) > WIDTH and _is_words(cells[0]):
        cells = cells[1:]
    return cells


def _is_words(cell: Value) -> bool:
    return figure(cell.text) is None and not is_blank(cell.text)


def _arrange_wide(
    rows: list[Cells], codes: list[str], named: int | None, found: Arrangement
) -> bool:
    """Place rows with more than seven cells; False where several ways are open."""
    frames = _frames(rows, WIDTH)
    if len(frames) > 1:
        frames = [at for at in frames if all(_adds_up(row[at : at + WIDTH]) for row in rows)]
    if len(frames) == 1:
        at = frames[0]
        found.rows.update({c: r[at : at + WIDTH] for c, r in zip(codes, rows, strict=True)})
        return True
    if frames:
        return False
    for at in _frames(rows, WIDTH + 1):
        wide = [row[at : at + WIDTH + 1] for row in rows]
        extra = subtotal_column([[figure(cell.text) for cell in row] for row in wide], named)
        if extra is not None:
            found.extra = extra
            for code, row in zip(codes, wide, strict=True):
                found.rows[code] = [*row[:extra], *row[extra + 1 :]]
            return True
    return False


def _frames(rows: list[Cells], width: int) -> list[int]:
    """Where seven columns may begin so that nothing stands outside them in any row.

    A mark such as — is a cell that says "nothing", not a filler.
    """
    spare = len(rows[0]) - width
    return [
        at
        for at in range(spare + 1)
        if not any(cell.text for row in rows for cell in (*row[:at], *row[at + width :]))
    ]


def _adds_up(cells: Cells) -> bool:
    """Whether the last cell is the sum of the others; a row without total says nothing."""
    *parts, total = [figure(cell.text) for cell in cells]
    if total is None:
        return all(part is None for part in parts) or None not in parts
    return sum(part or 0 for part in parts) == total


def subtotal_column(rows: Sequence[Sequence[Figure]], named: int | None = None) -> int | None:
    """The place among eight columns that is the sum of the five kinds of organisation.

    Only rows without blanks can tell. Where all of them are zero there and none tells, the place
    the head names decides; without one, any will do if no cell is blank. None where it is open.
    """
    whole = [row for row in rows if None not in row]
    fitting = [
        place
        for place in range(1, WIDTH)
        if whole and all(_is_subtotal(row, place) for row in whole)
    ]
    telling = [place for place in fitting if any(row[place] for row in whole)]
    if len(telling) == 1:
        return telling[0]
    if named in fitting:
        return named
    return fitting[0] if fitting and not telling and len(whole) == len(rows) else None


def _named_subtotal(canvas: Canvas, first: Labelled) -> int | None:
    """The place the head gives the subtotal: before or behind the kinds of organisation."""
    head = canvas.squeezed.text[max(0, first.label.start - 200) : first.label.start]
    at = head.rfind("小计")
    if at < 0:
        return None
    return 6 if at > max(head.rfind("法律服务"), head.rfind("商业企业")) else 1


def _is_subtotal(row: Sequence[Figure], place: int) -> bool:
    rest = [cell or 0 for index, cell in enumerate(row) if index != place]
    return sum(rest[1:6]) == row[place] and sum(rest[:6]) == rest[6]


def _arrange_like_the_rest(
    groups: list[list[str]], cells: dict[str, Cells], found: Arrangement
) -> None:
    """Rows whose own cells leave their frame open begin where all the placed rows begin."""
    begins = {
        next(at for at, cell in enumerate(cells[code]) if cell is row[0])
        for code, row in found.rows.items()
        if len(cells[code]) > WIDTH
    }
    for codes in groups:
        rows = [cells[code] for code in codes]
        frames = _frames(rows, WIDTH)
        likely = begins & set(frames) if begins else {0} & set(frames)
        if len(begins) <= 1 and likely and (begins or _all_blank(rows)):
            at = likely.pop()
            found.rows.update({code: cells[code][at : at + WIDTH] for code in codes})


def _all_blank(rows: list[Cells]) -> bool:
    return all(is_blank(cell.text) for row in rows for cell in row)


def _arrange_odd(
    canvas: Canvas, table: list[Labelled], cells: dict[str, Cells], found: Arrangement
) -> None:
    """Rows that are still open, by their lines or by their place in a real table."""
    missing = [row for row in table if row.code not in found.rows]
    if not missing:
        return
    by_line = _cells_by_line(canvas, table)
    usual = _usual_columns(canvas, table)
    for row in missing:
        fitted = by_line.get(row.code) or _by_column(canvas, cells[row.code], usual)
        if fitted:
            found.rows[row.code] = fitted


def _cells_by_line(canvas: Canvas, table: list[Labelled]) -> dict[str, Cells]:
    """Cells of a layout with one cell a line in which a blank cell is an empty line.

    Used only when every row of the table has exactly its seven lines that way.
    """
    found: dict[str, Cells] = {}
    for gap in ("\n", "\n\n"):
        for row in table:
            lines = canvas.text[row.start : row.end].removeprefix(gap).removesuffix("\n").split(gap)
            while row is table[-1] and len(lines) > WIDTH and not lines[-1].strip():
                lines.pop()
            if len(lines) != WIDTH:
                break
            found[row.code] = [Value(line.strip(), row.start) for line in lines]
        else:
            return found
        found = {}
    return found


def _usual_columns(canvas: Canvas, table: list[Labelled]) -> tuple[int, ...] | None:
    """The grid columns in which most whole rows of a real table have their seven cells."""
    if not canvas.grids:
        return None
    counted = Counter(
        tuple(canvas.column(cell.position) for cell in row.values)
        for row in table
        if len(row.values) == WIDTH
    )
    if not counted:
        return None
    columns, times = counted.most_common(1)[0]
    return columns if times >= 3 and len(set(columns)) == WIDTH and 0 not in columns else None


def _by_column(canvas: Canvas, cells: Cells, usual: tuple[int, ...] | None) -> Cells | None:
    """The cells of an odd row, if each of them stands in one of the usual columns."""
    if usual is None or not cells:
        return None
    by_column = {canvas.column(cell.position): cell for cell in cells}
    standing = {column for column, cell in by_column.items() if not is_blank(cell.text)}
    if not standing <= set(usual):
        return None
    return [by_column.get(column) or Value("", cells[0].position) for column in usual]
