"""The catalogue of an agency at the desk: begin it, change it, take it from and to Excel."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.desk import workbooks
from gongkai.desk.access import person, staff
from gongkai.desk.administering import given, paged
from gongkai.desk.agency_pages import (
    ask,
    attempt,
    excel,
    may,
    read_by,
    readable,
)
from gongkai.desk.catalogue_forms import EndForm, ItemForm, initial
from gongkai.law import catalogue as law
from gongkai.org.models import Agency
from gongkai.publishing import actions, permissions
from gongkai.publishing.catalogue import queries
from gongkai.publishing.catalogue.entry import Entry, channel_names, entry_of
from gongkai.publishing.catalogue.models import CatalogueItem
from gongkai.publishing.catalogue.queries import DutyCounts
from gongkai.publishing.catalogue.workbook import workbook

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency in the list: how many items, how many of them blank, and its duties."""

    agency: Agency
    items: int
    blank: int
    duties: DutyCounts


@staff
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The agencies whose catalogues the person reads; with one alone, its catalogue."""
    page, agencies = read_by(request)
    if page.paginator.count == 1:
        return redirect("desk:catalogue_items", agencies[0].code)
    today = timezone.localdate()
    shown = {"page": page, "lines": [_line(agency, today) for agency in agencies]}
    return render(request, "desk/catalogue/index.html", shown)


def _line(agency: Agency, today: date) -> AgencyLine:
    return AgencyLine(
        agency,
        queries.listed(agency, today).count(),
        len(queries.blank(agency, today)),
        queries.duty_counts(agency, today, subtree=False),
    )


@staff
@require_safe
def items(request: HttpRequest, code: str) -> HttpResponse:
    """The items of the catalogue, those no longer listed apart."""
    agency = readable(request, code)
    today = timezone.localdate()
    wanted = request.GET.get("show", "")
    rows = queries.listed(agency)
    listed = rows.filter(since__lte=today).filter(Q(until=None) | Q(until__gte=today))
    counts = Counter(
        {
            "": listed.count(),
            "periodic": listed.exclude(period="").count(),
            "blank": len(queries.blank(agency, today)),
            "ended": rows.filter(until__lt=today).count(),
            "later": rows.filter(since__gt=today).count(),
        }
    )
    narrowed = {
        "periodic": listed.exclude(period=""),
        "blank": listed.filter(pk__in=[item.pk for item in queries.blank(agency, today)]),
        "ended": rows.filter(until__lt=today),
        "later": rows.filter(since__gt=today),
    }
    chosen = narrowed.get(wanted, listed)
    text = request.GET.get("q", "").strip()[:100]
    if text:
        chosen = chosen.filter(
            Q(matter__contains=text) | Q(matter_2__contains=text) | Q(content__contains=text)
        )
    labels = {item.code: item for item in law.items(on=today)}
    page = paged(queries.with_documents(chosen), request.GET.get("page"))
    shown = {
        "tab": "items",
        "agency": agency,
        "page": page,
        "rows": [
            (item, labels.get(item.item), channel_names(tuple(item.channels))) for item in page
        ],
        "chips": _chips(counts),
        "wanted": wanted if wanted in narrowed else "",
        "q": text,
        "anything": rows.exists(),
        "may_change": may(request, permissions.CATALOGUE, agency),
    }
    return render(request, "desk/catalogue/items.html", shown)


def _chips(counts: Counter[str]) -> list[tuple[str, str, int]]:
    words = {
        "": gettext("在列"),
        "periodic": gettext("有周期的"),
        "blank": gettext("空白的"),
        "later": gettext("以后列入"),
        "ended": gettext("已终止"),
    }
    return [(code, said, counts[code]) for code, said in words.items() if counts[code] or not code]


@staff
@require_POST
def suggest(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an empty catalogue with what is usual for such an agency."""
    agency = readable(request, code)
    number = actions.suggest_catalogue(person(request), agency)
    words = ngettext("已列入 %(n)s 项，请逐项核对。", "已列入 %(n)s 项，请逐项核对。", number)
    messages.success(request, words % {"n": number})
    return redirect("desk:catalogue_items", code)


