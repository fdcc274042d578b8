"""The trail on a page: who did what, when; and whether it is whole."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report import queries
from gongkai.annual_report.models import Revision
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.desk import history
from gongkai.desk.access import person, staff
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role, User
from gongkai.publishing.document.models import Document
from gongkai.publishing.permissions import SEES_DRAFTS
from gongkai.trail.checks import Fault
from gongkai.trail.models import Entry
from gongkai.trail.verification import verify

OVERSEES = (Role.SUPERVISOR, Role.ADMINISTRATOR)
SHOWN_FAULTS = 20


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The lines about agencies in one's charge, newest first; POST reads the whole trail anew."""
    user = person(request)
    if not oversees(user):
        raise NotAllowedError("role")
    wish = {
        "q": request.GET.get("q", "").strip()[:100],
        "verb": request.GET.get("verb", ""),
    }
    rows = visible(user)
    if wish["q"]:
        rows = rows.filter(
            Q(object_label__icontains=wish["q"]) | Q(actor_name__icontains=wish["q"])
        )
    if wish["verb"] in history.VERBS:
        rows = rows.filter(verb=wish["verb"])
    entries = queries.paged(rows.order_by("-sequence"), request.GET.get("page"))
    shown: dict[str, Any] = {
        "page": entries,
        "lines": history.lines(entries),
        "verbs": [(label, verbs.items()) for label, verbs in history.GROUPS],
        "wish": wish,
        "filtered": bool(wish["q"] or wish["verb"]),
        "places": _places(entries),
    }
    if request.method == "POST":
        shown["verification"] = verify()
        shown["verified_at"] = timezone.now()
        shown["faults"] = [said(f) for f in shown["verification"].faults[:SHOWN_FAULTS]]
    return render(request, "desk/trail.html", shown)


def oversees(user: User) -> bool:
    """Whether the user has charge of any agency."""
    return org.agencies_of(user, OVERSEES).exists()


def visible(user: User) -> QuerySet[Entry]:
    """The lines about agencies in the user's charge, about their reports and their documents.

    A discarded draft of a report is known only by its label, which begins with the agency's name.
    A line about a document bears its title: it is for those who see the agency's drafts.
    """
    rows = Entry.objects.select_related("actor")
    reach = org.agencies_of(user, OVERSEES)
    open_to = org.agencies_of(user, SEES_DRAFTS)
    documents = Q(
        object_type=Document._meta.label_lower,
        object_id__in=_as_text(Document.objects.filter(agency__in=reach & open_to)),
    )
    if user.is_superuser or not Agency.objects.exclude(pk__in=open_to.values("pk")).exists():
        return rows
    if not Agency.objects.exclude(pk__in=reach.values("pk")).exists():
        return rows.filter(~Q(object_type=Document._meta.label_lower) | documents)
    mine = Revision.objects.filter(report__agency__in=reach)
    people = User.objects.filter(memberships__agency__in=reach).distinct()
    named = reach.annotate(
        told=Cast(OuterRef("object_label"), CharField()),
        begins=Concat(F("name"), Value(" ")),
    ).filter(told__startswith=F("begins"))
    return rows.filter(
        Q(object_type="annual_report.revision", object_id__in=_as_text(mine))
        | Q(object_type="org.agency", object_id__in=_as_text(reach))
        | Q(object_type="org.user", object_id__in=_as_text(people))
        | (Q(object_type="annual_report.revision") & Exists(named))
        | documents
    )


def _as_text(rows: QuerySet[Any]) -> QuerySet[Any]:
    keys: QuerySet[Any] = rows.annotate(key=Cast("pk", CharField())).values("key")
    return keys


def _places(entries: Any) -> dict[str, tuple[str, int, int]]:
    """Where the revisions that still are there can be seen: object id → agency, year, number."""
    keys = {
        int(e.object_id)
        for e in entries
        if e.object_type == "annual_report.revision" and e.object_id.isdecimal()
    }
    rows = Revision.objects.filter(pk__in=keys).values_list(
        "pk", "report__agency__code", "report__year", "number"
    )
    return {str(pk): (code, year, number) for pk, code, year, number in rows}


def said(fault: Fault) -> str:
    """A fault of the trail in the language of the page."""
    words = {
        "altered": gettext("内容与其哈希不符，被改动过"),
        "missing": gettext("缺失"),
        "unchained": gettext("与上一行接不上，其中一行被替换或移动过"),
        "surplus": gettext("多出来的，不在记录之内"),
        "head": gettext("末行与封存的不一致"),
        "anchor": gettext("与留存的凭据不一致"),
        "object": gettext("公布的报告与这一行所记的不符"),
        "unguarded": gettext("数据库的防改保护少了一项"),
    }
    what = words.get(fault.kind, fault.message)
    if fault.sequence is None:
        return what
    return gettext("第 %(n)s 行：%(what)s") % {
        "n": fault.sequence,
        "what": what,
    }
