"""Letters go out and arrive: the day that counts, the proof, the stage of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions.issuing import issue, void_letter
from gongkai.casework.actions.serving import (
    Sending,
    counts_on,
    dispatch,
    opened_by_applicant,
    record_service,
)
from gongkai.casework.application.enclosures import Incoming, content
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.ledger.models import Line, LineKind
from gongkai.casework.letter.models import Letter, LetterState, Service
from gongkai.casework.letter.queries import answer_of, letters_for_applicant
from gongkai.org.models import User
from gongkai.trail.models import Entry
from tests.casework.handling import PUBLIC, Office, refusal

POST, HANDED, ELECTRONIC = Service.Manner.POST, Service.Manner.HANDED, Service.Manner.ELECTRONIC
POINTS = {"correction_items": ("写明年度",), "correction_period": 15}
RECEIPT = Incoming("送达回证.png", "image/png", b"\x89PNG\r\n\x1a\n signed for")


@pytest.fixture
def answer(office: Office, received: Callable[..., Case], today: date) -> Letter:
    """The answer to a case of ten days ago, signed six days ago."""
    case = received(ago=10)
    office.signed(case, PUBLIC, on=today - timedelta(days=6))
    found = answer_of(case)
    assert found is not None
    return found


@pytest.fixture
def notice(answer: Letter, office: Office) -> Letter:
    """A letter that is not the answer."""
    return issue(
        office.officer, answer.case, "correction_notice", dated=answer.dated, fields=POINTS
    )


def now(letter: Letter) -> tuple[str, str, date | None]:
    """State of the letter, stage of its case, day of the answer."""
    letter.refresh_from_db()
    letter.case.refresh_from_db()
    return letter.state, letter.case.stage, letter.case.answered_on


def emptied(case: Case) -> None:
    """Its end was long ago, its words are removed."""
    now = timezone.now()
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=now, anonymised_at=now)


def test_the_day_of_posting_is_the_day_of_the_answer(
    answer: Letter, officer: User, today: date
) -> None:
    day = today - timedelta(days=3)
    dispatch(officer, answer, Sending(POST, posted_on=day, tracking="XA12345678911"))
    assert now(answer) == (LetterState.DISPATCHED, Stage.DISPATCHED, day)
    assert Line.objects.filter(case=answer.case, kind=LineKind.CLOSED, on=day).count() == 1


def test_the_day_of_signing_is_the_day_of_the_answer_that_is_handed_over(
    answer: Letter, officer: User, today: date
) -> None:
    dispatch(officer, answer, Sending(HANDED, signed_for_on=today, proof=RECEIPT))
    assert now(answer) == (LetterState.SERVED, Stage.SERVED, today)


def test_an_answer_on_its_way_to_be_signed_for_is_none_yet(answer: Letter, officer: User) -> None:
    dispatch(officer, answer, Sending(Service.Manner.ENTRUSTED))
    assert now(answer) == (LetterState.DISPATCHED, Stage.DISPATCHED, None)


def test_it_is_one_on_the_day_it_is_signed_for(answer: Letter, officer: User, today: date) -> None:
    sent = dispatch(officer, answer, Sending(Service.Manner.ENTRUSTED))
    record_service(officer, sent, signed_for_on=today - timedelta(days=1), proof=RECEIPT)
    assert now(answer) == (LetterState.SERVED, Stage.SERVED, today - timedelta(days=1))


def test_the_day_of_sending_is_the_day_of_an_electronic_answer(
    answer: Letter, officer: User, today: date
) -> None:
    sent = dispatch(officer, answer, Sending(ELECTRONIC))
    assert now(answer) == (LetterState.DISPATCHED, Stage.DISPATCHED, today)
    assert sent.sent_at is not None


def test_a_posted_answer_that_is_signed_for_is_served_and_the_day_stays(
    answer: Letter, officer: User, today: date
) -> None:
    posted = today - timedelta(days=3)
    sent = dispatch(officer, answer, Sending(POST, posted_on=posted))
    record_service(officer, sent, signed_for_on=today)
    assert now(answer) == (LetterState.SERVED, Stage.SERVED, posted)


def test_an_answer_that_came_back_is_sent_again_and_counts_once(
    answer: Letter, officer: User, today: date
) -> None:
    first = today - timedelta(days=3)
    sent = dispatch(officer, answer, Sending(POST, posted_on=first))
    record_service(officer, sent, returned_on=today - timedelta(days=1), note="查无此人")
    dispatch(officer, answer, Sending(HANDED, signed_for_on=today))
    assert now(answer) == (LetterState.SERVED, Stage.SERVED, first)
    assert Line.objects.filter(case=answer.case, kind=LineKind.CLOSED).count() == 1


def test_the_first_opening_of_an_electronic_letter_is_its_arrival(
    answer: Letter, officer: User
) -> None:
    dispatch(officer, answer, Sending(ELECTRONIC))
    opened_by_applicant(answer)
    opened_by_applicant(answer)
    assert now(answer)[:2] == (LetterState.SERVED, Stage.SERVED)
    assert Entry.objects.filter(verb="casework.letter_opened").count() == 1


def test_a_letter_that_was_never_sent_is_not_opened_by_the_applicant(answer: Letter) -> None:
    assert refusal(opened_by_applicant, answer) == "letter_void"


def test_the_applicant_sees_the_letters_to_them_that_were_sent(
    answer: Letter, notice: Letter, officer: User, today: date
) -> None:
    assert list(letters_for_applicant(answer.case)) == []
    dispatch(officer, answer, Sending(ELECTRONIC))
    assert list(letters_for_applicant(answer.case)) == [answer]
    dispatch(officer, notice, Sending(POST, posted_on=today))
    assert list(letters_for_applicant(answer.case)) == [answer, notice]


def test_the_proof_is_kept_in_the_case(answer: Letter, officer: User, today: date) -> None:
    sent = dispatch(officer, answer, Sending(HANDED, signed_for_on=today, proof=RECEIPT))
    assert sent.proof is not None
    assert content(sent.proof) == RECEIPT.data


def test_a_proof_is_a_file_as_every_other_in_the_case(
    answer: Letter, officer: User, today: date
) -> None:
    program = Incoming("送达回证.pdf", "application/pdf", b"MZ" + bytes(200))
    handed = Sending(HANDED, signed_for_on=today, proof=program)
    assert refusal(dispatch, officer, answer, handed) == "file_refused"
    sent = dispatch(officer, answer, Sending(POST, posted_on=today))
    arrived = {"signed_for_on": today, "proof": program}
    assert refusal(record_service, officer, sent, **arrived) == "file_refused"
    called_else = Incoming("送达回证.png", "text/html", RECEIPT.data)
    record_service(officer, sent, signed_for_on=today, proof=called_else)
    sent.refresh_from_db()
    assert sent.proof is not None
    assert sent.proof.content_type == "image/png"


def test_a_letter_that_is_not_the_answer_moves_no_case(
    answer: Letter, notice: Letter, officer: User, today: date
) -> None:
    dispatch(officer, notice, Sending(POST, posted_on=today))
    assert now(notice) == (LetterState.DISPATCHED, Stage.SIGNED, None)
    assert now(answer)[0] == LetterState.ISSUED


@pytest.mark.parametrize(
    ("sending", "reason"),
    [
        (Sending(POST), "service_day_missing"),
        (Sending(POST, posted_on=date(2199, 1, 1)), "future"),
        (Sending(HANDED, signed_for_on=date(2199, 1, 1)), "future"),
        (Sending(POST, posted_on=date(2020, 1, 1)), "before_letter"),
        (Sending(HANDED, signed_for_on=date(2020, 1, 1)), "before_letter"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_is_sent(
    answer: Letter, officer: User, sending: Sending, reason: str
) -> None:
    assert refusal(dispatch, officer, answer, sending) == reason
    assert now(answer) == (LetterState.ISSUED, Stage.SIGNED, None)
    assert Service.objects.count() == 0


def test_an_arrival_has_one_day_and_is_recorded_once(
    answer: Letter, officer: User, today: date
) -> None:
    sent = dispatch(officer, answer, Sending(POST, posted_on=today))
    assert refusal(record_service, officer, sent) == "arrival_day_missing"
    both = {"signed_for_on": today, "returned_on": today}
    assert refusal(record_service, officer, sent, **both) == "arrival_day_missing"
    record_service(officer, sent, signed_for_on=today)
    assert refusal(record_service, officer, sent, signed_for_on=today) == "fact_not_open"


def test_a_void_letter_is_not_sent(notice: Letter, head: User, today: date) -> None:
    void_letter(head, notice, "写错")
    notice.refresh_from_db()
    assert refusal(dispatch, head, notice, Sending(POST, posted_on=today)) == "letter_void"


def test_a_letter_that_has_gone_out_is_not_taken_back(
    notice: Letter, head: User, today: date
) -> None:
    dispatch(head, notice, Sending(POST, posted_on=today))
    assert refusal(void_letter, head, notice, "写错") == "letter_sent"


def test_a_letter_that_arrived_has_arrived_though_it_is_sent_again(
    notice: Letter, officer: User, today: date
) -> None:
    dispatch(officer, notice, Sending(HANDED, signed_for_on=today))
    dispatch(officer, notice, Sending(POST, posted_on=today))
    assert now(notice)[0] == LetterState.SERVED


def test_nothing_is_written_about_a_letter_once_its_words_are_removed(
    notice: Letter, head: User, today: date
) -> None:
    sent = dispatch(head, notice, Sending(POST, posted_on=today))
    unsent = issue(head, notice.case, "correction_notice", dated=today, fields=POINTS)
    emptied(notice.case)
    arrived = {"signed_for_on": today, "proof": RECEIPT, "note": "由沈某签收"}
    assert refusal(record_service, head, sent, **arrived) == "anonymised"
    for letter in Letter.objects.filter(pk__in=[notice.pk, unsent.pk]):
        assert refusal(dispatch, head, letter, Sending(POST, posted_on=today)) == "anonymised"
    assert refusal(void_letter, head, unsent, "沈某不再需要") == "anonymised"
    assert not notice.case.enclosures.exists()


def test_a_letter_that_cannot_be_printed_is_not_sent(
    answer: Letter, officer: User, today: date, settings: Any
) -> None:
    settings.SEAL_SERVICE = "tests.casework.test_issuing.no_service"
    sending = Sending(POST, posted_on=today)
    assert refusal(dispatch, officer, answer, sending) == "letter_not_printed"
    assert now(answer) == (LetterState.ISSUED, Stage.SIGNED, None)


@pytest.mark.parametrize("who", ["stranger", "colleague", "supervisor", "secrecy", "signatory"])
@pytest.mark.parametrize("which", ["answer", "notice"])
def test_only_officers_of_the_agency_send_letters(
    who: str, which: str, request: pytest.FixtureRequest, today: date
) -> None:
    letter, user = request.getfixturevalue(which), request.getfixturevalue(who)
    assert refusal(dispatch, user, letter, Sending(POST, posted_on=today)) == "role"


@pytest.mark.parametrize(
    ("manner", "days", "counted"),
    [
        (POST, {"posted_on": date(2026, 3, 2), "signed_for_on": date(2026, 3, 6)}, 2),
        (HANDED, {"signed_for_on": date(2026, 3, 6)}, 6),
        (Service.Manner.ENTRUSTED, {"signed_for_on": date(2026, 3, 6)}, 6),
        (HANDED, {}, None),
    ],
)
def test_which_day_counts(manner: Service.Manner, days: dict[str, date], counted: int) -> None:
    found = counts_on(Service(manner=manner, **days))
    assert (found.day if found else None) == counted


def test_an_electronic_letter_counts_on_the_local_day_it_was_sent() -> None:
    late = timezone.now().replace(hour=17, minute=30)  # in UTC: the next day here
    assert counts_on(Service(manner=ELECTRONIC, sent_at=late)) == timezone.localdate(late)


def test_an_answer_given_anew_counts_as_the_clock_knows_it(
    answer: Letter, office: Office, officer: User, today: date
) -> None:
    dispatch(officer, answer, Sending(POST, posted_on=today - timedelta(days=3)))
    actions.close(officer, answer.case, "邮件查询已妥投，没有回执")
    actions.reopen(office.head, answer.case, reason="复议机关责令重新答复")
    office.signed(answer.case, PUBLIC)
    again = answer_of(answer.case)
    assert again is not None
    assert again != answer
    dispatch(officer, again, Sending(POST, posted_on=today))
    assert now(again)[:2] == (LetterState.DISPATCHED, Stage.DISPATCHED)


def test_who_asked_for_post_is_sent_nothing_online_unless_they_agreed(
    office: Office, officer: User, received: Callable[..., Case]
) -> None:
    case = received(delivery="post")
    office.signed(case, PUBLIC)
    letter = answer_of(case)
    assert letter is not None
    assert refusal(dispatch, officer, letter, Sending(ELECTRONIC)) == "manner_not_asked"
    assert now(letter)[0] == LetterState.ISSUED
    dispatch(officer, letter, Sending(ELECTRONIC, note="当日电话中同意网上查看"))
    assert now(letter)[0] == LetterState.DISPATCHED
