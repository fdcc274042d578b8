"""The way back to an application: with number and query code, which never stand in an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.actions.amending import contact_closed
from gongkai.casework.actions.reading import printed
from gongkai.casework.actions.serving import opened_by_applicant
from gongkai.casework.application import codes, drafts, file_checks
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case
from gongkai.casework.application.numbering import written
from gongkai.casework.decision import files as given_out
from gongkai.casework.decision.models import Provided
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.queries import (
    answer_of,
    letters_for_applicant,
    listed_in,
    remedy_in,
)
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.letters import letter as kind_of_letter
from gongkai.org.models import Agency
from gongkai.portal.apply.personal import FILES, personal_page, see_other
from gongkai.portal.apply.standing import standing_of
from gongkai.project.throttle import Allowance, allowance
from gongkai.project.visitor import address

COOKIE = "tracking"
FEW = 25
"""Tries left from which on the page says how many."""
LIFETIME = 30 * 60
"""Seconds after the last page at which number and code are asked for again."""

Verb = Callable[[HttpRequest, str, str], None]


@personal_page()
def track(request: HttpRequest) -> HttpResponse:
    """Asks for number and code; with both, on to the case."""
    if request.method != "POST":
        return _asking(request)
    number = request.POST.get("number", "")[:100].strip()
    code = request.POST.get("code", "")[:60]
    if not number or not code.strip():
        words = gettext("请填写登记号。") if not number else gettext("请填写查询码。")
        return _asking(request, number=number, refusal=words, status=422)
    grants = tried(request, number)
    if not all(grant.allowed for grant in grants):
        return wait(request, grants)
    try:
        case = actions.tracked(number, code)
    except NotAllowedError as error:
        words = error.message(speech()) + _left(grants)
        return _asking(request, number=number, refusal=words, status=422)
    response = see_other(reverse("portal:track_case"))
    keep(request, response, drafts.new_key(), {"number": case.number, "code": code})
    return response


@personal_page()
def case(request: HttpRequest) -> HttpResponse:
    """The case as it stands."""
    held = held_in(request)
    return shown_case(request, held) if held else expired(request)


@personal_page(FILES)
def correct(request: HttpRequest) -> HttpResponse:
    """The correction that was asked for (条例第三十条)."""

    def send(request: HttpRequest, number: str, code: str) -> None:
        text = request.POST.get("text", "").replace("\r\n", "\n")
        actions.correct_by_applicant(number, code, text, _files(request))

    return _done(request, send)


@personal_page()
def withdraw(request: HttpRequest) -> HttpResponse:
    """Asked once more, then withdrawn."""
    held = held_in(request)
    if held is None:
        return expired(request)
    if request.method != "POST":
        found = actions.tracked(held["number"], held["code"])
        return render(request, "portal/apply/withdraw.html", {"case": found})

    def send(request: HttpRequest, number: str, code: str) -> None:
        reason = request.POST.get("reason", "").replace("\r\n", "\n")
        actions.withdraw_by_applicant(number, code, reason)

    return _done(request, send)


@personal_page()
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter as PDF. The first opening of one that was sent electronically is its arrival."""
    held = held_in(request)
    if held is None or request.method != "POST":
        return expired(request)
    found = actions.tracked(held["number"], held["code"])
    asked = letters_for_applicant(found).filter(pk=pk).first()
    if asked is None:
        return shown_case(request, held, gettext("没有这份文书。"), 404)
    try:
        data = printed(asked)
        opened_by_applicant(asked)
    except NotAllowedError as error:
        return shown_case(request, held, error.message(speech()), error.status)
    return _file(data, f"{asked.number}.pdf", "application/pdf")


