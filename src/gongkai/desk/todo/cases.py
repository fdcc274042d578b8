"""What waits for a person of applications, appeals and the year's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Assignment
from gongkai.casework.letter.models import Letter
from gongkai.casework.permissions import HANDLES
from gongkai.casework.queries import assigned_to, claimed, seen_by
from gongkai.desk.appeals.listing import Row as AppealRow
from gongkai.desk.appeals.reach import pressing
from gongkai.desk.cases import awaiting, urgency, words
from gongkai.desk.cases.due import STYLES, Standing, standing
from gongkai.desk.cases.lapsed import Lapsed, awaiting_applicant, lapsed
from gongkai.desk.cases.selection import NOBODY, Wish
from gongkai.desk.documents.deadlines import due_on
from gongkai.desk.documents.waiting import SHOWN
from gongkai.desk.yearend.notices import notices
from gongkai.desk.yearend.owed import owed
from gongkai.org import queries as org
from gongkai.org.models import User

RESTING = frozenset({"paused", "answered"})
"""Groups in which nothing presses: they are listed and not counted in the navigation."""


@dataclass(frozen=True, slots=True)
class Item:
    """A case with what is left of its time; `untold` is the unsent letter for which it is not
    longer."""

    case: Case
    standing: Standing
    stage: str
    style: str
    untold: Letter | None = None

    @property
    def untold_label(self) -> str:
        return words.letter_label(self.untold.kind, self.untold.dated) if self.untold else ""

    @property
    def counts_on(self) -> date | None:
        """The day due, whether the clock runs or stands."""
        return self.standing.due.on if self.standing.due else self.case.due_on

    @property
    def over(self) -> bool:
        return bool(self.standing.due and self.standing.due.overdue)


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that are equally near their day; `url` is the list of all of them."""

    name: str
    label: object
    count: int
    url: str
    items: tuple[Item, ...]

    @property
    def more(self) -> bool:
        """Whether the list holds more than stand here."""
        return self.count > len(self.items)


def mine(user: User) -> QuerySet[Case]:
    """The cases the person works on that are not done."""
    return seen_by(user).filter(officer=user).exclude(stage__in=urgency.SETTLED)


def unclaimed(user: User) -> QuerySet[Case]:
    """The cases at the person's office that nobody has taken up, or whose officer has left."""
    rows = seen_by(user).filter(~claimed(), agency__in=org.agencies_of(user, HANDLES))
    return rows.exclude(stage__in=urgency.SETTLED)


def open_assignments(user: User) -> QuerySet[Assignment]:
    """The questions put to the person's unit that are not answered."""
    return assigned_to(user).filter(replied_at=None)


def groups(rows: QuerySet[Case], wish: Wish, as_of: date) -> list[Group]:
    """The cases by how near their day is, the nearest of each group shown."""
    first = urgency.first_of_each(rows, SHOWN, as_of)
    untold, passed = awaiting.untold(first), lapsed(first, as_of)
    by_group: dict[str, list[Item]] = {name: [] for name in urgency.ORDER}
    for case in first:
        name = urgency.ORDER[getattr(case, "nearness")]  # noqa: B009  (an annotation)
        by_group[name].append(item(case, as_of, untold.get(case.pk), passed.get(case.pk)))
    return [
        Group(name, urgency.GROUPS[name], number, wish.query(left=name), tuple(by_group[name]))
        for name, number in urgency.counted(rows, as_of).items()
    ]


def item(
    case: Case, as_of: date, untold: Letter | None = None, passed: Lapsed | None = None
) -> Item:
    """The case as a list of work shows it."""
    stage, style = case.get_stage_display(), STYLES[case.stage]
    return Item(case, standing(case, as_of, passed), stage, style, untold)


def given_up(user: User, as_of: date) -> list[tuple[Case, Lapsed]]:
    """Of the cases the person works on or may take up those that may be ended, because what the
    applicant was asked for did not come in time; the oldest in front."""
    rows = list(awaiting_applicant(mine(user) | unclaimed(user)))
    passed = lapsed(rows, as_of)
    found = [(case, passed[case.pk]) for case in rows if case.pk in passed]
    return sorted(found, key=lambda one: (one[1].until, one[0].pk))


def waiting(user: User, as_of: date) -> dict[str, Any]:
    """Everything that waits of applications, appeals and reports, for the first page."""
    reviews = awaiting.to_review(user, as_of)
    letters = awaiting.letters_to_send(user)
    asked, appeals = open_assignments(user), pressing(user, as_of)
    reports = owed(user, as_of)
    corrected = awaiting.corrections_of(user)
    longer = awaiting.extensions_asked(user, as_of)
    refused = awaiting.extensions_refused(user)
    silent = awaiting.replies_late(user, as_of)
    ended = given_up(user, as_of)
    return {
        "given_up": ended[:SHOWN],
        "given_up_count": len(ended),
        "extensions": [item(case, as_of) for case in longer[:SHOWN]],
        "extension_count": longer.count(),
        "refused_extensions": [(row, item(row.case, as_of)) for row in refused[:SHOWN]],
        "refused_extension_count": refused.count(),
        "late_replies": [
            (row, due_on(row.due_on, row.case.agency, as_of)) for row in silent[:SHOWN]
        ],
        "late_reply_count": silent.count(),
        "corrections": [(fact, item(fact.case, as_of)) for fact in corrected[:SHOWN]],
        "correction_count": corrected.count(),
        "my_cases": groups(mine(user), Wish(mine=True), as_of),
        "unclaimed": groups(unclaimed(user), Wish(officer=NOBODY), as_of),
        "case_reviews": [(one, item(one.case, as_of)) for one in reviews[:SHOWN]],
        "case_review_count": len(reviews),
        "letters": [_letter(letter) for letter in letters[:SHOWN]],
        "letter_count": letters.count(),
        "assigned": [(row, due_on(row.due_on, row.case.agency, as_of)) for row in asked[:SHOWN]],
        "assigned_count": asked.count(),
        "appeals": [AppealRow(appeal, as_of) for appeal in appeals[:SHOWN]],
        "appeal_count": appeals.count(),
        "owed": reports[:SHOWN],
        "owed_count": len(reports),
        "year_notices": notices(user),
    }


def anything(shown: dict[str, Any]) -> bool:
    """Whether `waiting` found anything."""
    names = (
        "extensions",
        "refused_extensions",
        "my_cases",
        "unclaimed",
        "case_reviews",
        "letters",
        "assigned",
        "appeals",
        "owed",
        "late_replies",
    )
    told = shown["year_notices"]
    return any(shown[name] for name in names) or bool(
        told.reminders or told.returned or told.waiting
    )


def count(user: User, as_of: date) -> int:
    """How much of it presses, for the navigation; questions put to the person's unit stand at
    their own place there."""
    rows = mine(user) | unclaimed(user)
    near = urgency.counted(rows, as_of)
    cases = sum(number for name, number in near.items() if name not in RESTING)
    waits = awaiting.letters_to_send(user).count() + pressing(user, as_of).count()
    waits += awaiting.extensions_asked(user, as_of).count() + len(given_up(user, as_of))
    waits += awaiting.replies_late(user, as_of).count()
    return cases + len(awaiting.to_review(user, as_of)) + waits + len(owed(user, as_of))


def _letter(letter: Letter) -> tuple[Letter, str]:
    return letter, words.letter_label(letter.kind, letter.dated)
