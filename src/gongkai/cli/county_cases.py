"""The example county's applications: three years in the ledger, the last weeks' on the desk.

The ledger's cases come in as those of any older ledger do. Those on the desk go through the verbs;
letters that went out are printed, the others when somebody opens them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

import click
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions.appealing import Opening
from gongkai.casework.actions.configuring import set_practice
from gongkai.casework.actions.consulting import Asked
from gongkai.casework.actions.migrating import Ending, Migrant, migrate
from gongkai.casework.actions.receiving import Confirmed
from gongkai.casework.actions.searching import Search
from gongkai.casework.actions.serving import Sending
from gongkai.casework.appeal.models import Appeal, AppealKind
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import (
    ApplicantKind,
    Carrier,
    Case,
    Channel,
    Delivery,
    FactKind,
    Practice,
)
from gongkai.casework.application.person import Person
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.models import Charge, Check, Opinion
from gongkai.casework.decision.queries import open_decision
from gongkai.casework.decision.rules import steps
from gongkai.casework.letter.models import Service
from gongkai.casework.letter.printing import printing_later
from gongkai.casework.letter.queries import answer_of
from gongkai.cli.county_year_end import load_year_end
from gongkai.org.models import Agency, User
from gongkai.org.working_days import calendar_of
from gongkai.specimen.cases import OldCase, past
from gongkai.specimen.cases.appeals import OldAppeal, contested
from gongkai.specimen.cases.desk import ASKED, Begun, before, begun
from gongkai.specimen.county import ROOT, units

MARK = "示例数据"
COURT = "青禾县人民法院"
REVIEWERS = {"office": "reviewer", "secrecy": "secrecy", "legality": "legality"}


def load_cases(people: Mapping[str, User], agencies: Mapping[str, Agency]) -> None:
    """Load what is not there yet; each agency's ledger and each case wholly or not at all."""
    administrator = people["administrator"]
    today = timezone.localdate()
    ledgers = [(code, list(old)) for code, old in _by_agency(today)]
    played = list(begun())
    length = len(ledgers) + len(played) + 2
    with click.progressbar(length=length, label="正在载入申请 / Loading applications") as bar:
        _prepare(administrator, agencies)
        for code, old in ledgers:
            _take_over(administrator, agencies[code], old)
            bar.update(1)
        _appeals(administrator, agencies, today)
        bar.update(1)
        with printing_later():
            for one in played:
                _play(people, agencies, one, today)
                bar.update(1)
        load_year_end(people, agencies, today)
        bar.update(1)


def _by_agency(today: date) -> Iterable[tuple[str, Iterable[OldCase]]]:
    return groupby(past(units(), today), key=lambda old: old.unit)


def _prepare(administrator: User, agencies: Mapping[str, Agency]) -> None:
    """What letters need: a mark, a court, where to ask for reconsideration."""
    Agency.objects.filter(pk__in=[a.pk for a in agencies.values()], court="").update(court=COURT)
    for agency in agencies.values():
        if not Practice.objects.filter(agency=agency).exists():
            name = agency.name.removeprefix(ROOT.name[:3])
            told = {
                "letter_mark": f"青{name[:2]}公开",
                "online_reconsideration": "青禾县行政复议服务平台（示例）",
                "complaints": "青禾县人民政府办公室（示例）",
            }
            set_practice(administrator, agency, told)
        agency.refresh_from_db()


@transaction.atomic
def _take_over(administrator: User, agency: Agency, old: list[OldCase]) -> None:
    if not Case.objects.filter(agency=agency, migrated=MARK).exists():
        migrate(administrator, [_migrant(agency, one) for one in old], MARK)


def _migrant(agency: Agency, old: OldCase) -> Migrant:
    ended = Ending(old.ended_on, old.outcome, old.ground) if old.ended_on else None
    return Migrant(
        agency=agency,
        old_number=old.number,
        channel=Channel(old.channel),
        submitted_on=old.submitted_on,
        received_on=old.received_on,
        kind=ApplicantKind(old.kind),
        person=Person(old.name, telephone=old.telephone, address=old.address),
        description=old.description,
        happened=tuple((FactKind(kind), on, dict(told)) for kind, on, told in old.happened),
        ended=ended,
    )


