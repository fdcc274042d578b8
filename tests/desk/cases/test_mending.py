"""What an answer or a letter lacks leads to the field or the form where it is put right."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.casework import actions
from gongkai.casework.decision.content import Draft
from gongkai.casework.letter.incomplete import IncompleteLetterError
from gongkai.casework.letter.wording import missing
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.cases.mending import elsewhere, gaps
from gongkai.law.outcomes import outcomes
from tests.desk.cases.conftest import at, posted

ON = date(2026, 3, 2)
ANSWERS = sorted({one.letter for one in outcomes(on=ON) if one.closes and one.letter})
OF_THE_INSTALLATION = {"agency", "case_number", "channel", "submitted_on", "you"}
"""What every case has, so that no page asks for it."""


@pytest.mark.parametrize(
    ("outcome", "field"),
    [("A1", "id_way"), ("A5", "id_law_named"), ("A11", "id_answer")],
)
def test_what_the_letter_lacks_leads_to_its_field(case, desk, officer, outcome, field):
    actions.draft(officer, case, Draft(outcome=outcome))
    shown = desk(officer).get(at(case, "decision/"))
    assert field in [gap.place for gap in shown.context["wanting"]]
    assert f'href="#{field}"' in shown.content.decode()


def test_a_search_that_is_lacking_leads_to_its_form(case, desk, officer):
    actions.draft(officer, case, Draft(outcome="A6", reasons="没有制作过"))
    page = desk(officer).get(at(case, "decision/")).content.decode()
    assert f'href="{at(case, "do/record-search/")}"' in page


@pytest.mark.parametrize("kind", ANSWERS)
def test_everything_an_answer_can_lack_is_put_right_somewhere(case, kind):
    lacking = set(missing(kind, ON, {})) - OF_THE_INSTALLATION
    found = list(gaps(IncompleteLetterError(kind, sorted(lacking)), case))
    assert [gap.words for gap in found if not gap.place] == []


def test_who_signs_is_led_to_what_is_lacking(office, case, desk, officer, signatory, today):
    search = actions.Search(today, "档案室", "供水", "没有", "许某", found=False)
    actions.record_search(officer, case, search)
    decision = office.reviewed(case, Draft(outcome="A6", reasons="没有制作过"))
    case.searches.all().delete()
    said = {"step": "signature", "what": "sign", "seen": decision.content_hash}
    answer = desk(signatory).post(at(case, "review/"), said)
    assert answer.status_code == 422
    assert f'href="{at(case, "do/record-search/")}"' in answer.content.decode()


def test_on_another_page_a_field_of_the_decision_has_its_whole_address(case):
    error = IncompleteLetterError("denied", ["grounds", "applicant"])
    places = [gap.href for gap in elsewhere(error, case)]
    assert places == [at(case, "decision/#id_ground"), at(case, "#applicant")]


def test_what_no_page_mends_is_said_without_a_link(case):
    assert elsewhere(NotAllowedError("time_over"), case) == []


def test_a_letter_that_no_mark_numbers_leads_to_the_practice(received, desk, officer, today):
    case = received()
    answer = posted(
        desk(officer), at(case, "do/ask-correction/"), points="写明年度", on=today.isoformat()
    )
    assert answer.status_code == 422
    practice = f"/desk/cases/practice/{case.agency.code}/"
    assert f'href="{practice}"' in answer.content.decode()
