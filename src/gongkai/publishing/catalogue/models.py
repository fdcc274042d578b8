"""The basic catalogue of what an agency must publish, and the duties that follow from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.org.models import Agency
from gongkai.publishing.publication.models import Publication


class Period(models.TextChoices):
    """How often an item brings something new by itself."""

    NONE = "", _("不定期")
    YEAR = "year", _("每年")
    QUARTER = "quarter", _("每季度")
    MONTH = "month", _("每月")


class Anchor(models.TextChoices):
    """Which day of a period the time limit is counted from."""

    END = "end", _("期末")
    START = "start", _("期初")


class CatalogueItem(models.Model):
    """One item of an agency's 主动公开基本目录, with the columns of the standard catalogue.

    Something is due within `days` of the end of each period, or of its beginning (`anchor`): a
    budget is published in its own year. `field` is one of the fields of grass-roots disclosure,
    `channels` the codes of the channels marked ■. `duties_until` is the day up to which duties
    have been made.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="catalogue", verbose_name=_("机关")
    )
    code = models.SlugField(_("编号"), max_length=40)
    field = models.CharField(_("领域"), max_length=40, blank=True)
    matter = models.CharField(_("一级事项"), max_length=200)
    matter_2 = models.CharField(_("二级事项"), max_length=200, blank=True)
    content = models.TextField(_("公开内容"), blank=True)
    basis = models.TextField(_("公开依据"), blank=True)
    time_limit = models.CharField(_("公开时限"), max_length=200, blank=True)
    subject = models.CharField(_("公开主体"), max_length=200, blank=True)
    channels = models.JSONField(_("公开渠道和载体"), default=list)
    audience = models.CharField(_("公开对象"), max_length=200, blank=True)
    manner = models.CharField(_("公开方式"), max_length=40, blank=True)
    level = models.CharField(_("公开层级"), max_length=40, blank=True)
    item = models.CharField(_("法定公开事项"), max_length=10, blank=True)
    period = models.CharField(_("更新周期"), max_length=10, choices=Period, blank=True)
    anchor = models.CharField(_("起算"), max_length=5, choices=Anchor, default=Anchor.END)
    days = models.PositiveSmallIntegerField(_("几日内公开"), default=20)
    working_days = models.BooleanField(_("按工作日"), default=True)
    since = models.DateField(_("自何日起列入"))
    until = models.DateField(_("至何日止"), null=True, blank=True)
    position = models.PositiveIntegerField(_("次序"), default=0)
    duties_until = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("目录事项")
        verbose_name_plural = _("目录事项")
        ordering: ClassVar = ["agency", "position", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "code"], name="catalogue_code_once"),
            models.CheckConstraint(
                condition=Q(period__in=Period.values), name="catalogue_period_is_known"
            ),
            models.CheckConstraint(
                condition=Q(anchor__in=Anchor.values), name="catalogue_anchor_is_known"
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.matter, self.matter_2)))


class Duty(models.Model):
    """That something of an item is due for a period. `period` is "2025", "2025Q1" or "2025-03"."""

    item = models.ForeignKey(CatalogueItem, on_delete=models.CASCADE, related_name="duties")
    period = models.CharField(_("所属期"), max_length=10)
    due_on = models.DateField(_("期限"), db_index=True)
    provisional = models.BooleanField(_("期限待定"), default=False)
    fulfilled_by = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="fulfils"
    )
    fulfilled_on = models.DateField(_("公布日期"), null=True)
    excused = models.TextField(_("免予公开的说明"), blank=True)

    class Meta:
        verbose_name = _("公开任务")
        verbose_name_plural = _("公开任务")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "period"], name="one_duty_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.period}"
