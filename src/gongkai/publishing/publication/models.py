"""Publications: immutable snapshots, their numbers, withdrawals and relations."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.org.models import Agency
from gongkai.publishing.document.models import Document, Version
from gongkai.publishing.review.models import Round


class PublicState(models.TextChoices):
    PUBLIC = "public", _("已公布")
    SUPERSEDED = "superseded", _("已被新版取代")
    WITHDRAWN = "withdrawn", _("已撤回")


class Publication(models.Model):
    """What was published, exactly as it was. Only its state ever changes; the database sees to it.

    The database admits a row only with an approved round whose every step was approved for the
    same content hash, or as `migrated`: published elsewhere before, with its old date and mark.
    `number` counts the public revisions of a document from 1. What lists and filters need is
    copied from the version, so that pages of many documents read one table.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField(_("版次"))
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="publications")
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, related_name="publications"
    )
    content_hash = models.CharField(max_length=64)
    migrated = models.BooleanField(_("历史迁移"), default=False)
    migration_mark = models.CharField(_("迁移批次"), max_length=100, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=PublicState)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="publications")
    index_number = models.CharField(_("索引号"), max_length=80)
    title = models.CharField(_("名称"), max_length=300)
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    kind = models.CharField(_("体裁"), max_length=30)
    item = models.CharField(_("法定公开事项"), max_length=10)
    topic = models.CharField(_("主题分类"), max_length=100, blank=True)
    catalogue_item = models.ForeignKey(
        "publishing.CatalogueItem", on_delete=models.PROTECT, null=True, related_name="publications"
    )
    period = models.CharField(_("所属期"), max_length=10, blank=True)
    formed_on = models.DateField(_("成文日期"))
    published_on = models.DateField(_("发布日期"))
    year = models.PositiveSmallIntegerField(_("发布年份"))
    published_at = models.DateTimeField(_("公布时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("公布人"),
    )
    public_note = models.TextField(_("更新说明"), blank=True)

    class Meta:
        verbose_name = _("公布")
        verbose_name_plural = _("公布")
        ordering: ClassVar = ["-published_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="publication_number_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state="public"), name="one_public_revision"
            ),
            models.UniqueConstraint(
                fields=["index_number"], condition=Q(number=1), name="index_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=PublicState.values), name="publication_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(migrated=False, round__isnull=False, migration_mark="")
                | (Q(migrated=True, round__isnull=True) & ~Q(migration_mark="")),
                name="reviewed_or_migrated",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(public_note=""), name="amendment_has_public_note"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["published_on", "id"], condition=Q(state="public"), name="public_by_day"
            ),
            models.Index(
                fields=["agency", "published_on", "id"],
                condition=Q(state="public"),
                name="public_by_agency",
            ),
            models.Index(
                fields=["agency", "item", "published_on", "id"],
                condition=Q(state="public"),
                name="public_by_agency_item",
            ),
            models.Index(
                fields=["item", "published_on", "id"],
                condition=Q(state="public"),
                name="public_by_item",
            ),
            models.Index(
                fields=["year", "published_on", "id"],
                condition=Q(state="public"),
                name="public_by_year",
            ),
            models.Index(
                fields=["kind", "agency"], condition=Q(state="public"), name="public_by_kind"
            ),
            models.Index(
                fields=["document_number"], condition=Q(state="public"), name="public_by_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index_number} {self.title}"


class Withdrawal(models.Model):
    """The public trace of a document that was taken down: what, when, why."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="withdrawals")
    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.TextField(_("内部理由"))
    public_note = models.TextField(_("撤回说明"))
    names_title = models.BooleanField(_("公开名称"), default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("撤回人"),
    )
    at = models.DateTimeField(_("撤回时间"), db_index=True)

    class Meta:
        verbose_name = _("撤回")
        verbose_name_plural = _("撤回")
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(public_note=""), name="withdrawn_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.at:%Y-%m-%d}"


class Numbering(models.Model):
    """The last index number given in a year; `pattern` is the agency's own, "" the usual one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("索引号流水")
        verbose_name_plural = _("索引号流水")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_numbering_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}: {self.last}"


class NumberPattern(models.Model):
    """How an agency writes its index numbers, e.g. `{code}/{year}-{number:05}`."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="number_pattern")
    pattern = models.CharField(_("索引号规则"), max_length=100)

    class Meta:
        verbose_name = _("索引号规则")
        verbose_name_plural = _("索引号规则")

    def __str__(self) -> str:
        return self.pattern


class Schedule(models.Model):
    """An approved document that is to be published at a moment to come."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="schedule")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("定时发布"), db_index=True)
    public_note = models.TextField(_("更新说明"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("安排人"),
    )
    failure = models.TextField(_("未能发布的原因"), blank=True)

    class Meta:
        verbose_name = _("定时发布")
        verbose_name_plural = _("定时发布")
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.document} {self.at:%Y-%m-%d %H:%M}"


class RelationKind(models.TextChoices):
    INTERPRETS = "interprets", _("解读")
    AMENDS = "amends", _("修改")
    REPEALS = "repeals", _("废止")
    IMPLEMENTS = "implements", _("贯彻落实")


class Form(models.TextChoices):
    """In what form an interpretation comes."""

    TEXT = "text", _("文字解读")
    PICTURE = "picture", _("图解")
    VIDEO = "video", _("视频解读")
    QUESTIONS = "questions", _("问答")
    PRESS = "press", _("新闻发布会")


class Relation(models.Model):
    """That one document interprets, amends, repeals or implements another. It runs one way.

    `since` is the day from which an amendment or repeal takes effect.
    """

    kind = models.CharField(_("关系"), max_length=10, choices=RelationKind)
    source = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="relations_out")
    target = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="relations_in")
    form = models.CharField(_("解读形式"), max_length=10, choices=Form, blank=True)
    since = models.DateField(_("自何日起"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("文件关系")
        verbose_name_plural = _("文件关系")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "source", "target"], name="relation_once"),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="relation_is_to_another_document"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RelationKind.values), name="relation_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.target}"


class Exemption(models.Model):
    """That a document which should have an interpretation goes without, and why."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="exemption")
    reason = models.TextField(_("不作解读的理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("免予解读")
        verbose_name_plural = _("免予解读")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="exempt_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.document}"


class MonthOfVisits(models.Model):
    """How often public pages were read in a month, without a trace of by whom."""

    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    number = models.PositiveBigIntegerField(_("访问量"), default=0)

    class Meta:
        verbose_name = _("访问量")
        verbose_name_plural = _("访问量")
        ordering: ClassVar = ["-year", "-month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "month"], name="visits_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}: {self.number}"
