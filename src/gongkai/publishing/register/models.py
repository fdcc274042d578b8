"""The register of regulations and normative documents, clean-up campaigns, and monthly tallies."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.org.models import Agency, Unit
from gongkai.publishing.document.models import Document


class EventKind(models.TextChoices):
    MADE = "made", _("制发")
    AMENDED = "amended", _("修改")
    REPEALED = "repealed", _("废止")
    INVALIDATED = "invalidated", _("宣布失效")
    EXTENDED = "extended", _("延长有效期")


class RegisterEvent(models.Model):
    """Something that happened to a regulation or normative document on a day.

    What is in force on any day follows from the events alone (`register.rules`); lapsing needs no
    event, it follows from `expires_on`. A mistaken event is revoked, never deleted.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("事项"), max_length=12, choices=EventKind)
    on = models.DateField(_("日期"), db_index=True)
    effective_on = models.DateField(_("施行日期"), null=True)
    expires_on = models.DateField(_("有效期至"), null=True)
    by_document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="caused_events"
    )
    campaign = models.ForeignKey(
        "publishing.Campaign", on_delete=models.PROTECT, null=True, related_name="events"
    )
    note = models.TextField(_("说明"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("登记事项")
        verbose_name_plural = _("登记事项")
        ordering: ClassVar = ["document", "on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="register_event_is_known"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(kind="made", revoked_at__isnull=True),
                name="made_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.kind} {self.on}"


class UsualValidity(models.Model):
    """How many years documents of a kind are usually valid at an agency and all below it.

    Only a suggestion while writing, and a reason to look again; nothing is set by it. Without rows
    the usual figures of `gongkai.law.register` are suggested. `trial` is for documents that are
    called 暂行 or 试行. `years` None: no limit is usual.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="usual_validity")
    kind = models.CharField(_("体裁"), max_length=30)
    trial = models.BooleanField(_("暂行或试行"), default=False)
    years = models.PositiveSmallIntegerField(_("年数"), null=True)

    class Meta:
        verbose_name = _("通常有效期")
        verbose_name_plural = _("通常有效期")
        ordering: ClassVar = ["agency", "kind", "trial"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "kind", "trial"], name="usual_validity_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.kind}: {self.years}"


class Campaign(models.Model):
    """A clean-up (清理): every document in force is decided about, and the result is published.

    `subtree` says whether the documents of the agencies below are part of it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(_("名称"), max_length=200)
    as_of = models.DateField(_("清理基准日"))
    subtree = models.BooleanField(_("含下级机关"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    result = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("结果文件")
    )

    class Meta:
        verbose_name = _("清理")
        verbose_name_plural = _("清理")
        ordering: ClassVar = ["-as_of", "-id"]

    def __str__(self) -> str:
        return self.title


class CleanUp(models.TextChoices):
    KEEP = "keep", _("继续有效")
    AMEND = "amend", _("修改")
    REPEAL = "repeal", _("废止")
    INVALIDATE = "invalidate", _("宣布失效")


class CampaignDecision(models.Model):
    """What a campaign decided about one document; blank until decided."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="decisions")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="clean_ups")
    decision = models.CharField(_("清理意见"), max_length=10, choices=CleanUp, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("清理意见")
        verbose_name_plural = _("清理意见")
        ordering: ClassVar = ["campaign", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "document"], name="one_clean_up_each"),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decision__in=CleanUp.values),
                name="clean_up_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.document} {self.decision}"


class Matter(models.TextChoices):
    """What is tallied for the yearly form (国办公开办函〔2021〕30号)."""

    LICENCE = "licence", _("行政许可")
    PENALTY = "penalty", _("行政处罚")
    COERCION = "coercion", _("行政强制")
    FEE = "fee", _("行政事业性收费")


class Tally(models.Model):
    """How many decisions (件), or how much in fees (元), a unit reports for a month.

    Decisions lawfully not published count too (30号). A corrected tally replaces the one before,
    which stays with `replaced_at`. Fees are kept in 元 to the cent; the form takes 万元.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="tallies")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="tallies")
    matter = models.CharField(_("事项"), max_length=10, choices=Matter)
    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    amount = models.DecimalField(_("数量"), max_digits=16, decimal_places=2)
    reason = models.TextField(_("更正理由"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("月度统计")
        verbose_name_plural = _("月度统计")
        ordering: ClassVar = ["agency", "year", "month", "matter"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "unit", "matter", "year", "month"],
                condition=Q(replaced_at__isnull=True, unit__isnull=False),
                name="one_tally_a_month",
            ),
            models.UniqueConstraint(
                fields=["agency", "matter", "year", "month"],
                condition=Q(replaced_at__isnull=True, unit__isnull=True),
                name="one_tally_a_month_without_unit",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="tally_month_is_one"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="tally_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}-{self.month:02} {self.matter}: {self.amount}"
