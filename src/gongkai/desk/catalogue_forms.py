"""Forms of the pages of the catalogue. What fits the verbs decide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gongkai.desk.forms import ReasonForm
from gongkai.desk.register_forms import DayInput
from gongkai.law import catalogue as law
from gongkai.publishing.catalogue.entry import (
    EVERYONE,
    FIELDS,
    LEVELS,
    MANNERS,
    MOST_DAYS,
    PARTICULAR,
    Entry,
)
from gongkai.publishing.catalogue.models import Anchor, Period

AREA = forms.Textarea(attrs={"rows": 3})


def _blank(choices: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    return [("", gettext_lazy("不指定")), *choices]


class ItemForm(forms.Form):
    """An item of the catalogue with the columns of the standard catalogue."""

    matter = forms.CharField(max_length=200, label=gettext_lazy("一级事项"))
    matter_2 = forms.CharField(max_length=200, required=False, label=gettext_lazy("二级事项"))
    item = forms.ChoiceField(
        required=False,
        label=gettext_lazy("法定公开事项"),
        help_text=gettext_lazy("《条例》第二十条、第二十一条的哪一项。"),
    )
    field = forms.ChoiceField(required=False, label=gettext_lazy("领域"))
    content = forms.CharField(
        max_length=2000, required=False, widget=AREA, label=gettext_lazy("公开内容（要素）")
    )
    basis = forms.CharField(
        max_length=2000, required=False, widget=AREA, label=gettext_lazy("公开依据")
    )
    time_limit = forms.CharField(
        max_length=200,
        required=False,
        label=gettext_lazy("公开时限"),
        help_text=gettext_lazy("写给公众看的，例如：信息形成之日起20个工作日内。"),
    )
    subject = forms.CharField(max_length=200, required=False, label=gettext_lazy("公开主体"))
    channels = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("公开渠道和载体"),
        choices=[(channel.code, channel.label) for channel in law.channels()],
    )
    audience = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("公开对象"),
        choices=[(EVERYONE, EVERYONE), (PARTICULAR, PARTICULAR)],
    )
    groups = forms.CharField(max_length=150, required=False, label=gettext_lazy("特定群体是哪些人"))
    manner = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("公开方式"),
        choices=[(word, word) for word in MANNERS],
    )
    level = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("公开层级"),
        choices=[(word, word) for word in LEVELS],
    )
    period = forms.ChoiceField(
        required=False,
        choices=Period.choices,
        label=gettext_lazy("更新周期"),
        help_text=gettext_lazy("有周期的，每一期都会成为公开任务。"),
    )
    anchor = forms.ChoiceField(
        choices=Anchor.choices,
        label=gettext_lazy("从哪一天起算"),
        help_text=gettext_lazy("预算在当年公开，从期初起算；统计、决算从期末起算。"),
    )
    days = forms.IntegerField(min_value=1, max_value=MOST_DAYS, label=gettext_lazy("几日内公开"))
    working_days = forms.BooleanField(required=False, label=gettext_lazy("按工作日"))
    since = forms.DateField(widget=DayInput(), label=gettext_lazy("自何日起列入"))

    def __init__(self, *args: Any, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(item.code, f"{item.code} {item.label}") for item in law.items(on=on)]
        self.fields["item"].choices = _blank(found)  # type: ignore[attr-defined]
        known = [(field.code, field.label) for field in law.fields()]
        self.fields["field"].choices = _blank(known)  # type: ignore[attr-defined]

    def entry(self, before: Entry | None = None) -> Entry:
        """What was filled in, on top of what the form does not ask for."""
        said = self.cleaned_data
        values = {name: said[name] for name in FIELDS if name in said}
        values |= {
            "channels": tuple(said["channels"]),
            "audience": _audience(said["audience"], said["groups"]),
            "manner": "、".join(said["manner"]),
            "level": "、".join(said["level"]),
        }
        return replace(before, **values) if before else Entry(**values)


def initial(entry: Entry) -> dict[str, Any]:
    """What an item says, as the form shows it."""
    _, _, groups = entry.audience.partition(PARTICULAR)
    values = {name: getattr(entry, name) for name in FIELDS}
    return values | {
        "channels": list(entry.channels),
        "audience": [word for word in (EVERYONE, PARTICULAR) if word in entry.audience],
        "groups": groups.lstrip("：:"),
        "manner": [word for word in MANNERS if word in entry.manner.split("、")],
        "level": [word for word in LEVELS if word in entry.level],
    }


def _audience(marked: list[str], groups: str) -> str:
    words = [word for word in marked if word != PARTICULAR]
    if groups.strip():
        words.append(f"{PARTICULAR}：{groups.strip()}")
    elif PARTICULAR in marked:
        words.append(PARTICULAR)
    return "、".join(words)


class EndForm(ReasonForm):
    """Until when an item stands in the catalogue, and why it ends."""

    until = forms.DateField(
        widget=DayInput(),
        label=gettext_lazy("至何日止"),
        help_text=gettext_lazy("这一天仍在目录里。已经公布的文件不受影响。"),
    )
    field_order = ("until", "reason")
