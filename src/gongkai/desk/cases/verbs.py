"""Verbs on one case, each with a page that asks for what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.casework.actions.allowing import PERMISSION, locked, refused
from gongkai.casework.actions.issuing import draft_of
from gongkai.casework.application.models import Case
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases import timeline
from gongkai.desk.cases.acting import ASKING
from gongkai.desk.cases.acting.asking import Asking
from gongkai.desk.cases.acting.forms import CaseForm
from gongkai.desk.cases.mending import elsewhere
from gongkai.desk.cases.opening import download
from gongkai.desk.cases.page import basics
from gongkai.desk.cases.reach import seen_case
from gongkai.desk.cases.steps import DOES


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, key: int, verb: str, of: int = 0) -> HttpResponse:
    """Show the form of the verb, then do it; what stands against it is said, nothing is lost."""
    held = seen_case(request, key)
    asking, row = _asking(held, verb.replace("-", "_"), of)
    posted = request.method == "POST"
    sent = (request.POST, request.FILES) if posted else (None, None)
    form = asking.form(*sent, case=held, of=row)
    if not posted:
        why_not = refused(person(request), asking.permitted, held)
        if why_not is None or (asking.lacks and why_not.reason == "stage"):
            return _question(request, held, asking, form)
        if why_not.reason == "role" and (way := _petition(request, held, asking)):
            return way
        raise why_not
    if not form.is_valid():
        return _question(request, held, asking, form, status=422)
    try:
        if asking.drafts and "preview" in request.POST:
            data = draft_of(
                person(request),
                held,
                lambda: asking.do(person(request), held, row, form.cleaned_data),
            )
            return download(data, f"{held.number}.pdf")
        with unchanged(held, request.POST.get("seen", "")):
            asking.do(person(request), held, row, form.cleaned_data)
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        held = seen_case(request, key)
        return _question(request, held, asking, form, status=error.status, refusal=error)
    messages.success(request, str(asking.done))
    return redirect("desk:case", key)


@contextmanager
def unchanged(case: Case, seen: str) -> Iterator[None]:
    """Run a verb only if nothing was done to the case since the form was made.

    `seen` is `timeline.mark` as the form carried it. The case stays locked until the verb is
    through. Raises NotAllowedError "changed_meanwhile".
    """
    with transaction.atomic():
        if timeline.mark(locked(case.pk)) != seen:
            raise NotAllowedError("changed_meanwhile")
        yield


def _petition(request: HttpRequest, held: Case, asking: Asking) -> HttpResponse | None:
    """The page on which the person asks for what others do; None where there is none for them."""
    other = ASKING.get(asking.petition)
    if other is None or refused(person(request), other.permitted, held):
        return None
    whose = str(DOES[PERMISSION[asking.permitted]])
    messages.info(request, gettext("%(whose)s 您可以在这里提请。") % {"whose": whose})
    return redirect("desk:case_verb", held.pk, other.slug)


def _asking(case: Case, verb: str, of: int) -> tuple[Asking, Any]:
    asking = ASKING.get(verb)
    if asking is None or (asking.of is None) != (of == 0):
        raise Http404("no such verb")
    row = asking.of(case, of) if asking.of else None
    if asking.of and row is None:
        raise Http404("no such line")
    return asking, row


def _question(
    request: HttpRequest,
    held: Case,
    asking: Asking,
    form: CaseForm,
    *,
    status: int = 200,
    refusal: NotAllowedError | None = None,
) -> HttpResponse:
    lacks = asking.lacks(person(request), held) if asking.lacks else []
    shown = {
        **basics(held),
        "lacks": lacks,
        "stopped": any(one.stops for one in lacks),
        "question": str(asking.head),
        "lead": str(asking.lead),
        "besides": asking.besides(held, form.of) if asking.besides else [],
        "danger": asking.danger,
        "drafts": asking.drafts,
        "instead": ASKING.get(asking.instead),
        "form": form,
        "of": form.of,
        "refused": refusal.message(speech()) if refusal else "",
        "refused_all": elsewhere(refusal, held),
    }
    return render(request, "desk/cases/verb.html", shown, status=status)
