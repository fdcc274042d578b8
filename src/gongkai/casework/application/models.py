"""Cases, their applicants and enclosures, and the dated facts from which the clock reckons."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.org.models import Agency, Unit


class Channel(models.TextChoices):
    """How an application came (条例第三十一条)."""

    WEB = "web", _("网上提交")
    COUNTER = "counter", _("当面提交")
    REGISTERED_POST = "registered_post", _("挂号信、特快专递")
    ORDINARY_POST = "ordinary_post", _("平常信函")
    FAX = "fax", _("传真")
    EMAIL = "email", _("电子邮件")
    ORAL = "oral", _("口头申请（代为填写）")


class Stage(models.TextChoices):
    """Where a case stands (条例第四十五条：登记、审核、办理、答复、归档)."""

    SUBMITTED = "submitted", _("待确认收到")
    REGISTERED = "registered", _("已登记")
    EXAMINING = "examining", _("审核办理")
    DRAFTING = "drafting", _("拟稿")
    CHECKING = "checking", _("审核中")
    SIGNING = "signing", _("待签发")
    SIGNED = "signed", _("待送出")
    DISPATCHED = "dispatched", _("已送出")
    SERVED = "served", _("已送达")
    CLOSED = "closed", _("已办结")
    FILED = "filed", _("已归档")


class ClockState(models.TextChoices):
    """What the clock said when it was last asked; `overdue` is never stored."""

    NOT_RECEIVED = "not_received", _("尚未确认收到")
    RUNNING = "running", _("办理中")
    PAUSED = "paused", _("暂停计时")
    ANSWERED = "answered", _("已答复")
    WITHDRAWN = "withdrawn", _("申请人已撤回")


class ApplicantKind(models.TextChoices):
    """The six columns of the yearly form (国办公开办函〔2021〕30号)."""

    NATURAL_PERSON = "natural_person", _("自然人")
    COMMERCIAL = "commercial", _("商业企业")
    RESEARCH = "research", _("科研机构")
    PUBLIC_WELFARE = "public_welfare", _("社会公益组织")
    LEGAL_SERVICE = "legal_service", _("法律服务机构")
    OTHER = "other", _("其他")


class Delivery(models.TextChoices):
    """How the applicant wants to be answered (条例第四十条)."""

    ONLINE = "online", _("网上查看")
    EMAIL = "email", _("电子邮件")
    POST = "post", _("邮寄")
    COUNTER = "counter", _("当面领取")


class Carrier(models.TextChoices):
    """The form in which the information is wanted (条例第四十条)."""

    PAPER = "paper", _("纸质")
    ELECTRONIC = "electronic", _("电子")
    INSPECTION = "inspection", _("查阅、抄录")


class Case(models.Model):
    """One application and all the work on it. It is counted once, whatever it asks for.

    `received_on` is the day of receipt in law; while it is None the application waits for the
    confirmation that the channel needs. `number` is given without gaps by agency and year of
    registration. What the clock said last is kept in `due_on`, `due_latest_on` (the day if those
    who are consulted keep silent), `resumes_on` (the day after which silence ends the pause) and
    `clock_state`; whether a case is overdue is asked with the day (`queries.overdue`), so that no
    outage can lose it. Personal data stand in `Applicant` and nowhere else. `submission_key` tells
    a form that was sent twice (`codes.submission_key`). A case of an older ledger has its number
    there (`old_number`) and what the migration was called (`migrated`).
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="cases", verbose_name=_("受理机关")
    )
    year = models.PositiveSmallIntegerField(_("登记年份"))
    sequence = models.PositiveIntegerField(_("登记序号"))
    number = models.CharField(_("登记号"), max_length=80, unique=True)
    channel = models.CharField(_("申请渠道"), max_length=20, choices=Channel)
    submitted_on = models.DateField(_("提交日期"))
    signed_on = models.DateField(_("签收日期"), null=True, blank=True)
    confirmation_asked_on = models.DateField(_("要求确认日期"), null=True, blank=True)
    confirmed_on = models.DateField(_("双方确认日期"), null=True, blank=True)
    received_on = models.DateField(_("收到之日"), null=True, blank=True)
    receipt_basis = models.CharField(_("收到之日的依据"), max_length=30, blank=True)
    stage = models.CharField(_("状态"), max_length=12, choices=Stage)
    description = models.TextField(_("所需政府信息的名称、文号或特征描述"))
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    carrier = models.CharField(_("载体形式"), max_length=12, choices=Carrier)
    delivery = models.CharField(_("获取方式"), max_length=10, choices=Delivery)
    assistance = models.CharField(_("需要的帮助"), max_length=500, blank=True)
    requests = models.PositiveSmallIntegerField(_("计费件数"), default=1)
    folded = models.TextField(editable=False)
    query_code_hash = models.CharField(max_length=128, blank=True, editable=False)
    submission_key = models.CharField(max_length=64, null=True, editable=False)
    old_number = models.CharField(_("原登记号"), max_length=80, null=True, editable=False)
    migrated = models.CharField(_("迁移批次"), max_length=100, null=True, editable=False)
    repeats = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("承办机构")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("经办人"),
    )
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    due_latest_on = models.DateField(null=True, blank=True)
    due_provisional = models.BooleanField(default=False)
    resumes_on = models.DateField(null=True, blank=True)
    clock_state = models.CharField(max_length=12, choices=ClockState)
    waiting_for = models.CharField(max_length=60, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    outcome = models.CharField(_("处理结果"), max_length=4, blank=True)
    row = models.CharField(_("年报栏目"), max_length=6, blank=True)
    created_at = models.DateTimeField(_("登记时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    filed_at = models.DateTimeField(_("归档时间"), null=True, blank=True)
    keep_until = models.DateField(_("保管期限届满"), null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("申请")
        verbose_name_plural = _("申请")
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "sequence"], name="case_number_once"),
            models.UniqueConstraint(
                fields=["submission_key"],
                condition=Q(submission_key__isnull=False),
                name="case_submitted_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "old_number"],
                condition=Q(old_number__isnull=False),
                name="case_migrated_once",
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="case_channel"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="case_stage"),
            models.CheckConstraint(
                condition=Q(clock_state__in=ClockState.values), name="case_clock_state"
            ),
            models.CheckConstraint(
                condition=Q(stage="submitted", received_on__isnull=True)
                | (~Q(stage="submitted") & Q(received_on__isnull=False))
                | Q(clock_state="withdrawn"),
                name="case_is_received_before_it_is_worked_on",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(due_on__isnull=False),
                name="received_case_has_its_due_date",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True)
                | Q(received_on__isnull=True)
                | Q(answered_on__gte=F("received_on")),
                name="case_is_answered_after_receipt",
            ),
            models.CheckConstraint(condition=Q(requests__gte=1), name="case_asks_for_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "stage", "due_on"], name="case_by_stage"),
            models.Index(fields=["agency", "received_on"], name="case_by_receipt"),
            models.Index(fields=["clock_state", "due_on"], name="case_by_due"),
            models.Index(fields=["officer", "stage"], name="case_by_officer"),
        ]

    def __str__(self) -> str:
        return self.number


class Applicant(models.Model):
    """Who applied. Everything that names the person is sealed (`sealing`); the keys allow to find
    the same person again by exact name or identity number without opening anything."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="applicant")
    kind = models.CharField(_("申请人类型"), max_length=20, choices=ApplicantKind)
    sealed = models.BinaryField(editable=False)
    masked = models.CharField(_("申请人"), max_length=60, blank=True)
    name_key = models.CharField(max_length=64, blank=True, editable=False)
    identity_key = models.CharField(max_length=64, blank=True, editable=False)
    by_proxy = models.BooleanField(_("委托代理"), default=False)

    class Meta:
        verbose_name = _("申请人")
        verbose_name_plural = _("申请人")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=ApplicantKind.values), name="applicant_kind"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["name_key"], name="applicant_by_name"),
            models.Index(fields=["identity_key"], name="applicant_by_identity"),
        ]

    def __str__(self) -> str:
        return self.masked


class EnclosureKind(models.TextChoices):
    IDENTITY = "identity", _("身份证明")
    AUTHORITY = "authority", _("委托书")
    APPLICATION = "application", _("申请原件")
    CONFIRMATION = "confirmation", _("确认记录")
    CORRECTION = "correction", _("补正材料")
    OPINION = "opinion", _("征求意见回复")
    PROOF = "proof", _("送达凭证")
    PAYMENT = "payment", _("缴费凭证")
    MATERIAL = "material", _("办理材料")


class Enclosure(models.Model):
    """A file in the case, its bytes and its name sealed. `sha256` is that of the sealed bytes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="enclosures")
    kind = models.CharField(_("种类"), max_length=12, choices=EnclosureKind)
    sealed_name = models.BinaryField(editable=False)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("字节数"))
    sha256 = models.CharField(max_length=64, db_index=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("案卷材料")
        verbose_name_plural = _("案卷材料")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=EnclosureKind.values), name="enclosure_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class FactKind(models.TextChoices):
    """The facts that the clock knows (`gongkai.casework.clock.facts`)."""

    RECEIVED = "received", _("收到申请")
    ORDERED_ANEW = "ordered_anew", _("收到责令重新作出的决定、裁判")
    TAKEN_UP_ANEW = "taken_up_anew", _("自行纠正，重新办理")
    REASONS_REQUESTED = "reasons_requested", _("要求说明理由")
    REASONS_GIVEN = "reasons_given", _("申请人说明理由")
    CORRECTION_REQUESTED = "correction_requested", _("告知补正")
    CORRECTED = "corrected", _("收到补正")
    CONSULTATION_SENT = "consultation_sent", _("发出征求意见书")
    CONSULTATION_DELIVERED = "consultation_delivered", _("征求意见书送达")
    CONSULTATION_ANSWERED = "consultation_answered", _("收到意见")
    EXTENDED = "extended", _("延长期限")
    FEE_NOTIFIED = "fee_notified", _("发出收费通知")
    PAID = "paid", _("缴费")
    DELAYED = "delayed", _("确定延迟答复的期限")
    WITHDRAWN = "withdrawn", _("申请人撤回")
    ANSWERED = "answered", _("作出答复")


