"""A revision with its findings on the spot, one cell beside its source, and its correction."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.annual_report import actions, queries, review
from gongkai.annual_report.check import claims
from gongkai.annual_report.figures import Figure, Provenance, Report
from gongkai.annual_report.models import Revision, Step
from gongkai.annual_report.narrative import live
from gongkai.annual_report.permissions import ACCEPT
from gongkai.annual_report.records import RECORDS
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import Judged
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write import html
from gongkai.annual_report.write.document import usual_title
from gongkai.annual_report.yearend.outdating import outdated
from gongkai.annual_report.yearend.rolling_up import BOOK, is_rolled_up
from gongkai.desk import history, source
from gongkai.desk.access import person, posted, seen_revision, staff
from gongkai.desk.concurrency import unchanged
from gongkai.desk.document import label, parts, remarks, unit
from gongkai.desk.forms import CorrectForm, JudgeForm
from gongkai.desk.steps import steps
from gongkai.desk.yearend.notices import submission_of
from gongkai.desk.yearend.telling import leads
from gongkai.desk.yearend.words import RECORD_BOOKS
from gongkai.law.forms import Address, form

Context = dict[str, Any]


@staff
@require_safe
def revision(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """The revision; `cell` opens the panel of one cell, which alone is the answer to the script."""
    held = seen_revision(request, code, year, number)
    address = request.GET.get("cell", "")
    if address and request.headers.get("X-Fragment"):
        return render(request, "desk/panel.html", panel(request, held, address))
    return revision_page(request, held, address)


def revision_page(
    request: HttpRequest,
    held: Revision,
    address: Address = "",
    *,
    correction: CorrectForm | None = None,
    refused: NotAllowedError | None = None,
    judging: tuple[str, JudgeForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a revision. A form that was refused stands there again as it was typed."""
    report = held.as_report()
    judged = review.findings(held)
    noted = remarks(judged, report)
    before = review.previous(held)
    shown = {
        **basics(held, report, "cells"),
        "outdated": outdated(held, timezone.localdate()),
        "rolled_up": is_rolled_up(held),
        "submission": (submission := submission_of(held)),
        "may_see_above": submission is not None
        and submission.step == Step.SUBMITTED
        and person(request).has_perm(ACCEPT, submission.to),
        "steps": steps(person(request), held, judged),
        "remarks": noted,
        "open_remarks": [r for r in noted if r.open],
        "decided_remarks": [r for r in noted if not r.open],
        "parts": parts(report, noted, address, leads(held, before)),
        "passages": list(enumerate(report.unplaced)),
        "claims": claims(report),
        "judging": judging,
        "may_judge": actions.possible(person(request), held)["judge"] is None,
        "others": [r for r in queries.revisions(held.report) if r.pk != held.pk],
        "previous": before,
        "refused": refused,
        "refused_words": refused.message(speech()) if refused else "",
        "may_correct_any": actions.possible(person(request), held)["correct"] is None,
        **panel(request, held, address, judged=judged, correction=correction, refused=refused),
    }
    return render(request, "desk/revision.html", shown, status=status)


def basics(held: Revision, report: Report, tab: str) -> Context:
    """What every page about a revision shows at its head."""
    return {
        "revision": held,
        "agency": held.report.agency,
        "year": held.report.year,
        "report": report,
        "title": report.title or usual_title(report),
        "tab": tab,
    }


