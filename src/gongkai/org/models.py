"""Agencies, users and the roles users hold at agencies."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who may log in. One field for the name: Chinese names are not split."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("姓名"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class Level(models.TextChoices):
    """Where in the administration an agency stands (条例第四条、第十条)."""

    PROVINCE = "province", _("省级政府")
    CITY = "city", _("市级政府")
    COUNTY = "county", _("县级政府")
    DEPARTMENT = "department", _("政府部门")
    TOWNSHIP = "township", _("乡镇政府")
    STREET = "street", _("街道办事处")


class Agency(models.Model):
    """An agency that has to disclose information.

    `path` holds the codes from the root down ("000/000-01/"), so that a subtree is one prefix.
    `position` is the official order among siblings; where it is equal, `sort_key` (pinyin)
    decides. The contact fields are what the disclosure guide must name (条例第十二条). `vertical`
    agencies report within their own system and stay out of the roll-up of the local government
    (国办公开办函〔2021〕30号). Rows are placed by `gongkai.org.actions`.
    """

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120, unique=True)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    region = models.CharField(_("行政区划代码"), max_length=12, blank=True)
    superior = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name=_("上级机关"),
    )
    vertical = models.BooleanField(_("垂直领导"), default=False)
    active = models.BooleanField(_("存续"), default=True)
    position = models.PositiveIntegerField(_("次序"), default=0)
    credit_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-HJ-NPQRTUWXY]{18}$")],
    )
    reconsideration_organ = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("行政复议机关"),
    )
    court = models.CharField(_("管辖法院"), max_length=120, blank=True)
    address = models.CharField(_("办公地址"), max_length=200, blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=200, blank=True)
    telephone = models.CharField(_("联系电话"), max_length=60, blank=True)
    fax = models.CharField(_("传真号码"), max_length=60, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    path = models.CharField(max_length=400, unique=True, editable=False)
    sort_key = models.CharField(max_length=200, editable=False)
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("机关")
        verbose_name_plural = _("机关")
        ordering: ClassVar = ["position", "sort_key", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="agency_level_is_known"
            ),
            models.CheckConstraint(
                condition=Q(superior__isnull=True) | ~Q(superior=F("id")),
                name="agency_is_not_its_own_superior",
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                name="agency_credit_code_once",
            ),
        ]

    def __str__(self) -> str:
        return self.label()

    def label(self, language: str | None = None) -> str:
        """The name in the language asked for, or in that of the page being made."""
        chosen = language or get_language() or "zh"
        return self.name_en if chosen.startswith("en") and self.name_en else self.name

    @property
    def lineage(self) -> tuple[str, ...]:
        """Codes of this agency and of all above it, from the root down."""
        return tuple(self.path.strip("/").split("/"))


class Unit(models.Model):
    """A unit inside an agency (内设机构), to which people belong and documents are ascribed."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="units", verbose_name=_("机关")
    )
    code = models.SlugField(_("代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=120)
    active = models.BooleanField(_("存续"), default=True)
    position = models.PositiveIntegerField(_("次序"), default=0)
    sort_key = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("内设机构")
        verbose_name_plural = _("内设机构")
        ordering: ClassVar = ["agency", "position", "sort_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "code"], name="unit_code_once"),
            models.UniqueConstraint(fields=["agency", "name"], name="unit_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person does at an agency; docs/permissions.md has the whole matrix."""

    DRAFTER = "drafter", _("拟稿人")
    SECRECY_REVIEWER = "secrecy_reviewer", _("保密审查人")
    LEGALITY_REVIEWER = "legality_reviewer", _("合法性审核人")
    SIGNATORY = "signatory", _("签发人")
    HEAD = "head", _("公开办负责人")
    CASE_OFFICER = "case_officer", _("公开办经办人")
    LIAISON_OFFICER = "liaison_officer", _("联络员")
    SUPERVISOR = "supervisor", _("主管部门")
    ADMINISTRATOR = "administrator", _("管理员")


class Membership(models.Model):
    """A role a user holds at an agency; several rows where a person holds several roles."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("用户")
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("机关")
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("内设机构"),
    )

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.agency} · {self.get_role_display()}"
