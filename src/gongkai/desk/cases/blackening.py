"""Parts of a PDF are covered before it goes out: boxes on its pages, by mouse or from a list."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.actions.allowing import refused
from gongkai.casework.application import enclosures
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Provided
from gongkai.casework.decision.queries import open_decision
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases.given import given_row
from gongkai.desk.cases.page import basics
from gongkai.desk.cases.reach import seen_case
from gongkai.desk.documents.words import rule_label
from gongkai.screening.files import UnsafeFileError
from gongkai.screening.redaction import Box, BoxError, find, picture, sizes, suggest, words

MOST_WORDS = 600
"""Words of a page that are listed one by one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A box in the form: its value, and what stands there."""

    box: Box
    label: str = ""
    chosen: bool = False

    @property
    def value(self) -> str:
        """The box as a field of the form carries it."""
        return ":".join(f"{side:g}" for side in astuple(self.box))

    @property
    def width(self) -> float:
        return self.box.x1 - self.box.x0

    @property
    def height(self) -> float:
        return self.box.y1 - self.box.y0


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def blacken(request: HttpRequest, key: int, of: int) -> HttpResponse:
    """The page with its boxes; what is sent covers the file anew from its original."""
    held, row = _draft_file(request, key, of)
    if request.method != "POST":
        return _page(request, held, row, _whole(request.GET.get("page", "1")))
    page = _whole(request.POST.get("page", "1"))
    boxes = _boxes([*request.POST.getlist("box"), *request.POST.get("elsewhere", "").split()])
    try:
        wanted = request.POST.get("words", "").replace("\0", "").splitlines()
        boxes += find(enclosures.content(row.original), [word for word in wanted if word.strip()])
        actions.blacken_copy(person(request), row, sorted(set(boxes)))
    except (NotAllowedError, UnsafeFileError) as error:
        if isinstance(error, UnsafeFileError):
            error = NotAllowedError("file_refused", error.refusal.message(speech()))
        if error.reason == "role":
            raise error from None
        return _page(request, held, row, page, chosen=boxes, refusal=error)
    messages.success(request, gettext("已涂黑，并已核对遮盖处读不到原来的内容。"))
    to = _whole(request.POST.get("to", "") or str(page))
    return redirect(f"{request.path}?page={to}#page")


@staff
@require_safe
def page_picture(request: HttpRequest, key: int, of: int, page: int) -> HttpResponse:
    """A page of the original as a picture."""
    _, row = _draft_file(request, key, of)
    try:
        found = picture(enclosures.content(row.original), page)
    except (BoxError, UnsafeFileError) as error:
        raise Http404("no such page") from error
    return HttpResponse(found.png, content_type="image/png")


def _draft_file(request: HttpRequest, key: int, of: int) -> tuple[Case, Provided]:
    held = seen_case(request, key)
    why_not = refused(person(request), "draft", held)
    if why_not:
        raise why_not
    row = open_decision(held)
    if row is None:
        raise NotAllowedError("no_decision")
    given = given_row(row, of)
    if given.content_type != "application/pdf":
        raise NotAllowedError("not_a_pdf")
    return held, given


def _page(
    request: HttpRequest,
    held: Case,
    row: Provided,
    page: int,
    *,
    chosen: list[Box] | None = None,
    refusal: NotAllowedError | None = None,
) -> HttpResponse:
    data = enclosures.content(row.original)
    try:
        pages = sizes(data)
        page = min(max(page, 1), len(pages))
        listed, suggested = words(data, page)[:MOST_WORDS], suggest(data)
    except UnsafeFileError as error:
        raise NotAllowedError("file_refused", error.refusal.message(speech())) from error
    boxes = chosen if chosen is not None else [Box(**values) for values in row.boxes]
    known = set(boxes)
    shown = {
        **basics(held),
        "question": gettext("涂黑 %(title)s") % {"title": row.title},
        "refused": refusal.message(speech()) if refusal else "",
        "given": row,
        "page": page,
        "pages": range(1, len(pages) + 1),
        "width": pages[page - 1][0],
        "height": pages[page - 1][1],
        "boxes": [Place(box, chosen=True) for box in boxes if box.page == page],
        "elsewhere": " ".join(Place(box).value for box in boxes if box.page != page),
        "suggested": [
            Place(one.box, f"{rule_label(one.rule)} {one.text_masked}")
            for one in suggested
            if one.box not in known
        ],
        "words": [Place(one.box, one.text) for one in listed if one.box not in known],
        "typed": request.POST.get("words", ""),
    }
    return render(
        request, "desk/cases/blacken.html", shown, status=refusal.status if refusal else 200
    )


def _boxes(said: list[str]) -> list[Box]:
    """The boxes of the form; what is no box is passed over and refused by the verb if all are."""
    return [box for text in said if (box := _box(text)) is not None]


def _box(text: str) -> Box | None:
    try:
        page, *sides = text.split(":")
        x0, y0, x1, y1 = map(float, sides)
        return Box(int(page), x0, y0, x1, y1)
    except ValueError:
        return None


def _whole(text: Any) -> int:
    said = str(text)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 1
