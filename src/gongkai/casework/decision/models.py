"""What is done on a case: assignments, searches, consultations, fees, decisions, files given."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.casework.application.models import Case, Enclosure
from gongkai.org.models import Agency, Unit

_USER = settings.AUTH_USER_MODEL


class Assignment(models.Model):
    """A question to a unit, or to another agency's liaison officer, with its own deadline."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("内设机构")
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.TextField(_("交办事项"))
    asked_on = models.DateField(_("交办日期"))
    asked_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("办理期限"))
    reply = models.TextField(_("办理意见"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")
    recalled_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("交办")
        verbose_name_plural = _("交办")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(agency__isnull=False),
                name="assignment_is_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True) | ~Q(reply=""), name="assignment_reply"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"],
                condition=Q(replied_at__isnull=True, recalled_at__isnull=True),
                name="assignment_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.unit or self.agency}"


class SearchRecord(models.Model):
    """Where was looked for the information, how and by whom: the proof of a reasonable search
    (法释〔2025〕8号第五条)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="searches")
    searched_on = models.DateField(_("检索日期"))
    places = models.TextField(_("检索的部门、档案和系统"))
    words = models.TextField(_("检索用词和范围"))
    result = models.TextField(_("检索结果"))
    found = models.BooleanField(_("检索到相关信息"))
    searcher = models.CharField(_("检索人员"), max_length=100)
    archive_reply = models.TextField(_("档案机构回复"), blank=True)
    recorded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("检索记录")
        verbose_name_plural = _("检索记录")
        ordering: ClassVar = ["case", "id"]

    def __str__(self) -> str:
        return f"{self.case} {self.searched_on}"


class Conference(models.Model):
    """Who met about the case and what they found (会商)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conferences")
    held_on = models.DateField(_("会商日期"))
    participants = models.TextField(_("参加单位和人员"))
    note = models.TextField(_("会商意见"))
    recorded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("会商记录")
        verbose_name_plural = _("会商记录")
        ordering: ClassVar = ["case", "id"]

    def __str__(self) -> str:
        return f"{self.case} {self.held_on}"


class Opinion(models.TextChoices):
    PENDING = "pending", _("尚未回复")
    CONSENT = "consent", _("同意公开")
    OBJECTION = "objection", _("不同意公开")
    PARTIAL = "partial", _("同意部分公开")
    SILENCE = "silence", _("逾期未回复")
    UNASKED = "unasked", _("没有征求")


class Consultation(models.Model):
    """Somebody asked about disclosure: a third party (条例第三十二条) or an agency that took part
    in making the information (第三十四条). Their name and address are sealed; `key` is the id of
    its facts. One that is `unasked` has no facts; `reasons` then says why nobody was asked."""

    class Whom(models.TextChoices):
        THIRD_PARTY = "third_party", _("第三方")
        AGENCY = "agency", _("其他机关")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    key = models.CharField(max_length=20)
    whom = models.CharField(max_length=12, choices=Whom)
    sealed = models.BinaryField(editable=False)
    masked = models.CharField(max_length=60)
    about = models.TextField(_("征求意见的内容"))
    opinion = models.CharField(_("意见"), max_length=10, choices=Opinion, default=Opinion.PENDING)
    reasons = models.TextField(_("对方的理由"), blank=True)
    reasonable = models.BooleanField(_("理由是否合理"), null=True)
    override_reason = models.TextField(_("仍决定公开的公共利益理由"), blank=True)
    applicant_told_on = models.DateField(_("书面告知申请人日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("征求意见")
        verbose_name_plural = _("征求意见")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="consultation_key_once"),
            models.CheckConstraint(
                condition=Q(whom__in=["third_party", "agency"]), name="consultation_whom"
            ),
            models.CheckConstraint(
                condition=Q(opinion__in=Opinion.values), name="consultation_opinion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.key}"


class Charge(models.Model):
    """An information processing fee (国办函〔2020〕109号), by piece or by page, never both.

    There is one a `round`: what is given out after an order is another answer. `notified_on` is the
    day on which the notice went out, None until then.
    """

    class Basis(models.TextChoices):
        PIECE = "piece", _("按件计收")
        PAGE = "page", _("按量计收")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="charges")
    round = models.PositiveSmallIntegerField(_("办理轮次"), default=1)
    basis = models.CharField(max_length=6, choices=Basis)
    before = models.PositiveIntegerField(_("本月此前件数"), default=0)
    quantity = models.PositiveIntegerField(_("件数或页数"))
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2)
    breakdown = models.JSONField(default=list)
    notified_on = models.DateField(_("收费通知日期"), null=True, blank=True)
    pay_by = models.DateField(_("缴费期限"), null=True, blank=True)
    paid_on = models.DateField(_("缴费日期"), null=True, blank=True)
    paid_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    receipt_number = models.CharField(_("财政票据号"), max_length=60, blank=True)
    refunded_on = models.DateField(_("退费日期"), null=True, blank=True)
    refunded_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    refund_reason = models.CharField(max_length=500, blank=True)
    waived_reason = models.CharField(_("不再收取的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("信息处理费")
        verbose_name_plural = _("信息处理费")
        ordering: ClassVar = ["case", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "round"], condition=Q(waived_reason=""), name="one_charge_a_round"
            ),
            models.CheckConstraint(condition=Q(basis__in=["piece", "page"]), name="charge_basis"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="charge_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.amount}"


class DecisionState(models.TextChoices):
    DRAFT = "draft", _("拟稿")
    CHECKING = "checking", _("审核中")
    SIGNING = "signing", _("待签发")
    SIGNED = "signed", _("已签发")
    VOID = "void", _("作废")


class Decision(models.Model):
    """What the agency answers: outcome, grounds and reasons, as drafted and then signed.

    `content_hash` seals what was decided together with its items and files; checks and the
    signature hold for it alone. A signed decision is never changed; one that has to be made anew
    (ordered on appeal, or withdrawn by the agency itself) is another row.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("次数"))
    state = models.CharField(max_length=10, choices=DecisionState)
    outcome = models.CharField(_("处理结果"), max_length=4)
    ground = models.CharField(_("不予公开的依据"), max_length=20, blank=True)
    findings = models.TextField(_("查明的事实"), blank=True)
    reasons = models.TextField(_("理由"), blank=True)
    answer = models.TextField(_("答复内容"), blank=True)
    law_named = models.CharField(_("适用的法律、行政法规"), max_length=300, blank=True)
    other_agency = models.CharField(_("负责公开的机关"), max_length=200, blank=True)
    other_contact = models.CharField(_("该机关联系方式"), max_length=200, blank=True)
    way = models.TextField(_("获取的方式、途径和时间"), blank=True)
    delay_until = models.DateField(_("延迟答复至"), null=True, blank=True)
    override_reason = models.TextField(_("公开的公共利益理由"), blank=True)
    content_hash = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(_("作出日期"), null=True, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("处理决定")
        verbose_name_plural = _("处理决定")
        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="decision_number_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["draft", "checking", "signing"]),
                name="one_open_decision",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="signed"), name="one_decision_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DecisionState.values), name="decision_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(signed_by__isnull=False, signed_at__isnull=False, decided_on__isnull=False),
                name="signed_decision_has_its_signature",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | ~Q(void_reason=""), name="void_decision_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.outcome}"


class DecisionItem(models.Model):
    """One of several things asked for, with what becomes of it; together they give the outcome."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    asked = models.TextField(_("申请事项"))
    outcome = models.CharField(max_length=4)
    ground = models.CharField(max_length=20, blank=True)
    reasons = models.TextField(blank=True)

    class Meta:
        verbose_name = _("申请事项的处理")
        verbose_name_plural = _("申请事项的处理")
        ordering: ClassVar = ["decision", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "position"], name="decision_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.position}"


class Check(models.Model):
    """What a reviewer said of a draft; it holds for the content it names and for no other."""

    class Step(models.TextChoices):
        OFFICE = "office", _("公开办审核")
        SECRECY = "secrecy", _("保密审查")
        LEGALITY = "legality", _("合法性审核")
        SIGNATURE = "signature", _("签发")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="checks")
    step = models.CharField(max_length=12, choices=Step)
    approved = models.BooleanField()
    comment = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("审核")
        verbose_name_plural = _("审核")
        ordering: ClassVar = ["decision", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(step__in=["office", "secrecy", "legality", "signature"]),
                name="check_step",
            ),
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(comment=""), name="return_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.step}"


class Provided(models.Model):
    """A file that is given out with a decision: what the original was, and what was blackened.

    The original stays in the case as an enclosure. `sha256` names the sealed bytes on the disk,
    `given_sha256` is that of the bytes as they are given, which anybody can compare.
    `hidden_findings` are what the file was found to hide or hold (`inspected`), with what a person
    decided about each.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="provided")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("名称"), max_length=300)
    original = models.ForeignKey(Enclosure, on_delete=models.PROTECT, related_name="+")
    boxes = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, db_index=True)
    given_sha256 = models.CharField(max_length=64, null=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True)
    cleaned = models.BooleanField(default=False)
    hidden_findings = models.JSONField(default=list)

    class Meta:
        verbose_name = _("提供的文件")
        verbose_name_plural = _("提供的文件")
        ordering: ClassVar = ["decision", "position"]

    def __str__(self) -> str:
        return self.title
