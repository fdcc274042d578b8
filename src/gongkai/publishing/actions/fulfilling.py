"""Duties of publication are made when a period is over, and fulfilled by what is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet

from gongkai.org.models import User
from gongkai.org.working_days import calendar_of
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask, reason_given
from gongkai.publishing.catalogue.models import CatalogueItem, Duty
from gongkai.publishing.catalogue.queries import rhythm
from gongkai.publishing.catalogue.rules import counted_from, due_between, last_day
from gongkai.publishing.publication.models import Publication, PublicState
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register.lives import batches
from gongkai.trail import actions as trail

Key = tuple[int, str]
"""Of a duty: its item and its period."""


def make_duties(as_of: date) -> int:
    """Make the duties that fall into the time up to the day; how many are new.

    Each item is looked at once a day. Days that were provisional follow the calendar once it is
    announced. What was published before its duty was made fulfils it.
    """
    new = 0
    waiting = Q(duties_until=None) | Q(duties_until__lt=as_of)
    lasting = Q(until=None) | Q(duties_until=None) | Q(until__gt=F("duties_until"))
    due = CatalogueItem.objects.filter(waiting, lasting, since__lte=as_of).exclude(period="")
    for keys in batches(list(due.order_by("pk").values_list("pk", flat=True))):
        with transaction.atomic():
            new += _make(keys, as_of)
    return new


@transaction.atomic
def excuse_duty(user: User, duty: Duty, reason: str) -> Duty:
    """Record why nothing is published for a period. Raises NotAllowedError "already_fulfilled"."""
    fresh = Duty.objects.select_for_update(of=("self",)).select_related("item__agency")
    duty = fresh.get(pk=duty.pk)
    ask(user, permissions.CATALOGUE, duty.item.agency)
    words = reason_given(reason)
    if duty.fulfilled_by_id is not None:
        raise NotAllowedError("already_fulfilled")
    duty.excused = words
    duty.save(update_fields=["excused"])
    details = {"period": duty.period, "reason": words}
    trail.record(user, "publishing.excuse_duty", duty.item, details=details)
    return duty


def fulfil(documents: Sequence[int]) -> int:
    """Settle every duty that these documents fulfil or once fulfilled; how many changed.

    Inside the transaction of what was published or taken down.
    """
    touched: set[int] = set()
    for keys in batches(documents):
        rows = Publication.objects.filter(document__in=keys, catalogue_item__isnull=False)
        named = set(rows.exclude(period="").values_list("catalogue_item_id", "period"))
        items = {item for item, _ in named}
        for duty in Duty.objects.filter(item__in=items).only("item_id", "period"):
            if (duty.item_id, duty.period) in named:
                touched.add(duty.pk)
    return _settle(touched)


def remake(item: CatalogueItem, as_of: date) -> None:
    """The item has another rhythm: duties nobody has met or excused are made anew."""
    item.duties.filter(fulfilled_by=None, excused="").delete()
    CatalogueItem.objects.filter(pk=item.pk).update(duties_until=None)
    if item.period:
        _make([item.pk], as_of)


def _settle(duties: Iterable[int]) -> int:
    """Let each duty be fulfilled by the first publication of its item and period.

    A document counts as long as a revision of it that names the item and the period is public; the
    day is that of its first such revision.
    """
    changed: list[Duty] = []
    for keys in batches(duties):
        rows = list(Duty.objects.select_for_update().filter(pk__in=keys))
        first = _first_publications({(row.item_id, row.period) for row in rows})
        for row in rows:
            by = first.get((row.item_id, row.period))
            if row.fulfilled_by_id != (by.pk if by else None):
                row.fulfilled_by, row.fulfilled_on = by, by.published_on if by else None
                changed.append(row)
    Duty.objects.bulk_update(changed, ["fulfilled_by", "fulfilled_on"], batch_size=200)
    return len(changed)


def _make(items: list[int], as_of: date) -> int:
    rows = list(
        CatalogueItem.objects.select_for_update(of=("self",))
        .select_related("agency")
        .filter(pk__in=items)
    )
    made = [duty for item in rows for duty in _new_duties(item, as_of)]
    there = set(Duty.objects.filter(item__in=items).values_list("item_id", "period"))
    new = [duty for duty in made if (duty.item_id, duty.period) not in there]
    Duty.objects.bulk_create(new, batch_size=200)
    CatalogueItem.objects.filter(pk__in=items).update(duties_until=as_of)
    _settle([duty.pk for duty in new])
    _count_again(Duty.objects.filter(item__in=items, provisional=True, fulfilled_by=None))
    return len(new)


def _new_duties(item: CatalogueItem, as_of: date) -> Iterable[Duty]:
    found = due_between(rhythm(item), item.duties_until, as_of, calendar_of(item.agency.region))
    for due in found:
        yield Duty(item=item, period=due.period, due_on=due.on, provisional=due.provisional)


def _count_again(duties: QuerySet[Duty]) -> None:
    """Days that hung on a calendar not announced then."""
    for duty in duties.select_related("item__agency"):
        says = rhythm(duty.item)
        day = counted_from(duty.period, says.anchor)
        due = last_day(says, day, calendar_of(duty.item.agency.region))
        if due != (duty.due_on, duty.provisional):
            duty.due_on, duty.provisional = due
            duty.save(update_fields=["due_on", "provisional"])


def _first_publications(wanted: set[Key]) -> dict[Key, Publication]:
    """For each item and period the first publication of a document that still is public so."""
    items = {item for item, _ in wanted}
    rows = Publication.objects.filter(catalogue_item__in=items).exclude(period="")
    by_key: defaultdict[Key, list[Publication]] = defaultdict(list)
    for row in rows.only("document", "state", "catalogue_item", "period", "published_on"):
        if row.catalogue_item_id is not None:
            by_key[row.catalogue_item_id, row.period].append(row)
    found: dict[Key, Publication] = {}
    for key in wanted:
        standing = {r.document_id for r in by_key[key] if r.state == PublicState.PUBLIC}
        good = [row for row in by_key[key] if row.document_id in standing]
        if good:
            found[key] = min(good, key=lambda row: (row.published_on, row.pk))
    return found
