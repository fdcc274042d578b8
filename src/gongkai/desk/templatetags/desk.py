"""What the staff pages say in their templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.figures import Report
from gongkai.annual_report.models import Revision, Verdict
from gongkai.annual_report.speech import speech
from gongkai.desk import navigation
from gongkai.desk.concurrency import decision_mark
from gongkai.desk.document import label
from gongkai.desk.documents import words
from gongkai.desk.documents.deadlines import Due
from gongkai.desk.documents.forms import ContentForm
from gongkai.law.forms import Address, form
from gongkai.publishing.document.models import Stage
from gongkai.publishing.document.rich_text import sanitised

register = template.Library()

STATES = {
    "draft": ("", gettext_lazy("草稿")),
    "frozen": ("badge-act", gettext_lazy("已定稿")),
    "published": ("badge-done", gettext_lazy("已公布")),
    "superseded": ("badge-note", gettext_lazy("已被更正版取代")),
}


@register.simple_tag
def state_badge(state: str) -> SafeString:
    """Colour, shape and word for the state of a revision."""
    style, words = STATES[state]
    return format_html('<span class="badge {}">{}</span>', style, words)


@register.simple_tag(takes_context=True)
def desk_nav(context: Mapping[str, Any]) -> list[navigation.Entry]:
    """The staff navigation: what waits, and which pages the person may open."""
    return navigation.entries(context["request"])


@register.simple_tag
def stage_badge(stage: str) -> SafeString:
    """Colour, shape and word for the stage of a document."""
    return format_html('<span class="badge {}">{}</span>', STAGES[stage], Stage(stage).label)


STAGES = {
    "draft": "",
    "in_review": "badge-act",
    "returned": "badge-review",
    "approved": "badge-note",
    "settled": "badge-done",
    "discarded": "",
}


@register.inclusion_tag("desk/documents/field.html")
def document_field(form: ContentForm, name: str) -> dict[str, Any]:
    """A field of a document's form, marked if it has to be filled before review."""
    return {"field": form[name], "needed": form.needed(name)}


@register.filter
def kept_body(body: str) -> SafeString:
    """A body, or blocks of one, as HTML. It is cleaned once more: nothing is taken on trust."""
    return mark_safe(sanitised(body))  # noqa: S308


@register.simple_tag
def change_label(change: str) -> str:
    """What became of a paragraph from one version to another."""
    return str(CHANGES.get(change, ""))


CHANGES = {
    "added": gettext_lazy("新增"),
    "removed": gettext_lazy("删去"),
    "restyled": gettext_lazy("样式改了"),
    "moved_from": gettext_lazy("移走"),
    "moved_to": gettext_lazy("移到这里"),
}


@register.simple_tag
def step_label(code: str) -> str:
    """What a step of review is called."""
    return words.step_label(code)


@register.simple_tag
def due_badge(due: Due) -> SafeString:
    """How long there is until a day, in colour, shape and words."""
    day = date_format(due.on, "n月j日") if speech() == "zh" else due.on.isoformat()
    doubt = gettext("（暂定）") if due.provisional else ""
    return format_html('<span class="badge {}">{} · {}{}</span>', due.style, due.words, day, doubt)


@register.filter
def cell_label(address: Address, report: Report) -> str:
    """The official words for a cell of the report."""
    return label(address, report)


@register.filter
def is_cell(address: Address, report: Report) -> bool:
    """Whether the address is one cell, and not a row, a table or a section."""
    return address in report.figures or address in (report.layout() or form("2021")).addresses


@register.filter
def decided_at(verdict: Verdict | None) -> str:
    """What a form carries to say which decision was on the page."""
    return decision_mark(verdict.at if verdict else None)


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value under the key, or nothing."""
    return mapping.get(key)


@register.filter
def same(finding: Finding, mark: str) -> bool:
    """Whether the finding bears that fingerprint."""
    return finding.fingerprint == mark


@register.filter
def revision_name(revision: Revision) -> str:
    """Agency and year, as a report is called in a list."""
    return f"{revision.report.agency.label()} {revision.report.year}"
