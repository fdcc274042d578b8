"""More time to answer is asked for, and granted or refused (条例第三十三条第二款)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.casework.application.models import Case

_USER = settings.AUTH_USER_MODEL


class ExtensionRequest(models.Model):
    """An officer asks the head of the office for `days` working days more.

    `why` is a code of `actions.extending.WHY_LONGER`. `granted` is None until the head extends the
    time or refuses to; a case has one request at a time that waits.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extension_requests")
    days = models.PositiveSmallIntegerField(_("延长（工作日）"))
    why = models.CharField(_("为什么要延长"), max_length=20)
    asked_on = models.DateField(_("申请日期"))
    asked_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    granted = models.BooleanField(_("是否同意"), null=True)
    settled_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(_("不同意的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("延期申请")
        verbose_name_plural = _("延期申请")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(granted__isnull=True), name="one_extension_asked"
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True)
                | Q(granted=True)
                | (Q(granted=False) & ~Q(refused_because="")),
                name="extension_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, settled_at__isnull=True)
                | Q(granted__isnull=False, settled_at__isnull=False, settled_by__isnull=False),
                name="extension_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} +{self.days}"
