"""Whether a verb may be done to a case: the role, its stage, and a reason in words."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.application.models import Case, ClockState
from gongkai.casework.application.rules import VERBS_BY_STAGE, Verb, allows
from gongkai.casework.application.tidying import tidy
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import Agency, User

_OTHERS: dict[Verb, str] = {
    "ask_confirmation": permissions.RECEIVE,
    "confirm": permissions.RECEIVE,
    "extend": permissions.EXTEND,
    "answer_assignment": permissions.ANSWER_ASSIGNMENT,
    "check": permissions.VIEW,
    "sign": permissions.SIGN,
    "dispatch": permissions.DISPATCH,
    "record_service": permissions.DISPATCH,
    "void": permissions.EXTEND,
    "strike_fact": permissions.CORRECT,
    "correct_receipt": permissions.CORRECT,
    "correct_line": permissions.CORRECT,
    "reopen": permissions.CORRECT,
    "appeal": permissions.APPEAL,
}
PERMISSION: dict[Verb, str] = {
    verb: _OTHERS.get(verb, permissions.HANDLE)
    for verbs in VERBS_BY_STAGE.values()
    for verb in verbs
}
"""What each verb asks for. `check` is asked for again by the step that is due."""

LONGEST_TEXT = 10_000
"""Characters of a description, reason or note; what is longer is refused, never cut."""
LONGEST_REASON = 500
"""Characters of the reason for which something on record is taken back or put right."""


def ask(user: User | AnonymousUser, permission: str, agency: Agency) -> None:
    """Raise NotAllowedError "role" unless the user has the permission at the agency."""
    if not user.has_perm(permission, agency):
        raise NotAllowedError("role", agency.name)


def refused(user: User | AnonymousUser, verb: Verb, case: Case) -> NotAllowedError | None:
    """Why the user may not do the verb to the case, by role, stage or because it is somebody
    else's; None if they may."""
    if not user.has_perm(PERMISSION[verb], case.agency):
        return NotAllowedError("role", case.agency.name)
    if verb == "hand_over" and not _in_charge(user, case):
        return stage_refuses(verb, case) or NotAllowedError("not_in_charge")
    return stage_refuses(verb, case)


def _in_charge(user: User | AnonymousUser, case: Case) -> bool:
    return user.pk == case.officer_id or user.has_perm(permissions.HAND_OVER, case.agency)


def stage_refuses(verb: Verb, case: Case) -> NotAllowedError | None:
    """Why the stage of the case does not allow the verb, whoever asks; None if it does. Nothing is
    done any more to a case whose words were removed."""
    if case.anonymised_at:
        return NotAllowedError("anonymised")
    if allows(verb, case.stage):
        return None
    return NotAllowedError("withdrawn" if case.clock_state == ClockState.WITHDRAWN else "stage")


def possible(user: User | AnonymousUser, case: Case) -> dict[Verb, NotAllowedError | None]:
    """For every verb, None if role and stage allow it now, or why not."""
    return {verb: refused(user, verb, case) for verb in PERMISSION}


def locked(pk: int) -> Case:
    """The case as it stands now, locked until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("agency")
    case = rows.filter(pk=pk).first()
    if case is None:
        raise NotAllowedError("changed_meanwhile")
    return case


def prepared(user: User | AnonymousUser, verb: Verb, case: Case) -> Case:
    """The case, locked, if the verb may be done to it now. Raises NotAllowedError."""
    fresh = locked(case.pk)
    why_not = refused(user, verb, fresh)
    if why_not:
        raise why_not
    return fresh


def happened(on: date, case: Case | None = None) -> date:
    """The day, if it is not in the future and not before receipt. Raises NotAllowedError."""
    if on > timezone.localdate():
        raise NotAllowedError("future", on.isoformat())
    if case is not None and case.received_on and on < case.received_on:
        raise NotAllowedError("before_receipt", case.received_on.isoformat())
    return on


def given(text: str, missing: str = "reason_missing", longest: int = LONGEST_TEXT) -> str:
    """The text without blanks around it. Raises `missing`, or "too_long"."""
    words = within(text, longest)
    if not words:
        raise NotAllowedError(missing)
    return words


def within(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text as it is read, if it is not longer than a record holds. Raises "too_long"."""
    words = tidy(text)
    if len(words) > longest:
        raise NotAllowedError("too_long", str(longest))
    return words
