"""Third parties and other agencies are asked about disclosure, and heard (第三十二条起)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import given, happened, prepared, within
from gongkai.casework.actions.clocked import found_on, standing, unanswered
from gongkai.casework.actions.enclosing import enclosed
from gongkai.casework.actions.issuing import Given, issue
from gongkai.casework.actions.recording import add_fact, recorded
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case, EnclosureKind, Fact, FactKind
from gongkai.casework.application.naming import names
from gongkai.casework.application.person import Person
from gongkai.casework.application.person_checks import LONGEST
from gongkai.casework.application.sealing import seal
from gongkai.casework.application.tidying import tidy_person
from gongkai.casework.clock.terms import statutory
from gongkai.casework.decision.models import Consultation, Opinion
from gongkai.casework.decision.queries import went_out
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

LETTERS = {"third_party": "third_party_consultation", "agency": "agency_consultation"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask, about what. `organisation` shows the whole name in lists, a person only the
    family name."""

    whom: Literal["third_party", "agency"]
    person: Person
    about: str
    organisation: bool = False


@transaction.atomic
def consult(
    user: User,
    case: Case,
    asked: Sequence[Asked],
    *,
    on: date,
    naming_applicant: bool = False,
) -> list[Consultation]:
    """Ask each of them in writing, and tell the applicant that this time does not count.

    Each has fifteen working days. Issues a letter to each and one to the applicant. Raises
    "missing" for nobody or somebody without a name, "contact_missing" for somebody whom no letter
    would reach, "too_long", "applicant_named" where a letter would say who applied, unless it has
    to (`naming_applicant`, which the trail tells).
    """
    case = prepared(user, "consult", case)
    unanswered(case, happened(on, case))
    if not asked:
        raise NotAllowedError("missing")
    if not naming_applicant:
        _refuse_naming(case, *(one.about for one in asked))
    reached = [replace(one, person=_reached(_named_one(one))) for one in asked]
    made = [_consulted(user, case, one, on) for one in reached]
    for row in made:
        term = statutory("D06" if row.whom == "third_party" else "D07", on)
        fields: Given = {"consulted_information": row.about, "reply_period": term or ""}
        issue(user, case, LETTERS[row.whom], dated=on, fields=fields, consultation=row)
    told: Given = {"consulted": _named(made), "consulted_on": on}
    issue(user, case, "consultation_notice", dated=on, fields=told)
    details = {"consultations": [row.key for row in made], "on": on.isoformat()}
    recorded(user, "consult", case, details | _if_named(naming_applicant))
    return made


def _if_named(naming: bool) -> dict[str, bool]:
    return {"naming_applicant": True} if naming else {}


def _refuse_naming(case: Case, *texts: str) -> None:
    if any(names(case, text) for text in texts):
        raise NotAllowedError("applicant_named")


@transaction.atomic
def leave_unasked(user: User, case: Case, asked: Asked, reasons: str) -> Consultation:
    """Write down why a third party cannot be asked, or need not be; nothing is sent to it.

    Those who review the answer see the reasons. They carry an answer that withholds what concerns
    the third party, and none that discloses it (第三十二条). Raises "missing", "reason_missing".
    """
    case = prepared(user, "consult", case)
    unanswered(case, happened(timezone.localdate(), case))
    row = _row(case, replace(asked, whom="third_party", person=_named_one(asked)))
    row.opinion, row.reasons = Opinion.UNASKED, given(reasons)
    row.save(update_fields=["opinion", "reasons"])
    recorded(user, "leave_unasked", case, {"consultation": row.key})
    return row


@transaction.atomic
def ask_after_all(user: User, consultation: Consultation) -> None:
    """Take that reason off the file again, to ask the third party or to put it right."""
    case = prepared(user, "consult", consultation.case)
    row = case.consultations.filter(pk=consultation.pk, opinion=Opinion.UNASKED).first()
    if row is None:
        raise NotAllowedError("consultation_unknown")
    recorded(user, "ask_after_all", case, {"consultation": row.key})
    row.delete()


def _named_one(asked: Asked) -> Person:
    person = tidy_person(asked.person)
    given(person.name, "missing", LONGEST["name"])
    for field, longest in LONGEST.items():
        within(getattr(person, field), longest)
    return person


def _reached(person: Person) -> Person:
    if not (person.address or person.telephone or person.email):
        raise NotAllowedError("contact_missing")
    return person


def _named(rows: Sequence[Consultation]) -> str:
    """Agencies by name; a third party is not named to the applicant."""
    names = (row.masked if row.whom == "agency" else "第三方" for row in rows)
    return "、".join(dict.fromkeys(names))


def _consulted(user: User, case: Case, asked: Asked, on: date) -> Consultation:
    row = _row(case, asked, told_on=on)
    details = {"id": row.key, "whom": row.whom}
    add_fact(user, case, FactKind.CONSULTATION_SENT, on, details)
    return row


