"""Findings in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from gongkai.annual_report.check import rules
from gongkai.annual_report.check.claim import Claim
from gongkai.annual_report.check.finding import Finding, Mend, Term
from gongkai.annual_report.figures import UNPLACED, Unplaced
from gongkai.annual_report.speech import speech
from gongkai.law.forms import Address, form
from gongkai.portal.templatetags.page import figure

register = template.Library()


@register.filter
def said(finding: Finding) -> str:
    """What the finding says."""
    return finding.message(speech())


@register.filter
def two_sides(finding: Finding) -> list[tuple[str, str]]:
    """What the rule held against each other: the name of each side, and what stands there."""
    sides = rules()[finding.code].sides
    named = ((sides.expected, finding.expected), (sides.found, finding.found))
    return [(getattr(name, speech()), value) for name, value in named if value]


@register.filter
def where(finding: Finding, version: str | None) -> str:
    """Which cell, row, table or section the finding is about, in the words of the form."""
    return label(finding.address, version)


@register.filter
def mended(mend: Mend, version: str | None) -> str:
    """The cell that would repair a sum and the figure it would need."""
    return gettext("%(cell)s 改为 %(figure)s") % {
        "cell": label(mend.address, version),
        "figure": figure(mend.figure),
    }


@register.filter
def signed(term: Term, version: str | None) -> str:
    """One cell of a sum with its sign."""
    sign = "+" if term.sign > 0 else "−"
    return f"{sign} {label(term.address, version)}{gettext('：')}{figure(term.figure)}"


@register.filter
def address_label(address: Address, version: str | None) -> str:
    """The official words for an address."""
    return label(address, version)


@register.filter
def unplaced_reason(unplaced: Unplaced) -> str:
    """Why the reader put a passage into no cell."""
    zh, en = UNPLACED.get(unplaced.code, (unplaced.code, unplaced.code))
    return en if speech() == "en" else zh


@register.filter
def claim_reading(claim: Claim) -> str:
    """Which cells a figure of the text was held against."""
    return claim.reading(speech())


TABLES = {
    "proactive": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况",
    "appeals": "政府信息公开行政复议、行政诉讼情况",
}


def label(address: Address, version: str | None) -> str:
    """The official words for an address; for a row, table or section of the form, its title."""
    layout = form(version if version in ("2019", "2021") else "2021")
    if address in layout.addresses:
        return layout.label(address, speech())
    table, _, rest = address.partition(".")
    if table in {"sections", "section"}:
        head = next((h for h in layout.sections if str(h.number) == rest), None)
        if head is not None:
            return head.title if speech() == "zh" else head.title_en
    title = next(
        (h for h in layout.sections if h.title == TABLES.get(table)),
        None,
    )
    if title is None:
        return address
    name = title.title if speech() == "zh" else title.title_en
    row = next((r for r in layout.rows if r.code == rest), None)
    if table == "applications" and row is not None:
        words = " ".join((*row.under[1:], row.label))
        return words if speech() == "zh" else f"{name}: {row.label_en}"
    return name