@transaction.atomic
def _appeals(administrator: User, agencies: Mapping[str, Agency], today: date) -> None:
    """Reconsiderations and law suits as the reports count them, each about a case of the agency."""
    if Appeal.objects.exists():
        return
    closed: dict[int, list[Case]] = {}
    for case in Case.objects.filter(migrated=MARK).order_by("agency", "answered_on"):
        closed.setdefault(case.agency_id, []).append(case)
    Appeal.objects.bulk_create(
        _appeal(administrator, agencies[old.unit], closed[agencies[old.unit].pk], old)
        for old in contested(units(), today)
    )


def _appeal(administrator: User, agency: Agency, closed: list[Case], old: OldAppeal) -> Appeal:
    earlier = [case for case in closed if case.answered_on and case.answered_on < old.opened_on]
    case = earlier[-1 - old.place % min(len(earlier), 20)] if earlier else None
    court = old.kind != AppealKind.RECONSIDERATION
    return Appeal(
        agency=agency,
        case=case,
        kind=AppealKind(old.kind),
        before=COURT if court else ROOT.name,
        about="对信息公开答复不服",
        opened_on=old.opened_on,
        copy_received_on=old.opened_on,
        answered_on=min(old.opened_on + timedelta(days=9), old.concluded_on or old.opened_on),
        outcome=old.outcome,
        concluded_on=old.concluded_on,
        created_by=administrator,
        created_at=timezone.now(),
    )


def _play(
    people: Mapping[str, User], agencies: Mapping[str, Agency], one: Begun, today: date
) -> None:
    agency = next(a for a in agencies.values() if a.name.endswith(one.office))
    if Case.objects.filter(agency=agency, description=one.description).exists():
        return
    with transaction.atomic():
        player = _Player(people, agency, today)
        player.receive(one)
        for verb, told in one.steps:
            player.step(verb, told)


