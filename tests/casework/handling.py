"""Steps that many tests take with a case, in words: taken up, drafted, reviewed, signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application.models import Case, Fact, Practice, Stage
from gongkai.casework.application.person import Person
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.models import Charge, Check, Consultation, Decision
from gongkai.casework.decision.queries import open_decision
from gongkai.casework.decision.rules import steps
from gongkai.casework.letter.models import LetterState, Service
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User
from gongkai.org.working_days import calendar_of

PUBLIC = Draft(outcome="A1", way="青禾县人民政府网站“财政信息”栏目")
DENIED = Draft(
    outcome="A4",
    ground="N16_PROCESS",
    answer="该方案的讨论稿",
    reasons="属于讨论中的过程稿，尚未形成决定",
)


@dataclass(frozen=True)
class Office:
    """The people of `own` who bring a case to its end."""

    officer: User
    head: User
    secrecy: User
    legality: User
    signatory: User

    def reviewer(self, step: str) -> User:
        people = {"office": self.head, "secrecy": self.secrecy, "legality": self.legality}
        return people[step]

    def handed_in(self, case: Case, content: Draft = PUBLIC) -> Decision:
        actions.draft(self.officer, case, content)
        return actions.hand_in(self.officer, case)

    def reviewed(self, case: Case, content: Draft = PUBLIC) -> Decision:
        decision = self.handed_in(case, content)
        for step in steps(decision.outcome, decision.ground, on=timezone.localdate()):
            self.approve(case, step)
        decision.refresh_from_db()
        return decision

    def approve(self, case: Case, step: str) -> Check:
        decision = open_decision(case)
        assert decision is not None
        return actions.check(
            self.reviewer(step), case, step, seen=decision.content_hash, approved=True
        )

    def signed(self, case: Case, content: Draft = PUBLIC, on: date | None = None) -> Decision:
        decision = self.reviewed(case, content)
        return actions.sign(self.signatory, case, seen=decision.content_hash, on=on)


@pytest.fixture
def office(
    officer: User, head: User, secrecy: User, legality: User, signatory: User, county: Any
) -> Office:
    """The office of `own`, which has a mark for its letters and a court."""
    county.own.court = "青禾县人民法院"
    county.own.reconsideration_organ = county.top
    county.own.save(update_fields=["court", "reconsideration_organ"])
    Practice.objects.create(
        agency=county.own, letter_mark="青财公复", online_reconsideration="复议服务平台"
    )
    return Office(officer, head, secrecy, legality, signatory)


def posted(user: User, consultation: Consultation, on: date | None = None) -> Consultation:
    """The letter that asks is put into the post, on its own day where none is given."""
    letter = consultation.letters.get()
    dispatch(user, letter, Sending(Service.Manner.POST, posted_on=on or letter.dated))
    return consultation


def refusal(verb: Any, *arguments: Any, **named: Any) -> str:
    """The reason for which the verb is refused."""
    with pytest.raises(NotAllowedError) as refused:
        verb(*arguments, **named)
    return refused.value.reason


BY_TELEPHONE = actions.Confirmed("申请人本人", "telephone")
FIRM = Person("青禾水务有限公司", contact_person="周某", address="青禾县河东路八号")


def asked(whom: Literal["third_party", "agency"] = "third_party") -> actions.Asked:
    """A firm that may be harmed, or another agency, asked about one article."""
    return actions.Asked(whom, FIRM, "供水协议第三条", organisation=True)


def charged(officer: User, case: Case, today: date, pages: int = 101) -> Charge:
    """A fee by the page."""
    return actions.charge(
        officer, case, Charge.Basis.PAGE, pages, on=today, payment_method="非税收入缴款码"
    )


def told(user: User, fact: Fact, on: date | None = None) -> Fact:
    """The notice of more time is put into the post, on its own day where none is given."""
    letters = fact.case.letters.filter(kind__in=("extension_notice", "delayed"), state="issued")
    dispatch(user, letters.get(), Sending(Service.Manner.POST, posted_on=on or fact.on))
    return fact.case.facts.get(kind=fact.kind, round=fact.round, struck_at=None)


def later(case: Case, days: int, since: date) -> date:
    """So many working days after the day."""
    return calendar_of(case.agency.region).add(since, days).date


def gone_out(office: Any, case: Case, day: date) -> Case:
    """The signed answer arrived on the day, and the case is closed."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        actions.answered(office.officer, case, day)
        case.letters.update(state=LetterState.SERVED)
        Case.objects.filter(pk=case.pk).update(stage=Stage.SERVED)
    return actions.close(office.officer, case)
