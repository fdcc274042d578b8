"""The meta elements of the national guide for government sites (国办发〔2017〕47号).

They describe the content, so they are in Chinese whatever language the page is read in.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.portal.wording import item_label, kind_label
from gongkai.publishing.publication.models import Publication

SITE = "政府信息公开"
Pairs = list[tuple[str, str]]


def of_site(request: HttpRequest) -> Pairs:
    """The elements of the site itself; those an installation has not set are left out."""
    return _given(
        ("SiteName", settings.SITE_NAME or SITE),
        ("SiteDomain", request.get_host()),
        ("SiteIDCode", settings.SITE_ID_CODE),
    )


def of_column(request: HttpRequest, name: str, description: str = "") -> Pairs:
    """The elements of a page that lists."""
    return of_site(request) + _given(
        ("ColumnName", name),
        ("ColumnDescription", description),
        ("ColumnType", SITE),
    )


def of_publication(request: HttpRequest, publication: Publication) -> Pairs:
    """The elements of the page of one document; its time as `YYYY-MM-DD HH:MM`, local."""
    version = publication.version
    at = timezone.localtime(publication.published_at)
    clock = at.strftime("%H:%M") if at.date() == publication.published_on else "00:00"
    address = reverse("portal:document", args=(publication.document_id,))
    picture = reverse("portal:document_picture", args=(publication.document_id, "png"))
    return of_column(request, item_label(publication.item, "zh")) + _given(
        ("ArticleTitle", publication.title),
        ("PubDate", f"{publication.published_on:%Y-%m-%d} {clock}"),
        ("ContentSource", version.source or publication.agency.name),
        ("Keywords", version.keywords or publication.topic or kind_label(publication.kind, "zh")),
        ("Author", publication.agency.name),
        ("Description", version.summary or publication.title),
        ("Image", request.build_absolute_uri(picture)),
        ("Url", request.build_absolute_uri(address)),
    )


def _given(*pairs: tuple[str, str]) -> Pairs:
    return [(name, " ".join(value.split())) for name, value in pairs if value]
