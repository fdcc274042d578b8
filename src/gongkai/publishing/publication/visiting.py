"""How often public pages are read: for each document, and for the site by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, Sum

from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import MonthOfVisits

OF_DOCUMENT = "document:"
"""Begins the name under which visits of a document are counted; its key follows."""


@transaction.atomic
def keep(counted: Mapping[str, int], on: date) -> None:
    """Add visits that were counted by name: to their documents, and to the month of that day."""
    if not counted:
        return
    documents = {
        int(name.removeprefix(OF_DOCUMENT)): number
        for name, number in counted.items()
        if name.startswith(OF_DOCUMENT)
    }
    for key in sorted(documents):  # in one order everywhere, so that nobody waits in a circle
        Document.objects.filter(pk=key).update(visits=F("visits") + documents[key])
    month, _ = MonthOfVisits.objects.get_or_create(year=on.year, month=on.month)
    MonthOfVisits.objects.filter(pk=month.pk).update(number=F("number") + sum(counted.values()))


def visits(year: int | None = None) -> int:
    """Visits of the whole site, in all or in a year."""
    rows = MonthOfVisits.objects.all()
    if year is not None:
        rows = rows.filter(year=year)
    return rows.aggregate(sum=Sum("number"))["sum"] or 0
