"""One page for the supervising office: missing, late, contradicting, and by when."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from gongkai.annual_report import actions
from gongkai.annual_report.models import Submission
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import findings
from gongkai.annual_report.yearend.rules import due, is_late
from gongkai.annual_report.yearend.standing import departures, standing
from gongkai.casework.actions import Opening, open_appeal_elsewhere, strike_appeal
from gongkai.casework.appeal.models import AppealKind
from gongkai.law.terms import TermNotInForceError
from tests.annual_report.yearend.conftest import AS_OF, YEAR
from tests.casework.ledger.books import received, write


@pytest.mark.parametrize(
    ("level", "day"),
    [
        ("department", date(2026, 1, 31)),
        ("township", date(2026, 1, 31)),
        ("street", date(2026, 1, 31)),
        ("county", date(2026, 2, 20)),
        ("city", date(2026, 3, 10)),
        ("province", date(2026, 3, 31)),
    ],
)
def test_every_level_has_its_day(level: str, day: date) -> None:
    assert due(level, 2025).on == day


def test_the_report_of_a_whole_vertical_system_is_due_with_those_of_the_provinces() -> None:
    assert due("department", 2025, leads_system=True).on == date(2026, 3, 31)


def test_before_the_dates_were_set_nothing_was_due_by_them() -> None:
    with pytest.raises(TermNotInForceError):
        due("county", 2010)


@pytest.mark.parametrize(
    ("state", "done_on", "as_of", "late"),
    [
        ("missing", None, date(2026, 1, 31), False),
        ("missing", None, date(2026, 2, 1), True),
        ("submitted", date(2026, 1, 31), date(2026, 3, 1), False),
        ("published", date(2026, 2, 1), date(2026, 3, 1), True),
        ("returned", date(2026, 1, 20), date(2026, 2, 1), True),
    ],
)
def test_what_came_after_its_day_or_has_not_come_is_late(state, done_on, as_of, late) -> None:
    assert is_late(date(2026, 1, 31), state, done_on, as_of) is late


def unit(county, agency, as_of=AS_OF):
    return next(u for u in standing(county.top, YEAR, as_of).units if u.agency == agency)


def test_all_that_report_are_awaited_and_missing_at_first(county) -> None:
    found = standing(county.top, YEAR, AS_OF)
    assert [u.agency for u in found.units] == [county.own, county.other, county.town]
    assert len(found.missing) == 3
    assert found.late == ()
    assert len(standing(county.top, YEAR, date(2026, 2, 1)).late) == 3


def test_a_report_is_followed_through_its_states(county, cast, draft) -> None:
    revision = draft(county.own)
    assert unit(county, county.own).state == "draft"
    submission = actions.submit(cast.reviewer, revision)
    assert unit(county, county.own).state == "submitted"
    actions.accept(cast.supervisor, submission)
    assert unit(county, county.own).state == "accepted"
    actions.publish(cast.reviewer, submission.revision)
    assert unit(county, county.own).state == "published"
    assert county.own not in [u.agency for u in standing(county.top, YEAR, AS_OF).missing]


def test_what_was_submitted_after_its_day_is_late(county, submitted) -> None:
    submission = submitted(county.own)
    assert unit(county, county.own).done_on == timezone.localdate()
    in_time = timezone.make_aware(timezone.datetime(2026, 1, 31, 23, 59))
    Submission.objects.filter(pk=submission.pk).update(submitted_at=in_time)
    assert unit(county, county.own).late is False


def test_a_returned_report_is_missing_again(county, cast, submitted) -> None:
    actions.return_submission(cast.supervisor, submitted(county.own), "数据不实")
    assert unit(county, county.own) in standing(county.top, YEAR, AS_OF).missing


def test_figures_that_disagree_are_told_of_the_unit(county, cast, draft) -> None:
    actions.correct(cast.officer, draft(county.own), "applications.1.total", 9, "试")
    [found] = standing(county.top, YEAR, AS_OF).contradicting
    assert found.agency == county.own
    assert any(finding.code.startswith("sum.") for finding in found.contradictions)


def test_reminders_stand_beside_the_unit(county, cast) -> None:
    actions.remind(cast.supervisor, county.town, YEAR, "请尽快报送")
    assert [r.words for r in unit(county, county.town).reminders] == ["请尽快报送"]


def test_figures_that_the_books_tell_otherwise_since_are_named(county, submitted) -> None:
    revision = submitted(county.own).revision
    write(county.own, [received(1, date(YEAR, 5, 1), recorded_on=date(2026, 6, 1))])
    assert departures(revision, AS_OF) == []
    found = {d.address: (d.reported, d.counted) for d in departures(revision, date(2026, 6, 1))}
    assert found["applications.1.total"] == (3, 4)
    assert found["applications.4.natural_person"] == (1, 2)


def test_an_appeal_declared_void_since_is_named_and_the_report_stays(
    county, cast, submitted
) -> None:
    opening = Opening(AppealKind.RECONSIDERATION, "青禾县人民政府", "不服", date(YEAR, 5, 6))
    appeal = open_appeal_elsewhere(cast.officer, county.own, opening)
    revision = submitted(county.own).revision
    strike_appeal(cast.officer, appeal, "登记了两次")
    found = {d.address: (d.reported, d.counted) for d in departures(revision, AS_OF)}
    assert found["appeals.reconsideration.pending"] == (1, 0)
    assert found["appeals.reconsideration.total"] == (1, 0)
    revision.refresh_from_db()
    assert revision.as_report().figures["appeals.reconsideration.total"] == 1


def day(year, month, number):
    return timezone.make_aware(timezone.datetime(year, month, number, 12))


def test_the_day_is_that_of_the_first_submission_or_publication(county, cast, draft) -> None:
    first = actions.submit(cast.reviewer, draft(county.own), at=day(2026, 1, 20))
    actions.return_submission(cast.supervisor, first, "改")
    second = actions.submit(cast.reviewer, first.revision, at=day(2026, 2, 5))
    assert unit(county, county.own).done_on == date(2026, 1, 20)
    actions.accept(cast.supervisor, second)
    published = actions.publish(cast.reviewer, second.revision, at=day(2026, 2, 6))
    assert unit(county, county.own, date(2026, 6, 1)).late is False
    revised = actions.revise(cast.officer, published)
    fresh = actions.freeze(cast.reviewer, revised)
    actions.publish(cast.reviewer, fresh, "更正", at=day(2026, 5, 5))
    assert unit(county, county.own, date(2026, 6, 1)).done_on == date(2026, 1, 20)


def publish_year_before(county, cast, reported) -> None:
    """A report of the year before that carries out other figures than this year carries in."""
    data = reported(agency=county.own.name, year=YEAR - 1)
    before = actions.upload(cast.administrator, county.own, data, "before.json")
    actions.publish(cast.administrator, actions.freeze(cast.administrator, before))


def test_what_was_known_when_it_was_accepted_is_no_contradiction_any_more(
    county, cast, submitted, reported
) -> None:
    publish_year_before(county, cast, reported)
    submission = submitted(county.own)
    assert unit(county, county.own).contradictions
    with pytest.raises(NotAllowedError) as error:
        actions.accept(cast.supervisor, submission, " ")
    assert error.value.reason == "acceptance_note_missing"
    actions.accept(cast.supervisor, submission, "上年已更正")
    found = unit(county, county.own)
    assert found.contradictions == ()
    assert [finding.code for finding in found.known if finding.code == "year.carried"]
    assert found.submission.note == "上年已更正"
    assert standing(county.top, YEAR, AS_OF).contradicting == ()


def test_what_is_found_after_it_was_accepted_is_open(county, cast, accepted, reported) -> None:
    accepted(county.own)
    publish_year_before(county, cast, reported)
    assert "year.carried" in [f.code for f in unit(county, county.own).contradictions]


def test_a_blank_cell_counts_on_the_page_of_the_office_as_on_that_of_the_report(
    county, cast
) -> None:
    revision = actions.compile_draft(cast.officer, county.own, YEAR, AS_OF)
    found = unit(county, county.own)
    assert "form.cell_blank" in [finding.code for finding in found.contradictions]
    open_ones = [judged.finding for judged in findings(revision) if judged.undecided]
    assert list(found.findings) == open_ones
