"""How much there is to do and how it is done, for who watches over agencies; without persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.casework.appeal.queries import Contested, contested
from gongkai.casework.figures import (
    ANSWERED_SO,
    COUNTED,
    Load,
    corrected,
    loads,
    outcomes_of,
    years_of,
)
from gongkai.casework.queries import overseen_by
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases import charts, words
from gongkai.org import queries as org
from gongkai.org.models import Agency

MOST = 2_000
"""Agencies of one page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One agency in the table; `seen` says that its figures lead to the cases behind them."""

    agency: Agency
    load: Load
    corrected: int
    seen: bool

    @property
    def rate(self) -> str:
        """The share answered in time, as people write it; a dash where nothing was due."""
        return percent(self.load)


@staff
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of a year over the agencies in the person's charge."""
    user, today = person(request), timezone.localdate()
    watched = overseen_by(user)
    if not watched.exists():
        raise NotAllowedError("role")
    top = org.agency(request.GET.get("agency", "").replace("\0", ""))
    places = watched.filter(path__startswith=top.path) if top else watched
    agencies = list(places.order_by("path")[:MOST])
    years = years_of(agencies)
    year = _year(request.GET.get("year", ""), years, today.year)
    found = loads(agencies, year, today)
    against = corrected(agencies, year)
    total = sum(found.values(), Load())
    seen = org.agencies_of(user, charts.SEES)
    sees = set(seen.values_list("pk", flat=True))
    listed = seen.filter(path__startswith=top.path) if top else seen
    answered = outcomes_of(agencies, year)
    outcomes = {words.outcome_label(code, today): n for code, n in answered.items()}
    all_seen = sees.issuperset([*found, *against]) and _none_besides(listed, agencies)
    chosen = top.code if top else ""
    behind = _answered_so(answered, chosen, year) if all_seen else {}
    shown: dict[str, Any] = {
        "year": year,
        "years": years or [today.year],
        "chosen": chosen,
        "agencies": [(one.code, one.label()) for one in watched.order_by("path")[:500]],
        "lines": [
            Line(one, found.get(one.pk, Load()), against.get(one.pk, 0), one.pk in sees)
            for one in agencies
            if one.pk in found or one.pk in against
        ],
        "all_seen": all_seen,
        "total": total,
        "rate": percent(total),
        "unfinished": gettext("现在未答复") if year == today.year else gettext("年末未答复"),
        "corrected": [(line, *_named(line)) for line in contested(places, year)],
        "charts": charts.drawn(agencies, found, outcomes, year, seen=sees, behind=behind),
    }
    return render(request, "desk/cases/figures.html", shown)


def percent(load: Load) -> str:
    """The share answered in time; "—" where nothing was to be answered."""
    return "—" if load.rate is None else f"{load.rate:.1%}"


def _answered_so(outcomes: Iterable[str], agency: str, year: int) -> dict[str, str]:
    """By the name of the outcome, the list of the cases that were answered so."""
    place = reverse("desk:cases") + "?view=all" + (f"&agency={agency}" if agency else "")
    return {
        words.outcome_label(code, timezone.localdate()): f"{place}&figure={name}-{year}"
        for code in outcomes
        if (name := f"{ANSWERED_SO}{code}") in COUNTED
    }


def _none_besides(listed: QuerySet[Agency], agencies: Sequence[Agency]) -> bool:
    """Whether a list over those agencies holds nothing that the figures of the page leave out."""
    summed = {agency.pk for agency in agencies}
    return summed.issuperset(listed.values_list("pk", flat=True))


def _named(line: Contested) -> tuple[str, str, str]:
    """Outcome and ground in words, and both as the address of the list has them."""
    today = timezone.localdate()
    ground = words.ground_label(line.ground, today) or gettext("—")
    decided = f"{line.outcome}:{line.ground}"
    return words.outcome_label(line.outcome, today), ground, decided


def _year(said: str, years: list[int], now: int) -> int:
    known = {str(year): year for year in years}
    return known.get(said, years[0] if years else now)
