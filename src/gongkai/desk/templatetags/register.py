"""What the pages of the register and the catalogue say in their templates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from gongkai.law.kinds import kind
from gongkai.publishing.catalogue.models import CatalogueItem, Period
from gongkai.publishing.document.models import Validity
from gongkai.publishing.register.models import CleanUp, EventKind, Matter
from gongkai.publishing.register.tallies import in_wan

register = template.Library()

VALIDITY = {
    Validity.IN_FORCE: "badge-done",
    Validity.NOT_YET: "badge-act",
    Validity.AMENDED: "badge-review",
    Validity.LAPSED: "badge-note",
    Validity.REPEALED: "badge-note",
    Validity.INVALID: "badge-note",
}
DECISION = {
    CleanUp.KEEP: "badge-done",
    CleanUp.AMEND: "badge-review",
    CleanUp.REPEAL: "badge-note",
    CleanUp.INVALIDATE: "badge-note",
}


@register.simple_tag
def validity_badge(validity: str) -> SafeString:
    """Shape and word for how a document stands."""
    known = Validity(validity)
    return format_html('<span class="badge {}">{}</span>', VALIDITY[known], known.label)


@register.simple_tag
def clean_up_badge(decision: str) -> SafeString:
    """Shape and word for what a clean-up decided; nothing where it has not."""
    if not decision:
        return SafeString("")
    known = CleanUp(decision)
    return format_html('<span class="badge {}">{}</span>', DECISION[known], known.label)


@register.filter
def event_label(code: str) -> str:
    """What happened to a document, in words."""
    return str(EventKind(code).label)


@register.filter
def matter_label(code: str) -> str:
    """What is tallied, in words."""
    return str(Matter(code).label)


@register.filter
def kind_label(code: str) -> str:
    """What a kind of document is called."""
    return kind(code).words(get_language() or "zh")


@register.filter
def iso(day: date | None) -> str:
    """A day as it stands in tables."""
    return day.isoformat() if day else ""


@register.filter
def number(amount: Any) -> str:
    """A number as people write it: grouped, without needless zeros, "" for a blank."""
    if amount is None:
        return ""
    exact = Decimal(amount)
    whole = exact.to_integral_value()
    return f"{whole if exact == whole else exact:,f}"


@register.filter
def wan(amount: Decimal) -> str:
    """元 in 万元, with all six decimals."""
    return f"{in_wan(amount):f}"


@register.filter
def months(numbers: tuple[int, ...]) -> str:
    """Months in a row as a range: 3–5、9."""
    runs: list[list[int]] = []
    for month in numbers:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(f"{r[0]}–{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in runs)


@register.filter
def period_label(item: CatalogueItem) -> str:
    """How often something of an item is due, in words."""
    return str(Period(item.period).label)