class Fact(models.Model):
    """Something that happened to a case on a day. A wrong one is struck out with a reason, and
    another is recorded; the database lets nothing else be changed.

    `details` holds what the clock needs beside the day: `id` and `whom` of a consultation, `days`
    of an extension or of a term, `until` of a delay or an order. More time that was decided and not
    told to the applicant is `untold`. No personal data. `round` counts how often the case was taken
    up: what happens once happens once in a round.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(_("事项"), max_length=24, choices=FactKind)
    on = models.DateField(_("日期"))
    round = models.PositiveSmallIntegerField(_("办理轮次"), default=1)
    details = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(_("记录时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    struck_because = models.CharField(_("更正理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("期限事实")
        verbose_name_plural = _("期限事实")
        ordering: ClassVar = ["case", "on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="fact_kind"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_because="")
                | (Q(struck_at__isnull=False) & ~Q(struck_because="")),
                name="struck_fact_has_its_reason",
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "round"],
                condition=Q(
                    struck_at__isnull=True,
                    kind__in=[
                        "received",
                        "ordered_anew",
                        "taken_up_anew",
                        "extended",
                        "withdrawn",
                        "answered",
                    ],
                ),
                name="fact_that_happens_once_a_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.on}"

    @property
    def untold(self) -> bool:
        """Whether the applicant has still to be told, so that the clock passes it over."""
        return bool(self.details.get("untold"))


class DueChange(models.Model):
    """That the due date of a case moved, and why: a fact, or the calendar of a year that came."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="due_changes")
    at = models.DateTimeField()
    cause = models.CharField(max_length=30)
    before = models.DateField(null=True)
    after = models.DateField(null=True)
    provisional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("期限变动")
        verbose_name_plural = _("期限变动")
        ordering: ClassVar = ["case", "id"]

    def __str__(self) -> str:
        return f"{self.case} {self.before} → {self.after}"


