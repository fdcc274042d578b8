"""Stored yearly reports: one per agency and year, with the revisions it went through."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongkai.annual_report.figures import Report, from_json
from gongkai.org.models import Agency


class StoredReport(models.Model):
    """The yearly report of one agency for one year."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="annual_reports", verbose_name=_("机关")
    )
    year = models.PositiveSmallIntegerField(_("年度"))

    class Meta:
        verbose_name = _("年度报告")
        verbose_name_plural = _("年度报告")
        ordering: ClassVar = ["-year", "agency"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_report_a_year"),
        ]
        indexes: ClassVar = [models.Index(fields=["year", "agency"], name="report_by_year")]

    def __str__(self) -> str:
        return f"{self.agency.name} {self.year}"


class SourceFile(models.Model):
    """A file a report was read from. Its bytes lie under GONGKAI_HOME/files by their hash."""

    name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("字节数"))
    kind = models.CharField(_("格式"), max_length=10)

    class Meta:
        verbose_name = _("来源文件")
        verbose_name_plural = _("来源文件")

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    FROZEN = "frozen", _("已定稿")
    PUBLISHED = "published", _("已公布")
    SUPERSEDED = "superseded", _("已被更正版取代")


OPEN = (State.DRAFT, State.FROZEN)
PUBLIC = (State.PUBLISHED, State.SUPERSEDED)


class Revision(models.Model):
    """One revision of a report. A published one is never changed; a correction is a new one.

    `body` is `figures.to_json(report, provenance=True)`; `content_hash` seals it. Where the text
    has live figures, `narrative` keeps it as it was written, by the number of the section
    (`gongkai.annual_report.narrative`), and `body` as it reads; `as_of` is the day up to which the
    books were read from which the report was compiled. The database refuses any change to a
    revision that has been published, except that it is superseded.
    """

    report = models.ForeignKey(
        StoredReport, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("报告")
    )
    number = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=12, choices=State)
    form = models.CharField(_("格式版本"), max_length=4, blank=True)
    title = models.CharField(_("标题"), max_length=300, blank=True)
    body = models.JSONField(_("内容"))
    content_hash = models.CharField(max_length=64)
    source = models.ForeignKey(
        SourceFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="revisions",
        verbose_name=_("来源文件"),
    )
    narrative = models.JSONField(_("正文原稿"), null=True, blank=True)
    as_of = models.DateField(_("数据截至"), null=True, blank=True)
    public_note = models.TextField(_("更正说明"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("起草人"),
    )
    created_at = models.DateTimeField(_("起草时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("公布人"),
    )
    published_at = models.DateTimeField(_("公布时间"), null=True)

    class Meta:
        verbose_name = _("版本")
        verbose_name_plural = _("版本")
        ordering: ClassVar = ["report", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(state="published"), name="one_published_revision"
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state__in=["draft", "frozen"]),
                name="one_open_revision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="revision_state_is_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["draft", "frozen"], published_at__isnull=True)
                    | Q(
                        state__in=["published", "superseded"],
                        published_at__isnull=False,
                        published_by__isnull=False,
                    )
                ),
                name="published_has_its_date",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["draft", "frozen"]) | Q(number=1) | ~Q(public_note="")),
                name="correction_has_public_note",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "published_at"], name="revision_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.report} r{self.number}"

    def as_report(self) -> Report:
        """The report as plain values, with the provenance of every cell."""
        return from_json(self.body)

    def texts(self) -> dict[int, str]:
        """The text with its live figures, by the number of the section; empty without one."""
        return {int(number): text for number, text in (self.narrative or {}).items()}


class Ruling(models.TextChoices):
    ACCEPTED = "accepted", _("属实，予以说明")
    DISMISSED = "dismissed", _("不成立")


class Verdict(models.Model):
    """What a person decided about a finding. It holds for as long as the finding is the same."""

    report = models.ForeignKey(
        StoredReport, on_delete=models.CASCADE, related_name="verdicts", verbose_name=_("报告")
    )
    fingerprint = models.CharField(max_length=16)
    ruling = models.CharField(_("处理"), max_length=10, choices=Ruling)
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("处理人"),
    )
    at = models.DateTimeField(_("处理时间"))

    class Meta:
        verbose_name = _("疑点处理")
        verbose_name_plural = _("疑点处理")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "fingerprint"], name="one_verdict_a_finding"),
            models.CheckConstraint(
                condition=Q(ruling__in=Ruling.values), name="verdict_ruling_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.fingerprint} {self.ruling}"


class Step(models.TextChoices):
    """Where a report stands with the office it was submitted to."""

    SUBMITTED = "submitted", _("已报送")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", pgettext_lazy("state", "审核通过")
    REPLACED = "replaced", _("已被更正版替代")


class Submission(models.Model):
    """That an agency submitted its report of a year to the office that supervises it.

    `content_hash` is that of the final revision, which stays as it is until it is returned. What
    was returned and submitted again is another row. `known` are the fingerprints of what was found
    and open when it was accepted, `note` why it was accepted all the same.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="submissions")
    year = models.PositiveSmallIntegerField(_("年度"))
    to = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("主管部门")
    )
    step = models.CharField(_("审核状态"), max_length=10, choices=Step)
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, related_name="submissions"
    )
    content_hash = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("报送时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True)
    reason = models.TextField(_("退回理由"), blank=True)
    note = models.TextField(_("通过时的说明"), blank=True, default="")
    known = models.JSONField(_("通过时已知的问题"), null=True, blank=True)

    class Meta:
        verbose_name = _("年报报送")
        verbose_name_plural = _("年报报送")
        ordering: ClassVar = ["-year", "agency", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                condition=Q(step__in=["submitted", "accepted"]),
                name="one_standing_submission",
            ),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="submission_step"),
            models.CheckConstraint(
                condition=~Q(step="returned") | ~Q(reason=""),
                name="submission_returned_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year} → {self.to}"


class Reminder(models.Model):
    """That the supervising office reminded an agency of its report of a year."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    words = models.CharField(_("提醒内容"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("年报催报")
        verbose_name_plural = _("年报催报")
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"


class MailState(models.TextChoices):
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    NO_ADDRESS = "no_address", _("没有邮箱地址")
    FAILED = "failed", _("发送失败")


class ReminderMail(models.Model):
    """That a reminder is to be told to one officer of the agency by mail.

    It holds neither words nor address: both are found at the moment of sending.
    """

    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, related_name="mails")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=MailState)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("催报邮件")
        verbose_name_plural = _("催报邮件")
        ordering: ClassVar = ["reminder", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reminder", "to"], name="reminder_mailed_once"),
            models.CheckConstraint(
                condition=Q(state__in=MailState.values), name="reminder_mail_state"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="reminder_to_be_mailed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reminder} → {self.to_id}"
