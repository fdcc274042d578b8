"""Rounds of review, the decisions taken in them, and what was decided about findings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.law.review import STEPS
from gongkai.org.models import Agency, Role
from gongkai.publishing.document.models import Document, Version


class ReviewStep(models.Model):
    """A step an agency has set for a kind of document; without rows the usual steps hold.

    `kind` "" is every kind. Steps that are mandatory (`gongkai.law.review`) are added where an
    agency's own list lacks them.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="review_steps")
    kind = models.CharField(_("体裁"), max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(_("次序"))
    step = models.CharField(_("环节"), max_length=15)
    role = models.CharField(_("角色"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("审核环节")
        verbose_name_plural = _("审核环节")
        ordering: ClassVar = ["agency", "kind", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "kind", "step"], name="review_step_once"),
            models.CheckConstraint(condition=Q(step__in=STEPS), name="review_step_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.kind} {self.position} {self.step}"


class RoundState(models.TextChoices):
    OPEN = "open", _("审核中")
    APPROVED = "approved", _("已通过")
    RETURNED = "returned", _("已退回")
    RECALLED = "recalled", _("已撤回")
    VOID = "void", _("已失效")


class Round(models.Model):
    """One passage of a document through review. It holds for one content and no other.

    `steps` lists what has to be decided, in order, as [[step, role], …]; `reached` counts the
    steps decided. Any other content needs another round.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="rounds")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="rounds")
    content_hash = models.CharField(max_length=64)
    steps = models.JSONField(_("环节"))
    reached = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("状态"), max_length=10, choices=RoundState, default=RoundState.OPEN)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("送审时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True)
    step_since = models.DateTimeField(_("本环节开始"))
    step_due = models.DateField(_("本环节期限"), null=True)

    class Meta:
        verbose_name = _("审核")
        verbose_name_plural = _("审核")
        ordering: ClassVar = ["document", "opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(state="open"), name="one_open_round"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="round_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.opened_at:%Y-%m-%d}"

    @property
    def current(self) -> tuple[str, str] | None:
        """The step that waits for a decision and the role that takes it."""
        if self.state != RoundState.OPEN or self.reached >= len(self.steps):
            return None
        code, role = self.steps[self.reached]
        return code, role


class Outcome(models.TextChoices):
    APPROVED = "approved", _("通过")
    RETURNED = "returned", _("退回")


class Decision(models.Model):
    """What one person decided at one step, about exactly this content. Never changed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decisions")
    step = models.CharField(_("环节"), max_length=15)
    outcome = models.CharField(_("意见"), max_length=10, choices=Outcome)
    content_hash = models.CharField(max_length=64)
    comment = models.TextField(_("说明"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("审核人"),
    )
    at = models.DateTimeField(_("审核时间"))

    class Meta:
        verbose_name = _("审核意见")
        verbose_name_plural = _("审核意见")
        ordering: ClassVar = ["round", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "step"], name="one_decision_a_step"),
            models.CheckConstraint(condition=Q(step__in=STEPS), name="decision_step_is_known"),
            models.CheckConstraint(
                condition=Q(outcome="approved") | (Q(outcome="returned") & ~Q(comment="")),
                name="returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.step} {self.outcome}"


class Remark(models.Model):
    """A reviewer's comment on a passage. `quote` is the passage as it stood in the plain text."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="remarks")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    quote = models.TextField(_("原文"), blank=True)
    text = models.TextField(_("意见"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("提出人"),
    )
    at = models.DateTimeField(_("提出时间"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("答复"), blank=True)

    class Meta:
        verbose_name = _("修改意见")
        verbose_name_plural = _("修改意见")
        ordering: ClassVar = ["document", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.text[:40]}"


class Ruling(models.TextChoices):
    HARMLESS = "harmless", _("可以公开")
    MISTAKEN = "mistaken", _("误报")


class Verdict(models.Model):
    """What a person decided about a finding, for as long as the finding is the same."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="verdicts")
    fingerprint = models.CharField(max_length=32)
    code = models.CharField(max_length=60)
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
            models.UniqueConstraint(fields=["document", "fingerprint"], name="one_verdict_a_trace"),
            models.CheckConstraint(
                condition=Q(ruling__in=Ruling.values), name="document_ruling_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="document_verdict_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.code} {self.ruling}"


class FileScreening(models.Model):
    """What was found hidden in the bytes with that hash, so that no page inspects them again.

    `traces` holds plain values with masked quotes; another `edition` of the inspection replaces
    them.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    edition = models.CharField(max_length=20)
    traces = models.JSONField(default=list)

    class Meta:
        verbose_name = _("附件检查")
        verbose_name_plural = _("附件检查")

    def __str__(self) -> str:
        return self.sha256


class LinkCheck(models.Model):
    """Whether an address that documents link to answered, when it was last asked."""

    address = models.CharField(max_length=2000, unique=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("链接检查")
        verbose_name_plural = _("链接检查")

    def __str__(self) -> str:
        return f"{self.address} {self.status or self.error}"
