"""Tables drawn with rules: from straight lines to positions, merged cells included.

Rules that touch belong to one table. Its positions are the rectangles between neighbouring rules;
two positions with no rule between them are one merged cell.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from gongkai.annual_report.read.source import GridCell
from gongkai.annual_report.read.sources.pdf_page import Character, Rule
from gongkai.annual_report.read.sources.spans import place

_NEAR = 4.0
_TOUCH = 3.0
LIMIT_RULES = 3_000


@dataclass(slots=True)
class RuledTable:
    """A table's lines (`xs` ascending, `ys` descending) and, for each position, its region."""

    xs: list[float]
    ys: list[float]
    regions: list[list[int]]
    contents: dict[int, list[Character]] = field(default_factory=dict)

    def take(self, character: Character) -> bool:
        """Put the character into its cell; False if it stands outside the table."""
        x = (character.left + character.right) / 2
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-y for y in self.ys], -character.middle) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return False
        self.contents.setdefault(self.regions[row][column], []).append(character)
        return True

    def rows(self, texts: dict[int, str]) -> list[list[GridCell | None]]:
        """The table as grid rows, with the text of each region."""
        bounds: dict[int, list[int]] = {}
        for row, line in enumerate(self.regions):
            for column, region in enumerate(line):
                box = bounds.setdefault(region, [row, column, row, column])
                box[1] = min(box[1], column)
                box[2] = max(box[2], row)
                box[3] = max(box[3], column)
        cells = [
            GridCell(texts.get(region, ""), top, left, bottom - top + 1, right - left + 1)
            for region, (top, left, bottom, right) in bounds.items()
        ]
        return place(cells, len(self.regions))


def tables(rules: list[Rule]) -> list[RuledTable]:
    """The ruled tables of a page, those with at least two columns and two cells."""
    if len(rules) > LIMIT_RULES:
        return []
    joined = _join([r for r in rules if r.horizontal]) + _join(
        [r for r in rules if not r.horizontal]
    )
    found = [_table(group) for group in _groups(joined)]
    kept = [
        t for t in found if t and len(t.xs) > 2 and len({r for row in t.regions for r in row}) > 1
    ]
    return sorted(kept, key=lambda t: (t.xs[-1] - t.xs[0]) * (t.ys[0] - t.ys[-1]))


def _join(rules: list[Rule]) -> list[Rule]:
    """Rules on one line that overlap or nearly meet, as one."""
    joined: list[Rule] = []
    for at, group in _clusters(rules):
        group.sort(key=lambda rule: rule.start)
        current = Rule(group[0].horizontal, at, group[0].start, group[0].end)
        for rule in group[1:]:
            if rule.start <= current.end + _TOUCH:
                current.end = max(current.end, rule.end)
            else:
                joined.append(current)
                current = Rule(rule.horizontal, at, rule.start, rule.end)
        joined.append(current)
    return joined


def _clusters(rules: list[Rule]) -> list[tuple[float, list[Rule]]]:
    clusters: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if clusters and rule.at - clusters[-1][0].at <= _NEAR:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    return [(sum(r.at for r in group) / len(group), group) for group in clusters]


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, directly or through others."""
    parent = list(range(len(rules)))
    across = [i for i, rule in enumerate(rules) if rule.horizontal]
    down = [i for i, rule in enumerate(rules) if not rule.horizontal]
    for i in across:
        for j in down:
            if _touch(rules[i], rules[j]):
                _unite(parent, i, j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(_root(parent, i), []).append(rule)
    return list(groups.values())


def _touch(across: Rule, down: Rule) -> bool:
    return (
        across.start - _TOUCH <= down.at <= across.end + _TOUCH
        and down.start - _TOUCH <= across.at <= down.end + _TOUCH
    )


def _root(parent: list[int], item: int) -> int:
    while parent[item] != item:
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item


def _unite(parent: list[int], first: int, second: int) -> None:
    one, other = sorted((_root(parent, first), _root(parent, second)))
    parent[other] = one


def _table(rules: list[Rule]) -> RuledTable | None:
    across = [rule for rule in rules if rule.horizontal]
    down = [rule for rule in rules if not rule.horizontal]
    if not across or not down:
        return None
    xs = _lines([r.at for r in down], [x for r in across for x in (r.start, r.end)])
    ys = _lines([r.at for r in across], [y for r in down for y in (r.start, r.end)])[::-1]
    if len(xs) < 2 or len(ys) < 2:
        return None
    width, height = len(xs) - 1, len(ys) - 1
    parent = list(range(width * height))
    for row in range(height):
        y = (ys[row] + ys[row + 1]) / 2
        for column in range(width):
            x = (xs[column] + xs[column + 1]) / 2
            position = row * width + column
            if column + 1 < width and not _wall(down, xs[column + 1], y):
                _unite(parent, position, position + 1)
            if row + 1 < height and not _wall(across, ys[row + 1], x):
                _unite(parent, position, position + width)
    regions = [[_root(parent, row * width + c) for c in range(width)] for row in range(height)]
    return RuledTable(xs, ys, regions)


def _lines(lines: list[float], ends: list[float]) -> list[float]:
    """Where the lines of a table run; an open side is closed where the crossing rules end."""
    merged: list[float] = []
    for at in sorted(lines):
        if not merged or at - merged[-1] > _NEAR:
            merged.append(at)
    if min(ends) < merged[0] - 2 * _NEAR:
        merged.insert(0, min(ends))
    if max(ends) > merged[-1] + 2 * _NEAR:
        merged.append(max(ends))
    return merged


def _wall(rules: list[Rule], at: float, across: float) -> bool:
    return any(abs(r.at - at) <= _NEAR and r.start <= across <= r.end for r in rules)
