"""Relations that rows name by number, made once the documents are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.org.models import User
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.importing.candidates import Candidate
from gongkai.publishing.importing.columns import BY_FIELD, plain
from gongkai.publishing.importing.models import Batch
from gongkai.publishing.importing.problems import Problem
from gongkai.publishing.refusal import NotAllowedError


def relate_rows(user: User, batch: Batch, candidates: Sequence[Candidate]) -> list[Problem]:
    """Relate the documents of the rows to those they name by document or index number.

    A number that several documents have means the one of the same agency, or none.
    """
    naming = [candidate for candidate in candidates if candidate.relations]
    if not naming:
        return []
    rows = batch.rows.filter(mark__in=[c.mark for c in naming], related=False)
    documents = {row.mark: row.document for row in rows.select_related("document__agency")}
    known = _Numbers()
    problems: list[Problem] = []
    for candidate in naming:
        source = documents.get(candidate.mark)
        if source is None:
            continue
        for kind, number in candidate.relations:
            target = known.document(source, number)
            problem = _related(user, source, kind, target, number)
            problems += [replace(problem, row=candidate.row)] if problem else []
        batch.rows.filter(mark=candidate.mark).update(related=True)
    return problems


def _related(
    user: User, source: Document, kind: str, target: Document | None, named: str
) -> Problem | None:
    heading = BY_FIELD[kind].heading
    if target is None:
        return Problem(0, heading, "no_such_document", named[:80])
    try:
        actions.relate(user, source, kind, target)
    except NotAllowedError as refused:
        return Problem(0, heading, "not_related", refused.message("zh"), refused.message("en"))
    return None


class _Numbers:
    """Documents by document number and index number, looked up once."""

    def __init__(self) -> None:
        self._by_number: dict[str, list[tuple[int, int]]] = {}
        rows = Document.objects.exclude(stage=Stage.DISCARDED)
        for pk, agency, number in rows.values_list("pk", "agency_id", "head__document_number"):
            self._note(number, pk, agency)
        for pk, agency, number in rows.filter(publications__number=1).values_list(
            "pk", "agency_id", "publications__index_number"
        ):
            self._note(number, pk, agency)

    def document(self, source: Document, number: str) -> Document | None:
        """The one document that is meant, seen from `source`."""
        found = self._by_number.get(plain(number), [])
        own = [pk for pk, agency in found if agency == source.agency_id and pk != source.pk]
        every = [pk for pk, _ in found if pk != source.pk]
        chosen = own if len(own) == 1 else every
        return Document.objects.get(pk=chosen[0]) if len(chosen) == 1 else None

    def _note(self, number: str | None, pk: int, agency: int) -> None:
        if number:
            self._by_number.setdefault(plain(number), []).append((pk, agency))
