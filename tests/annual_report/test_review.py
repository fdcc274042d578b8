"""A stored report is held against its neighbours in the database."""

from __future__ import annotations

import pytest

from gongkai.annual_report import actions, review

CARRIED = "applications.4.total"


def codes(revision):
    return [judged.finding.code for judged in review.findings(revision)]


def test_a_sound_report_without_neighbours_has_no_findings(draft):
    assert codes(draft()) == []


def test_a_report_is_held_against_the_published_one_of_the_year_before(draft, published):
    before = published(year=2022)
    revision = draft(year=2023)
    assert review.previous(revision) == before
    assert review.context(revision).previous == before.as_report()


def test_a_draft_of_the_year_before_does_not_count(draft):
    draft(year=2022)
    assert review.context(draft(year=2023)).previous is None


def test_another_agencys_report_of_the_year_before_does_not_count(draft, published):
    published("other", 2022)
    assert review.context(draft(year=2023)).previous is None


def test_the_county_is_held_against_the_published_reports_below_it(county, draft, published):
    published("own")
    published("other", 2022)
    top = draft("top")
    assert [child.report.agency for child in review.children(top)] == [county.own]
    context = review.context(top)
    assert len(context.children) == 1
    assert context.expected_children == ("青禾县财政局", "青禾县民政局", "青禾县柳溪镇人民政府")
    assert "rollup.missing" in codes(top)


@pytest.mark.parametrize("change", [{"vertical": True}, {"active": False}])
def test_an_agency_that_reports_elsewhere_or_is_no_more_is_not_expected(county, change):
    for name, value in change.items():
        setattr(county.other, name, value)
    county.other.save()
    assert county.other not in review.expected_children(county.top)


def test_a_department_is_the_sum_of_nobody(county, draft):
    assert review.expected_children(county.own) == []


def test_the_roll_up_costs_the_same_however_many_agencies_there_are(
    draft, published, django_assert_num_queries
):
    published("own")
    top = draft("top")
    with django_assert_num_queries(5):
        review.findings(top)
    published("other")
    published("town")
    with django_assert_num_queries(5):
        review.findings(top)


def test_only_errors_nobody_decided_about_hold_up_a_freeze(cast, draft):
    revision = draft(change={"applications.1.total": 9999})
    open_errors = review.undecided_errors(review.findings(revision))
    assert {finding.severity for finding in open_errors} == {"error"}
    for finding in open_errors:
        actions.judge(cast.officer, revision.report, finding.fingerprint, "dismissed", "x")
    assert review.undecided_errors(review.findings(revision)) == []
