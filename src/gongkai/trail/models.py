"""One line per action, each sealed by the hash of the line before it."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """A line of the trail. Never changed and never removed: the database refuses it.

    `details_json` is kept as the exact text that was hashed; a database that stores JSON in its
    own way would give other bytes back. `actor` is None for what the system did by itself.
    """

    sequence = models.PositiveBigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    actor_name = models.CharField(_("操作人姓名"), max_length=150)
    verb = models.CharField(_("操作"), max_length=60)
    object_type = models.CharField(_("对象类型"), max_length=60)
    object_id = models.CharField(_("对象编号"), max_length=60)
    object_label = models.CharField(_("对象"), max_length=250)
    details_json = models.TextField(_("内容"), default="{}")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("操作记录")
        verbose_name_plural = _("操作记录")
        ordering: ClassVar = ["sequence"]
        indexes: ClassVar = [
            models.Index(fields=["object_type", "object_id", "sequence"], name="trail_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.object_label}"

    @property
    def details(self) -> dict[str, Any]:
        """What the action recorded besides its object."""
        loaded: dict[str, Any] = json.loads(self.details_json)
        return loaded


class Head(models.Model):
    """The one row that says how many lines there are and what the last one's hash is.

    It is what a new line is chained to, what concurrent writers queue for, and what tells that
    lines are missing at the end.
    """

    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="trail_has_one_head"),
        ]

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"
