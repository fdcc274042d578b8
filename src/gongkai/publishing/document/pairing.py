"""Which paragraph of one text answers to which of another: the same, moved, or rewritten."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

LARGEST = 20_000
"""Paragraphs and rows compared at a time; where more differ, all of them count as new."""
_TELLING = 8  # characters that tell a paragraph from others that happen to read the same
_ALIKE = 0.45
_NEAR = 12  # how far from its place a rewritten paragraph is looked for

Pair = tuple[int | None, int | None]


def aligned(before: Sequence[str], after: Sequence[str]) -> tuple[list[Pair], dict[int, int]]:
    """Every paragraph of both texts once, in reading order, with the one it answers to if any.

    Also the paragraphs that moved: where each was and where it is; they stand alone in the pairs.
    """
    meetings = [*same(before, after), (len(before), len(after))]
    gaps = []
    i = j = 0
    for row, column in meetings:
        gaps.append((range(i, row), range(j, column)))
        i, j = row + 1, column + 1
    moved = _moved(before, after, gaps)
    found: list[Pair] = []
    for (rows, columns), meeting in zip(gaps, meetings, strict=True):
        found += _rewritten(before, after, rows, columns, moved)
        found.append(meeting)
    found.pop()
    return found, moved


def same(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The longest common run of paragraphs, as pairs of places in both texts, in order."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        yield start, start
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if max(len(old), len(new)) <= LARGEST:
        for code in Indel.opcodes(old, new):
            if code.tag == "equal":
                rows = range(code.src_start, code.src_end)
                columns = range(code.dest_start, code.dest_end)
                yield from ((start + i, start + j) for i, j in zip(rows, columns, strict=True))
    for back in range(end, 0, -1):
        yield len(before) - back, len(after) - back


def _moved(
    before: Sequence[str], after: Sequence[str], gaps: Sequence[tuple[range, range]]
) -> dict[int, int]:
    places: dict[str, deque[int]] = defaultdict(deque)
    for _, columns in gaps:
        for column in columns:
            places[after[column]].append(column)
    return {
        row: places[before[row]].popleft()
        for rows, _ in gaps
        for row in rows
        if len(before[row]) >= _TELLING and places.get(before[row])
    }


def _rewritten(
    before: Sequence[str],
    after: Sequence[str],
    rows: range,
    columns: range,
    moved: dict[int, int],
) -> Iterator[Pair]:
    """The paragraphs of a gap: those that resemble each other side by side, the others alone."""
    here = set(moved.values()) if columns else set()
    old = [row for row in rows if row not in moved]
    new = [column for column in columns if column not in here]
    partners = _best(before, after, old, new)
    waiting = deque(columns)
    for row in rows:
        partner = partners.get(row)
        if partner is None:
            yield row, None
            continue
        while waiting[0] != partner:
            yield None, waiting.popleft()
        yield row, waiting.popleft()
    yield from ((None, column) for column in waiting)


def _best(
    before: Sequence[str], after: Sequence[str], old: Sequence[int], new: Sequence[int]
) -> dict[int, int]:
    """Pairs in the same order in both texts with the greatest likeness altogether.

    Only places near the diagonal are tried, so that a text written anew costs no more than its
    length.
    """
    steps: dict[tuple[int, int], int] = {}
    best = [0.0]
    for i, row in enumerate(old):
        band = _band(i, len(old), len(new))
        best += [best[-1]] * (band.stop + 1 - len(best))
        corner = best[band.start]
        for j in band:
            alike = Indel.normalized_similarity(before[row], after[new[j]], score_cutoff=_ALIKE)
            choices = (corner + alike if alike else -1.0, best[j + 1], best[j])
            corner = best[j + 1]
            best[j + 1] = max(choices)
            steps[i, j] = max((_UP, _LEFT, _BOTH), key=choices.__getitem__)
    return _path(steps, old, new)


_BOTH, _UP, _LEFT = 0, 1, 2


def _path(
    steps: dict[tuple[int, int], int], old: Sequence[int], new: Sequence[int]
) -> dict[int, int]:
    found = {}
    i, j = len(old) - 1, len(new) - 1
    while i >= 0 and j >= 0:
        band = _band(i, len(old), len(new))
        if j >= band.stop:
            j = band.stop - 1
            continue
        step = _UP if j < band.start else steps[i, j]
        if step == _BOTH:
            found[old[i]] = new[j]
        i -= step != _LEFT
        j -= step != _UP
    return found


def _band(i: int, height: int, width: int) -> range:
    """The places beside row `i` that are near the diagonal; none if there is nothing beside."""
    middle = i * width // height
    return range(max(middle - _NEAR, 0), min(middle + _NEAR + 1, width))
