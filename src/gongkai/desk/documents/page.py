"""One document: its text with what was found in it, its review, its history, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from gongkai.annual_report.speech import speech
from gongkai.desk.access import person, staff
from gongkai.desk.documents import deadlines, presence, timeline, words
from gongkai.desk.documents.marks import Passage, marked, place_of
from gongkai.desk.documents.reach import head_of, seen_document
from gongkai.desk.documents.steps import steps
from gongkai.org.models import User
from gongkai.publishing import actions
from gongkai.publishing.document.columns import column_label
from gongkai.publishing.document.content import METADATA
from gongkai.publishing.document.models import Attachment, Document, Stage, Version
from gongkai.publishing.document.rich_text import plain_text
from gongkai.publishing.document.rules import allows
from gongkai.publishing.permissions import JUDGE
from gongkai.publishing.publication import queries as publications
from gongkai.publishing.publication.models import Exemption, Schedule
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review import rules
from gongkai.publishing.review.findings import Judged, findings
from gongkai.publishing.review.models import Decision, Remark, Round, RoundState
from gongkai.publishing.review.queries import missing_metadata, own_steps
from gongkai.screening.files.names import spoken, spoken_place

SHORT = 40
"""Characters by which a paragraph is told from others in a list."""
BLANK = "metadata.missing"
"""What a finding about a field is called that was left blank."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding with its verdict and the id it has on the page."""

    judged: Judged
    id: str

    @property
    def open(self) -> bool:
        return self.judged.undecided

    @property
    def severity(self) -> str:
        """How grave it still is: what somebody has decided about is only a note."""
        return self.judged.found.severity if self.open else "note"

    @property
    def disputable(self) -> bool:
        """Whether it can be harmless or a mistake: a blank field can only be filled in."""
        return self.judged.found.code != BLANK

    @property
    def message(self) -> str:
        return self.judged.found.message(speech())

    @property
    def place(self) -> str:
        return spoken_place(self.judged.found.place(speech()), speech())

    @property
    def quote(self) -> str:
        """What was found; the name of a property in words, not as the file has it."""
        found = self.judged.found
        return spoken(found.quote, speech()) if found.file else found.quote


@dataclass(frozen=True, slots=True)
class Passed:
    """One step of the way through review: decided, due now, or to come."""

    code: str
    role: str
    decision: Decision | None
    now: bool

    @property
    def label(self) -> str:
        return words.step_label(self.code)

    @property
    def role_label(self) -> str:
        return words.role_label(self.role)


@dataclass(frozen=True, slots=True)
class File:
    """An attachment with what is hidden in it."""

    row: Attachment
    noted: tuple[Noted, ...]

    @property
    def open(self) -> list[Noted]:
        return [item for item in self.noted if item.open]

    @property
    def cleanable(self) -> bool:
        """Whether a cleaned copy would be rid of something."""
        return any(item.judged.found.cleanable for item in self.noted)


@staff
@require_safe
def document(request: HttpRequest, key: int) -> HttpResponse:
    """The document as it stands now."""
    return answered(request, seen_document(request, key))


@staff
@require_safe
def printed(request: HttpRequest, key: int) -> HttpResponse:
    """The text alone, as it is put on paper for a signature."""
    held = seen_document(request, key)
    head = head_of(held)
    shown = {
        "document": held,
        "head": head,
        "html": _safe(head.body),
        "files": list(head.attachments.order_by("position")),
        "now": timezone.now(),
    }
    return render(request, "desk/documents/print.html", shown)


