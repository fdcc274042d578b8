"""How an agency reviews and numbers its documents: the page where its head says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.annual_report.queries import paged
from gongkai.annual_report.speech import speech
from gongkai.desk.access import Page, person, staff
from gongkai.desk.documents import words
from gongkai.desk.documents.forms import kind_choices
from gongkai.law.kinds import kinds
from gongkai.law.review import STEPS, usual_steps
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role
from gongkai.publishing import actions
from gongkai.publishing.actions.configuring import REVIEWING, mandatory_for
from gongkai.publishing.permissions import CONFIGURE
from gongkai.publishing.publication import numbering
from gongkai.publishing.publication.rules import PLACES, USUAL_PATTERN, is_pattern
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review import rules
from gongkai.publishing.review.models import ReviewStep
from gongkai.publishing.review.rules import Planned

CONFIGURES = (Role.HEAD, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of a plan, as a row of the page."""

    code: str
    role: str
    mandatory: bool

    @property
    def label(self) -> str:
        return words.step_label(self.code)

    @property
    def role_label(self) -> str:
        return words.role_label(self.role)

    @property
    def articles(self) -> str:
        return words.step_articles(self.code)


@staff
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies the person may configure; with one alone, its page."""
    rows = org.agencies_of(person(request), CONFIGURES).filter(active=True).order_by("path")
    if not rows.exists():
        raise NotAllowedError("role")
    if rows.count() == 1:
        return redirect("desk:review_plan", rows[0].code)
    page = paged(rows, request.GET.get("page"))
    own = set(ReviewStep.objects.filter(agency__in=page).values_list("agency_id", flat=True))
    shown = {"page": page, "own": own}
    return render(request, "desk/documents/plans.html", shown)


@staff
@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The steps for a kind, and how index numbers are written."""
    agency = _configured(request, code)
    return _page(request, agency, _kind(request.GET.get("kind", "")))


def _posted(page: Page) -> Page:
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect("desk:review_plan", kwargs["code"])
        return page(request, *args, **kwargs)

    return asked


@staff
@_posted
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Add a step to the plan of a kind, move or remove one, or take the usual ones again."""
    agency = _configured(request, code)
    kind = _kind(request.POST.get("kind", ""))
    before = _planned(agency, kind)
    if request.POST.get("seen", "") != _seal(before):
        messages.error(request, NotAllowedError("changed_meanwhile").message(speech()))
        return _back(agency, kind)
    try:
        actions.set_review_steps(person(request), agency, kind, _wanted(request, before))
        messages.success(request, gettext("已设定。以后送审的文件照此办理。"))
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        messages.error(request, refused.message(speech()))
    return _back(agency, kind)


@staff
@require_http_methods(["POST", "GET", "HEAD"])
def pattern(request: HttpRequest, code: str) -> HttpResponse:
    """Say how index numbers are written from now on."""
    agency = _configured(request, code)
    if request.method != "POST":
        return _back(agency, "")
    wanted = request.POST.get("pattern", "").replace("\0", "")
    try:
        actions.set_number_pattern(person(request), agency, wanted)
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        said = {"pattern": wanted, "pattern_error": refused.message(speech())}
        return _page(request, agency, "", status=422, **said)
    messages.success(request, gettext("已设定。已经用过的索引号不变。"))
    return _back(agency, "")


@staff
@require_safe
def example(request: HttpRequest, code: str) -> HttpResponse:
    """What a pattern would give, while it is typed."""
    agency = _configured(request, code)
    wanted = request.GET.get("pattern", "").strip()[:100] or USUAL_PATTERN
    return JsonResponse({"example": _example(agency, wanted)})


def _page(
    request: HttpRequest, agency: Agency, kind: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    planned = _planned(agency, kind)
    there = {code for code, _ in planned}
    pattern = numbering.pattern_of(agency)
    shown = {
        "agency": agency,
        "kind": kind,
        "kind_label": words.kind_label(kind) if kind else gettext("所有体裁"),
        "kinds": kind_choices(),
        "own_kinds": _own_kinds(agency),
        "own": ReviewStep.objects.filter(agency=agency, kind=kind).exists(),
        "planned": [PlannedStep(c, role, c in mandatory_for(kind)) for c, role in planned],
        "addable": [(c, words.step_label(c)) for c in STEPS if c not in there],
        "roles": [(role, words.role_label(role)) for role in REVIEWING],
        "seen": _seal(planned),
        "pattern": pattern,
        "places": sorted(PLACES),
        "example": _example(agency, str(more.get("pattern", pattern))),
        **more,
    }
    return render(request, "desk/documents/plan.html", shown, status=status)


def _configured(request: HttpRequest, code: str) -> Agency:
    agency = org.agency(code)
    if agency is None:
        raise Http404(code)
    if not request.user.has_perm(CONFIGURE, agency):
        raise NotAllowedError("role", agency.label())
    return agency


def _planned(agency: Agency, kind: str) -> tuple[Planned, ...]:
    """The agency's own steps for exactly that kind, or else those that hold for it."""
    rows = ReviewStep.objects.filter(agency=agency, kind=kind).order_by("position")
    own = tuple(rows.values_list("step", "role"))
    if own:
        return own
    every = ReviewStep.objects.filter(agency=agency, kind="").order_by("position")
    if kind and every.exists():
        return rules.planned(kind, tuple(every.values_list("step", "role")))
    usual = usual_steps(kind or "official_document")
    return tuple((found.code, found.role) for found in usual)


def _wanted(request: HttpRequest, before: tuple[Planned, ...]) -> list[Planned]:
    """The plan after the button that was pressed."""
    steps, code = list(before), request.POST.get("step", "")
    act = request.POST.get("act", "")
    if act == "usual":
        return []
    if act == "add":
        return [*steps, (code, request.POST.get("role", ""))]
    places = [place for place, (there, _) in enumerate(steps) if there == code]
    if not places:
        raise NotAllowedError("unknown_step")
    here = places[0]
    if act == "remove":
        del steps[here]
    elif act == "role":
        steps[here] = (code, request.POST.get("role", ""))
    elif act in {"up", "down"}:
        there = here + (-1 if act == "up" else 1)
        if 0 <= there < len(steps):
            steps[here], steps[there] = steps[there], steps[here]
    return steps


def _own_kinds(agency: Agency) -> list[tuple[str, str]]:
    rows = ReviewStep.objects.filter(agency=agency).exclude(kind="")
    codes = set(rows.values_list("kind", flat=True))
    return [(code, label) for code, label in kind_choices() if code in codes]


def _example(agency: Agency, wanted: str) -> str:
    """A number as the pattern writes it; "" for what is no pattern."""
    if not is_pattern(wanted):
        return ""
    year = timezone.localdate().year
    return numbering.written(agency, year, "official_document", 1, wanted)


def _kind(code: str) -> str:
    return code if code in {known.code for known in kinds()} else ""


def _seal(planned: tuple[Planned, ...]) -> str:
    return ",".join(f"{code}:{role}" for code, role in planned)


def _back(agency: Agency, kind: str) -> HttpResponse:
    address = reverse("desk:review_plan", args=[agency.code])
    return redirect(f"{address}?kind={kind}" if kind else address)
