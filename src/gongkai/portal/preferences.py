"""What a reader may set for themselves: language, text size, contrast. Kept in cookies."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate, gettext_lazy
from django.views.decorators.http import require_safe

LANGUAGES = {"zh-hans": ("中文", "zh-Hans"), "en": ("English", "en")}
TEXT_SIZES = {
    "": gettext_lazy("标准字号"),
    "large": gettext_lazy("大字号"),
    "larger": gettext_lazy("特大字号"),
}
CONTRASTS = {"": gettext_lazy("标准对比度"), "high": gettext_lazy("高对比度")}
ALLOWED = {"size": TEXT_SIZES, "contrast": CONTRASTS}
YEAR = 365 * 24 * 3600


def chosen(request: HttpRequest) -> dict[str, str]:
    """Text size and contrast of this reader; "" is the standard. A forged cookie counts as none."""
    return {
        name: value if (value := request.COOKIES.get(name, "")) in allowed else ""
        for name, allowed in ALLOWED.items()
    }


@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep what the query asks for and lead back to the page one came from.

    It is a link, so that it works without script and without a form token; it changes nothing
    but the look of pages for this reader.
    """
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    remember(request, response, request.GET.dict())
    return response


def remember(request: HttpRequest, response: HttpResponse, wishes: dict[str, str]) -> None:
    """Write the wishes that are known (`language`, `size`, `contrast`) into cookies."""
    for name, allowed in ALLOWED.items():
        value = wishes.get(name, "")
        if value == "normal":
            response.delete_cookie(name, samesite="Lax")
        elif value and value in allowed:
            _set(request, response, name, value)
    if wishes.get("language") in LANGUAGES:
        _set(request, response, settings.LANGUAGE_COOKIE_NAME, wishes["language"])


def at_once(request: HttpRequest, wishes: dict[str, str]) -> None:
    """Let the page being made follow the wishes already, as the next ones will by cookie."""
    for name, allowed in ALLOWED.items():
        if name in wishes:
            request.COOKIES[name] = wishes[name] if wishes[name] in allowed else ""
    if wishes.get("language") in LANGUAGES:
        activate(wishes["language"])
        request.LANGUAGE_CODE = wishes["language"]


def _set(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
