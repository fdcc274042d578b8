"""The fee: set, paid, given back, not taken."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Charge
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, by_letter, on_case
from gongkai.desk.cases.acting.forms import CaseForm, ReasonForm


class ChargeForm(CaseForm):
    """By piece or by page, how many."""

    basis = fields.choice(gettext_lazy("计收方式"), Charge.Basis.choices, coerce=Charge.Basis)
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

    def clean_before(self) -> int:
        """None where nothing is entered."""
        return self.cleaned_data["before"] or 0


class PaymentForm(CaseForm):
    """What was paid, when, under which fiscal receipt."""

    amount = fields.amount(gettext_lazy("金额（元）"))
    receipt_number = fields.line(gettext_lazy("财政票据号"), max_length=60)
    on = fields.day(gettext_lazy("缴费日期"))

    def about(self, case: Case, /) -> None:
        due = case.charges.filter(waived_reason="", paid_on=None).last()
        if due:
            self.fields["amount"].initial = due.amount


class RefundForm(CaseForm):
    """What is given back and why."""

    amount = fields.amount(gettext_lazy("退还金额（元）"))
    reason = fields.text(gettext_lazy("退费理由"), rows=2)
    on = fields.day(gettext_lazy("退费日期"))


ASKED = (
    Asking(
        "charge",
        gettext_lazy("收取信息处理费"),
        ChargeForm,
        by_letter(actions.charge),
        gettext_lazy("收费通知已制发，期限暂停。请在“文书”中送出。"),
        gettext_lazy("按件或者按量计收，不得重复（国办函〔2020〕109号）。"),
        drafts=True,
    ),
    Asking(
        "record_payment",
        gettext_lazy("登记缴费"),
        PaymentForm,
        on_case(actions.record_payment),
        gettext_lazy("已登记。"),
    ),
    Asking(
        "refund",
        gettext_lazy("退费"),
        RefundForm,
        on_case(actions.refund),
        gettext_lazy("已登记。"),
    ),
    Asking(
        "charge",
        gettext_lazy("不再收费"),
        ReasonForm,
        on_case(actions.waive),
        gettext_lazy("已记录，期限不因收费暂停。"),
        named="waive",
    ),
)
