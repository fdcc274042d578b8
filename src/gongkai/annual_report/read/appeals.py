"""Section four: fifteen figures in one row, five for each way of appeal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from gongkai.annual_report.figures import Provenance, Unplaced
from gongkai.annual_report.folding import fold
from gongkai.annual_report.read.applications import Placement
from gongkai.annual_report.read.canvas import CELL, ROW, Canvas
from gongkai.annual_report.read.numbers import figure, is_blank
from gongkai.annual_report.read.rows import Atom, Value, values
from gongkai.annual_report.read.solving import Reading, rows_with_total
from gongkai.annual_report.read.vocabulary import APPEAL_HEADS
from gongkai.law.forms import form

GROUP = 5
WIDTH = 15
ADDRESSES = tuple(
    f"appeals.{group.code}.{column.code}"
    for group in form("2021").appeal_groups
    for column in form("2021").appeal_columns
)
_REACH = 2500
_LONGEST_HEAD = 30
_TELLING_SIGNS = 16
# Heads set upright lose the order of their signs in a text: 结 结 其 尚, then 果 果 他 未.
_HEAD_SIGNS = frozenset("行政复议诉讼未经直接起后结果维持纠正其他尚审总合计")
# A row in more pieces than this has its cells divided, and some of them are blank.
_MOST_PIECES = 9


def place_appeals(canvas: Canvas, words: list[Atom], start: int, name: str) -> Placement:
    """The appeals figures, looked for behind the squeezed position `start`."""
    found = Placement()
    runs = _runs(canvas, words, start)
    if not runs:
        return found
    cells = _whole(runs)
    found.start = runs[0][2]
    found.end = runs[-1][3] if cells is None or len(runs) > 1 else runs[0][3]
    if cells is not None:
        for address, cell in zip(ADDRESSES, cells, strict=True):
            found.figures[address] = figure(cell.text)
            found.provenance[address] = Provenance(name, canvas.place(cell.position), cell.text)
        return found
    _place_glued(canvas, runs, name, found)
    return found


_Run = tuple[list[Value], Atom, int, int]


def _runs(canvas: Canvas, words: list[Atom], start: int) -> list[_Run]:
    """The stretches of figures that follow the heads of the table, with the head before them.

    A run is (cells, head, squeezed start of the first head, canvas end).
    """
    origin = canvas.squeezed.origin
    inside = [atom for atom in words if start <= atom.start < start + _REACH]
    first: int | None = None
    runs: list[_Run] = []
    for number, atom in enumerate(inside):
        if not _is_head(atom):
            if runs or (first is not None and len(atom.text) > 30):
                break
            continue
        first = atom.start if first is None else first
        begin = origin(atom.end - 1) + 1
        last = number + 1 == len(inside)
        end = len(canvas.text) if last else origin(inside[number + 1].start)
        cells, until = _best_line(canvas, begin, min(end, begin + _REACH))
        if len(cells) >= GROUP - 1 or sum(len(c.text) for c in cells if c.text.isdigit()) >= WIDTH:
            runs.append((cells, atom, first, until))
    telling = [run for run in runs if _digits(run)]
    return telling[:3] or [run for run in runs if len(_trim(run[0])) == WIDTH][-1:]


def _digits(run: _Run) -> int:
    return sum(any(char.isdigit() for char in cell.text) for cell in run[0])


def _is_head(atom: Atom) -> bool:
    text = atom.text
    return bool(APPEAL_HEADS.search(text)) and (
        len(text) <= _LONGEST_HEAD
        or text.endswith(("总计", "审结", "合计", "结果"))
        or set(text[-_TELLING_SIGNS:]) <= _HEAD_SIGNS
    )


def _best_line(canvas: Canvas, begin: int, end: int) -> tuple[list[Value], int]:
    """The cells of the stretch; of several lines or table rows, of the one that is whole."""
    whole = list(_whole_lines(canvas, begin, end))
    for cells, until in whole:
        if any(not is_blank(cell.text) for cell in cells):
            return cells, until
    text = canvas.text[begin:end]
    if whole and not any(char.isdigit() for char in text):
        return whole[0]
    start = begin + _filler(text)
    if CELL in canvas.text[start:end]:
        return _pieces(canvas, start, end)
    return values(canvas, start, end, end, 10**6)


def _whole_lines(canvas: Canvas, begin: int, end: int) -> Iterator[tuple[list[Value], int]]:
    """The lines or table rows that hold nothing but fifteen cells.

    What is left of a line behind the head, or before the next words, is no whole line.
    """
    position = begin
    for line in canvas.text[begin:end].split("\n"):
        after = position + len(line)
        entire = canvas.text[position - 1] == "\n" and canvas.text[after : after + 1] in ("", "\n")
        if entire and line.count(CELL) >= WIDTH - 1:
            cells = _line_cells(
                line.removesuffix(ROW), position, in_grid=bool(canvas.column(position))
            )
            if len(cells) == WIDTH:
                yield cells, position + len(line)
        position += len(line) + 1


def _line_cells(line: str, position: int, *, in_grid: bool) -> list[Value]:
    """The cells of one line; the marks that only frame a line of text are not cells."""
    cells: list[Value] = []
    for part in line.split(CELL):
        cells.append(Value(part.strip(), position + len(part) - len(part.lstrip())))
        position += len(part) + 1
    if in_grid:
        return cells[:-1]
    framed = len(cells) > WIDTH
    if len(cells) > WIDTH and not cells[-1].text:
        cells = cells[:-1]
    if len(cells) > WIDTH and not cells[0].text:
        cells = cells[1:]
    open_ended = not framed and not cells[0].text and not cells[-1].text
    return [] if open_ended else cells


def _filler(text: str) -> int:
    """How long the lines of bare separators at the head of a stretch are."""
    lead = 0
    for line in text.split("\n"):
        if line.strip(" " + CELL + ROW):
            return lead
        lead += len(line) + 1
    return 0


def _pieces(canvas: Canvas, start: int, end: int) -> tuple[list[Value], int]:
    """Cells divided by marks over several lines; what is left of the head's own cell is none."""
    cells: list[Value] = []
    position = start
    text = canvas.text[start:end].replace(ROW, CELL)
    wrapped = any(line.count(CELL) > 1 for line in text.split("\n"))
    parts = text.split(CELL)
    for number, part in enumerate(parts):
        words = part.split()
        cells.extend(Value(word, position + part.find(word)) for word in words)
        beside_head = number == 1 and not cells and "\n" not in canvas.text[start:position]
        between_lines = wrapped and "\n" in part
        no_cell = number in (0, len(parts) - 1) or beside_head or between_lines
        if not words and not no_cell:
            cells.append(Value("", position))
        position += len(part) + 1
    return cells, end


