"""Documents that were public elsewhere before come in with their old dates and a mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from gongkai.org.models import Agency, Unit, User
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask
from gongkai.publishing.actions.beginning import Draft, begun
from gongkai.publishing.actions.drafting import checked
from gongkai.publishing.actions.recording import announced_range
from gongkai.publishing.actions.registering import noted_in_bulk
from gongkai.publishing.document.content import AttachedFile, Content
from gongkai.publishing.document.models import Stage, Version
from gongkai.publishing.document.normal import Normal, ready
from gongkai.publishing.publication import numbering
from gongkai.publishing.publication.models import Publication, PublicState
from gongkai.publishing.refusal import NotAllowedError
from gongkai.trail import actions as trail
from gongkai.trail.actions import Told


@dataclass(frozen=True, slots=True)
class Migrant:
    """A document as an older site had it.

    Without an index number it gets one of the year in which it was published. `clean` says that
    the content has its normal form already, as an import has when it has tried the row.
    """

    agency: Agency
    content: Content
    published_on: date
    index_number: str = ""
    files: tuple[AttachedFile, ...] = ()
    unit: Unit | None = None
    clean: bool = False


def migrate(user: User, migrants: Sequence[Migrant], mark: str) -> list[Publication]:
    """Keep the documents as published, each on its old day, all under one mark that is shown.

    For an administrator of every agency in question. All or nothing: raises NotAllowedError, with
    the place of the document in the list (from 1) as its detail, and then none is kept. A few
    hundred at a time is quickest. Order is kept: numbers run as the list does.
    """
    for agency in {migrant.agency.pk: migrant.agency for migrant in migrants}.values():
        ask(user, permissions.MIGRATE, agency)
    if not mark.strip():
        raise NotAllowedError("reason_missing")
    contents = [Normal(m.content) if m.clean else ready(m.content) for m in migrants]
    return _kept(user, migrants, contents, mark)


@transaction.atomic
def _kept(
    user: User, migrants: Sequence[Migrant], contents: Sequence[Normal], mark: str
) -> list[Publication]:
    drafts = [
        Draft(migrant.agency, _fit(place, migrant, content), migrant.files, migrant.unit)
        for place, (migrant, content) in enumerate(zip(migrants, contents, strict=True), start=1)
    ]
    versions = begun(user, drafts, Stage.SETTLED, timezone.now())
    made = _publications(user, versions, migrants, mark.strip()[:100])
    _told(user, made, mark)
    noted_in_bulk(user, made)
    return made


def _fit(place: int, migrant: Migrant, normal: Normal) -> Content:
    content = normal.content if migrant.clean else checked(normal, migrant.agency)
    if content.disclosure != "proactive":
        raise NotAllowedError("not_proactive", str(place))
    if not content.title or content.formed_on is None or not content.item:
        raise NotAllowedError("incomplete", str(place))
    if content.formed_on > migrant.published_on or migrant.published_on > timezone.localdate():
        raise NotAllowedError("bad_dates", str(place))
    return content


def _publications(
    user: User, versions: Sequence[Version], migrants: Sequence[Migrant], mark: str
) -> list[Publication]:
    rows = [
        _publication(user, version, migrant, mark)
        for version, migrant in zip(versions, migrants, strict=True)
    ]
    _number([row for row in rows if not row.index_number])
    given = [row.index_number for row in rows]
    taken = Publication.objects.filter(number=1, index_number__in=given).values_list(
        "index_number", flat=True
    )
    counted = Counter(given)
    twice = {*taken, *(number for number, times in counted.items() if times > 1)}
    if twice:
        raise NotAllowedError("number_taken", min(twice))
    return Publication.objects.bulk_create(rows)


def _publication(user: User, version: Version, migrant: Migrant, mark: str) -> Publication:
    day = migrant.published_on
    copied = ("title", "document_number", "kind", "item", "topic", "period", "formed_on")
    return Publication(
        document=version.document,
        version=version,
        number=1,
        migrated=True,
        migration_mark=mark,
        content_hash=version.content_hash,
        agency=migrant.agency,
        index_number=migrant.index_number.strip()[:80],
        catalogue_item_id=version.catalogue_item_id,
        state=PublicState.PUBLIC,
        published_on=day,
        year=day.year,
        published_at=timezone.make_aware(datetime.combine(day, time(9))),
        published_by=user,
        **{name: getattr(version, name) for name in copied},
    )


def _number(rows: Sequence[Publication]) -> None:
    groups: dict[tuple[int, int], list[Publication]] = {}
    for row in rows:
        groups.setdefault((row.agency_id, row.year), []).append(row)
    for (_, year), group in groups.items():
        agency = group[0].agency
        pattern = numbering.pattern_of(agency)
        for row, number in zip(group, numbering.reserve(agency, year, len(group)), strict=True):
            row.index_number = numbering.written(agency, year, row.kind, number, pattern)


def _told(user: User, made: Sequence[Publication], mark: str) -> None:
    lines = trail.record_all(
        user,
        [
            Told(
                "publishing.migrate",
                row.document,
                row.title,
                {
                    "content_hash": row.content_hash,
                    "index_number": row.index_number,
                    "mark": mark.strip(),
                    "published_on": row.published_on.isoformat(),
                },
            )
            for row in made
        ],
    )
    if lines:
        announced_range(lines[-1], [row.document_id for row in made])
