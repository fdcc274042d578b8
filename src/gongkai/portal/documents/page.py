"""The page of a document, of one of its earlier revisions, and what stands in their place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.org import queries as org
from gongkai.portal.documents.finding import Found, WithdrawnError, found, gone
from gongkai.portal.documents.relations import groups
from gongkai.portal.documents.standing import standing
from gongkai.portal.documents.text import shown
from gongkai.portal.machines.linked import breadcrumbs, of_document
from gongkai.portal.machines.meta import of_publication
from gongkai.portal.wording import short_item
from gongkai.project.page_cache import shared_page, visited
from gongkai.publishing.publication import queries
from gongkai.publishing.publication.models import Publication

FORMATS = ("docx", "pdf", "json")


@require_safe
@shared_page()
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """What is public of a document; 410 with the trace where it was withdrawn."""
    try:
        seen = found(pk)
    except WithdrawnError as withdrawn:
        return gone(request, withdrawn.trace)
    visited(request, f"document:{pk}")
    return render(request, "portal/documents/document.html", _shown(request, seen))


@require_safe
@shared_page()
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A revision that has been replaced; the one in force is at the document's own address."""
    try:
        seen = found(pk, number)
    except WithdrawnError as withdrawn:
        return gone(request, withdrawn.trace)
    if seen.current:
        return HttpResponsePermanentRedirect(reverse("portal:document", args=(pk,)))
    return render(request, "portal/documents/document.html", _shown(request, seen))


def _shown(request: HttpRequest, seen: Found) -> dict[str, Any]:
    publication = seen.publication
    version = publication.version
    address = reverse("portal:document", args=(publication.document_id,))
    base = address if seen.current else f"{address}revisions/{publication.number}/"
    permanent = request.build_absolute_uri(base)
    out, back = queries.related(publication.document)
    titles = queries.public_titles({row.target_id for row in out} | {row.source_id for row in back})
    trail = crumbs(publication)
    files = list(version.attachments.order_by("position"))
    return {
        "seen": seen,
        "publication": publication,
        "version": version,
        "agency": publication.agency,
        "crumbs": trail,
        "standing": standing(publication, version, timezone.localdate()),
        "replaced_by": _next(seen),
        "body": shown(version.body, base, gettext("表格，可左右滚动")),
        "files": files,
        "files_base": f"{base}attachments/",
        "related": groups(out, back, titles) if seen.current else [],
        "permanent": permanent,
        "formats": FORMATS if seen.current else (),
        "meta": of_publication(request, publication),
        "linked": [
            of_document(request, publication, files),
            breadcrumbs(request, [*trail[:-1], (address, publication.title)]),
        ]
        if seen.current
        else [],
    }


def crumbs(publication: Publication) -> list[tuple[str, str]]:
    """The way from the start page: agency, item."""
    agency = publication.agency
    catalogue = reverse("portal:agency_catalogue", args=(agency.code,))
    above = org.above(agency)
    return [
        (reverse("portal:home"), gettext("首页")),
        *((reverse("portal:agency", args=(a.code,)), a.short_name or a.label()) for a in above),
        (reverse("portal:agency", args=(agency.code,)), agency.label()),
        (f"{catalogue}?item={publication.item}", short_item(publication.item)),
        ("", gettext("正文")),
    ]


def _next(seen: Found) -> Publication | None:
    """The revision that took this one's place."""
    later = [row for row in seen.history if row.number > seen.publication.number]
    return later[-1] if later else None
