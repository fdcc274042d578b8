"""What the rows of a case give to a letter: who asked what, when, and what has happened since."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.correction import apart
from gongkai.casework.application.models import ApplicantKind, Case, Channel, Fact, FactKind
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import opened
from gongkai.casework.decision.models import Charge, Consultation, Decision, Opinion
from gongkai.casework.letter.answers import answer_fields
from gongkai.casework.letter.contact import reply_to
from gongkai.casework.letter.wording import Fields, Value
from gongkai.law.letters import letter
from gongkai.law.terms import term

CAME: dict[str, str] = {
    Channel.WEB: "通过互联网",
    Channel.COUNTER: "当面",
    Channel.REGISTERED_POST: "以邮寄方式",
    Channel.ORDINARY_POST: "以邮寄方式",
    Channel.FAX: "以传真方式",
    Channel.EMAIL: "以电子邮件方式",
    Channel.ORAL: "以口头方式",
}
LONGEST_REQUEST = 500
"""Characters of what was asked for that a letter repeats."""
CONSULTED = {
    Consultation.Whom.THIRD_PARTY: "第三方",
    Consultation.Whom.AGENCY: "其他行政机关",
}
REPLY_TERM = {Consultation.Whom.THIRD_PARTY: "D06", Consultation.Whom.AGENCY: "D07"}
BASIS = {Charge.Basis.PIECE: "按件计收", Charge.Basis.PAGE: "按量计收"}


def fields_of(
    case: Case,
    kind: str,
    *,
    dated: date,
    decision: Decision | None = None,
    consultation: Consultation | None = None,
) -> dict[str, Value | None]:
    """All that the rows know for a letter of the kind; what they do not know is left out.

    Raises SealBrokenError, KeyError for an unknown kind.
    """
    told = letter(kind, on=dated)
    fields: dict[str, Value | None] = {**_asked(case), **_course(case), **_charged(case)}
    fields["you"] = _you(case) if told.addressee == "applicant" else _YOU[told.addressee]
    if consultation is not None:
        fields |= _consulted(case, consultation, dated)
    if decision is not None:
        fields |= answer_fields(case, decision, kind)
    if kind == "third_party_notice" and decision and consultation:
        fields["reasons"] = consultation.override_reason or decision.override_reason
        fields["disclosed_content"] = consultation.about
    return {name: value for name, value in fields.items() if value not in (None, "", ())}


_YOU = {"third_party": "贵方", "agency": "贵单位"}


def _you(case: Case) -> str:
    natural = case.applicant.kind == ApplicantKind.NATURAL_PERSON
    return "你" if natural else "你单位"


def _asked(case: Case) -> Fields:
    return {
        "applicant": Person.from_bytes(opened(case.applicant.sealed)).name,
        "agency": case.agency.name,
        "case_number": case.number,
        "submitted_on": case.submitted_on,
        "received_on": case.received_on,
        "channel": CAME[case.channel],
        "requested": requested(apart(case.description).first),
        "answer_due": case.due_on,
        "reply_to": reply_to(case.agency),
    }


def requested(description: str) -> str:
    """What was asked for, on one line, inside quotation marks; a long text is cut with ……."""
    text = " ".join(description.split()).replace("“", "‘").replace("”", "’")
    return text if len(text) <= LONGEST_REQUEST else f"{text[:LONGEST_REQUEST]}……"


def _course(case: Case) -> Fields:
    """What has happened since, as far as an answer tells it."""
    facts = case.facts.filter(struck_at=None).order_by("on", "id")
    last = {row.kind: row for row in facts if not row.untold}
    corrections = apart(case.description).corrections
    fields: dict[str, Value | None] = {
        "corrected_on": _on(last.get(FactKind.CORRECTED)),
        "correction_notice_date": _on(last.get(FactKind.CORRECTION_REQUESTED)),
        "reasons_asked_on": _on(last.get(FactKind.REASONS_REQUESTED)),
        "reasons_given_on": _on(last.get(FactKind.REASONS_GIVEN)),
        "withdrawal_date": _on(last.get(FactKind.WITHDRAWN)),
        "consulted_course": _heard(case),
    }
    if FactKind.CORRECTED in last and corrections:
        fields["correction"] = requested("；".join(corrections))
    if asked := last.get(FactKind.CORRECTION_REQUESTED):
        usual = practice_of(case.agency).correction_days
        fields["correction_period"] = asked.details.get("days") or usual
    if extended := last.get(FactKind.EXTENDED):
        fields["extended_days"] = extended.details.get("days")
    if delayed := last.get(FactKind.DELAYED):
        fields["delay_period"] = date.fromisoformat(delayed.details["until"])
    return fields


def _on(fact: Fact | None) -> date | None:
    return fact.on if fact else None


def _heard(case: Case) -> str:
    sent = case.facts.filter(kind=FactKind.CONSULTATION_SENT, struck_at=None)
    keys = {fact.details.get("id") for fact in sent}
    rows = case.consultations.exclude(opinion=Opinion.UNASKED)
    rows = rows.exclude(~Q(key__in=keys), opinion=Opinion.PENDING)
    asked = set(rows.values_list("whom", flat=True))
    whom = "、".join(words for key, words in CONSULTED.items() if key in asked)
    return f"本机关依法书面征求了{whom}的意见" if whom else ""


def _charged(case: Case) -> Fields:
    charge = case.charges.filter(waived_reason="").order_by("round").last()
    if charge is None:
        return {}
    return {
        "fee_notice_date": charge.notified_on,
        "fee_amount": charge.amount,
        "fee_period": charge.pay_by,
        "fee_basis": BASIS[Charge.Basis(charge.basis)],
    }


def _consulted(case: Case, consultation: Consultation, dated: date) -> Fields:
    whom = Consultation.Whom(consultation.whom)
    facts = case.facts.filter(struck_at=None, details__id=consultation.key)
    replied_on = _on(facts.filter(kind=FactKind.CONSULTATION_ANSWERED).last())
    sent = facts.filter(kind=FactKind.CONSULTATION_SENT).last()
    return {
        "addressee": Person.from_bytes(opened(consultation.sealed)).name,
        "consulted": CONSULTED[whom],
        "consulted_on": sent.on if sent else dated,
        "consulted_information": consultation.about,
        "reply_period": term(REPLY_TERM[whom], on=dated).length,
        "objection_on": replied_on if consultation.opinion == Opinion.OBJECTION else None,
        "partial_objection_on": replied_on if consultation.opinion == Opinion.PARTIAL else None,
    }
