"""A citizen applies without an account and comes back with number and code."""

from __future__ import annotations

import pytest

from gongkai.casework import actions
from gongkai.casework.application import codes
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.faults import IncompleteError
from gongkai.casework.application.models import Case, Channel, ClockState, Practice, Stage
from gongkai.casework.application.person import Person
from gongkai.casework.refusal import NotAllowedError
from gongkai.trail.models import Entry
from tests.casework.handling import BY_TELEPHONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(application):
    def make(**changes):
        return application(channel=Channel.WEB, **changes)

    return make


def test_the_form_waits_for_confirmation_and_is_a_line_of_the_trail(form):
    receipt = actions.apply(form())
    case = receipt.case
    assert (case.stage, case.received_on, case.created_by) == (Stage.SUBMITTED, None, None)
    line = Entry.objects.get()
    assert (line.verb, line.actor_id, line.object_label) == ("casework.apply", None, case.number)


def test_an_agency_may_take_the_day_of_sending_for_the_day_of_receipt(form, county):
    Practice.objects.create(agency=county.own, unconfirmed="submission")
    case = actions.apply(form()).case
    assert (case.stage, case.received_on) == (Stage.REGISTERED, case.submitted_on)


def test_everything_that_is_missing_is_named_at_once(form):
    with pytest.raises(IncompleteError) as refused:
        actions.apply(form(person=Person(""), description=""))
    assert {problem.field for problem in refused.value.problems} == {
        "person.name",
        "person.telephone",
        "person.identity_number",
        "description",
    }
    assert not Case.objects.exists()


def test_sending_twice_gives_the_same_receipt(form):
    token = codes.new_token()
    assert actions.apply(form(), token) == actions.apply(form(), token)
    assert Case.objects.count() == 1


def test_emoji_and_ten_thousand_characters_are_kept(form):
    text = "🚰🙏" + "供水" * 4_999
    case = actions.apply(form(description=text)).case
    assert Case.objects.get(pk=case.pk).description == text


def test_number_and_code_find_the_case(form):
    receipt = actions.apply(form())
    assert actions.tracked(f" {receipt.number.lower()} ", receipt.code.lower()) == receipt.case


def test_the_code_is_not_stored(form):
    receipt = actions.apply(form())
    stored = Case.objects.filter(pk=receipt.case.pk).values().get()
    plain = receipt.code.replace("-", "")
    assert not any(plain in str(value).replace("-", "").upper() for value in stored.values())


def test_wrong_codes_by_the_thousand_are_refused_like_an_unknown_number(form):
    receipt = actions.apply(form())
    another = actions.apply(form(description="别的"))
    wrong = [codes.code_of(str(n)) for n in range(1_000)]
    tries = [(receipt.number, code) for code in [*wrong, another.code, "", "－"]]
    for number, code in [*tries, ("QH-CZ-2026-9999", receipt.code), ("", "")]:
        with pytest.raises(NotAllowedError) as refused:
            actions.tracked(number, code)
        assert refused.value.reason == "code_wrong"
        assert refused.value.detail == ""


def test_intake_asks_the_database_little(form, django_assert_max_num_queries):
    actions.apply(form())
    new = form(description="别的")
    with django_assert_max_num_queries(12):
        actions.apply(new)


def test_the_applicant_withdraws_with_number_and_code_and_once(form):
    receipt = actions.apply(form())
    case = actions.withdraw_by_applicant(receipt.number, receipt.code)
    assert (case.clock_state, case.lines.count()) == (ClockState.WITHDRAWN, 0)
    with pytest.raises(NotAllowedError) as refused:
        actions.withdraw_by_applicant(receipt.number, receipt.code)
    assert refused.value.reason == "withdrawn"


def test_nobody_withdraws_without_the_code(form):
    receipt = actions.apply(form())
    with pytest.raises(NotAllowedError) as refused:
        actions.withdraw_by_applicant(receipt.number, "ABCD-EFGH-JKMN")
    assert refused.value.reason == "code_wrong"
    receipt.case.refresh_from_db()
    assert receipt.case.clock_state == ClockState.NOT_RECEIVED


def test_the_applicant_corrects_only_what_was_asked_for(form, officer, office, today):
    receipt = actions.apply(form())
    case = actions.confirm(officer, receipt.case, today, BY_TELEPHONE)
    with pytest.raises(NotAllowedError) as refused:
        actions.correct_by_applicant(receipt.number, receipt.code, "二〇二五年的方案")
    assert refused.value.reason == "correction_not_pending"
    actions.ask_correction(officer, actions.take_up(officer, case), "请写明年度", on=today)
    corrected = actions.correct_by_applicant(receipt.number, receipt.code, "二〇二五年的方案")
    assert corrected.description.endswith("二〇二五年的方案")
    assert corrected.facts.filter(kind="corrected").exists()


def test_a_file_that_may_do_harm_is_refused_with_the_whole_correction(
    form,
    officer,
    office,
    today,
):
    receipt = actions.apply(form())
    case = actions.confirm(officer, receipt.case, today, BY_TELEPHONE)
    actions.ask_correction(officer, actions.take_up(officer, case), "请附证明", on=today)
    program = Incoming("证明.pdf", "application/pdf", b"MZ\x00\x01")
    with pytest.raises(NotAllowedError) as refused:
        actions.correct_by_applicant(receipt.number, receipt.code, "附上证明", (program,))
    assert refused.value.reason == "file_refused"
    assert not case.facts.filter(kind="corrected").exists()
