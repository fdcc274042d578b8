"""An application that is not answered in substance: withdrawn, or let lapse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, on_case
from gongkai.desk.cases.acting.forms import CaseForm


class WithdrawForm(CaseForm):
    """The day, and whether a letter confirms it."""

    on = fields.day(gettext_lazy("撤回日期"))
    in_writing = fields.yes(gettext_lazy("出具书面确认"))


class AbandonForm(CaseForm):
    """What the applicant let pass, and how it is known that the notice of a fee arrived."""

    what = fields.choice(
        gettext_lazy("逾期的是"),
        [("correction", gettext_lazy("补正")), ("fee", gettext_lazy("缴费"))],
    )
    arrival = fields.text(
        gettext_lazy("收费通知怎样、何时到达申请人"),
        rows=2,
        required=False,
        help_text=gettext_lazy("逾期未缴费而没有登记通知签收的，必须写明，记入案卷。"),
    )
    on = fields.day(gettext_lazy("日期"))


ASKED = (
    Asking(
        "withdraw",
        gettext_lazy("登记申请人撤回"),
        WithdrawForm,
        on_case(actions.withdraw),
        gettext_lazy("已办结：申请人撤回。"),
        danger=True,
        drafts=True,
    ),
    Asking(
        "abandon",
        gettext_lazy("逾期不再处理"),
        AbandonForm,
        on_case(actions.abandon),
        gettext_lazy("已拟稿，请送审。"),
        danger=True,
    ),
)
