"""Forms of the pages of the register. What fits the verbs decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.desk.forms import ReasonForm
from gongkai.law.kinds import kinds
from gongkai.publishing.actions.suggesting import MOST_YEARS
from gongkai.publishing.register.models import CleanUp, EventKind, Matter
from gongkai.publishing.register.tallies import MONTHS


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EventForm(forms.Form):
    """What happened to a document by no document of this system."""

    kind = forms.ChoiceField(
        label=gettext_lazy("发生了什么"),
        choices=[choice for choice in EventKind.choices if choice[0] != EventKind.MADE],
    )
    on = forms.DateField(
        label=gettext_lazy("自何日起"),
        widget=DayInput(),
        help_text=gettext_lazy("废止、失效、修改从这一天起生效；延长写决定的日期。"),
    )
    expires_on = forms.DateField(
        required=False,
        label=gettext_lazy("延长到哪一天"),
        widget=DayInput(),
        help_text=gettext_lazy("只在延长有效期时填写；不填就是长期有效。"),
    )
    note = forms.CharField(
        max_length=500,
        label=gettext_lazy("依据"),
        help_text=gettext_lazy("例如上位法的名称、评估结论或者上级的决定。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CampaignForm(forms.Form):
    """A clean-up to be begun."""

    title = forms.CharField(
        max_length=200,
        label=gettext_lazy("名称"),
        help_text=gettext_lazy("例如：青禾县2026年行政规范性文件清理"),
    )
    as_of = forms.DateField(
        label=gettext_lazy("清理基准日"),
        widget=DayInput(),
        help_text=gettext_lazy("这一天有效的文件全部列入。"),
    )
    subtree = forms.BooleanField(
        required=False, initial=True, label=gettext_lazy("含下级机关的文件")
    )


class CleanUpForm(forms.Form):
    """The same decision about the documents that are ticked."""

    decision = forms.ChoiceField(
        label=gettext_lazy("清理意见"), choices=CleanUp.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("请写明理由。")},
    )


class TalliesForm(forms.Form):
    """The tallies of one unit and year: a field for each matter and month."""

    reason = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("更正理由"),
        help_text=gettext_lazy("改动已经填报的数时必填；原来的数保留在记录里。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for matter in Matter:
            for month in MONTHS:
                self.fields[cell_name(matter, month)] = _amount(matter, month)

    @property
    def amounts(self) -> dict[tuple[str, int], Decimal]:
        """What was filled in; a blank field reports nothing."""
        return {
            (matter, month): amount
            for matter in Matter.values
            for month in MONTHS
            if (amount := self.cleaned_data.get(cell_name(matter, month))) is not None
        }


def cell_name(matter: str, month: int) -> str:
    """The name of the field for a matter and a month."""
    return f"{matter}-{month}"


def _amount(matter: Matter, month: int) -> forms.DecimalField:
    places = 2 if matter == Matter.FEE else 0
    label = gettext_lazy("%(matter)s %(month)s月") % {"matter": matter.label, "month": month}
    return forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=14 + places,
        decimal_places=places,
        label=label,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "aria-label": label, "size": 7}
        ),
    )


class SheetForm(forms.Form):
    """The file of an import."""

    file = forms.FileField(
        label=gettext_lazy("Excel 或 CSV 文件"),
        help_text=gettext_lazy("照模板填写的 .xlsx，或只有一张表的 .csv；不超过 20 MB。"),
        error_messages={
            "required": gettext_lazy("还没有选择文件。"),
            "empty": gettext_lazy("文件是空的。请先填表。"),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class UsualForm(forms.Form):
    """How long documents of a kind are usually valid."""

    kind = forms.ChoiceField(
        label=gettext_lazy("体裁"),
        choices=[(kind.code, kind.label) for kind in kinds() if kind.registered],
    )
    trial = forms.BooleanField(required=False, label=gettext_lazy("只用于名称里有“暂行”“试行”的"))
    years = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_YEARS,
        label=gettext_lazy("通常有效几年"),
        help_text=gettext_lazy("不填就是长期有效。"),
    )


class RevokeForm(ReasonForm):
    """Why an entry of the register is revoked."""
