"""The register of regulations and normative documents, as it stands or stood on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext

from gongkai.org.models import Agency
from gongkai.portal.entered import entered, newest_first, standing
from gongkai.portal.machines import meta
from gongkai.portal.pages import public_page, uncounted_page
from gongkai.portal.tables import table
from gongkai.portal.wording import kind_label
from gongkai.publishing.document.models import Validity
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.publication.queries import public_titles
from gongkai.publishing.register.models import Campaign
from gongkai.publishing.register.queries import REGISTERS, Record, Registered

PAGE_SIZE = 50
STATES: dict[str, frozenset[str]] = {
    "in_force": frozenset({"in_force", "amended"}),
    "not_yet": frozenset({"not_yet"}),
    "repealed": frozenset({"repealed", "invalid"}),
    "lapsed": frozenset({"lapsed"}),
}
MOST_CAMPAIGNS = 20
MOST_AGENCIES = 500
PARAMETERS = ("on", "state", "kind", "agency", "page")


@dataclass(frozen=True, slots=True)
class Wish:
    """Which part of the register, on which day; no agency means all, no kind both registers."""

    on: date
    today: date
    state: str = "in_force"
    kind: str = ""
    agency: Agency | None = None

    @classmethod
    def read(cls, query: QueryDict, today: date) -> Wish:
        """The wish a query makes. What is not understood is left out; days to come are today."""
        state, kind = query.get("state", ""), query.get("kind", "")
        code = query.get("agency", "")[:40]
        return cls(
            on=min(_day(query.get("on", "")) or today, today),
            today=today,
            state=state if state in STATES else "in_force",
            kind=kind if kind in REGISTERS else "",
            agency=Agency.objects.filter(code=code).first() if code else None,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A record with what brought its standing about, where that is a public document."""

    record: Record
    validity: Validity
    by: Publication | None


@public_page(*PARAMETERS)
def register(request: HttpRequest) -> HttpResponse:
    """The register: what was in force, to come, repealed or lapsed on a day, by agency."""
    wish = Wish.read(request.GET, timezone.localdate())
    page = Paginator(records(wish), PAGE_SIZE).get_page(request.GET.get("page") or 1)
    shown: dict[str, Any] = {
        "wish": wish,
        "page": page,
        "rows": _rows(list(page.object_list)),
        "states": [(state, _label(state), _address(wish, state)) for state in STATES],
        "kinds": [(kind, kind_label(kind)) for kind in REGISTERS],
        "agencies": Agency.objects.filter(active=True).order_by("path")[:MOST_AGENCIES],
        "campaigns": _campaigns(),
        "narrowed": wish.on != wish.today or bool(wish.kind or wish.agency),
        "download": f"{reverse('portal:register_table')}?{_query(wish)}",
        "crumbs": [(reverse("portal:home"), gettext("首页")), ("", gettext("规范性文件"))],
        "meta": meta.of_column(request, "规章和行政规范性文件"),
    }
    return render(request, "portal/register.html", shown)


@uncounted_page(*PARAMETERS)
def register_table(request: HttpRequest) -> HttpResponse:
    """The same part of the register, whole, as a table (CSV)."""
    head = ["索引号", "名称", "文号", "制定机关", "类别", "成文日期", "有效性", "自何日起"]
    rows = (
        (
            record.document.index_number,
            record.document.title,
            record.document.document_number,
            record.document.agency.name,
            kind_label(record.document.kind, "zh"),
            record.document.made_on.isoformat(),
            str(Validity(record.standing.validity).label),
            record.standing.since.isoformat(),
        )
        for record in records(Wish.read(request.GET, timezone.localdate()))
    )
    return table("register", head, rows)


def records(wish: Wish) -> list[Record]:
    """That part of the register, the newest documents first. What was taken down is left out."""
    standings = standing(entered(), wish.on)
    lists = [standings[validity] for validity in STATES[wish.state] if standings.get(validity)]
    found = list(chain(*lists))
    if wish.kind or wish.agency:
        found = [record for record in found if _fits(record.document, wish)]
    if len(lists) > 1:
        found.sort(key=lambda record: newest_first(record.document), reverse=True)
    return found


def _fits(document: Registered, wish: Wish) -> bool:
    here = wish.agency is None or document.agency.path.startswith(wish.agency.path)
    return here and wish.kind in {"", document.kind}


def _rows(shown: list[Record]) -> list[Row]:
    causes = public_titles({row.standing.by for row in shown if row.standing.by is not None})
    return [
        Row(row, Validity(row.standing.validity), causes.get(row.standing.by or 0)) for row in shown
    ]


def _campaigns() -> list[Campaign]:
    """Clean-ups whose result is public."""
    rows = Campaign.objects.filter(result__isnull=False).select_related("agency")
    latest = list(rows[:MOST_CAMPAIGNS])
    public = public_titles({row.result_id for row in latest if row.result_id})
    return [row for row in latest if row.result_id in public]


def _label(state: str) -> str:
    return {
        "in_force": gettext("现行有效"),
        "not_yet": gettext("尚未施行"),
        "repealed": gettext("废止和宣布失效"),
        "lapsed": gettext("期满失效"),
    }[state]


def _query(wish: Wish, state: str = "") -> str:
    asked = {
        "on": wish.on.isoformat() if wish.on != wish.today else "",
        "state": state or wish.state,
        "kind": wish.kind,
        "agency": wish.agency.code if wish.agency else "",
    }
    return urlencode({name: value for name, value in asked.items() if value})


def _address(wish: Wish, state: str) -> str:
    return f"{reverse('portal:register')}?{_query(wish, state)}"


def _day(text: str) -> date | None:
    try:
        return parse_date(text[:10])
    except ValueError:
        return None
