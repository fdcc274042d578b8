"""How an agency reviews and numbers its documents."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from gongkai.law.kinds import kinds
from gongkai.law.review import STEPS, mandatory_steps, step, steps
from gongkai.org.models import Agency, User
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask
from gongkai.publishing.publication.models import NumberPattern
from gongkai.publishing.publication.rules import USUAL_PATTERN, is_pattern
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.models import ReviewStep
from gongkai.publishing.review.rules import Planned
from gongkai.trail import actions as trail

REVIEWING = ("head", "secrecy_reviewer", "legality_reviewer", "signatory")
"""Roles that may decide a step."""


@transaction.atomic
def set_review_steps(
    user: User, agency: Agency, kind: str, planned: Sequence[Planned]
) -> tuple[Planned, ...]:
    """Have the agency's documents of that kind ("" for every kind) go through these steps.

    No steps at all means the usual ones again. Rounds that are open keep theirs. Raises
    NotAllowedError "unknown_kind", "unknown_step" for a step or role that reviews nothing or comes
    twice, and "mandatory_step" where one that may not be left out is missing (条例第十七条).
    """
    ask(user, permissions.CONFIGURE, agency)
    wanted = tuple(planned)
    _fit(kind, wanted)
    Agency.objects.select_for_update().get(pk=agency.pk)
    ReviewStep.objects.filter(agency=agency, kind=kind).delete()
    ReviewStep.objects.bulk_create(
        ReviewStep(agency=agency, kind=kind, position=position, step=code, role=role)
        for position, (code, role) in enumerate(wanted, start=1)
    )
    details = {"kind": kind, "steps": [list(entry) for entry in wanted]}
    trail.record(user, "publishing.set_review_steps", agency, details=details)
    return wanted


@transaction.atomic
def set_number_pattern(user: User, agency: Agency, pattern: str) -> str:
    """Have the agency write its index numbers so from now on; "" for the usual way.

    Numbers already given stay. Raises NotAllowedError "bad_pattern".
    """
    ask(user, permissions.CONFIGURE, agency)
    wanted = pattern.strip()
    if wanted and not (len(wanted) <= 100 and is_pattern(wanted)):
        raise NotAllowedError("bad_pattern")
    if wanted and wanted != USUAL_PATTERN:
        NumberPattern.objects.update_or_create(agency=agency, defaults={"pattern": wanted})
    else:
        NumberPattern.objects.filter(agency=agency).delete()
    details = {"pattern": wanted or USUAL_PATTERN}
    trail.record(user, "publishing.set_number_pattern", agency, details=details)
    return wanted or USUAL_PATTERN


def mandatory_for(kind: str) -> tuple[str, ...]:
    """The steps that a plan for that kind ("" for every kind) may not leave out."""
    if kind:
        return tuple(found.code for found in mandatory_steps(kind))
    return tuple(s.code for s in steps() if s.mandatory and not s.normative_only)


def _fit(kind: str, planned: tuple[Planned, ...]) -> None:
    if kind and kind not in {known.code for known in kinds()}:
        raise NotAllowedError("unknown_kind", kind)
    codes = [code for code, _ in planned]
    known = set(codes) <= set(STEPS) and len(set(codes)) == len(codes)
    if not known or not all(role in REVIEWING for _, role in planned):
        raise NotAllowedError("unknown_step")
    missing = [code for code in mandatory_for(kind) if code not in codes]
    if planned and missing:
        raise NotAllowedError("mandatory_step", "、".join(step(code).label for code in missing))