class DueWarning(models.Model):
    """That those in charge were told how near the due date of a case has come, once for each of
    the tiers of a day. Which tier is due follows from dates alone, so no outage can lose one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="warnings")
    due_on = models.DateField(_("答复期限"))
    tier = models.SmallIntegerField(_("剩余工作日"))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("期限提醒")
        verbose_name_plural = _("期限提醒")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "due_on", "tier"], name="due_warning_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.due_on} {self.tier}"


class CaseNumbering(models.Model):
    """The last number given to a case by agency and year; locked while the next one is taken."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("登记编号")
        verbose_name_plural = _("登记编号")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="case_numbering_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}: {self.last}"


PRACTICE_BOUNDS = {
    "unconfirmed_days": (1, 20),
    "correction_days": (1, 60),
    "keep_years": (1, 100),
    "keep_years_appealed": (1, 100),
}
"""The least and the most an agency may set, in working days and in years. Nothing is forgotten
while it may be contested (行政复议法第二十条、行政诉讼法第四十六条), and nothing is kept for good
(个人信息保护法第十九条)."""


def _bounded(name: str) -> list[BaseValidator]:
    least, most = PRACTICE_BOUNDS[name]
    return [MinValueValidator(least), MaxValueValidator(most)]


class Practice(models.Model):
    """How an agency does what the law leaves open. An agency without its own follows the nearest
    one above it, and the documented defaults where there is none (docs/casework-law.md)."""

    class Unconfirmed(models.TextChoices):
        NEVER = "never", _("未确认的不计为收到")
        SUBMISSION = "submission", _("自提交之日计")
        AFTER_DAYS = "after_days", _("提交后若干工作日视为确认")

    class ExclusionStart(models.TextChoices):
        SENT = "sent", _("自发出征求意见书之日")
        DELIVERED = "delivered", _("自对方收到征求意见书之日")

    class PartialRemedy(models.TextChoices):
        SPLIT = "split", _("分段告知")
        PRE_ALL = "pre_all", _("统一告知先行复议")

    class Legality(models.TextChoices):
        REFUSALS = "refusals", _("部分公开、不予公开和不予处理的")
        ALWAYS = "always", _("所有处理决定")
        NEVER = "never", _("不审核")

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="practice")
    unconfirmed = models.CharField(max_length=12, choices=Unconfirmed, default="never")
    unconfirmed_days = models.PositiveSmallIntegerField(
        default=5, validators=_bounded("unconfirmed_days")
    )
    exclusion_start = models.CharField(max_length=10, choices=ExclusionStart, default="sent")
    restart_after_payment = models.BooleanField(default=True)
    correction_days = models.PositiveSmallIntegerField(
        _("补正期限（工作日）"), default=15, validators=_bounded("correction_days")
    )
    partial_remedy = models.CharField(max_length=8, choices=PartialRemedy, default="split")
    legality = models.CharField(_("合法性审核"), max_length=8, choices=Legality, default="refusals")
    letter_mark = models.CharField(_("机关代字"), max_length=20, blank=True)
    letter_style = models.CharField(max_length=10, default="letter")
    online_reconsideration = models.CharField(_("行政复议网上申请渠道"), max_length=200, blank=True)
    complaints = models.CharField(_("投诉举报渠道"), max_length=200, blank=True)
    keep_years = models.PositiveSmallIntegerField(
        _("保管年限"), default=10, validators=_bounded("keep_years")
    )
    keep_years_appealed = models.PositiveSmallIntegerField(
        _("涉复议诉讼保管年限"), default=30, validators=_bounded("keep_years_appealed")
    )

    class Meta:
        verbose_name = _("办理口径")
        verbose_name_plural = _("办理口径")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unconfirmed__in=["never", "submission", "after_days"]),
                name="practice_unconfirmed",
            ),
            models.CheckConstraint(
                condition=Q(exclusion_start__in=["sent", "delivered"]),
                name="practice_exclusion_start",
            ),
            models.CheckConstraint(
                condition=Q(partial_remedy__in=["split", "pre_all"]),
                name="practice_partial_remedy",
            ),
            models.CheckConstraint(
                condition=Q(legality__in=["refusals", "always", "never"]),
                name="practice_legality",
            ),
            *(
                models.CheckConstraint(
                    condition=Q((f"{name}__range", bounds)), name=f"practice_{name}"
                )
                for name, bounds in PRACTICE_BOUNDS.items()
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency)
