"""Notices to applicants and mails to officers that wait to be sent, or what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.casework.application.models import Case


class NoticeState(models.TextChoices):
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    OFF = "off", _("未设置发送方式")
    NO_ADDRESS = "no_address", _("没有联系方式")
    FAILED = "failed", _("发送失败")


class Notice(models.Model):
    """That something is to be told to the applicant by e-mail or by SMS.

    It holds neither words nor address: the words follow from its kind and the case's number, the
    address is opened at the moment of sending. Who is to be told where they were reached before
    has that in `sealed_to` until the notice is settled.
    """

    class Way(models.TextChoices):
        NONE = "", _("无")
        EMAIL = "email", _("电子邮件")
        SMS = "sms", _("短信")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("通知事项"), max_length=24)
    way = models.CharField(_("发送方式"), max_length=5, choices=Way, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=NoticeState)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    sealed_to = models.BinaryField(null=True, editable=False)

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="notice_to_be_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"


class MailState(models.TextChoices):
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    NO_ADDRESS = "no_address", _("没有邮箱地址")
    OUTDATED = "outdated", _("不再需要")
    FAILED = "failed", _("发送失败")


class StaffMail(models.Model):
    """That somebody of an office is to be told of a case by mail.

    It holds neither words nor address: both are found at the moment of sending. `day` is the one
    by which something has to be done.
    """

    class Kind(models.TextChoices):
        DUE = "due", _("答复期限")
        ASSIGNMENT = "assignment", _("交办期限")
        HANDED_OVER = "handed_over", _("移交经办人")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="staff_mails")
    kind = models.CharField(_("通知事项"), max_length=12, choices=Kind)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("期限"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=MailState)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("工作邮件")
        verbose_name_plural = _("工作邮件")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=MailState.values), name="staff_mail_state"
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "to", "day"],
                condition=Q(state="waiting"),
                name="staff_mail_waits_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="staff_mail_to_be_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} → {self.to_id}"
