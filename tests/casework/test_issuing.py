"""Letters are worded, checked, numbered and sealed; then printed from what was sealed."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction

from gongkai import files
from gongkai.casework import actions
from gongkai.casework.actions.issuing import issue, preview, void_letter
from gongkai.casework.actions.reading import open_letter
from gongkai.casework.application.models import Case, Practice
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import opened
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.casework.letter.numbering import written
from gongkai.casework.letter.printing import print_letter
from gongkai.casework.letter.queries import answer_of, matches, verified
from gongkai.casework.letter.record import Issued
from gongkai.law.letters import NumberError
from gongkai.org.models import Membership, Role, User
from gongkai.trail.models import Entry
from tests.casework.conftest import APPLICANT, DESCRIPTION
from tests.casework.handling import DENIED, PUBLIC, Office, refusal

CORRECTION = {"correction_items": ("写明年度",), "correction_period": 15}


@pytest.fixture
def case(office: Office, received: Callable[..., Case]) -> Case:
    """Received ten days ago; the office has a mark, a court and a way to reconsideration."""
    return received(ago=10)


@pytest.fixture
def notice(office: Office, case: Case, today: date) -> Callable[..., Letter]:
    """Issues a notice to correct."""

    def make(**changes: Any) -> Letter:
        return issue(
            office.officer, case, "correction_notice", dated=today, fields={**CORRECTION, **changes}
        )

    return make


@pytest.fixture
def answer(office: Office, case: Case) -> Letter:
    """A refusal, signed."""
    office.signed(case, DENIED)
    found = answer_of(case)
    assert found is not None
    return found


def text_of(pdf: bytes) -> str:
    """The text of a PDF, without the breaks of its lines."""
    pages = list(pypdfium2.PdfDocument(pdf))
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_the_answer_read_back_from_its_pdf_holds_what_it_must(answer: Letter) -> None:
    text = text_of(opened(files.read(print_letter(answer).pdf)))
    for words in (
        "政府信息不予公开告知书",
        answer.number,
        f"{APPLICANT.name}：",
        answer.case.number,
        DESCRIPTION,
        "《中华人民共和国政府信息公开条例》第三十六条第（三）项、第十六条第二款",
        "应当先申请行政复议",
        "60日内向青禾县人民政府提出",
        "青禾县人民法院",
        "复议服务平台",
        f"{answer.dated.year}年{answer.dated.month}月{answer.dated.day}日",
    ):
        assert words in text


def test_the_word_file_says_the_same(answer: Letter) -> None:
    document = docx.Document(BytesIO(opened(files.read(print_letter(answer).word))))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "政府信息不予公开告知书" in text.replace("\n", "")
    assert "应当先申请行政复议" in text


def test_numbers_follow_each_other_by_sequence_and_year(
    notice: Callable[..., Letter], answer: Letter, today: date
) -> None:
    numbers = [notice().number for _ in range(3)]
    assert numbers == [f"青财公知〔{today.year}〕{n}号" for n in (1, 2, 3)]
    assert answer.number == f"青财公复〔{today.year}〕1号"


def test_each_year_begins_with_one(office: Office, received: Callable[..., Case]) -> None:
    old = received(ago=400)
    days = [old.submitted_on + timedelta(days=1), old.submitted_on + timedelta(days=366)]
    made = [
        issue(office.officer, old, "correction_notice", dated=day, fields=CORRECTION)
        for day in days
    ]
    assert [(letter.year, letter.sequence) for letter in made] == [
        (days[0].year, 1),
        (days[1].year, 1),
    ]


def test_a_number_that_was_not_used_is_given_again(notice: Callable[..., Letter]) -> None:
    taken = transaction.savepoint()
    assert notice().sequence == 1
    transaction.savepoint_rollback(taken)
    assert notice().sequence == 1


def test_the_number_of_a_void_letter_is_spent(notice: Callable[..., Letter], head: User) -> None:
    first = void_letter(head, notice(), "补正事项写错")
    assert (first.state, first.void_reason) == (LetterState.VOID, "补正事项写错")
    assert notice().sequence == 2


def test_a_number_needs_the_mark_of_the_agency_itself(
    office: Office, notice: Callable[..., Letter]
) -> None:
    Practice.objects.filter(agency=office.head.memberships.first().agency).delete()
    assert refusal(notice) == "letter_mark_missing"


@pytest.mark.parametrize("mark", ["青财公", "青财公复", "QH"])
def test_no_two_sequences_share_a_number(mark: str) -> None:
    numbers = {written(mark, one, 2026, 1) for one in ("answer", "notice", "consultation")}
    assert len(numbers) == 3


def test_a_mark_of_other_signs_is_refused() -> None:
    with pytest.raises(NumberError):
        written("青财〔公〕", "notice", 2026, 1)


def test_what_is_missing_is_named_and_no_number_is_taken(notice: Callable[..., Letter]) -> None:
    assert refusal(notice, correction_items=()) == "letter_incomplete"
    assert notice().sequence == 1


def test_a_refusal_served_online_needs_the_online_channel(
    office: Office, received: Callable[..., Case]
) -> None:
    case = received(delivery="online")
    decision = office.reviewed(case, DENIED)
    Practice.objects.update(online_reconsideration="")
    reason = refusal(actions.sign, office.signatory, case, seen=decision.content_hash)
    assert reason == "online_channel_missing"
    assert Letter.objects.count() == 0


def test_a_letter_with_remedy_needs_who_reconsiders(
    office: Office, received: Callable[..., Case], county: Any
) -> None:
    case = received()
    decision = office.reviewed(case, PUBLIC)
    county.own.reconsideration_organ, county.own.vertical = None, True
    county.own.save(update_fields=["reconsideration_organ", "vertical"])
    reason = refusal(actions.sign, office.signatory, case, seen=decision.content_hash)
    assert reason == "organ_missing"


def test_the_words_are_kept_sealed_and_give_the_letter_again(answer: Letter) -> None:
    kept = Issued.from_bytes(opened(answer.sealed))
    assert APPLICANT.name.encode() not in bytes(answer.sealed)
    assert (kept.number, kept.words.title) == (answer.number, "政府信息不予公开告知书")
    assert kept.content_hash == answer.content_hash
    assert Issued.from_bytes(kept.to_bytes()) == kept


def test_other_words_have_another_hash(answer: Letter) -> None:
    kept = Issued.from_bytes(opened(answer.sealed))
    assert replace(kept, number="青财公复〔2026〕9号").content_hash != kept.content_hash
    assert replace(kept, style="plain").content_hash == kept.content_hash


def test_the_paper_is_kept_sealed(answer: Letter) -> None:
    printed = print_letter(answer)
    assert not files.read(printed.pdf).startswith(b"%PDF")
    assert not files.read(printed.word).startswith(b"PK")


def test_a_letter_is_printed_once(answer: Letter) -> None:
    first = print_letter(answer).pdf
    assert print_letter(Letter.objects.get(pk=answer.pk)).pdf == first


def test_the_paper_is_made_when_the_letter_stands(
    notice: Callable[..., Letter], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        letter = notice()
    assert letter.pdf == ""
    [waiting[0]()]
    letter.refresh_from_db()
    assert letter.pdf


def test_a_letter_that_cannot_be_printed_stands_and_says_nothing_of_whom_it_is_for(
    notice: Callable[..., Letter],
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.SEAL_SERVICE = "tests.casework.test_issuing.no_service"
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        letter = notice()
    letter.refresh_from_db()
    assert (letter.state, letter.pdf) == (LetterState.ISSUED, "")
    assert f"letter {letter.pk} was not printed" in caplog.text
    assert APPLICANT.name not in caplog.text


def no_service(pdf: bytes, agency: str) -> bytes:
    """A seal service that is down; its complaint holds a name, as such complaints do."""
    raise ConnectionError(APPLICANT.name)


def stamped(pdf: bytes, agency: str) -> bytes:
    """A seal service."""
    return pdf + f"\n%sealed for {agency}".encode()


def test_a_seal_service_has_the_last_word_on_the_pdf(
    notice: Callable[..., Letter], settings: Any
) -> None:
    settings.SEAL_SERVICE = "tests.casework.test_issuing.stamped"
    letter = print_letter(notice())
    assert opened(files.read(letter.pdf)).endswith(b"%sealed for qh-cz")


def test_nothing_of_the_letter_reaches_the_trail(
    notice: Callable[..., Letter], answer: Letter
) -> None:
    notice()
    lines = "".join(str(line) for line in Entry.objects.values_list("object_label", "details_json"))
    assert answer.number in lines
    for secret in (APPLICANT.name, DESCRIPTION, DENIED.reasons, "写明年度"):
        assert secret not in lines


def test_what_was_issued_is_never_changed(answer: Letter) -> None:
    for change in ({"number": "青财公复〔2026〕9号"}, {"dated": date(2026, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=answer.pk).update(**change)


# The preview


def test_a_preview_takes_no_number_and_says_that_it_is_a_draft(
    office: Office, case: Case, today: date
) -> None:
    shown = preview(office.officer, case, "correction_notice", dated=today, fields=CORRECTION)
    text = text_of(shown)
    assert "草稿" in text
    assert APPLICANT.name in text
    assert Letter.objects.count() == 0


def test_a_reviewer_who_may_not_open_names_sees_a_masked_one(
    office: Office, case: Case, today: date
) -> None:
    text = text_of(
        preview(office.secrecy, case, "correction_notice", dated=today, fields=CORRECTION)
    )
    assert APPLICANT.name not in text
    assert "沈*" in text


def test_a_preview_with_the_name_is_a_line_of_the_trail(
    office: Office, case: Case, today: date
) -> None:
    preview(office.officer, case, "correction_notice", dated=today, fields=CORRECTION)
    assert Entry.objects.filter(verb="casework.open_person").count() == 1


@pytest.mark.parametrize("who", ["stranger", "colleague", "supervisor"])
def test_a_preview_is_for_the_agency(
    case: Case, who: str, today: date, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    asked = {"dated": today, "fields": CORRECTION}
    assert refusal(preview, user, case, "correction_notice", **asked) == "role"


# Taking a letter back


def test_a_letter_of_a_decision_is_taken_back_with_the_decision_alone(
    office: Office, answer: Letter
) -> None:
    assert refusal(void_letter, office.head, answer, "写错") == "letter_of_decision"
    assert answer.decision is not None
    actions.void(office.head, answer.case, "写错")
    answer.refresh_from_db()
    assert answer.state == LetterState.VOID


def test_who_did_not_issue_a_letter_takes_none_back(
    office: Office, notice: Callable[..., Letter], signatory: User, county: Any
) -> None:
    other = User.objects.create(username="other", full_name="other", password="!")
    Membership.objects.create(user=other, agency=county.own, role=Role.CASE_OFFICER)
    for user in (signatory, other):
        assert refusal(void_letter, user, notice(), "写错") == "role"
    assert void_letter(office.officer, notice(), "写错").state == LetterState.VOID


def test_the_clock_forgets_a_notice_that_is_taken_back(
    office: Office, case: Case, today: date
) -> None:
    before = case.due_on
    actions.ask_correction(office.officer, case, "请写明年度", on=today, reason="后来发现")
    letter = case.letters.get()
    void_letter(office.officer, letter, "写错年度")
    case.refresh_from_db()
    assert (case.clock_state, case.due_on) == ("running", before)
    fact = case.facts.get(kind="correction_requested")
    assert (fact.struck_by, fact.struck_because) == (office.officer, "写错年度")
    actions.ask_correction(office.officer, case, "请写明文种", on=today, reason="后来发现")
    assert case.letters.get(state=LetterState.ISSUED).sequence == 2


def test_a_consultation_is_taken_back_with_what_the_applicant_was_to_be_told(
    office: Office, case: Case, today: date
) -> None:
    people = [Person(name, address="河东路八号") for name in ("甲", "乙")]
    asked = [actions.Asked("third_party", person, "协议") for person in people]
    first, second = actions.consult(office.officer, case, asked, on=today)
    void_letter(office.officer, first.letters.get(), "写错名称")
    assert case.facts.get(kind="consultation_sent", struck_at=None).details["id"] == second.key
    notice = case.letters.get(kind="consultation_notice")
    assert notice.state == LetterState.ISSUED
    void_letter(office.officer, second.letters.get(), "写错名称")
    notice.refresh_from_db()
    case.refresh_from_db()
    assert (notice.state, case.clock_state) == (LetterState.VOID, "running")


def test_a_letter_on_which_a_reply_rests_is_not_taken_back(
    office: Office, case: Case, today: date
) -> None:
    actions.ask_correction(office.officer, case, "请写明年度", on=today, reason="后来发现")
    actions.record_correction(office.officer, case, "二〇二五年度", on=today)
    letter = case.letters.get()
    assert refusal(void_letter, office.head, letter, "写错") == "fact_not_open"
    letter.refresh_from_db()
    assert letter.state == LetterState.ISSUED


def test_a_letter_is_taken_back_for_a_reason(office: Office, notice: Callable[..., Letter]) -> None:
    assert refusal(void_letter, office.head, notice(), " ") == "reason_missing"


def test_the_answer_goes_back_with_its_decision(office: Office, answer: Letter) -> None:
    actions.void(office.head, answer.case, "依据写错")
    answer.refresh_from_db()
    assert answer.state == LetterState.VOID


# Opening and verifying


@pytest.mark.parametrize("who", ["officer", "head", "signatory"])
def test_a_letter_is_opened_by_who_may_see_names_and_that_is_written_down(
    answer: Letter, who: str, request: pytest.FixtureRequest
) -> None:
    data = open_letter(request.getfixturevalue(who), answer)
    assert data.startswith(b"%PDF")
    assert Entry.objects.filter(verb="casework.open_letter").count() == 1


@pytest.mark.parametrize("who", ["secrecy", "stranger", "colleague", "supervisor", "liaison"])
def test_others_do_not_open_a_letter(
    answer: Letter, who: str, request: pytest.FixtureRequest
) -> None:
    assert refusal(open_letter, request.getfixturevalue(who), answer) == "role"


def test_anybody_can_verify_a_letter_by_its_code_without_learning_whom_it_is_for(
    answer: Letter,
) -> None:
    printed = print_letter(answer)
    known = verified(answer.verification)
    assert known is not None
    assert (known.number, known.agency, known.dated) == (
        answer.number,
        answer.agency,
        answer.dated,
    )
    assert known.sha256 == printed.paper_hash
    assert APPLICANT.name not in repr(known)


def test_a_code_may_be_typed_in_groups_and_small_letters(answer: Letter) -> None:
    code = answer.verification
    typed = "-".join(code[at : at + 4] for at in range(0, 20, 4)).lower()
    assert verified(f" {typed} ") == verified(code) is not None


@pytest.mark.parametrize("code", ["", "A", "23456789ABCDEFGHJKMN", "'; drop table", "x" * 5000])
def test_a_code_that_was_never_given_verifies_nothing(answer: Letter, code: str) -> None:
    assert verified(code) is None


def test_the_very_pdf_is_recognised_and_no_other(answer: Letter) -> None:
    data = opened(files.read(print_letter(answer).pdf))
    assert matches(answer.verification, data)
    assert not matches(answer.verification, data + b" ")
    assert hashlib.sha256(data).hexdigest() == answer.paper_hash


def test_a_void_letter_is_known_as_void_and_its_pdf_holds_no_more(
    office: Office, notice: Callable[..., Letter]
) -> None:
    letter = print_letter(notice())
    data = opened(files.read(letter.pdf))
    void_letter(office.head, letter, "写错")
    known = verified(letter.verification)
    assert known is not None
    assert known.state == LetterState.VOID
    assert not matches(letter.verification, data)


def test_codes_are_long_and_differ(notice: Callable[..., Letter]) -> None:
    codes = {notice().verification for _ in range(20)}
    assert len(codes) == 20
    assert {len(code) for code in codes} == {20}


def test_the_address_is_printed_where_the_site_has_one(
    notice: Callable[..., Letter], settings: Any
) -> None:
    settings.SITE_URL = "https://gongkai.example"
    letter = print_letter(notice())
    text = text_of(opened(files.read(letter.pdf)))
    assert f"https://gongkai.example/verify/{letter.verification}/" in text


def test_issuing_asks_the_database_little(
    notice: Callable[..., Letter], django_assert_max_num_queries: Any
) -> None:
    notice()
    with django_assert_max_num_queries(30, connection=connection):
        notice()
