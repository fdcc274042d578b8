"""When the time to keep a case is over, who applied is forgotten and the figures stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai import files
from gongkai.casework import actions
from gongkai.casework.actions import retaining
from gongkai.casework.actions.forgetting import REMOVED
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.application import enclosures
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Applicant, Case, Enclosure, Stage
from gongkai.casework.application.person import ANONYMOUS, Person
from gongkai.casework.application.sealing import opened
from gongkai.casework.refusal import NotAllowedError
from gongkai.trail.models import Entry

pytestmark = pytest.mark.django_db
YEARS = 365.25


@pytest.fixture
def closed(received):
    """A case that was closed so many years ago."""

    def make(years, **changes):
        case = received(**changes)
        moment = timezone.now() - timedelta(days=YEARS * years + 1)
        Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=moment)
        case.refresh_from_db()
        return case

    return make


def appealed(case, officer, outcome="pending", concluded_on=None):
    return Appeal.objects.create(
        agency=case.agency,
        case=case,
        kind="reconsideration",
        before="青禾县人民政府",
        about="不予公开",
        opened_on=case.received_on,
        outcome=outcome,
        concluded_on=concluded_on,
        created_by=officer,
        created_at=timezone.now(),
    )


def due(today):
    return [case.pk for case in retaining.due_for_anonymisation(today)]


def test_a_case_is_due_after_the_years_of_its_agency(closed, received, today):
    received()
    closed(9)
    old = closed(10)
    assert due(today) == [old.pk]


def test_a_case_under_appeal_is_never_due_and_one_that_was_is_kept_longer(closed, officer, today):
    pending, short, long = closed(40), closed(29), closed(30)
    appealed(pending, officer)
    for case in (short, long):
        appealed(case, officer, "upheld", today)
    assert due(today) == [long.pk]


def test_the_day_that_stands_with_a_case_is_waited_for(closed, today):
    case = closed(11)
    Case.objects.filter(pk=case.pk).update(keep_until=today + timedelta(days=1))
    assert due(today) == []


def test_who_applied_is_forgotten_and_the_figures_stay(closed, head):
    case = closed(10)
    enclosure = enclosures.enclose(case, "identity", Incoming("证.png", "image/png", b"x"), None)
    assert files.place(enclosure.sha256).exists()
    removal = retaining.anonymise(head, case)
    assert (removal.number, removal.rows["enclosure"], removal.files) == (case.number, 1, 1)
    applicant = Applicant.objects.get(case=case)
    assert Person.from_bytes(opened(applicant.sealed)) == ANONYMOUS
    assert (applicant.masked, applicant.name_key, applicant.identity_key) == ("", "", "")
    case.refresh_from_db()
    assert case.description == REMOVED
    assert (case.folded, case.query_code_hash, case.submission_key) == ("", "", None)
    assert case.lines.count() == 1
    assert Entry.objects.order_by("-sequence").first().verb == "casework.anonymise"


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_enclosures_leave_the_disk(closed, head):
    case = closed(10)
    kept = enclosures.enclose(case, "identity", Incoming("证.png", "image/png", b"x"), None)
    retaining.anonymise(head, case)
    assert not files.place(kept.sha256).exists()
    assert Enclosure.objects.get(pk=kept.pk).sha256 == ""


def test_nothing_is_removed_before_its_time(closed, received, head):
    for case in (received(), closed(9)):
        with pytest.raises(NotAllowedError) as refused:
            retaining.anonymise(head, case)
        assert refused.value.reason == "not_due"


@pytest.mark.parametrize("who", ["officer", "signatory", "stranger", "supervisor"])
def test_only_the_head_or_an_administrator_removes(who, closed, request):
    with pytest.raises(NotAllowedError) as refused:
        retaining.anonymise(request.getfixturevalue(who), closed(10))
    assert refused.value.reason == "role"


def test_what_was_removed_cannot_be_opened_nor_tracked(closed, head, officer, application):
    receipt = actions.receive(officer, application())
    Case.objects.filter(pk=receipt.case.pk).update(
        stage=Stage.CLOSED, closed_at=timezone.now() - timedelta(days=4000)
    )
    retaining.anonymise(head, receipt.case)
    with pytest.raises(NotAllowedError) as refused:
        actions.open_person(officer, receipt.case, "contact")
    assert refused.value.reason == "anonymised"
    with pytest.raises(NotAllowedError):
        actions.tracked(receipt.number, receipt.code)


def test_the_background_work_removes_what_is_due_once(closed, today):
    case = closed(10)
    assert [one.number for one in retaining.anonymise_due(today)] == [case.number]
    assert retaining.anonymise_due(today) == []
