"""Views as another engineer might write them, some of them carelessly, for test_page_cache.py."""

from __future__ import annotations

import threading
import time
from collections import Counter

from django.contrib import messages
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.vary import vary_on_headers

from gongkai.project import urls
from gongkai.project.page_cache import shared_page, visited

MADE: Counter[str] = Counter()
LONG = "政府信息公开 " * 200
slow = threading.Event()


def made(request, text=LONG, **more):
    MADE[request.path] += 1
    return HttpResponse(f"{text} {MADE[request.path]}", **more)


@gzip_page
@shared_page(parameters=("page", "q"))
def page(request):
    chosen = f"{get_language()} {request.COOKIES.get('size', '')} {request.get_host()}"
    return made(request, f"{chosen} {request.GET.get('page', '')} {LONG}")


@shared_page()
def told(request):
    """Shows everything it was told of this reader."""
    heard = sorted(f"{k}={v}" for k, v in request.headers.items())
    return made(request, f"{request.user} {request.COOKIES} {heard}")


@shared_page()
def form(request):
    return made(request, get_token(request))


@shared_page()
def cookie(request):
    response = made(request)
    response.set_cookie("mine", "1")
    return response


@shared_page()
def session(request):
    request.session["seen"] = 1
    return made(request)


@shared_page()
def message(request):
    messages.info(request, "for one reader")
    return made(request)


@shared_page()
def stream(request):
    made(request)
    return StreamingHttpResponse([b"a", b"b"])


@shared_page()
def missing(request):
    made(request)
    raise Http404("no such document")


@shared_page()
def broken(request):
    made(request)
    raise RuntimeError("broken")


@shared_page()
def waiting(request):
    slow.wait(5)
    return made(request)


@shared_page()
def counted(request):
    visited(request, "document:7")
    return made(request)


def answering(response):
    @shared_page()
    def view(request):
        MADE[request.path] += 1
        return response()

    return view


def plain(request):
    visited(request, "document:8")
    return made(request)


def deliberate(request):
    time.sleep(0.05)
    return made(request)


urlpatterns = [
    path("page/", page),
    path("told/", told),
    path("form/", form),
    path("cookie/", cookie),
    path("session/", session),
    path("message/", message),
    path("stream/", stream),
    path("missing/", missing),
    path("broken/", broken),
    path("waiting/", waiting),
    path("counted/", counted),
    path("plain/", plain),
    path("deliberate/", deliberate),
    path("moved/", answering(lambda: HttpResponsePermanentRedirect("/page/"))),
    path("elsewhere/", answering(lambda: HttpResponseRedirect("/page/"))),
    path("unchanged/", answering(HttpResponseNotModified)),
    path("withdrawn/", answering(lambda: HttpResponse(status=410))),
    path("unavailable/", answering(lambda: HttpResponse(status=503))),
    path("never/", never_cache(shared_page()(made))),
    path("never-inside/", shared_page()(never_cache(made))),
    path("varied/", shared_page()(vary_on_headers("User-Agent")(made))),
    path("desk/page/", shared_page()(made)),
    *urls.urlpatterns,
]
