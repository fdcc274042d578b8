"""Agencies and their units, for their administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.administration import agencies as verbs
from gongkai.administration.allowing import charge, has_whole_charge, mark
from gongkai.desk.access import person
from gongkai.desk.administering import administered, administrators, attempt, given, paged
from gongkai.desk.forms import ReasonForm
from gongkai.desk.org_forms import AgencyForm, MoveForm, NewAgencyForm, UnitForm
from gongkai.org import queries as org
from gongkai.org.models import Agency, Unit

GUIDE = {
    "address": gettext_lazy("办公地址"),
    "office_hours": gettext_lazy("办公时间"),
    "telephone": gettext_lazy("联系电话"),
    "fax": gettext_lazy("传真号码"),
    "email": gettext_lazy("电子邮箱"),
}
"""What the guide has to name (条例第十二条) and nobody can guess."""
ASKED = require_http_methods(["GET", "HEAD", "POST"])


@administrators
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The agencies in the person's charge as a tree, or those that a name finds."""
    user = person(request)
    text = request.GET.get("q", "").strip()[:100]
    closed = request.GET.get("closed") == "1"
    mine = charge(user)
    rows = mine.filter(active=not closed)
    if text:
        rows = rows.filter(pk__in=org.found_by(text).values("pk"))
    keys = org.tree_order(rows)
    page = paged(keys, request.GET.get("page"))
    held = Agency.objects.filter(pk__in=list(page)).annotate(
        people=Count("memberships__user", distinct=True),
        below=Count("subordinates", filter=Q(subordinates__active=True), distinct=True),
    )
    by_key = {agency.pk: agency for agency in held}
    shown = [by_key[key] for key in page if key in by_key]
    least = min((len(a.lineage) for a in shown), default=1) if not text else 0
    return render(
        request,
        "desk/org/agencies.html",
        {
            "tab": "agencies",
            "rows": [(a, "\u3000" * (len(a.lineage) - least) if not text else "") for a in shown],
            "page": page,
            "q": text,
            "closed": closed,
            "number_closed": mine.filter(active=False).count(),
            "anything": mine.exists(),
            "may_place_root": has_whole_charge(user),
        },
    )


