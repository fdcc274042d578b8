"""Whether the trail is whole: every line in place, unaltered, chained, and none missing.

What can be found: a line altered, removed, put in, or moved; lines cut off at the end; a lifted
guard, or one that says something else than was installed; and whatever the rooms above have had
checked (`gongkai.trail.checks`), such as a published report that is not the one that was
published. What cannot be found from the database alone: somebody who has the rights of the
database's owner, lifts the guards, rewrites every line from some point on together with the head
and puts the guards back. For that the head is noted elsewhere from time to time (`gongkai trail
head`) and given back as an anchor: a rewritten or shortened trail no longer holds the anchored
line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, Subquery
from django.db.utils import DataError

from gongkai.trail import checks, guard
from gongkai.trail.chain import GENESIS, Line, sealed
from gongkai.trail.checks import Fault
from gongkai.trail.models import Entry, Head

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head noted elsewhere: the number of lines there were and the last one's hash."""

    count: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How many lines there should be, the hash of the last, and what is wrong."""

    count: int
    hash: str
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


class _Unreadable(NamedTuple):
    sequence: int


def verify(anchor: Anchor | None = None) -> Verification:
    """Read the whole trail and hold every line against its hash and its neighbour.

    Lines written while it runs are left for the next time. O(lines), in batches.
    """
    head = Head.objects.filter(pk=1).first() or Head(count=0, hash=GENESIS)
    faults = [*_guards(), *_chain(head), *_surplus(), *checks.found()]
    if anchor is not None:
        faults += _anchored(anchor)
    return Verification(head.count, head.hash, tuple(faults))


def _chain(head: Head) -> Iterator[Fault]:
    expected, previous = 1, GENESIS
    for entry in _entries(head.count):
        if entry.sequence > expected:
            yield _gap(expected, entry.sequence - 1)
        elif not isinstance(entry, _Unreadable) and entry.previous_hash != previous:
            yield Fault(
                "unchained",
                entry.sequence,
                f"does not continue line {expected - 1}: one of the two was replaced or moved",
            )
        if isinstance(entry, _Unreadable) or not _intact(entry):
            yield Fault("altered", entry.sequence, "altered: its content does not give its hash")
        previous = "" if isinstance(entry, _Unreadable) else entry.hash
        expected = entry.sequence + 1
    if expected <= head.count:
        yield _gap(expected, head.count)
    elif previous != head.hash:
        yield Fault(
            "head",
            head.count,
            "is not the line the head was sealed with: replaced, or the head was",
        )


def _entries(count: int) -> Iterator[Entry | _Unreadable]:
    """The lines from 1 to `count`; one whose row does not even load comes as unreadable."""
    for start in range(1, count + 1, BATCH):
        rows = Entry.objects.filter(sequence__range=(start, min(start + BATCH - 1, count)))
        try:
            yield from list(rows)
        except (ValueError, TypeError, DataError):
            for sequence in list(rows.values_list("sequence", flat=True)):
                yield _one(sequence)


def _one(sequence: int) -> Entry | _Unreadable:
    try:
        return Entry.objects.get(pk=sequence)
    except (ValueError, TypeError, DataError):
        return _Unreadable(sequence)


def _intact(entry: Entry) -> bool:
    line = Line(**{name: getattr(entry, name) for name in Line.__slots__})
    try:
        return sealed(line, entry.previous_hash) == entry.hash
    except (AttributeError, TypeError, ValueError):
        return False


def _gap(first: int, last: int) -> Fault:
    lines = f"line {first} is" if first == last else f"lines {first} to {last} are"
    return Fault("missing", first, f"missing ({lines} not there)")


def _surplus() -> Iterator[Fault]:
    # One statement, so that a line and the head it moved are seen together.
    current = Subquery(Head.objects.filter(pk=1).values("count")[:1])
    strangers = Entry.objects.filter(Q(sequence__gt=current) | Q(sequence__lt=1))
    for sequence in strangers.values_list("sequence", flat=True)[:100]:
        yield Fault("surplus", sequence, "put in: the head knows no such line")


def _anchored(anchor: Anchor) -> Iterator[Fault]:
    if anchor.count == 0:
        return
    held = Entry.objects.filter(pk=anchor.count).values_list("hash", flat=True).first()
    if held is None:
        yield Fault("anchor", anchor.count, "missing, though it was there when the head was noted")
    elif held != anchor.hash:
        yield Fault("anchor", anchor.count, "is another one than when the head was noted")


def _guards() -> Iterator[Fault]:
    for name in sorted(guard.lifted()):
        yield Fault("unguarded", None, f"the database no longer holds the guard {name}")
    for name in sorted(guard.altered()):
        yield Fault("unguarded", None, f"the guard {name} is not the one that was installed")