class _Player:
    """Takes the steps of a case that lies on a desk, each as the person whose it is."""

    def __init__(self, people: Mapping[str, User], agency: Agency, today: date) -> None:
        self.people, self.agency, self.today = people, agency, today
        self.officer, self.head = people["officer"], people["reviewer"]
        self.calendar = calendar_of(agency.region)
        self.case: Case

    def day(self, ago: int) -> date:
        return before(self.calendar, self.today, ago)

    def receive(self, one: Begun) -> None:
        came = self.day(one.ago)
        person = Person(
            one.name,
            identity_kind="other",
            identity_number=f"E{one.telephone[-6:]}",
            telephone=one.telephone,
            address=one.address,
        )
        application = Application(
            agency=self.agency,
            channel=Channel(one.channel),
            submitted_on=came,
            signed_on=came if one.channel == Channel.REGISTERED_POST else None,
            kind=ApplicantKind(one.kind),
            person=person,
            description=one.description,
            carrier=Carrier.ELECTRONIC if one.channel == Channel.WEB else Carrier.PAPER,
            delivery=Delivery.ONLINE if one.channel == Channel.WEB else Delivery.POST,
        )
        self.case = actions.receive(self.officer, application).case

    def step(self, verb: str, told: Mapping[str, Any]) -> None:
        ago = told.get("ago")
        day = self.day(ago) if ago is not None else self.today
        taken: Callable[[date, Mapping[str, Any]], object] = getattr(self, verb)
        taken(day, told)
        self.case.refresh_from_db()

    def ask_confirmation(self, day: date, _: Mapping[str, Any]) -> None:
        actions.ask_confirmation(self.officer, self.case, day)

    def confirm(self, day: date, _: Mapping[str, Any]) -> None:
        how = Confirmed(self.case.applicant.masked, "telephone")
        actions.confirm(self.officer, self.case, day, how)

    def take_up(self, _: date, __: Mapping[str, Any]) -> None:
        actions.take_up(self.officer, self.case)

    def assign(self, day: date, told: Mapping[str, Any]) -> None:
        due = self.calendar.add(day, told["due"]).date
        question = "请查找所申请的信息，并提出是否公开的意见。"
        other = Agency.objects.filter(superior=self.agency.superior).exclude(pk=self.agency.pk)
        actions.assign(
            self.officer, self.case, question, on=day, due_on=due, agency=other.order_by("pk")[0]
        )

    def ask_correction(self, day: date, _: Mapping[str, Any]) -> None:
        actions.ask_correction(self.officer, self.case, "请写明所需信息的年度和名称", on=day)
        self.post("correction_notice", day)

    def record_correction(self, day: date, _: Mapping[str, Any]) -> None:
        text = "所需信息为上一年度的内容。"
        actions.record_correction(self.officer, self.case, text, on=day)

    def consult(self, day: date, _: Mapping[str, Any]) -> None:
        firm = Person(ASKED["name"], address=ASKED["address"])
        asked = Asked("third_party", firm, ASKED["about"], organisation=True)
        (row,) = actions.consult(self.officer, self.case, [asked], on=day)
        for letter in self.case.letters.filter(Q(consultation=row) | Q(kind="consultation_notice")):
            actions.dispatch(self.officer, letter, Sending(Service.Manner.POST, posted_on=day))

    def object(self, day: date, _: Mapping[str, Any]) -> None:
        actions.record_opinion(
            self.officer,
            self.case.consultations.get(),
            Opinion.OBJECTION,
            on=day,
            reasons="报价资料属于本企业的商业秘密",
            reasonable=True,
        )

    def extend(self, day: date, _: Mapping[str, Any]) -> None:
        actions.extend(self.head, self.case, 20, "所需信息需要从多个部门收集", on=day)
        self.post("extension_notice", day)

    def charge(self, day: date, _: Mapping[str, Any]) -> None:
        way = "凭缴款通知书到县政务大厅非税窗口缴纳"
        actions.charge(self.officer, self.case, Charge.Basis.PAGE, 60, on=day, payment_method=way)
        self.post("fee_notice", day)

    def record_payment(self, day: date, _: Mapping[str, Any]) -> None:
        amount: Decimal = self.case.charges.get().amount
        actions.record_payment(
            self.officer, self.case, on=day, amount=amount, receipt_number="示例0001"
        )

    def post(self, kind: str, day: date) -> None:
        """The notice goes out on the day on which it is issued."""
        notice = self.case.letters.get(kind=kind)
        actions.dispatch(self.officer, notice, Sending(Service.Manner.POST, posted_on=day))

    def record_search(self, _: date, told: Mapping[str, Any]) -> None:
        search = Search(self.today, searcher=self.officer.get_full_name(), **told)
        actions.record_search(self.officer, self.case, search)

    def confer(self, day: date, _: Mapping[str, Any]) -> None:
        note = "会商认为所申请的是讨论中的过程稿。"
        who = "公开办、承办机构、法制机构"
        actions.confer(self.officer, self.case, on=day, participants=who, note=note)

    def draft(self, _: date, told: Mapping[str, Any]) -> None:
        actions.draft(self.officer, self.case, Draft(**told))

    def hand_in(self, _: date, __: Mapping[str, Any]) -> None:
        actions.hand_in(self.officer, self.case)

    def approve(self, _: date, told: Mapping[str, Any]) -> None:
        decision = open_decision(self.case)
        assert decision is not None
        due = steps(decision.outcome, decision.ground, on=self.today)
        for step in due[: told["steps"]]:
            reviewer, seen = self.people[REVIEWERS[step]], decision.content_hash
            actions.check(reviewer, self.case, Check.Step(step), seen=seen, approved=True)

    def sign(self, day: date, _: Mapping[str, Any]) -> None:
        self.hand_in(day, {})
        self.approve(day, {"steps": len(REVIEWERS)})
        decision = open_decision(self.case)
        assert decision is not None
        actions.sign(self.people["signatory"], self.case, seen=decision.content_hash)

    def send_back(self, _: date, __: Mapping[str, Any]) -> None:
        decision = open_decision(self.case)
        assert decision is not None
        said = "请补充获取信息的具体网址。"
        actions.check(
            self.head,
            self.case,
            Check.Step.OFFICE,
            seen=decision.content_hash,
            approved=False,
            comment=said,
        )

    def dispatch(self, day: date, told: Mapping[str, Any]) -> None:
        letter = answer_of(self.case)
        assert letter is not None
        manner = Service.Manner(told["manner"])
        sending = Sending(manner, posted_on=day, tracking="EX000000001CN")
        if manner == Service.Manner.HANDED:
            sending = Sending(manner, signed_for_on=day)
        actions.dispatch(self.officer, letter, sending)

    def close(self, _: date, __: Mapping[str, Any]) -> None:
        actions.close(self.officer, self.case)

    def file(self, _: date, __: Mapping[str, Any]) -> None:
        actions.file(self.officer, self.case)

    def withdraw(self, day: date, _: Mapping[str, Any]) -> None:
        actions.withdraw(self.officer, self.case, on=day)

    def appeal(self, day: date, _: Mapping[str, Any]) -> None:
        opening = Opening(
            AppealKind.RECONSIDERATION, ROOT.name, "对不予公开的答复不服", day, copy_received_on=day
        )
        actions.open_appeal(self.officer, self.case, opening)
