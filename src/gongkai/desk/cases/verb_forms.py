"""What the verbs of a case ask for before they are done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework.application.models import Case, EnclosureKind
from gongkai.casework.decision.models import Charge, Consultation, Opinion, Provided
from gongkai.casework.decision.proposal import Proposal
from gongkai.desk.cases import fields
from gongkai.law.grounds import grounds
from gongkai.law.outcomes import outcomes
from gongkai.org.models import Agency, Unit


class CaseForm(forms.Form):
    """A form about a case. Subclasses set what depends on it in `about`."""

    def __init__(self, *args: Any, case: Case, of: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.of = case, of
        self.about(case)

    def about(self, _case: Case, /) -> None:
        """Fill in what depends on the case."""


class NothingForm(CaseForm):
    """Nothing is asked: the button is enough."""


class OnForm(CaseForm):
    """The day on which it happened."""

    on = fields.day(gettext_lazy("日期"))


class ReasonForm(CaseForm):
    """The reason, which stays in the file."""

    reason = fields.text(gettext_lazy("理由"), help_text=gettext_lazy("记入案卷，不送给申请人。"))


class TakeUpForm(CaseForm):
    """Which unit works on it."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("承办机构"), required=False, empty_label="—"
    )

    def about(self, case: Case, /) -> None:
        self.fields["unit"].queryset = units(case)  # type: ignore[attr-defined]


class CorrectReceiptForm(ReasonForm):
    """The right day of receipt."""

    received_on = fields.day(gettext_lazy("正确的收到之日"), today=False)
    field_order = ("received_on", "reason")


class EncloseForm(CaseForm):
    """A file and what it is."""

    kind = fields.choice(gettext_lazy("种类"), EnclosureKind.choices, radio=False)
    file = fields.file(
        gettext_lazy("文件"), help_text=gettext_lazy("PDF、图片或者 Word 文件，加密保存。")
    )


class AssignForm(CaseForm):
    """Whom to ask, about what, until when."""

    to = forms.ChoiceField(
        label=gettext_lazy("交给"), error_messages={"required": fields.CHOOSE}, choices=()
    )
    question = fields.text(
        gettext_lazy("交办事项"),
        help_text=gettext_lazy("写明要查什么、要回答什么。不要写申请人的姓名和联系方式。"),
    )
    on = fields.day(gettext_lazy("交办日期"))
    due_on = fields.day(gettext_lazy("请在这一天前回复"), today=False)

    def about(self, case: Case, /) -> None:
        inside = [(f"unit:{unit.pk}", unit.name) for unit in units(case)]
        others = Agency.objects.filter(active=True).exclude(pk=case.agency_id)
        outside = [(f"agency:{one.pk}", one.label()) for one in others.order_by("path")[:500]]
        choices: list[Any] = [("", "—")]
        if inside:
            choices.append((gettext_lazy("本机关内设机构"), inside))
        choices.append((gettext_lazy("其他机关"), outside))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class AnswerForm(CaseForm):
    """The reply to a question."""

    reply = fields.text(
        gettext_lazy("办理意见"),
        rows=8,
        help_text=gettext_lazy("写明有没有、在哪里、能不能公开和理由。"),
    )


class AskCorrectionForm(CaseForm):
    """What has to be corrected, and until when."""

    points = fields.text(
        gettext_lazy("需要补正的内容"), help_text=gettext_lazy("一行一项，写进补正通知。")
    )
    guidance = fields.text(
        gettext_lazy("指导和释明"), required=False, help_text=gettext_lazy("怎样补正才够明确。")
    )
    days = fields.whole(
        gettext_lazy("补正期限（工作日）"),
        most=250,
        required=False,
        help_text=gettext_lazy("不填按本机关通常的期限。"),
    )
    on = fields.day(gettext_lazy("告知日期"))
    reason = fields.text(
        gettext_lazy("为什么现在还要告知"),
        rows=2,
        required=False,
        help_text=gettext_lazy("超过七个工作日，或者已经告知过一次的，要写明原因。"),
    )