@administrators
@ASKED
def add(request: HttpRequest) -> HttpResponse:
    """A new agency under one in the person's charge."""
    form = NewAgencyForm(
        given(request),
        initial={"superior": request.GET.get("superior", "")[:40], "level": "department"},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            code = form.cleaned_data["code"]
            status = attempt(
                form,
                lambda: verbs.add_agency(
                    person(request),
                    superior=form.cleaned_data["superior"],
                    code=code,
                    **form.values,
                ),
            )
            if not status:
                messages.success(request, gettext("已新增机关。"))
                return redirect("desk:org_agency", code)
    shown = {"tab": "agencies", "form": form, "heading": gettext("新增机关")}
    return render(request, "desk/org/agency_form.html", shown, status=status)


@administrators
@require_safe
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """One agency: what is known of it, its units, and the people in it."""
    agency = administered(request, code)
    posts = agency.memberships.select_related("user", "unit").order_by(
        "user__full_name", "user__username", "role"
    )
    lacking = [str(words) for name, words in GUIDE.items() if not getattr(agency, name)]
    context = {
        "tab": "agencies",
        "agency": agency,
        "above": org.above(agency),
        "mine": set(charge(person(request)).values_list("code", flat=True)),
        "reconsideration": org.reconsideration(agency),
        "lacking": lacking,
        "below": agency.subordinates.filter(active=True).count(),
        "units": agency.units.annotate(people=Count("memberships")),
        "page": paged(posts, request.GET.get("page")),
    }
    return render(request, "desk/org/agency.html", context)


@administrators
@ASKED
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Other values for an agency where it stands."""
    agency = administered(request, code)
    known = {name: getattr(agency, name) for name in AgencyForm.base_fields}
    form = AgencyForm(given(request), initial=known)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            seen = request.POST.get("seen", "")
            status = attempt(
                form,
                lambda: verbs.change_agency(person(request), agency, seen=seen, **form.values),
            )
            if not status:
                messages.success(request, gettext("已记下。"))
                return redirect("desk:org_agency", code)
    agency.refresh_from_db()
    shown = {
        "tab": "agencies",
        "form": form,
        "agency": agency,
        "seen": mark(agency),
        "heading": gettext("修改机关"),
        "now": _now(agency, form) if status == 409 else [],
    }
    return render(request, "desk/org/agency_form.html", shown, status=status)


def _now(agency: Agency, form: AgencyForm) -> list[tuple[str, Any]]:
    """What stands there now and is not what was typed."""
    return [
        (str(field.label), getattr(agency, name) or gettext("空白"))
        for name, field in form.fields.items()
        if getattr(agency, name) != form.cleaned_data.get(name)
    ]


@administrators
@ASKED
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Put an agency with all below it under another one."""
    agency = administered(request, code)
    form = MoveForm(given(request), initial={"superior": agency.superior})

    def act() -> None:
        there, why = form.cleaned_data["superior"], form.cleaned_data["reason"]
        seen = request.POST.get("seen", "")
        verbs.move_agency(person(request), agency, there, why, seen=seen)

    words = gettext("已移动。")
    return _asked(request, agency, form, act, template="desk/org/move.html", words=words)


@administrators
@ASKED
def close(request: HttpRequest, code: str) -> HttpResponse:
    """The agency exists no longer."""
    agency = administered(request, code)
    form = ReasonForm(given(request))

    def act() -> None:
        seen = request.POST.get("seen", "")
        verbs.close_agency(person(request), agency, form.cleaned_data["reason"], seen=seen)

    words = gettext("已撤销。")
    return _asked(request, agency, form, act, template="desk/org/close.html", words=words)


@administrators
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """The agency exists again."""
    verbs.reopen_agency(person(request), administered(request, code))
    messages.success(request, gettext("已恢复。"))
    return redirect("desk:org_agency", code)


def _asked(
    request: HttpRequest,
    agency: Agency,
    form: Any,
    act: Callable[[], object],
    *,
    template: str,
    words: str,
) -> HttpResponse:
    """The page that asks, until it is answered and the verb done."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = attempt(form, act)
            if not status:
                messages.success(request, words)
                return redirect("desk:org_agency", agency.code)
    agency.refresh_from_db()
    shown = {"tab": "agencies", "form": form, "agency": agency, "seen": mark(agency)}
    return render(request, template, shown, status=status)


@administrators
@ASKED
def unit(request: HttpRequest, code: str, unit: str = "") -> HttpResponse:
    """A new unit of an agency, or another name or place for one."""
    agency = administered(request, code)
    held = _unit(agency, unit) if unit else None
    known = {"name": held.name, "position": held.position} if held else {}
    form = UnitForm(held, given(request), initial=known)

    def act() -> None:
        if held is None:
            verbs.add_unit(person(request), agency, **form.cleaned_data)
        else:
            verbs.change_unit(person(request), held, **form.cleaned_data)

    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = attempt(form, act)
            if not status:
                messages.success(request, gettext("已记下。"))
                return redirect("desk:org_agency", code)
    shown = {"tab": "agencies", "form": form, "agency": agency, "unit": held}
    return render(request, "desk/org/unit.html", shown, status=status)


@administrators
@require_POST
def unit_state(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """Close a unit, or reopen it."""
    held = _unit(administered(request, code), unit)
    verb = verbs.close_unit if request.POST.get("verb") == "close" else verbs.reopen_unit
    verb(person(request), held)
    messages.success(request, gettext("已记下。"))
    return redirect("desk:org_agency", code)


def _unit(agency: Agency, code: str) -> Unit:
    held = agency.units.select_related("agency").filter(code=code).first()
    if held is None:
        raise Http404(code)
    return held
