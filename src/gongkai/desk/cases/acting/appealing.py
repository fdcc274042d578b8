"""An appeal is entered about a case, and the case taken up again as ordered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.application.models import Case
from gongkai.desk.appeals.forms import OpeningForm, opened
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, line, on_case, on_line
from gongkai.desk.cases.acting.forms import CaseForm
from gongkai.org.models import User

NO_ORDER = ("", gettext_lazy("没有，自行纠正"))


class AppealForm(OpeningForm, CaseForm):
    """An appeal about the case as it came in."""


class ReopenForm(CaseForm):
    """Which order is carried out, or why the agency acts on its own."""

    appeal = fields.choice(gettext_lazy("按哪个决定、裁判"), (), required=False)
    reason = fields.text(
        gettext_lazy("自行纠正的理由"),
        required=False,
        rows=3,
        help_text=gettext_lazy("没有复议决定或者裁判要求的，写明理由。"),
    )

    on = fields.day(
        gettext_lazy("收到决定、裁判的日期"),
        required=False,
        help_text=gettext_lazy(
            "重新答复的期限从这一天次日起算；不填，按审结日期。自行纠正的不填。"
        ),
    )

    def about(self, case: Case, /) -> None:
        named = orders(case)
        self.fields["appeal"].choices = [*named, NO_ORDER]  # type: ignore[attr-defined]
        self.fields["appeal"].initial = named[0][0] if named else ""

    def clean_appeal(self) -> Appeal | None:
        """The appeal itself; None for of the agency's own accord."""
        key: Any = self.cleaned_data["appeal"]
        return self.case.appeals.filter(pk=key).first() if key else None


class RoundForm(CaseForm):
    """From which day the case is decided anew, and on what that rests."""

    appeal = fields.choice(gettext_lazy("按哪个决定、裁判"), (), required=False)
    on = fields.day(
        gettext_lazy("收到决定、裁判的日期"),
        help_text=gettext_lazy("自行纠正的，填决定重新办理的日期。期限从次日起重新计算。"),
    )
    reason = fields.text(gettext_lazy("更正理由"), rows=2)

    def about(self, case: Case, /) -> None:
        self.fields["appeal"].choices = [*orders(case), NO_ORDER]  # type: ignore[attr-defined]
        self.fields["appeal"].initial = str(self.of.details.get("appeal", ""))
        self.fields["on"].initial = self.of.on

    clean_appeal = ReopenForm.clean_appeal


def orders(case: Case) -> list[tuple[str, str]]:
    """The appeals that order the case to be decided anew, as choices."""
    rows = case.appeals.filter(redo_by__isnull=False)
    return [(str(one.pk), f"{one.get_kind_display()} {one.number}") for one in rows]


def _appeal(user: User, case: Case, _of: object, said: Given) -> Appeal:
    return actions.open_appeal(user, case, actions.Opening(**opened(said)))


ASKED = (
    Asking(
        "correct_receipt",
        gettext_lazy("更正重新办理"),
        RoundForm,
        on_line(actions.correct_round),
        gettext_lazy("已更正，期限随之改变。"),
        gettext_lazy("责令的内容和写明的期限，在复议诉讼登记里更正。"),
        named="correct_round",
        of=line("facts"),
    ),
    Asking(
        "reopen",
        gettext_lazy("重新办理"),
        ReopenForm,
        on_case(actions.reopen),
        gettext_lazy("已重新打开。原决定不再有效，案件不重复计数。"),
        danger=True,
    ),
    Asking(
        "appeal",
        gettext_lazy("登记复议诉讼"),
        AppealForm,
        _appeal,
        gettext_lazy("已登记。"),
    ),
)
