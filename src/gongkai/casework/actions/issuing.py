"""A letter is issued: worded, checked, numbered, sealed; printed once the transaction stands."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import (
    LONGEST_REASON,
    ask,
    given,
    locked,
    stage_refuses,
)
from gongkai.casework.actions.recording import recorded
from gongkai.casework.actions.undoing import struck
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.models import Case, Fact, FactKind, Practice
from gongkai.casework.application.naming import names
from gongkai.casework.application.sealing import opened, seal
from gongkai.casework.decision.models import Consultation, Decision
from gongkai.casework.letter.contact import contact
from gongkai.casework.letter.elements import fields_of
from gongkai.casework.letter.incomplete import IncompleteLetterError
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.casework.letter.numbering import next_number, sequence_of, written
from gongkai.casework.letter.paper.binding import bound
from gongkai.casework.letter.paper.pdf import pdf
from gongkai.casework.letter.printing import print_quietly, sheet_of
from gongkai.casework.letter.queries import CODE_CHARACTERS, CODE_LENGTH
from gongkai.casework.letter.record import Issued
from gongkai.casework.letter.seals import Seal, seal_of
from gongkai.casework.letter.telling import paragraphs
from gongkai.casework.letter.wording import Value, Words, compose, missing
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.letters import NumberError
from gongkai.org.models import Agency, User

Given = Mapping[str, Value | None]
DRAFT_NUMBER = "草稿，未编号"
VERIFICATION_PATH = "/verify/"
CONSULTING = ("third_party_consultation", "agency_consultation")
STANDS_FOR: dict[str, FactKind] = {
    "correction_notice": FactKind.CORRECTION_REQUESTED,
    "reasons_notice": FactKind.REASONS_REQUESTED,
    "third_party_consultation": FactKind.CONSULTATION_SENT,
    "agency_consultation": FactKind.CONSULTATION_SENT,
    "extension_notice": FactKind.EXTENDED,
    "delayed": FactKind.DELAYED,
    "fee_notice": FactKind.FEE_NOTIFIED,
}
"""What a letter of the procedure tells; the fact is struck out with the letter."""


@transaction.atomic
def issue(
    user: User | None,
    case: Case,
    kind: str,
    *,
    dated: date,
    fields: Given | None = None,
    decision: Decision | None = None,
    consultation: Consultation | None = None,
) -> Letter:
    """Issue a letter of the kind (`law.letters`) for the locked case, with the next number.

    `fields` come before what the rows of the case know; articles, grounds and remedies follow from
    the law of the day. Whether the user may is asked by the verb that issues it. The number's row
    stays locked until the caller's transaction ends, so that the paper, which needs none of it, is
    made after that. Raises "letter_incomplete" with the names of what is missing,
    "letter_mark_missing", "organ_missing", "online_channel_missing".
    """
    practice = practice_of(case.agency)
    known = fields_of(case, kind, dated=dated, decision=decision, consultation=consultation)
    words = worded(case, kind, dated, {**known, **_told(fields)}, practice)
    mark, sequence = _mark(case.agency, practice), sequence_of(kind, dated)
    serial = next_number(case.agency, sequence, dated.year)
    number = _number(mark, kind, dated, serial)
    issued = _issued(words, case.agency, number, dated, practice)
    letter = Letter.objects.create(
        case=case,
        decision=decision,
        consultation=consultation,
        kind=kind,
        template=words.template,
        agency=case.agency,
        year=dated.year,
        sequence=serial,
        number=number,
        dated=dated,
        state=LetterState.ISSUED,
        sealed=seal(issued.to_bytes()),
        content_hash=issued.content_hash,
        verification=issued.code,
        issued_by=user,
        issued_at=timezone.now(),
    )
    recorded(user, "issue_letter", case, {"letter": number, "kind": kind})
    transaction.on_commit(partial(print_quietly, letter.pk))
    return letter


@transaction.atomic
def preview(
    user: User,
    case: Case,
    kind: str,
    *,
    dated: date,
    fields: Given | None = None,
    decision: Decision | None = None,
    consultation: Consultation | None = None,
) -> bytes:
    """The letter as PDF before it is issued: no number, no seal, nothing to verify.

    Names are masked for who may not open them; opening them is a line of the trail. Raises as
    `issue` does, and "role".
    """
    ask(user, permissions.VIEW, case.agency)
    known = fields_of(case, kind, dated=dated, decision=decision, consultation=consultation)
    masked: dict[str, Value] = {}
    if user.has_perm(permissions.OPEN, case.agency):
        recorded(user, "open_person", case, {"why": "letter"})
    else:
        masked["applicant"] = case.applicant.masked
        masked["addressee"] = consultation.masked if consultation else ""
    practice = practice_of(case.agency)
    words = worded(case, kind, dated, {**known, **_told(fields), **masked}, practice)
    draft = _issued(words, case.agency, DRAFT_NUMBER, dated, practice)
    return _paper(draft)


@transaction.atomic
def void_letter(user: User, letter: Letter, reason: str) -> Letter:
    """Take back a letter that has not been sent; its number is not given again.

    What a decision issues is taken back only with the decision (`void`). A letter of the procedure
    is taken back by the head or by who issued it, and what it tells is struck out: the clock
    reckons as if it had not been issued. Raises "letter_of_decision", "role", "reason_missing",
    "letter_sent", "stage", "anonymised", "fact_not_open" where others rest on it.
    """
    if letter.decision_id:
        raise NotAllowedError("letter_of_decision", letter.number)
    case = locked(letter.case_id)
    if not may_void(user, letter):
        raise NotAllowedError("role", case.agency.name)
    if case.anonymised_at:
        raise NotAllowedError("anonymised")
    told = told_by(case, letter)
    if told is None:
        return voided(user, case, letter, reason)
    if why_not := stage_refuses("strike_fact", case):
        raise why_not
    own, *_ = [voided(user, case, row, reason) for row in falling(case, letter)]
    struck(user, case, told, reason)
    return own


def may_void(user: User, letter: Letter) -> bool:
    """Whether the user may take a letter of the procedure back: the head, and who issued it."""
    if letter.decision_id:
        return False
    if user.has_perm(permissions.EXTEND, letter.agency):
        return True
    return letter.issued_by_id == user.pk and user.has_perm(permissions.HANDLE, letter.agency)


def told_by(case: Case, letter: Letter) -> Fact | None:
    """The fact that the letter tells and that counts from the letter's own day, if it stands.

    Where the same was asked twice on one day, that for which the letter was issued.
    """
    kind = STANDS_FOR.get(letter.kind)
    facts = case.facts.filter(kind=kind, on=letter.dated, struck_at=None).order_by("id")
    if letter.consultation:
        facts = facts.filter(details__id=letter.consultation.key)
    if kind is None:
        return None
    return facts.filter(recorded_at__lte=letter.issued_at).last() or facts.last()


def falling(case: Case, letter: Letter) -> list[Letter]:
    """What is void with the letter, itself first: nor is the applicant told of a consultation that
    does not take place."""
    others = case.letters.filter(dated=letter.dated).exclude(pk=letter.pk)
    others = others.exclude(state=LetterState.VOID)
    if letter.kind not in CONSULTING or others.filter(kind__in=CONSULTING).exists():
        return [letter]
    return [letter, *others.filter(kind="consultation_notice", state=LetterState.ISSUED)]


@transaction.atomic
def draft_of(user: User, case: Case, verb: Callable[[], object]) -> bytes:
    """The letters that the verb would issue, as one PDF: no number, no seal, nothing to verify.

    The verb is done and undone: nothing of it stays but that its letters were looked at. Raises
    what the verb raises, and "no_letter" where it issues none.
    """
    last = case.letters.order_by("id").values_list("pk", flat=True).last() or 0
    with transaction.atomic():
        verb()
        made = case.letters.filter(pk__gt=last).order_by("id")
        drafts = [Issued.from_bytes(opened(letter.sealed)) for letter in made]
        transaction.set_rollback(True)
    if not drafts:
        raise NotAllowedError("no_letter")
    recorded(user, "open_person", case, {"why": "letter"})
    return bound([_paper(replace(draft, number=DRAFT_NUMBER)) for draft in drafts])


def _paper(draft: Issued) -> bytes:
    return pdf(sheet_of(replace(draft, seal=None, signature=None, address="", code="")))


def voided(user: User, case: Case, letter: Letter, reason: str) -> Letter:
    """The same for the locked case, inside a verb that has asked."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != LetterState.ISSUED:
        raise NotAllowedError("letter_sent", letter.number)
    letter.state, letter.void_reason = LetterState.VOID, given(reason, longest=LONGEST_REASON)
    letter.save(update_fields=["state", "void_reason"])
    recorded(user, "void_letter", case, {"letter": letter.number})
    return letter


