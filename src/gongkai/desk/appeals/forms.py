"""What is asked for when an appeal is entered, answered, concluded, contested further, obeyed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.casework.actions import Opening
from gongkai.casework.actions.appealed import procedure_of
from gongkai.casework.appeal.models import Appeal, AppealKind
from gongkai.casework.application.models import Case
from gongkai.desk.cases import fields
from gongkai.law.appeals import results
from gongkai.org.models import Agency

NO_NAMES = gettext_lazy("不要写申请人的姓名。")


class HeardForm(forms.Form):
    """Before whom something is heard, and since when."""

    before = fields.line(gettext_lazy("复议机关或者法院"), max_length=120)
    number = fields.line(gettext_lazy("案号"), required=False, max_length=80)
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


class OpeningForm(HeardForm):
    """An appeal as it came in."""

    kind = fields.choice(gettext_lazy("种类"), AppealKind.choices, coerce=AppealKind)
    matter = fields.text(gettext_lazy("争议事项"), rows=2, help_text=NO_NAMES)
    joint_key = fields.line(
        gettext_lazy("共同被告案件的编号"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("复议机关作共同被告的，双方填写同一编号，汇总时只计一次。"),
    )
    field_order: Iterable[str] = ("kind", "before", "number", "matter")


class NewForm(OpeningForm):
    """An appeal, about a case of ours by its number or about something else."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=gettext_lazy("机关"),
        empty_label=None,
        error_messages={"required": fields.CHOOSE, "invalid_choice": fields.CHOOSE},
    )
    case = fields.line(
        gettext_lazy("本系统的登记号"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("不服本系统里的一件申请的答复或者逾期不答复的，填登记号。"),
    )
    contested_number = fields.line(
        gettext_lazy("被诉行为的文号"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("不在本系统里的旧答复、已公布的文件等，填文号、日期和依据。"),
    )
    contested_on = fields.day(gettext_lazy("被诉行为的日期"), required=False)
    contested_ground = fields.line(gettext_lazy("被诉行为的依据"), required=False, max_length=200)
    elsewhere = fields.yes(
        gettext_lazy("本机关是复议机关、作共同被告：由原行为机关计入年报，本机关不计")
    )
    field_order = (
        "agency",
        "case",
        "contested_number",
        "contested_on",
        "contested_ground",
        "kind",
        "matter",
        "before",
        "number",
        "opened_on",
        "copy_received_on",
        "procedure",
        "joint_key",
        "elsewhere",
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["agency"]
        field.queryset = agencies
        field.label_from_instance = lambda agency: agency.label(speech())

    def clean(self) -> dict[str, Any]:
        """The case itself, if a number was given; it leaves nothing else to say of the act."""
        said = super().clean() or {}
        number, agency = said.get("case", "").strip(), said.get("agency")
        said["case"] = None
        if number and agency:
            said["case"] = Case.objects.filter(agency=agency, number=number).first()
            if said["case"] is None:
                words = gettext_lazy("该机关没有这个登记号。不在本系统里的，请填下面的文号。")
                self.add_error("case", words)
            elif said.get("elsewhere"):
                words = gettext_lazy("作为复议机关应诉的，不是本机关的申请，请不要填登记号。")
                self.add_error("elsewhere", words)
        return said

    def opening(self) -> Opening:
        """What was filled in, as the verbs take it."""
        said = self.cleaned_data
        held = said["case"] is not None
        return Opening(
            counted=not said["elsewhere"],
            contested_number="" if held else said["contested_number"],
            contested_on=None if held else said["contested_on"],
            contested_ground="" if held else said["contested_ground"],
            **opened(said),
        )


class AppealForm(forms.Form):
    """A form about an appeal. Subclasses set what depends on it in `about`."""

    def __init__(self, *args: Any, appeal: Appeal, **more: Any) -> None:
        super().__init__(*args, **more)
        self.about(appeal)

    def about(self, _appeal: Appeal, /) -> None:
        """Fill in what depends on the appeal."""

    def said(self) -> dict[str, Any]:
        """What was filled in, as the verb takes it. Only after validation."""
        return self.cleaned_data


class OnForm(AppealForm):
    """The day on which it happened."""

    on = fields.day(gettext_lazy("日期"))


class CopyForm(AppealForm):
    """When the copy came, and by which procedure it is heard."""

    on = fields.day(gettext_lazy("收到副本日期"))
    procedure = fields.choice(
        gettext_lazy("程序"), Appeal.Procedure.choices, coerce=Appeal.Procedure
    )

    def about(self, appeal: Appeal, /) -> None:
        self.fields["procedure"].initial = appeal.procedure


class ConcludeForm(AppealForm):
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

    def about(self, appeal: Appeal, /) -> None:
        known = results(procedure_of(appeal), on=timezone.localdate())
        code: Any = self.fields["code"]
        code.choices = [(result.code, result.words(speech())) for result in known]
        if appeal.instance > 1 and not appeal.retrial:
            code.help_text = gettext_lazy("维持原判的，按原判的结果选；改判的，按本审的结果选。")


class NextForm(HeardForm, AppealForm):
    """The judgment is contested in the next court, or tried anew."""


class StrikeForm(AppealForm):
    """Why it is void."""

    because = fields.text(gettext_lazy("作废原因"), rows=2, help_text=NO_NAMES)


def opened(said: Mapping[str, Any]) -> dict[str, Any]:
    """What `OpeningForm` asks for, as an opening takes it."""
    return {
        "kind": said["kind"],
        "about": said["matter"],
        "joint_key": said["joint_key"],
        **heard(said),
    }


def heard(said: Mapping[str, Any]) -> dict[str, Any]:
    """What `HeardForm` asks for, as an opening takes it."""
    return {name: said[name] for name in HeardForm.base_fields}
