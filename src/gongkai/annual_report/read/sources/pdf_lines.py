"""Characters → lines of text, and lines whose words stand in columns → grids."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual_report.read.source import GridCell
from gongkai.annual_report.read.sources.pdf_page import Character
from gongkai.annual_report.read.sources.spans import place

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_WORD_GAP = 0.8
_FIGURE = re.compile(r"[-—/]|[-+]?[\d,，.]+|[０-９]+|无")
_FEWEST_FIGURES = 3
_FEWEST_IN_ALL = 6
_LONGEST_LABEL = 10


@dataclass(slots=True)
class Line:
    """Characters on one line, from left to right."""

    characters: list[Character]

    @property
    def left(self) -> float:
        return self.characters[0].left

    @property
    def right(self) -> float:
        return max(c.right for c in self.characters)

    @property
    def middle(self) -> float:
        return statistics.fmean(c.middle for c in self.characters)

    @property
    def size(self) -> float:
        return statistics.median(c.size for c in self.characters)

    def text(self) -> str:
        return "".join(_spaced(self.characters))

    def words(self) -> list[Line]:
        """The line cut where the gap is wider than between characters of one text."""
        words = [Line([self.characters[0]])]
        for before, after in zip(self.characters, self.characters[1:], strict=False):
            if after.left - before.right > _WORD_GAP * min(before.size, after.size):
                words.append(Line([]))
            words[-1].characters.append(after)
        return words


def _spaced(characters: list[Character]) -> list[str]:
    pieces = [characters[0].text]
    for before, after in pairwise(characters):
        size = min(before.size, after.size)
        wide = len(_WIDE.findall(before.text + after.text))
        if after.left - before.right > size * (0.2, 0.6, 1.5)[wide]:
            pieces.append(" ")
        pieces.append(after.text)
    return pieces


def lines(characters: list[Character]) -> list[Line]:
    """The characters as lines from top to bottom."""
    found: list[Line] = []
    level = 0.0
    for character in sorted(characters, key=lambda c: -c.middle):
        if found and level - character.middle <= 0.45 * character.size:
            found[-1].characters.append(character)
        else:
            found.append(Line([character]))
            level = character.middle
    for line in found:
        line.characters.sort(key=lambda c: c.left)
        line.characters = _without_doubles(line.characters)
    return found


def _without_doubles(characters: list[Character]) -> list[Character]:
    """Bold made by printing a character twice is one character."""
    kept = characters[:1]
    for character in characters[1:]:
        last = kept[-1]
        if character.text == last.text and character.left - last.left < 0.15 * character.size:
            continue
        kept.append(character)
    return kept


def text_of(characters: list[Character]) -> str:
    """The text of a cell, its lines apart."""
    return "\n".join(line.text() for line in lines(characters))


def aligned(found: list[Line]) -> list[tuple[int, int]]:
    """Runs of lines (from, to) that are a table without rules: figures under figures.

    A run holds lines with at least three figures at the end, six figures or more in all; lines
    without figures that keep clear of the figures' columns are labels over several lines.
    """
    figures = [_figures(line) for line in found]
    runs: list[list[int]] = []
    for row, count in enumerate(figures):
        if count < _FEWEST_FIGURES:
            continue
        between = found[runs[-1][-1] + 1 : row] if runs else []
        if runs and len(between) <= _LONGEST_LABEL and _all_clear(between, found[row]):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [
        (_first(found, run[0]), _last(found, run[-1]))
        for run in runs
        if sum(figures[row] for row in run) >= _FEWEST_IN_ALL
    ]


def _all_clear(between: list[Line], row: Line) -> bool:
    edge = row.words()[-_figures(row)].left
    return all(line.right < edge + 0.5 * line.size for line in between)


def _first(found: list[Line], row: int) -> int:
    """The row, or the line of its label that stands half a line above it."""
    above = found[row - 1] if row else None
    near = above and above.middle - found[row].middle < above.size
    return row - 1 if above and near and _all_clear([above], found[row]) else row


def _last(found: list[Line], row: int) -> int:
    """Past the row and the lines of its label below it."""
    end = row + 1
    while end < len(found):
        line = found[end]
        if found[end - 1].middle - line.middle > 1.6 * line.size:
            break
        if not _all_clear([line], found[row]):
            break
        end += 1
    return end


def _figures(line: Line) -> int:
    count = 0
    for word in reversed(line.words()):
        if not _FIGURE.fullmatch(word.text().replace(" ", "")):
            break
        count += 1
    return count


def grid(found: list[Line]) -> list[list[GridCell | None]]:
    """Lines as rows, their words in columns set by the figures; labels are column 0.

    Lines without figures are parts of the labels of the rows they stand nearest to.
    """
    edges = _edges(found)
    rows: list[tuple[str, list[str]]] = []
    for group in _together(found):
        labels: list[str] = []
        figures = [""] * len(edges)
        for line in group:
            for word in line.words():
                column = _column(word, edges)
                if column is None:
                    labels.append(word.text())
                else:
                    figures[column] = (figures[column] + " " + word.text()).strip()
        rows.append(("\n".join(labels), figures))
    cells = [
        GridCell(text, number, column)
        for number, (label, figures) in enumerate(rows)
        for column, text in enumerate((label, *figures))
    ]
    return place(cells, len(rows))


def _edges(found: list[Line]) -> list[tuple[float, float]]:
    """The columns of figures: where, over all lines, figures stand one under the other."""
    spans = sorted(
        (word.left, word.right)
        for line in found
        for word in line.words()[-_figures(line) :]
        if _figures(line) >= _FEWEST_FIGURES
    )
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _column(word: Line, edges: list[tuple[float, float]]) -> int | None:
    for number, (left, right) in enumerate(edges):
        if word.left < right and word.right > left and word.left > edges[0][0] - word.size:
            return number
    return None


def _together(found: list[Line]) -> list[list[Line]]:
    """Lines of one row: the lines between two rows are parted at the widest gap."""
    rows = [i for i, line in enumerate(found) if _figures(line) >= _FEWEST_FIGURES]
    starts = [0]
    for row, after in pairwise(rows):
        gaps = [found[i].middle - found[i + 1].middle for i in range(row, after)]
        starts.append(row + 1 + max(range(len(gaps)), key=lambda i: gaps[i]))
    return [found[start:end] for start, end in pairwise([*starts, len(found)])]
