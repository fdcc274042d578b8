"""What of a case goes when the time to keep it is over, table by table.

Words go, whoever wrote them: who applied may be named in any of them. Codes, days, sums, numbers of
letters and digests stay, so that the ledger, the reports and the trail can still be verified.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet, Value, When

from gongkai.casework.appeal.models import Appeal, AppealAmendment
from gongkai.casework.application.models import Applicant, Case, Enclosure, Fact
from gongkai.casework.application.outbox import Notice
from gongkai.casework.application.person import ANONYMOUS
from gongkai.casework.application.sealing import index_key, seal
from gongkai.casework.decision.extension import ExtensionRequest
from gongkai.casework.decision.models import (
    Assignment,
    Charge,
    Check,
    Conference,
    Consultation,
    Decision,
    DecisionItem,
    Provided,
    SearchRecord,
)
from gongkai.casework.decision.proposal import Proposal
from gongkai.casework.decision.versions import DecisionVersion
from gongkai.casework.ledger.models import Line
from gongkai.casework.letter.models import Letter, Service

REMOVED = "（保管期限届满，内容已删除）"
"""Stands where words stood. The guards of the database let it and nothing else take their place."""


Of = Case | Collection[int]
"""Whose words they are: a case, or appeals about no case, by their keys."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with words of a case, which `path` leads to: the columns in which words are
    replaced, what else is emptied with what, and which columns name files on the disk."""

    model: type[models.Model]
    path: str
    words: tuple[str, ...] = ()
    emptied: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """What the trail calls the table."""
        return str(self.model._meta.model_name)

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is emptied."""
        return frozenset({*self.words, *self.emptied})

    def rows(self, of: Of) -> QuerySet[models.Model]:
        """The rows that belong to the case, or to the appeals with these keys."""
        return models.QuerySet(self.model).filter(**{self.path: of})

    def hashes(self, case: Case) -> Iterator[str]:
        """The files on which its rows stand."""
        for row in self.rows(case).values_list(*self.files) if self.files else ():
            yield from filter(None, row)

    def empty(self, of: Of) -> int:
        """Empty those rows; how many held something."""
        rows = self.rows(of)
        held = rows.count() if self.emptied else rows.filter(self._worded()).count()
        if held:
            rows.update(**{name: _replaced(name) for name in self.words}, **self._nothing())
        return held

    def _worded(self) -> Q:
        worded = Q()
        for name in self.words:
            worded |= ~Q(**{name: ""})
        return worded

    def _nothing(self) -> dict[str, Any]:
        return {
            name: seal(value) if isinstance(value, bytes) else value
            for name, value in self.emptied.items()
        }


NOBODY = ANONYMOUS.to_bytes()
SAID = ("findings", "reasons", "answer", "law_named", "other_agency", "other_contact", "way")
OF_APPEAL = (
    "before",
    "number",
    "about",
    "ordered",
    "contested_number",
    "contested_ground",
    "struck_because",
)
TABLES: tuple[Table, ...] = (
    Table(
        Applicant,
        "case",
        emptied={"sealed": NOBODY, "masked": "", "name_key": "", "identity_key": ""},
    ),
    Table(
        Enclosure,
        "case",
        emptied={"sealed_name": b"", "sha256": "", "size": 0},
        files=("sha256",),
    ),
    Table(Notice, "case", emptied={"sealed_to": None}),
    Table(Fact, "case", ("struck_because",)),
    Table(Assignment, "case", ("question", "reply")),
    Table(SearchRecord, "case", ("places", "words", "result", "searcher", "archive_reply")),
    Table(Conference, "case", ("participants", "note")),
    Table(
        Consultation,
        "case",
        ("about", "reasons", "override_reason"),
        {"sealed": NOBODY, "masked": ""},
    ),
    Table(ExtensionRequest, "case", ("refused_because",)),
    Table(Charge, "case", ("receipt_number", "refund_reason", "waived_reason")),
    Table(Decision, "case", (*SAID, "override_reason", "void_reason")),
    Table(DecisionItem, "decision__case", ("asked", "reasons")),
    Table(DecisionVersion, "decision__case", emptied={"content": ""}),
    Table(Check, "decision__case", ("comment",)),
    Table(
        Provided,
        "decision__case",
        ("title",),
        {"boxes": [], "hidden_findings": [], "sha256": ""},
        files=("sha256",),
    ),
    Table(Proposal, "case", ("reason",)),
    Table(
        Letter,
        "case",
        ("void_reason",),
        {"sealed": b"{}", "pdf": "", "word": ""},
        files=("pdf", "word"),
    ),
    Table(Service, "letter__case", ("tracking", "note")),
    Table(Line, "case", ("reason",)),
    Table(Appeal, "case", OF_APPEAL),
    Table(AppealAmendment, "appeal__case", ("reason",), {"before": {}}),
)
"""Every table with words of a case but the case itself. `given_sha256` of what was given out stays,
so that whoever holds the file can still have it compared."""
ELSEWHERE: tuple[Table, ...] = (
    Table(Appeal, "pk__in", OF_APPEAL),
    Table(AppealAmendment, "appeal__in", ("reason",), {"before": {}}),
)
"""The tables with words of appeals about no case."""


def hashes_of(case: Case) -> set[str]:
    """The files on the disk on which the case stands."""
    return {sha256 for table in TABLES for sha256 in table.hashes(case)}


def empty(case: Case) -> dict[str, int]:
    """Empty every table; by its code how many rows held something.

    For a locked case that is marked as emptied already, which the guards of the database ask for.
    """
    _without_joint_keys(Appeal.everything.filter(case=case))
    return _emptied(TABLES, case)


def empty_appeals(keys: Collection[int]) -> dict[str, int]:
    """The same for appeals about no case, which are locked."""
    _without_joint_keys(Appeal.everything.filter(pk__in=keys))
    return _emptied(ELSEWHERE, keys)


def _emptied(tables: Iterable[Table], of: Of) -> dict[str, int]:
    found = {table.code: table.empty(of) for table in tables}
    return {code: rows for code, rows in found.items() if rows}


def _without_joint_keys(appeals: QuerySet[Appeal]) -> None:
    """The key that ties one suit in the books of two agencies is mostly its number, which leads to
    the names of the parties. Its digest, in all the books, ties them as well."""
    keys = appeals.exclude(joint_key="").values_list("kind", "joint_key")
    for kind, key in set(keys):
        tied = Appeal.everything.filter(kind=kind, joint_key=key)
        tied.update(joint_key=index_key("joint", key))


def _replaced(name: str) -> models.Case:
    return models.Case(When(**{name: ""}, then=Value("")), default=Value(REMOVED))
