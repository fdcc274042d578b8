"""schema.org descriptions of agencies, documents and the way to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.law.kinds import registered
from gongkai.org.models import Agency
from gongkai.portal.media import media_type
from gongkai.portal.wording import kind_label
from gongkai.publishing.document.models import Attachment, Validity
from gongkai.publishing.publication.models import Publication

CONTEXT = "https://schema.org"
LANGUAGE = "zh-Hans"
REPORTS = frozenset({"plan", "statistics", "budget"})
FORCE = {
    Validity.IN_FORCE: "InForce",
    Validity.AMENDED: "PartiallyInForce",
    Validity.NOT_YET: "NotInForce",
    Validity.LAPSED: "NotInForce",
    Validity.REPEALED: "NotInForce",
    Validity.INVALID: "NotInForce",
}
Description = dict[str, Any]


def of_agency(request: HttpRequest, agency: Agency) -> Description:
    """An agency with what article 12 has its guide say of it."""
    address = request.build_absolute_uri(reverse("portal:agency", args=(agency.code,)))
    return {
        "@context": CONTEXT,
        "@type": "GovernmentOrganization",
        "@id": address,
        "url": address,
        "name": agency.name,
        **_given(
            alternateName=agency.short_name,
            address=agency.address,
            telephone=agency.telephone,
            faxNumber=agency.fax,
            email=agency.email,
            identifier=agency.credit_code,
        ),
    }


def of_document(
    request: HttpRequest, publication: Publication, files: Iterable[Attachment]
) -> Description:
    """A document: legislation for what the registers hold, a report, or any other document."""
    address = reverse("portal:document", args=(publication.document_id,))
    full = request.build_absolute_uri(address)
    version = publication.version
    return {
        "@context": CONTEXT,
        "@type": _type(publication.kind),
        "@id": full,
        "url": full,
        "name": publication.title,
        "identifier": publication.index_number,
        "inLanguage": LANGUAGE,
        "datePublished": publication.published_on.isoformat(),
        "dateCreated": publication.formed_on.isoformat(),
        "dateModified": timezone.localtime(publication.published_at).isoformat("T", "seconds"),
        "version": str(publication.number),
        "publisher": _publisher(request, publication.agency),
        "genre": kind_label(publication.kind, "zh"),
        **_given(abstract=version.summary, keywords=version.keywords, about=publication.topic),
        **_of_law(publication),
        "encoding": [_media(request, full, file) for file in files],
    }


def breadcrumbs(request: HttpRequest, trail: Sequence[tuple[str, str]]) -> Description:
    """The way to a page as (path, label)."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": label,
                "item": request.build_absolute_uri(path),
            }
            for place, (path, label) in enumerate(trail, start=1)
        ],
    }


def of_site(request: HttpRequest) -> Description:
    """The site, and how it is searched."""
    home = request.build_absolute_uri(reverse("portal:home"))
    search = request.build_absolute_uri(reverse("portal:search"))
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "url": home,
        "name": settings.SITE_NAME or "政府信息公开",
        "inLanguage": LANGUAGE,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def _type(kind: str) -> str:
    if kind in (*registered("regulation"), *registered("normative_document")):
        return "Legislation"
    return "Report" if kind in REPORTS else "DigitalDocument"


def _of_law(publication: Publication) -> Description:
    if _type(publication.kind) != "Legislation":
        return {}
    force = FORCE[Validity(publication.document.validity)]
    return {
        **_given(legislationIdentifier=publication.document_number),
        "legislationDate": publication.formed_on.isoformat(),
        "legislationType": kind_label(publication.kind, "zh"),
        "legislationLegalForce": f"{CONTEXT}/{force}",
    }


def _publisher(request: HttpRequest, agency: Agency) -> Description:
    address = request.build_absolute_uri(reverse("portal:agency", args=(agency.code,)))
    return {"@type": "GovernmentOrganization", "@id": address, "name": agency.name}


def _media(request: HttpRequest, document: str, file: Attachment) -> Description:
    return {
        "@type": "MediaObject",
        "name": file.name,
        "contentUrl": request.build_absolute_uri(
            reverse(
                "portal:document_attachment",
                args=(file.version.document_id, file.position, file.name),
            )
        ),
        "encodingFormat": media_type(file.kind).partition(";")[0],
        "contentSize": str(file.size),
        "encodesCreativeWork": {"@id": document},
    }


def _given(**values: str) -> Description:
    return {name: value for name, value in values.items() if value}
