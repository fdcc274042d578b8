"""What has changed in public since the index last looked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Outbox(models.Model):
    """One change of what is public, written in the transaction of the change itself.

    `sequence` increases in the order of commits: it is the number of the trail's line, whose head
    is locked until the transaction ends. `document_id` is 0 for a change of public pages that is
    not about one document.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    document_id = models.PositiveBigIntegerField(default=0)
    last_document_id = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("待编入索引")
        verbose_name_plural = _("待编入索引")
        ordering: ClassVar = ["sequence"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_document_id=0) | Q(last_document_id__gte=models.F("document_id")),
                name="outbox_range_is_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.document_id}"