class RecordCorrectionForm(CaseForm):
    """What the applicant corrected."""

    text = fields.text(gettext_lazy("补正的内容"), rows=6)
    on = fields.day(
        gettext_lazy("收到补正之日"),
        help_text=gettext_lazy("期限自次日起重新计算（条例第三十条）。"),
    )


class AskReasonsForm(CaseForm):
    """Why there are so many applications."""

    why = fields.text(
        gettext_lazy("数量和频次"),
        help_text=gettext_lazy("写明认定申请数量、频次明显超过合理范围的事实（条例第三十五条）。"),
    )
    days = fields.whole(gettext_lazy("说明期限（工作日）"), most=250, initial=10)
    on = fields.day(gettext_lazy("告知日期"))


class RecordReasonsForm(CaseForm):
    """The reasons, and whether they hold."""

    text = fields.text(gettext_lazy("申请人说明的理由"), help_text=gettext_lazy("加密存入案卷。"))
    reasonable = fields.choice(gettext_lazy("认定"), fields.YES_NO)
    on = fields.day(gettext_lazy("收到日期"))


class ConsultForm(CaseForm):
    """Whom to ask about disclosure, and about what."""

    whom = fields.choice(
        gettext_lazy("征求谁的意见"), Consultation.Whom.choices, initial="third_party"
    )
    name = fields.line(gettext_lazy("姓名或者名称"), max_length=100)
    organisation = fields.yes(gettext_lazy("是单位（名单中显示全称）"))
    address = fields.line(gettext_lazy("通信地址"), required=False, max_length=300)
    telephone = fields.line(gettext_lazy("联系电话"), required=False, max_length=40)
    matter = fields.text(
        gettext_lazy("征求意见的内容"),
        help_text=gettext_lazy("写明拟公开的信息，不要写申请人是谁。"),
    )
    on = fields.day(gettext_lazy("发出日期"))


class OpinionForm(CaseForm):
    """What was said, and whether the reasons hold."""

    opinion = fields.choice(
        gettext_lazy("意见"), [pair for pair in Opinion.choices if pair[0] != Opinion.PENDING]
    )
    reasons = fields.text(gettext_lazy("对方的理由"), required=False)
    reasonable = fields.choice(
        gettext_lazy("理由是否合理"),
        [("", gettext_lazy("以后认定")), *fields.YES_NO],
        required=False,
        initial="",
    )
    override_reason = fields.text(
        gettext_lazy("仍决定公开的公共利益理由"),
        required=False,
        help_text=gettext_lazy("不公开会对公共利益造成重大影响的，写明理由（条例第十五条）。"),
    )
    on = fields.day(gettext_lazy("收到日期"))


class JudgeForm(CaseForm):
    """Whether the reasons of an objection hold."""

    reasonable = fields.choice(gettext_lazy("理由是否合理"), fields.YES_NO)
    override_reason = fields.text(gettext_lazy("仍决定公开的公共利益理由"), required=False)


class ExtendForm(CaseForm):
    """By how many working days, and why."""

    days = fields.whole(
        gettext_lazy("延长（工作日）"),
        most=20,
        initial=20,
        help_text=gettext_lazy("最长 20 个工作日，只能延长一次（条例第三十三条）。"),
    )
    reason = fields.text(gettext_lazy("延长的理由"), help_text=gettext_lazy("写进延期告知书。"))
    on = fields.day(gettext_lazy("决定日期"))


class DelayForm(CaseForm):
    """The later day, and why."""

    until = fields.day(gettext_lazy("延迟至"), today=False)
    reason = fields.text(gettext_lazy("理由"), help_text=gettext_lazy("写进延迟答复告知书。"))
    on = fields.day(gettext_lazy("决定日期"))


class ChargeForm(CaseForm):
    """By piece or by page, how many."""

    basis = fields.choice(gettext_lazy("计收方式"), Charge.Basis.choices)
    quantity = fields.whole(gettext_lazy("件数或页数"))
    before = fields.whole(
        gettext_lazy("本月此前的件数"),
        least=0,
        required=False,
        help_text=gettext_lazy("同一申请人本月已经申请的件数，按件计收时填写。"),
    )
    payment_method = fields.text(
        gettext_lazy("缴费方式"), rows=2, help_text=gettext_lazy("写进收费通知。")
    )
    on = fields.day(gettext_lazy("通知日期"))


