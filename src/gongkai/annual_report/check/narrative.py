"""The text against the tables, against itself and against last year's report."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.claim import Claim, figures
from gongkai.annual_report.check.claims import claims_of
from gongkai.annual_report.check.finding import (
    TABLE_AND_TEXT,
    Finding,
    Sides,
    Term,
    Text,
    finding,
    rule,
)
from gongkai.annual_report.check.parts import Addition, additions
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.check.trends import trends
from gongkai.law.forms import Address

SOURCE = "国办公开办函〔2021〕30号：报得准、可核查（正文“收到”指新收或新收加结转均可）"


@rule(
    "narrative.mismatch",
    "review",
    "文字写的数字与表格不一致",
    "A figure in the text is not the one in the table",
    source=SOURCE,
    sides=TABLE_AND_TEXT,
)
def mismatch(subject: Subject) -> Iterator[Finding]:
    told: set[tuple[Address, object]] = set()
    elsewhere = _sections_of_another_total(subject)
    for claim in claims_of(subject):
        if claim.kind == "outcome" and claim.value == 0 and claim.section in elsewhere:
            continue
        if claim.agrees is False and (claim.subject, claim.value) not in told:
            told.add((claim.subject, claim.value))
            yield _disagrees(subject, claim)


def _sections_of_another_total(subject: Subject) -> set[int]:
    """Sections whose own total is not the table's.

    「均不属于本机关公开」 there speaks of those applications only; that totals differ is told.
    """
    return {
        claim.section
        for claim in claims_of(subject)
        if claim.agrees is False and claim.kind in ("received", "handled")
    }


def _disagrees(subject: Subject, claim: Claim) -> Finding:
    where_zh, where_en = wording.section(claim.section)
    quote = "".join(claim.text.split())
    tried = [(claim.reading_zh, claim.reading_en, claim.table)]
    tried += [(r.zh, r.en, f) for r, f in claim.others if f != claim.table]
    zh = "，".join(f"{r}是 {wording.number(f)}" for r, _, f in tried)
    en = ", ".join(f"{r} is {wording.number_en(f)}" for _, r, f in tried)
    said = (
        "" if wording.number(claim.value) in quote else f"（即 {wording.number(claim.value)} 件）"
    )
    hint_zh, hint_en = _hint(subject, claim)
    return finding(
        "narrative.mismatch",
        Text(
            f"{where_zh}写“{quote}”{said}，表中{zh}。请核对哪一个是对的{hint_zh}。",
            f"{where_en.capitalize()} says “{quote}”; in the tables {en}. "
            f"Please check which is right{hint_en}.",
        ),
        address=claim.addresses[0],
        place=_place(subject, claim.section),
        quote=quote,
        expected=wording.number(claim.table),
        found=wording.number(claim.value),
        terms=tuple(Term(a, subject.figure(a)) for a in claim.addresses),
    )


def _hint(subject: Subject, claim: Claim) -> tuple[str, str]:
    """A likely cause: the text counts natural persons only, or speaks of one office alone."""
    persons = [
        f"{a.rpartition('.')[0]}.natural_person"
        for a in claim.addresses
        if a.startswith("applications.")
    ]
    if persons and claim.value and claim.value in figures(subject, persons):
        return (
            "（文中的数字与「自然人」一列相同）",
            " (the text gives the figure of natural persons)",
        )
    if persons and claim.value and claim.value in figures(subject, persons[:1]):
        return (
            "（文中的数字与其中一行的「自然人」相同）",
            " (the text gives the natural persons of one of these rows)",
        )
    if any(word in claim.text for word in ("办公室", "辦公室", "我局", "本局", "本级", "本級")):
        return (
            "，并确认文中说的与表格统计的是同一范围",
            ", and whether both speak of the same agencies",
        )
    return "", ""


def _place(subject: Subject, section: int) -> str:
    passage = subject.passage(section)
    return passage.place if passage else ""


@rule(
    "narrative.sum",
    "review",
    "文字中分项之和不等于所说的总数",
    "Parts named in the text do not add up to their total",
    source="国办公开办函〔2021〕30号：报得准、可核查",
    sides=Sides.named(("所说总数", "stated total"), ("分项合计", "sum of the parts")),
)
def sums(subject: Subject) -> Iterator[Finding]:
    for addition in additions(subject):
        yield _does_not_add_up(subject, addition)


def _does_not_add_up(subject: Subject, addition: Addition) -> Finding:
    where_zh, where_en = wording.section(addition.section)
    parts = " + ".join(wording.number(p) for p in addition.parts)
    total = wording.number(addition.total)
    added = wording.number(sum(addition.parts))
    shown = addition.quote if len(addition.quote) <= 80 else addition.quote[:79] + "…"
    return finding(
        "narrative.sum",
        Text(
            f"{where_zh}写的分项 {parts} = {added}，与所说的总数 {total} 不相等：“{shown}”。",
            f"In {where_en} the parts {parts} = {added} are not the total {total}: “{shown}”.",
        ),
        address=f"section.{addition.section}" if addition.section else "",
        place=_place(subject, addition.section),
        quote=addition.quote,
        expected=total,
        found=added,
    )


@rule(
    "narrative.percent",
    "review",
    "文字写的增减与上年报告不符",
    "A stated rise or fall does not follow from last year's report",
    source="国办公开办函〔2021〕30号：报得准、可核查",
    sides=Sides.named(("按两年报告", "by the two reports"), ("文中", "in the text")),
)
def percent(subject: Subject) -> Iterator[Finding]:
    for trend in trends(subject):
        where_zh, where_en = wording.section(trend.section)
        now, before = wording.number(trend.now), wording.number(trend.before)
        yield finding(
            "narrative.percent",
            Text(
                f"{where_zh}写“{trend.quote}”；本年 {now}，上年报告 {before}，"
                f"实际{trend.actual_zh}。",
                f"{where_en.capitalize()} says “{trend.quote}”; this year {now}, last year's "
                f"report {before}, which is {trend.actual_en}.",
            ),
            address=trend.address,
            place=_place(subject, trend.section),
            quote=trend.quote,
            expected=trend.actual,
            found=trend.stated,
        )


@rule(
    "narrative.fee",
    "review",
    "文字中关于信息处理费的说法互相矛盾",
    "What the text says about the processing fee contradicts itself",
    source="国办函〔2020〕109号；国办公开办函〔2021〕30号",
    sides=TABLE_AND_TEXT,
)
def fee(subject: Subject) -> Iterator[Finding]:
    stated = [claim for claim in claims_of(subject) if claim.kind == "fee"]
    if len({claim.value for claim in stated}) < 2:
        return
    zh, en = (
        "；".join(f"{wording.section(c.section)[i]}“{''.join(c.text.split())}”" for c in stated)
        for i in (0, 1)
    )
    yield finding(
        "narrative.fee",
        Text(
            f"关于信息处理费，文中说法不一：{zh}。请统一。",
            f"The text says different things about the processing fee: {en}.",
        ),
        address="section.6",
        quote=zh,
        found=" ".join(wording.number(c.value) for c in stated),
    )
