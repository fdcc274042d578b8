"""The ledger: lines that are only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.casework.application.models import ApplicantKind, Case
from gongkai.org.models import Agency


class LineKind(models.TextChoices):
    RECEIVED = "received", _("收到")
    CLOSED = "closed", _("办结")


class Line(models.Model):
    """That a case was received, or closed with a result, on a day of a year.

    `sign` is 1, or -1 for a line that takes another one back (`reverses`) with a reason; what
    counts is their sum. `on` is the day in law, `recorded_on` the day the line was written, so
    that a report can be reckoned as the ledger stood on any day. The database admits no change,
    no second counting and no result without receipt.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lines")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=LineKind)
    on = models.DateField()
    year = models.PositiveSmallIntegerField()
    applicant_kind = models.CharField(max_length=20, choices=ApplicantKind)
    row = models.CharField(_("年报栏目"), max_length=6, blank=True)
    outcome = models.CharField(max_length=4, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    sign = models.SmallIntegerField(default=1)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    reason = models.CharField(max_length=500, blank=True)
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("台账")
        verbose_name_plural = _("台账")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="received", row="", outcome="") | (Q(kind="closed") & ~Q(row="")),
                name="line_has_its_row",
            ),
            models.CheckConstraint(
                condition=Q(sign=1, reverses__isnull=True)
                | (Q(sign=-1, reverses__isnull=False) & ~Q(reason="")),
                name="reversal_names_its_line",
            ),
            models.CheckConstraint(
                condition=Q(applicant_kind__in=ApplicantKind.values), name="line_applicant_kind"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=[
                    "agency",
                    "year",
                    "kind",
                    "applicant_kind",
                    "row",
                    "sign",
                    "recorded_on",
                ],
                name="line_by_cell",
            ),
            models.Index(
                fields=[
                    "agency",
                    "case",
                    "year",
                    "kind",
                    "applicant_kind",
                    "sign",
                    "recorded_on",
                ],
                name="line_by_case",
            ),
            models.Index(
                fields=["agency", "year", "case"],
                condition=Q(kind="received"),
                name="line_received",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.sign:+d}"
