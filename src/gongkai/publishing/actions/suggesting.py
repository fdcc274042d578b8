"""An agency says how long its documents are usually valid."""

from __future__ import annotations

from django.db import transaction

from gongkai.law.kinds import kinds
from gongkai.org.models import Agency, User
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register.models import UsualValidity
from gongkai.trail import actions as trail

MOST_YEARS = 50


@transaction.atomic
def set_usual_validity(
    user: User, agency: Agency, kind: str, years: int | None, *, trial: bool = False
) -> UsualValidity:
    """Set how many years documents of the kind are usually valid, here and at all agencies below;
    None for without limit. It is only ever suggested. Raises "unknown_kind" or "bad_dates"."""
    ask(user, permissions.CONFIGURE, agency)
    if kind not in {known.code for known in kinds() if known.registered}:
        raise NotAllowedError("unknown_kind", kind)
    if years is not None and not 1 <= years <= MOST_YEARS:
        raise NotAllowedError("bad_dates")
    row, _ = UsualValidity.objects.update_or_create(
        agency=agency, kind=kind, trial=trial, defaults={"years": years}
    )
    details = {"kind": kind, "trial": trial, "years": years}
    trail.record(user, "publishing.set_usual_validity", agency, details=details)
    return row


@transaction.atomic
def unset_usual_validity(user: User, agency: Agency, kind: str, *, trial: bool = False) -> None:
    """Go back to what the agency above has set, or to what is customary."""
    ask(user, permissions.CONFIGURE, agency)
    gone, _ = UsualValidity.objects.filter(agency=agency, kind=kind, trial=trial).delete()
    if gone:
        details = {"kind": kind, "trial": trial}
        trail.record(user, "publishing.unset_usual_validity", agency, details=details)
