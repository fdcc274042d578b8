"""What was put to a unit or an agency: question, day and reply, nothing about who applied."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.annual_report.queries import paged
from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.decision.models import Assignment
from gongkai.casework.permissions import VIEW
from gongkai.casework.queries import assigned_to
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases.acting.assigning import AnswerForm
from gongkai.desk.documents.deadlines import due_on

PAGE_SIZE = 25


@staff
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The questions to the person's units and agencies, open ones first, by day due."""
    today = timezone.localdate()
    page = paged(assigned_to(person(request)), request.GET.get("page"), PAGE_SIZE)
    rows = [(row, due_on(row.due_on, row.case.agency, today)) for row in page]
    return render(request, "desk/cases/assigned.html", {"rows": rows, "page": page})


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, of: int) -> HttpResponse:
    """The question with its form; whoever sees the case is led to it instead."""
    user = person(request)
    row = assigned_to(user).filter(pk=of).first()
    if row is None:
        return _elsewhere(request, of)
    form = AnswerForm(request.POST if request.method == "POST" else None, case=row.case, of=row)
    refusal: NotAllowedError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_assignment(user, row, form.cleaned_data["reply"])
            messages.success(request, gettext("已回复。"))
            return redirect("desk:assigned")
        except NotAllowedError as error:
            if error.reason == "role":
                raise
            refusal = error
    shown = {
        "row": row,
        "due": due_on(row.due_on, row.case.agency, timezone.localdate()),
        "form": form,
        "refused": refusal.message(speech()) if refusal else "",
    }
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "desk/cases/answer.html", shown, status=status)


def waiting_count(request: HttpRequest) -> int:
    """How many of the questions to the person are open."""
    return assigned_to(person(request)).filter(replied_at=None).count()


def _elsewhere(request: HttpRequest, of: int) -> HttpResponse:
    row = Assignment.objects.select_related("case__agency").filter(pk=of).first()
    if row is None or not request.user.has_perm(VIEW, row.case.agency):
        raise Http404("no such question")
    return redirect("desk:case", row.case_id)
