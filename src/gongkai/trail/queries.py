"""Reading the trail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, QuerySet

from gongkai.trail.models import Entry


def about(*objects: models.Model) -> QuerySet[Entry]:
    """The lines about any of the objects, oldest first, with their actors."""
    wanted = Q(pk__in=[])
    for obj in objects:
        wanted |= Q(object_type=obj._meta.label_lower, object_id=str(obj.pk))
    return Entry.objects.filter(wanted).select_related("actor")
