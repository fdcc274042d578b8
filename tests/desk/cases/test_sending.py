"""The page on which a letter goes out, and the file it is chosen from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case, EnclosureKind
from gongkai.casework.letter.queries import answer_of
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.cases.given import AddForm
from tests.casework.handling import PUBLIC
from tests.desk.cases.conftest import PNG, at, posted


@pytest.fixture
def letter(office, received):
    """The answer to who asked for it on paper, by post and in large print."""
    case = received(carrier="paper", delivery="post", assistance="请用大字答复")
    office.signed(case, PUBLIC)
    return answer_of(case)


def test_whoever_sends_sees_what_was_asked_for(letter, desk, officer):
    answer = desk(officer).get(at(letter.case, f"letters/{letter.pk}/send/"))
    page = answer.content.decode()
    for words in ("纸质", "邮寄", "请用大字答复", "打开申请人信息"):
        assert words in page
    assert answer.context["form"]["manner"].initial == "post"


def test_another_manner_than_was_asked_for_is_refused_on_the_page(letter, desk, officer):
    address = at(letter.case, f"letters/{letter.pk}/send/")
    answer = posted(desk(officer), address, manner="electronic")
    assert answer.status_code == 422
    assert "没有要求网上送达" in answer.content.decode()


def test_a_case_with_an_unsent_letter_shows_why_it_is_not_closed(letter, desk, officer, today):
    case = letter.case
    sent = actions.dispatch(officer, letter, actions.Sending("post", posted_on=today))
    page = desk(officer).get(at(case, "do/close/")).content.decode()
    assert "没有送达凭证仍然办结的理由" in page
    assert posted(desk(officer), at(case, "do/close/")).status_code == 422
    actions.record_service(officer, sent, signed_for_on=today)
    assert "没有送达凭证" not in desk(officer).get(at(case, "do/close/")).content.decode()


def offered(client, letter):
    """Whether the page of letters leads to sending the letter, and what it says."""
    page = client.get(at(letter.case, "letters/")).content.decode()
    return at(letter.case, f"letters/{letter.pk}/send/") in page, page


def test_an_answer_is_sent_again_only_while_that_may_be_done(letter, desk, officer, today):
    client, said = desk(officer), NotAllowedError("stage").message("zh")
    sent = actions.dispatch(officer, letter, actions.Sending("post", posted_on=today))
    assert offered(client, letter)[0]
    actions.close(officer, letter.case, "邮件查询已妥投")
    offer, page = offered(client, letter)
    assert not offer
    assert said in page
    assert client.get(at(letter.case, f"letters/{letter.pk}/send/")).status_code == 409
    actions.record_service(officer, sent, signed_for_on=today)
    offer, page = offered(client, letter)
    assert not offer
    assert said not in page


def test_the_arrival_is_entered_only_while_that_may_be_done(letter, desk, officer, today):
    sent = actions.dispatch(officer, letter, actions.Sending("post", posted_on=today))
    client, form = desk(officer), at(letter.case, f"services/{sent.pk}/")
    actions.close(officer, letter.case, "邮件查询已妥投")
    assert form in offered(client, letter)[1]
    Case.objects.filter(pk=letter.case_id).update(anonymised_at=timezone.now())
    offer, page = offered(client, letter)
    assert not offer
    assert form not in page
    assert client.get(form).status_code == 422


def test_material_is_listed_with_the_day_of_this_place(case, officer):
    scan = Incoming("方案.png", "image/png", PNG)
    actions.add_enclosure(officer, case, EnclosureKind.MATERIAL, scan)
    case.enclosures.update(added_at=datetime(2026, 11, 27, 17, 30, tzinfo=UTC))
    choices = AddForm(case=case).fields["enclosure"].choices
    assert choices[1][1] == "办理材料 2026-11-28 01:30"
