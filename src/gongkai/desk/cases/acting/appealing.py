"""Appeals: entered, answered, concluded, and the case taken up again as ordered."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal, AppealKind
from gongkai.casework.application.models import Case
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, line, on_case, on_line
from gongkai.desk.cases.acting.forms import CaseForm, OnForm
from gongkai.law.appeals import Procedure, results
from gongkai.org.models import User


class AppealForm(CaseForm):
    """An appeal as it came in."""

    kind = fields.choice(gettext_lazy("种类"), AppealKind.choices, coerce=AppealKind)
    before = fields.line(gettext_lazy("复议机关或者法院"), max_length=120)
    number = fields.line(gettext_lazy("案号"), required=False, max_length=80)
    matter = fields.text(
        gettext_lazy("争议事项"), rows=2, help_text=gettext_lazy("不要写申请人的姓名。")
    )
    opened_on = fields.day(gettext_lazy("受理（立案）日期"))
    copy_received_on = fields.day(
        gettext_lazy("收到副本日期"),
        required=False,
        help_text=gettext_lazy("答复、答辩的期限从这一天起算。"),
    )
    procedure = fields.choice(
        gettext_lazy("程序"),
        Appeal.Procedure.choices,
        initial=Appeal.Procedure.ORDINARY,
        coerce=Appeal.Procedure,
    )
    joint_key = fields.line(
        gettext_lazy("共同被告案件的编号"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("复议机关作共同被告的，双方填写同一编号，汇总时只计一次。"),
    )


class CopyForm(CaseForm):
    """When the copy came, and by which procedure it is heard."""

    on = fields.day(gettext_lazy("收到副本日期"))
    procedure = fields.choice(
        gettext_lazy("程序"), Appeal.Procedure.choices, coerce=Appeal.Procedure
    )

    def about(self, _case: Case, /) -> None:
        self.fields["procedure"].initial = self.of.procedure


class ConcludeForm(CaseForm):
    """How it ended, and what was ordered."""

    code = fields.choice(gettext_lazy("裁判结果"), (), radio=False)
    on = fields.day(gettext_lazy("审结日期"))
    ordered = fields.text(
        gettext_lazy("责令履行的内容"),
        rows=3,
        required=False,
        help_text=gettext_lazy("要求重新作出或者履行的，照录主文。"),
    )
    redo_by = fields.day(
        gettext_lazy("重新作出的期限"),
        required=False,
        help_text=gettext_lazy("决定、裁判没有写明的，不填，按法定期限。"),
    )

    def about(self, _case: Case, /) -> None:
        heard = self.of.kind == AppealKind.RECONSIDERATION
        kind: Procedure = "reconsideration" if heard else "litigation"
        known = results(kind, on=timezone.localdate())
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            (result.code, result.words(speech())) for result in known
        ]


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
    opening = {**said, "about": said["matter"]}
    del opening["matter"]
    return actions.open_appeal(user, case, actions.Opening(**opening))


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
    Asking(
        "appeal",
        gettext_lazy("登记收到副本"),
        CopyForm,
        on_line(actions.set_copy),
        gettext_lazy("已登记。"),
        named="set_copy",
        of=line("appeals"),
    ),
    Asking(
        "appeal",
        gettext_lazy("登记提交答复（答辩）"),
        OnForm,
        on_line(actions.answer_appeal),
        gettext_lazy("已登记。"),
        named="answer_appeal",
        of=line("appeals"),
    ),
    Asking(
        "appeal",
        gettext_lazy("登记审理结果"),
        ConcludeForm,
        on_line(actions.conclude),
        gettext_lazy("已登记。"),
        named="conclude",
        of=line("appeals"),
    ),
)
