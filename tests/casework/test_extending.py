"""More time: asked for by an officer, granted or refused by the head (条例第三十三条)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gongkai.casework import actions
from gongkai.casework.decision.extension import ExtensionRequest
from gongkai.casework.letter.models import Service
from gongkai.trail.queries import about
from tests.casework.handling import later, refusal


@pytest.fixture
def request_for_more(case, officer, today):
    """Twenty working days, because there is much to search."""
    return actions.ask_extension(officer, case, 20, "search", on=today)


def test_asking_for_more_time_leaves_the_time_as_it_is(request_for_more, case, officer, today):
    case.refresh_from_db()
    assert case.due_on == later(case, 20, today)
    assert (request_for_more.granted, request_for_more.asked_by) == (None, officer)


def test_the_extension_settles_the_request(request_for_more, case, head, today):
    actions.extend(head, case, 10, "检索量大", on=today)
    request_for_more.refresh_from_db()
    assert (request_for_more.granted, request_for_more.settled_by) == (True, head)


def test_the_head_refuses_with_a_reason_and_the_time_stays(request_for_more, case, head, today):
    refused = actions.refuse_extension(head, request_for_more, "档案馆昨天已经回复，可以按期答复")
    assert (refused.granted, refused.settled_by) == (False, head)
    assert refused.refused_because == "档案馆昨天已经回复，可以按期答复"
    case.refresh_from_db()
    assert case.due_on == later(case, 20, today)
    assert not case.letters.exists()


def test_a_refusal_needs_its_reason(request_for_more, head):
    assert refusal(actions.refuse_extension, head, request_for_more, " ") == "reason_missing"


def test_whoever_asked_does_not_decide(request_for_more, officer):
    assert refusal(actions.refuse_extension, officer, request_for_more, "不必") == "role"


def test_a_request_is_settled_once(request_for_more, head):
    actions.refuse_extension(head, request_for_more, "可以按期答复")
    again = refusal(actions.refuse_extension, head, request_for_more, "再说一次")
    assert again == "extension_not_asked"


def test_after_a_refusal_it_may_be_asked_for_again(request_for_more, case, officer, head, today):
    actions.refuse_extension(head, request_for_more, "可以按期答复")
    again = actions.ask_extension(officer, case, 10, "confer", on=today)
    assert (again.pk != request_for_more.pk, again.granted) == (True, None)


def test_asking_again_replaces_what_still_waits(request_for_more, case, officer, today):
    again = actions.ask_extension(officer, case, 10, "redact", on=today)
    assert (again.pk, again.days, again.why) == (request_for_more.pk, 10, "redact")


def test_the_trail_tells_the_refusal_without_its_words(request_for_more, case, head):
    actions.refuse_extension(head, request_for_more, "沈青禾的申请可以按期答复")
    line = about(case).get(verb="casework.refuse_extension")
    assert line.details == {"days": 20, "request": request_for_more.pk}


def test_the_database_keeps_no_refusal_without_reason(request_for_more, head):
    rows = ExtensionRequest.objects.filter(pk=request_for_more.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(granted=False, settled_by=head, settled_at="2026-03-02T10:00:00Z")


def test_a_case_taken_up_anew_has_no_request_of_the_time_before(office, received, today):
    case, day = received(ago=10), today - timedelta(days=5)
    actions.ask_extension(office.officer, case, 20, "search", on=day)
    letter = office.signed(case, on=day).letters.get()
    handed = actions.Sending(Service.Manner.HANDED, signed_for_on=day)
    actions.dispatch(office.officer, letter, handed)
    actions.close(office.officer, case)
    actions.reopen(office.head, case, reason="自行纠正")
    assert not case.extension_requests.exists()
