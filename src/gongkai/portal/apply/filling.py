"""The pages on which an application is filled in, one thing at a time. No account is needed.

What is filled in stays with every error, for a day, in whatever language: in a sealed draft
(`casework.application.drafts`), never in an address, a session or a cache.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.casework.application.queries import offers
from gongkai.org import queries as org
from gongkai.org.models import Agency
from gongkai.portal.apply import answers, steps
from gongkai.portal.apply.draft import Draft, draft_of, drop, keep
from gongkai.portal.apply.forms import FORMS, is_organisation
from gongkai.portal.apply.personal import as_wished, personal_page, see_other, wishes_of
from gongkai.publishing.publication import queries as publications

LONGEST_WORDS = 200
MOST_AGENCIES = 40


@personal_page()
def start(request: HttpRequest) -> HttpResponse:
    """On with the draft of this browser, or from the beginning; POST throws the draft away."""
    if request.method == "POST":
        response = see_other("/")
        drop(request, response)
        return response
    return see_other(steps.address(steps.following(draft_of(request).done)))


@personal_page()
def agency(request: HttpRequest) -> HttpResponse:
    """To whom; `q` looks for a name, `agency` and `words` come along from elsewhere."""
    draft = draft_of(request)
    chosen = request.POST.get("agency", "")
    if request.method != "POST":
        return _agencies(request, draft, draft.answers.get("agency") or _asked(request, "agency"))
    if not Agency.objects.filter(code=chosen[:40], active=True).exists():
        return _agencies(request, draft, "", missing=True)
    draft.answers["agency"] = chosen
    return _on(request, draft, "agency")


@personal_page()
def step(request: HttpRequest, page: str) -> HttpResponse:
    """A page of fields."""
    if page not in FORMS:
        raise Http404
    draft = draft_of(request)
    if request.method != "POST":
        return _fields(request, draft, page)
    before = _shape(draft)
    draft.answers |= answers.posted(FORMS[page], request.POST)
    _take_along(request, draft)
    if before != _shape(draft):
        draft.reopen("person")
    if wishes_of(request):
        response = as_wished(request, steps.address(page))
        keep(request, response, draft)
        return response
    wrong = answers.wrong_on(page, draft)
    if wrong:
        draft.reopen(page)
        response = _fields(request, draft, page, wrong)
        response.status_code = 422
        keep(request, response, draft)
        return response
    return _on(request, draft, page)


@personal_page()
def published(request: HttpRequest) -> HttpResponse:
    """What is public already on these words, before anything else is asked."""
    draft = draft_of(request)
    text = draft.answers.get("description", "")
    if request.method == "POST":
        draft.offered = _mark(text)
        response = see_other(steps.address(steps.following(draft.done)))
        keep(request, response, draft)
        return response
    found = _offered(text)
    if not found:
        return see_other(steps.address(steps.following(draft.done)))
    return render(request, "portal/apply/published.html", page_of("published", found=found))


def page_of(page: str, **more: Any) -> dict[str, Any]:
    """What every page of the form shows around itself."""
    before = steps.before(page)
    around = {
        "page": page,
        "parts": steps.progress(page),
        "place": steps.place(page),
        "back": steps.address(before) if before else "",
    }
    return around | more


def _on(request: HttpRequest, draft: Draft, page: str) -> HttpResponse:
    """The page is done: on to the next one, by way of what is published already."""
    draft.finish(page)
    draft.lost = False
    following = steps.following(draft.done)
    text = draft.answers.get("description", "")
    if page == "description" and draft.offered != _mark(text) and _offered(text):
        following = "published"
    response = see_other(steps.address(following))
    keep(request, response, draft)
    return response


def _fields(
    request: HttpRequest, draft: Draft, page: str, wrong: list[tuple[str, str]] | None = None
) -> HttpResponse:
    along = answers.active_agency(_asked(request, "agency"))
    shown = page_of(
        page,
        form=answers.form_of(page, _asked_in_address(request, draft, page), wrong or ()),
        agency=along or answers.agency_of(draft),
        along=along.code if along else "",
        lost=draft.lost,
        # Another look is asked for with the form, so that nothing that was typed is lost.
        repost_form="answers",
    )
    return render(request, "portal/apply/step.html", shown)


def _asked_in_address(request: HttpRequest, draft: Draft, page: str) -> Draft:
    """The words of a search that found nothing, where nothing else has been written."""
    words = _asked(request, "words")
    if page == "description" and words and not draft.answers.get("description"):
        draft.answers = {**draft.answers, "description": words}
    return draft


def _take_along(request: HttpRequest, draft: Draft) -> None:
    """The agency that a link to the form named."""
    agency = answers.active_agency(request.POST.get("agency", ""))
    if agency:
        draft.answers["agency"] = agency.code
        draft.finish("agency")


def _agencies(
    request: HttpRequest, draft: Draft, chosen: str, *, missing: bool = False
) -> HttpResponse:
    wanted = _asked(request, "q")
    rows = org.found_by(wanted).filter(active=True).order_by("path")
    shown = list(rows[:MOST_AGENCIES])
    if chosen and all(row.code != chosen for row in shown) and not wanted:
        shown = [*Agency.objects.filter(code=chosen, active=True), *shown]
    context = page_of(
        "agency",
        agencies=shown,
        more=max(0, rows.count() - MOST_AGENCIES),
        chosen=chosen,
        wanted=wanted,
        missing=missing,
        lost=draft.lost,
    )
    return render(request, "portal/apply/agency.html", context, status=422 if missing else 200)


def _asked(request: HttpRequest, name: str) -> str:
    return " ".join(request.GET.get(name, "")[:LONGEST_WORDS].split())


def _shape(draft: Draft) -> tuple[bool, str]:
    """What decides which fields the page of the person has."""
    return is_organisation(draft.answers), draft.answers.get("by_proxy", "")


def _offered(text: str) -> list[Any]:
    hits = offers(text)
    public = publications.public_titles({hit.id for hit in hits})
    return [public[hit.id] for hit in hits if hit.id in public]


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
