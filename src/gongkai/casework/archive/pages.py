"""Records of a case as pages to be read: what was asked, searched, said, approved, and when due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.models import Case
from gongkai.casework.application.person import IDENTITY_KINDS, Person
from gongkai.casework.application.sealing import opened
from gongkai.casework.archive.contested import appeals
from gongkai.casework.clock.telling import as_text
from gongkai.casework.decision.models import Consultation, Decision
from gongkai.casework.letter.answers import grounds_of
from gongkai.casework.letter.paper.pdf import pdf
from gongkai.casework.letter.paper.sheet import Block, Heading, Paragraph, Sheet, Style, chinese
from gongkai.law.grounds import ground
from gongkai.law.outcomes import outcomes

Lines = Sequence[Block]
RECEIVED_BY = {
    "submission": "提交之日",
    "signature": "签收之日",
    "confirmation": "双方确认之日",
    "unconfirmed": "尚未双方确认，按本机关的规定确定",
    "corrected": "登记有误，更正后的收到之日",
    "migrated": "原有台账所载",
}
"""What fixed the day of receipt (条例第三十一条), in words."""


ANSWERED = {"A3": "不予公开的内容", "A4": "不予公开的内容"}
"""What the words of an answer are called where they say one thing."""


def page(case: Case, title: str, blocks: Lines, day: date) -> bytes:
    """A page under the agency's name, as PDF."""
    return pdf(sheet(case, title, blocks, day))


def sheet(case: Case, title: str, blocks: Lines, day: date) -> Sheet:
    """The same before any file format."""
    return Sheet(
        letterhead=case.agency.name,
        issuer=case.agency.name,
        number="",
        title=title,
        addressee="",
        blocks=tuple(blocks) or (Paragraph("无。"),),
        day=day,
        style=Style.PLAIN,
    )


def application(case: Case) -> list[Block]:
    """Who asked for what, how it came, and from when it counts."""
    said = [
        ("登记号", case.number),
        ("原登记号", case.old_number or ""),
        ("申请渠道", case.get_channel_display()),
        ("提交日期", _day(case.submitted_on)),
        ("签收日期", _day(case.signed_on)),
        ("双方确认日期", _day(case.confirmed_on)),
        ("收到之日", _day(case.received_on)),
        ("收到之日的依据", RECEIVED_BY.get(case.receipt_basis, "")),
        *_applicant(case),
        ("所需政府信息", case.description),
        ("文号", case.document_number),
        ("载体形式", case.get_carrier_display()),
        ("获取方式", case.get_delivery_display()),
        ("需要的帮助", case.assistance),
    ]
    return _fields(said)


def clock(case: Case) -> list[Block]:
    """The day due and how it came about, step by step with its articles."""
    found = due_of(case, timezone.localdate())
    if found is None:
        return [Paragraph("申请尚未收到，期限没有起算。")]
    return [Paragraph(line.strip()) for line in as_text(found).splitlines()]


def facts(case: Case) -> list[Block]:
    """Every recorded fact, those that were struck out with the reason."""
    lines: list[Block] = []
    for fact in case.facts.order_by("on", "id"):
        struck = f"（已更正：{fact.struck_because}）" if fact.struck_at else ""
        recorded = timezone.localtime(fact.recorded_at).strftime("%Y-%m-%d %H:%M")
        untold = "（没有告知申请人，不计入期限）" if fact.untold and not struck else ""
        said = f"{chinese(fact.on)}　{fact.get_kind_display()}，记录于{recorded}{struck}{untold}"
        lines.append(Paragraph(said))
    return lines


def searches(case: Case) -> list[Block]:
    """Where was looked for the information, how, when and by whom."""
    blocks: list[Block] = []
    for number, one in enumerate(case.searches.order_by("id"), 1):
        blocks.append(Heading(f"{number}. {chinese(one.searched_on)}", 1))
        blocks += _fields(
            [
                ("检索的部门、档案和系统", one.places),
                ("检索用词和范围", one.words),
                ("检索结果", one.result),
                ("是否检索到", "是" if one.found else "否"),
                ("检索人员", one.searcher),
                ("档案机构回复", one.archive_reply),
            ]
        )
    return blocks


def conferences(case: Case) -> list[Block]:
    """Who met about the case and what they found."""
    blocks: list[Block] = []
    for number, one in enumerate(case.conferences.order_by("id"), 1):
        blocks.append(Heading(f"{number}. {chinese(one.held_on)}", 1))
        blocks += _fields([("参加单位和人员", one.participants), ("会商意见", one.note)])
    return blocks


