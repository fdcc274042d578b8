"""The page on which a letter goes out, and the file it is chosen from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gongkai.casework import actions
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import EnclosureKind
from gongkai.casework.letter.queries import answer_of
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


def test_material_is_listed_with_the_day_of_this_place(case, officer):
    scan = Incoming("方案.png", "image/png", PNG)
    actions.add_enclosure(officer, case, EnclosureKind.MATERIAL, scan)
    case.enclosures.update(added_at=datetime(2026, 11, 27, 17, 30, tzinfo=UTC))
    choices = AddForm(case=case).fields["enclosure"].choices
    assert choices[1][1] == "办理材料 2026-11-28 01:30"
