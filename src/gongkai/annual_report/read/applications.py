"""Section three: the applications table, placed row by row."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from gongkai.annual_report.figures import Figure, Provenance, Unplaced
from gongkai.annual_report.folding import fold
from gongkai.annual_report.read.canvas import Canvas
from gongkai.annual_report.read.columns import WIDTH, arrange
from gongkai.annual_report.read.numbers import figure
from gongkai.annual_report.read.rows import Atom, Labelled, Value, values
from gongkai.annual_report.read.solving import Reading, rows_with_total, solve_table
from gongkai.annual_report.read.vocabulary import (
    FURNITURE,
    RowName,
    group_of,
    is_label,
    nearest_row,
    row_names,
)
from gongkai.law.forms import Address, form

COLUMNS = form("2021").column_codes
_REACH = 2000


@dataclass
class Placement:
    """Figures with their sources, what was left out, and the stretch of canvas they cover."""

    figures: dict[Address, Figure] = field(default_factory=dict)
    provenance: dict[Address, Provenance] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    start: int = -1
    end: int = -1


def place_applications(canvas: Canvas, words: list[Atom], name: str) -> Placement:
    """The applications table of a canvas; an empty placement where there is none."""
    found = Placement()
    stretches = _Stretches(canvas, words)
    chains = _chains(_labelled(stretches))
    if not chains:
        return found
    table = max(chains, key=len)
    if sum(len(chain) >= 10 for chain in chains) > 1:
        found.unplaced.append(_left(canvas, "repeated", chains[1][0]))
    found.start, found.end = table[0].label.start, table[-1].end
    table = _with_near_misses(stretches, table, found)
    if _is_glued(table):
        _place_glued(canvas, table, name, found)
    else:
        _place_separate(canvas, table, name, found)
    return found


class _Stretches:
    """What stands behind each run of words: the cells up to the next known words."""

    def __init__(self, canvas: Canvas, words: list[Atom]) -> None:
        self.canvas = canvas
        self.words = words
        self.names = _names(canvas, words)
        self.next_known: list[int | None] = [None] * len(words)
        known: int | None = None
        for number in range(len(words) - 1, -1, -1):
            self.next_known[number] = known
            if self.names[number] or FURNITURE.search(words[number].text):
                known = words[number].start

    def behind(self, number: int) -> tuple[list[Value], int, int]:
        """The cells behind a run of words, with the canvas span they were looked for in."""
        origin = self.canvas.squeezed.origin
        start = origin(self.words[number].end - 1) + 1
        end = self.next_known[number]
        following = self.words[number + 1].start if number + 1 < len(self.words) else None
        far = following + _REACH if following is not None else None
        if far is not None and (end is None or end > far):
            end = min(far, len(self.canvas.squeezed.text) - 1)
        cells, until = values(
            self.canvas,
            start,
            origin(end) if end is not None else len(self.canvas.text),
            origin(following) if following is not None else None,
            WIDTH,
        )
        return cells, start, until


def _names(canvas: Canvas, words: list[Atom]) -> list[list[RowName]]:
    """The row labels that stand in each run of words."""
    found: list[list[RowName]] = [[] for _ in words]
    ends = [atom.end for atom in words]
    for name in row_names(canvas.squeezed.text):
        index = bisect_right(ends, name.start)
        if index < len(words) and words[index].start <= name.start:
            found[index].append(name)
    for atom, names in zip(words, found, strict=True):
        if names:
            following = [*(name.start for name in names[1:]), atom.end]
            names[:] = [
                name
                for name, after in zip(names, following, strict=True)
                if is_label(atom.text, name.end - atom.start, after - atom.start)
            ]
    return found


def _labelled(stretches: _Stretches) -> list[Labelled]:
    """Every row label with the cells behind it, anywhere in the document."""
    rows: list[Labelled] = []
    origin = stretches.canvas.squeezed.origin
    for number, (atom, names) in enumerate(zip(stretches.words, stretches.names, strict=True)):
        if not names:
            continue
        for name in names[:-1]:
            label = Atom(atom.text, name.start, name.end)
            at = origin(label.end - 1) + 1
            rows.append(Labelled(name.code, label, [], at, at))
        label = Atom(atom.text, names[-1].start, atom.end)
        cells, start, until = stretches.behind(number)
        rows.append(Labelled(names[-1].code, label, cells, start, until))
    return rows


def _is_row(row: Labelled) -> bool:
    """Whether the stretch behind a label is that of a table and not of a sentence."""
    return len(row.values) >= 2 or any(
        sum(map(str.isdigit, value.text)) >= WIDTH - 1 for value in row.values
    )


def _chains(rows: list[Labelled]) -> list[list[Labelled]]:
    """Runs of rows in which no code comes twice: one run a table, however it is split."""
    chains: list[list[Labelled]] = []
    seen: set[str] = set()
    pending: list[Labelled] = []
    for row in rows:
        if not _is_row(row):
            if chains and not row.values and row.code not in seen:
                pending.append(row)
            continue
        if not chains or (row.code in seen and (row.code == "1" or "4" in seen)):
            chains.append([])
            seen = set()
            pending = []
        if row.code in seen:
            continue
        for blank in pending:
            if blank.code not in seen and blank.code != "3.6":
                chains[-1].append(blank)
                seen.add(blank.code)
        pending = []
        chains[-1].append(row)
        seen.add(row.code)
    return [chain for chain in chains if len(chain) >= 3]


def _with_near_misses(
    stretches: _Stretches, table: list[Labelled], found: Placement
) -> list[Labelled]:
    """The rows with those added whose label is not quite the form's."""
    taken = {row.code for row in table}
    first, last = table[0].label.start, table[-1].label.end
    extra: list[Labelled] = []
    group = ""
    for number, (atom, names) in enumerate(zip(stretches.words, stretches.names, strict=True)):
        if not first <= atom.start <= last:
            continue
        if names:
            group = names[-1].code.rpartition(".")[0]
            continue
        if _inside_row(table, stretches.canvas.squeezed.origin(atom.start)):
            continue
        group = group_of(atom.text) or group
        cells, start, until = stretches.behind(number)
        row = Labelled("", atom, cells, start, until)
        if not _is_row(row) or not any(value.text[:1].isdigit() for value in cells):
            continue
        code = nearest_row(atom.text, group, taken)
        if code is None:
            if not FURNITURE.search(atom.text) or group_of(atom.text):
                found.unplaced.append(_left(stretches.canvas, "extra_row", row))
            continue
        taken.add(code)
        extra.append(Labelled(code, atom, cells, start, until))
    return sorted([*table, *extra], key=lambda row: row.label.start)


