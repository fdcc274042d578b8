"""Files attached to what is public, for exactly as long as it is."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai import files
from gongkai.portal.documents.finding import WithdrawnError, found, gone
from gongkai.portal.media import media_type
from gongkai.project.conditional import is_held
from gongkai.publishing.document.models import Attachment

IN_PLACE = frozenset({"png", "jpg", "jpeg", "gif", "webp"})
"""What a page of ours may show as a picture. Everything else is handed over as a file: a web page
or a drawing with script in it would otherwise run under this site's name."""


@require_safe
def attachment(
    request: HttpRequest, pk: int, place: int, name: str, number: int | None = None
) -> HttpResponseBase:
    """The file at that place of the public revision, or of revision `number`.

    Asked of the database each time and kept by nobody: what is withdrawn is gone at once.
    """
    try:
        seen = found(pk, number)
    except WithdrawnError as withdrawn:
        return gone(request, withdrawn.trace)
    rows = seen.publication.version.attachments.filter(position=place, name=name)
    kept = rows.first()
    if kept is None:
        raise Http404(gettext("这份文件没有这个附件。"))
    return _sent(request, kept)


def _sent(request: HttpRequest, kept: Attachment) -> HttpResponseBase:
    tag = quote_etag(kept.sha256[:32])
    held = request.headers.get("If-None-Match", "")
    response: HttpResponseBase
    if held and is_held(held, tag):
        response = HttpResponse(status=304)
    else:
        try:
            opened = files.place(kept.sha256).open("rb")
        except FileNotFoundError as lost:
            raise Http404(gettext("这个附件的原文件不在了，请联系发布机构。")) from lost
        response = FileResponse(opened, content_type=media_type(kept.kind))
        response["Content-Length"] = str(kept.size)
        handed_over = kept.kind.lower() not in IN_PLACE
        response["Content-Disposition"] = (
            content_disposition_header(handed_over, kept.name) or "inline"
        )
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response
