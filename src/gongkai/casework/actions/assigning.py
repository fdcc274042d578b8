"""Questions to units and to other agencies' liaison officers, each with its own deadline."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import (
    ask,
    given,
    happened,
    locked,
    prepared,
    stage_refuses,
)
from gongkai.casework.actions.recording import recorded
from gongkai.casework.application.models import Case
from gongkai.casework.application.naming import names
from gongkai.casework.decision.models import Assignment
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import Agency, Membership, Role, Unit, User


@transaction.atomic
def assign(
    user: User,
    case: Case,
    question: str,
    *,
    on: date,
    due_on: date,
    unit: Unit | None = None,
    agency: Agency | None = None,
    naming_applicant: bool = False,
) -> Assignment:
    """Ask a unit of the agency, or another agency, to look into something until `due_on`.

    Raises "missing" unless exactly one of the two is named, "term_too_short" for a day before the
    question, and "applicant_in_question" where it says who applied, unless it has to
    (`naming_applicant`, which the trail tells).
    """
    case = prepared(user, "assign", case)
    if (unit is None) == (agency is None) or (unit and unit.agency_id != case.agency_id):
        raise NotAllowedError("missing")
    if due_on < happened(on, case):
        raise NotAllowedError("term_too_short", due_on.isoformat())
    if not naming_applicant and names(case, question):
        raise NotAllowedError("applicant_in_question")
    made = Assignment.objects.create(
        case=case,
        unit=unit,
        agency=agency,
        question=given(question, "missing"),
        asked_on=on,
        asked_by=user,
        due_on=due_on,
    )
    to = unit.code if unit else agency.code if agency else ""
    details = {"assignment": made.pk, "to": to, "due_on": due_on.isoformat()}
    named = {"naming_applicant": True} if naming_applicant else {}
    recorded(user, "assign", case, details | named)
    return made


@transaction.atomic
def answer_assignment(user: User, assignment: Assignment, reply: str) -> Assignment:
    """Reply to the question, as a liaison officer of whom it was put to.

    Raises "role", and "assignment_closed" if it was answered or taken back before.
    """
    case = locked(assignment.case_id)
    assignment = _open(assignment, case)
    ask(user, permissions.ANSWER_ASSIGNMENT, assignment.agency or case.agency)
    if not _of_unit(user, assignment):
        raise NotAllowedError("role", str(assignment.unit))
    why_not = stage_refuses("answer_assignment", case)
    if why_not:
        raise why_not
    assignment.reply = given(reply, "missing")
    assignment.replied_at, assignment.replied_by = timezone.now(), user
    assignment.save(update_fields=["reply", "replied_at", "replied_by"])
    recorded(user, "answer_assignment", case, {"assignment": assignment.pk})
    return assignment


@transaction.atomic
def recall_assignment(user: User, assignment: Assignment) -> Assignment:
    """Take a question back that nobody has answered."""
    case = prepared(user, "assign", assignment.case)
    assignment = _open(assignment, case)
    assignment.recalled_at = timezone.now()
    assignment.save(update_fields=["recalled_at"])
    recorded(user, "recall_assignment", case, {"assignment": assignment.pk})
    return assignment


@transaction.atomic
def remind(user: User | None, assignment: Assignment, on: date) -> Assignment:
    """Note that the liaison officer is reminded on the day; once a day. `user` None is the job."""
    case = prepared(user, "assign", assignment.case) if user else locked(assignment.case_id)
    assignment = _open(assignment, case)
    if assignment.reminded_on == happened(on):
        raise NotAllowedError("same_value")
    assignment.reminded_on = on
    assignment.save(update_fields=["reminded_on"])
    recorded(user, "remind", case, {"assignment": assignment.pk})
    return assignment


def _open(assignment: Assignment, case: Case) -> Assignment:
    fresh = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk, case=case)
    if fresh.replied_at or fresh.recalled_at:
        raise NotAllowedError("assignment_closed")
    return fresh


def _of_unit(user: User, assignment: Assignment) -> bool:
    """A liaison officer who belongs to a unit answers for that unit; officers for all."""
    if assignment.unit is None or user.has_perm(permissions.HANDLE, assignment.unit.agency):
        return True
    posts = Membership.objects.filter(
        user=user, agency=assignment.unit.agency, role=Role.LIAISON_OFFICER
    )
    return posts.filter(unit=None).exists() or posts.filter(unit=assignment.unit).exists()
