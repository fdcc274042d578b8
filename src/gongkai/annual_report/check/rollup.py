"""A government's report against those it is made of (30号).

本级政府年报 = 本政府机关 + 所属部门 + 下级政府: the government's own office is one of the parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.finding import (
    Finding,
    Sides,
    Term,
    Text,
    finding,
    only_found,
    rule,
)
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.folding import squeeze
from gongkai.law.forms import Address

SOURCE = "国办公开办函〔2021〕30号：逐级汇总"
ITSELF = Text("就是被核对的报告本身，没有计入汇总", "is the one being checked; not added")


def _name(agency: str | None) -> str:
    return squeeze(agency or "").text


@dataclass(frozen=True, slots=True)
class Sorted:
    """The reports given: those to add up, and those left out, each with the reason."""

    counted: tuple[Report, ...]
    left_out: tuple[tuple[Report, Text], ...]


def _sorted(subject: Subject) -> Sorted:
    """To add up is what is of the same year, in the same form, and each agency once."""
    kept: Sorted | None = subject.memo.get("children")
    if kept is None:
        counted: list[Report] = []
        left_out: list[tuple[Report, Text]] = []
        seen: set[str] = set()
        for child in subject.context.children:
            name = _name(child.agency)
            why = _unfit(subject, child, repeated=bool(name) and name in seen)
            if why:
                left_out.append((child, why))
            elif _is_whole(subject, child):
                left_out.append((child, ITSELF))
            else:
                seen.add(name)
                counted.append(child)
        kept = subject.memo["children"] = Sorted(tuple(counted), tuple(left_out))
    return kept


def _is_whole(subject: Subject, child: Report) -> bool:
    """Whether a report given as a part is the whole: a folder of all reports holds it too."""
    name = _name(subject.report.agency)
    return bool(name) and name == _name(child.agency)


def _unfit(subject: Subject, child: Report, *, repeated: bool) -> Text | None:
    if child.year not in (None, subject.report.year):
        return Text(f"是 {child.year} 年的，没有计入汇总", f"is of {child.year}; not added")
    if child.form not in (None, subject.form.version):
        return Text(
            f"是 {child.form} 年格式，没有计入汇总", f"follows the {child.form} form; not added"
        )
    if repeated:
        return Text("重复出现，只计一次", "was given twice and counted once")
    return None


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
    sides=Sides.named(("应汇总", "reports expected"), ("缺少", "missing")),
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
    sides=only_found("年度和格式", "year and form"),
)
def unfit(subject: Subject) -> Iterator[Finding]:
    """Another year, another form, an agency given twice; the whole itself is only a note."""
    for child, why in _sorted(subject).left_out:
        zh, en = child.agency or "未写明机关", child.agency or "Agency not named"
        yield finding(
            "rollup.unfit",
            Text(f"{zh}的报告{why.zh}。", f"{en}: the report {why.en}."),
            severity="note" if why is ITSELF else None,
            quote=child.agency or "",
            found=f"{child.year or ''} {child.form or ''}".strip(),
        )


@rule(
    "rollup.unexpected",
    "note",
    "汇总中有名单以外的单位",
    "A report is not of the agencies expected",
    source=SOURCE,
    sides=only_found("名单以外", "not on the list"),
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
    sides=Sides.named(("各单位合计", "sum of the parts"), ("本报告", "this report")),
)
def sums(subject: Subject) -> Iterator[Finding]:
    """One finding per row. While a report is missing, only parts that exceed the whole are told."""
    if not _counted(subject):
        return
    incomplete = bool(_missing(subject))
    by_row: dict[str, list[tuple[Address, Figure, int | Decimal]]] = defaultdict(list)
    for address, whole in subject.report.figures.items():
        if whole is None:
            continue
        parts = _added(subject, address)
        if parts != whole and not (incomplete and parts < whole):
            by_row[address.rpartition(".")[0]].append((address, whole, parts))
    for row, cells in by_row.items():
        yield _differs(subject, row, cells)


def _parts(subject: Subject) -> tuple[Report, ...]:
    """All that is added up: the reports, and what the government's own office adds."""
    own = subject.context.own
    return (own, *_counted(subject)) if own else _counted(subject)


def _added(subject: Subject, address: Address) -> int | Decimal:
    figures = (part.figures.get(address) for part in _parts(subject))
    every = sum(figure for figure in figures if figure is not None)
    return every - subject.context.joint.get(address, 0)


def _differs(
    subject: Subject,
    row: str,
    cells: list[tuple[Address, Figure, int | Decimal]],
) -> Finding:
    table, _, code = row.partition(".")
    name_zh, name_en = wording.row(subject.form.version, table, code)
    labels = [subject.form.addresses.get(address) for address, _, _ in cells]
    zh, en = [], []
    for label, (_, whole, parts) in zip(labels, cells, strict=True):
        column = (label.label, label.label_en) if label else ("", "")
        zh.append(f"「{column[0]}」写 {wording.number(whole)}，各单位合计 {wording.number(parts)}")
        en.append(f"{column[1]} says {wording.number(whole)}, the parts {wording.number(parts)}")
    hint_zh, hint_en = _hint(subject, table)
    of_zh, of_en = _of(subject)
    return finding(
        "rollup.sum",
        Text(
            f"「{name_zh}」与 {of_zh}之和不一致：{'；'.join(zh)}。{hint_zh}",
            f"{name_en} is not the sum of {of_en}: {'; '.join(en)}.{hint_en}",
        ),
        address=cells[-1][0],
        place=subject.place(cells[-1][0]),
        expected=" ".join(wording.number(parts) for _, _, parts in cells),
        found=" ".join(wording.number(whole) for _, whole, _ in cells),
        terms=tuple(Term(address, whole) for address, whole, _ in cells),
    )


def _of(subject: Subject) -> tuple[str, str]:
    """What was added up, in words."""
    number = len(_counted(subject))
    if subject.context.own:
        return f"本机关和 {number} 份报告", f"its own office and {number} reports"
    return f"{number} 个单位", f"{number} reports"


def _hint(subject: Subject, table: str) -> tuple[str, str]:
    if subject.context.own:
        return "", ""
    children = _counted(subject)
    if table == "appeals":
        return (
            "一案涉及几个机关的只计一次，相差可能由此而来。",
            " A case that concerns several agencies counts once, which may explain it.",
        )
    own = _name(subject.report.agency).removesuffix("人民政府")
    if own and not any(
        _name(c.agency).startswith(own) and "办公" in _name(c.agency) for c in children
    ):
        return (
            "请确认本政府机关（办公室）的报告已计入。",
            " Please check that the report of the government's own office is included.",
        )
    return "", ""
