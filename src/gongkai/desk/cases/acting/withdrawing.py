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
    """What the applicant let pass."""

    what = fields.choice(
        gettext_lazy("逾期的是"),
        [("correction", gettext_lazy("补正")), ("fee", gettext_lazy("缴费"))],
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