def _inside_row(table: list[Labelled], position: int) -> bool:
    """Whether words stand in a cell of a row that is already known."""
    return any(row.start <= position < row.end for row in table)


def _is_glued(table: list[Labelled]) -> bool:
    """Whether the separators of the table are lost: hardly a row has its seven cells."""
    whole = sum(len(row.values) >= WIDTH for row in table)
    glued = sum(
        len(row.values) < WIDTH
        and sum(len(v.text) for v in row.values if v.text.isdigit()) >= WIDTH
        for row in table
    )
    return glued > whole


def _place_glued(canvas: Canvas, table: list[Labelled], name: str, found: Placement) -> None:
    readings: dict[str, list[Reading]] = {}
    for row in table:
        pieces = [fold(value.text) for value in row.values]
        readings[row.code] = (
            rows_with_total(pieces, WIDTH) if all(p.isdigit() for p in pieces) and pieces else []
        )
    solutions = _solutions(readings)
    only = solutions[0] if solutions is not None and len(solutions) == 1 else None
    for row in table:
        text = canvas.original(row.start, row.end).strip()[:200]
        place = canvas.place(row.start)
        for column, code in enumerate(COLUMNS):
            address = f"applications.{row.code}.{code}"
            found.figures[address] = only[row.code][column] if only else None
            found.provenance[address] = Provenance(name, place, text, "solved")
    if only is None:
        found.unplaced.extend(_open_rows(canvas, table, solutions))


def _solutions(readings: dict[str, list[Reading]]) -> list[dict[str, Reading]] | None:
    if any(not candidates for candidates in readings.values()):
        return []
    codes = readings.keys()
    layout = form("2019" if "3.6" in codes else "2021")
    sums = [
        (s.left, s.right) for s in layout.sums if s.table == "applications" and s.across == "rows"
    ]
    return solve_table(readings, sums)


def _open_rows(
    canvas: Canvas,
    table: list[Labelled],
    solutions: list[dict[str, Reading]] | None,
) -> list[Unplaced]:
    """One entry a row that is not certain; one for the table where no reading holds."""
    if not solutions:
        first = table[0]
        addresses = tuple(f"applications.{row.code}.total" for row in table)
        code = "contradictory" if solutions == [] else "glued"
        text = canvas.original(first.start, table[-1].end).strip()
        return [Unplaced(code, canvas.place(first.start), text[:400], addresses)]
    left = []
    for row in table:
        different = tuple(dict.fromkeys(solution[row.code] for solution in solutions))
        if len(different) > 1:
            addresses = tuple(f"applications.{row.code}.{column}" for column in COLUMNS)
            text = canvas.original(row.start, row.end).strip()[:200]
            left.append(Unplaced("glued", canvas.place(row.start), text, addresses, different))
    return left


def _place_separate(canvas: Canvas, table: list[Labelled], name: str, found: Placement) -> None:
    arranged = arrange(canvas, table)
    if arranged.extra is not None:
        found.unplaced.append(_left(canvas, "extra_column", table[0]))
    for row in table:
        cells = arranged.rows.get(row.code)
        if cells is None:
            code = "short_row" if len(row.values) < WIDTH else "long_row"
            found.unplaced.append(_left(canvas, code, row))
            _place_open(canvas, row, name, found)
            continue
        for column, cell in zip(COLUMNS, cells, strict=True):
            address = f"applications.{row.code}.{column}"
            found.figures[address] = figure(cell.text)
            found.provenance[address] = Provenance(name, canvas.place(cell.position), cell.text)


def _place_open(canvas: Canvas, row: Labelled, name: str, found: Placement) -> None:
    """A row that was found and whose cells stay open: seven blanks and what stood there."""
    source = Provenance(
        name, canvas.place(row.start), canvas.original(row.start, row.end).strip()[:80]
    )
    for column in COLUMNS:
        found.figures[f"applications.{row.code}.{column}"] = None
        found.provenance[f"applications.{row.code}.{column}"] = source


def _left(canvas: Canvas, code: str, row: Labelled) -> Unplaced:
    addresses = tuple(f"applications.{row.code}.{column}" for column in COLUMNS) if row.code else ()
    text = canvas.original(canvas.squeezed.origin(row.label.start), row.end).strip()
    return Unplaced(code, canvas.place(row.start), text[:200], addresses)