def _trim(cells: list[Value]) -> list[Value]:
    """Without the blanks around fifteen cells, where only one fifteen can be meant."""
    spare = len(cells) - WIDTH
    frames = [
        cells[at : at + WIDTH]
        for at in range(spare + 1)
        if all(is_blank(cell.text) for cell in (*cells[:at], *cells[at + WIDTH :]))
    ]
    if len(frames) > 1:
        frames = [frame for frame in frames if _adds_up(frame)] or frames
    return frames[0] if len(frames) == 1 else cells


def _adds_up(cells: list[Value]) -> bool:
    """Whether no cell is blank and every group of five has its total."""
    figures = [figure(cell.text) for cell in cells]
    whole = [value for value in figures if value is not None]
    return len(whole) == len(cells) and all(
        sum(whole[at : at + GROUP - 1]) == whole[at + GROUP - 1] for at in range(0, WIDTH, GROUP)
    )


def _whole(runs: list[_Run]) -> list[Value] | None:
    """The fifteen cells, from one run or from one run for each group."""
    for cells, *_ in runs:
        trimmed = _trim(cells)
        if len(trimmed) == WIDTH:
            return trimmed
    joined: list[Value] = []
    for cells, *_ in runs:
        groups = _whole_groups(cells)
        if not groups:
            return None
        joined.extend(groups)
    return joined if len(joined) == WIDTH else None


def _whole_groups(cells: list[Value]) -> list[Value]:
    """Cells of whole groups of five, blanks behind them taken off; empty where they are not."""
    if len(cells) > WIDTH:
        return []
    while len(cells) % GROUP and is_blank(cells[-1].text):
        cells = cells[:-1]
    return cells if len(cells) % GROUP == 0 else []


def _place_glued(canvas: Canvas, runs: list[_Run], name: str, found: Placement) -> None:
    cells, _, _, until = runs[0]
    pieces = [fold(cell.text) for cell in cells]
    position = cells[0].position
    text = canvas.original(position, until).strip()[:200]
    run_together = len(pieces) <= _MOST_PIECES and all(piece.isdigit() for piece in pieces)
    readings = _readings(pieces) if run_together else []
    only = readings[0] if len(readings) == 1 else None
    for index, address in enumerate(ADDRESSES):
        found.figures[address] = only[index] if only else None
        found.provenance[address] = Provenance(name, canvas.place(position), text, "solved")
    if only is None:
        digits = sum(map(len, pieces))
        code = "short_row" if digits < WIDTH else "glued" if readings else "contradictory"
        found.unplaced.append(
            Unplaced(code, canvas.place(position), text, ADDRESSES, tuple(readings))
        )


def _readings(pieces: list[str], most: int = 8) -> list[Reading]:
    """Every reading of fifteen figures in which each group adds up (at most `most`)."""
    digits = "".join(pieces)
    if not WIDTH <= len(digits) <= 60:
        return []
    bounds = _boundaries(pieces)
    found: list[Reading] = []
    for one, two in product(range(GROUP, len(digits)), repeat=2):
        if one + two > len(digits) - GROUP:
            continue
        groups = [
            rows_with_total(_between(digits, bounds, start, end), GROUP)
            for start, end in ((0, one), (one, one + two), (one + two, len(digits)))
        ]
        for combination in product(*groups):
            reading = tuple(figure for group in combination for figure in group)
            if reading not in found:
                found.append(reading)
            if len(found) >= most:
                return found
    return found


def _boundaries(pieces: list[str]) -> set[int]:
    edges, position = set(), 0
    for piece in pieces[:-1]:
        position += len(piece)
        edges.add(position)
    return edges


def _between(digits: str, bounds: set[int], start: int, end: int) -> list[str]:
    inner = sorted({start, end, *(b for b in bounds if start < b < end)})
    return [digits[a:b] for a, b in pairwise(inner)]
