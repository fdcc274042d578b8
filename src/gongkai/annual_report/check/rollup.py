"""A government's report against those it is made of (30号).

本级政府年报 = 本政府机关 + 所属部门 + 下级政府: the government's own office is one of the parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.finding import Finding, Term, Text, finding, rule
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.folding import squeeze
from gongkai.law.forms import Address

SOURCE = "国办公开办函〔2021〕30号：逐级汇总"


def _name(agency: str | None) -> str:
    return squeeze(agency or "").text


@dataclass(frozen=True, slots=True)
class Sorted:
    """The reports given: those to add up, and those left out, each with the reason."""

    counted: tuple[Report, ...]
    left_out: tuple[tuple[Report, str, str], ...]


def _sorted(subject: Subject) -> Sorted:
    """To add up is what is of the same year, in the same form, and each agency once."""
    kept: Sorted | None = subject.memo.get("children")
    if kept is None:
        counted: list[Report] = []
        left_out: list[tuple[Report, str, str]] = []
        seen: set[str] = set()
        for child in subject.context.children:
            name = _name(child.agency)
            if child.year not in (None, subject.report.year):
                left_out.append((child, f"是 {child.year} 年的", f"is of {child.year}"))
            elif child.form not in (None, subject.form.version):
                zh, en = f"是 {child.form} 年格式", f"follows the {child.form} form"
                left_out.append((child, zh, en))
            elif name and name in seen:
                left_out.append((child, "重复出现，只计一次", "was given twice and counted once"))
            else:
                seen.add(name)
                counted.append(child)
        kept = subject.memo["children"] = Sorted(tuple(counted), tuple(left_out))
    return kept


def _counted(subject: Subject) -> tuple[Report, ...]:
    return _sorted(subject).counted


def _missing(subject: Subject) -> list[str]:
    given = {_name(child.agency) for child in _counted(subject)}
    return [name for name in subject.context.expected_children if _name(name) not in given]


@rule(
    "rollup.missing",
    "review",
    "汇总缺少单位的报告",
    "Reports that belong into the roll-up are missing",
    source=SOURCE,
)
def missing(subject: Subject) -> Iterator[Finding]:
    names = _missing(subject)
    if names:
        yield finding(
            "rollup.missing",
            Text(
                f"应汇总 {len(subject.context.expected_children)} 个单位，缺少 {len(names)} 个："
                f"{'、'.join(names)}。",
                f"{len(names)} of {len(subject.context.expected_children)} reports are missing: "
                f"{', '.join(names)}.",
            ),
            expected=len(subject.context.expected_children),
            found=" ".join(names),
        )


@rule(
    "rollup.unfit",
    "review",
    "有报告不能汇总",
    "A report given cannot be added up",
    source=SOURCE,
)
def unfit(subject: Subject) -> Iterator[Finding]:
    """Another year, another form, or the same agency twice."""
    for child, zh, en in _sorted(subject).left_out:
        name = child.agency or "（未写明机关）"
        yield finding(
            "rollup.unfit",
            Text(f"{name}的报告{zh}，没有计入汇总。", f"{name}: the report {en}; not added."),
            quote=name,
            found=zh,
        )


@rule(
    "rollup.unexpected",
    "note",
    "汇总中有名单以外的单位",
    "A report is not of the agencies expected",
    source=SOURCE,
)
def unexpected(subject: Subject) -> Iterator[Finding]:
    expected = {_name(name) for name in subject.context.expected_children}
    if not expected:
        return
    extra = [c.agency or "" for c in _counted(subject) if _name(c.agency) not in expected]
    if extra:
        yield finding(
            "rollup.unexpected",
            Text(
                f"以下单位不在汇总名单内，已计入：{'、'.join(extra)}。",
                f"Not on the list of agencies, yet counted: {', '.join(extra)}.",
            ),
            found=" ".join(extra),
        )


@rule(
    "rollup.sum",
    "review",
    "汇总数与各单位之和不一致",
    "A figure is not the sum of its parts' figures",
    source=SOURCE,
)
def sums(subject: Subject) -> Iterator[Finding]:
    """One finding per row. While a report is missing, only parts that exceed the whole are told."""
    children = _counted(subject)
    if not children:
        return
    incomplete = bool(_missing(subject))
    by_row: dict[str, list[tuple[Address, Figure, int | Decimal]]] = defaultdict(list)
    for address, whole in subject.report.figures.items():
        if whole is None:
            continue
        parts = sum(f for child in children if (f := child.figures.get(address)) is not None)
        if parts != whole and not (incomplete and parts < whole):
            by_row[address.rpartition(".")[0]].append((address, whole, parts))
    for row, cells in by_row.items():
        yield _differs(subject, row, cells, children)


def _differs(
    subject: Subject,
    row: str,
    cells: list[tuple[Address, Figure, int | Decimal]],
    children: tuple[Report, ...],
) -> Finding:
    table, _, code = row.partition(".")
    name_zh, name_en = wording.row(subject.form.version, table, code)
    labels = [subject.form.addresses.get(address) for address, _, _ in cells]
    zh, en = [], []
    for label, (_, whole, parts) in zip(labels, cells, strict=True):
        column = (label.label, label.label_en) if label else ("", "")
        zh.append(f"「{column[0]}」写 {wording.number(whole)}，各单位合计 {wording.number(parts)}")
        en.append(f"{column[1]} says {wording.number(whole)}, the parts {wording.number(parts)}")
    hint_zh, hint_en = _hint(subject, table, children)
    return finding(
        "rollup.sum",
        Text(
            f"「{name_zh}」与 {len(children)} 个单位之和不一致：{'；'.join(zh)}。{hint_zh}",
            f"{name_en} is not the sum of {len(children)} reports: {'; '.join(en)}. {hint_en}",
        ),
        address=cells[-1][0],
        place=subject.place(cells[-1][0]),
        expected=" ".join(wording.number(parts) for _, _, parts in cells),
        found=" ".join(wording.number(whole) for _, whole, _ in cells),
        terms=tuple(Term(address, whole) for address, whole, _ in cells),
    )


def _hint(subject: Subject, table: str, children: tuple[Report, ...]) -> tuple[str, str]:
    if table == "appeals":
        return (
            "一案涉及几个机关的只计一次，相差可能由此而来。",
            "A case that concerns several agencies counts once, which may explain it.",
        )
    own = _name(subject.report.agency).removesuffix("人民政府")
    if own and not any(
        _name(c.agency).startswith(own) and "办公" in _name(c.agency) for c in children
    ):
        return (
            "请确认本政府机关（办公室）的报告已计入。",
            "Please check that the report of the government's own office is included.",
        )
    return "", ""
