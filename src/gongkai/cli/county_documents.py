"""The example county's documents: five years of them public, the last weeks' on the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

import click
from django.db import transaction
from django.utils import timezone

from gongkai.law.kinds import kind
from gongkai.org.models import Agency, User
from gongkai.publishing import actions
from gongkai.publishing.actions import cataloguing, tallying
from gongkai.publishing.actions.campaigning import decide_clean_up, start_campaign
from gongkai.publishing.catalogue.entry import entry_of
from gongkai.publishing.catalogue.models import CatalogueItem, Period
from gongkai.publishing.document.content import Content
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication, Relation
from gongkai.publishing.register.models import Campaign, Tally
from gongkai.specimen.county import ROOT, units
from gongkai.specimen.documents import Old, published
from gongkai.specimen.documents.columns import provisions
from gongkai.specimen.documents.desk import Begun, begun
from gongkai.specimen.documents.tallies import tallied

MARK = "示例数据"
REVIEWERS = {
    "head": "reviewer",
    "secrecy_reviewer": "secrecy",
    "legality_reviewer": "legality",
    "signatory": "signatory",
}
Verb = Callable[[], object]


def load_documents(people: Mapping[str, User], agencies: Mapping[str, Agency]) -> None:
    """Load what is not there yet, office by office; each wholly or not at all."""
    administrator = people["administrator"]
    offices = [(unit, list(old)) for unit, old in _by_office()]
    steps = len(offices) + 5
    with click.progressbar(length=steps, label="正在载入文件 / Loading documents") as bar:
        for code, documents in offices:
            _publish(administrator, agencies[code], documents)
            bar.update(1)
        for step in (_relate, _tally, _clean_up, _date_back):
            step(administrator, agencies)
            bar.update(1)
        _begin(people, agencies)
        actions.make_duties(timezone.localdate())
        actions.lapse_due(timezone.localdate())
        bar.update(1)


def _by_office() -> Iterable[tuple[str, Iterable[Old]]]:
    return groupby(published(units()), key=lambda old: old.unit)


@transaction.atomic
def _publish(administrator: User, agency: Agency, documents: list[Old]) -> None:
    if Publication.objects.filter(agency=agency, migrated=True).exists():
        return
    if not CatalogueItem.objects.filter(agency=agency).exists():
        cataloguing.suggest_catalogue(administrator, agency)
    items = _items(agency)
    today = timezone.localdate()
    migrants = [
        actions.Migrant(agency, _content(old, items, turn), old.published_on, files=(), clean=True)
        for turn, old in enumerate(documents)
        if old.published_on <= today
    ]
    actions.migrate(administrator, migrants, MARK)


def _items(agency: Agency) -> dict[str, int]:
    """The items of the catalogue: what comes round by its name, all else by its provision."""
    rows = CatalogueItem.objects.filter(agency=agency)
    return {row.matter if row.period else row.item: row.pk for row in rows}


def _content(old: Old, items: Mapping[str, int], turn: int) -> Content:
    item = old.content.item or kind(old.content.kind).item
    stands_under = [old.periodic] if old.periodic else provisions(old.content, turn)
    listed = next((items[name] for name in stands_under if name in items), None)
    return replace(old.content, item=item, catalogue_item=listed)


def _relate(administrator: User, agencies: Mapping[str, Agency]) -> None:
    """Interpretations, repeals and amendments, each to the document of that number."""
    if Relation.objects.exists():
        return
    for code, documents in _by_office():
        there = Document.objects.filter(agency=agencies[code]).select_related("head")
        by_title = {d.head.title: d for d in there if d.head}
        by_number = {d.head.document_number: d for d in there if d.head}
        for old in documents:
            source = by_title.get(old.content.title)
            for relation, number in old.relations:
                target = by_number.get(number)
                if source is not None and target is not None:
                    actions.relate(administrator, source, relation, target)


def _tally(administrator: User, agencies: Mapping[str, Agency]) -> None:
    if Tally.objects.exists():
        return
    through = timezone.localdate().replace(day=1) - timedelta(days=1)
    for code, counts in tallied(units(), through):
        reported = [
            tallying.Count(None, matter, year, month, Decimal(amount))
            for matter, year, month, amount in counts
        ]
        tallying.report_tallies(administrator, agencies[code], reported)


def _clean_up(administrator: User, agencies: Mapping[str, Agency]) -> None:
    """A clean-up that is half decided."""
    county = agencies[ROOT.code]
    if Campaign.objects.exists():
        return
    campaign = start_campaign(
        administrator, county, "2026年行政规范性文件清理", date(2026, 9, 30), subtree=False
    )
    listed = list(campaign.decisions.values_list("document_id", flat=True))
    half = len(listed) // 2
    decide_clean_up(administrator, campaign, listed[:half], "keep", "仍然适用")
    if listed[half:]:
        decide_clean_up(
            administrator, campaign, listed[half : half + 1], "repeal", "已有新规定替代"
        )


def _date_back(administrator: User, agencies: Mapping[str, Agency]) -> None:
    """The county's monthly item has been listed for a quarter, so that some months are overdue."""
    since = timezone.localdate() - timedelta(days=90)
    monthly = CatalogueItem.objects.filter(agency=agencies[ROOT.code], period=Period.MONTH)
    for item in monthly.filter(since__gt=since):
        cataloguing.change_item(administrator, item, replace(entry_of(item), since=since))


def _begin(people: Mapping[str, User], agencies: Mapping[str, Agency]) -> None:
    """Documents at every stage on the desk of the offices where the example's people work."""
    today = timezone.localdate()
    for one in begun(today):
        agency = next(a for a in agencies.values() if a.name.endswith(one.office))
        there = Document.objects.filter(agency=agency, head__title=one.content.title)
        if not there.exists():
            with transaction.atomic():
                _staged(people, agency, one)


def _staged(people: Mapping[str, User], agency: Agency, one: Begun) -> None:
    document = actions.create(people["drafter"], agency, one.content)
    if one.stage == "draft":
        return
    opened = actions.submit(people["drafter"], document)
    for _, role in opened.steps[: one.steps]:
        reviewer = people[REVIEWERS[role]]
        actions.approve(reviewer, document, seen=opened.content_hash, comment="急件", urgent=True)
    reviewer = people["reviewer"]
    if one.stage == "returned":
        for text, quote in one.remarks:
            actions.remark(reviewer, document, text, quote)
        actions.send_back(reviewer, document, seen=opened.content_hash, comment=one.comment)
    elif one.stage == "filed":
        actions.file_away(reviewer, document)
    elif one.stage in {"scheduled", "published", "withdrawn"}:
        _released(people, document, one)


def _released(people: Mapping[str, User], document: Document, one: Begun) -> None:
    reviewer = people["reviewer"]
    if one.stage == "scheduled":
        morning = datetime.combine(timezone.localdate() + timedelta(days=3), datetime.min.time())
        at = timezone.make_aware(morning) + timedelta(hours=9)
        actions.schedule(reviewer, document, at)
        return
    actions.publish(reviewer, document)
    if one.stage == "withdrawn":
        actions.withdraw(
            reviewer,
            document,
            reason=one.comment,
            public_note="所附表格有误，已撤回，更正后重新发布。",
        )
