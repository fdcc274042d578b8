"""An import from its rows to documents: tried first, then kept piece by piece."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from gongkai.org.models import Agency, User
from gongkai.publishing import actions, permissions
from gongkai.publishing.catalogue.models import CatalogueItem
from gongkai.publishing.document.content import AttachedFile
from gongkai.publishing.document.incoming import received
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.importing.candidates import Candidate, Reader
from gongkai.publishing.importing.columns import BY_FIELD, plain
from gongkai.publishing.importing.models import Batch, BatchRow
from gongkai.publishing.importing.problems import Problem
from gongkai.publishing.importing.relations import relate_rows
from gongkai.publishing.importing.sources import Source
from gongkai.publishing.refusal import NotAllowedError

PIECE = 500
"""Documents kept in one transaction."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do: rows that are in, that were in before, and problems.

    A row with a problem that is no note is left out; the others go on.
    """

    total: int
    kept: int
    before: int
    problems: tuple[Problem, ...]
    batch: int | None = None

    @property
    def left_out(self) -> int:
        """How many rows are not in."""
        return len({p.row for p in self.problems if not p.is_note and p.row})


@dataclass(slots=True)
class _Tried:
    good: list[Candidate] = field(default_factory=list)
    before: int = 0
    problems: list[Problem] = field(default_factory=list)


def tried(user: User, source: Source, *, mark: str = "") -> Outcome:
    """What the import would do. Nothing is kept."""
    found = _try(user, source, mark, done=set())
    return Outcome(len(source.rows), len(found.good), found.before, _ordered(found.problems))


def run(
    user: User, source: Source, data: bytes, name: str, *, mark: str = "", progress: Progress
) -> Outcome:
    """Keep every good row: as a draft or, with a migration `mark`, as published on its old day.

    `progress` is told how many of how many rows are through. Interrupted and run again with the
    same file it leaves alone what is in.
    """
    batch = _batch(user, data, name, mark)
    done = set(batch.rows.values_list("mark", flat=True))
    found = _try(user, source, mark, done)
    kept = 0
    total = len(found.good)
    progress(0, total)
    for piece in _pieces(found.good):
        kept += _kept(user, batch, source.files, piece, found.problems)
        progress(min(kept, total), total)
    found.problems += relate_rows(user, batch, found.good)
    progress(total, total)
    return Outcome(len(source.rows), kept, found.before, _ordered(found.problems), batch.pk)


def _try(user: User, source: Source, mark: str, done: set[str]) -> _Tried:
    found = _Tried(problems=list(source.problems))
    agencies = list(Agency.objects.filter(active=True))
    reader = Reader(agencies, _catalogue(), timezone.localdate())
    allowed = _Allowed(user, permissions.MIGRATE if mark else permissions.IMPORT)
    there = _there(bool(mark))
    seen: dict[tuple[int, str, str], int] = {}
    numbers: dict[tuple[int, str], int] = {}
    for row in source.rows:
        made = reader.candidate(row, published=bool(mark))
        if isinstance(made, list):
            found.problems += made
            continue
        if made.mark in done:
            found.before += 1
            seen[made.same] = made.row
            continue
        wrong = _wrong(made, allowed, source.files, there, seen)
        found.problems += wrong
        if any(not p.is_note or p.code == "already_there" for p in wrong):
            continue
        found.problems += _same_number(made, numbers)
        seen[made.same] = made.row
        found.good.append(made)
    return found


class _Allowed:
    """Whether the person may import for an agency; asked once for each."""

    def __init__(self, user: User, permission: str) -> None:
        self._user, self._permission = user, permission
        self._known: dict[int, bool] = {}

    def __call__(self, agency: Agency) -> bool:
        if agency.pk not in self._known:
            self._known[agency.pk] = self._user.has_perm(self._permission, agency)
        return self._known[agency.pk]


def _wrong(
    made: Candidate,
    allowed: _Allowed,
    files: Mapping[str, bytes],
    there: Mapping[tuple[int, str, str], int],
    seen: Mapping[tuple[int, str, str], int],
) -> list[Problem]:
    if not allowed(made.agency):
        return [Problem(made.row, BY_FIELD["agency"].heading, "role", made.agency.name)]
    if made.same in seen:
        return [Problem(made.row, BY_FIELD["title"].heading, "duplicate", str(seen[made.same]))]
    if made.same in there:
        key = str(there[made.same])
        return [Problem(made.row, BY_FIELD["title"].heading, "already_there", key)]
    heading = BY_FIELD["attachments"].heading
    return [
        Problem(made.row, heading, "no_such_file", name[:100])
        for name in made.attachments
        if name not in files
    ]


def _same_number(made: Candidate, numbers: dict[tuple[int, str], int]) -> list[Problem]:
    number = plain(made.content.document_number)
    if not number:
        return []
    first = numbers.setdefault((made.agency.pk, number), made.row)
    if first == made.row:
        return []
    return [Problem(made.row, BY_FIELD["document_number"].heading, "same_number", str(first))]


def _there(public_only: bool) -> dict[tuple[int, str, str], int]:
    """Documents that are here already, by what tells two of them apart."""
    rows = Document.objects.exclude(stage=Stage.DISCARDED).exclude(head=None)
    if public_only:
        rows = rows.filter(publications__state="public")
    values = rows.values_list("agency_id", "head__document_number", "head__title", "pk")
    return {(agency, plain(n), plain(title)): pk for agency, n, title, pk in values.iterator()}


def _catalogue() -> dict[tuple[int, str], int]:
    rows = CatalogueItem.objects.values_list("agency_id", "code", "pk")
    return {(agency, code): pk for agency, code, pk in rows}


def _batch(user: User, data: bytes, name: str, mark: str) -> Batch:
    key = hashlib.sha256(f"{user.pk}\x1f{mark}\x1f".encode() + data).hexdigest()
    batch, _ = Batch.objects.get_or_create(
        key=key, defaults={"name": name[-255:], "mark": mark, "by": user, "at": timezone.now()}
    )
    return batch


def _pieces(good: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    for start in range(0, len(good), PIECE):
        yield good[start : start + PIECE]


def _kept(
    user: User,
    batch: Batch,
    files: Mapping[str, bytes],
    piece: Sequence[Candidate],
    problems: list[Problem],
) -> int:
    """Keep a piece in one go; where one row spoils it, row by row, so that the others go on."""
    fit: list[tuple[Candidate, tuple[AttachedFile, ...]]] = []
    for candidate in piece:
        try:
            fit.append((candidate, _files(candidate, files)))
        except NotAllowedError as refused:
            problems.append(_refused(candidate, refused))
    try:
        _keep(user, batch, fit)
    except NotAllowedError:
        return sum(_keep_one(user, batch, one, problems) for one in fit)
    return len(fit)


def _keep_one(
    user: User,
    batch: Batch,
    one: tuple[Candidate, tuple[AttachedFile, ...]],
    problems: list[Problem],
) -> int:
    try:
        _keep(user, batch, [one])
    except NotAllowedError as refused:
        problems.append(_refused(one[0], refused))
        return 0
    return 1


@transaction.atomic
def _keep(
    user: User, batch: Batch, fit: Sequence[tuple[Candidate, tuple[AttachedFile, ...]]]
) -> None:
    documents = _published(user, batch, fit) if batch.mark else _drafted(user, fit)
    BatchRow.objects.bulk_create(
        BatchRow(batch=batch, mark=candidate.mark, document=document)
        for (candidate, _), document in zip(fit, documents, strict=True)
    )


def _published(
    user: User, batch: Batch, fit: Sequence[tuple[Candidate, tuple[AttachedFile, ...]]]
) -> list[Document]:
    migrants = [
        actions.Migrant(
            c.agency,
            c.content,
            c.published_on or timezone.localdate(),
            c.index_number,
            attached,
            clean=True,
        )
        for c, attached in fit
    ]
    return [made.document for made in actions.migrate(user, migrants, batch.mark)]


def _drafted(
    user: User, fit: Sequence[tuple[Candidate, tuple[AttachedFile, ...]]]
) -> list[Document]:
    drafts = [actions.Draft(c.agency, c.content, attached) for c, attached in fit]
    return actions.create_many(user, drafts)


def _files(candidate: Candidate, files: Mapping[str, bytes]) -> tuple[AttachedFile, ...]:
    return tuple(received(name, files[name]) for name in candidate.attachments)


def _refused(candidate: Candidate, refused: NotAllowedError) -> Problem:
    words = (refused.message("zh"), refused.message("en"))
    if refused.reason == "number_taken":
        heading = BY_FIELD["index_number"].heading
        return Problem(candidate.row, heading, "number_taken", candidate.index_number)
    code = "file_refused" if refused.reason.startswith("file_") else "not_kept"
    return Problem(candidate.row, "", code, *words)


def _ordered(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))
