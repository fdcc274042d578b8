"""指南, 制度, 年报, 依申请公开: four of the five sections; the catalogue has a file of its own.

Without a code, a section is that of the whole jurisdiction.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from gongkai.annual_report import queries as reports
from gongkai.law.kinds import Section, kinds
from gongkai.law.terms import term
from gongkai.org.models import Agency
from gongkai.portal.apply.blank import form_address
from gongkai.portal.apply.notice import notice_of
from gongkai.portal.documents.text import shown as shown_text
from gongkai.portal.machines import meta
from gongkai.portal.pages import public_page
from gongkai.portal.sections.agencies import crumbs, the_agency
from gongkai.portal.sections.law import LAW
from gongkai.publishing.publication import queries
from gongkai.publishing.publication.models import Publication

MOST_RULES = 200
LONGEST_WORDS = 200


@public_page()
def guide(request: HttpRequest, code: str = "") -> HttpResponse:
    """政府信息公开指南 (条例第十二条): who, where and when, and the guide itself."""
    agency = the_agency(code) if code else None
    publication = _newest("guide", agency) if agency else None
    body = ""
    if publication:
        base = reverse("portal:document", args=(publication.document_id,))
        body = shown_text(publication.version.body, base, gettext("表格，可左右滚动"))
    return _page(
        request,
        "guide",
        agency,
        publication=publication,
        body=body,
        guides=[] if agency else _guides(),
        missing=agency is not None and not (agency.address and agency.telephone),
    )


@public_page()
def rules(request: HttpRequest, code: str = "") -> HttpResponse:
    """政府信息公开制度: the law, and the rules of the agency and of those above it."""
    agency = the_agency(code) if code else None
    rows = queries.public().filter(kind__in=_kinds("rules"))
    if agency:
        rows = rows.filter(agency__code__in=agency.lineage)
    return _page(request, "rules", agency, law=LAW, publications=list(rows[:MOST_RULES]))


@public_page()
def annual_reports(request: HttpRequest, code: str = "") -> HttpResponse:
    """政府信息公开年报: those of the agency; of the whole jurisdiction there is a page already."""
    if not code:
        return HttpResponseRedirect(reverse("portal:reports"))
    agency = the_agency(code)
    below = reports.published(below=agency).exclude(report__agency=agency)
    return _page(
        request,
        "reports",
        agency,
        reports=list(reports.published(agency=agency)),
        below=below.exists(),
    )


@public_page("words")
def apply(request: HttpRequest, code: str = "") -> HttpResponse:
    """依申请公开: how to apply, to whom, and what the law asks for (条例第二十九条)."""
    agency = the_agency(code) if code else None
    words = " ".join(request.GET.get("words", "")[:LONGEST_WORDS].split())
    roots = Agency.objects.filter(superior__isnull=True, active=True)
    along = {"agency": agency.code if agency else "", "words": words}
    asked = urlencode({name: value for name, value in along.items() if value})
    return _page(
        request,
        "apply",
        agency,
        words=words,
        roots=roots,
        entrance="description" if asked else "agency",
        along=f"?{asked}" if asked else "",
        notice=notice_of(agency) if agency else None,
        days=term("D12", on=timezone.localdate()).length,
        form_word=form_address(agency, "docx"),
        form_pdf=form_address(agency, "pdf"),
    )


LABELS = {
    "guide": "政府信息公开指南",
    "rules": "政府信息公开制度",
    "catalogue": "法定主动公开内容",
    "reports": "政府信息公开年报",
    "apply": "依申请公开",
}
"""The fixed names of the sections, as the norm writes them."""


def names() -> dict[str, str]:
    """The names of the sections in the language of the page."""
    return {
        "guide": gettext("政府信息公开指南"),
        "rules": gettext("政府信息公开制度"),
        "catalogue": gettext("法定主动公开内容"),
        "reports": gettext("政府信息公开年报"),
        "apply": gettext("依申请公开"),
    }


def tabs(agency: Agency | None) -> list[tuple[str, str, str]]:
    """The five sections as (key, address, name)."""
    if agency is None:
        return [(key, reverse(f"portal:{key}"), name) for key, name in names().items()]
    args = (agency.code,)
    return [
        (key, reverse(f"portal:agency_{key}", args=args), name) for key, name in names().items()
    ]


def frame(request: HttpRequest, section: str, agency: Agency | None) -> dict[str, Any]:
    """What every section shows around itself."""
    home = [(reverse("portal:home"), gettext("首页"))]
    return {
        "section": section,
        "name": names()[section],
        "agency": agency,
        "tabs": tabs(agency),
        "crumbs": [*(crumbs(agency) if agency else home), ("", names()[section])],
        "meta": meta.of_column(request, LABELS[section]),
    }


def _page(request: HttpRequest, section: str, agency: Agency | None, **more: Any) -> HttpResponse:
    context = frame(request, section, agency) | more
    return render(request, f"portal/sections/{section}.html", context)


def _kinds(section: Section) -> list[str]:
    return [kind.code for kind in kinds() if kind.section == section]


def _newest(section: Section, agency: Agency) -> Publication | None:
    rows = queries.public().filter(kind__in=_kinds(section), agency=agency)
    return rows.select_related("agency", "document", "version").first()


def _guides() -> QuerySet[Agency]:
    return Agency.objects.filter(active=True).order_by("path")[:MOST_RULES]
