"""Reading clean-ups: what is still to be decided, and what has been published of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongkai.org.models import Agency
from gongkai.publishing.publication.models import Publication, PublicState
from gongkai.publishing.register.lives import batches
from gongkai.publishing.register.models import Campaign, CampaignDecision, CleanUp


@dataclass(frozen=True, slots=True)
class Decided:
    """One document of a clean-up by its newest publication, and what was decided about it.

    `decision` is "" as long as nothing was. `public` is False where its page was taken down.
    """

    document_id: int
    title: str
    document_number: str
    agency: Agency
    public: bool
    decision: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many documents a clean-up has, how many are decided about, and how many each way."""

    total: int
    decided: int
    by_decision: dict[str, int]

    @property
    def left(self) -> int:
        """How many nobody has decided about yet."""
        return self.total - self.decided


def campaigns(agency: Agency) -> QuerySet[Campaign]:
    """Clean-ups of the agency, of all above that take it in, and of all below it."""
    above = Q(agency__code__in=agency.lineage, subtree=True)
    rows = Campaign.objects.filter(above | Q(agency__path__startswith=agency.path))
    return rows.select_related("agency", "result__head").order_by("-as_of", "-pk")


def published(agency: Agency | None = None) -> QuerySet[Campaign]:
    """Clean-ups whose result is public, for everybody to read; the newest first."""
    rows = Campaign.objects.filter(result__publications__state=PublicState.PUBLIC)
    if agency is not None:
        rows = rows.filter(agency__path__startswith=agency.path)
    return rows.select_related("agency", "result__head").order_by("-as_of", "-pk")


def decided(campaign: Campaign, decision: str | None = None) -> list[Decided]:
    """Every document of the clean-up in its order; with `decision` only those decided so, "" for
    those not decided yet."""
    rows = campaign.decisions.select_related("by").order_by("pk")
    if decision is not None:
        rows = rows.filter(decision=decision)
    found = list(rows)
    newest = _newest([row.document_id for row in found])
    return [_told(row, newest[row.document_id]) for row in found if row.document_id in newest]


def result_list(campaign: Campaign) -> list[Decided]:
    """What a published clean-up decided, for everybody to read; [] while it is not public.

    A document whose page was taken down is left out: its title may be what must not be seen.
    """
    if not published().filter(pk=campaign.pk).exists():
        return []
    return [row for row in decided(campaign) if row.public]


def undecided(campaign: Campaign) -> QuerySet[CampaignDecision]:
    """Documents nobody has decided about yet."""
    return campaign.decisions.filter(decision="")


def progress(campaign: Campaign) -> Progress:
    """How far the clean-up is."""
    rows = campaign.decisions.values_list("decision").annotate(n=Count("pk")).order_by()
    counts: dict[str, int] = dict(rows)
    total = sum(counts.values())
    each = {decision: counts.get(decision, 0) for decision in CleanUp.values}
    return Progress(total, total - counts.get("", 0), each)


def _newest(documents: list[int]) -> dict[int, Publication]:
    rows = Publication.objects.select_related("agency").order_by("number")
    return {
        row.document_id: row
        for keys in batches(documents)
        for row in rows.filter(document__in=keys)
    }


def _told(row: CampaignDecision, newest: Publication) -> Decided:
    return Decided(
        document_id=row.document_id,
        title=newest.title,
        document_number=newest.document_number,
        agency=newest.agency,
        public=newest.state == PublicState.PUBLIC,
        decision=row.decision,
        reason=row.reason,
        by=row.by.get_full_name() if row.by else "",
    )
