"""The application form to fill in on paper (条例第二十九条): empty, as Word and PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.casework.application.intake import IN_FORCE
from gongkai.org.models import Agency
from gongkai.portal.documents.paper import written
from gongkai.portal.documents.paper.sheet import Sheet
from gongkai.portal.media import MEDIA_TYPES
from gongkai.portal.pages import uncounted_page
from gongkai.portal.sections.agencies import the_agency
from gongkai.publishing.document import rich_text

TITLE = "政府信息公开申请表"
FORMATS = ("docx", "pdf")


@uncounted_page()
def form(_: HttpRequest, suffix: str, code: str = "") -> HttpResponse:
    """The empty form, addressed to the agency if one is named."""
    if suffix not in FORMATS:
        raise Http404(suffix)
    laid = sheet(the_agency(code) if code else None)
    response = HttpResponse(written(laid, suffix), content_type=MEDIA_TYPES[suffix])
    name = f"{TITLE}.{suffix}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def sheet(agency: Agency | None) -> Sheet:
    """The form as it is printed, in Chinese; where to send it if that is known."""
    name = agency.name if agency else ""
    body = render_to_string("portal/apply/blank.html", {"agency": name})
    return Sheet(
        title=TITLE,
        number="",
        agency=name,
        day=IN_FORCE,
        blocks=tuple(rich_text.read(body)),
        attachments=(),
        imprint=_where(agency) if agency else (),
    )


def form_address(agency: Agency | None, suffix: str) -> str:
    """Where the form of the agency, or of any, is."""
    if agency is None:
        return reverse("portal:apply_form", args=(suffix,))
    return reverse("portal:agency_apply_form", args=(agency.code, suffix))


def _where(agency: Agency) -> tuple[str, ...]:
    known = {
        "受理机关": agency.name,
        "地址": agency.address,
        "电话": agency.telephone,
        "传真": agency.fax,
    }
    return tuple(f"{label}：{value}" for label, value in known.items() if value)
