"""A letter is opened: by who may see names, each time with a line of the trail."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.db import transaction

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, locked
from gongkai.casework.actions.issuing import Given, worded
from gongkai.casework.actions.recording import recorded
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Consultation
from gongkai.casework.letter import files
from gongkai.casework.letter.elements import fields_of
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.paper.pdf import pdf
from gongkai.casework.letter.paper.sheet import Sheet, Style
from gongkai.casework.letter.printing import print_letter
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

Form = Literal["pdf", "word"]
REPLY = "consultation_reply"


def open_letter(user: User, letter: Letter, form: Form = "pdf") -> bytes:
    """The letter as PDF or for Word, printed now if that failed before.

    Raises "role", "anonymised", "letter_not_printed".
    """
    ask(user, permissions.OPEN, letter.case.agency)
    data = printed(letter, form)
    with transaction.atomic():
        case = locked(letter.case_id)
        recorded(user, "open_letter", case, {"letter": letter.number, "form": form})
    return data


def printed(letter: Letter, form: Form = "pdf") -> bytes:
    """The bytes of the letter, for whoever was let in before. Raises as `open_letter`."""
    if letter.case.anonymised_at:
        raise NotAllowedError("anonymised")
    try:
        print_letter(letter)
        return files.pdf_of(letter) if form == "pdf" else files.word_of(letter)
    except Exception as error:
        raise NotAllowedError("letter_not_printed", letter.number) from error


def unnumbered(
    case: Case,
    kind: str,
    *,
    dated: date,
    fields: Given | None = None,
    consultation: Consultation | None = None,
) -> bytes:
    """A paper of the case that has no number, as PDF, for whoever was let in before.

    The receipt needs `query_code`; `consultation_reply` is the form that goes with a consultation,
    for those who are asked to fill in and sign. Raises "letter_incomplete".
    """
    practice = practice_of(case.agency)
    known = fields_of(case, kind, dated=dated, consultation=consultation)
    words = worded(case, kind, dated, {**known, **(fields or {})}, practice)
    own = kind != REPLY
    return pdf(
        Sheet(
            letterhead=case.agency.name,
            issuer=case.agency.name if own else "",
            number="",
            title=words.title,
            addressee=words.addressee,
            blocks=words.blocks,
            day=dated,
            style=Style(practice.letter_style) if own else Style.PLAIN,
        )
    )
