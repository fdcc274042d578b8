"""A report on its way up: submitted, returned, accepted, published, corrected."""

from __future__ import annotations

import pytest

from gongkai.annual_report import actions
from gongkai.annual_report.models import State, Step, Submission
from gongkai.annual_report.refusal import NotAllowedError
from tests.annual_report.yearend.conftest import AS_OF, YEAR


def refused(verb, *given) -> str:
    with pytest.raises(NotAllowedError) as error:
        verb(*given)
    return error.value.reason


def test_submitting_makes_the_report_final_and_names_the_office_above(county, submitted) -> None:
    submission = submitted(county.own)
    assert (submission.to, submission.step) == (county.top, Step.SUBMITTED)
    assert submission.revision.state == State.FROZEN


def test_an_officer_cannot_submit_and_the_head_can(county, cast, draft) -> None:
    revision = draft(county.own)
    assert refused(actions.submit, cast.officer, revision) == "role"
    assert actions.submit(cast.reviewer, revision).submitted_by == cast.reviewer


def test_a_report_whose_text_is_not_written_is_not_submitted(county, cast, draft) -> None:
    revision = actions.narrate(cast.officer, draft(county.own), {5: "【待写：问题】"})
    assert refused(actions.submit, cast.reviewer, revision) == "narrative_unfinished"


def test_a_report_with_an_open_error_is_not_submitted(county, cast, draft) -> None:
    wrong = actions.correct(cast.officer, draft(county.own), "applications.1.total", 9, "试")
    assert refused(actions.submit, cast.reviewer, wrong) == "undecided"
    assert not Submission.objects.exists()


def test_where_nobody_is_above_there_is_nobody_to_submit_to(county, cast, draft) -> None:
    revision = draft(county.top)
    assert refused(actions.submit, cast.administrator, revision) == "nobody_to_submit_to"


def test_what_is_submitted_cannot_be_changed_submitted_again_or_published(
    county, cast, submitted
) -> None:
    revision = submitted(county.own).revision
    assert refused(actions.unfreeze, cast.reviewer, revision) == "submitted"
    assert refused(actions.submit, cast.reviewer, revision) == "submitted"
    assert refused(actions.publish, cast.reviewer, revision) == "submitted"


def test_a_returned_report_is_a_draft_again_and_has_its_reason(county, cast, submitted) -> None:
    back = actions.return_submission(cast.supervisor, submitted(county.own), "第五部分过于笼统")
    assert (back.step, back.reason) == (Step.RETURNED, "第五部分过于笼统")
    back.revision.refresh_from_db()
    assert back.revision.state == State.DRAFT
    assert actions.submit(cast.reviewer, back.revision).step == Step.SUBMITTED


def test_a_report_is_not_returned_without_a_reason(county, cast, submitted) -> None:
    submission = submitted(county.own)
    assert refused(actions.return_submission, cast.supervisor, submission, " ") == "reason_missing"


def test_an_accepted_report_may_be_published(county, cast, accepted) -> None:
    done = accepted(county.own)
    assert done.step == Step.ACCEPTED
    assert actions.publish(cast.reviewer, done.revision).state == State.PUBLISHED


def test_what_is_public_is_not_returned(county, cast, accepted) -> None:
    done = accepted(county.own)
    actions.publish(cast.reviewer, done.revision)
    assert refused(actions.return_submission, cast.supervisor, done, "改") == "not_open"


@pytest.mark.parametrize("person", ["officer", "reviewer", "colleague", "stranger"])
def test_only_the_office_above_decides(county, cast, submitted, person) -> None:
    submission = submitted(county.own)
    assert refused(actions.accept, getattr(cast, person), submission) == "role"


def test_nobody_accepts_what_they_submitted(county, cast, submitted) -> None:
    submission = submitted(county.own)
    assert refused(actions.accept, cast.administrator, submission) == "own_submission"


def test_a_decision_is_made_once(county, cast, accepted) -> None:
    done = accepted(county.own)
    assert refused(actions.accept, cast.supervisor, done) == "not_submitted"


def test_a_correction_needs_its_reasons_and_takes_the_place_of_what_was_accepted(
    county, cast, accepted
) -> None:
    done = accepted(county.own)
    published = actions.publish(cast.reviewer, done.revision)
    revised = actions.revise(cast.officer, published)
    assert revised.texts() == published.texts()
    for row in ("1", "4"):
        for column in ("natural_person", "total"):
            address = f"applications.{row}.{column}"
            figure = revised.as_report().figures[address] + 1
            revised = actions.correct(cast.officer, revised, address, figure, "补登一件")
    again = actions.accept(cast.supervisor, actions.submit(cast.reviewer, revised))
    done.refresh_from_db()
    assert done.step == Step.REPLACED
    assert refused(actions.publish, cast.reviewer, again.revision) == "note_missing"
    corrected = actions.publish(cast.reviewer, again.revision, "补登漏登的一件申请")
    assert corrected.public_note == "补登漏登的一件申请"
    assert "全年收到申请4件" in corrected.as_report().sections[0].text


def test_a_reminder_comes_from_the_office_above_and_says_something(county, cast) -> None:
    told = actions.remind(cast.supervisor, county.own, YEAR, "请于1月31日前报送")
    assert told.words == "请于1月31日前报送"
    assert refused(actions.remind, cast.reviewer, county.own, YEAR, "请") == "role"
    assert refused(actions.remind, cast.supervisor, county.own, YEAR, "") == "reason_missing"


def test_what_was_compiled_and_frozen_is_not_compiled_over(county, cast, submitted) -> None:
    submitted(county.own)
    given = (cast.officer, county.own, YEAR, AS_OF)
    assert refused(actions.compile_draft, *given) == "frozen"
