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
from functools import cache, partial
from typing import Literal

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.finding import Finding, Mend, Term, Text, finding, rule
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


def _broken(code: str, subject: Subject) -> Iterator[Finding]:
    for reckoned in reckon(subject):
        if reckoned.instance.rule == code and reckoned.status == "broken":
            yield _told(subject, code, reckoned)


def _told(subject: Subject, code: str, reckoned: Reckoned) -> Finding:
    instance = reckoned.instance
    mend = mends(subject, reckoned)
    left, right = _total(subject, instance.left), _total(subject, instance.right)
    head = _head(subject, instance)
    zh, en = _says(subject, instance, left, right)
    gap = wording.number(reckoned.gap)
    advice_zh, advice_en = _advice(subject, mend)
    return finding(
        code,
        Text(
            f"{head[0]}：{zh}，相差 {gap}。{advice_zh}",
            f"{head[1]}: {en}; the difference is {gap}. {advice_en}",
        ),
        address=instance.right[0],
        place=subject.place(instance.right[0]),
        expected=wording.number(left),
        found=wording.number(right),
        terms=_terms(subject, instance),
        mend=mend,
    )


def _terms(subject: Subject, instance: Instance) -> tuple[Term, ...]:
    return tuple(
        [Term(a, subject.figure(a), 1) for a in instance.left]
        + [Term(a, subject.figure(a), -1) for a in instance.right]
    )


def _total(subject: Subject, addresses: tuple[Address, ...]) -> int | Decimal:
    return sum(f for a in addresses if (f := subject.figure(a)) is not None)


def _head(subject: Subject, instance: Instance) -> tuple[str, str]:
    """What the sum is about: a row, a column or a group of appeals."""
    if instance.rule in ("sum.column", "sum.balance"):
        zh, en = wording.column(subject.form, instance.key)
        return f"「{zh}」一列", f"Column {en}"
    table = instance.left[0].partition(".")[0]
    zh, en = wording.row(subject.form.version, table, instance.key)
    return f"「{zh}」", en[:1].upper() + en[1:]


def _says(
    subject: Subject, instance: Instance, left: int | Decimal, right: int | Decimal
) -> tuple[str, str]:
    figures = [subject.figure(a) for a in instance.left]
    parts = _equation(figures, left)
    stated = wording.number(right)
    if instance.rule == "sum.balance":
        ends = _equation([subject.figure(a) for a in instance.right], right)
        return (
            f"一加二得 {parts}，三（七）加四得 {ends}，两边应当相等",
            f"rows 1 + 2 are {parts}, rows 3.7 + 4 are {ends}; they must be equal",
        )
    kind = {
        "sum.row": ("六类申请人合计", "the six kinds of applicant add up to"),
        "sum.column": ("三（一）至（六）各行合计", "rows 3.1 to 3.6 add up to"),
    }.get(instance.rule, ("四种结果合计", "the four results add up to"))
    total = "（七）总计" if instance.rule == "sum.column" else "总计"
    return (
        f"{kind[0]} {parts}，{total}写的是 {stated}",
        f"{kind[1]} {parts}, the total says {stated}",
    )


def _equation(figures: list[Figure], total: int | Decimal) -> str:
    parts = wording.addition(figures)
    return f"{parts} = {wording.number(total)}" if "+" in parts else wording.number(total)


def _advice(subject: Subject, mend: tuple[Mend, ...]) -> tuple[str, str]:
    if not mend:
        return (
            "没有哪一格单独改动就能平衡而不影响其他合计，请逐格核对。",
            "No single cell would mend it without upsetting another sum; please check each cell.",
        )
    zh, en = [], []
    for item in mend[:3]:
        name_zh, name_en = wording.cell(subject.form.version, item.address)
        old = subject.figure(item.address)
        zh.append(f"「{name_zh}」由 {wording.number(old)} 改为 {wording.number(item.figure)}")
        en.append(f"{name_en} were {wording.number(item.figure)} (now {wording.number_en(old)})")
    more_zh = f"（另有 {len(mend) - 3} 格可选）" if len(mend) > 3 else ""
    more_en = f" ({len(mend) - 3} other cells could mend it too)" if len(mend) > 3 else ""
    return (
        "若" + "，或".join(zh) + f"，即可平衡{more_zh}。",
        "It would balance if " + ", or if ".join(en) + f"{more_en}.",
    )


