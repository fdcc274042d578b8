"""A draft whose agency, year or title was misread is put right without reading it again."""

from __future__ import annotations

import pytest

from gongkai.annual_report import actions
from gongkai.annual_report.models import StoredReport, Verdict
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import findings
from gongkai.trail.models import Entry

TOTAL = "applications.1.total"


def identify(user, revision, **more):
    said = {"agency": revision.report.agency, "year": revision.report.year, **more}
    return actions.identify(user, revision, "封面与正文核对", **said)


def test_a_misread_year_moves_the_draft_and_keeps_the_figures(cast, draft):
    revision = draft(year=2023)
    figures = revision.as_report().figures
    moved = identify(cast.officer, revision, year=2022)
    assert (moved.pk, moved.report.year, moved.number) == (revision.pk, 2022, 1)
    assert moved.as_report().year == 2022
    assert moved.as_report().figures == figures
    assert "year" not in moved.as_report().evidence
    assert list(StoredReport.objects.values_list("year", flat=True)) == [2022]


def test_a_misread_title_stays_where_it_is(cast, draft):
    revision = draft()
    named = identify(cast.officer, revision, title="  青禾县财政局 2023 年度报告 ")
    assert named.title == named.as_report().title == "青禾县财政局 2023 年度报告"
    assert named.report_id == revision.report_id


def test_another_agency_needs_a_role_there_too(cast, county, draft):
    revision = draft()
    with pytest.raises(NotAllowedError) as refused:
        identify(cast.officer, revision, agency=county.other)
    assert refused.value.reason == "role"
    moved = identify(cast.superuser, revision, agency=county.other)
    assert moved.report.agency == county.other
    assert moved.as_report().agency == county.other.name


def test_what_was_decided_about_its_findings_goes_with_it(cast, draft):
    revision = draft(change={TOTAL: 9999})
    error = next(j.finding for j in findings(revision) if j.finding.severity == "error")
    actions.judge(cast.officer, revision.report, error.fingerprint, "accepted", "原文如此")
    moved = identify(cast.officer, revision, year=2022)
    assert Verdict.objects.get(fingerprint=error.fingerprint).report == moved.report


def test_where_something_is_published_it_becomes_a_correction(cast, draft, published):
    out = published(year=2022)
    moved = identify(cast.officer, draft(year=2023), year=2022)
    assert (moved.report, moved.number) == (out.report, 2)
    out.refresh_from_db()
    assert out.state == "published"


def test_a_draft_that_is_there_already_is_not_replaced(cast, draft):
    kept, revision = draft(year=2022), draft(year=2023)
    with pytest.raises(NotAllowedError) as refused:
        identify(cast.officer, revision, year=2022)
    assert refused.value.reason == "has_draft"
    revision.refresh_from_db()
    kept.refresh_from_db()
    assert (revision.report.year, kept.report.year) == (2023, 2022)


def test_a_published_report_left_behind_stays(cast, draft, published):
    out = published(year=2023)
    correction = draft(year=2023, seed=6)
    identify(cast.officer, correction, year=2022)
    assert list(out.report.revisions.values_list("number", "state")) == [(1, "published")]


@pytest.mark.parametrize(
    ("more", "reason"),
    [({}, "unchanged"), ({"year": 1999}, "year_unknown"), ({"year": 2101}, "year_unknown")],
)
def test_nothing_to_change_and_no_such_year_are_refused(cast, draft, more, reason):
    with pytest.raises(NotAllowedError) as refused:
        identify(cast.officer, draft(), **more)
    assert refused.value.reason == reason


def test_without_a_reason_nothing_is_written(cast, draft):
    revision = draft()
    with pytest.raises(NotAllowedError, match="reason"):
        actions.identify(cast.officer, revision, " ", agency=revision.report.agency, year=2022)
    assert not Entry.objects.filter(verb="annual_report.identify").exists()


def test_a_final_revision_is_not_renamed(cast, draft):
    frozen = actions.freeze(cast.reviewer, draft())
    with pytest.raises(NotAllowedError) as refused:
        identify(cast.officer, frozen, year=2022)
    assert refused.value.reason == "not_draft"


def test_the_trail_says_what_it_was_before(cast, draft):
    identify(cast.officer, draft(), year=2022)
    details = Entry.objects.get(verb="annual_report.identify").details
    assert details["year"] == {"before": 2023, "after": 2022}
    assert details["reason"] == "封面与正文核对"
    assert "agency" not in details
