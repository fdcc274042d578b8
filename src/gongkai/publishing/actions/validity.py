"""The validity kept with a document is what the register's rule says of the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from gongkai.publishing.document.models import Document, Validity
from gongkai.publishing.publication.models import Publication, PublicState
from gongkai.publishing.register.lives import AT_ONCE, Timeline, batches, timelines
from gongkai.publishing.register.rules import at
from gongkai.publishing.search.models import Outbox
from gongkai.trail import actions as trail
from gongkai.trail.actions import Told


def bring_up_to_date(documents: Iterable[int], as_of: date) -> list[Document]:
    """Give these documents the validity they have on the day; those whose validity changed.

    Inside the caller's transaction. A validity is assigned nowhere else.
    """
    changed: list[Document] = []
    for keys in batches(sorted(set(documents))):
        lives = timelines(keys)
        rows = Document.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        rows = rows.only("validity", "validity_until")
        changed += [row for row in rows if _turn(row, lives.get(row.pk, ()), as_of)]
    _keep(changed)
    return changed


def lapse_due(as_of: date) -> int:
    """Bring the validity of every public document up to the day; how many changed.

    What begins to hold, is repealed or runs out on a day needs nobody to do it. Documents are
    looked at only once the time of their present validity is over, so that this may be asked
    again and again.
    """
    changed = 0
    due = Document.objects.filter(validity_until__lt=as_of).order_by("pk")
    while keys := list(due.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            before = dict(Document.objects.filter(pk__in=keys).values_list("pk", "validity"))
            rows = bring_up_to_date(keys, as_of)
            turned = [row for row in rows if row.validity != before[row.pk]]
            _tell(turned, before)
            changed += len(turned)
    return changed


def _turn(document: Document, spans: Timeline, as_of: date) -> bool:
    """Whether anything was different; then the document has it now."""
    now = at(spans, as_of) or (spans[0] if spans else None)
    after = (Validity(now.validity), now.until) if now else (Validity.IN_FORCE, None)
    if after == (document.validity, document.validity_until):
        return False
    document.validity, document.validity_until = after
    return True


def _keep(documents: list[Document]) -> None:
    """One statement for all: `bulk_update` takes ten times as long over thousands."""
    column = Document._meta.get_field("validity_until")
    values = [
        (row.validity, column.get_db_prep_save(row.validity_until, connection), row.pk)
        for row in documents
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE publishing_document SET validity = %s, validity_until = %s WHERE id = %s",
                values,
            )


def _tell(documents: list[Document], before: dict[int, str]) -> None:
    """A line for each, and word to those who show what is public."""
    titles = _titles(documents)
    told = [
        Told(
            "publishing.validity",
            document,
            titles.get(document.pk, "")[:250],
            {"before": before[document.pk], "after": document.validity},
        )
        for document in documents
    ]
    lines = trail.record_all(None, told)
    Outbox.objects.bulk_create(
        Outbox(sequence=line.sequence, document_id=document.pk)
        for line, document in zip(lines, documents, strict=True)
        if document.pk in titles
    )


def _titles(documents: list[Document]) -> dict[int, str]:
    """Titles of those that are public."""
    rows = Publication.objects.filter(
        document__in=[document.pk for document in documents], state=PublicState.PUBLIC
    )
    return dict(rows.values_list("document_id", "title"))
