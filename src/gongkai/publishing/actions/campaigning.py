"""A clean-up (清理) is begun, decided document by document, and its result published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from gongkai.org.models import Agency, User
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask, reason_given
from gongkai.publishing.actions.drafting import create
from gongkai.publishing.actions.entering import write
from gongkai.publishing.document.content import Content
from gongkai.publishing.document.models import Document
from gongkai.publishing.document.rich_text import canonical
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register import queries
from gongkai.publishing.register.campaigns import Decided, decided, undecided
from gongkai.publishing.register.models import (
    Campaign,
    CampaignDecision,
    CleanUp,
    EventKind,
    RegisterEvent,
)
from gongkai.trail import actions as trail

EVENT_OF: dict[str, EventKind] = {
    CleanUp.REPEAL: EventKind.REPEALED,
    CleanUp.INVALIDATE: EventKind.INVALIDATED,
}
"""What a decision does by itself. What is to be amended is amended by a document of its own."""


@transaction.atomic
def start_campaign(
    user: User, agency: Agency, title: str, as_of: date, *, subtree: bool = True
) -> Campaign:
    """Begin a clean-up of everything in force on that day, of the agency or of all below it too.

    Raises NotAllowedError "campaign_empty" where nothing was, "incomplete" without a title.
    """
    ask(user, permissions.REGISTER, agency)
    name = reason_given(title, "incomplete")[:200]
    records = [
        record
        for register in queries.REGISTERS
        for record in queries.in_force(agency, as_of, register, subtree=subtree)
    ]
    if not records:
        raise NotAllowedError("campaign_empty")
    records.sort(key=lambda r: (r.document.agency.path, r.document.made_on, r.document.document_id))
    campaign = Campaign.objects.create(
        agency=agency,
        title=name,
        as_of=as_of,
        subtree=subtree,
        created_by=user,
        created_at=timezone.now(),
    )
    CampaignDecision.objects.bulk_create(
        CampaignDecision(campaign=campaign, document_id=record.document.document_id)
        for record in records
    )
    details = {"as_of": as_of.isoformat(), "documents": len(records), "subtree": subtree}
    trail.record(user, "publishing.start_campaign", campaign, details=details)
    return campaign


@transaction.atomic
def decide_clean_up(
    user: User, campaign: Campaign, documents: Iterable[int], decision: str, reason: str
) -> int:
    """Decide the same about these documents of the campaign, with one reason; how many.

    A decision may be changed until the campaign is closed. Raises NotAllowedError
    "campaign_closed", "not_in_campaign" or "reason_missing".
    """
    campaign = _open(user, campaign)
    words = reason_given(reason)
    if decision not in CleanUp.values:
        raise NotAllowedError("incomplete")
    wanted = set(documents)
    rows = list(campaign.decisions.filter(document__in=wanted))
    if len(rows) != len(wanted):
        raise NotAllowedError("not_in_campaign")
    now = timezone.now()
    for row in rows:
        row.decision, row.reason, row.by, row.at = decision, words, user, now
    CampaignDecision.objects.bulk_update(rows, ["decision", "reason", "by", "at"], batch_size=200)
    details = {"decision": decision, "reason": words, "documents": sorted(wanted)}
    trail.record(user, "publishing.decide_clean_up", campaign, details=details)
    return len(rows)


@transaction.atomic
def keep_the_rest(user: User, campaign: Campaign, reason: str) -> int:
    """Let everything not yet decided about stay in force, with one reason; how many."""
    rest = list(undecided(campaign).values_list("document_id", flat=True))
    return decide_clean_up(user, campaign, rest, CleanUp.KEEP, reason) if rest else 0


@transaction.atomic
def draft_result(user: User, campaign: Campaign) -> Document:
    """Close the campaign and begin the document that publishes its result, as a draft.

    Once that has been through review and is published, what was decided takes effect. Raises
    NotAllowedError "campaign_undecided", or "role" for whoever may not draft at the agency.
    """
    campaign = _open(user, campaign)
    if undecided(campaign).exists():
        raise NotAllowedError("campaign_undecided", str(undecided(campaign).count()))
    content = Content(
        title=f"关于公布{campaign.title}结果的通知",
        kind="official_document",
        item="20.1",
        body=_result_text(decided(campaign)),
    )
    campaign.result = create(user, campaign.agency, content)
    campaign.closed_at = timezone.now()
    campaign.save(update_fields=["result", "closed_at"])
    details = {"result": campaign.result.pk}
    trail.record(user, "publishing.close_campaign", campaign, details=details)
    return campaign.result


@transaction.atomic
def reopen_campaign(user: User, campaign: Campaign, reason: str) -> Campaign:
    """Let decisions be changed again; the draft of the result is no longer the campaign's.

    Raises NotAllowedError "campaign_published" once the result was ever public.
    """
    campaign = _locked(user, campaign)
    words = reason_given(reason)
    if campaign.result_id and Publication.objects.filter(document=campaign.result_id).exists():
        raise NotAllowedError("campaign_published")
    campaign.result, campaign.closed_at = None, None
    campaign.save(update_fields=["result", "closed_at"])
    trail.record(user, "publishing.reopen_campaign", campaign, details={"reason": words})
    return campaign


def carry_out_result(user: User, publication: Publication) -> set[int]:
    """If the publication is the result of a campaign, enter what was decided; the documents that
    this changes. It takes effect when the result says or, where that is silent, when it is
    published. A revision of the result enters nothing twice. Raises NotAllowedError
    "result_differs" where the reviewed text no longer holds the list of what was decided.
    """
    on = publication.version.effective_on or publication.published_on
    changed: set[int] = set()
    for campaign in Campaign.objects.filter(result=publication.document_id):
        known = set(
            RegisterEvent.objects.filter(campaign=campaign).values_list("document_id", flat=True)
        )
        rows = campaign.decisions.filter(decision__in=EVENT_OF).exclude(document__in=known)
        if rows.exists() and _table(campaign) not in publication.version.body:
            raise NotAllowedError("result_differs", campaign.title)
        for row in rows.select_related("document").order_by("document_id"):
            entry = RegisterEvent(
                document=row.document,
                kind=EVENT_OF[row.decision],
                on=on,
                by_document_id=publication.document_id,
                campaign=campaign,
                note=row.reason,
            )
            write(user, entry)
            changed.add(row.document_id)
    return changed


def _table(campaign: Campaign) -> str:
    """What was decided, as the text of the result has it."""
    text = canonical(_result_text(decided(campaign)))
    return text[text.index("<table>") : text.index("</table>")]


def _result_text(rows: Sequence[Decided]) -> str:
    """The list of results as a table; the words around it are for the drafter to write."""
    lines = format_html_join(
        "",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        (
            (
                number,
                row.title,
                row.document_number,
                row.agency.name,
                CleanUp(row.decision).label,
                row.reason,
            )
            for number, row in enumerate(rows, 1)
        ),
    )
    heads = ("序号", "文件名称", "文号", "制发机关", "清理结果", "理由")
    head = format_html_join("", "<th>{}</th>", ((word,) for word in heads))
    return format_html(
        "<p>清理结果如下：</p><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        head,
        lines,
    )


def _open(user: User, campaign: Campaign) -> Campaign:
    fresh = _locked(user, campaign)
    if fresh.closed_at is not None:
        raise NotAllowedError("campaign_closed")
    return fresh


def _locked(user: User, campaign: Campaign) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("agency")
    fresh = rows.get(pk=campaign.pk)
    ask(user, permissions.REGISTER, fresh.agency)
    return fresh
