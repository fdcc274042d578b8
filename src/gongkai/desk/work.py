"""The list of work, and verbs on several reports at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from gongkai.annual_report import actions, queries
from gongkai.annual_report.models import OPEN, Revision, State
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.speech import speech
from gongkai.desk import frame, workload
from gongkai.desk.access import person, posted, seen_report, staff
from gongkai.desk.concurrency import unchanged
from gongkai.desk.todo.below import to_accept
from gongkai.desk.wishes import address
from gongkai.desk.yearend.notices import OWED_BY, notices
from gongkai.org import queries as org
from gongkai.org.models import Role

PAGE_SIZE = 25
CHIPS = {
    "open": gettext_lazy("待办"),
    State.DRAFT: gettext_lazy("草稿"),
    State.FROZEN: gettext_lazy("已定稿"),
    State.PUBLISHED: gettext_lazy("已公布"),
    "all": gettext_lazy("全部"),
}
HEADS = (
    ("agency", gettext_lazy("机关")),
    ("year", gettext_lazy("年度")),
    ("state", gettext_lazy("状态")),
    ("findings", gettext_lazy("未处理的问题")),
    ("changed", gettext_lazy("最近变动")),
)
TOP_FIRST = frozenset({"findings", "changed"})


@staff
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Reports by state, year and agency, with what is open about each."""
    user = person(request)
    wish = _wish(request)
    rows = workload.chosen(user, **wish)
    total = rows.count()
    weigh = wish["order"].endswith("findings") and total <= workload.MOST_WEIGHED
    page = queries.paged(
        workload.weighed(rows, wish["order"]) if weigh else rows,
        request.GET.get("page"),
        PAGE_SIZE,
    )
    fitting = workload.narrowed(workload.reports(user), text=wish["text"], year=wish["year"])
    shown = {
        "rows": workload.filled(page),
        "page": page,
        "chips": frame.chips(
            CHIPS,
            workload.counts(fitting),
            wish["state"],
            lambda state: _query(wish, state=state),
            lasting=CHIPS,
        ),
        "heads": _heads(wish, sortable=total <= workload.MOST_WEIGHED),
        "wish": wish,
        "filtered": bool(wish["text"] or wish["year"]),
        "years": workload.years(user),
        "missing": workload.missing(user, wish["year"])[:200] if wish["year"] else None,
        "may_upload": may_upload(request),
        "notices": notices(user),
        "anything": workload.reports(user).exists(),
        "selectable": wish["state"] in {"open", *OPEN} and _reviews(request),
    }
    return render(request, "desk/reports.html", shown)


def may_upload(request: HttpRequest) -> bool:
    """Whether there is any agency the person may upload for."""
    return org.agencies_of(request.user, (Role.CASE_OFFICER, Role.ADMINISTRATOR)).exists()


def _reviews(request: HttpRequest) -> bool:
    return org.agencies_of(request.user, (Role.HEAD, Role.ADMINISTRATOR)).exists()


@staff
@require_safe
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Leads to the present revision of a report."""
    stored = seen_report(request, code, year)
    held = list(queries.revisions(stored))
    if not held:
        raise Http404("no revision")
    current = next((r for r in held if r.state in OPEN), held[0])
    return redirect("desk:revision", code, year, current.number)


@staff
@posted
def bulk(request: HttpRequest) -> HttpResponse:
    """Freeze or publish the chosen revisions, each by itself; one refusal stops no other."""
    verbs = {"freeze": actions.freeze, "publish": actions.publish}
    verb = verbs.get(request.POST.get("verb", ""))
    if verb is None:
        raise Http404("no such verb")
    done = 0
    chosen = _selected(request, request.POST.getlist("revision"))
    for revision, seen in chosen:
        try:
            with unchanged(revision, seen):
                verb(person(request), revision)
            done += 1
        except NotAllowedError as refused:
            subject = f"{revision.report.agency.label()} {revision.report.year}"
            messages.error(
                request,
                gettext("%(report)s 没有办成：%(why)s")
                % {"report": subject, "why": refused.message(speech())},
            )
    if done:
        words = (
            ngettext("已定稿 %(n)s 份。", "已定稿 %(n)s 份。", done)
            if verb is actions.freeze
            else ngettext("已公布 %(n)s 份。", "已公布 %(n)s 份。", done)
        )
        messages.success(request, words % {"n": done})
    if not chosen:
        messages.warning(request, gettext("没有选中任何报告。请先在表格左侧打勾。"))
    query = request.POST.get("query", "")
    return redirect(reverse("desk:reports") + (f"?{query}" if query else ""))


def _selected(request: HttpRequest, values: list[str]) -> list[tuple[Revision, str]]:
    """Revisions with the content hash the person saw, from "key:hash".

    What the person may not see is passed over like what does not exist: a refusal by name would
    tell of it.
    """
    pairs = (value.split(":", 1) for value in values[:PAGE_SIZE] if ":" in value)
    seen = {
        int(key): content
        for key, content in pairs
        if key.isascii() and key.isdecimal() and len(key) < 16
    }
    rows = queries.open_revisions(request.user).filter(pk__in=seen)
    return [(revision, seen[revision.pk]) for revision in rows]


def _wish(request: HttpRequest) -> dict[str, Any]:
    state = request.GET.get("state", "")
    order = request.GET.get("sort", "")
    year = request.GET.get("year", "")
    return {
        "state": state if state in workload.STATES else "open",
        "text": request.GET.get("q", "").strip()[:100],
        "year": int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        "order": order if order.removeprefix("-") in workload.ORDERS else "state",
    }


def _query(wish: dict[str, Any], **change: Any) -> str:
    merged = {**wish, **change}
    named = {
        "state": merged["state"],
        "q": merged["text"],
        "year": merged["year"] or "",
        "sort": merged["order"],
    }
    usual = {"state": "open", "sort": "state"}
    return address({k: str(v) for k, v in named.items() if usual.get(k) != v})


def _heads(wish: dict[str, Any], *, sortable: bool) -> list[frame.Head]:
    """Column heads; findings sort only what is weighed, and what is published is dated by that."""
    heads = frame.heads(
        HEADS, wish["order"], lambda order: _query(wish, order=order), falling=TOP_FIRST
    )
    for (key, _), head in zip(HEADS, heads, strict=True):
        if key == "changed" and wish["state"] == State.PUBLISHED:
            head["label"] = gettext("公布日期")
        if key == "findings" and not sortable:
            head["url"] = ""
    return heads


def nav_count(request: HttpRequest) -> int:
    """How many reports wait for the person, for the navigation: what is not public of the agencies
    whose report they write or review, and what was submitted to their office."""
    user = person(request)
    own = workload.reports(user).filter(agency__in=org.agencies_of(user, OWED_BY))
    return workload.counts(own)["open"] + to_accept(user)
