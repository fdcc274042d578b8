"""Forms of the pages of agencies, units and people. What fits the verbs decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.desk.administering import found
from gongkai.desk.forms import ReasonForm
from gongkai.org.actions import CHANGEABLE
from gongkai.org.models import Agency, Level, Role, Unit

CODE_HINT = gettext_lazy("出现在网址里，以后不能改。只用字母、数字、连字符和下划线。")


class AgencyName(forms.CharField):
    """An agency by its code or its full name; the value is the agency, None for a blank."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=120, **more)
        self.widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> Agency | None:
        text = str(super().clean(value) or "")
        if not text:
            return None
        agency = found(text)
        if agency is None:
            raise forms.ValidationError(
                gettext_lazy("没有“%(text)s”这个机关。请填写代码或全称。") % {"text": text}
            )
        return agency

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Agency) else value


class AgencyForm(forms.Form):
    """The fields of an agency as they are called on the page."""

    name = forms.CharField(max_length=120, label=gettext_lazy("名称"))
    short_name = forms.CharField(max_length=60, required=False, label=gettext_lazy("简称"))
    name_en = forms.CharField(max_length=200, required=False, label=gettext_lazy("英文名称"))
    level = forms.ChoiceField(choices=Level.choices, label=gettext_lazy("层级"))
    vertical = forms.BooleanField(
        required=False,
        label=gettext_lazy("垂直领导"),
        help_text=gettext_lazy("在本系统内报送年度报告，不计入本级政府的汇总。"),
    )
    position = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=10**9,
        label=gettext_lazy("次序"),
        help_text=gettext_lazy("同级之间的官方次序，小的在前；相同的按拼音。"),
    )
    region = forms.CharField(
        max_length=12,
        required=False,
        label=gettext_lazy("行政区划代码"),
        help_text=gettext_lazy("新增时不填就与上级相同。"),
    )
    credit_code = forms.CharField(
        max_length=18,
        required=False,
        label=gettext_lazy("统一社会信用代码"),
        help_text=gettext_lazy("十八位，校验位会核对。"),
    )
    reconsideration_organ = AgencyName(
        required=False,
        label=gettext_lazy("行政复议机关"),
        help_text=gettext_lazy("代码或全称。不填就按法律推定。"),
    )
    court = forms.CharField(max_length=120, required=False, label=gettext_lazy("管辖法院"))
    address = forms.CharField(max_length=200, required=False, label=gettext_lazy("办公地址"))
    office_hours = forms.CharField(max_length=200, required=False, label=gettext_lazy("办公时间"))
    telephone = forms.CharField(max_length=60, required=False, label=gettext_lazy("联系电话"))
    fax = forms.CharField(max_length=60, required=False, label=gettext_lazy("传真号码"))
    email = forms.EmailField(required=False, label=gettext_lazy("电子邮箱"))

    def clean_position(self) -> int:
        return int(self.cleaned_data["position"] or 0)

    def clean_credit_code(self) -> str:
        return "".join(str(self.cleaned_data["credit_code"]).upper().split())

    @property
    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        return {name: self.cleaned_data[name] for name in CHANGEABLE}


class NewAgencyForm(AgencyForm):
    """A new agency also needs a code and a place."""

    code = forms.SlugField(max_length=40, label=gettext_lazy("代码"), help_text=CODE_HINT)
    superior = AgencyName(
        required=False,
        label=gettext_lazy("上级机关"),
        help_text=gettext_lazy("代码或全称。最上一级不填，只有系统的运行者可以不填。"),
    )
    field_order = ("superior", "code", "name", "short_name", "name_en", "level")


class MoveForm(ReasonForm):
    """Where an agency goes, and why."""

    superior = AgencyName(
        required=False,
        label=gettext_lazy("新的上级机关"),
        help_text=gettext_lazy("代码或全称。下面的机关一起移动。"),
    )
    field_order = ("superior", "reason")


class UnitForm(forms.Form):
    """A unit of an agency; the code is given once."""

    code = forms.SlugField(max_length=40, label=gettext_lazy("代码"), help_text=CODE_HINT)
    name = forms.CharField(max_length=120, label=gettext_lazy("名称"))
    position = forms.IntegerField(
        required=False, min_value=0, max_value=10**9, label=gettext_lazy("次序")
    )

    def __init__(self, unit: Unit | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit is not None:
            del self.fields["code"]

    def clean_position(self) -> int:
        return int(self.cleaned_data["position"] or 0)


class RoleForm(forms.Form):
    """A role at an agency and, where it has any, one of its units."""

    role = forms.ChoiceField(choices=Role.choices, label=gettext_lazy("角色"))
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), required=False, label=gettext_lazy("内设机构")
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Unit.objects.filter(agency=agency, active=True)
        self.fields["unit"].queryset = rows  # type: ignore[attr-defined]
        if not rows.exists():
            del self.fields["unit"]


class NewPersonForm(RoleForm):
    """A person by user name and name, with a role at an agency."""

    username = forms.CharField(
        max_length=150,
        label=gettext_lazy("用户名"),
        help_text=gettext_lazy("登录用，以后不能改。只用字母、数字和 @ . + - _。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    full_name = forms.CharField(
        max_length=100,
        label=gettext_lazy("姓名"),
        help_text=gettext_lazy("已有账号的人，用户名和姓名都要与账号一致。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("username", "full_name", "role", "unit")


class NameForm(forms.Form):
    """What a person is called."""

    full_name = forms.CharField(max_length=100, label=gettext_lazy("姓名"))


class PlaceForm(forms.Form):
    """At which agency a person is given a role."""

    agency = AgencyName(label=gettext_lazy("机关"), help_text=gettext_lazy("代码或全称。"))


class ImportForm(forms.Form):
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
