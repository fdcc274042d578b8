"""An appeal is entered about a case, and the case taken up again as ordered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.application.models import Case
from gongkai.desk.appeals.forms import OpeningForm, opened
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, on_case
from gongkai.desk.cases.acting.forms import CaseForm
from gongkai.org.models import User


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
        ordered = case.appeals.filter(redo_by__isnull=False)
        named = [(str(one.pk), f"{one.get_kind_display()} {one.number}") for one in ordered]
        none = ("", gettext_lazy("没有，自行纠正"))
        self.fields["appeal"].choices = [*named, none]  # type: ignore[attr-defined]
        self.fields["appeal"].initial = named[0][0] if named else ""

    def clean_appeal(self) -> Appeal | None:
        """The appeal itself; None for of the agency's own accord."""
        key: Any = self.cleaned_data["appeal"]
        return self.case.appeals.filter(pk=key).first() if key else None


def _appeal(user: User, case: Case, _of: object, said: Given) -> Appeal:
    return actions.open_appeal(user, case, actions.Opening(**opened(said)))


ASKED = (
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
