"""The reports an office awaits on one page, and one agency's with what may be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision, State, Step, StoredReport, Submission
from gongkai.annual_report.permissions import ACCEPT, COMPILE
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.rules import DECISIONS_BY_STEP
from gongkai.annual_report.speech import speech
from gongkai.annual_report.yearend.receiving import awaited
from gongkai.annual_report.yearend.rules import DONE
from gongkai.annual_report.yearend.standing import Standing, UnitStanding, standing
from gongkai.desk.access import person, seen_agency, staff
from gongkai.desk.cases.words import cited_all
from gongkai.desk.yearend import reach
from gongkai.desk.yearend.words import STATES, STEPS
from gongkai.law.terms import TermNotInForceError
from gongkai.org.models import Agency

Units = tuple[UnitStanding, ...]
VIEWS: dict[str, tuple[object, Callable[[Standing], Units]]] = {
    "all": (gettext_lazy("全部"), lambda found: found.units),
    "waiting": (gettext_lazy("待审核"), lambda found: in_state(found, "submitted")),
    "missing": (gettext_lazy("未报"), lambda found: found.missing),
    "late": (gettext_lazy("逾期"), lambda found: found.late),
    "contradicting": (gettext_lazy("有错误或者矛盾"), lambda found: found.contradicting),
    "accepted": (
        pgettext_lazy("state", "审核通过"),
        lambda found: in_state(found, "accepted", "published"),
    ),
}


def in_state(found: Standing, *states: str) -> Units:
    """The agencies whose report stands so."""
    return tuple(unit for unit in found.units if unit.state in states)


@staff
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Leads to the office the person oversees reports of; where there are several, they choose."""
    today = timezone.localdate()
    found = [agency for agency in reach.agencies(person(request)) if awaited(agency)]
    year = reach.reporting_year(today)
    if len(found) == 1:
        return redirect("desk:yearend", found[0].code, year)
    return render(request, "desk/yearend/offices.html", {"agencies": found, "year": year})


