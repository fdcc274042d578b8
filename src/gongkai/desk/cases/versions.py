"""Every content the decisions of a case had, and the difference between any two."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.annual_report.queries import paged
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Check
from gongkai.casework.decision.versions import DecisionVersion
from gongkai.desk.access import staff
from gongkai.desk.cases.differences import differences, of_version
from gongkai.desk.cases.page import basics
from gongkai.desk.cases.reach import seen_case
from gongkai.desk.documents.reach import whole
from gongkai.trail.queries import about

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A version, what it is called in its case, and what became of exactly this content."""

    row: DecisionVersion
    name: str
    handed_in: bool
    checks: list[Check]


@staff
@require_safe
def versions(request: HttpRequest, key: int) -> HttpResponse:
    """All versions, newest first, and the two that were chosen with what differs."""
    held = seen_case(request, key)
    rows = _rows(held).defer("content").order_by("-decision__number", "-number")
    page = paged(rows, request.GET.get("page"), PAGE_SIZE)
    several = held.decisions.count() > 1
    before, after = _chosen(request, held)
    shown = {
        **basics(held),
        "question": gettext("历次稿本"),
        "page": page,
        "rows": _listed(held, list(page), several=several),
        "before": before,
        "after": after,
    }
    if before and after and before.content and after.content:
        shown["before_name"] = name(before, several=several)
        shown["after_name"] = name(after, several=several)
        shown["differences"] = differences(
            of_version(before), of_version(after), timezone.localdate(after.at)
        )
    return render(request, "desk/cases/versions.html", shown)


def name(version: DecisionVersion, *, several: bool) -> str:
    """What the version is called: by its number, and that of its decision where there are more."""
    if not several:
        return gettext("第 %(n)s 稿") % {"n": version.number}
    numbers = {"d": version.decision.number, "n": version.number}
    return gettext("第 %(d)s 次决定第 %(n)s 稿") % numbers


def _rows(held: Case) -> QuerySet[DecisionVersion]:
    rows = DecisionVersion.objects.filter(decision__case=held)
    return rows.select_related("by", "decision")


def _chosen(
    request: HttpRequest, held: Case
) -> tuple[DecisionVersion | None, DecisionVersion | None]:
    """The two versions the address names, the older first; None where there are not two."""
    asked = (whole(request.GET.get(end)) for end in ("from", "to"))
    keys = {key for key in asked if key is not None}
    found = list(_rows(held).filter(pk__in=keys).order_by("decision__number", "number"))
    return (found[0], found[1]) if len(found) == 2 else (None, None)


def _listed(held: Case, rows: list[DecisionVersion], *, several: bool) -> list[Listed]:
    handed_in = {
        (line.details["decision"], line.details["content_hash"])
        for line in about(held).filter(verb="casework.hand_in")
    }
    checks = Check.objects.filter(decision__case=held).select_related("by").order_by("id")
    by_content: dict[tuple[int, str], list[Check]] = {}
    for check in checks:
        by_content.setdefault((check.decision_id, check.content_hash), []).append(check)
    return [
        Listed(
            row,
            name(row, several=several),
            (row.decision_id, row.sha256) in handed_in,
            by_content.get((row.decision_id, row.sha256), []),
        )
        for row in rows
    ]
