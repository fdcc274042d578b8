"""An application reaches the agency: entered by an officer, confirmed, its day put right."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, happened, locked, prepared
from gongkai.casework.actions.recording import recorded
from gongkai.casework.actions.registering import (
    Receipt,
    receipt_of,
    registered,
    take_as_received,
)
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import Case, Channel, ClockState, Practice, Stage
from gongkai.casework.application.receipt import CONFIRMED
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

LONGEST_WAIT = timedelta(days=400)
"""Applications that wait longer than this for their confirmation are not looked at again."""


def receive(user: User, application: Application, token: str = "") -> Receipt:
    """Enter an application that came by any channel, as it stands in the letter.

    It counts as received at once where its channel's day is known, and waits for the confirmation
    otherwise (条例第三十一条). The same content sent again under the same token gives the same
    receipt. Raises NotAllowedError "role" and IncompleteError.
    """
    ask(user, permissions.RECEIVE, application.agency)
    return registered(user, "receive", application, token)


@transaction.atomic
def ask_confirmation(user: User, case: Case, on: date) -> Case:
    """Write down that the applicant was asked to confirm receipt on the day."""
    case = prepared(user, "ask_confirmation", case)
    case.confirmation_asked_on = _since_submission(case, on)
    case.changed_at = timezone.now()
    case.save(update_fields=["confirmation_asked_on", "changed_at"])
    recorded(user, "ask_confirmation", case, {"on": on.isoformat()})
    return case


@transaction.atomic
def confirm(user: User, case: Case, on: date) -> Case:
    """Both sides have confirmed receipt on the day, from which the time to answer runs."""
    case = prepared(user, "confirm", case)
    _refuse_withdrawn(case)
    if case.channel not in CONFIRMED:
        raise NotAllowedError("stage")
    case.confirmed_on = _since_submission(case, on)
    case.save(update_fields=["confirmed_on"])
    take_as_received(user, case, receipt_of(case, timezone.localdate()))
    recorded(user, "confirm", case, {"received_on": on.isoformat()})
    return case


def receive_lapsed(as_of: date) -> int:
    """Take as received what nobody confirmed, where the agency reads the law so; how many.

    Only agencies whose practice is `after_days` have such applications. One at a time, so that
    each stands or falls alone.
    """
    if not Practice.objects.filter(unconfirmed=Practice.Unconfirmed.AFTER_DAYS).exists():
        return 0
    waiting = Case.objects.filter(
        stage=Stage.SUBMITTED,
        clock_state=ClockState.NOT_RECEIVED,
        channel=Channel.WEB,
        submitted_on__gte=as_of - LONGEST_WAIT,
    )
    return sum(_receive_if_lapsed(pk, as_of) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _receive_if_lapsed(pk: int, as_of: date) -> bool:
    case = locked(pk)
    if case.stage != Stage.SUBMITTED or case.clock_state == ClockState.WITHDRAWN:
        return False
    found = receipt_of(case, as_of)
    if found.on is None:
        return False
    take_as_received(None, case, found)
    recorded(None, "receive_lapsed", case, {"received_on": found.on.isoformat()})
    return True


def _since_submission(case: Case, on: date) -> date:
    if happened(on) < case.submitted_on:
        raise NotAllowedError("before_submission", case.submitted_on.isoformat())
    return on


def _refuse_withdrawn(case: Case) -> None:
    if case.clock_state == ClockState.WITHDRAWN:
        raise NotAllowedError("withdrawn")
