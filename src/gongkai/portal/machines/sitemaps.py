"""Site maps: where every public document is, in files of at most 50,000 addresses.

A file holds a fixed range of document numbers. So its address stays the same for ever, it is made
without counting, and it is sent while it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.org.models import Agency
from gongkai.portal.pages import uncounted_page
from gongkai.publishing.publication.models import Publication, PublicState

RANGE = 50_000
"""What the protocol allows a file to hold (sitemaps.org)."""
LAST = (2**63 - 1) // RANGE
"""The file of the largest number that a document can have."""
BATCH = 2000
Row = tuple[int, date]
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
    lines = "".join(_entry(escape(request.build_absolute_uri(path))) for path in addresses)
    return HttpResponse(f"{BEGIN}{lines}</urlset>\n", content_type=MEDIA_TYPE)


@require_safe
def documents(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """The documents of one range, each with the day of its last publication."""
    if number > LAST:
        raise Http404(number)
    public = Publication.objects.filter(
        state=PublicState.PUBLIC, document__gte=(number - 1) * RANGE, document__lt=number * RANGE
    )
    if not public.exists():
        raise Http404(number)
    address = request.build_absolute_uri(reverse("portal:document", args=(0,)))
    before, _, after = escape(address).rpartition("0")  # fifty thousand look-ups take seconds

    def lines() -> Iterator[str]:
        yield BEGIN
        rows = public.order_by("document").values_list("document", "published_on")
        for batch in _batches(rows.iterator(chunk_size=BATCH)):
            yield "".join(_entry(f"{before}{pk}{after}", day.isoformat()) for pk, day in batch)
        yield "</urlset>\n"

    return StreamingHttpResponse(lines(), content_type=MEDIA_TYPE)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """The rows in portions that are sent together."""
    while portion := list(islice(rows, BATCH)):
        yield portion


def _entry(address: str, day: str = "") -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{address}</loc>{changed}</url>\n"
