"""Characters → lines of text, and lines whose words stand in columns → grids."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass

from gongkai.annual_report.read.source import GridCell
from gongkai.annual_report.read.sources.pdf_page import Character
from gongkai.annual_report.read.sources.spans import place

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_WORD_GAP = 0.8
_FIGURE = re.compile(r"[-—/]|[-+]?[\d,，.]+|[０-９]+|无")
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 3


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
    for before, after in zip(characters, characters[1:], strict=False):
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

    Every run holds at least three lines with three or more figures; up to two lines without
    figures may stand between them, as labels over several lines do.
    """
    rows = [i for i, line in enumerate(found) if _figures(line) >= _FEWEST_FIGURES]
    runs: list[list[int]] = []
    for row in rows:
        if runs and row - runs[-1][-1] <= 3:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [(run[0], run[-1] + 1) for run in runs if len(run) >= _FEWEST_ROWS]


def _figures(line: Line) -> int:
    count = 0
    for word in reversed(line.words()):
        if not _FIGURE.fullmatch(word.text().replace(" ", "")):
            break
        count += 1
    return count


def grid(found: list[Line]) -> list[list[GridCell | None]]:
    """Lines as rows, their words in columns set by the figures; labels are column 0.

    A line without figures that stands closer to one neighbour than to the other is part of the
    neighbour's label.
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
    groups: list[list[Line]] = []
    waiting: list[Line] = []
    for number, line in enumerate(found):
        if _figures(line) >= _FEWEST_FIGURES:
            groups.append([*waiting, line])
            waiting = []
        elif groups and not waiting and _nearer_above(found, number):
            groups[-1].append(line)
        else:
            waiting.append(line)
    if waiting:
        groups.append(waiting)
    return groups


def _nearer_above(found: list[Line], number: int) -> bool:
    if number + 1 >= len(found):
        return True
    line = found[number]
    above = found[number - 1].middle - line.middle
    return above < line.middle - found[number + 1].middle - 0.5
