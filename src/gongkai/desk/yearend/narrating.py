"""The text of a report, written with live figures and shown as it will read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report import actions, queries, review, shown
from gongkai.annual_report.compiling.drafting import draft_narrative
from gongkai.annual_report.figures import Report
from gongkai.annual_report.models import Revision
from gongkai.annual_report.narrative import (
    PREFACE,
    Fault,
    faults,
    live,
    spelt,
    unfinished,
)
from gongkai.annual_report.narrative import number as written
from gongkai.annual_report.records import RECORDS
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.speech import speech
from gongkai.annual_report.yearend.outdating import outdated
from gongkai.annual_report.yearend.recorded import recorded_of
from gongkai.annual_report.yearend.rolling_up import is_rolled_up
from gongkai.desk.access import person, seen_revision, staff
from gongkai.desk.cells import basics
from gongkai.desk.concurrency import unchanged
from gongkai.desk.yearend.telling import reading
from gongkai.law.forms import Address, Form, form

OVERVIEW = 1
LONGEST = 20_000
"""Characters of one section."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A section as it is written and as it reads; `reads` is None while it cannot be written out.

    `shown` is what it reads with its figures as links, `limit` how many characters the form allows,
    `draft` what the records say by themselves.
    """

    number: int
    title: str
    text: str
    reads: str | None
    shown: SafeString | str
    limit: int | None
    draft: str

    @property
    def length(self) -> int:
        """Characters without white space, as a word processor counts a Chinese text."""
        return len("".join((self.reads or "").split()))

    @property
    def too_long(self) -> bool:
        return self.limit is not None and self.length > self.limit


@dataclass(frozen=True, slots=True)
class Place:
    """Something about a place in the text, with the section it is in."""

    fault: Fault
    title: str

    @property
    def words(self) -> str:
        return self.fault.zh if speech() == "zh" else self.fault.en


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def narrative(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """The sections to write in; `do` says whether to keep, preview, draft or insert a figure."""
    held = seen_revision(request, code, year, number)
    layout = held.as_report().layout() or form("2021")
    if request.method != "POST":
        return _page(request, held, actions.texts_of(held))
    texts = _typed(request, layout)
    do = request.POST.get("do", "")
    if do.startswith("draft-"):
        return _page(request, held, _with_draft(held, texts, do.removeprefix("draft-")), typed=True)
    if do == "insert":
        return _page(request, held, _with_figure(request, held, texts, layout), typed=True)
    if do == "preview":
        return _page(request, held, texts, typed=True)
    return _kept(request, held, texts)


def _kept(request: HttpRequest, held: Revision, texts: Mapping[int, str]) -> HttpResponse:
    try:
        with unchanged(held, request.POST.get("seen", "")):
            actions.narrate(person(request), held, texts)
    except NotAllowedError as refused:
        report = held.report
        fresh = queries.revision(report.agency.code, report.year, held.number)
        if refused.reason == "role" or fresh is None:
            raise
        return _page(request, fresh, texts, typed=True, refused=refused)
    messages.success(request, gettext("正文已保存，数字已经代入。"))
    return redirect("desk:narrative", held.report.agency.code, held.report.year, held.number)


def _typed(request: HttpRequest, layout: Form) -> dict[int, str]:
    numbers = (PREFACE, *(head.number for head in layout.sections))
    said = {number: request.POST.get(f"text-{number}", "") for number in numbers}
    return {number: text.replace("\r\n", "\n")[:LONGEST].strip() for number, text in said.items()}


def _with_draft(held: Revision, texts: Mapping[int, str], wanted: str) -> dict[int, str]:
    """The text with what the records say put in; what was written before stays above it."""
    drafts = {str(number): text for number, text in _drafts(held).items()}
    number = int(wanted) if wanted in drafts else -1
    added = drafts.get(wanted, "")
    before = texts.get(number, "")
    if not added or added in before:
        return dict(texts)
    return {**texts, number: f"{before}\n{added}" if before else added}


def _with_figure(
    request: HttpRequest, held: Revision, texts: Mapping[int, str], layout: Form
) -> dict[int, str]:
    """The text with the chosen figure at the end of the chosen section."""
    into, cell = request.POST.get("into", ""), request.POST.get("pick", "")
    told, records = request.POST.get("told", ""), held.as_report().records
    if (cell not in layout.addresses and cell not in records) or into not in map(str, texts):
        return dict(texts)
    kind = told if told in {"previous.", "change."} and cell not in records else ""
    return {**texts, int(into): texts[int(into)] + "{" + kind + cell + "}"}


def _page(
    request: HttpRequest,
    held: Revision,
    texts: Mapping[int, str],
    *,
    typed: bool = False,
    refused: NotAllowedError | None = None,
) -> HttpResponse:
    report, before = held.as_report(), review.previous(held)
    layout = report.layout() or form("2021")
    wrong = faults(texts, layout.version, has_previous=before is not None, records=report.records)
    why = actions.possible(person(request), held)["narrate"]
    titles = _titles(layout)
    context: dict[str, Any] = {
        **basics(held, report, "narrative"),
        "passages": _passages(held, layout, texts, before, wrong),
        "faults": [Place(fault, titles.get(fault.section, "")) for fault in wrong],
        "unfinished": [Place(fault, titles[fault.section]) for fault in unfinished(texts)],
        "outdated": outdated(held, timezone.localdate()),
        "rolled_up": is_rolled_up(held),
        "tables": [p for p in shown.parts(report, {}, {}) if p.kind == "table"],
        "choices": _choices(layout, report),
        "titles": titles.items(),
        "has_previous": before is not None,
        "unsaved": typed,
        "may_write": why is None,
        "why_not": _why_not(why),
        "refused": refused if refused and refused.reason != "narrative_faulty" else None,
        "refused_words": refused.message(speech()) if refused else "",
    }
    status = refused.status if refused else 200
    return render(request, "desk/yearend/narrative.html", context, status=status)


def _passages(
    held: Revision,
    layout: Form,
    texts: Mapping[int, str],
    before: Revision | None,
    wrong: Sequence[Fault],
) -> list[Passage]:
    drafts = _drafts(held)
    faulty = {fault.section for fault in wrong}
    found = []
    for number, title in _titles(layout).items():
        text = texts.get(number, "")
        limit = layout.overview_limit if number == OVERVIEW else None
        draft = drafts.get(number, "")
        if number in faulty:
            found.append(Passage(number, title, text, None, "", limit, draft))
        else:
            reads, leads = reading(held, number, text, before)
            shown_ = shown.linked(reads, leads)
            found.append(Passage(number, title, text, reads, shown_, limit, draft))
    return found


def _titles(layout: Form) -> dict[int, str]:
    zh = speech() == "zh"
    heads = {h.number: h.title if zh else h.title_en for h in layout.sections}
    return {PREFACE: gettext("引言"), **heads}


def _drafts(held: Revision) -> dict[int, str]:
    """What the records say of the year, by section.

    A report that keeps no figures from records, since it came from a file or was compiled before
    they were kept, has them in digits.
    """
    report, stored = held.as_report(), held.report
    as_of = held.as_of or timezone.localdate()
    records = report.records or recorded_of(
        stored.agency, stored.year, as_of, rolled_up=is_rolled_up(held)
    )
    compared = review.previous(held) is not None
    drafts = draft_narrative(stored.year, records, report.figures, compared=compared)
    if report.records:
        return drafts
    return {number: spelt(text, records) for number, text in drafts.items()}


Choice = tuple[Address, str, str]
"""A figure to insert: its address, its words, and what it reads now."""


def _choices(layout: Form, report: Report) -> list[tuple[str, list[Choice]]]:
    """The cells of the form by table, and the figures without a cell that the report keeps."""
    names = {"proactive": 2, "applications": 3, "appeals": 4}
    titles, now = _titles(layout), live(report)
    cells = [
        (
            titles[section],
            [
                (address, layout.label(address, speech()), written(now.get(address)))
                for address in layout.addresses
                if address.startswith(f"{table}.")
            ],
        )
        for table, section in names.items()
    ]
    records = [
        (address, one.named(speech()), written(now[address]))
        for address, one in RECORDS.items()
        if address in report.records
    ]
    return [*cells, (gettext("表以外登记的数"), records)] if records else cells


def _why_not(why: NotAllowedError | None) -> str:
    if why is None:
        return ""
    return gettext("由经办人写。") if why.reason == "role" else why.message(speech())