def panel(
    request: HttpRequest,
    held: Revision,
    address: Address,
    *,
    judged: list[Judged] | None = None,
    correction: CorrectForm | None = None,
    refused: NotAllowedError | None = None,
) -> Context:
    """One cell: its words, its figure, where it stood, what was found, and how to correct it."""
    report = held.as_report()
    figures = live(report)
    known = {**(report.layout() or form("2021")).addresses, **figures}
    if address not in known:
        return {"address": "", "revision": held}
    found = review.findings(held) if judged is None else judged
    touching = [j for j in found if concerns(j, address)]
    stood = report.provenance.get(address)
    why = actions.possible(person(request), held)["correct"]
    changed = history.since(held.report, _seen(request), report) if refused else []
    return {
        "revision": held,
        "agency": held.report.agency,
        "year": held.report.year,
        "report": report,
        "address": address,
        "cell": html.cell_id(address),
        "label": label(address, report),
        "unit": unit(address, report),
        "figure_known": address in figures,
        "value": figures.get(address),
        "record": (record := RECORDS.get(address)),
        "book": RECORD_BOOKS[record.book] if record else "",
        "stood": stood,
        "behind": _behind(held, address, stood),
        "passage": source.passage(held.source, stood),
        "touching": touching,
        "mends": [m for j in touching for m in j.finding.mend if m.address == address],
        "may_correct": why is None,
        "why_not": _why_not(why),
        "correction": correction or CorrectForm(initial=_prefilled(request, address, touching)),
        "cell_lines": history.about_cell(held.report, address, report),
        "changed": changed,
    }


def _behind(held: Revision, address: Address, stood: Provenance | None) -> str:
    """Where the records are that the figure counts; "" for what was not counted from the books."""
    counted = address in RECORDS or (stood is not None and stood.how == "counted")
    if not counted or held.as_of is None:
        return ""
    summed = is_rolled_up(held) if stood is None else stood.file == BOOK
    name = "desk:rolled_up_cell" if summed else "desk:compiled_cell"
    place = reverse(name, args=(held.report.agency.code, held.report.year, address))
    return place if summed else f"{place}?as_of={held.as_of.isoformat()}"


def _why_not(why: NotAllowedError | None) -> str:
    if why is None:
        return ""
    return gettext("由经办人更正。") if why.reason == "role" else why.message(speech())


def concerns(judged: Judged, address: Address) -> bool:
    """Whether the cell is what the finding is about, went into its sum, or would mend it."""
    found = judged.finding
    return (
        found.address == address
        or any(term.address == address for term in found.terms)
        or any(mend.address == address for mend in found.mend)
    )


def _seen(request: HttpRequest) -> str:
    return request.POST.get("seen", "")


def _prefilled(request: HttpRequest, address: Address, touching: list[Judged]) -> Context:
    """What a sum asks for, when the person came by "would balance if"."""
    wanted = request.GET.get("mend", "")
    for judged in touching:
        for mend in judged.finding.mend:
            if judged.finding.fingerprint == wanted and mend.address == address:
                reason = gettext("合计与各项之和不符（%(code)s），按其余各格计算应为 %(figure)s。")
                said = reason % {"code": judged.finding.code, "figure": mend.figure}
                return {"value": _spelt(mend.figure), "reason": said}
    return {}


def _spelt(figure: Figure) -> str:
    return "" if figure is None else str(figure)


@staff
@posted
def correct(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Put another figure into one cell, with a reason."""
    held = seen_revision(request, code, year, number)
    address = request.POST.get("cell", "")
    correction = CorrectForm(request.POST)
    if not correction.is_valid():
        return revision_page(request, held, address, correction=correction, status=422)
    try:
        with unchanged(held, _seen(request)):
            actions.correct(
                person(request),
                held,
                address,
                correction.cleaned_data["figure"],
                correction.cleaned_data["reason"],
            )
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        if refused.reason in {"not_a_figure", "unchanged"}:
            correction.add_error("value", refused.message(speech()))
        fresh = queries.revision(code, year, number)
        if fresh is None:
            raise
        return revision_page(
            request, fresh, address, correction=correction, refused=refused, status=refused.status
        )
    messages.success(
        request, gettext("已更正：%(cell)s。") % {"cell": label(address, held.as_report())}
    )
    return redirect(reverse("desk:revision", args=(code, year, number)) + f"?cell={address}#panel")
