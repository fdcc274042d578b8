"""The register of an agency: what is in it, how each document stands, and entries by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.desk.access import person, staff
from gongkai.desk.administering import given, paged
from gongkai.desk.agency_pages import ask, attempt, may, read_by, readable, scope
from gongkai.desk.register_forms import EventForm, RevokeForm, UsualForm
from gongkai.law.kinds import Registered as RegisterCode
from gongkai.org.models import Agency
from gongkai.publishing import actions, permissions
from gongkai.publishing.document.models import Document, Validity
from gongkai.publishing.register import queries, tallies
from gongkai.publishing.register.models import RegisterEvent, UsualValidity
from gongkai.publishing.register.rules import ENDED

ASKED = require_http_methods(["GET", "HEAD", "POST"])
REGISTERS: dict[RegisterCode, Any] = {
    "normative_document": gettext_lazy("行政规范性文件"),
    "regulation": gettext_lazy("规章"),
}
AHEAD = 90


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency in the list: how many are in force or not yet, run out soon, months lacking."""

    agency: Agency
    in_force: int
    not_yet: int
    expiring: int
    missing: int


@staff
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The agencies whose registers the person reads; with one alone, its register."""
    page, agencies = read_by(request)
    if page.paginator.count == 1:
        return redirect("desk:register_list", agencies[0].code)
    today = timezone.localdate()
    lines = [_line(agency, today) for agency in agencies]
    shown = {"page": page, "lines": lines, "year": today.year}
    return render(request, "desk/register/index.html", shown)


def _line(agency: Agency, today: date) -> AgencyLine:
    lacking = tallies.missing(agency, today.year, today)
    return AgencyLine(
        agency,
        sum(len(queries.in_force(agency, today, code, subtree=False)) for code in REGISTERS),
        sum(_not_yet(agency, today, code) for code in REGISTERS),
        len(queries.expiring(today, AHEAD, agency, subtree=False)),
        sum(len(entry.months) for entry in lacking),
    )


def _not_yet(agency: Agency, today: date, register: RegisterCode) -> int:
    """How many are made and wait for their day; the yearly form counts them as in force."""
    documents = queries.registered(agency, register, subtree=False)
    standing = (document.on(today) for document in documents)
    return sum(1 for span in standing if span and span.validity == "not_yet")


@staff
@require_safe
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """What stands how on a day, by register and validity."""
    seen = scope(request, code)
    today = timezone.localdate()
    on = _day(request.GET.get("on", "")) or today
    register = _register(request.GET.get("register", ""))
    documents = queries.registered(seen.agency, register, subtree=seen.subtree)
    standing = [(entry, span) for entry in documents if (span := entry.on(on))]
    counts: Counter[str] = Counter(span.validity for _, span in standing)
    wanted = request.GET.get("validity", "")
    wanted = wanted if wanted in Validity.values else ""
    rows = [pair for pair in standing if wanted in {"", pair[1].validity}]
    shown = {
        "tab": "register",
        "scope": seen,
        "agency": seen.agency,
        "registers": REGISTERS.items(),
        "register": register,
        "on": on,
        "is_today": on == today,
        "wanted": wanted,
        "chips": [("", gettext("全部"), len(standing))]
        + [(v.value, str(v.label), counts[v.value]) for v in Validity if counts[v.value]],
        "expiring": queries.expiring(today, AHEAD, seen.agency, subtree=seen.subtree),
        "page": paged(rows, request.GET.get("page")),
        "anything": bool(documents),
    }
    return render(request, "desk/register/list.html", shown)


@staff
@require_safe
def document(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Everything that was entered about a document, and how it has stood since it was made."""
    agency, held = _held(request, code, key)
    shown = {
        "tab": "register",
        "agency": agency,
        "document": held,
        "publication": held.publications.order_by("-number").first(),
        "public": held.publications.filter(state="public").exists(),
        "spans": queries.life_of(held)[::-1],
        "ended": ENDED,
        "events": queries.events_of(held)[::-1],
        "today": timezone.localdate(),
        "may_enter": may(request, permissions.REGISTER, agency),
    }
    return render(request, "desk/register/document.html", shown)


@staff
@ASKED
def enter(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Enter what no document of this system did."""
    agency, held = _held(request, code, key)
    ask(request, permissions.REGISTER, agency)
    form = EventForm(given(request), initial={"kind": request.GET.get("kind", "")})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            status = attempt(
                form,
                lambda: actions.enter_event(
                    person(request),
                    held,
                    said["kind"],
                    said["on"],
                    said["note"],
                    expires_on=said["expires_on"],
                ),
            )
            if not status:
                messages.success(request, gettext("已登记。"))
                return redirect("desk:register_document", code, key)
    shown = {"tab": "register", "agency": agency, "document": held, "form": form}
    return render(request, "desk/register/enter.html", shown, status=status)


@staff
@ASKED
def revoke(request: HttpRequest, code: str, key: int, event: int) -> HttpResponse:
    """Revoke an entry that should not have been made."""
    agency, held = _held(request, code, key)
    ask(request, permissions.REGISTER, agency)
    row = RegisterEvent.objects.filter(pk=event, document=held).first()
    if row is None:
        raise Http404("no such entry")
    form = RevokeForm(given(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            why = form.cleaned_data["reason"]
            status = attempt(form, lambda: actions.revoke_event(person(request), row, why))
            if not status:
                messages.success(request, gettext("已撤销这条登记。"))
                return redirect("desk:register_document", code, key)
    shown = {"tab": "register", "agency": agency, "document": held, "event": row, "form": form}
    return render(request, "desk/register/revoke.html", shown, status=status)


@staff
@ASKED
def usual(request: HttpRequest, code: str) -> HttpResponse:
    """How long documents are usually valid at the agency and below; only ever suggested."""
    agency = readable(request, code)
    form = UsualForm(given(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            status = attempt(form, lambda: _set_usual(request, agency, said))
            if not status:
                messages.success(request, gettext("已记下。只作建议，不自动填写。"))
                return redirect("desk:register_usual", code)
    shown = {
        "tab": "usual",
        "agency": agency,
        "form": form,
        "rows": UsualValidity.objects.filter(agency__code__in=agency.lineage).select_related(
            "agency"
        ),
        "may_set": may(request, permissions.CONFIGURE, agency),
    }
    return render(request, "desk/register/usual.html", shown, status=status)


def _set_usual(request: HttpRequest, agency: Agency, said: dict[str, Any]) -> None:
    if request.POST.get("verb") == "unset":
        actions.unset_usual_validity(person(request), agency, said["kind"], trial=said["trial"])
        return
    actions.set_usual_validity(
        person(request), agency, said["kind"], said["years"], trial=said["trial"]
    )


def _held(request: HttpRequest, code: str, key: int) -> tuple[Agency, Document]:
    agency = readable(request, code)
    held = Document.objects.filter(pk=key, agency=agency, events__isnull=False).first()
    if held is None:
        raise Http404("no such document in the register")
    return agency, held


def _register(text: str) -> RegisterCode:
    return "regulation" if text == "regulation" else "normative_document"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
