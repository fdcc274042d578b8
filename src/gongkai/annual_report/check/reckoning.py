"""The sums of the form, driven by `Form.sums`, and the one cell that would mend a broken one.

A blank cell counts as nothing as long as the sum then holds. Where it does not:

- no blank: the sum is broken;
- a whole side blank (a total left out): it cannot be checked, said once per table, with the
  figures the totals would need;
- blanks on one side and the filled cells already too many: broken whatever the blanks hold;
- blanks on one side and the filled cells too few: it holds only if the blanks hold the rest, which
  a person has to say (`sum.unfilled`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from gongkai.annual_report.check.finding import Mend
from gongkai.annual_report.check.structure import MERGED, SPLIT
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.figures import Figure
from gongkai.law.forms import Address, Form, Sum, form

Status = Literal["holds", "broken", "unfilled", "unchecked", "absent"]


@dataclass(frozen=True, slots=True)
class Instance:
    """One sum of the form in one row, column or appeal group: Σ left = Σ right."""

    rule: str
    key: str
    left: tuple[Address, ...]
    right: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An instance worked out: `off` is Σ left − Σ right, blanks counted as nothing."""

    instance: Instance
    status: Status
    off: int | Decimal

    @property
    def gap(self) -> int | Decimal:
        return -self.off if self.off < 0 else self.off


@cache
def instances(version: str, sixth: tuple[str, ...]) -> tuple[Instance, ...]:
    """Every sum of a form, with `sixth` as the row or rows of （六）其他处理."""
    layout = form(version)
    return tuple(i for total in layout.sums for i in _instances(layout, total, sixth))


def _instances(layout: Form, total: Sum, sixth: tuple[str, ...]) -> Iterator[Instance]:
    if total.across == "rows":
        left, right = _with_sixth(total.left, sixth), _with_sixth(total.right, sixth)
        for column in layout.column_codes:
            yield Instance(
                total.rule,
                column,
                tuple(f"{total.table}.{row}.{column}" for row in left),
                tuple(f"{total.table}.{row}.{column}" for row in right),
            )
        return
    if total.table == "appeals":
        rows = tuple(group.code for group in layout.appeal_groups)
    else:
        rows = _with_sixth(layout.row_codes, sixth)
    for row in rows:
        yield Instance(
            total.rule,
            row,
            tuple(f"{total.table}.{row}.{column}" for column in total.left),
            tuple(f"{total.table}.{row}.{column}" for column in total.right),
        )


def _with_sixth(rows: tuple[str, ...], sixth: tuple[str, ...]) -> tuple[str, ...]:
    kept: list[str] = []
    for row in rows:
        if row == MERGED or row in SPLIT:
            kept += [code for code in sixth if code not in kept]
        else:
            kept.append(row)
    return tuple(kept)


def sixth_rows(subject: Subject) -> tuple[str, ...]:
    """The rows of （六）其他处理 to add up: as the form has them, else as the report has them."""
    rows = set(subject.rows)
    own, other = (SPLIT, (MERGED,)) if subject.form.version == "2021" else ((MERGED,), SPLIT)
    if rows.isdisjoint(own) and not rows.isdisjoint(other):
        return tuple(code for code in other if code in rows)
    return own


def reckon(subject: Subject) -> tuple[Reckoned, ...]:
    """Every sum of the report's form worked out, in form order; computed once per report."""
    kept: tuple[Reckoned, ...] | None = subject.memo.get("sums")
    if kept is None:
        figures = subject.report.figures
        skipped = subject.unplaced
        kept = tuple(
            _reckon(i, figures, skipped)
            for i in instances(subject.form.version, sixth_rows(subject))
        )
        subject.memo["sums"] = kept
    return kept


def _reckon(
    instance: Instance, figures: dict[Address, Figure], skipped: frozenset[str]
) -> Reckoned:
    left = [figures.get(address) for address in instance.left]
    right = [figures.get(address) for address in instance.right]
    off: int | Decimal
    if None not in left and None not in right:
        off = sum(left) - sum(right)  # type: ignore[arg-type]
        return Reckoned(instance, "broken" if off else "holds", off)
    off = sum(f for f in left if f is not None) - sum(f for f in right if f is not None)
    open_left, open_right = None in left, None in right
    status: Status
    if _nothing(left) and _nothing(right):
        status = "absent"
    elif any(a not in figures or a in skipped for a in (*instance.left, *instance.right)):
        # A row or cell that was not found may hold anything; it is told under its own code.
        status = (
            "holds" if not off else "broken" if _beyond(off, open_left, open_right) else "absent"
        )
    elif not off:
        status = "holds"
    elif _nothing(left) or _nothing(right):
        status = "unchecked"
    elif _beyond(off, open_left, open_right):
        status = "broken"
    else:
        status = "unfilled" if open_left != open_right else "unchecked"
    return Reckoned(instance, status, off)


def _nothing(side: list[Figure]) -> bool:
    return all(figure is None for figure in side)


def _beyond(off: int | Decimal, open_left: bool, open_right: bool) -> bool:
    """Whether no count in the open cells could close the gap."""
    return (off > 0 and not open_right) or (off < 0 and not open_left)


def mends(subject: Subject, broken: Reckoned) -> tuple[Mend, ...]:
    """Single cells that would make a sum hold and break none that holds, the likeliest first.

    A cell that mends more broken sums comes before one that mends fewer; then totals, because
    they are worked out from the others; then the order of the form.
    """
    around = _sums_by_cell(subject)
    ranked: list[tuple[int, bool, int, Mend]] = []
    instance = broken.instance
    signed = [(address, 1) for address in instance.left] + [(a, -1) for a in instance.right]
    for position, (address, sign) in enumerate(signed):
        figure = subject.figure(address)
        delta = -sign * broken.off
        needed = (figure or 0) + delta
        if needed < 0 or (address not in subject.report.figures):
            continue
        others = [(r, s) for r, s in around[address] if r is not broken]
        if any(r.status == "holds" for r, _ in others):
            continue
        mended = sum(1 for r, s in others if r.off + s * delta == 0)
        ranked.append((-mended, not _is_total(address), position, Mend(address, needed)))
    ranked.sort(key=lambda entry: entry[:3])
    return tuple(entry[3] for entry in ranked)


def _is_total(address: Address) -> bool:
    return address.endswith(".total") or ".3.7." in address


def _sums_by_cell(subject: Subject) -> dict[Address, list[tuple[Reckoned, int]]]:
    around: dict[Address, list[tuple[Reckoned, int]]] | None = subject.memo.get("sums_by_cell")
    if around is None:
        around = defaultdict(list)
        for reckoned in reckon(subject):
            for address in reckoned.instance.left:
                around[address].append((reckoned, 1))
            for address in reckoned.instance.right:
                around[address].append((reckoned, -1))
        subject.memo["sums_by_cell"] = around
    return around
