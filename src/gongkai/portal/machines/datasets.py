"""The DCAT catalogue: what there is to be fetched as data, and where."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from gongkai.org.models import Agency
from gongkai.portal.machines import feeds
from gongkai.portal.media import MEDIA_TYPES
from gongkai.portal.pages import uncounted_page

MEDIA_TYPE = "application/ld+json; charset=utf-8"
MEDIA = "https://www.iana.org/assignments/media-types/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
CSV = "text/csv"
Description = dict[str, Any]


@uncounted_page()
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue of the site as JSON-LD (DCAT 3)."""
    home = request.build_absolute_uri(reverse("portal:home"))
    roots = Agency.objects.filter(superior__isnull=True, active=True)
    described = {
        "@context": CONTEXT,
        "@id": request.build_absolute_uri(request.path),
        "@type": "dcat:Catalog",
        "dct:title": _zh(f"{settings.SITE_NAME or '政府信息公开'}数据目录"),
        "dct:language": "zh",
        "dct:modified": timezone.localdate().isoformat(),
        "foaf:homepage": {"@id": home},
        "dct:publisher": [_agent(request, agency) for agency in roots],
        "dcat:dataset": _datasets(request),
    }
    body = json.dumps(described, ensure_ascii=False, indent=1)
    return HttpResponse(body, content_type=MEDIA_TYPE)


def _datasets(request: HttpRequest) -> list[Description]:
    def at(name: str, *args: object) -> str:
        return request.build_absolute_uri(reverse(f"portal:{name}", args=args))

    atom = feeds.MEDIA_TYPE.partition(";")[0]
    return [
        _dataset(
            "公开文件",
            "已公布的全部政府信息，每件有元数据、正文和附件。",
            at("catalogue"),
            (at("feed"), atom),
            (at("sitemaps"), "application/xml"),
        ),
        _dataset(
            "规章和行政规范性文件登记",
            "规章、行政规范性文件的制发、修改、废止、失效和现行有效情况。",
            at("register"),
            (at("register_table"), CSV),
        ),
        _dataset(
            "政府信息公开工作年度报告",
            "各机关历年年度报告的全部指标。",
            at("reports"),
            (at("compare_workbook"), MEDIA_TYPES["xlsx"]),
        ),
        _dataset(
            "机关名录",
            "各机关的代码、名称、层级和联系方式。",
            at("agencies"),
            (at("agencies_table"), CSV),
        ),
        _dataset(
            "撤回的信息",
            "公布后撤回的政府信息：名称、日期和说明。",
            at("withdrawals"),
            (at("withdrawals_table"), CSV),
        ),
    ]


def _dataset(title: str, about: str, page: str, *files: tuple[str, str]) -> Description:
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:title": _zh(title),
        "dct:description": _zh(about),
        "dct:language": "zh",
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:accessURL": {"@id": address},
                "dcat:downloadURL": {"@id": address},
                "dcat:mediaType": {"@id": f"{MEDIA}{media_type}"},
            }
            for address, media_type in files
        ],
    }


def _agent(request: HttpRequest, agency: Agency) -> Description:
    address = request.build_absolute_uri(reverse("portal:agency", args=(agency.code,)))
    return {"@id": address, "@type": "foaf:Organization", "foaf:name": _zh(agency.name)}


def _zh(text: str) -> Description:
    return {"@value": text, "@language": "zh"}
