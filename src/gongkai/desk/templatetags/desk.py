"""What the staff pages say in their templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.figures import Report
from gongkai.annual_report.models import Revision, Verdict
from gongkai.desk import trail, work
from gongkai.desk.access import person
from gongkai.desk.concurrency import decision_mark
from gongkai.desk.document import label
from gongkai.law.forms import Address, form

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
def desk_nav(context: Mapping[str, Any]) -> dict[str, Any]:
    """The staff navigation: what waits, and which pages the person may open."""
    request: HttpRequest = context["request"]
    match = request.resolver_match
    return {
        "here": match.view_name if match else "",
        "waiting": work.nav_count(request),
        "may_upload": work.may_upload(request),
        "oversees": trail.oversees(person(request)),
    }


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