def consultations(case: Case) -> list[Block]:
    """Who was asked about disclosure, what they said, and what the agency made of it."""
    blocks: list[Block] = []
    for number, one in enumerate(case.consultations.order_by("id"), 1):
        blocks.append(Heading(f"{number}. {one.get_whom_display()}：{_consulted(one)}", 1))
        reasonable = (
            {True: "是", False: "否"}.get(one.reasonable) if one.reasonable is not None else ""
        )
        blocks += _fields(
            [
                ("征求意见的内容", one.about),
                ("意见", one.get_opinion_display()),
                ("没有征求的理由" if one.opinion == "unasked" else "对方的理由", one.reasons),
                ("理由是否合理", reasonable or ""),
                ("仍决定公开的公共利益理由", one.override_reason),
                ("书面告知申请人日期", _day(one.applicant_told_on)),
            ]
        )
    return blocks


def decisions(case: Case) -> list[Block]:
    """What was decided, on what grounds, and who approved it in which step."""
    blocks: list[Block] = []
    names = {one.code: one.name for one in outcomes(on=timezone.localdate())}
    for row in case.decisions.order_by("number").prefetch_related("checks__by", "items"):
        blocks.append(Heading(f"第{row.number}次：{row.get_state_display()}", 1))
        blocks += _fields(
            [
                ("处理结果", names.get(row.outcome, row.outcome)),
                ("不予公开的依据", _ground(row)),
                ("适用的法律、行政法规", row.law_named),
                ("查明的事实", row.findings),
                ("理由", row.reasons),
                (ANSWERED.get(row.outcome, "答复内容"), row.answer),
                ("获取的方式、途径和时间", row.way),
                ("负责公开的机关", f"{row.other_agency} {row.other_contact}".strip()),
                ("公开的公共利益理由", row.override_reason),
                ("作废原因", row.void_reason),
                ("内容摘要值", row.content_hash),
            ]
        )
        for check in row.checks.order_by("id"):
            at = timezone.localtime(check.at).strftime("%Y-%m-%d %H:%M")
            said = "同意" if check.approved else "退回"
            line = f"{check.get_step_display()}　{check.by.get_full_name()}　{at}　{said}"
            blocks.append(Paragraph(f"{line}　{check.comment}".strip()))
    return blocks


def services(case: Case) -> list[Block]:
    """How each letter was brought to whom it is for."""
    blocks: list[Block] = []
    for letter in case.letters.order_by("id").prefetch_related("services"):
        blocks.append(Heading(f"{letter.number}（{letter.get_state_display()}）", 1))
        sent = list(letter.services.order_by("id"))
        if not sent:
            blocks.append(Paragraph("没有送达记录。"))
        for one in sent:
            blocks += _fields(
                [
                    ("送达方式", one.get_manner_display()),
                    ("交邮日期", _day(one.posted_on)),
                    ("邮件号", one.tracking),
                    ("发送时间", _moment(one.sent_at)),
                    ("查看时间", _moment(one.opened_at)),
                    ("签收日期", _day(one.signed_for_on)),
                    ("退回日期", _day(one.returned_on)),
                    ("说明", one.note),
                ]
            )
    return blocks


PAGES: dict[str, tuple[str, Callable[[Case], list[Block]]]] = {
    "application": ("申请登记表", application),
    "facts": ("期限事实", facts),
    "clock": ("答复期限的计算", clock),
    "searches": ("检索记录", searches),
    "conferences": ("会商记录", conferences),
    "consultations": ("征求意见记录", consultations),
    "decisions": ("处理决定和审批", decisions),
    "services": ("送达记录", services),
    "appeals": ("复议诉讼", appeals),
}
"""The pages of every file, with their titles; one that has nothing to say is left out."""


def _applicant(case: Case) -> Iterator[tuple[str, str]]:
    applicant = case.applicant
    yield "申请人类型", applicant.get_kind_display()
    if case.anonymised_at:
        return
    person = Person.from_bytes(opened(applicant.sealed))
    yield "申请人", person.name
    kind = IDENTITY_KINDS.get(person.identity_kind, ("证件", ""))[0]
    yield kind, person.identity_number
    yield "联系人", person.contact_person
    yield "联系电话", person.telephone
    yield "电子邮箱", person.email
    yield "通信地址", f"{person.address} {person.postcode}".strip()
    if person.proxy:
        yield "代理人", person.proxy.name


def _ground(row: Decision) -> str:
    """The grounds with their articles: 第十五条 商业秘密、个人隐私等，会损害第三方合法权益."""
    day = row.decided_on or timezone.localdate(row.drafted_at)
    known = (ground(code, on=day) for code in grounds_of(row))
    return "；".join(f"{one.article_text} {one.name}" for one in known)


def _consulted(row: Consultation) -> str:
    sealed = bytes(row.sealed)
    return Person.from_bytes(opened(sealed)).name if sealed else row.masked


def _fields(said: Sequence[tuple[str, str]]) -> list[Block]:
    return [Paragraph(f"{name}：{value}") for name, value in said if value]


def _day(on: date | None) -> str:
    return chinese(on) if on else ""


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
