"""What applicants are told, and that it is to be told.

A notice names the case and what to do. It never says what was asked, who asked, or what was
answered: a mailbox may be read by others, and the answer is served by letter.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from gongkai.casework.application.models import Case, FactKind
from gongkai.casework.application.outbox import Notice, NoticeState
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import seal

LATELY = timedelta(days=7)
"""What happened longer ago is entered late, or comes from an older ledger: nobody is told."""

CONTACT_CHANGED = "contact_changed"
"""Told of like a fact, though the clock knows nothing of it."""
WORDS: dict[str, tuple[str, str]] = {
    FactKind.RECEIVED: (
        "您的政府信息公开申请已经收到，答复期限为{due}。",
        "Your application has been received. The answer is due on {due}.",
    ),
    FactKind.ORDERED_ANEW: (
        "您的申请将重新作出答复，期限为{due}。",
        "Your application will be answered anew. The answer is due on {due}.",
    ),
    FactKind.TAKEN_UP_ANEW: (
        "您的申请将重新作出答复，期限为{due}。",
        "Your application will be answered anew. The answer is due on {due}.",
    ),
    FactKind.CORRECTION_REQUESTED: (
        "您的申请需要补正。请凭登记号和查询码查看补正通知，并在期限内补正。",
        (
            "Your application has to be corrected. See the notice with your number and query code, "
            "and correct it in time."
        ),
    ),
    FactKind.REASONS_REQUESTED: (
        "请您说明申请的理由。请凭登记号和查询码查看通知。",
        "You are asked to give reasons. See the notice with your number and query code.",
    ),
    FactKind.EXTENDED: (
        "您的申请的答复期限已经延长至{due}。",
        "The time to answer your application has been extended to {due}.",
    ),
    FactKind.DELAYED: (
        "您的申请的答复期限已经另行确定，为{due}。",
        "Another day has been set for the answer to your application: {due}.",
    ),
    FactKind.FEE_NOTIFIED: (
        "您的申请需要缴纳信息处理费。请凭登记号和查询码查看收费通知。",
        "A fee has to be paid. See the notice with your number and query code.",
    ),
    FactKind.ANSWERED: (
        "您的申请已经答复。请凭登记号和查询码查看，或者留意您选择的送达方式。",
        (
            "Your application has been answered. See it with your number and query code, or await "
            "it in the way you chose."
        ),
    ),
    FactKind.WITHDRAWN: (
        "您的申请已经撤回，不再办理。",
        "Your application has been withdrawn.",
    ),
    CONTACT_CHANGED: (
        "有人凭登记号和查询码更改了这份申请的联系方式或者获取方式。不是您改的，请马上致电受理机关。",
        (
            "How the applicant is reached or answered was changed with number and query code. If "
            "it was not you who did this, telephone the agency at once."
        ),
    ),
}
"""By the fact that is told of; others concern the agency alone."""
DATED = frozenset({FactKind.RECEIVED, FactKind.EXTENDED, FactKind.DELAYED})
"""Those that say no more than when the answer is due."""


def subject(case: Case) -> str:
    """The subject of a mail about the case."""
    return f"政府信息公开申请 {case.number}"


def text(case: Case, kind: str) -> str:
    """The words of a notice, Chinese first."""
    chinese, english = WORDS[kind]
    due = case.due_on
    said = {"due": f"{due.year}年{due.month}月{due.day}日" if due else "（尚未确定）"}
    said_en = {"due": due.isoformat() if due else "(not known yet)"}
    return (
        f"{case.agency.name}：登记号 {case.number}。{chinese.format(**said)}\n\n"
        f"{case.agency.label('en')}, application {case.number}. {english.format(**said_en)}\n"
    )


def tell(case: Case, kind: str, on: date) -> None:
    """Put into the outbox what the applicant is to be told of a fact of that kind on that day.

    Inside the transaction of the verb, so that nothing is told that did not happen. When an answer
    would have been due is no news once it was given.
    """
    now = timezone.now()
    if kind not in WORDS or on < timezone.localdate(now) - LATELY:
        return
    if kind in DATED and case.answered_on:
        return
    rows = [Notice(way=way, state=NoticeState.WAITING) for way in ways_of_sending()]
    _put(case, kind, rows or [Notice(state=NoticeState.OFF, settled_at=now)], now)


def tell_former(case: Case, former: Person) -> None:
    """Put into the outbox that it was changed how the applicant is reached, for whoever is reached
    where they were before. The row keeps that, sealed, until it is settled."""
    now = timezone.now()
    to = seal(Person("", email=former.email, telephone=former.telephone).to_bytes())
    reached = {Notice.Way.EMAIL: former.email, Notice.Way.SMS: former.telephone}
    rows = [
        Notice(way=way, state=NoticeState.WAITING, sealed_to=to)
        for way in ways_of_sending()
        if reached[way].strip()
    ]
    if not ways_of_sending():
        rows = [Notice(state=NoticeState.OFF, settled_at=now)]
    _put(case, CONTACT_CHANGED, rows, now)


def _put(case: Case, kind: str, rows: list[Notice], now: datetime) -> None:
    for row in rows:
        row.case, row.kind, row.created_at, row.next_at = case, kind, now, now
        row.save(force_insert=True)


def ways_of_sending() -> list[Notice.Way]:
    """The ways for which the installation is set up."""
    return [
        *([Notice.Way.EMAIL] if settings.MAIL else []),
        *([Notice.Way.SMS] if settings.SMS_HOOK else []),
    ]
