"""Published reports: the list, one report with its history, its files."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.annual_report import queries, review
from gongkai.annual_report.charts import Chart, charts
from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.figures import Report
from gongkai.annual_report.models import Revision, Ruling, State, Step, Submission, Verdict
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write import FORMATS, write
from gongkai.annual_report.write.document import usual_title
from gongkai.org.models import Level
from gongkai.portal.corrections import correction, corrigenda
from gongkai.portal.document import parts, remarks
from gongkai.portal.media import MEDIA_TYPES
from gongkai.project.page_cache import shared_page

PAGE_SIZE = queries.PAGE_SIZE
YEARS_CHARTED = 6
KEPT = 300  # seconds; what a page computes changes only when something is published
# What anyone can check by adding up the figures on the page. Findings about wording and form need
# an officer's judgement and stay on the desk (docs/public-pages.md).
RECOMPUTABLE = ("sum.", "year.carried", "year.stock", "rollup.")


@require_safe
@shared_page(parameters=("q", "year", "level", "page"))
def reports(request: HttpRequest) -> HttpResponse:
    """Published reports by name, year and level of the agency; a plain GET form."""
    text = request.GET.get("q", "").strip()[:100]
    wish = request.GET.get("year", "")
    year = int(wish) if wish.isascii() and wish.isdecimal() and len(wish) == 4 else None
    level = request.GET.get("level", "")
    level = level if level in Level.values else ""
    rows = queries.published(text=text, year=year, level=level)
    shown = {
        "page": queries.paged(rows, request.GET.get("page"), PAGE_SIZE),
        "years": queries.published_years(),
        "levels": Level.choices,
        "chosen": {"q": text, "year": year, "level": level},
        "filtered": bool(text or year or level),
    }
    return render(request, "portal/reports.html", shown)


@require_safe
@shared_page()
def report(request: HttpRequest, code: str, year: int, number: int | None = None) -> HttpResponse:
    """One published report; with `number`, one of its public revisions."""
    history = queries.public_history(code, year)
    revision = _chosen(history, number)
    held = revision.as_report()
    latest = revision.state == State.PUBLISHED
    changed = correction(revision, history)
    noted = remarks(*_findings(revision, held)) if latest else []
    agency = revision.report.agency
    shown: dict[str, Any] = {
        "crumbs": [
            (reverse("portal:reports"), gettext("年度报告")),
            ("", f"{agency.label()} {year}"),
        ],
        "revision": revision,
        "permanent": request.build_absolute_uri(
            reverse("portal:revision", args=(agency.code, year, revision.number))
        ),
        "latest": latest,
        "agency": agency,
        "year": year,
        "report": held,
        "title": held.title or usual_title(held),
        "history": history,
        "correction": changed,
        "remarks": noted,
        "parts": parts(held, noted, changed.marks("correction") if changed else None),
        "charts": _charts(revision) if latest else [],
        "formats": FORMATS,
        "other_years": [y for y in queries.published_years(agency) if y != year],
    }
    return render(request, "portal/report.html", shown)


@require_safe
def file(request: HttpRequest, code: str, year: int, number: int, suffix: str) -> HttpResponse:
    """A public revision as a file; it never changes, so its address can be kept and cached."""
    if suffix not in FORMATS:
        raise Http404(suffix)
    history = queries.public_history(code, year)
    revision = _chosen(history, number)
    tag = quote_etag(f"{revision.content_hash[:32]}-{number}-{suffix}-{speech()}")
    if request.headers.get("If-None-Match") == tag:
        unchanged = HttpResponse(status=304)
        unchanged["ETag"] = tag
        return unchanged
    held = revision.as_report()
    key = f"file:{tag}"
    content = cache.get(key)
    if content is None:
        changed = corrigenda(revision, history)
        content = write(held, suffix, language=speech(), corrigenda=changed)
        cache.set(key, content, KEPT)
    response = HttpResponse(content, content_type=MEDIA_TYPES[suffix])
    name = f"{held.title or usual_title(held)}.{suffix}"
    response["Content-Disposition"] = content_disposition_header(suffix != "html", name) or "inline"
    response["ETag"] = tag
    return response


def _chosen(history: list[Revision], number: int | None) -> Revision:
    """The revision asked for, else the one in force. Raises Http404."""
    for revision in history:
        if number is None or revision.number == number:
            return revision
    raise Http404("no such published report")


def _charts(revision: Revision) -> list[Chart]:
    agency, year = revision.report.agency, revision.report.year
    rows = queries.published(agency=agency).filter(report__year__lte=year)
    return charts([r.as_report() for r in rows.defer(None)[:YEARS_CHARTED]], language=speech())


def _findings(revision: Revision, held: Report) -> tuple[list[Finding], Report, list[str]]:
    """What the public sees: recomputable findings that nobody has dismissed; and which of them
    the agency has accepted."""
    key = f"findings:{revision.pk}:{_edition(revision)}"
    kept: tuple[list[Finding], list[str]] | None = cache.get(key)
    if kept is None:
        judged = [
            j
            for j in review.findings(revision)
            if j.finding.code.startswith(RECOMPUTABLE)
            and not (j.verdict and j.verdict.ruling == Ruling.DISMISSED)
        ]
        kept = ([j.finding for j in judged], [j.finding.fingerprint for j in judged if j.verdict])
        cache.set(key, kept, KEPT)
    return kept[0], held, kept[1]


def _edition(revision: Revision) -> str:
    """Changes whenever anything is published or accepted or somebody decides about a finding."""
    out = Revision.objects.filter(state=State.PUBLISHED).aggregate(Max("pk"), Count("pk"))
    said = Verdict.objects.filter(report=revision.report_id).aggregate(Max("at"), Count("pk"))
    stamp = said["at__max"].timestamp() if said["at__max"] else 0
    taken = Submission.objects.filter(year=revision.report.year, step=Step.ACCEPTED)
    accepted = taken.aggregate(Max("pk"), Count("pk"))
    parts = (out["pk__max"], out["pk__count"], stamp, said["pk__count"], *accepted.values())
    return "-".join(map(str, parts))
