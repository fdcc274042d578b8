"""The form in which a document is written. What it must hold the verbs decide; a draft may hold
anything, so nothing here is asked for before it is handed in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy

from gongkai.annual_report.speech import speech
from gongkai.law.catalogue import items
from gongkai.law.kinds import kind, kinds
from gongkai.org.models import Agency
from gongkai.publishing.catalogue.models import CatalogueItem
from gongkai.publishing.document.columns import column_label, longest
from gongkai.publishing.document.content import FIELDS, Content
from gongkai.publishing.document.models import Disclosure, Ground
from gongkai.screening.text.missing import REQUIRED

CATALOGUE_SINCE = date(2019, 5, 15)
DATES = ("formed_on", "evaluate_on", "effective_on", "expires_on")
ASKED_OF = {
    "registered": ("effective_on", "expires_on"),
    "withheld": ("ground", "reason", "evaluate_on"),
}
"""Fields that only some documents have; the rest is asked of all."""
TOO_LONG = gettext_lazy("最多 %(limit_value)d 个字，现在有 %(show_value)d 个。请缩短后再保存。")


def kind_choices() -> list[tuple[str, str]]:
    """Every kind with its name in the language of the page."""
    return [(known.code, known.words(speech())) for known in kinds()]


def item_choices() -> list[tuple[str, str]]:
    """Every item of articles 20 and 21, with its number."""
    english = speech() == "en"
    return [
        ("", "—"),
        *(
            (item.code, f"{item.code} {item.label_en if english else item.label}")
            for item in items(on=CATALOGUE_SINCE)
        ),
    ]


class DateField(forms.DateField):
    """A day, as browsers send it and as people write it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
            error_messages={"invalid": gettext_lazy("没有这一天。请写成 2026-03-02 这样的日期。")},
            **more,
        )


def uncut(field: forms.CharField) -> forms.CharField:
    """The field, its limit unknown to the browser: it would cut what is pasted without a word."""
    field.widget.attrs.pop("maxlength", None)
    field.error_messages["max_length"] = TOO_LONG
    return field


def _text(name: str, *, rows: int = 0, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    label = lazy(column_label, str)(name)
    field = forms.CharField(
        required=False,
        max_length=longest(name) or 20_000,
        label=label,
        help_text=help_text,
        widget=widget,
    )
    return uncut(field)


class ContentForm(forms.Form):
    """Metadata and text of a document of one agency."""

    kind = forms.ChoiceField(label=gettext_lazy("体裁"), choices=kind_choices)
    title = _text("title")
    document_number = _text("document_number", help_text=gettext_lazy("例如 青财发〔2026〕12号。"))
    formed_on = DateField(
        label=gettext_lazy("成文日期"), help_text=gettext_lazy("公开期限从这一天起算。")
    )
    topic = _text("topic", help_text=gettext_lazy("例如 财政、城乡建设。"))
    item = forms.ChoiceField(
        label=gettext_lazy("法定公开事项"),
        choices=item_choices,
        required=False,
        help_text=gettext_lazy("条例第二十条、第二十一条的事项；留空按体裁取常用的。"),
    )
    catalogue_item = forms.ModelChoiceField(
        queryset=CatalogueItem.objects.none(),
        required=False,
        label=gettext_lazy("目录事项"),
        empty_label="—",
        help_text=gettext_lazy("本机关主动公开基本目录中的事项。"),
    )
    period = _text("period", help_text=gettext_lazy("例如 2026、2026Q1 或 2026-03。"))
    disclosure = forms.ChoiceField(
        label=gettext_lazy("公开属性"),
        choices=Disclosure.choices,
        initial=Disclosure.PROACTIVE,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("拟制公文时即确定。"),
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("不予公开的依据"),
        choices=[("", "—"), *Ground.choices],
        required=False,
    )
    reason = _text("reason", rows=3)
    evaluate_on = DateField(
        label=gettext_lazy("下次评估日期"),
        help_text=gettext_lazy("不予公开的要定期评估，因情势变化可以公开的应当公开。"),
    )
    effective_on = DateField(label=gettext_lazy("施行日期"))
    expires_on = DateField(label=gettext_lazy("有效期至"))
    keywords = _text("keywords")
    summary = _text("summary", rows=3)
    source = _text("source")
    body = uncut(
        forms.CharField(
            label=gettext_lazy("正文"),
            required=False,
            max_length=5_000_000,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 24}),
        )
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["catalogue_item"]
        field.queryset = CatalogueItem.objects.filter(agency=agency)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say of both days which one contradicts the other."""
        data = super().clean() or self.cleaned_data
        start, end = data.get("effective_on"), data.get("expires_on")
        if start and end and end < start:
            self.add_error("effective_on", gettext("施行日期不能晚于有效期至。请核对这两个日期。"))
            self.add_error("expires_on", gettext("有效期至不能早于施行日期。请核对这两个日期。"))
        return data

    def content(self, body: str) -> Content:
        """What was typed, with that body, as plain values. The form must be valid."""
        said: dict[str, Any] = {
            name: value
            for name in FIELDS
            if name not in {"body", "catalogue_item"}
            and (value := self.cleaned_data[name]) is not None
        }
        chosen = self.cleaned_data["catalogue_item"]
        return Content(**said, catalogue_item=chosen.pk if chosen else None, body=body)

    def needed(self, name: str) -> bool:
        """Whether the field has to be filled before the document is handed in."""
        return name in REQUIRED.get(str(self["disclosure"].value()), ())

    @property
    def registered(self) -> bool:
        """Whether documents of the kind are entered into a register, with a time in force."""
        return _registered(str(self["kind"].value() or ""))


def as_initial(content: Content) -> dict[str, Any]:
    """The content as the form starts from it."""
    return {name: getattr(content, name) for name in FIELDS}


def _registered(code: str) -> bool:
    try:
        return bool(kind(code).registered)
    except KeyError:
        return False


class StartForm(forms.Form):
    """Of which agency and kind a new document is."""

    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        label=gettext_lazy("发布机构"),
        to_field_name="code",
        empty_label=None,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("体裁"), choices=kind_choices, widget=forms.RadioSelect
    )

    def __init__(self, agencies: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
