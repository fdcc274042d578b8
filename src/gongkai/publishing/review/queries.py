"""Reading rounds of review: the plan, who wrote, who may decide."""

from __future__ import annotations

from django.db.models import Max, Q, QuerySet

from gongkai.org.models import Agency, Membership, User
from gongkai.publishing.document.columns import column_label
from gongkai.publishing.document.content import METADATA
from gongkai.publishing.document.models import Disclosure, Document, Version
from gongkai.publishing.review.models import ReviewStep, Round, RoundState
from gongkai.publishing.review.rules import Planned
from gongkai.screening.text.missing import REQUIRED


def own_steps(agency: Agency, kind_code: str) -> tuple[Planned, ...]:
    """The steps the agency has set for that kind, or for every kind; empty if it has set none."""
    rows = ReviewStep.objects.filter(agency=agency, kind__in=(kind_code, ""))
    by_kind: dict[str, list[Planned]] = {}
    for row in rows.order_by("position"):
        by_kind.setdefault(row.kind, []).append((row.step, row.role))
    return tuple(by_kind.get(kind_code) or by_kind.get("") or ())


def missing_metadata(version: Version) -> list[str]:
    """Labels of the required details that are missing, in the order of the form.

    A body may be missing where there is an attachment.
    """
    required = [name for name in REQUIRED[version.disclosure] if name in METADATA]
    missing = [name for name in required if not getattr(version, name)]
    shown = version.disclosure != Disclosure.WITHHELD
    if shown and not version.body and not version.attachments.exists():
        missing.append("body")
    order = [*METADATA, "body"]
    missing.sort(key=order.index)
    return [column_label(name) for name in missing]


def writers(document: Document, opened: Round) -> set[int]:
    """Who wrote any of the versions since the last publication, or submitted this one.

    Versions kept beside the others count: somebody else may have taken their words over. So do
    older ones that said the same, and were restored.
    """
    published = document.publications.aggregate(last=Max("version__number"))["last"] or 0
    same = Q(body=opened.version.body) & ~Q(body="")
    wrote = document.versions.filter(Q(number__gt=published) | same)
    return {*wrote.values_list("by_id", flat=True), opened.opened_by_id}


def roles_at(user: User, agency: Agency) -> set[str]:
    """The roles the person holds at that very agency. Nobody reviews from above."""
    if not user.is_active:
        return set()
    held = Membership.objects.filter(user=user, agency=agency)
    return set(held.values_list("role", flat=True))


def waiting_for(user: User) -> QuerySet[Round]:
    """Open rounds at agencies where the person holds a role, oldest step first.

    Which of them are at a step of theirs is told by `Round.current`.
    """
    agencies = Membership.objects.filter(user=user).values("agency")
    rows = Round.objects.filter(state=RoundState.OPEN, document__agency__in=agencies)
    return rows.select_related("document__agency", "document__head").order_by("step_since")
