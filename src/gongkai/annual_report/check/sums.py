"""The rules on sums: what is broken, what blank cells leave open, and what would mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.finding import (
    Finding,
    Mend,
    Sides,
    Term,
    Text,
    finding,
    only_found,
    rule,
)
from gongkai.annual_report.check.reckoning import Instance, Reckoned, mends, reckon
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.figures import Figure
from gongkai.law.forms import Address


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
        Sides.named(("六类合计", "six kinds"), ("总计", "total")),
    ),
    (
        "sum.column",
        "办理结果各行之和不等于（七）总计",
        "The outcomes do not add up to row 3.7",
        "30号、60号第三部分第三大项",
        Sides.named(("各行合计", "rows 3.1 to 3.6"), ("（七）总计", "row 3.7")),
    ),
    (
        "sum.balance",
        "第一项加第二项不等于第三项加第四项",
        "Rows 1 + 2 are not rows 3.7 + 4",
        "30号、60号第三部分表头说明",
        Sides.named(("一加二", "rows 1 + 2"), ("三（七）加四", "rows 3.7 + 4")),
    ),
    (
        "sum.appeals",
        "复议或诉讼各结果之和不等于总计",
        "The results of appeals do not add up to the total",
        "30号、60号第四部分",
        Sides.named(("四种合计", "four results"), ("总计", "total")),
    ),
)
for _code, _zh, _en, _source, _sides in _SUMS:
    rule(_code, "error", _zh, _en, source=_source, sides=_sides)(partial(_broken, _code))


@rule(
    "sum.unfilled",
    "review",
    "只有空白格补上数字，合计才能成立",
    "A sum holds only if blank cells hold the rest",
    source="30号、60号第三、第四部分；空白不等于 0",
    sides=Sides.named(("一边合计", "one side"), ("另一边", "the other side")),
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
    sides=only_found("空白总计", "blank totals"),
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
            found=len(sums),
            terms=tuple(Term(m.address, None) for m in mend),
            mend=mend,
        )


def _wanting(subject: Subject, reckoned: Reckoned) -> list[Mend]:
    instance = reckoned.instance
    blank = [a for a in (*instance.left, *instance.right) if subject.figure(a) is None]
    return [Mend(blank[0], reckoned.gap)] if len(blank) == 1 else []
