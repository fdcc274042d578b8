"""What kinds, items and sections are called on a page, in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.annual_report.speech import speech
from gongkai.law import catalogue
from gongkai.law.kinds import kind

LONGEST = 16
"""Characters of an item's label where it is one step of a way."""


def kind_label(code: str, language: str = "") -> str:
    """The kind in words; an unknown one, from an older list, as it was entered."""
    try:
        return kind(code).words(language or speech())
    except KeyError:
        return code


def item_label(code: str, language: str = "") -> str:
    """The item of article 20 or 21 in words; "" for none."""
    found = items().get(code)
    if found is None:
        return code
    return found.label if (language or speech()) == "zh" else found.label_en


def short_item(code: str) -> str:
    """The item in few words."""
    label = item_label(code)
    room = LONGEST if speech() == "zh" else 2 * LONGEST
    return label if len(label) <= room else f"{label[: room - 1]}…"


def item_place(code: str) -> str:
    """Where the item stands in the law: 第二十条第(五)项; "" for none."""
    found = items().get(code)
    if found is None:
        return ""
    number, _, point = found.article.partition("(")
    article = {"20": "第二十条", "21": "第二十一条"}.get(number, number)
    if speech() == "en":
        return f"Art. {number}{' (' + point if point else ''}"
    return f"{article}第（{point.rstrip(')')}）项" if point else article


def items(on: date | None = None) -> dict[str, catalogue.Item]:
    """The items in force today, by code."""
    return {item.code: item for item in catalogue.items(on=on or timezone.localdate())}
