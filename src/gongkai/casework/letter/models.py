"""Letters as they went out, their numbers and the proof that they arrived."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.casework.application.models import Case, Enclosure
from gongkai.casework.decision.models import Consultation, Decision
from gongkai.org.models import Agency

_USER = settings.AUTH_USER_MODEL


class LetterNumbering(models.Model):
    """The last number of an agency's letters by kind and year; locked while the next is taken."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("文书编号")
        verbose_name_plural = _("文书编号")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "kind", "year"], name="letter_numbering_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.kind} {self.year}: {self.last}"


class LetterState(models.TextChoices):
    ISSUED = "issued", _("已签发")
    DISPATCHED = "dispatched", _("已送出")
    SERVED = "served", _("已送达")
    VOID = "void", _("作废")


class Letter(models.Model):
    """A letter that was issued. Wording, number and bytes never change; a void number is not
    given again.

    `sealed` holds the words (JSON of its elements), `pdf` and `word` name sealed bytes; the names
    of people stand in them. `content_hash` is that of the words, which the verification page
    compares without showing them; `paper_hash` is that of the printed PDF, whoever holds it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    kind = models.CharField(_("文书种类"), max_length=30)
    template = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="letters")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("文号"), max_length=80)
    dated = models.DateField(_("成文日期"))
    state = models.CharField(max_length=12, choices=LetterState)
    sealed = models.BinaryField(editable=False)
    content_hash = models.CharField(max_length=64)
    pdf = models.CharField(max_length=64, blank=True)
    word = models.CharField(max_length=64, blank=True)
    paper_hash = models.CharField(max_length=64, null=True, editable=False)
    verification = models.CharField(max_length=40, unique=True)
    issued_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("文书")
        verbose_name_plural = _("文书")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "kind", "year", "sequence"], name="letter_number_once"
            ),
            models.UniqueConstraint(
                fields=["decision", "kind"],
                condition=~Q(state="void") & Q(consultation__isnull=True),
                name="one_letter_a_decision",
            ),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state"),
        ]

    def __str__(self) -> str:
        return self.number


class Service(models.Model):
    """How a letter was brought to whom it is for (国办公开办函〔2016〕235号).

    The day that counts for the deadline is the day of posting, of signing for, or of sending.
    """

    class Manner(models.TextChoices):
        POST = "post", _("邮寄")
        HANDED = "handed", _("直接送达")
        ENTRUSTED = "entrusted", _("委托送达")
        ELECTRONIC = "electronic", _("电子送达")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="services")
    manner = models.CharField(_("送达方式"), max_length=12, choices=Manner)
    posted_on = models.DateField(_("交邮日期"), null=True, blank=True)
    tracking = models.CharField(_("邮件号"), max_length=60, blank=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    opened_at = models.DateTimeField(_("查看时间"), null=True, blank=True)
    signed_for_on = models.DateField(_("签收日期"), null=True, blank=True)
    returned_on = models.DateField(_("退回日期"), null=True, blank=True)
    proof = models.ForeignKey(
        Enclosure, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("送达")
        verbose_name_plural = _("送达")
        ordering: ClassVar = ["letter", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(manner="post", posted_on__isnull=False)
                | Q(manner="electronic", sent_at__isnull=False)
                | Q(manner__in=["handed", "entrusted"]),
                name="service_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.manner}"