_SUMS = (
    (
        "sum.row",
        "六类申请人之和不等于总计",
        "Six kinds of applicant do not add up to the total",
        "30号、60号第三部分表头",
    ),
    (
        "sum.column",
        "办理结果各行之和不等于（七）总计",
        "The outcomes do not add up to row 3.7",
        "30号、60号第三部分第三大项",
    ),
    (
        "sum.balance",
        "第一项加第二项不等于第三项加第四项",
        "Rows 1 + 2 are not rows 3.7 + 4",
        "30号、60号第三部分表头说明",
    ),
    (
        "sum.appeals",
        "复议或诉讼各结果之和不等于总计",
        "The results of appeals do not add up to the total",
        "30号、60号第四部分",
    ),
)
for _code, _zh, _en, _source in _SUMS:
    rule(_code, "error", _zh, _en, source=_source)(partial(_broken, _code))


@rule(
    "sum.unfilled",
    "review",
    "只有空白格补上数字，合计才能成立",
    "A sum holds only if blank cells hold the rest",
    source="30号、60号第三、第四部分；空白不等于 0",
)
def unfilled(subject: Subject) -> Iterator[Finding]:
    for reckoned in reckon(subject):
        if reckoned.status == "unfilled":
            instance, gap = reckoned.instance, wording.number(reckoned.gap)
            left, right = _total(subject, instance.left), _total(subject, instance.right)
            zh, en = _says(subject, instance, left, right)
            head = _head(subject, instance)
            blank = tuple(
                Mend(a, reckoned.gap)
                for a in (*instance.left, *instance.right)
                if subject.figure(a) is None
            )
            yield finding(
                "sum.unfilled",
                Text(
                    f"{head[0]}：{zh}；空白格合起来须为 {gap}，合计才能成立。请补填空白格。",
                    f"{head[1]}: {en}; it holds only if the blank cells make up {gap}.",
                ),
                address=instance.right[0],
                place=subject.place(instance.right[0]),
                expected=wording.number(left),
                found=wording.number(right),
                terms=_terms(subject, instance),
                mend=blank,
            )


@rule(
    "sum.unchecked",
    "note",
    "总计空白，合计无法核对",
    "A total is blank, so its sum cannot be checked",
    source="30号、60号第三、第四部分；空白不等于 0",
)
def unchecked(subject: Subject) -> Iterator[Finding]:
    by_table: dict[str, list[Reckoned]] = defaultdict(list)
    for reckoned in reckon(subject):
        if reckoned.status == "unchecked":
            by_table[reckoned.instance.left[0].partition(".")[0]].append(reckoned)
    for table, sums in by_table.items():
        zh, en = wording.TABLE_NAMES[table]
        heads = [_head(subject, r.instance) for r in sums]
        mend = tuple(m for r in sums for m in _wanting(subject, r))
        yield finding(
            "sum.unchecked",
            Text(
                f"{zh}有 {len(sums)} 处合计因总计空白而无法核对："
                f"{'、'.join(h[0] for h in heads[:6])}"
                f"{'等' if len(heads) > 6 else ''}。按已填数字计算的总计附后。",
                f"In {en}, {len(sums)} sum(s) could not be checked because the total is blank: "
                f"{wording.listed([h[1] for h in heads], 'en')}. "
                "What the totals would be is given.",
            ),
            address=sums[0].instance.right[0],
            place=subject.place(sums[0].instance.right[0]),
            found=f"空白 {len(sums)}",
            terms=tuple(Term(m.address, None) for m in mend),
            mend=mend,
        )


def _wanting(subject: Subject, reckoned: Reckoned) -> list[Mend]:
    instance = reckoned.instance
    blank = [a for a in (*instance.left, *instance.right) if subject.figure(a) is None]
    return [Mend(blank[0], reckoned.gap)] if len(blank) == 1 else []
