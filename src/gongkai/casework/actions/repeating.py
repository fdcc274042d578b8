"""Which earlier application of the same applicant a case repeats (条例第三十六条第六项)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.casework.actions.allowing import prepared
from gongkai.casework.actions.recording import recorded
from gongkai.casework.application.models import Case
from gongkai.casework.application.queries import of_same_applicant
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User


def earlier_ones(case: Case) -> QuerySet[Case]:
    """The applications of the same applicant to the agency before this one, the latest first."""
    rows = of_same_applicant(case).filter(submitted_on__lte=case.submitted_on, pk__lt=case.pk)
    return rows.order_by("-pk")


@transaction.atomic
def name_earlier(user: User, case: Case, earlier: Case | None) -> Case:
    """Say which application the case repeats; None takes back what was said.

    Raises "repeats_another" where it is none of the same applicant's before it, "same_value".
    """
    case = prepared(user, "name_earlier", case)
    if earlier is not None and not earlier_ones(case).filter(pk=earlier.pk).exists():
        raise NotAllowedError("repeats_another", earlier.number)
    before = case.repeats
    if before == earlier:
        raise NotAllowedError("same_value")
    said = {"earlier": earlier.number} if earlier else {"not_repeated": str(before)}
    case.repeats, case.changed_at = earlier, timezone.now()
    case.save(update_fields=["repeats", "changed_at"])
    recorded(user, "name_earlier", case, said)
    return case
