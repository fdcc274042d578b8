"""What waits for a person: drafts, reviews, what came back, what is ready, what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from gongkai.desk.documents.deadlines import SOON, Due, due_of, due_on
from gongkai.desk.documents.reach import (
    Person,
    overseen,
    publishes_for,
    visible,
)
from gongkai.org import queries as org
from gongkai.org.models import Agency, Membership, User
from gongkai.publishing.catalogue.models import Duty
from gongkai.publishing.document.models import Disclosure, Document, Stage, Version
from gongkai.publishing.permissions import SEES_DRAFTS
from gongkai.publishing.publication.models import Publication, Schedule
from gongkai.publishing.review import rules
from gongkai.publishing.review.models import Decision, Round
from gongkai.publishing.review.queries import waiting_for

SHOWN = 5
"""Rows of each part of the overview; the rest is in the list."""
WEIGHED = 400
"""Open rounds that are asked whether the person may decide them."""
OPEN = (Stage.DRAFT, Stage.IN_REVIEW, Stage.RETURNED, Stage.APPROVED)
AHEAD = timedelta(days=30)
"""How far ahead an evaluation of what is withheld is announced (条例第十八条)."""


@dataclass(frozen=True, slots=True)
class Review:
    """A step that waits for the person, with its last day if a rule sets one."""

    round: Round
    step: str
    due: Due | None

    @property
    def document(self) -> Document:
        return self.round.document


@dataclass(frozen=True, slots=True)
class Dated:
    """A document with a day that matters."""

    document: Document
    due: Due


@dataclass(frozen=True, slots=True)
class DueDuty:
    """A duty of the catalogue with its day."""

    duty: Duty
    due: Due

    @property
    def agency(self) -> Agency:
        return self.duty.item.agency


def mine(rows: QuerySet[Document], user: User) -> QuerySet[Document]:
    """Of the documents, those the person began or wrote last."""
    return rows.filter(Q(created_by=user) | Q(head__by=user))


def drafts(user: User) -> QuerySet[Document]:
    """The person's own drafts."""
    return mine(visible(user).filter(stage=Stage.DRAFT), user)


def returned(user: User) -> QuerySet[Document]:
    """What came back from review and is for the person to put right."""
    return mine(visible(user).filter(stage=Stage.RETURNED), user)


def to_review(user: User, as_of: date) -> list[Review]:
    """The steps the person may decide now, the one that waits longest first."""
    roles = _roles(user)
    rows = waiting_for(user).defer("document__head__body")[:WEIGHED]
    rounds = [opened for opened in rows if _step_of(opened, roles)]
    wrote, decided = _written_by(user, rounds), _decided_by(user, rounds)
    found: list[Review] = []
    for opened in rounds:
        current, document = opened.current, opened.document
        if current is None or rules.refused(
            reviewer=user.pk,
            writers={user.pk, opened.opened_by_id}
            if document.pk in wrote
            else {opened.opened_by_id},
            deciders={user.pk} if opened.pk in decided else (),
            role=current[1],
            roles=roles.get(document.agency_id, ()),
        ):
            continue
        due = due_on(opened.step_due, document.agency, as_of) if opened.step_due else None
        found.append(Review(opened, current[0], due))
    return found


def ready(user: Person) -> QuerySet[Document]:
    """Approved documents the person may publish, no time set for them yet."""
    rows = visible(user).filter(stage=Stage.APPROVED, schedule=None)
    return rows.filter(agency__in=publishes_for(user))


def scheduled(user: Person) -> QuerySet[Schedule]:
    """Documents with a set time: those that failed first, then by the time."""
    rows = Schedule.objects.filter(document__agency__in=org.agencies_of(user, SEES_DRAFTS))
    rows = rows.select_related("document__agency", "document__head", "by")
    return rows.defer("document__head__body").order_by("-failure", "at")


def unpublished(user: Person) -> QuerySet[Document]:
    """Documents in work that have a day by which to be public and are not public yet."""
    rows = visible(user).filter(stage__in=OPEN, publish_by__isnull=False, publications=None)
    return rows.order_by("publish_by", "pk")


