"""A public document to take away: as a file, or as a picture with its address as a code."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.portal.documents.finding import WithdrawnError, found, gone
from gongkai.portal.documents.paper import FORMATS, written
from gongkai.portal.documents.paper.sheet import Sheet, chinese, clean, sheet
from gongkai.portal.media import MEDIA_TYPES
from gongkai.project.page_cache import shared_page
from gongkai.publishing.publication.models import Publication

PICTURES = {"png": "image/png", "svg": "image/svg+xml"}
SHARPNESS = 144
"""Dots per inch of the picture: 720 by 960 points of a screen."""


@require_safe
@shared_page()
def file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The public revision as Word, PDF or JSON."""
    if suffix not in FORMATS:
        raise Http404(suffix)
    try:
        publication = found(pk).publication
    except WithdrawnError as withdrawn:
        return gone(request, withdrawn.trace)
    laid = sheet(publication, _address(request, pk))
    response = HttpResponse(written(laid, suffix), content_type=MEDIA_TYPES[suffix])
    name = f"{_name(laid)}.{suffix}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_safe
@shared_page()
def picture(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """A picture of 360 by 480 points that names the document and leads to it."""
    if suffix not in PICTURES:
        raise Http404(suffix)
    try:
        publication = found(pk).publication
    except WithdrawnError as withdrawn:
        return gone(request, withdrawn.trace)
    body = _drawn(publication, _address(request, pk), suffix)
    return HttpResponse(body, content_type=PICTURES[suffix])


def _drawn(publication: Publication, address: str, suffix: str) -> bytes:
    from gongkai.portal.documents.paper.pdf import press  # noqa: PLC0415  only here needed

    code = BytesIO()
    segno.make_qr(address, error="m").save(code, kind="svg", border=0, scale=4, xmldecl=False)
    data: dict[str, Any] = {
        "site": clean(settings.SITE_NAME) or "政府信息公开",
        "title": clean(publication.title)[:160],
        "number": clean(publication.document_number),
        "lines": [
            ["发布机构", clean(publication.agency.name)],
            ["发布日期", chinese(publication.published_on)],
            ["索引号", clean(publication.index_number)],
        ],
        "code": code.getvalue().decode(),
        "hint": "扫码看原文",
    }
    made = press("picture.typ").set(data, format=suffix, ppi=SHARPNESS).made
    picture: bytes = made[0] if isinstance(made, list) else made
    return picture


def _address(request: HttpRequest, pk: int) -> str:
    return request.build_absolute_uri(reverse("portal:document", args=(pk,)))


def _name(laid: Sheet) -> str:
    kept = "".join(c for c in laid.title if c.isprintable() and c not in '\\/:*?"<>|')
    return kept[:80] or "document"
