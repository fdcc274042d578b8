"""Appeals: what is contested, before whom, by when to answer, how it ended."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Decision
from gongkai.org.models import Agency

_USER = settings.AUTH_USER_MODEL


class AppealKind(models.TextChoices):
    """The three groups of the yearly form."""

    RECONSIDERATION = "reconsideration", _("行政复议")
    DIRECT = "litigation_direct", _("未经复议直接起诉")
    AFTER = "litigation_after", _("复议后起诉")


class AppealOutcome(models.TextChoices):
    PENDING = "pending", _("尚未审结")
    UPHELD = "upheld", _("结果维持")
    CORRECTED = "corrected", _("结果纠正")
    OTHER = "other", _("其他结果")


class _Standing(models.Manager["Appeal"]):
    """The appeals that stand: those struck out were entered by mistake and count nowhere."""

    def get_queryset(self) -> models.QuerySet[Appeal]:
        return super().get_queryset().filter(struck_at=None)


class Appeal(models.Model):
    """A reconsideration or a law suit about a case, or about an agency's silence.

    A suit in which the organ of reconsideration is a co-defendant is counted with the agency that
    acted first (国办公开办函〔2021〕30号): `counted` is False in the other agency's books, and
    `joint_key` ties the two together so that a roll-up counts it once.

    What is contested is the `decision` of the `case`. Where neither is in this system, as with an
    older answer on paper or a published document, `contested_number`, `contested_on` and
    `contested_ground` say what it is, and `redone_on` when an order about it was carried out.

    One instance `follows` another. A second instance takes the place of the first; a `retrial`
    leaves the judgment in force and takes its place only with another one (行政诉讼法第九十条).
    What was entered by mistake is struck out, for a reason; `objects` and the rows of a case leave
    it out, `everything` has it. `anonymised_at` is when the words of one about no case went.
    """

    class Procedure(models.TextChoices):
        ORDINARY = "ordinary", _("普通程序")
        SUMMARY = "summary", _("简易程序")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="appeals")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    kind = models.CharField(max_length=20, choices=AppealKind)
    procedure = models.CharField(max_length=10, choices=Procedure, default=Procedure.ORDINARY)
    before = models.CharField(_("审理机关"), max_length=120)
    number = models.CharField(_("案号"), max_length=80, blank=True)
    about = models.CharField(_("争议事项"), max_length=300)
    contested_number = models.CharField(_("被诉行为的文号"), max_length=120, blank=True)
    contested_on = models.DateField(_("被诉行为的日期"), null=True, blank=True)
    contested_ground = models.CharField(_("被诉行为的依据"), max_length=200, blank=True)
    opened_on = models.DateField(_("受理（立案）日期"))
    copy_received_on = models.DateField(_("收到副本日期"), null=True, blank=True)
    answer_by = models.DateField(_("答复（答辩）期限"), null=True, blank=True)
    answered_on = models.DateField(_("提交答复日期"), null=True, blank=True)
    instance = models.PositiveSmallIntegerField(_("审级"), default=1)
    outcome = models.CharField(max_length=10, choices=AppealOutcome, default=AppealOutcome.PENDING)
    result = models.CharField(_("裁判结果"), max_length=30, blank=True)
    concluded_on = models.DateField(_("审结日期"), null=True, blank=True)
    ordered = models.TextField(_("责令履行的内容"), blank=True)
    redo_by = models.DateField(_("重新作出的期限"), null=True, blank=True)
    redone_by = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    redone_on = models.DateField(_("重新作出的日期"), null=True, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    retrial = models.BooleanField(_("再审"), default=False)
    counted = models.BooleanField(_("计入本机关年报"), default=True)
    joint_key = models.CharField(_("共同被告案件"), max_length=80, blank=True)
    created_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        _USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    struck_because = models.CharField(_("作废原因"), max_length=500, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    objects = _Standing()
    everything: ClassVar[models.Manager[Appeal]] = models.Manager()

    class Meta:
        verbose_name = _("复议诉讼")
        verbose_name_plural = _("复议诉讼")
        ordering: ClassVar = ["-opened_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=AppealKind.values), name="appeal_kind"),
            models.CheckConstraint(
                condition=Q(outcome="pending", concluded_on__isnull=True)
                | (Q(outcome__in=["upheld", "corrected", "other"], concluded_on__isnull=False)),
                name="concluded_appeal_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("opened_on")),
                name="appeal_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_because="")
                | (Q(struck_at__isnull=False) & ~Q(struck_because="")),
                name="struck_appeal_has_its_reason",
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=Q(follows__isnull=False, struck_at__isnull=True),
                name="one_next_instance_a_suit",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "kind", "opened_on"], name="appeal_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.get_kind_display()} {self.number}"


class AppealAmendment(models.Model):
    """What of an appeal was put right, by whom and why. `before` has by the name of the column what
    stood there; days are in ISO form."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="amendments")
    before = models.JSONField(default=dict)
    reason = models.CharField(_("更正理由"), max_length=500)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("复议诉讼登记的更正")
        verbose_name_plural = _("复议诉讼登记的更正")
        ordering: ClassVar = ["appeal", "id"]

    def __str__(self) -> str:
        return f"{self.appeal} {self.at:%Y-%m-%d}"
