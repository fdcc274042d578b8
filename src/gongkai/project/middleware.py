"""What every request passes through besides Django's own middleware."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

Respond = Callable[[HttpRequest], HttpResponse]

TOO_LARGE = (
    "提交的内容过大，请分次上传：年报每份不超过 20 MB，附件每个不超过 200 MB。\n"
    "Too large. Upload fewer files at a time: reports up to 20 MB, attachments up to 200 MB.\n"
)


def chosen_language(respond: Respond) -> Respond:
    """Chinese, unless the reader has chosen otherwise.

    Django's own middleware would follow the browser's language; a government site speaks Chinese
    until it is asked to speak another language.
    """
    known = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponse:
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wish if wish in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            response = respond(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def body_limit(respond: Respond) -> Respond:
    """Refuse a body over the limit before any of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.BODY_LIMIT:
            return HttpResponse(TOO_LARGE, status=413, content_type="text/plain; charset=utf-8")
        return respond(request)

    return middleware
