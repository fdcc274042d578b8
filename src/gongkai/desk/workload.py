"""The list of work: reports with their present revision and what is still open about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from gongkai.annual_report import queries, review
from gongkai.annual_report.check.finding import SEVERITIES
from gongkai.annual_report.models import OPEN, Revision, State, Step, Submission, Verdict
from gongkai.annual_report.permissions import SEES_DRAFTS
from gongkai.org import queries as org
from gongkai.org.models import Agency, User

STATES = ("open", State.DRAFT, State.FROZEN, State.PUBLISHED, "all")
ORDERS: dict[str, tuple[str, ...]] = {
    "agency": ("agency__position", "agency__sort_key", "-year"),
    "year": ("year", "agency__position", "agency__sort_key"),
    "state": ("rank", "-year", "agency__position", "agency__sort_key"),
    "changed": ("changed", "pk"),
    "findings": ("-year", "agency__position", "agency__sort_key"),
}
MOST_WEIGHED = 500
"""Reports that are put in order by their findings; each of them has to be checked for that."""
KEPT = 3600


@dataclass(frozen=True, slots=True)
class Row:
    """One report in the list; `findings` counts what nobody has decided about, by severity."""

    revision: Revision
    findings: Counter[str] = field(default_factory=Counter)

    @property
    def blocked(self) -> bool:
        """Whether errors keep the draft from being frozen."""
        return self.revision.state == State.DRAFT and self.findings["error"] > 0


def reports(user: User | AnonymousUser) -> QuerySet[Any]:
    """The reports the user may see, each with the state and key of its present revision.

    That is the open one or, where nothing is open, the published one.
    """
    mine = Revision.objects.filter(report=OuterRef("pk"))
    opened, out = mine.filter(state__in=OPEN), mine.filter(state=State.PUBLISHED)
    return queries.visible_reports(user).annotate(
        current=Coalesce(Subquery(opened.values("pk")[:1]), Subquery(out.values("pk")[:1])),
        state=Coalesce(Subquery(opened.values("state")[:1]), Value(State.PUBLISHED.value)),
        changed=Coalesce(
            Subquery(opened.values("created_at")[:1]), Subquery(out.values("published_at")[:1])
        ),
        rank=Case(
            When(state=State.DRAFT, then=Value(0)),
            When(state=State.FROZEN, then=Value(1)),
            default=Value(2),
        ),
    )


def chosen(
    user: User | AnonymousUser, *, state: str, text: str, year: int | None, order: str
) -> QuerySet[Any]:
    """The reports that fit; `order` is a key of ORDERS, with a leading "-" for the other way."""
    rows = narrowed(reports(user), text=text, year=year)
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state != "all":
        rows = rows.filter(state=state)
    first, *rest = ORDERS[order.removeprefix("-")]
    if order.startswith("-") and order != "-findings":
        first = first.removeprefix("-") if first.startswith("-") else f"-{first}"
    return rows.order_by(first, *rest)


def weighed(rows: QuerySet[Any], order: str) -> list[Any]:
    """The reports by what is open about them, errors before the rest; "-findings" most first.

    Reports with as much open stay in the order they came.
    """
    reports = list(rows)
    tally = {row.revision.report_id: row.findings for row in filled(reports)}

    def weight(report: Any) -> tuple[int, ...]:
        found = tally.get(report.pk, Counter())
        return tuple(found[severity] for severity in SEVERITIES)

    return sorted(reports, key=weight, reverse=order.startswith("-"))


def narrowed(rows: QuerySet[Any], *, text: str, year: int | None) -> QuerySet[Any]:
    """Only what fits the name and the year looked for."""
    if text:
        rows = rows.filter(agency__in=org.found_by(text))
    return rows if year is None else rows.filter(year=year)


def counts(rows: QuerySet[Any]) -> dict[str, int]:
    """How many of the reports are in which state; "open" is draft and frozen together."""
    by_state = dict(
        rows.order_by()
        .values_list("state")
        .annotate(number=Count("pk"))
        .values_list("state", "number")
    )
    states = [state.value for state in (*OPEN, State.PUBLISHED)]
    found: dict[str, int] = {state: by_state.get(state, 0) for state in states}
    return {
        **found,
        "open": sum(found[state.value] for state in OPEN),
        "all": sum(found.values()),
    }


def years(user: User | AnonymousUser) -> list[int]:
    """The years the user's reports are of, newest first."""
    rows = queries.visible_reports(user).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def filled(page: Iterable[Any]) -> list[Row]:
    """The reports of one page with their present revisions and open findings."""
    keys = [report.current for report in page]
    found = (
        Revision.objects.filter(pk__in=keys)
        .select_related("report__agency", "created_by", "published_by")
        .defer("body")
    )
    known = {revision.pk: revision for revision in found}
    revisions = [known[key] for key in keys if key in known]
    tallies = open_findings(revisions)
    return [Row(revision, tallies[revision.pk]) for revision in revisions]


def open_findings(revisions: Sequence[Revision]) -> dict[int, Counter[str]]:
    """For each revision, how many findings of each severity nobody has decided about.

    What a check finds is kept under everything it depends on: the content, last year's published
    report and, for a government, its subordinates' reports of the year, public or accepted.
    """
    names = _cache_names(revisions)
    kept = cache.get_many(names.values())
    decided = set(
        Verdict.objects.filter(report__in=[r.report_id for r in revisions]).values_list(
            "report_id", "fingerprint"
        )
    )
    tallies: dict[int, Counter[str]] = {}
    for revision in revisions:
        said = kept.get(names[revision.pk])
        if said is None:
            said = [(j.finding.fingerprint, j.finding.severity) for j in review.findings(revision)]
            cache.set(names[revision.pk], said, KEPT)
        tallies[revision.pk] = Counter(
            severity for mark, severity in said if (revision.report_id, mark) not in decided
        )
    return tallies


def _cache_names(revisions: Sequence[Revision]) -> dict[int, str]:
    before = _published(
        {(r.report.agency_id, r.report.year - 1) for r in revisions},
    )
    names = {}
    for revision in revisions:
        report = revision.report
        last = before.get((report.agency_id, report.year - 1), "")
        below = ""
        if report.agency.level in review.ROLLS_UP:
            # The agencies expected below matter as well as what they have published.
            expected = [agency.pk for agency in review.expected_children(report.agency)]
            held = _published({(pk, report.year) for pk in expected})
            taken = _accepted(expected, report.year)
            below = str(hash((tuple(expected), tuple(sorted(held.items())), taken)))
        names[revision.pk] = f"desk:found:{revision.content_hash}:{last}:{below}"
    return names


def _published(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    rows = Revision.objects.filter(
        state=State.PUBLISHED,
        report__agency__in={agency for agency, _ in wanted},
        report__year__in={year for _, year in wanted},
    ).values_list("report__agency_id", "report__year", "content_hash")
    return {(agency, year): seal[:32] for agency, year, seal in rows}


def _accepted(agencies: Sequence[int], year: int) -> tuple[str, ...]:
    rows = Submission.objects.filter(agency__in=agencies, year=year, step=Step.ACCEPTED)
    return tuple(rows.order_by("agency").values_list("content_hash", flat=True))


def missing(user: User | AnonymousUser, year: int) -> QuerySet[Agency]:
    """Agencies in the user's charge that have no report of that year at all."""
    reach = org.agencies_of(user, SEES_DRAFTS).filter(active=True)
    return reach.exclude(annual_reports__year=year).order_by(F("position"), "sort_key")
