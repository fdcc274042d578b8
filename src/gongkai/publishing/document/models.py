"""Documents, every version of their text, and the files attached to a version."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.org.models import Agency, Unit


class Stage(models.TextChoices):
    """Where the working copy of a document stands. What is public is another matter."""

    DRAFT = "draft", _("草稿")
    IN_REVIEW = "in_review", _("审核中")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("待发布")
    SETTLED = "settled", _("已办结")
    DISCARDED = "discarded", _("已作废")


class Disclosure(models.TextChoices):
    """The attribute fixed when a document is drawn up (国办发〔2016〕80号)."""

    PROACTIVE = "proactive", _("主动公开")
    ON_REQUEST = "on_request", _("依申请公开")
    WITHHELD = "withheld", _("不予公开")


class Ground(models.TextChoices):
    """Why something is withheld (条例第十四至十六条)."""

    SECRET = "N14_SECRET", _("国家秘密")
    LAW = "N14_LAW", _("法律、行政法规禁止公开")
    SAFETY = "N14_SAFETY", _("危及国家安全、公共安全、经济安全、社会稳定")
    THIRD_PARTY = "N15_TP", _("商业秘密、个人隐私等，会损害第三方合法权益")
    INTERNAL = "N16_INTERNAL", _("内部事务信息")
    PROCESS = "N16_PROCESS", _("过程性信息")
    CASE_FILE = "N16_CASEFILE", _("行政执法案卷信息")


class Validity(models.TextChoices):
    """Whether a public document is in force; `gongkai.publishing.register.rules` tells."""

    IN_FORCE = "in_force", _("有效")
    NOT_YET = "not_yet", _("尚未施行")
    AMENDED = "amended", _("已修改")
    LAPSED = "lapsed", _("已失效")
    REPEALED = "repealed", _("已废止")
    INVALID = "invalid", _("已宣布失效")


class Document(models.Model):
    """One document of an agency, from the first draft to the archive.

    `head` is the newest version of its text. `validity` is kept by the register's rule, which is
    the only place that decides it; it holds through `validity_until`, None while no end of it is
    known. `visits` counts readings of its public page and nothing about
    readers.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="documents", verbose_name=_("发布机构")
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("承办机构"),
    )
    stage = models.CharField(_("状态"), max_length=10, choices=Stage, default=Stage.DRAFT)
    head = models.ForeignKey(
        "publishing.Version", on_delete=models.PROTECT, null=True, related_name="+"
    )
    validity = models.CharField(
        _("有效性"), max_length=10, choices=Validity, default=Validity.IN_FORCE
    )
    validity_until = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("拟稿人"),
    )
    created_at = models.DateTimeField(_("拟稿时间"))
    changed_at = models.DateTimeField(_("最近变动"), db_index=True)
    publish_by = models.DateField(_("公开期限"), null=True, blank=True)
    publish_by_provisional = models.BooleanField(_("期限待定"), default=False)
    visits = models.PositiveBigIntegerField(_("访问量"), default=0)

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        ordering: ClassVar = ["-changed_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="document_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(validity__in=Validity.values), name="document_validity_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "stage", "changed_at"], name="document_by_stage"),
            models.Index(
                fields=["validity_until"],
                condition=Q(validity_until__isnull=False),
                name="document_by_validity",
            ),
            models.Index(
                fields=["publish_by"],
                condition=Q(stage__in=["draft", "in_review", "returned", "approved"]),
                name="document_by_deadline",
            ),
        ]

    def __str__(self) -> str:
        if self.head is None:
            return f"#{self.pk}"
        return self.head.title or gettext("（未命名）")


class Version(models.Model):
    """The whole text and metadata of a document at one moment. Versions are never changed.

    `base` is the version the writer had in front of them. A `parallel` version was typed while
    somebody else saved another; it is kept beside the line and never becomes the head by itself.
    `content_hash` seals text, metadata and attachments (`document.content`).
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("序号"))
    base = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    parallel = models.BooleanField(default=False)
    autosaved = models.BooleanField(default=False)
    title = models.CharField(_("名称"), max_length=300, blank=True)
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    formed_on = models.DateField(_("成文日期"), null=True, blank=True)
    kind = models.CharField(_("体裁"), max_length=30)
    topic = models.CharField(_("主题分类"), max_length=100, blank=True)
    keywords = models.CharField(_("主题词"), max_length=300, blank=True)
    summary = models.TextField(_("内容概述"), blank=True)
    disclosure = models.CharField(
        _("公开属性"), max_length=10, choices=Disclosure, default=Disclosure.PROACTIVE
    )
    ground = models.CharField(_("不予公开的依据"), max_length=15, choices=Ground, blank=True)
    reason = models.TextField(_("不予公开的理由"), blank=True)
    evaluate_on = models.DateField(_("下次评估日期"), null=True, blank=True)
    item = models.CharField(_("法定公开事项"), max_length=10, blank=True)
    catalogue_item = models.ForeignKey(
        "publishing.CatalogueItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("目录事项"),
    )
    period = models.CharField(_("所属期"), max_length=10, blank=True)
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    source = models.CharField(_("信息来源"), max_length=200, blank=True)
    body = models.TextField(_("正文"), blank=True)
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("保存人"),
    )
    at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("修改记录")
        verbose_name_plural = _("修改记录")
        ordering: ClassVar = ["document", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(disclosure__in=Disclosure.values), name="version_disclosure_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ground="") | Q(ground__in=Ground.values), name="version_ground_is_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(expires_on__gte=F("effective_on")),
                name="version_expires_after_it_is_effective",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Attachment(models.Model):
    """A file that belongs to a version. Its bytes lie in `gongkai.files` by their hash."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("字节数"))
    kind = models.CharField(_("格式"), max_length=10)

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "position"], name="attachment_position_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
