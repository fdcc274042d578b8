"""What was evaluated for publication after it had been given to an applicant."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Provided
from gongkai.publishing.document.models import Document

_USER = settings.AUTH_USER_MODEL


class Proposal(models.Model):
    """That information given to an applicant was evaluated for publication (条例第四十四条).

    `document` is the draft in the flow of publishing, None where it was decided not to publish.
    """

    class Basis(models.TextChoices):
        SEVERAL = "several", _("多个申请人就相同政府信息提出申请")
        SUGGESTED = "suggested", _("申请人建议")
        OWN = "own", _("本机关认为应当主动公开")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    provided = models.ForeignKey(Provided, on_delete=models.PROTECT, related_name="proposals")
    basis = models.CharField(_("评估的依据"), max_length=10, choices=Basis)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("评估意见"), max_length=500, blank=True)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("转主动公开评估")
        verbose_name_plural = _("转主动公开评估")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provided"], name="proposal_once"),
            models.CheckConstraint(
                condition=Q(basis__in=["several", "suggested", "own"]), name="proposal_basis"
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(reason=""),
                name="proposal_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.provided_id}"
