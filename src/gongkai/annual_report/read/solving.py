"""Digits that have run together, solved as what they are: a table whose sums must hold.

A reading is one way to cut the digits into figures. Row sums cut down the readings of each row,
column sums and the balance those of the whole table. Only when exactly one reading of the whole
table is left may it be used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Reading = tuple[int, ...]

MAX_READINGS = 4000
MAX_STEPS = 200_000


def cuts(pieces: Sequence[str], count: int) -> Iterator[Reading]:
    """Every way to read digit strings as `count` figures without leading zeros.

    Each piece holds whole figures: white space that survived is a certain boundary.
    """
    if not pieces:
        if count == 0:
            yield ()
        return
    head, *rest = pieces
    most = count - len(rest)
    for size in range(1, min(most, len(head)) + 1):
        for first in _split(head, size):
            for tail in cuts(rest, count - size):
                yield first + tail


def _split(digits: str, count: int) -> Iterator[Reading]:
    if count == 1:
        if len(digits) == 1 or digits[0] != "0":
            yield (int(digits),)
        return
    longest = 1 if digits[0] == "0" else len(digits) - count + 1
    for length in range(1, longest + 1):
        for tail in _split(digits[length:], count - 1):
            yield (int(digits[:length]), *tail)


def rows_with_total(pieces: Sequence[str], count: int) -> list[Reading]:
    """The readings of a row whose last figure is the sum of the others.

    At most MAX_READINGS are returned; a longer list is as good as none, the row is then open.
    """
    found: list[Reading] = []
    digits = sum(map(len, pieces))
    if digits > 60 or not count <= digits:
        return found
    for reading in _summing(tuple(pieces), count - 1):
        found.append(reading)
        if len(found) >= MAX_READINGS:
            break
    return found


def _summing(pieces: tuple[str, ...], parts: int) -> Iterator[Reading]:
    last = pieces[-1]
    for length in range(1, len(last) + 1):
        digits = last[-length:]
        if length > 1 and digits[0] == "0":
            continue
        rest = (*pieces[:-1], last[:-length]) if length < len(last) else pieces[:-1]
        total = int(digits)
        for reading in _bounded(rest, parts, total):
            yield (*reading, total)


def _bounded(pieces: tuple[str, ...], count: int, left: int) -> Iterator[Reading]:
    """Readings of `count` figures that add up to `left`, cut off as soon as they exceed it."""
    if count == 0 or not pieces:
        if count == 0 and not pieces and left == 0:
            yield ()
        return
    head, *rest = pieces
    if sum(map(len, pieces)) < count or len(pieces) > count:
        return
    longest = 1 if head[0] == "0" else len(head)
    for length in range(1, longest + 1):
        figure = int(head[:length])
        if figure > left:
            break
        remaining = (head[length:], *rest) if length < len(head) else tuple(rest)
        for tail in _bounded(remaining, count - 1, left - figure):
            yield (figure, *tail)


def solve_table(
    candidates: Mapping[str, Sequence[Reading]],
    sums: Sequence[tuple[Sequence[str], Sequence[str]]],
    most: int = 8,
) -> list[dict[str, Reading]] | None:
    """All readings of the table (at most `most`) in which every sum holds in every column.

    `sums` are pairs of row codes (left, right) with Σ left = Σ right. None means that the search
    was given up after MAX_STEPS: the table stays unread.
    """
    order = sorted(candidates, key=lambda code: len(candidates[code]))
    signed = [(dict.fromkeys(left, 1) | dict.fromkeys(right, -1)) for left, right in sums]
    search = _Search(candidates, order, signed, most)
    search.run(0, {})
    return None if search.steps > MAX_STEPS else search.found


class _Search:
    """Depth-first over the rows with the fewest readings first, cut off by partial sums."""

    def __init__(
        self,
        candidates: Mapping[str, Sequence[Reading]],
        order: list[str],
        sums: list[dict[str, int]],
        most: int,
    ) -> None:
        self.candidates = candidates
        self.order = order
        self.most = most
        self.steps = 0
        self.found: list[dict[str, Reading]] = []
        relevant = [{c: s for c, s in terms.items() if c in candidates} for terms in sums]
        self.touching = {code: [t for t in relevant if code in t] for code in order}

    def run(self, depth: int, chosen: dict[str, Reading]) -> None:
        if depth == len(self.order):
            self.found.append(dict(chosen))
            return
        code = self.order[depth]
        for reading in self.candidates[code]:
            self.steps += 1
            if self.steps > MAX_STEPS or len(self.found) >= self.most:
                break
            chosen[code] = reading
            if all(_possible(terms, chosen) for terms in self.touching[code]):
                self.run(depth + 1, chosen)
        chosen.pop(code, None)


def _possible(terms: dict[str, int], chosen: dict[str, Reading]) -> bool:
    """Whether a sum holds, or can still hold once its remaining rows are chosen."""
    known = [(sign, chosen[code]) for code, sign in terms.items() if code in chosen]
    open_signs = {sign for code, sign in terms.items() if code not in chosen}
    if len(open_signs) == 2:
        return True
    for column in range(len(known[0][1])):
        difference = sum(sign * reading[column] for sign, reading in known)
        if not open_signs and difference != 0:
            return False
        if open_signs == {1} and difference > 0:
            return False
        if open_signs == {-1} and difference < 0:
            return False
    return True