@staff
@ASKED
def add(request: HttpRequest, code: str) -> HttpResponse:
    """A new item at the end of the catalogue."""
    agency = readable(request, code)
    ask(request, permissions.CATALOGUE, agency)
    today = timezone.localdate()
    usual = Entry(matter="", since=today, subject=agency.name)
    form = ItemForm(given(request), on=today, initial=initial(usual))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = attempt(form, lambda: actions.add_item(person(request), agency, form.entry()))
            if not status:
                messages.success(request, gettext("已列入目录。"))
                return redirect("desk:catalogue_items", code)
    shown = {"tab": "items", "agency": agency, "form": form, "heading": gettext("新增事项")}
    return render(request, "desk/catalogue/item_form.html", shown, status=status)


@staff
@ASKED
def edit(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Let an item say something else."""
    agency, item = _held(request, code, key)
    ask(request, permissions.CATALOGUE, agency)
    before = entry_of(item)
    form = ItemForm(given(request), on=timezone.localdate(), initial=initial(before))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            entry = form.entry(before)
            status = attempt(form, lambda: actions.change_item(person(request), item, entry))
            if not status:
                messages.success(request, gettext("已记下。"))
                return redirect("desk:catalogue_items", code)
    shown = {
        "tab": "items",
        "agency": agency,
        "item": item,
        "form": form,
        "heading": gettext("修改事项"),
    }
    return render(request, "desk/catalogue/item_form.html", shown, status=status)


@staff
@ASKED
def end(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Take an item off the catalogue after a day."""
    agency, item = _held(request, code, key)
    ask(request, permissions.CATALOGUE, agency)
    form = EndForm(given(request), initial={"until": timezone.localdate()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            status = attempt(
                form,
                lambda: actions.end_item(person(request), item, said["until"], said["reason"]),
            )
            if not status:
                messages.success(request, gettext("已终止。"))
                return redirect("desk:catalogue_items", code)
    shown = {"tab": "items", "agency": agency, "item": item, "form": form}
    return render(request, "desk/catalogue/end.html", shown, status=status)


@staff
@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The catalogue as it stands, as Excel; `?standard=1` with the standard columns alone."""
    agency = readable(request, code)
    today = timezone.localdate()
    entries = [entry_of(item) for item in queries.listed(agency, today)]
    title = f"{agency.name}主动公开基本目录"
    data = workbook(title, entries, own_columns=request.GET.get("standard") != "1")
    return excel(data, f"catalogue-{agency.code}.xlsx")


def _done(request: HttpRequest, agency: Agency, done: Any) -> HttpResponse:
    words = gettext("新增 %(new)s 项，改动 %(changed)s 项。")
    messages.success(request, words % {"new": done.added, "changed": done.changed})
    return redirect("desk:catalogue_items", agency.code)


BOOK = workbooks.Workbook(
    kind="catalogue",
    tab="import",
    permission=permissions.CATALOGUE,
    upload="desk:catalogue_import",
    upload_page="desk/catalogue/import.html",
    plan="desk:catalogue_plan",
    plan_page="desk/catalogue/plan.html",
    preview=actions.preview_catalogue,
    carry_out=actions.import_catalogue,
    done=_done,
)


@staff
@ASKED
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a workbook, keep it for a day, and lead to what it would change."""
    return workbooks.asked_for(request, code, BOOK)


@staff
@ASKED
def planned(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """What the workbook would change now; with POST, carry it out."""
    return workbooks.planned(request, code, token, BOOK)


def _held(request: HttpRequest, code: str, key: int) -> tuple[Agency, CatalogueItem]:
    agency = readable(request, code)
    item = CatalogueItem.objects.filter(pk=key, agency=agency).first()
    if item is None:
        raise Http404("no such item")
    return agency, item
