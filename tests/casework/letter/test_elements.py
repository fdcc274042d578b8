"""What the rows of a case give to its letters: every answer is complete from what is on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gongkai.casework import actions
from gongkai.casework.actions.drafting import drafted
from gongkai.casework.actions.recording import add_fact
from gongkai.casework.application.models import ApplicantKind, Case, FactKind
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import seal
from gongkai.casework.decision.content import Draft, ItemDraft
from gongkai.casework.decision.models import Charge, Consultation
from gongkai.casework.letter.answers import answer_fields
from gongkai.casework.letter.contact import contact
from gongkai.casework.letter.elements import LONGEST_REQUEST, fields_of, requested
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.casework.letter.wording import compose, missing
from gongkai.law.outcomes import outcome
from tests.casework.handling import Office
from tests.casework.letter.samples import EVERYTHING

ANSWERS = [
    Draft(outcome="A1", way="青禾县人民政府网站"),
    Draft(outcome="A2", way="四月一日起在网站公布"),
    Draft(outcome="A4", ground="N16_INTERNAL", reasons="属于后勤管理"),
    Draft(outcome="A5", law_named="《不动产登记暂行条例》第二十七条"),
    Draft(outcome="A6"),
    Draft(outcome="A7", reasons="由水利部门负责", other_agency="水利局", other_contact="电话一"),
    Draft(outcome="A7", reasons="不属于本机关职责"),
    Draft(outcome="A8", answer="需要逐份汇总"),
    Draft(outcome="A9", answer="仍没有写明年度"),
    Draft(outcome="A10"),
    Draft(outcome="A11", answer="2025年11月3日作出的答复"),
    Draft(outcome="A12", way="新华书店"),
    Draft(outcome="A13", findings="一月内一百二十件", reasons="与申请目的无关"),
    Draft(outcome="A14"),
    Draft(outcome="A15"),
    Draft(outcome="A16"),
    Draft(outcome="A21", other_agency="青禾县档案馆"),
    Draft(outcome="A22"),
]


@pytest.fixture
def case(office: Office, received: Callable[..., Case]) -> Case:
    """Received forty days ago."""
    return received(ago=40)


@pytest.fixture
def worked(case: Case, office: Office, today: date) -> Case:
    """A case in which everything has happened that an answer may have to tell."""
    for number, (kind, details) in enumerate(
        {
            FactKind.CORRECTION_REQUESTED: {"days": 12},
            FactKind.CORRECTED: {},
            FactKind.REASONS_REQUESTED: {"until": (today - timedelta(days=20)).isoformat()},
            FactKind.REASONS_GIVEN: {"reasonable": False},
            FactKind.EXTENDED: {"days": 20},
            FactKind.FEE_NOTIFIED: {},
            FactKind.WITHDRAWN: {},
        }.items()
    ):
        add_fact(office.officer, case, kind, today - timedelta(days=38 - number), details)
    Charge.objects.create(
        case=case,
        basis="piece",
        quantity=12,
        amount=Decimal(200),
        notified_on=today - timedelta(days=33),
        pay_by=today - timedelta(days=5),
    )
    case.searches.create(
        searched_on=today,
        places="办公室、档案室",
        words="供水、分配方案",
        result="没有",
        found=False,
        searcher="周某",
        recorded_by=office.officer,
        recorded_at=case.created_at,
    )
    return case


def told(case: Case, content: Draft, on: date, drafter: Any) -> dict[str, Any]:
    """The fields of the answer that was drafted so, and the kind under "kind"."""
    decision = drafted(drafter, case, content, on=on)
    kind = outcome(decision.outcome, on=on).letter
    return {**fields_of(case, kind, dated=on, decision=decision), "kind": kind}


@pytest.mark.parametrize("content", ANSWERS, ids=lambda content: content.outcome)
def test_every_answer_is_complete_from_what_is_on_record(
    worked: Case, office: Office, content: Draft, today: date
) -> None:
    fields = told(worked, content, today, office.officer)
    assert missing(fields["kind"], today, fields) == []


def test_an_answer_tells_what_has_happened_since(worked: Case, office: Office, today: date) -> None:
    fields = told(worked, ANSWERS[0], today, office.officer)
    assert fields["corrected_on"] == today - timedelta(days=37)
    assert fields["extended_days"] == 20


def test_what_was_struck_out_is_not_told(worked: Case, office: Office, today: date) -> None:
    worked.facts.filter(kind=FactKind.EXTENDED).update(
        struck_at=worked.created_at, struck_by=office.head, struck_because="登记有误"
    )
    assert "extended_days" not in told(worked, ANSWERS[0], today, office.officer)


def test_the_search_on_record_is_what_the_letter_tells(
    worked: Case, office: Office, today: date
) -> None:
    scope = told(worked, Draft(outcome="A6"), today, office.officer)["search_scope"]
    assert "办公室、档案室" in scope
    assert "周某" not in scope


def test_each_of_several_requests_is_told_with_its_result(
    case: Case, office: Office, today: date
) -> None:
    items = (
        ItemDraft("分配方案", "A1"),
        ItemDraft("讨论记录", "A4", ground="N16_PROCESS", reasons="过程稿"),
    )
    fields = told(case, Draft(items=items, reasons="过程稿"), today, office.officer)
    assert fields["kind"] == "partly_disclosed"
    assert fields["item_results"] == ("分配方案：已主动公开", "讨论记录：不予公开")
    assert fields["withheld_scope"] == "讨论记录"
    assert fields["grounds"] == ("N16_PROCESS",)


def test_the_results_of_several_items_are_named_by_the_day_at_the_agency(
    case: Case, office: Office, today: date
) -> None:
    items = (ItemDraft("分配方案", "A1"), ItemDraft("报价", "A2"))
    decision = drafted(office.officer, case, Draft(items=items), on=today)
    decision.drafted_at = datetime(2019, 5, 14, 17, 0, tzinfo=UTC)
    fields = answer_fields(case, decision, "disclosed")
    assert fields["item_results"] == ("分配方案：已主动公开", "报价：予以公开")


def test_a_third_party_that_was_heard_is_told_of_without_its_name(
    case: Case, office: Office, today: date
) -> None:
    asked(case, "third_party", opinion="objection", reasonable=True)
    content = Draft(outcome="A4", ground="N15_TP", reasons="属于商业秘密")
    fields = told(case, content, today, office.officer)
    assert "不同意公开，本机关认为其理由合理" in fields["third_party_course"]
    assert "第三方" in fields["consulted_course"]
    assert "水务" not in str(fields)


def asked(case: Case, whom: str, **more: Any) -> Consultation:
    return Consultation.objects.create(
        case=case,
        key="a",
        whom=whom,
        sealed=seal(Person("青禾水务有限公司").to_bytes()),
        masked="青*",
        about="报价",
        **more,
    )


@pytest.mark.parametrize(
    ("whom", "kind", "you"),
    [
        ("third_party", "third_party_consultation", "贵方"),
        ("agency", "agency_consultation", "贵单位"),
    ],
)
def test_who_is_consulted_is_addressed_with_the_term_of_the_law(
    case: Case, today: date, whom: str, kind: str, you: str
) -> None:
    fields = fields_of(case, kind, dated=today, consultation=asked(case, whom))
    assert (fields["addressee"], fields["you"]) == ("青禾水务有限公司", you)
    assert fields["reply_period"] == 15
    assert missing(kind, today, fields) == []


def test_an_organisation_is_addressed_as_one(
    office: Office, received: Callable[..., Case], today: date
) -> None:
    case = received(
        kind=ApplicantKind.COMMERCIAL,
        person=Person(
            "青禾水务有限公司", "other", "甲一", contact_person="周某", telephone="13900001111"
        ),
    )
    assert fields_of(case, "extension_notice", dated=today)["you"] == "你单位"


def test_an_earlier_answer_is_named_by_its_number(
    case: Case, office: Office, received: Callable[..., Case], today: date
) -> None:
    office.signed(case, ANSWERS[0])
    again = received(repeats=case)
    fields = told(again, Draft(outcome="A11"), today, office.officer)
    assert f"青财公复〔{today.year}〕1号，处理结果为已主动公开" in fields["previous_answer"]


def test_what_was_asked_stands_on_one_line_in_single_quotation_marks() -> None:
    assert requested("关于“供水”的\n 方案 ") == "关于‘供水’的 方案"


def test_a_very_long_request_is_cut_and_shows_it() -> None:
    words = requested("水" * 10_000)
    assert words == "水" * LONGEST_REQUEST + "……"


def test_what_was_asked_and_what_corrects_it_are_quoted_apart(
    office: Office, received: Callable[..., Case], today: date
) -> None:
    case = received(description="供水的方案")
    actions.ask_correction(office.officer, case, "请写明年度", on=today)
    Letter.objects.update(state=LetterState.DISPATCHED)
    actions.record_correction(office.officer, case, "二〇二五年度", on=today)
    case.refresh_from_db()
    fields = fields_of(case, "extension_notice", dated=today)
    assert (fields["requested"], fields["correction"]) == ("供水的方案", "二〇二五年度")
    said = str(compose("extension_notice", today, {**EVERYTHING, **fields}).blocks)
    assert "申请公开“供水的方案”" in said
    assert "补正的内容为“二〇二五年度”" in said


def test_who_is_asked_learns_where_to_send_the_reply(case: Case, today: date) -> None:
    agency = case.agency
    agency.address, agency.telephone, agency.email = "中心路一号", "0990-1234567", "gk@example.org"
    fields = fields_of(
        case, "third_party_consultation", dated=today, consultation=asked(case, "third_party")
    )
    where = "联系地址：中心路一号；联系电话：0990-1234567；电子邮箱：gk@example.org"
    assert fields["reply_to"] == f"{agency.name}（{where}）"
    assert contact(agency) == where


def test_an_agency_nothing_is_known_of_names_no_place(case: Case, today: date) -> None:
    case.agency.address = case.agency.telephone = case.agency.email = ""
    assert "reply_to" not in fields_of(case, "correction_notice", dated=today)
