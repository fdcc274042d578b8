"""An application reaches the agency: entered by an officer, confirmed, its day put right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, given, happened, locked, prepared, within
from gongkai.casework.actions.recording import recorded
from gongkai.casework.actions.registering import (
    Receipt,
    receipt_of,
    registered,
    take_as_received,
)
from gongkai.casework.application.enclosures import Incoming, enclose
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import (
    Case,
    Channel,
    ClockState,
    Enclosure,
    EnclosureKind,
    Practice,
    Stage,
)
from gongkai.casework.application.receipt import CONFIRMED, CONFIRMED_BY
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User
from gongkai.trail.acknowledging import acknowledged

LONGEST_WAIT = timedelta(days=400)
"""Applications that wait longer than this for their confirmation are not looked at again."""


@transaction.atomic
def ask_confirmation(user: User, case: Case, on: date) -> Case:
    """Write down that the applicant was asked to confirm receipt on the day."""
    case = prepared(user, "ask_confirmation", case)
    case.confirmation_asked_on = _since_submission(case, on)
    case.changed_at = timezone.now()
    case.save(update_fields=["confirmation_asked_on", "changed_at"])
    recorded(user, "ask_confirmation", case, {"on": on.isoformat()})
    return case


@dataclass(frozen=True, slots=True, repr=False)
class Confirmed:
    """How receipt was confirmed: with whom, in what way, at what time, and what was said.

    `manner` is a code of `receipt.CONFIRMED_BY`.
    """

    reached: str
    manner: str
    at: time | None = None
    note: str = ""

    def words(self, on: date) -> str:
        """The note that is kept in the file."""
        moment = f"{on.isoformat()} {self.at:%H:%M}" if self.at else on.isoformat()
        manner = CONFIRMED_BY[self.manner][0]
        lines = [f"确认时间：{moment}", f"联系到：{self.reached}", f"方式：{manner}"]
        return "\n".join([*lines, *([f"备注：{self.note}"] if self.note else [])]) + "\n"


def receive(
    user: User, application: Application, token: str = "", how: Confirmed | None = None
) -> Receipt:
    """Enter an application that came by any channel, as it stands in the letter.

    It counts as received at once where its channel's day is known, and waits for the confirmation
    otherwise (条例第三十一条). Where both sides have confirmed receipt already, `how` is kept as
    `confirm` keeps it; a ledger that knows no more than the day gives none. The same content sent
    again under the same token gives the same receipt. Raises NotAllowedError "role", "stage" for
    a confirmation that the channel does not need, "missing" as `confirm` does, and IncompleteError.
    """
    ask(user, permissions.RECEIVE, application.agency)
    if how is None:
        return registered(user, application, token)
    on, how = _confirmed_on(application), _checked(how)
    with acknowledged():
        receipt = registered(user, application, token)
        if receipt.case.confirmed_on == on and not _is_kept(receipt.case):
            _tell(user, receipt.case, on, _keep(user, receipt.case, how, on))
    return receipt


@transaction.atomic
def confirm(user: User, case: Case, on: date, how: Confirmed) -> Case:
    """Both sides have confirmed receipt on the day, from which the time to answer runs. `how` is
    kept sealed in the file (第三十一条). Raises "missing" for nobody reached or no known manner."""
    case = prepared(user, "confirm", case)
    _refuse_withdrawn(case)
    if case.channel not in CONFIRMED:
        raise NotAllowedError("stage")
    case.confirmed_on = _since_submission(case, on)
    case.save(update_fields=["confirmed_on"])
    record = _keep(user, case, _checked(how), on)
    take_as_received(user, case, receipt_of(case, timezone.localdate()))
    _tell(user, case, on, record)
    return case


def _confirmed_on(application: Application) -> date:
    """The day on which both sides confirmed receipt, in a channel whose day it is."""
    if application.confirmed_on is None:
        raise NotAllowedError("missing")
    if application.channel not in CONFIRMED:
        raise NotAllowedError("stage")
    return application.confirmed_on


def _checked(how: Confirmed) -> Confirmed:
    if how.manner not in CONFIRMED_BY:
        raise NotAllowedError("missing")
    return replace(how, reached=given(how.reached, "missing", 100), note=within(how.note))


def _is_kept(case: Case) -> bool:
    """Whether a record of the confirmation is in the file, as it is once the form came before."""
    return case.enclosures.filter(kind=EnclosureKind.CONFIRMATION).exists()


def _keep(user: User, case: Case, how: Confirmed, on: date) -> Enclosure:
    kept = Incoming("确认收到记录.txt", "text/plain; charset=utf-8", how.words(on).encode())
    return enclose(case, EnclosureKind.CONFIRMATION, kept, user)


def _tell(user: User, case: Case, on: date, record: Enclosure) -> None:
    details = {"received_on": on.isoformat(), "kind": record.kind, "enclosure": record.pk}
    recorded(user, "confirm", case, details)


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