class PaymentForm(CaseForm):
    """What was paid, when, under which fiscal receipt."""

    amount = fields.amount(gettext_lazy("金额（元）"))
    receipt_number = fields.line(gettext_lazy("财政票据号"), max_length=60)
    on = fields.day(gettext_lazy("缴费日期"))

    def about(self, case: Case, /) -> None:
        due = case.charges.filter(waived_reason="", paid_on=None).first()
        if due:
            self.fields["amount"].initial = due.amount


class RefundForm(CaseForm):
    """What is given back and why."""

    amount = fields.amount(gettext_lazy("退还金额（元）"))
    reason = fields.text(gettext_lazy("退费理由"), rows=2)
    on = fields.day(gettext_lazy("退费日期"))


class SearchForm(CaseForm):
    """Where was looked, how, by whom, with which result."""

    searched_on = fields.day(gettext_lazy("检索日期"))
    places = fields.text(gettext_lazy("检索的部门、档案和系统"), rows=2)
    words = fields.text(gettext_lazy("检索用词和范围"), rows=2)
    result = fields.text(gettext_lazy("检索结果"), rows=3)
    found = fields.yes(gettext_lazy("检索到相关信息"))
    searcher = fields.line(gettext_lazy("检索人员"), max_length=100)
    archive_reply = fields.text(gettext_lazy("档案机构回复"), rows=2, required=False)


class ConferForm(CaseForm):
    """Who met, and what they found."""

    participants = fields.text(gettext_lazy("参加单位和人员"), rows=2)
    note = fields.text(gettext_lazy("会商意见"))
    on = fields.day(gettext_lazy("会商日期"))


class WithdrawForm(CaseForm):
    """The day, and whether a letter confirms it."""

    on = fields.day(gettext_lazy("撤回日期"))
    in_writing = fields.yes(gettext_lazy("出具书面确认"))


class AbandonForm(CaseForm):
    """What the applicant let pass."""

    what = fields.choice(
        gettext_lazy("逾期的是"),
        [("correction", gettext_lazy("补正")), ("fee", gettext_lazy("缴费"))],
    )
    on = fields.day(gettext_lazy("日期"))


class CorrectLineForm(ReasonForm):
    """What the case counts as, and when it was answered."""

    outcome = fields.choice(gettext_lazy("处理结果"), (), radio=False)
    ground = fields.choice(gettext_lazy("不予公开的依据"), (), radio=False, required=False)
    on = fields.day(gettext_lazy("答复日期"))
    field_order = ("outcome", "ground", "on", "reason")

    def about(self, case: Case, /) -> None:
        today = timezone.localdate()
        closing = [(o.code, o.words(speech())) for o in outcomes(on=today) if o.closes]
        named = [(g.code, g.words(speech())) for g in grounds(on=today)]
        self.fields["outcome"].choices = closing  # type: ignore[attr-defined]
        self.fields["ground"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        self.fields["outcome"].initial = case.outcome
        self.fields["on"].initial = case.answered_on


class ProposeForm(CaseForm):
    """Which file, whether it becomes public, and why."""

    provided = fields.choice(gettext_lazy("提供过的文件"), (), radio=False)
    basis = fields.choice(
        gettext_lazy("评估的依据"), Proposal.Basis.choices, initial=Proposal.Basis.OWN
    )
    publish = fields.choice(
        gettext_lazy("评估意见"),
        [("yes", gettext_lazy("主动公开，建立草稿")), ("no", gettext_lazy("不公开"))],
    )
    reason = fields.text(
        gettext_lazy("理由"), rows=3, required=False, help_text=gettext_lazy("不公开的必须写明。")
    )

    def about(self, case: Case, /) -> None:
        rows = Provided.objects.filter(
            decision__case=case, decision__state="signed", proposals=None
        )
        named = [(str(row.pk), row.title) for row in rows]
        self.fields["provided"].choices = named  # type: ignore[attr-defined]


def units(case: Case) -> Any:
    """The units of the case's agency that still exist."""
    return Unit.objects.filter(agency=case.agency).order_by("name")
