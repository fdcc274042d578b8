"""Whether a letter is genuine, for anyone who holds it: by its code, or by the PDF itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.casework.letter.models import LetterState
from gongkai.casework.letter.printing import spaced
from gongkai.casework.letter.queries import CODE_LENGTH, Verified, matches, verified
from gongkai.law.letters import letter as kind_of_letter
from gongkai.portal.apply.personal import MEGABYTE, see_other, too_large, too_often
from gongkai.portal.pages import passing

LARGEST = 20 * MEGABYTE
LIMIT, WINDOW = 60, 600
"""How often one address may ask: that many times in so many seconds."""


# A form token would need a cookie and protects nothing here: nothing is kept or changed.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """What is known of the letter with the code; with POST, whether a PDF is that letter."""
    refusal = too_large(request, LARGEST + MEGABYTE)
    if refusal:
        return passing(refusal)
    typed = "".join(c for c in request.GET.get("code", "")[:100] if c.isalnum())
    if typed and not code:
        return see_other(reverse("portal:verify_code", args=(typed[:CODE_LENGTH],)))
    if not code:
        return passing(render(request, "portal/apply/verify.html"))
    often = too_often(request, "verify", LIMIT, WINDOW)
    return passing(often or _answer(request, code))


def _answer(request: HttpRequest, code: str) -> HttpResponse:
    known = verified(code)
    upload = request.FILES.get("letter") if request.method == "POST" else None
    shown = {
        "code": spaced(code.upper()),
        "known": known,
        "kind": _kind(known) if known else "",
        "void": known is not None and known.state == LetterState.VOID,
        "compared": upload is not None,
        "same": upload is not None and matches(code, upload.read()),
        "nothing": request.method == "POST" and upload is None,
    }
    return render(request, "portal/apply/verify.html", shown, status=200 if known else 404)


def _kind(known: Verified) -> str:
    return kind_of_letter(known.kind, on=known.dated).words(speech())
