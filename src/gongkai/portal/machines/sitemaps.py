"""Site maps: where every public document is, in files of at most 50,000 addresses.

A file holds a fixed range of document numbers. So its address stays the same for ever, it is made
without counting, and it is sent while it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.org.models import Agency
from gongkai.portal.pages import uncounted_page
from gongkai.publishing.publication.models import Publication, PublicState

RANGE = 50_000
"""What the protocol allows a file to hold (sitemaps.org)."""
MEDIA_TYPE = "application/xml; charset=utf-8"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
BEGIN = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACE}>\n'
PAGES = ("home", "guide", "rules", "catalogue", "reports", "apply", "agencies", "register")
OF_AGENCY = ("agency", "agency_guide", "agency_rules", "agency_catalogue")


@uncounted_page()
def index(request: HttpRequest) -> HttpResponse:
    """The list of the files; ranges without a public document are left out."""
    public = Publication.objects.filter(state=PublicState.PUBLIC)
    last = public.aggregate(last=Max("document"))["last"] or 0
    files = [
        number
        for number in range(1, last // RANGE + 2)
        if public.filter(document__gte=(number - 1) * RANGE, document__lt=number * RANGE).exists()
    ]
    addresses = [reverse("portal:sitemap_pages")]
    addresses += [reverse("portal:sitemap", args=(number,)) for number in files]
    lines = "".join(
        f"<sitemap><loc>{escape(request.build_absolute_uri(address))}</loc></sitemap>\n"
        for address in addresses
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {NAMESPACE}>\n{lines}'
    return HttpResponse(f"{body}</sitemapindex>\n", content_type=MEDIA_TYPE)


@uncounted_page()
def pages(request: HttpRequest) -> HttpResponse:
    """The pages that are not documents."""
    addresses = [reverse(f"portal:{name}") for name in PAGES]
    codes = Agency.objects.filter(active=True).order_by("path").values_list("code", flat=True)
    addresses += [
        reverse(f"portal:{name}", args=(code,))
        for code in codes[: RANGE // 5]
        for name in OF_AGENCY
    ]
    lines = "".join(f"{_url(request.build_absolute_uri(path))}\n" for path in addresses)
    return HttpResponse(f"{BEGIN}{lines}</urlset>\n", content_type=MEDIA_TYPE)


@require_safe
def documents(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """The documents of one range, each with the day of its last publication."""
    public = Publication.objects.filter(
        state=PublicState.PUBLIC, document__gte=(number - 1) * RANGE, document__lt=number * RANGE
    )
    if not public.exists():
        raise Http404(number)
    start = request.build_absolute_uri("/")[:-1]

    def lines() -> Iterator[str]:
        yield BEGIN
        rows = public.order_by("document").values_list("document", "published_at")
        for pk, at in rows.iterator(chunk_size=2000):
            day = timezone.localdate(at).isoformat()
            yield f"{_url(start + reverse('portal:document', args=(pk,)), day)}\n"
        yield "</urlset>\n"

    return StreamingHttpResponse(lines(), content_type=MEDIA_TYPE)


def _url(address: str, day: str = "") -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape(address)}</loc>{changed}</url>"
