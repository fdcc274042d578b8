"""Forms of the staff pages. What a figure may be the action decides; here it is only spelt."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.annual_report.figures import Figure
from gongkai.annual_report.models import Ruling
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role, User

LISTED = 300
"""Agencies a list to choose from still helps with; beyond that one searches by name."""
FIRST_YEAR = 2008
"""The year the regulation came into force; no report is of an earlier one."""


def reachable(user: User) -> Any:
    """The agencies the user may upload for, as a tree in one list."""
    return org.agencies_of(user, (Role.CASE_OFFICER, Role.ADMINISTRATOR)).order_by("path")


def tree(user: User, text: str = "") -> list[Agency]:
    """At most LISTED agencies the user may upload for, superiors before subordinates.

    Siblings stand in their official order.
    """
    rows = reachable(user)
    if text:
        rows = rows.filter(pk__in=org.found_by(text).values("pk"))
    found = list(rows[:LISTED])
    order = {a.code: (a.position, a.sort_key) for a in found}
    found.sort(key=lambda a: [order.get(code, (0, code)) for code in a.lineage])
    return found


class AgencyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An agency among those the user may upload for, indented by its place in the tree."""

    def label_from_instance(self, obj: Any) -> str:
        return "\u3000" * (len(obj.lineage) - 1) + str(obj.label())


class UploadForm(forms.Form):
    """What a person may say about the files, where the files do not say it themselves."""

    agency = AgencyChoice(
        queryset=Agency.objects.none(),
        required=False,
        label=gettext_lazy("机关"),
        empty_label=gettext_lazy("由报告自己确定"),
        help_text=gettext_lazy("选了就对这次所有文件生效。"),
    )
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=2100,
        label=gettext_lazy("年度"),
        help_text=gettext_lazy("填了就对这次所有文件生效，例如 2023。"),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = reachable(user)
        self.fields["agency"].queryset = rows  # type: ignore[attr-defined]
        if rows.count() > LISTED:
            del self.fields["agency"]


class SettleForm(forms.Form):
    """What was missing about one file: the agency, the year, or leave to replace a draft."""

    agency = AgencyChoice(
        queryset=Agency.objects.none(), label=gettext_lazy("这是哪个机关的报告"), empty_label=None
    )
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=2100,
        label=gettext_lazy("年度"),
        help_text=gettext_lazy("不填就用报告自己写的年度。"),
    )

    def __init__(self, user: User, asks: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = reachable(user)  # type: ignore[attr-defined]
        self.fields["agency"].required = asks == "agency"
        self.fields["year"].required = asks == "year"


class CorrectForm(forms.Form):
    """A figure for one cell. Blank is not zero, so that blank has to be said."""

    value = forms.CharField(
        required=False,
        max_length=40,
        label=gettext_lazy("改为"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    blank = forms.BooleanField(required=False, label=gettext_lazy("这一格是空白，不是零"))
    reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("记入操作记录，例如：与原始台账核对，原文笔误。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写明为什么改。")},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        text = unicodedata.normalize("NFKC", data.get("value", "")).replace(",", "")
        text = "".join(text.split())
        if data.get("blank"):
            if text:
                self.add_error("value", gettext_lazy("填了数字就不要勾空白，两样留一样。"))
            data["figure"] = None
        elif not text:
            self.add_error("value", gettext_lazy("请填写数字；如果这一格本来是空白，请勾选空白。"))
        else:
            data["figure"] = self._figure(text)
        return data

    def _figure(self, text: str) -> Figure:
        try:
            exact = Decimal(text)
        except InvalidOperation:
            exact = Decimal("NaN")
        if not exact.is_finite() or abs(exact) >= Decimal(10) ** 12:
            self.add_error(
                "value", gettext_lazy("“%s”不是数字。请只填数字，例如 12 或 3.5。") % text
            )
            return None
        return int(exact) if exact == exact.to_integral_value() else exact


class ReasonForm(forms.Form):
    """The reason that every decision is asked for."""

    reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写明理由。")},
    )


class IdentifyForm(ReasonForm):
    """Of which agency and year a draft is, and what it is called."""

    agency = AgencyChoice(
        queryset=Agency.objects.none(), label=gettext_lazy("机关"), empty_label=None
    )
    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=2100, label=gettext_lazy("年度"))
    title = forms.CharField(max_length=300, label=gettext_lazy("报告标题"))
    field_order = ("agency", "year", "title", "reason")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = reachable(user)  # type: ignore[attr-defined]


class JudgeForm(ReasonForm):
    """A decision about a finding."""

    ruling = forms.ChoiceField(
        choices=Ruling.choices,
        label=gettext_lazy("处理"),
        error_messages={"required": gettext_lazy("请选择处理方式。")},
    )


class PublishForm(forms.Form):
    """What is said to the public about a correction; a first revision needs no words."""

    public_note = forms.CharField(
        max_length=2000,
        label=gettext_lazy("更正说明"),
        help_text=gettext_lazy("与报告一起向社会公开。写明改了哪些数字、为什么改。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("更正版公布时必须写明更正说明。")},
    )

    def __init__(self, correction: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correction:
            del self.fields["public_note"]