@personal_page()
def provided(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that was given out with the answer."""
    held = held_in(request)
    if held is None or request.method != "POST":
        return expired(request)
    found = actions.tracked(held["number"], held["code"])
    asked = next((one for one in _given_out(found) if one.pk == pk), None)
    if asked is None or found.anonymised_at:
        return shown_case(request, held, gettext("没有这个文件。"), 404)
    return _file(given_out.content(asked), asked.title, asked.content_type)


@personal_page()
def leave(request: HttpRequest) -> HttpResponse:
    """Number and code are taken off this machine."""
    response = see_other(reverse("portal:track"))
    if request.method == "POST":
        drafts.forget(request.COOKIES.get(COOKIE, ""))
        response.delete_cookie(COOKIE, path=reverse("portal:track"), samesite="Lax")
    return response


def held_in(request: HttpRequest) -> dict[str, str] | None:
    """Number and code of who came this far; None once their half hour is over."""
    return drafts.read(request.COOKIES.get(COOKIE, ""))


def keep(request: HttpRequest, response: HttpResponse, key: str, values: dict[str, str]) -> None:
    """Hold them for another half hour."""
    drafts.write(key, values, lifetime=LIFETIME)
    response.set_cookie(
        COOKIE,
        key,
        path=reverse("portal:track"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def tried(request: HttpRequest, number: str) -> list[Allowance]:
    """Counts one try, right or wrong, from this address and for this case."""
    limit, window = settings.TRACK_LIMIT, settings.TRACK_WINDOW
    counted = [("track", address(request)), ("track_case", codes.typed(number))]
    return [allowance(scope, who, limit, window) for scope, who in counted]


def _left(grants: list[Allowance]) -> str:
    """How many tries are left before a wait, once there are few."""
    left = min((grant.left for grant in grants if grant.left is not None), default=FEW + 1)
    if left > FEW:
        return ""
    minutes = settings.TRACK_WINDOW // 60
    words = gettext("还可以试 %(left)s 次，之后要等 %(minutes)s 分钟。")
    return " " + words % {"left": left, "minutes": minutes}


def wait(request: HttpRequest, grants: list[Allowance]) -> HttpResponse:
    """Says how long nothing can be tried any more."""
    seconds = max(grant.retry_after for grant in grants)
    minutes = max(1, -(-seconds // 60))
    response = render(request, "portal/apply/too_often.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _asking(
    request: HttpRequest, *, number: str = "", refusal: str = "", status: int = 200
) -> HttpResponse:
    shown = {
        "number": number,
        "refusal": refusal,
        "example": _example(),
        "repost_form": "",
    }
    return render(request, "portal/apply/track.html", shown, status=status)


def _example() -> str:
    """A number as the agencies here write theirs."""
    agency = Agency.objects.filter(active=True).order_by("path").last()
    return written(agency, timezone.localdate().year, 12) if agency else ""


def expired(request: HttpRequest) -> HttpResponse:
    """Number and code are asked for again; what was sent in vain is told."""
    words = gettext("为保护您的信息，30分钟后要重新填写登记号和查询码。")
    return _asking(request, refusal=words, status=410 if request.method == "POST" else 200)


def _done(request: HttpRequest, send: Verb) -> HttpResponse:
    held = held_in(request)
    if held is None:
        return expired(request)
    if request.method == "POST":
        try:
            send(request, held["number"], held["code"])
        except NotAllowedError as error:
            return shown_case(request, held, error.message(speech()), error.status)
    return see_other(reverse("portal:track_case"))


def shown_case(
    request: HttpRequest, held: dict[str, str], refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page of the case, with why something was refused."""
    found = actions.tracked(held["number"], held["code"])
    shown: dict[str, Any] = {
        "case": found,
        "standing": standing_of(found),
        "amendable": contact_closed(found) is None,
        "letters": [(one, _name(one)) for one in letters_for_applicant(found)],
        "provided": _given_out(found),
        "points": _points(found),
        "remedy": _remedy(found),
        "refusal": refusal,
        "said": held.pop("said", ""),
        "text": request.POST.get("text", ""),
        "limit": file_checks.limit(web=True),
    }
    response = render(request, "portal/apply/case.html", shown, status=status)
    keep(request, response, request.COOKIES[COOKIE], held)
    return response


def _name(letter: Letter) -> str:
    """What kind of letter it is, in the language of the page."""
    return kind_of_letter(letter.kind, on=letter.dated).words(speech())


def _given_out(case: Case) -> list[Provided]:
    """Files of an answer that has been sent."""
    sent = letters_for_applicant(case).exclude(decision=None).values("decision")
    return list(Provided.objects.filter(decision__in=sent, decision__state="signed"))


def _asked_for(case: Case) -> Letter | None:
    """The letter that asks for a correction, the latest."""
    return letters_for_applicant(case).filter(kind="correction_notice").last()


def _points(case: Case) -> tuple[str, ...]:
    """What is to be corrected, as the letter that was sent lists it."""
    asked = _asked_for(case)
    return listed_in(asked) if asked and not case.anonymised_at else ()


def _remedy(case: Case) -> tuple[str, ...]:
    """What can be done against the answer, as the letter that was sent tells it."""
    answer = answer_of(case)
    if answer is None or case.anonymised_at or answer not in letters_for_applicant(case):
        return ()
    return remedy_in(answer)


def _files(request: HttpRequest) -> tuple[Incoming, ...]:
    return tuple(
        Incoming((one.name or "")[-200:], "", one.read()) for one in request.FILES.getlist("files")
    )


def _file(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