@staff
@require_safe
def overview(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Every agency a report is awaited of: by when, how it stands, what disagrees."""
    agency = seen_agency(request, code)
    found = _standing(agency, year)
    view = request.GET.get("view", "all")
    view = view if view in VIEWS else "all"
    context: dict[str, Any] = {
        "agency": agency,
        "year": year,
        "years": reach.years(timezone.localdate()),
        "standing": found,
        "rows": [(unit, *STATES[unit.state]) for unit in VIEWS[view][1](found)],
        "view": view,
        "basis": cited_all(dict.fromkeys(a for u in found.units for a in u.due.rule.articles)),
        "chips": [(name, label, len(pick(found))) for name, (label, pick) in VIEWS.items()],
        "may_accept": person(request).has_perm(ACCEPT, agency),
        "may_compile": person(request).has_perm(COMPILE, agency),
        "usual_words": gettext("请尽快报送%(year)s年度政府信息公开工作年度报告。") % {"year": year},
    }
    return render(request, "desk/yearend/overview.html", context)


@staff
def remind(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Remind the chosen agencies; the words stand on the desk of each."""
    agency = seen_agency(request, code)
    if request.method == "POST":
        wanted = set(request.POST.getlist("unit"))
        chosen = [unit for unit in awaited(agency) if unit.code in wanted]
        _remind(request, agency, year, chosen)
    there = request.POST.get("back", "")
    if there in request.POST.getlist("unit"):
        return redirect("desk:yearend_unit", code, year, there)
    return _filtered(request, code, year)


def _filtered(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Back to the list as it was filtered."""
    view = request.POST.get("view", "")
    place = reverse("desk:yearend", args=(code, year))
    return redirect(f"{place}?view={view}" if view in VIEWS else place)


def _remind(request: HttpRequest, agency: Agency, year: int, chosen: list[Agency]) -> None:
    """Remind those of the chosen that owe a report, and say who was left out."""
    if not person(request).has_perm(ACCEPT, agency):
        raise NotAllowedError("role", agency.name)
    owing = [u.agency for u in _standing(agency, year, chosen).units if u.state not in DONE]
    for unit in owing:
        actions.remind(person(request), unit, year, request.POST.get("words", ""))
    _told(request, len(owing), len(chosen) - len(owing))


def _told(request: HttpRequest, number: int, done: int) -> None:
    if done:
        said = ngettext(
            "%(n)s 个机关已经报送或者公布，没有提醒。",
            "%(n)s 个机关已经报送或者公布，没有提醒。",
            done,
        )
        messages.warning(request, said % {"n": done})
    if not number:
        if not done:
            messages.warning(request, gettext("没有选中任何机关，没有提醒。"))
        return
    said = ngettext("已提醒 %(n)s 个机关。", "已提醒 %(n)s 个机关。", number)
    messages.success(request, said % {"n": number})


@staff
@require_safe
def unit(request: HttpRequest, code: str, year: int, unit: str) -> HttpResponse:
    """One agency's report with the office above: its history and what may be decided."""
    return _unit_page(request, seen_agency(request, code), year, unit)


@staff
def accept(request: HttpRequest, code: str, year: int, unit: str) -> HttpResponse:
    """Accept what the agency submitted, if it still is what the person saw."""

    def act(submission: Submission) -> str:
        actions.accept(person(request), submission, request.POST.get("note", ""))
        return gettext("已审核通过，计入汇总。")

    return _decided(request, code, year, unit, act)


@staff
def give_back(request: HttpRequest, code: str, year: int, unit: str) -> HttpResponse:
    """Return what the agency submitted, with the reason."""

    def act(submission: Submission) -> str:
        actions.return_submission(person(request), submission, request.POST.get("reason", ""))
        return gettext("已退回，理由已经告知对方。")

    return _decided(request, code, year, unit, act)


def _decided(
    request: HttpRequest, code: str, year: int, unit: str, act: Callable[[Submission], str]
) -> HttpResponse:
    agency = seen_agency(request, code)
    if request.method != "POST":
        return redirect("desk:yearend_unit", code, year, unit)
    rows = Submission.objects.filter(agency__code=unit, year=year, to=agency)
    submission = rows.order_by("-id").first()
    try:
        if submission is None or request.POST.get("seen") != _seen(submission):
            raise NotAllowedError("changed_meanwhile")
        words = act(submission)
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        return _unit_page(request, agency, year, unit, refused)
    messages.success(request, words)
    return _filtered(request, code, year)


def _unit_page(
    request: HttpRequest,
    agency: Agency,
    year: int,
    code: str,
    refused: NotAllowedError | None = None,
) -> HttpResponse:
    below = next((one for one in awaited(agency) if one.code == code), None)
    if below is None:
        raise Http404(code)
    found = _standing(agency, year, [below]).units[0]
    rows = Submission.objects.filter(agency=below, year=year)
    held = rows.select_related("submitted_by", "decided_by", "revision").order_by("-id")
    context = {
        "agency": agency,
        "unit": below,
        "year": year,
        "found": found,
        "state": STATES[found.state],
        "submissions": [(one, STEPS[one.step]) for one in held],
        "seen": _seen(found.submission) if found.submission else "",
        "why_not": _why_not(request, agency, found),
        "corrections": _corrections(below, year),
        "may_accept": person(request).has_perm(ACCEPT, agency),
        "refused": refused,
        "refused_words": refused.message(speech()) if refused else "",
        "reason": request.POST.get("reason", ""),
        "note": request.POST.get("note", ""),
        "owes": found.state not in DONE,
        "view": request.POST.get("view") or request.GET.get("view", ""),
    }
    status = refused.status if refused else 200
    return render(request, "desk/yearend/unit.html", context, status=status)


def _why_not(request: HttpRequest, agency: Agency, found: UnitStanding) -> dict[str, str]:
    """For accepting and returning, why it is not possible; nothing for what is."""
    if not person(request).has_perm(ACCEPT, agency):
        said = gettext("由主管部门的监督员审核。")
        return {"accept": said, "return": said}
    submission = found.submission
    possible = DECISIONS_BY_STEP[submission.step] if submission else ()
    said = NotAllowedError("not_submitted").message(speech())
    if submission is None:
        said = gettext("还没有报送，先催报。")
        if found.state == "published":
            said = gettext("报告没有报送就公布了，无从审核。")
    if submission and submission.step == Step.ACCEPTED:
        said = gettext("已经审核通过。")
    why = {verb: said for verb in ("accept", "return") if verb not in possible}
    if submission and submission.submitted_by_id == person(request).pk:
        own = NotAllowedError("own_submission").message(speech())
        why = {"accept": own, "return": own, **why}
    public = submission and submission.revision and submission.revision.state != State.FROZEN
    if "return" not in why and public:
        why["return"] = NotAllowedError("not_open").message(speech())
    return why


def _corrections(agency: Agency, year: int) -> list[Revision]:
    """The public corrections of the agency's report, with their notes."""
    stored = StoredReport.objects.filter(agency=agency, year=year).first()
    if stored is None:
        return []
    rows = stored.revisions.filter(number__gt=1, published_at__isnull=False)
    return list(rows.order_by("-number").defer("body"))


def _standing(agency: Agency, year: int, below: list[Agency] | None = None) -> Standing:
    reach.form_of(year)
    try:
        return standing(agency, year, timezone.localdate(), below)
    except TermNotInForceError as error:
        raise Http404(str(year)) from error


def _seen(submission: Submission) -> str:
    return f"{submission.pk}:{submission.step}:{submission.content_hash}"
