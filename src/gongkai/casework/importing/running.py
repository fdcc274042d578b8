"""An older ledger from its rows to cases: tried first, then kept piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError
from django.utils import timezone

from gongkai.casework.actions.migrating import migrate
from gongkai.casework.application.models import Case
from gongkai.casework.importing.candidates import Candidate, Reader
from gongkai.casework.importing.columns import BY_FIELD
from gongkai.casework.importing.problems import Problem
from gongkai.casework.importing.reading import Ledger
from gongkai.casework.permissions import IMPORTS
from gongkai.casework.refusal import NotAllowedError
from gongkai.org import queries as org
from gongkai.org.models import Agency, User

PIECE = 200
"""Cases kept in one transaction; numbers are locked as long."""
Progress = Callable[[int, int], None]
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do: rows that are in, that were in before, and problems.

    A row with a problem that is no note is left out; the others go on. `closed` of those kept are
    closed cases, which the ledger counts.
    """

    total: int
    kept: int
    before: int
    closed: int
    problems: tuple[Problem, ...]

    @property
    def left_out(self) -> int:
        """How many rows are not in."""
        return len({p.row for p in self.problems if not p.is_note and p.row})


@dataclass(slots=True)
class _Tried:
    good: list[Candidate] = field(default_factory=list)
    before: int = 0
    problems: list[Problem] = field(default_factory=list)


def tried(user: User, table: Ledger) -> Outcome:
    """What the import would do. Nothing is kept."""
    found = _try(user, table)
    return _outcome(table, found, found.good)


def run(user: User, table: Ledger, mark: str, progress: Progress) -> Outcome:
    """Keep every good row as a case, under what the migration is called.

    `progress` is told how many of how many rows are through. What is in by its old number is left
    alone, so that an import that was interrupted goes on when it is run again.
    """
    found = _try(user, table)
    kept: list[Candidate] = []
    total = len(found.good)
    progress(0, total)
    for done, piece in enumerate(_pieces(found.good), 1):
        kept += _kept(user, piece, mark, found.problems)
        progress(min(done * PIECE, total), total)
    return _outcome(table, found, kept)


def _outcome(table: Ledger, found: _Tried, kept: Sequence[Candidate]) -> Outcome:
    closed = sum(one.migrant.ended is not None for one in kept)
    problems = tuple(sorted(set(found.problems)))
    return Outcome(len(table.rows), len(kept), found.before, closed, problems)


def _try(user: User, table: Ledger) -> _Tried:
    found = _Tried(problems=list(table.problems))
    agencies = list(Agency.objects.filter(active=True))
    allowed = set(org.agencies_of(user, IMPORTS).values_list("pk", flat=True))
    reader, there, seen = Reader(agencies, timezone.localdate()), _there(), dict[Key, int]()
    for row in table.rows:
        made = reader.candidate(row)
        if isinstance(made, list):
            found.problems += made
            continue
        key = made.migrant.agency.pk, made.migrant.old_number
        if made.migrant.agency.pk not in allowed:
            name = made.migrant.agency.name
            found.problems.append(Problem(made.row, BY_FIELD["agency"].heading, "role", name))
        elif key in seen:
            heading = BY_FIELD["old_number"].heading
            found.problems.append(Problem(made.row, heading, "duplicate", str(seen[key])))
        elif key in there:
            found.before += 1
        else:
            found.good.append(made)
        seen.setdefault(key, made.row)
    return found


def _there() -> set[Key]:
    rows = Case.objects.exclude(old_number=None).order_by()
    known = rows.values_list("agency_id", "old_number").iterator()
    return {(agency, number or "") for agency, number in known}


def _pieces(good: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    for start in range(0, len(good), PIECE):
        yield good[start : start + PIECE]


def _kept(
    user: User, piece: Sequence[Candidate], mark: str, problems: list[Problem]
) -> list[Candidate]:
    """Keep a piece in one go; where one row spoils it, row by row, so that the others go on."""
    try:
        migrate(user, [one.migrant for one in piece], mark)
    except (NotAllowedError, IntegrityError):
        return [one for one in piece if _kept_alone(user, one, mark, problems)]
    return list(piece)


def _kept_alone(user: User, one: Candidate, mark: str, problems: list[Problem]) -> bool:
    try:
        migrate(user, [one.migrant], mark)
    except NotAllowedError as refused:
        words = (refused.message("zh"), refused.message("en"))
        problems.append(Problem(one.row, "", "not_kept", *words))
        return False
    except IntegrityError:  # somebody else brought it in meanwhile
        problems.append(Problem(one.row, BY_FIELD["old_number"].heading, "duplicate", "—"))
        return False
    return True
