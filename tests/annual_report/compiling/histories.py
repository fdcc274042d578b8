"""Random histories of a ledger over some years, and what a clerk would count in them by hand.

A history is what happens to the cases of one agency: received, answered, and put right later:
the result, the day, the kind of the applicant, or the whole case. Each correction takes lines back
and writes others, as the verbs do it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gongkai.casework.ledger.queries import KINDS, RESULTS

YEARS = (2022, 2023, 2024, 2025)
FIRST, LAST = date(2021, 10, 1), date(2026, 3, 31)


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a history; `reverses` is the place of another in it."""

    case: int
    kind: str
    on: date
    applicant_kind: str
    row: str
    recorded_on: date
    reverses: int | None = None


def history(chance: Random, cases: int = 6) -> list[Written]:
    lines: list[Written] = []
    for case in range(chance.randint(0, cases)):
        _live(lines, case, chance)
    return lines


def _live(lines: list[Written], case: int, chance: Random) -> None:
    kind = chance.choice(KINDS[:3])
    received = _day(chance, FIRST, LAST)
    written = received + timedelta(days=chance.choice((0, 0, 0, 5, 40)))
    lines.append(Written(case, "received", received, kind, "", written))
    if chance.random() < 0.8:
        answered = received + timedelta(days=chance.choice((0, 10, 25, 90, 500)))
        written = max(written, answered) + timedelta(days=chance.choice((0, 0, 0, 20)))
        row = chance.choice(RESULTS)
        lines.append(Written(case, "closed", answered, kind, row, written))
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        written += timedelta(days=chance.choice((0, 1, 100, 400)))
        _put_right(lines, case, written, chance)


def _put_right(lines: list[Written], case: int, written: date, chance: Random) -> None:
    """Takes back what stands and writes it as it should have been, or not at all."""
    stands = standing([line for line in lines if line.case == case], LAST.replace(year=2100))
    if "received" not in stands:
        return
    received, closed = stands["received"], stands.get("closed")
    for line in filter(None, (closed, received)):
        place = max(n for n, one in enumerate(lines) if one is line)
        lines.append(
            Written(case, line.kind, line.on, line.applicant_kind, line.row, written, place)
        )
    if chance.random() < 0.15:
        return
    kind = chance.choice(KINDS[:3])
    on = received.on - timedelta(days=chance.choice((0, 0, 30)))
    lines.append(Written(case, "received", on, kind, "", written))
    if closed and chance.random() < 0.8:
        ended = min(written, closed.on + timedelta(days=chance.choice((0, 0, 15))))
        lines.append(Written(case, "closed", max(on, ended), kind, chance.choice(RESULTS), written))


def _day(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))


def standing(lines: Sequence[Written], as_of: date) -> dict[str, Written]:
    """The lines of one case by which it counted on that day."""
    found: dict[str, Written] = {}
    for line in lines:
        if line.recorded_on > as_of:
            continue
        if line.reverses is None:
            found[line.kind] = line
        else:
            del found[line.kind]
    return found


def by_hand(lines: Sequence[Written], year: int, as_of: date) -> Counter[tuple[str, str]]:
    """Cases by row and kind of applicant, each looked at on its own; no sums of lines."""
    found: Counter[tuple[str, str]] = Counter()
    for case in {line.case for line in lines}:
        stands = standing([line for line in lines if line.case == case], as_of)
        received, closed = stands.get("received"), stands.get("closed")
        if received is not None:
            ended = closed.on.year if closed else 9999
            for row in _rows(received.on.year, ended, closed.row if closed else "", year):
                found[row, received.applicant_kind] += 1
    return found


def _rows(received: int, ended: int, result: str, year: int) -> Iterator[str]:
    if received == year:
        yield "1"
    if received < year <= ended:
        yield "2"
    if ended == year:
        yield result
        yield "3.7"
    if received <= year < ended:
        yield "4"
