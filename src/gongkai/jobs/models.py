"""What somebody has ordered to be done in the background, and how far it is."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from gongkai.org.models import Agency


class Order(models.Model):
    """One order, with its progress. `outcome` is what the task gave back, for the page to show.

    `done` of `total` parts are done; `total` is null until the task knows it.
    """

    kind = models.CharField(_("任务"), max_length=100)
    title = models.CharField(_("说明"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("下达人"),
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("下达时间"), auto_now_add=True)
    result = models.OneToOneField(
        DBTaskResult, on_delete=models.SET_NULL, null=True, related_name="order"
    )
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("总数"), null=True)
    outcome = models.JSONField(_("结果"), null=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=F("total")), name="done_is_of_total"
            ),
        ]

    def __str__(self) -> str:
        return self.title
