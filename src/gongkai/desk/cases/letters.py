"""The letters of a case: read, sent, served, declared void."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.annual_report.speech import speech
from gongkai.casework import permissions
from gongkai.casework.actions.issuing import may_void, void_letter
from gongkai.casework.actions.reading import open_letter
from gongkai.casework.actions.serving import Sending, dispatch, not_served, record_service
from gongkai.casework.application.models import Case, Delivery
from gongkai.casework.application.rules import Verb
from gongkai.casework.letter.models import Letter, LetterState, Service
from gongkai.casework.letter.queries import answer_of
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases import fields, words
from gongkai.desk.cases.acting.forms import CaseForm, ReasonForm
from gongkai.desk.cases.awaiting import contact_changed
from gongkai.desk.cases.fields import incoming
from gongkai.desk.cases.lacking import who_voids
from gongkai.desk.cases.mending import elsewhere
from gongkai.desk.cases.opening import download
from gongkai.desk.cases.page import basics
from gongkai.desk.cases.reach import posted, seen_case
from gongkai.desk.cases.verbs import unchanged
from gongkai.law.letters import letter as letter_kind
from gongkai.org.models import User

ON_THEIR_WAY = (LetterState.ISSUED, LetterState.DISPATCHED)
MANNER: dict[str, Service.Manner] = {
    Delivery.ONLINE: Service.Manner.ELECTRONIC,
    Delivery.EMAIL: Service.Manner.ELECTRONIC,
    Delivery.POST: Service.Manner.POST,
    Delivery.COUNTER: Service.Manner.HANDED,
}
"""How a letter goes to who asked to be answered so (条例第四十条)."""


class DispatchForm(CaseForm):
    """How the letter is sent, and on which day."""

    manner = fields.choice(gettext_lazy("送达方式"), Service.Manner.choices)
    posted_on = fields.day(
        gettext_lazy("交邮日期"),
        required=False,
        alternative=True,
        help_text=gettext_lazy("邮寄填写，以交邮之日为答复之日。"),
    )
    tracking = fields.line(gettext_lazy("邮件号"), required=False, max_length=60)
    signed_for_on = fields.day(
        gettext_lazy("签收日期"),
        required=False,
        alternative=True,
        help_text=gettext_lazy("直接送达、委托送达填写，以签收之日为答复之日。"),
    )
    proof = fields.file(gettext_lazy("送达凭证"), required=False)
    note = fields.line(
        gettext_lazy("备注"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("对方没有要求而用电子送达的，写明何时、怎样同意。"),
    )

    def about(self, case: Case, /) -> None:
        wanted = case.delivery if addressee(self.of) == "applicant" else ""
        self.fields["manner"].initial = MANNER.get(wanted, Service.Manner.POST)


class ServiceForm(CaseForm):
    """That it arrived, or came back."""

    signed_for_on = fields.day(
        gettext_lazy("签收日期"),
        required=False,
        alternative=True,
        help_text=gettext_lazy("签收日期和退回日期填一个。"),
    )
    returned_on = fields.day(gettext_lazy("退回日期"), required=False, alternative=True)
    proof = fields.file(gettext_lazy("送达凭证"), required=False)
    note = fields.line(gettext_lazy("备注"), required=False, max_length=500)


class _Page(NamedTuple):
    """A page that asks: its head, its form, and what is said when it is done."""

    question: object
    form: type[CaseForm]
    done: object
    danger: bool = False
    verb: Verb | None = None


SENT = _Page(gettext_lazy("送出文书"), DispatchForm, gettext_lazy("已送出。"), verb="dispatch")
SERVED = _Page(
    gettext_lazy("登记送达"), ServiceForm, gettext_lazy("已登记。"), verb="record_service"
)
VOIDED = _Page(
    gettext_lazy("文书作废"),
    ReasonForm,
    gettext_lazy("已作废，文号不再使用；文书所告知的事项不再计入期限。"),
    danger=True,
)


@staff
@require_safe
def letters(request: HttpRequest, key: int) -> HttpResponse:
    """All letters of the case, the latest first."""
    held, user = seen_case(request, key), person(request)
    rows = held.letters.select_related("issued_by", "agency").prefetch_related("services")
    rows = rows.annotate(contact_changed=contact_changed())
    answer = answer_of(held)
    shown = {
        **basics(held),
        "letters": [_told(user, held, row, answers=row == answer) for row in rows.order_by("-pk")],
        "may_open": user.has_perm(permissions.OPEN, held.agency),
    }
    return render(request, "desk/cases/letters.html", shown)


def _told(user: User, held: Case, row: Letter, *, answers: bool) -> dict[str, Any]:
    """A letter with what may be done to it. Why it is not sent is told while it has not arrived."""
    stopped = not_served(user, "dispatch", held, answers=answers)
    told = stopped is not None and stopped.reason != "role" and row.state in ON_THEIR_WAY
    return {
        "row": row,
        "label": words.letter_label(row.kind, row.dated),
        "services": list(row.services.all()),
        "may_send": stopped is None and row.state != LetterState.VOID,
        "why_not_send": stopped.message(speech()) if stopped and told else "",
        "may_record": not_served(user, "record_service", held, answers=answers) is None,
        "may_void": may_void(user, row) and row.state == LetterState.ISSUED,
        "who_voids": who_voids(row),
    }


@staff
@posted
def opened(request: HttpRequest, key: int, of: int, form: str) -> HttpResponse:
    """The letter as PDF or for Word; each opening is a line of the trail."""
    held = seen_case(request, key)
    row = _letter(held, of)
    try:
        data = open_letter(person(request), row, "pdf" if form == "pdf" else "word")
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        messages.error(request, error.message(speech()))
        return redirect("desk:case_letters", key)
    return download(data, f"{row.number}.{'pdf' if form == 'pdf' else 'docx'}")


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, key: int, of: int) -> HttpResponse:
    """Ask how the letter goes out, then send it."""
    held = seen_case(request, key)
    row = _letter(held, of)

    def do(said: dict[str, Any]) -> None:
        said = {**said, "proof": incoming(said["proof"]), "manner": Service.Manner(said["manner"])}
        dispatch(person(request), row, Sending(**said))

    return _asked(request, held, row, do, SENT)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def served(request: HttpRequest, key: int, of: int) -> HttpResponse:
    """Ask when it arrived or came back, then record it."""
    held = seen_case(request, key)
    service = Service.objects.select_related("letter__case").filter(pk=of).first()
    if service is None or service.letter.case_id != held.pk:
        raise Http404("no such service")

    def do(said: dict[str, Any]) -> None:
        record_service(person(request), service, **{**said, "proof": incoming(said["proof"])})

    return _asked(request, held, service.letter, do, SERVED)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def voided(request: HttpRequest, key: int, of: int) -> HttpResponse:
    """Ask why, then declare the letter void."""
    held = seen_case(request, key)
    row = _letter(held, of)

    def do(said: dict[str, Any]) -> None:
        void_letter(person(request), row, said["reason"])

    return _asked(request, held, row, do, VOIDED)


def addressee(row: Letter) -> str:
    """To whom letters of the kind go: "applicant", "third_party" or "agency"."""
    return letter_kind(row.kind, on=row.dated).addressee


def _letter(held: Case, of: int) -> Letter:
    row = held.letters.select_related("case__agency").filter(pk=of).first()
    if row is None:
        raise Http404("no such letter")
    return row


def _asked(
    request: HttpRequest, held: Case, row: Letter, do: Callable[[dict[str, Any]], None], page: _Page
) -> HttpResponse:
    if request.method != "POST":
        _refuse_early(person(request), held, row, page)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = page.form(*sent, case=held, of=row)
    refusal: NotAllowedError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            with unchanged(held, request.POST.get("seen", "")):
                do(form.cleaned_data)
            messages.success(request, str(page.done))
            return redirect("desk:case_letters", held.pk)
        except NotAllowedError as error:
            if error.reason == "role":
                raise
            refusal = error
            held = seen_case(request, held.pk)
    label = words.letter_label(row.kind, row.dated)
    shown = {
        **basics(held),
        "question": str(page.question),
        "lead": f"{label} {row.number}",
        "danger": page.danger,
        "wanted": page is SENT and addressee(row) == "applicant",
        "form": form,
        "refused": refusal.message(speech()) if refusal else "",
        "refused_all": elsewhere(refusal, held),
    }
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "desk/cases/verb.html", shown, status=status)


def _refuse_early(user: User, held: Case, row: Letter, page: _Page) -> None:
    """Before anything is filled in, as far as role and stage tell."""
    if page.verb is None:
        return
    if why_not := not_served(user, page.verb, held, answers=row == answer_of(held)):
        raise why_not
