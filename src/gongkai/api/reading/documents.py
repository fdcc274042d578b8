"""Documents that are public: lists, searches, and one with all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Query, Router

from gongkai.api.failures import Failure
from gongkai.api.fields import Key
from gongkai.api.reading.asked import FAILS, agency_named, public
from gongkai.api.reading.shapes import (
    DocumentHead,
    DocumentOut,
    Documents,
    Errors,
    File,
    Relation,
    RevisionOut,
)
from gongkai.api.reading.wishes import DocumentsWish, Scope
from gongkai.org.models import Agency
from gongkai.publishing.publication import queries
from gongkai.publishing.publication.models import Publication, PublicState
from gongkai.publishing.search import queries as search

router = Router(tags=["documents"])


@router.get(
    "",
    response={200: Documents, **FAILS, 503: Errors},
    operation_id="documents",
    summary="公开的文件 · Public documents",
)
@public(*DocumentsWish.model_fields)
def documents(request: HttpRequest, wish: Query[DocumentsWish]) -> Documents:
    """The newest first; with `q`, what the search finds, the most fitting first."""
    place = agency_named(wish.agency)
    if wish.q.strip():
        return _searched(request, _question(wish, place))
    rows = _within(queries.public(), place, wish.scope)
    asked = {"year": wish.year, "kind": wish.kind, "document__validity": wish.validity}
    rows = _narrowed(rows, asked, wish.item)
    return _page(request, _after(rows, wish.cursor), wish.limit)


@router.get(
    "/{document}",
    response={200: DocumentOut, 410: Errors, **FAILS},
    operation_id="document",
    summary="一份文件 · One document",
)
@public()
def document(request: HttpRequest, document: Path[Key]) -> DocumentOut:
    """Metadata, text, attachments, relations and revisions. 410 where it was withdrawn."""
    found = queries.public_of(document)
    if found is None:
        gone = queries.withdrawn(document) is not None
        raise Failure(410, "gone") if gone else Failure(404, "not_found", "path.document")
    version = found.version
    return DocumentOut(
        **_head(request, found).model_dump(),
        keywords=version.keywords,
        summary=version.summary,
        period=version.period,
        effective_on=version.effective_on,
        expires_on=version.expires_on,
        source=version.source,
        body=version.body,
        content_hash=found.content_hash,
        attachments=_files(request, found),
        relations=_relations(found),
        revisions=_revisions(request, found.document_id),
    )


def _question(wish: DocumentsWish, place: Agency | None) -> search.Query:
    return search.Query(
        words=wish.q,
        agency=place.code if place else "",
        year=wish.year,
        item=wish.item or "",
        kind=wish.kind,
        validity=wish.validity or "",
        offset=min(wish.cursor, search.DEEPEST),
        limit=wish.limit,
    )


def _within(
    rows: QuerySet[Publication], agency: Agency | None, scope: Scope
) -> QuerySet[Publication]:
    if agency is None:
        return rows
    if scope == "own":
        return rows.filter(agency=agency)
    return rows.filter(agency__path__startswith=agency.path)


def _narrowed(
    rows: QuerySet[Publication], wishes: Mapping[str, object], item: str | None
) -> QuerySet[Publication]:
    rows = rows.filter(**{name: value for name, value in wishes.items() if value})
    if item:
        rows = rows.filter(Q(item=item) | Q(item__startswith=f"{item}."))
    return rows


def _after(rows: QuerySet[Publication], cursor: int) -> QuerySet[Publication]:
    """What stands behind the publication with that key, whether it is public still or not."""
    if not cursor:
        return rows
    last = Publication.objects.filter(pk=cursor).first()
    if last is None:
        raise Failure(404, "not_found", "query.cursor")
    day = last.published_on
    return rows.filter(Q(published_on__lt=day) | Q(published_on=day, pk__lt=last.pk))


def _page(request: HttpRequest, rows: QuerySet[Publication], limit: int) -> Documents:
    found = list(rows[: limit + 1])
    shown = found[:limit]
    more = shown[-1].pk if len(found) > limit else None
    return Documents(documents=[_head(request, row) for row in shown], next=more)


def _searched(request: HttpRequest, wish: search.Query) -> Documents:
    try:
        results = search.search(wish)
    except search.Unavailable as away:
        raise Failure(503, "search_unavailable", headers={"Retry-After": "5"}) from away
    titles = queries.public_titles({hit.id for hit in results.hits})
    shown = [
        _head(request, titles[hit.id], hit.passage.text) for hit in results.hits if hit.id in titles
    ]
    reached = wish.offset + len(results.hits)
    more = reached if results.hits and reached < min(results.total, search.DEEPEST) else None
    return Documents(documents=shown, next=more, total=results.total)


def _head(request: HttpRequest, row: Publication, passage: str | None = None) -> DocumentHead:
    return DocumentHead(
        id=row.document_id,
        index_number=row.index_number,
        title=row.title,
        document_number=row.document_number,
        agency=row.agency.code,
        kind=row.kind,
        item=row.item,
        topic=row.topic,
        formed_on=row.formed_on,
        published_on=row.published_on,
        validity=row.document.validity,
        revision=row.number,
        url=_url(request, "portal:document", row.document_id),
        passage=passage,
    )


def _files(request: HttpRequest, row: Publication) -> list[File]:
    return [
        File(
            name=file.name,
            size=file.size,
            kind=file.kind,
            sha256=file.sha256,
            url=_url(
                request, "portal:document_attachment", row.document_id, file.position, file.name
            ),
        )
        for file in row.version.attachments.order_by("position")
    ]


def _relations(row: Publication) -> list[Relation]:
    out, back = queries.related(row.document)
    sides = [(r, True, r.target_id) for r in out] + [(r, False, r.source_id) for r in back]
    titles = queries.public_titles({other for _, _, other in sides})
    return [
        Relation(
            kind=relation.kind,
            outgoing=outgoing,
            document=other,
            title=titles[other].title,
            since=relation.since,
        )
        for relation, outgoing, other in sides
        if other in titles
    ]


def _revisions(request: HttpRequest, document: int) -> list[RevisionOut]:
    """Those that may still be seen: a withdrawal takes down a revision with all before it."""
    ever: Sequence[Publication] = queries.history(document)
    gone = max((r.number for r in ever if r.state == PublicState.WITHDRAWN), default=0)
    return [
        RevisionOut(
            number=row.number,
            state=row.state,
            published_on=row.published_on,
            note=row.public_note,
            url=_url(request, "portal:document_revision", document, row.number),
        )
        for row in ever
        if row.number > gone
    ]


def _url(request: HttpRequest, name: str, *args: object) -> str:
    return request.build_absolute_uri(reverse(name, args=args))
