"""Who works on a case: taken up, handed over, put to units and agencies, who answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from gongkai.casework import actions
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Assignment
from gongkai.casework.queries import officers_of
from gongkai.desk.cases import fields
from gongkai.desk.cases.acting.asking import Asking, Given, line, on_case, on_line
from gongkai.desk.cases.acting.forms import CaseForm, NothingForm, OnForm
from gongkai.org.models import Agency, Unit, User


class TakeUpForm(CaseForm):
    """Which unit works on it."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("承办机构"), required=False, empty_label="—"
    )

    def about(self, case: Case, /) -> None:
        self.fields["unit"].queryset = _units(case)  # type: ignore[attr-defined]


class OfficerChoice(forms.ModelChoiceField[User]):
    """People of the office by their names."""

    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name()


class EarlierChoice(forms.ModelChoiceField[Case]):
    """Applications by number, day and the beginning of their words."""

    def label_from_instance(self, obj: Case) -> str:
        return f"{obj.number} · {obj.submitted_on} · {obj.description[:40]}"


class EarlierForm(CaseForm):
    """Which of the applicant's earlier applications it repeats."""

    earlier = EarlierChoice(
        Case.objects.none(),
        label=gettext_lazy("重复的是"),
        empty_label=gettext_lazy("不重复"),
        required=False,
        error_messages={"invalid_choice": fields.CHOOSE},
    )

    def about(self, case: Case, /) -> None:
        self.fields["earlier"].queryset = actions.earlier_ones(case)  # type: ignore[attr-defined]
        self.fields["earlier"].initial = case.repeats_id


class HandOverForm(CaseForm):
    """Who works on it from now on."""

    to = OfficerChoice(
        User.objects.none(),
        label=gettext_lazy("移交给"),
        empty_label="—",
        error_messages={"required": fields.CHOOSE, "invalid_choice": fields.CHOOSE},
    )

    def about(self, case: Case, /) -> None:
        others = officers_of(case.agency).filter(~Q(pk=case.officer_id))
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


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
    naming_applicant = fields.yes(
        gettext_lazy("内容不写申请人就无法说明（例如信息就是关于申请人的），确需写明")
    )

    def about(self, case: Case, /) -> None:
        inside = [(f"unit:{unit.pk}", unit.name) for unit in _units(case)]
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


def _units(case: Case) -> QuerySet[Unit]:
    return Unit.objects.filter(agency=case.agency).order_by("name")


def _assign(user: User, case: Case, _of: object, said: Given) -> Assignment:
    sort, _, key = said["to"].partition(":")
    unit = Unit.objects.filter(pk=key).first() if sort == "unit" else None
    agency = Agency.objects.filter(pk=key).first() if sort == "agency" else None
    same = {name: said[name] for name in ("on", "due_on", "naming_applicant")}
    return actions.assign(user, case, said["question"], unit=unit, agency=agency, **same)


ASKED = (
    Asking(
        "take_up",
        gettext_lazy("受理这件申请"),
        TakeUpForm,
        on_case(actions.take_up),
        gettext_lazy("已受理，您是经办人。"),
    ),
    Asking(
        "hand_over",
        gettext_lazy("移交经办人"),
        HandOverForm,
        on_case(actions.hand_over),
        gettext_lazy("已移交。"),
        gettext_lazy("以后的期限提醒和待办事项都给新的经办人。"),
    ),
    Asking(
        "name_earlier",
        gettext_lazy("指明重复的申请"),
        EarlierForm,
        on_case(actions.name_earlier),
        gettext_lazy("已登记。"),
        gettext_lazy(
            "同一申请人此前申请过、本机关已经答复的，可以告知不再重复处理（条例第三十六条第六项）。"
        ),
    ),
    Asking(
        "assign",
        gettext_lazy("交办"),
        AssignForm,
        _assign,
        gettext_lazy("已交办，对方的联络员会看到。"),
        gettext_lazy("对方看不到申请人是谁。"),
    ),
    Asking(
        "assign",
        gettext_lazy("催办"),
        OnForm,
        on_line(actions.remind),
        gettext_lazy("已催办。"),
        named="remind",
        of=line("assignments"),
    ),
    Asking(
        "assign",
        gettext_lazy("收回交办"),
        NothingForm,
        on_line(actions.recall_assignment),
        gettext_lazy("已收回。"),
        named="recall_assignment",
        of=line("assignments"),
        danger=True,
    ),
    Asking(
        "answer_assignment",
        gettext_lazy("回复交办"),
        AnswerForm,
        on_line(actions.answer_assignment),
        gettext_lazy("已回复。"),
        of=line("assignments"),
    ),
)
