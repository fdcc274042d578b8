"""Atom feeds (RFC 4287) of the newest publications, and of what was taken down (RFC 6721)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.org import queries as org
from gongkai.org.models import Agency
from gongkai.portal.listing import Wish, listed
from gongkai.portal.pages import uncounted_page
from gongkai.portal.wording import items
from gongkai.publishing.publication import queries
from gongkai.publishing.publication.models import Publication, Withdrawal

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONE = "http://purl.org/atompub/tombstones/1.0"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ENTRIES = 50
LONG_AGO = datetime(2019, 5, 15, tzinfo=UTC)
"""When a feed without entries was last changed: the day on which the law came into force."""

Xml.register_namespace("", ATOM)
Xml.register_namespace("at", TOMBSTONE)


@uncounted_page()
def site(request: HttpRequest) -> HttpResponse:
    """The newest of everything."""
    name = settings.SITE_NAME or "政府信息公开"
    return _feed(request, name, reverse("portal:home"), Wish(), queries.traces()[:ENTRIES])


@uncounted_page()
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """The newest of an agency and all below it."""
    placed = org.agency(code)
    if placed is None:
        raise Http404(code)
    page = reverse("portal:agency", args=(code,))
    return _feed(request, placed.name, page, Wish(agency=placed, below=True), _gone_of(placed))


@uncounted_page()
def item(request: HttpRequest, code: str) -> HttpResponse:
    """The newest under an item of articles 20 and 21."""
    known = items().get(code)
    if known is None:
        raise Http404(code)
    page = f"{reverse('portal:catalogue')}?item={code}"
    gone = queries.traces().filter(publication__item=code)[:ENTRIES]
    return _feed(request, known.label, page, Wish(item=code), gone)


def _gone_of(placed: Agency) -> Iterable[Withdrawal]:
    return queries.traces().filter(publication__agency__path__startswith=placed.path)[:ENTRIES]


def _feed(
    request: HttpRequest, title: str, page: str, wish: Wish, gone: Iterable[Withdrawal]
) -> HttpResponse:
    rows = listed(wish, ENTRIES).rows
    traces = list(gone)
    moments = [row.published_at for row in rows] + [trace.at for trace in traces]
    feed = Xml.Element(f"{{{ATOM}}}feed", {"xml:lang": "zh-Hans"})
    _say(feed, "id", request.build_absolute_uri(request.path))
    _say(feed, "title", title)
    _say(feed, "updated", _moment(max(moments, default=LONG_AGO)))
    _link(feed, "self", request.build_absolute_uri(request.path), MEDIA_TYPE.partition(";")[0])
    _link(feed, "alternate", request.build_absolute_uri(page), "text/html")
    for trace in traces:
        _tombstone(request, feed, trace)
    for row in rows:
        _entry(request, feed, row)
    body = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type=MEDIA_TYPE)


def _entry(request: HttpRequest, feed: Xml.Element, row: Publication) -> None:
    entry = Xml.SubElement(feed, f"{{{ATOM}}}entry")
    address = _address(request, row.document_id)
    _say(entry, "id", address)
    _say(entry, "title", row.title)
    _say(entry, "updated", _moment(row.published_at))
    if row.number == 1:
        _say(entry, "published", _moment(row.published_at))
    _link(entry, "alternate", address, "text/html")
    author = Xml.SubElement(entry, f"{{{ATOM}}}author")
    _say(author, "name", row.agency.name)
    Xml.SubElement(entry, f"{{{ATOM}}}category", {"term": row.item, "label": _label(row.item)})
    number = " ".join(filter(None, (row.document_number, row.index_number)))
    _say(entry, "summary", f"{number} {row.public_note}".strip())


def _tombstone(request: HttpRequest, feed: Xml.Element, trace: Withdrawal) -> None:
    gone = Xml.SubElement(
        feed,
        f"{{{TOMBSTONE}}}deleted-entry",
        {"ref": _address(request, trace.document_id), "when": _moment(trace.at)},
    )
    comment = Xml.SubElement(gone, f"{{{TOMBSTONE}}}comment")
    comment.text = _printable(trace.public_note)


def _label(code: str) -> str:
    known = items().get(code)
    return known.label if known else code


def _address(request: HttpRequest, document: int) -> str:
    return request.build_absolute_uri(reverse("portal:document", args=(document,)))


def _say(under: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(under, f"{{{ATOM}}}{name}").text = _printable(text)


def _link(under: Xml.Element, relation: str, address: str, kind: str) -> None:
    Xml.SubElement(under, f"{{{ATOM}}}link", {"rel": relation, "href": address, "type": kind})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat("T", "seconds").replace("+00:00", "Z")


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n").strip()
