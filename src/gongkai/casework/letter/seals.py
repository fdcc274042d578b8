"""The seals of agencies and the signature stamps of those who sign, as pictures."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.casework.application.sealing import opened
from gongkai.casework.letter.paper.measures import SEAL_MM
from gongkai.casework.letter.paper.sheet import Picture
from gongkai.org.models import Agency

LARGEST = 1_000_000
"""Bytes of a picture."""


class Seal(models.Model):
    """A picture that is put on letters of an agency from a day on; the bytes are sealed.

    One that is replaced ends the day before, and stays: letters of its time are printed with it.
    """

    class Kind(models.TextChoices):
        SEAL = "seal", _("印章")
        SIGNATURE = "signature", _("签名章")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seals")
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    sealed = models.BinaryField(editable=False)
    width = models.DecimalField(_("宽度（毫米）"), max_digits=4, decimal_places=1, default=SEAL_MM)
    post = models.CharField(_("签名人职务"), max_length=60, blank=True)
    valid_from = models.DateField(_("启用日期"))
    valid_until = models.DateField(_("停用日期"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("印章")
        verbose_name_plural = _("印章")
        ordering: ClassVar = ["agency", "kind", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(valid_until__isnull=True),
                name="one_seal_in_use",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["seal", "signature"]), name="seal_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="seal_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.get_kind_display()}"


def seal_of(agency: Agency, kind: str, on: date) -> Seal | None:
    """The picture in use at the agency on the day."""
    rows = Seal.objects.filter(agency=agency, kind=kind, valid_from__lte=on)
    return rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).first()


def picture(seal: Seal | None) -> Picture | None:
    """The picture as it is printed. Raises SealBrokenError."""
    return Picture(opened(seal.sealed), float(seal.width)) if seal else None