def answered(
    request: HttpRequest, held: Document, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of the document; `more` holds forms that have to be filled in again."""
    user, head = person(request), head_of(held)
    noted = [Noted(item, f"finding-{item.found.fingerprint}") for item in findings(head)]
    missing = missing_metadata(head) if held.stage != Stage.DISCARDED else []
    # What is missing has a panel of its own; it is not said twice.
    told = [item for item in noted if not missing or item.disputable]
    shown = {
        **basics(held),
        "html": _html(head, noted, list(open_remarks(held))),
        "in_text": [item for item in told if item.open and not item.judged.found.file],
        "decided": [item for item in noted if not item.open and not item.judged.found.file],
        "files": _files(head, noted),
        "blocking": [i for i in told if i.open and i.judged.found.severity == "error"],
        "missing": missing,
        "details": details(head),
        "steps": steps(user, held, missing),
        "may_judge": user.has_perm(JUDGE, held.agency)
        and actions.possible(user, held)["judge"] is None,
        "may_edit": actions.possible(user, held)["edit"] is None,
        "lines": timeline.lines(held),
        "version_count": held.versions.count(),
        "others": presence.others(user, held) if allows("edit", held.stage) else [],
        **_review(user, held, head),
        **_standing(held),
        **_deadline(held, head, timezone.localdate()),
        **more,
    }
    return render(request, "desk/documents/page.html", shown, status=status)


def basics(held: Document) -> dict[str, Any]:
    """What the head of every page of a document shows."""
    head = held.head
    return {
        "document": held,
        "head": head,
        "title": (head.title if head else "") or str(held),
        "kind": words.kind_label(head.kind) if head else "",
        "public": publications.public_of(held.pk),
        "withdrawal": publications.withdrawn(held.pk),
    }


def details(version: Version) -> list[tuple[str, str]]:
    """The metadata of a version, label and value, what is blank left out."""
    return [
        (column_label(name), words.detail(version, name))
        for name in METADATA
        if name != "title" and getattr(version, name)
    ]


def open_remarks(held: Document) -> Any:
    """Remarks nobody has answered yet."""
    return held.remarks.filter(answered_at=None).select_related("by")


def paragraphs(version: Version) -> list[tuple[int, str]]:
    """The paragraphs of the text by number and beginning, to choose one without a mouse."""
    lines = [line.strip() for line in plain_text(version.body).split("\n") if line.strip()]
    return [
        (number, line if len(line) <= SHORT else f"{line[:SHORT]}…")
        for number, line in enumerate(lines, start=1)
    ][:400]


def _html(head: Version, noted: list[Noted], remarks: list[Remark]) -> SafeString:
    """The text with findings and remarks marked where they stand."""
    plain = plain_text(head.body)
    passages = [
        Passage(
            item.judged.found.start, item.judged.found.end, item.id, item.severity, item.message
        )
        for item in sorted(noted, key=lambda item: not item.open)
        if item.judged.found.start >= 0
    ]
    for remark in remarks:
        place = place_of(plain, remark.quote)
        if place:
            passages.append(Passage(*place, f"remark-{remark.pk}", "remark", remark.text[:200]))
    return _safe(marked(head.body, plain, passages))


def _safe(body: str) -> SafeString:
    """A stored body: it is kept only in the form that `rich_text.sanitised` gives it."""
    return mark_safe(body)  # noqa: S308


def _files(head: Version, noted: list[Noted]) -> list[File]:
    rows = head.attachments.order_by("position")
    return [
        File(row, tuple(i for i in noted if i.judged.found.sha256 == row.sha256)) for row in rows
    ]


def _review(user: User, held: Document, head: Version) -> dict[str, Any]:
    """The way through review, and for the reviewer whose step is due the means to decide."""
    opened = held.rounds.filter(state=RoundState.OPEN).first()
    last = opened or held.rounds.order_by("-opened_at", "-pk").first()
    why = actions.why_not_decide(user, held, opened) if opened else ""
    current = opened.current if opened else None
    due = None
    if opened and opened.step_due:
        due = deadlines.due_on(opened.step_due, held.agency, timezone.localdate())
    remarks = held.remarks.select_related("by", "answered_by").order_by("-pk")
    return {
        "opened": opened,
        "way": _way(held, head, last),
        "round": last,
        "current": words.step_label(current[0]) if current else "",
        "current_code": current[0] if current else "",
        "current_role": words.role_label(current[1]) if current else "",
        "step_due": due,
        "may_decide": bool(opened) and not why,
        "earliest": actions.earliest(held, opened) if opened and not why else None,
        "why_not_decide": _said(why),
        "may_remark": actions.possible(user, held)["remark"] is None,
        "paragraphs": paragraphs(head) if opened else [],
        "remarks": list(remarks),
        "unanswered": [remark for remark in remarks if remark.answered_at is None],
    }


def _way(held: Document, head: Version, last: Round | None) -> list[Passed]:
    """The steps: of the round there is, or those a new one would take."""
    if last is None or last.state in {RoundState.RECALLED, RoundState.VOID}:
        planned = rules.planned(head.kind, own_steps(held.agency, head.kind))
        return [Passed(code, role, None, now=False) for code, role in planned]
    decisions = {row.step: row for row in last.decisions.select_related("by")}
    current = last.current
    return [
        Passed(code, role, decisions.get(code), now=current is not None and code == current[0])
        for code, role in last.steps
    ]


def _said(reason: str) -> str:
    return NotAllowedError(reason).message(speech()) if reason else ""


def _standing(held: Document) -> dict[str, Any]:
    """What is public of the document, what it is related to, and what is set."""
    out = held.relations_out.select_related("target__head", "target__agency")
    back = held.relations_in.select_related("source__head", "source__agency")
    return {
        "history": publications.history(held.pk),
        "relations_out": list(out),
        "relations_in": list(back),
        "interpretation_missing": held.stage != Stage.DISCARDED
        and publications.interpretation_missing(held),
        "schedule": Schedule.objects.filter(document=held).select_related("by").first(),
        "exemption": exemption_of(held),
    }


def exemption_of(held: Document) -> Exemption | None:
    """Why the document goes without an interpretation, if that was recorded."""
    return Exemption.objects.filter(document=held).select_related("by").first()


def _deadline(held: Document, head: Version, today: date) -> dict[str, Any]:
    """By when it has to be public, and how that day came about; nothing once it is public."""
    due = deadlines.due_of(held, today)
    if due is None or held.publications.exists() or held.stage == Stage.DISCARDED:
        return {"due": None}
    skipped = deadlines.skipped(held.agency, head.formed_on, due.on) if head.formed_on else []
    return {"due": due, "rule": deadlines.rule_of(head), "skipped": skipped}
