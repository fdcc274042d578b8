"""The first page of the desk: what of applications, appeals and reports waits for a person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.annual_report.models import Submission
from gongkai.casework import actions
from gongkai.casework.actions.extending import ask_extension
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.appeal.models import AppealKind
from gongkai.casework.application.contact import Contact
from gongkai.casework.application.models import Case, Channel
from gongkai.casework.decision.models import Assignment
from gongkai.casework.letter.models import Service
from gongkai.desk.cases import urgency
from gongkai.desk.cases.awaiting import to_review
from gongkai.desk.cases.selection import waiting_count
from gongkai.desk.todo import cases as todo
from gongkai.desk.yearend.owed import owed
from gongkai.org.models import Membership, Role, Unit, User
from gongkai.org.working_days import calendar_of
from tests.casework.handling import DENIED

LISTS = ("my_cases", "unclaimed", "case_reviews", "letters", "assigned", "appeals", "owed")


def waits(client):
    """The lists of the page that are not empty."""
    shown = client.get("/desk/").context
    return {name for name in LISTS if shown[name]}


def numbers(client, name):
    return [
        item.case.number for group in client.get("/desk/").context[name] for item in group.items
    ]


def due_in(case, left):
    """As if the answer of the case were due after so many working days."""
    day = calendar_of("").add(timezone.localdate(), left).date
    Case.objects.filter(pk=case.pk).update(due_on=day)


@pytest.fixture
def taken(received, office, officer):
    def make(**changes):
        return actions.take_up(officer, received(**changes))

    return make


def test_what_nobody_has_taken_up_waits_for_the_office_alone(
    received, desk, officer, head, signatory, colleague
):
    case = received()
    for user in (officer, head):
        assert numbers(desk(user), "unclaimed") == [case.number]
    for user in (signatory, colleague):
        assert waits(desk(user)) == set()


def test_a_case_waits_for_who_works_on_it_and_for_nobody_else(taken, desk, officer, head):
    case = taken()
    assert numbers(desk(officer), "my_cases") == [case.number]
    assert waits(desk(head)) == set()


@pytest.mark.parametrize("why", ["inactive", "without the role"])
def test_a_case_whose_officer_has_left_waits_for_the_office(taken, desk, officer, head, why):
    case = taken()
    if why == "inactive":
        User.objects.filter(pk=officer.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=officer).delete()
    assert numbers(desk(head), "unclaimed") == [case.number]
    assert todo.count(head, timezone.localdate()) == 1
    listed = desk(head).get("/desk/cases/?officer=0").context["page"]
    assert [one.number for one in listed] == [case.number]


@pytest.mark.parametrize(
    ("left", "group"),
    [(0, "days2"), (2, "days2"), (3, "days5"), (5, "days5"), (6, "days10"), (10, "days10"),
     (11, "later")],
)  # fmt: skip
def test_cases_stand_by_how_many_working_days_are_left(taken, officer, today, left, group):
    due_in(taken(), left)
    assert urgency.counted(todo.mine(officer), today) == {group: 1}


def test_what_is_overdue_stands_first_and_what_waits_for_others_last(
    taken, desk, officer, received, today
):
    late, near, paused = taken(ago=60), taken(), taken()
    due_in(near, 4)
    actions.ask_correction(officer, paused, "请写明年度", on=today)
    shown = desk(officer).get("/desk/").context["my_cases"]
    assert [group.name for group in shown] == ["overdue", "days5", "paused"]
    assert numbers(desk(officer), "my_cases") == [late.number, near.number, paused.number]


def test_what_is_not_confirmed_yet_is_told_of(received, desk, officer):
    received(channel=Channel.EMAIL)
    (group,) = desk(officer).get("/desk/").context["unclaimed"]
    assert group.name == "unconfirmed"


def test_a_number_leads_to_the_list_of_what_it_counts(taken, received, desk, officer):
    due_in(taken(), 4)
    taken()
    received()
    client = desk(officer)
    shown = client.get("/desk/").context
    for group in (*shown["my_cases"], *shown["unclaimed"]):
        listed = client.get(f"/desk/cases/{group.url}").context["page"]
        assert listed.paginator.count == group.count == 1


def test_only_the_nearest_of_many_are_shown_and_the_number_tells_of_all(taken, desk, officer):
    for left in range(7, 0, -1):
        due_in(taken(), 20 + left)
    (group,) = desk(officer).get("/desk/").context["my_cases"]
    days = [item.case.counts_on for item in group.items]
    assert (group.count, len(days), days) == (7, 5, sorted(days))
    assert "看全部 7 件" in desk(officer).get("/desk/").content.decode()


def test_a_draft_waits_for_those_who_review_it_one_after_the_other(office, taken, desk):
    case = taken()
    office.handed_in(case, DENIED)
    reviewers = {"office": office.head, "secrecy": office.secrecy, "legality": office.legality}
    for step, reviewer in reviewers.items():
        ((one, _),) = desk(reviewer).get("/desk/").context["case_reviews"]
        assert one.step == step
        assert waits(desk(office.signatory)) == set()
        office.approve(case, step)
        assert "case_reviews" not in waits(desk(reviewer))
    assert waits(desk(office.signatory)) == {"case_reviews"}


def test_nobody_is_asked_to_review_what_they_wrote(office, received, today):
    case = actions.take_up(office.head, received())
    actions.draft(office.head, case, DENIED)
    actions.hand_in(office.head, case)
    assert to_review(office.head, today) == []
    assert [one.step for one in to_review(office.secrecy, today)] == ["secrecy"]


def test_the_number_of_drafts_leads_to_them(office, taken, desk):
    for content in (DENIED, DENIED):
        office.handed_in(taken(), content)
    taken()
    client = desk(office.secrecy)
    assert client.get("/desk/").context["case_review_count"] == 2
    assert client.get("/desk/cases/?part=review").context["page"].paginator.count == 2


def test_a_letter_waits_for_the_office_until_it_has_gone_out(office, taken, desk):
    case = taken()
    office.signed(case)
    client = desk(office.officer)
    ((letter, _),) = client.get("/desk/").context["letters"]
    assert letter.case == case
    assert client.get("/desk/cases/?view=all&part=letters").context["page"].paginator.count == 1
    assert "letters" not in waits(desk(office.signatory))


def test_a_question_waits_for_the_unit_it_was_put_to(office, taken, desk, county, today):
    case = taken()
    unit = Unit.objects.create(agency=county.own, code="ys", name="预算科")
    other = Unit.objects.create(agency=county.own, code="nb", name="农业科")
    asked = User.objects.create(username="asked", full_name="asked", password="!")
    spared = User.objects.create(username="spared", full_name="spared", password="!")
    for user, of in ((asked, unit), (spared, other)):
        Membership.objects.create(user=user, agency=county.own, role=Role.LIAISON_OFFICER, unit=of)
    due = today + timedelta(3)
    row = actions.assign(office.officer, case, "有没有这份方案", unit=unit, on=today, due_on=due)
    assert waits(desk(asked)) == {"assigned"}
    assert waits(desk(spared)) == set()
    actions.answer_assignment(asked, row, "没有")
    assert waits(desk(asked)) == set()


def test_an_appeal_waits_while_its_reply_is_due_soon(officer, legality, desk, county, today, head):
    opening = actions.Opening(
        AppealKind.RECONSIDERATION,
        "青禾县人民政府",
        "不服旧答复",
        today,
        copy_received_on=today,
        procedure="summary",
    )
    appeal = actions.open_appeal_elsewhere(legality, county.own, opening)
    for user in (officer, legality, head):
        assert waits(desk(user)) == {"appeals"}
    actions.answer_appeal(legality, appeal, on=today)
    assert waits(desk(legality)) == set()


def test_a_report_is_owed_from_january_until_it_was_submitted(officer, head, cast, county):
    in_january = date(2026, 1, 20)
    (one,) = owed(officer, in_january)
    assert (one.agency, one.year, one.due.on) == (county.own, 2025, date(2026, 1, 31))
    assert owed(officer, date(2025, 11, 3)) == []
    assert owed(cast.signatory, in_january) == []
    Submission.objects.create(
        agency=county.own,
        year=2025,
        to=county.top,
        step="submitted",
        content_hash="0" * 64,
        submitted_by=head,
        submitted_at=timezone.now(),
    )
    assert owed(officer, in_january) == []


def test_the_navigation_counts_what_presses_and_not_what_rests(taken, officer, today, head):
    taken()
    paused = taken()
    actions.ask_correction(officer, paused, "请写明年度", on=today)
    office_has_a_letter_to_send = 1
    assert todo.count(officer, today) == 1 + office_has_a_letter_to_send
    assert todo.count(head, today) == office_has_a_letter_to_send


def test_the_questions_to_the_database_do_not_grow_with_the_work(
    office, taken, received, desk, django_assert_max_num_queries
):
    client = desk(office.head)

    def more():
        office.handed_in(taken(), DENIED)
        received()

    more()
    client.get("/desk/")
    with django_assert_max_num_queries(200) as few:
        client.get("/desk/")
    for _ in range(3):
        more()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/desk/")


def test_who_has_nothing_to_do_is_told_what_will_stand_here(desk, officer, legality):
    assert "您经办的申请" in desk(officer).get("/desk/").content.decode()
    assert "没有要办的事" in desk(legality).get("/desk/").content.decode()


@pytest.fixture
def corrected(application, office, officer, today):
    """A case taken up, to which the applicant has sent in the correction asked for."""
    receipt = actions.receive(officer, application())
    case = actions.take_up(officer, receipt.case)
    actions.ask_correction(officer, case, "请写明年度", on=today)
    return actions.correct_by_applicant(case.number, receipt.code, "二〇二五年度")


def test_a_correction_sent_in_is_told_until_somebody_goes_on(corrected, desk, officer, head):
    client = desk(officer)
    ((fact, item),) = client.get("/desk/").context["corrections"]
    assert (fact.kind, item.case.pk) == ("corrected", corrected.pk)
    assert "已补正" in client.get("/desk/cases/").content.decode()
    assert not desk(head).get("/desk/").context["corrections"]
    actions.draft(officer, corrected, DENIED)
    assert not client.get("/desk/").context["corrections"]
    assert "已补正" not in client.get("/desk/cases/").content.decode()


CHANGED = "申请人已更改联系方式，送出前请核对"


@pytest.fixture
def asked_and_moved(application, office, officer, today):
    """A letter lies ready for an applicant, and one who has changed how they are reached since."""
    receipt = actions.receive(officer, application())
    case = actions.take_up(officer, receipt.case)
    actions.ask_correction(officer, case, "请写明年度", on=today)
    moved = Contact(address="青禾县云岭镇八号")
    actions.amend_contact(receipt.number, receipt.code, moved)
    return case.letters.get()


def test_a_letter_issued_before_the_applicant_changed_the_address_says_so(
    asked_and_moved, desk, officer
):
    client = desk(officer)
    assert CHANGED in client.get("/desk/").content.decode()
    page = client.get(f"/desk/cases/{asked_and_moved.case_id}/letters/").content.decode()
    assert CHANGED in page
    assert "云岭镇" not in page


def test_a_letter_issued_after_the_change_or_sent_does_not(asked_and_moved, desk, officer, today):
    dispatch(officer, asked_and_moved, Sending(Service.Manner.POST, posted_on=today))
    actions.ask_reasons(officer, asked_and_moved.case, "三十件", on=today)
    client = desk(officer)
    page = client.get("/desk/")
    assert page.context["letter_count"] == 1
    assert CHANGED not in page.content.decode()
    letters = client.get(f"/desk/cases/{asked_and_moved.case_id}/letters/").content.decode()
    assert CHANGED not in letters


def test_that_the_applicant_changed_it_and_what_stands_in_the_course_of_the_case(
    asked_and_moved, desk, officer
):
    page = desk(officer).get(f"/desk/cases/{asked_and_moved.case_id}/").content.decode()
    assert "申请人自己更改联系方式" in page
    assert "通信地址" in page
    assert "云岭镇" not in page


def test_what_waits_for_a_review_stands_above_cases_of_others(received, office, desk, head):
    office.handed_in(received())
    received()
    page = desk(head).get("/desk/").content.decode()
    assert page.index('id="case-reviews"') < page.index('id="unclaimed"')


def test_the_navigation_counts_what_the_list_shows_first(received, desk, officer):
    received()
    received(channel=Channel.EMAIL)
    shown = desk(officer).get("/desk/cases/").context["page"]
    assert waiting_count(officer) == shown.paginator.count == 2


def test_more_time_is_asked_for_by_the_officer_and_decided_by_the_head(
    taken, desk, head, officer, today
):
    case = taken()
    ask_extension(officer, case, 20, "search", on=today)
    due = Case.objects.get(pk=case.pk).due_on
    (item,) = desk(head).get("/desk/").context["extensions"]
    assert (item.case.pk, due) == (case.pk, case.due_on)
    assert not desk(officer).get("/desk/").context["extensions"]
    actions.extend(head, case, 20, "检索量大", on=today)
    assert not desk(head).get("/desk/").context["extensions"]


def test_a_question_nobody_answered_in_time_is_told_to_who_works_on_the_case(
    taken, desk, officer, head, county, today
):
    case = taken()
    unit = Unit.objects.create(agency=county.own, code="ys", name="预算科")
    row = actions.assign(
        officer, case, "有没有这份方案", unit=unit, on=today, due_on=today + timedelta(3)
    )
    assert not desk(officer).get("/desk/").context["late_replies"]
    before = todo.count(officer, today)
    Assignment.objects.update(due_on=today - timedelta(1))
    shown = desk(officer).get("/desk/")
    assert [one.pk for one, _ in shown.context["late_replies"]] == [row.pk]
    assert f"/desk/cases/{case.pk}/#assignments" in shown.content.decode()
    assert todo.count(officer, today) == before + 1
    assert not desk(head).get("/desk/").context["late_replies"]
    actions.recall_assignment(officer, row)
    assert not desk(officer).get("/desk/").context["late_replies"]
