"""What an applicant does later, with number and query code: withdraw, correct."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import locked, stage_refuses, within
from gongkai.casework.actions.applying import tracked
from gongkai.casework.actions.correcting import corrected
from gongkai.casework.actions.enclosing import enclosed
from gongkai.casework.actions.withdrawing import withdrawn
from gongkai.casework.application import file_checks
from gongkai.casework.application.enclosures import Incoming, enclose
from gongkai.casework.application.models import Case, ClockState, EnclosureKind
from gongkai.casework.application.rules import Verb
from gongkai.casework.refusal import NotAllowedError

LONGEST_REASON = 500


@transaction.atomic
def withdraw_by_applicant(number: str, code: str, reason: str = "") -> Case:
    """Withdraw the application today, until the decision is signed.

    Why is not asked by law; what is said is kept sealed in the file. Raises "code_wrong",
    "signed_already", "withdrawn", "too_long".
    """
    case = _allowed(number, code, "withdraw", "signed_already")
    if words := within(reason, LONGEST_REASON):
        kept = Incoming("撤回理由.txt", "text/plain; charset=utf-8", words.encode())
        enclose(case, EnclosureKind.MATERIAL, kept, None)
    withdrawn(None, case, timezone.localdate())
    return case


@transaction.atomic
def correct_by_applicant(
    number: str, code: str, text: str, files: tuple[Incoming, ...] = ()
) -> Case:
    """Send in the correction that was asked for; the time to answer runs anew (第三十条).

    Raises "code_wrong", "stage", "correction_not_pending", "missing", "file_refused".
    """
    case = _allowed(number, code, "record_correction", "stage")
    if len(files) > file_checks.MOST:
        raise NotAllowedError("file_refused")
    for file in files:
        enclosed(None, case, EnclosureKind.CORRECTION, file, web=True)
    corrected(None, case, text, on=timezone.localdate())
    return case


def _allowed(number: str, code: str, verb: Verb, otherwise: str) -> Case:
    case = locked(tracked(number, code).pk)
    if case.clock_state == ClockState.WITHDRAWN:
        raise NotAllowedError("withdrawn")
    if stage_refuses(verb, case):
        raise NotAllowedError(otherwise)
    return case