def _row(case: Case, asked: Asked, told_on: date | None = None) -> Consultation:
    return Consultation.objects.create(
        case=case,
        key=f"c{_last_key(case) + 1}",
        whom=asked.whom,
        sealed=seal(asked.person.to_bytes()),
        masked=asked.person.masked(organisation=asked.organisation or asked.whom == "agency"),
        about=given(asked.about, "missing"),
        applicant_told_on=told_on,
    )


def _last_key(case: Case) -> int:
    keys = case.consultations.values_list("key", flat=True)
    return max((int(key[1:]) for key in keys), default=0)


@transaction.atomic
def record_delivery(user: User, consultation: Consultation, *, on: date) -> Fact:
    """The letter reached whom it asks, on the day; from then their fifteen days run. Raises
    "consultation_not_sent"."""
    case = prepared(user, "consult", consultation.case)
    row = _gone_out(_again(case, consultation))
    _since_sent(case, row, happened(on, case))
    if _facts(case, FactKind.CONSULTATION_DELIVERED, row.key):
        raise NotAllowedError("same_value")
    fact = add_fact(user, case, FactKind.CONSULTATION_DELIVERED, on, {"id": row.key})
    recorded(user, "record_delivery", case, {"consultation": row.key, "on": on.isoformat()})
    return fact


@transaction.atomic
def record_opinion(
    user: User,
    consultation: Consultation,
    opinion: Opinion,
    *,
    on: date,
    reasons: str = "",
    reply: Incoming | None = None,
    reasonable: bool | None = None,
    override_reason: str = "",
) -> Consultation:
    """What the third party or agency said on the day, or that it kept silent.

    There is none before the letter went out ("consultation_not_sent"), and what was said stays in
    the file: as `reply`, or in its words as `reasons` ("reply_missing"). Silence is entered only
    once its time is over ("consultation_open"): for a third party the agency then decides
    (第三十二条), an agency counts as consenting (第三十四条). Raises "opinion_recorded" for a
    second one, "file_refused", "applicant_named".
    """
    case = prepared(user, "record_opinion", consultation.case)
    row = _gone_out(_again(case, consultation))
    _since_sent(case, row, happened(on, case))
    if row.opinion != Opinion.PENDING or opinion in {Opinion.PENDING, Opinion.UNASKED}:
        raise NotAllowedError("opinion_recorded")
    _refuse_naming(case, override_reason)
    if opinion == Opinion.SILENCE:
        _refuse_early_silence(case, row, on)
    else:
        _keep_reply(user, case, reasons, reply)
        add_fact(user, case, FactKind.CONSULTATION_ANSWERED, on, {"id": row.key})
    row.opinion, row.reasons, row.reasonable = opinion, within(reasons), reasonable
    row.override_reason = within(override_reason)
    row.save(update_fields=["opinion", "reasons", "reasonable", "override_reason"])
    details = {"consultation": row.key, "opinion": row.opinion, "on": on.isoformat()}
    recorded(user, "record_opinion", case, details)
    return row


@transaction.atomic
def judge_opinion(
    user: User, consultation: Consultation, *, reasonable: bool, override_reason: str = ""
) -> Consultation:
    """Whether the reasons of an objection hold, and why something is disclosed all the same."""
    case = prepared(user, "consult", consultation.case)
    row = _again(case, consultation)
    if row.opinion not in {Opinion.OBJECTION, Opinion.PARTIAL}:
        raise NotAllowedError("no_objection")
    _refuse_naming(case, override_reason)
    row.reasonable, row.override_reason = reasonable, within(override_reason)
    row.save(update_fields=["reasonable", "override_reason"])
    details = {"consultation": row.key, "reasonable": reasonable}
    recorded(user, "judge_opinion", case, {**details, "overridden": bool(row.override_reason)})
    return row


def _again(case: Case, consultation: Consultation) -> Consultation:
    row = case.consultations.select_for_update().filter(pk=consultation.pk).first()
    if row is None or not _facts(case, FactKind.CONSULTATION_SENT, row.key):
        raise NotAllowedError("consultation_unknown")
    return row


def _gone_out(row: Consultation) -> Consultation:
    if not went_out(row):
        raise NotAllowedError("consultation_not_sent")
    return row


def _keep_reply(user: User, case: Case, reasons: str, reply: Incoming | None) -> None:
    if reply is None:
        given(reasons, "reply_missing")
        return
    enclosed(user, case, EnclosureKind.OPINION, reply, web=False)


def _since_sent(case: Case, row: Consultation, on: date) -> None:
    sent = _facts(case, FactKind.CONSULTATION_SENT, row.key)[-1].on
    if on < sent:
        raise NotAllowedError("before_request", sent.isoformat())


def _refuse_early_silence(case: Case, row: Consultation, on: date) -> None:
    until = found_on(case, on).deadlines.consultations.get(row.key)
    if until is None or on <= until:
        raise NotAllowedError("consultation_open", until.isoformat() if until else "")


def _facts(case: Case, kind: FactKind, key: str) -> list[Fact]:
    facts = standing(case, kind, ever=True)
    return [fact for fact in facts if fact.details.get("id") == key]
