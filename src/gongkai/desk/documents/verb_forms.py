"""What the verbs of a document ask for before they are done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.desk.documents.forms import uncut
from gongkai.publishing.publication.models import Form, RelationKind

_REQUIRED = {"required": gettext_lazy("请写明理由。")}


def _area(**more: Any) -> forms.CharField:
    field = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **more)
    return uncut(field)


class ReasonForm(forms.Form):
    """The reason, which stays inside."""

    reason = _area(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("记入操作记录，不对外公开。"),
        error_messages=_REQUIRED,
    )


class PublishForm(forms.Form):
    """The note to the public; a first publication has none."""

    public_note = _area(
        label=gettext_lazy("更新说明"),
        help_text=gettext_lazy("向社会公开，写明这次改了什么。"),
        error_messages={"required": gettext_lazy("请写明向社会公开的说明。")},
    )

    def __init__(self, *args: Any, amends: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not amends:
            del self.fields["public_note"]


class ScheduleForm(PublishForm):
    """The moment of publication, with what publishing asks for."""

    at = forms.DateTimeField(
        label=gettext_lazy("公布时间"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("北京时间，例如 2026-03-02 09:00。"),
        error_messages={
            "required": gettext_lazy("请填写公布的时间。"),
            "invalid": gettext_lazy("时间写法不对。请写成 2026-03-02 09:00。"),
        },
    )


class WithdrawForm(ReasonForm):
    """Why a document is taken down: the reason inside, and what the public reads."""

    public_note = _area(
        label=gettext_lazy("公开说明"),
        help_text=gettext_lazy("显示在原来的地址上，例如：内容有误，正在更正。"),
        error_messages={"required": gettext_lazy("请写明向社会公开的说明。")},
    )
    hides_title = forms.BooleanField(
        required=False, label=gettext_lazy("连名称也不显示（名称本身不宜公开时）")
    )


class RelateForm(forms.Form):
    """To which document it stands in which relation."""

    kind = forms.ChoiceField(
        label=gettext_lazy("关系"), choices=RelationKind.choices, widget=forms.RadioSelect
    )
    target = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**53,
        error_messages={"required": gettext_lazy("请先查找并选定一份文件。")},
    )
    since = forms.DateField(
        label=gettext_lazy("自何日起"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("修改或废止从哪一天起生效；不填按施行日期或成文日期。"),
        error_messages={"invalid": gettext_lazy("没有这一天。请写成 2026-03-02 这样的日期。")},
    )
    form = forms.ChoiceField(
        label=gettext_lazy("解读形式"),
        required=False,
        choices=[("", "—"), *Form.choices],
        help_text=gettext_lazy("只有解读要填。"),
    )


class RemarkForm(forms.Form):
    """A comment on a passage; the passage is quoted or chosen by its paragraph."""

    text = _area(
        label=gettext_lazy("意见"), error_messages={"required": gettext_lazy("请写明意见。")}
    )
    quote = forms.CharField(required=False, max_length=5000, strip=True)
    paragraph = forms.IntegerField(required=False, min_value=1, max_value=100_000)
