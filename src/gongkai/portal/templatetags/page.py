"""What every page needs: display preferences, navigation, figures as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from gongkai.annual_report import places
from gongkai.annual_report.speech import speech
from gongkai.portal.preferences import CONTRASTS, LANGUAGES, TEXT_SIZES, chosen

register = template.Library()


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting a reader may pick, with the address that picks it and leads back."""

    key: str
    value: str
    label: str
    url: str
    current: bool
    lang: str = ""


@register.simple_tag(takes_context=True)
def display_attributes(context: dict[str, Any]) -> SafeString:
    """The reader's text size and contrast as attributes of the root element."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    return format_html_join(
        "",
        ' data-{}="{}"',
        [(name, value) for name, value in chosen(request).items() if value],
    )


@register.simple_tag(takes_context=True)
def preferences(context: dict[str, Any]) -> dict[str, list[Choice]]:
    """Languages, text sizes and contrasts to choose from, each marked if it is the present one."""
    request = context.get("request")
    back = request.get_full_path() if request is not None else "/"
    now = chosen(request) if request is not None else {"size": "", "contrast": ""}
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"

    def choice(key: str, value: str, label: str, current: bool, lang: str = "") -> Choice:
        query = urlencode({key: value, "next": back})
        return Choice(key, value, label, f"{reverse('portal:preferences')}?{query}", current, lang)

    return {
        "languages": [
            choice("language", code, label, code == language, lang)
            for code, (label, lang) in LANGUAGES.items()
        ],
        "display": [
            *(
                choice("size", size or "normal", str(label), now["size"] == size)
                for size, label in TEXT_SIZES.items()
            ),
            *(
                choice("contrast", level or "normal", str(label), now["contrast"] == level)
                for level, label in CONTRASTS.items()
            ),
        ],
    }


NAVIGATION = (
    ("portal:catalogue", gettext_lazy("主动公开")),
    ("portal:register", gettext_lazy("规范性文件")),
    ("portal:agencies", gettext_lazy("机关")),
    ("portal:reports", gettext_lazy("年报")),
    ("portal:apply", gettext_lazy("依申请公开")),
    ("portal:search", gettext_lazy("搜索")),
)
REPORTS = (
    ("portal:reports", gettext_lazy("年度报告")),
    ("portal:compare", gettext_lazy("比较")),
    ("portal:read", gettext_lazy("核对年报")),
)


@register.simple_tag(takes_context=True)
def site_nav(context: dict[str, Any]) -> SafeString:
    """The public navigation; the page one is on is marked."""
    return _links(context, NAVIGATION, "{}")


@register.simple_tag(takes_context=True)
def report_tabs(context: dict[str, Any]) -> SafeString:
    """What there is to do with annual reports, as tabs."""
    return format_html('<ul class="tabs no-print">{}</ul>', _links(context, REPORTS, "<li>{}</li>"))


def _links(context: dict[str, Any], pages: tuple[tuple[str, Any], ...], frame: str) -> SafeString:
    request: HttpRequest | None = context.get("request")
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    return format_html_join(
        "\n",
        frame.format('<a href="{}"{}>{}</a>'),
        [
            (reverse(name), SafeString(' aria-current="page"') if name == here else "", label)
            for name, label in pages
        ],
    )


@register.filter
def figure(value: int | Decimal | None) -> str:
    """A figure with thousands grouped; a blank cell as a word, since blank is not zero."""
    return gettext("空白") if value is None else f"{value:,}"


@register.filter
def long_day(day: date | None) -> str:
    """A day as it stands in a sentence: 2026年3月2日, 2 March 2026; "" for none."""
    if day is None:
        return ""
    if speech() == "en":
        return f"{day.day} {day:%B %Y}"
    return f"{day.year}年{day.month}月{day.day}日"


@register.simple_tag
def severity_badge(severity: str) -> SafeString:
    """Colour, shape and word for how serious a finding is."""
    return format_html('<span class="badge badge-{}">{}</span>', severity, SEVERITY[severity])


SEVERITY = {
    "error": gettext_lazy("错误"),
    "review": gettext_lazy("需核对"),
    "note": gettext_lazy("提示"),
}


@register.filter
def form_name(version: str | None) -> str:
    """The form in words, e.g. 2021年格式."""
    return gettext("%(version)s年格式") % {"version": version} if version else ""


@register.filter
def format_name(suffix: str) -> str:
    """What people call a file format."""
    return str(FORMAT_NAMES.get(suffix, suffix))


FORMAT_NAMES = {
    "html": gettext_lazy("网页"),
    "docx": "Word",
    "xlsx": "Excel",
    "pdf": "PDF",
    "json": "JSON",
}


@register.filter
def source_name(source: str) -> str:
    """Which part of the source something rests on (`figures.Evidence.source`)."""
    return str(SOURCES.get(source, source))


SOURCES = {
    "title": gettext_lazy("标题"),
    "head": gettext_lazy("文首"),
    "body": gettext_lazy("正文"),
    "metadata": gettext_lazy("文件属性"),
    "content": gettext_lazy("表格内容"),
}


@register.filter
def place_words(place: str) -> str:
    """Where something stood in its source, in the language of the page."""
    return places.in_words(place, speech())


@register.filter
def foreign(text: str) -> SafeString:
    """A lang attribute for Chinese text that stands on an English page."""
    english = (get_language() or "").startswith("en")
    return SafeString(' lang="zh-Hans"' if english and not str(text).isascii() else "")