def _told(fields: Given | None) -> Given:
    return {name: value for name, value in (fields or {}).items() if value is not None}


def worded(case: Case, kind: str, dated: date, told: Given, practice: Practice) -> Words:
    """The words with what is told, by the law of the day. Raises "letter_incomplete", and
    "applicant_named" where the reasons given to a third party say who applied."""
    if kind == "third_party_notice" and names(case, str(told.get("reasons") or "")):
        raise NotAllowedError("applicant_named")
    if lacking := missing(kind, dated, told):
        raise IncompleteLetterError(kind, lacking)
    return compose(kind, dated, told, paragraphs(case, kind, dated, told, practice))


def _mark(agency: Agency, practice: Practice) -> str:
    """The agency's own mark: that of an agency above it would give its letters to another."""
    if practice.agency_id != agency.pk or not practice.letter_mark:
        raise NotAllowedError("letter_mark_missing", agency.name)
    return practice.letter_mark


def _number(mark: str, kind: str, dated: date, serial: int) -> str:
    try:
        return written(mark, sequence_of(kind, dated), dated.year, serial)
    except NumberError as error:
        raise NotAllowedError("letter_mark_missing", mark) from error


def _issued(words: Words, agency: Agency, number: str, dated: date, practice: Practice) -> Issued:
    code = "".join(secrets.choice(CODE_CHARACTERS) for _ in range(CODE_LENGTH))
    stamp = None if settings.SEAL_SERVICE else seal_of(agency, Seal.Kind.SEAL, dated)
    signature = seal_of(agency, Seal.Kind.SIGNATURE, dated)
    return Issued(
        words=words,
        number=number,
        dated=dated,
        issuer=agency.name,
        style=practice.letter_style,
        contact=contact(agency),
        address=f"{settings.SITE_URL}{VERIFICATION_PATH}{code}/" if settings.SITE_URL else "",
        code=code,
        seal=stamp.pk if stamp else None,
        signature=signature.pk if signature else None,
    )
