"""What machines ask for: health, robots, the icon."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

ROBOTS = """User-agent: *
Disallow: /apply/
Disallow: /desk/
Disallow: /preferences/
Disallow: /reading/
Disallow: /search/
Disallow: /track/
Disallow: /verify/
"""


@never_cache
@require_safe
def healthz(_: HttpRequest) -> HttpResponse:
    """200 while the database answers, 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may leave out, and where the site map is."""
    address = request.build_absolute_uri(reverse("portal:sitemaps"))
    text = f"{ROBOTS}Sitemap: {address}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(_: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("gongkai/favicon.svg"))
