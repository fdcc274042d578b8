"""What is public in the database, as entries of the index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import QuerySet

from gongkai.publishing.document.models import Attachment
from gongkai.publishing.document.rich_text import plain_text
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.publication.queries import public
from gongkai.publishing.search.entry import Entry

BATCH = 500
"""Documents that are in memory at a time."""
_BETWEEN_KEYWORDS = re.compile(r"[;；,，、\s]+")


def entries(first: int = 1, end: int | None = None) -> Iterator[Entry]:
    """Entries of the documents that are public now with `first <= id < end`, in order of id.

    Read in batches, each as it is public at that moment.
    """
    rows = public().select_related("version").order_by("document_id")
    if end is not None:
        rows = rows.filter(document_id__lt=end)
    while batch := list(rows.filter(document_id__gte=first)[:BATCH]):
        yield from _made(batch)
        first = batch[-1].document_id + 1


def entries_of(document_ids: list[int]) -> Iterator[Entry]:
    """Entries of those of the documents that are public now."""
    rows: QuerySet[Publication] = public().select_related("version").order_by("document_id")
    for place in range(0, len(document_ids), BATCH):
        wanted = document_ids[place : place + BATCH]
        yield from _made(list(rows.filter(document_id__in=wanted)))


def _made(publications: list[Publication]) -> Iterator[Entry]:
    names: dict[int, list[str]] = {}
    attached = Attachment.objects.filter(version__in=[row.version_id for row in publications])
    for version, name in attached.order_by("version", "position").values_list("version", "name"):
        names.setdefault(version, []).append(name)
    for row in publications:
        yield _entry(row, names.get(row.version_id, []))


def _entry(row: Publication, attachments: list[str]) -> Entry:
    version = row.version
    parts = (version.summary, plain_text(version.body), *attachments)
    return Entry(
        id=row.document_id,
        title=row.title,
        number=row.document_number,
        index_number=row.index_number,
        agency=row.agency.code,
        lineage=row.agency.lineage,
        year=row.year,
        item=row.item,
        kind=row.kind,
        validity=row.document.validity,
        published_on=row.published_on,
        formed_on=row.formed_on,
        keywords=tuple(filter(None, _BETWEEN_KEYWORDS.split(version.keywords))),
        text="\n".join(filter(None, parts)),
    )