def overdue(user: Person, as_of: date) -> QuerySet[Document]:
    """Those whose day has gone by, the longest overdue first."""
    return unpublished(user).filter(publish_by__lt=as_of)


def due_soon(user: Person, as_of: date) -> list[Dated]:
    """Those whose day comes within `SOON` working days."""
    until = as_of + timedelta(days=3 * SOON)
    rows = unpublished(user).filter(publish_by__gte=as_of, publish_by__lte=until)
    return [item for item in dated(rows, as_of) if item.due.soon]


def dated(rows: Iterable[Document], as_of: date) -> list[Dated]:
    """The documents with their deadlines."""
    return [Dated(row, due) for row in rows if (due := due_of(row, as_of)) is not None]


def evaluations(user: Person, as_of: date) -> list[Dated]:
    """Withheld documents whose next evaluation is due or near (条例第十八条)."""
    rows = visible(user).filter(
        stage=Stage.SETTLED,
        head__disclosure=Disclosure.WITHHELD,
        head__evaluate_on__lte=as_of + AHEAD,
    )
    return [
        Dated(row, due_on(row.head.evaluate_on, row.agency, as_of))
        for row in rows.order_by("head__evaluate_on")
        if row.head and row.head.evaluate_on
    ]


def duties(user: Person, as_of: date) -> QuerySet[Duty]:
    """Overdue duties of the catalogue at the agencies the person watches over."""
    rows = Duty.objects.filter(
        item__agency__in=overseen(user), due_on__lt=as_of, fulfilled_by=None, excused=""
    )
    return rows.select_related("item__agency").order_by("due_on", "pk")


def with_dues(rows: Iterable[Duty], as_of: date) -> list[DueDuty]:
    """The duties with how late they are."""
    return [
        DueDuty(row, due_on(row.due_on, row.item.agency, as_of, provisional=row.provisional))
        for row in rows
    ]


def overdue_elsewhere(user: Person, as_of: date) -> list[tuple[Agency, int]]:
    """How many documents are overdue at agencies watched over whose drafts are not seen.

    A supervisor is told the number, never the titles.
    """
    seen = org.agencies_of(user, SEES_DRAFTS).values("pk")
    rows = Document.objects.filter(
        agency__in=overseen(user), publish_by__lt=as_of, stage__in=OPEN, publications=None
    ).exclude(agency__in=seen)
    counted = dict(rows.values_list("agency").annotate(n=Count("pk")).values_list("agency", "n"))
    agencies = Agency.objects.in_bulk(list(counted))
    tally = Counter({pk: n for pk, n in counted.items() if pk in agencies})
    return [(agencies[pk], n) for pk, n in tally.most_common()]


def _roles(user: User) -> dict[int, set[str]]:
    held: dict[int, set[str]] = {}
    for agency, role in Membership.objects.filter(user=user).values_list("agency", "role"):
        held.setdefault(agency, set()).add(role)
    return held


def _step_of(opened: Round, roles: dict[int, set[str]]) -> bool:
    """Whether the step that is due belongs to a role the person holds at the agency."""
    current = opened.current
    return current is not None and current[1] in roles.get(opened.document.agency_id, ())


def _written_by(user: User, rounds: list[Round]) -> set[int]:
    """The documents the person has written at since they were last published."""
    documents = [opened.document_id for opened in rounds]
    out = Publication.objects.filter(document__in=documents).values_list("document")
    published = dict(out.annotate(last=Max("version__number")).values_list("document", "last"))
    rows = Version.objects.filter(document__in=documents, by=user, parallel=False)
    last = rows.values_list("document").annotate(last=Max("number"))
    return {
        document
        for document, number in last.values_list("document", "last")
        if number > published.get(document, 0)
    }


def _decided_by(user: User, rounds: list[Round]) -> set[int]:
    """The rounds in which the person has decided a step already."""
    rows = Decision.objects.filter(round__in=rounds, by=user)
    return set(rows.values_list("round_id", flat=True))
