"""How documents, days, sizes and pieces of text are written on pages of what is published."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, pgettext

from gongkai.annual_report.speech import speech
from gongkai.portal import wording
from gongkai.publishing.document.models import Validity
from gongkai.publishing.search.queries import Marked

register = template.Library()

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in running text: 2026年3月2日, or 2 March 2026."""
    if value is None:
        return ""
    local = timezone.localdate(value) if isinstance(value, datetime) else value
    if speech() == "en":
        return f"{local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{local.year}年{local.month}月{local.day}日"


@register.filter
def size(octets: int) -> str:
    """The size of a file as people say it."""
    if octets < 1000:
        return gettext("%(number)s 字节") % {"number": octets}
    if octets < 1_000_000:
        return f"{octets / 1000:.0f} kB"
    return f"{octets / 1_000_000:.1f} MB"


@register.filter
def kind_label(code: str) -> str:
    """A kind of document in words."""
    return wording.kind_label(code)


@register.filter
def item_label(code: str) -> str:
    """An item of articles 20 and 21 in words."""
    return wording.item_label(code)


@register.filter
def item_place(code: str) -> str:
    """Where an item stands in the law."""
    return wording.item_place(code)


BADGES = {
    Validity.IN_FORCE: "badge-done",
    Validity.AMENDED: "badge-review",
    Validity.NOT_YET: "badge-note",
    Validity.LAPSED: "badge-over",
    Validity.REPEALED: "badge-over",
    Validity.INVALID: "badge-over",
}


@register.filter
def validity_badge(code: str) -> SafeString:
    """Whether a document is in force, as word, colour and shape."""
    known = Validity(code)
    return format_html('<span class="badge {}">{}</span>', BADGES[known], known.label)


@register.filter
def not_in_force(code: str) -> SafeString:
    """The same where a reader has to be told; nothing for what is in force."""
    return SafeString("") if code == Validity.IN_FORCE else validity_badge(code)


@register.filter
def marked(text: Marked) -> SafeString:
    """A piece of text with what was asked for marked."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", part) if hit else part,) for part, hit in text.parts()),
    )


@register.filter
def linked_data(descriptions: Iterable[dict[str, Any]]) -> SafeString:
    """Descriptions for machines. The elements hold data, which no browser executes."""
    return format_html_join(
        "\n",
        '<script type="application/ld+json">{}</script>',
        ((_as_json(description),) for description in descriptions),
    )


def _as_json(description: dict[str, Any]) -> SafeString:
    """JSON in which nothing can end the element it stands in."""
    text = json.dumps(description, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308


@register.simple_tag
def site_name() -> str:
    """The name of the site, or of the system where an installation has given none."""
    return settings.SITE_NAME or pgettext("site", "公开")


@register.simple_tag
def imprint() -> list[tuple[str, str]]:
    """What the national guide asks for in the footer, as far as it is set."""
    given = (
        (gettext_lazy("主办单位"), settings.SITE_ORGANISER),
        (gettext_lazy("联系方式"), settings.SITE_CONTACT),
        (gettext_lazy("网站标识码"), settings.SITE_ID_CODE),
        (gettext_lazy("ICP备案号"), settings.ICP),
        (gettext_lazy("公安备案号"), settings.POLICE_RECORD),
    )
    return [(str(label), value) for label, value in given if value]
