"""Reading what is public."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.law.kinds import kind
from gongkai.org.models import Agency
from gongkai.publishing.document.models import Disclosure, Document, Stage
from gongkai.publishing.publication.models import (
    Exemption,
    Publication,
    PublicState,
    Relation,
    RelationKind,
    Withdrawal,
)


def public() -> QuerySet[Publication]:
    """Everything that is public now, the newest first."""
    rows = Publication.objects.filter(state=PublicState.PUBLIC)
    return rows.select_related("agency", "document").order_by("-published_on", "-id")


def public_of(document_id: int) -> Publication | None:
    """The public revision of a document, with its text."""
    rows = public().filter(document_id=document_id)
    return rows.select_related("agency", "document", "version").first()


def history(document_id: int) -> list[Publication]:
    """Every revision that was ever published, the newest first."""
    rows = Publication.objects.filter(document_id=document_id).select_related("agency")
    return list(rows.select_related("withdrawal").order_by("-number"))


def withdrawn(document_id: int) -> Withdrawal | None:
    """The public trace, if the newest revision of the document was taken down."""
    newest = Publication.objects.filter(document_id=document_id).order_by("-number").first()
    if newest is None or newest.state != PublicState.WITHDRAWN:
        return None
    return Withdrawal.objects.select_related("publication__agency").get(publication=newest)


def traces() -> QuerySet[Withdrawal]:
    """Public traces of everything that was taken down, the newest first."""
    return Withdrawal.objects.select_related("publication__agency").order_by("-at", "-id")


def related(document: Document) -> tuple[list[Relation], list[Relation]]:
    """The document's relations to others that are public, and those of others to it."""
    is_public = {"publications__state": PublicState.PUBLIC}
    out = document.relations_out.filter(**{f"target__{k}": v for k, v in is_public.items()})
    back = document.relations_in.filter(**{f"source__{k}": v for k, v in is_public.items()})
    return (
        list(out.select_related("target__head", "target__agency").distinct()),
        list(back.select_related("source__head", "source__agency").distinct()),
    )


def public_titles(documents: set[int]) -> dict[int, Publication]:
    """The public revision of each of these documents."""
    return {row.document_id: row for row in public().filter(document_id__in=documents)}


def interpretation_missing(document: Document) -> bool:
    """Whether the document needs an interpretation and has neither one that is public or waits to
    go out with it, nor a recorded exemption (三同步, 国办发〔2016〕80号)."""
    head = document.head
    if head is None or kind(head.kind).interpretation != "required":
        return False
    if Exemption.objects.filter(document=document).exists():
        return False
    interpreting = document.relations_in.filter(kind=RelationKind.INTERPRETS)
    ready = interpreting.filter(source__publications__state=PublicState.PUBLIC)
    return not (ready.exists() or waiting_interpretations(document).exists())


def waiting_interpretations(document: Document) -> QuerySet[Relation]:
    """Interpretations that are approved, for everybody, not public yet and set to no time of
    their own: they go out with the document."""
    return document.relations_in.filter(
        kind=RelationKind.INTERPRETS,
        source__stage=Stage.APPROVED,
        source__head__disclosure=Disclosure.PROACTIVE,
        source__publications=None,
        source__schedule=None,
    )


def latest_of(agency: Agency, count: int) -> list[Publication]:
    """The newest publications of the agency and of all below it."""
    rows = public().filter(agency__path__startswith=agency.path)
    return list(rows[:count])
