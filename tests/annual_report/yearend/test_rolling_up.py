"""The government's report is the sum of what was accepted below, cell by cell."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual_report import actions
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import findings, undecided_errors
from gongkai.annual_report.yearend.outdating import outdated
from gongkai.annual_report.yearend.receiving import awaited, receiver, reporting_units
from gongkai.annual_report.yearend.recorded import record_parts, recorded_of
from gongkai.annual_report.yearend.rolling_up import roll_up
from gongkai.org.actions import add_agency, move_agency
from tests.annual_report.compiling.books import appeal
from tests.annual_report.yearend.conftest import AS_OF, YEAR
from tests.casework.ledger.books import received, write

NEW = "applications.1.total"
WEB = "records.channels.web"
PENDING = "appeals.litigation_direct.pending"


def test_every_cell_is_the_sum_of_the_accepted_reports_and_of_the_own_office(
    county, accepted
) -> None:
    accepted(county.own)
    accepted(county.town, applications__1__natural_person=8)
    write(county.top, [received(1, date(YEAR, 5, 1))])
    rolled = roll_up(county.top, YEAR, AS_OF)
    assert rolled.report.figures[NEW] == 3 + 8 + 1
    assert [(p.agency.code, p.figure) for p in rolled.parts[NEW]] == [
        ("qh", 1),
        ("qh-cz", 3),
        ("qh-lx", 8),
    ]
    assert rolled.report.figures["proactive.licensing.decisions"] == 10


def test_what_was_only_submitted_is_not_in_it_and_is_named(county, accepted, submitted) -> None:
    accepted(county.own)
    submitted(county.other)
    rolled = roll_up(county.top, YEAR, AS_OF)
    assert rolled.report.figures[NEW] == 3
    assert rolled.missing == (county.other, county.town)


def test_a_joint_case_that_two_agencies_counted_counts_once(county, cast, accepted) -> None:
    for agency in (county.own, county.other):
        joint = {"joint_key": "（2025）行初1号"}
        appeal(
            agency, cast.officer, "litigation_direct", "pending", date(YEAR, 5, 2), **joint
        ).save()
        accepted(agency)
    rolled = roll_up(county.top, YEAR, AS_OF)
    assert [part.figure for part in rolled.parts[PENDING]] == [0, 1, 1]
    assert rolled.joint == {PENDING: 1, "appeals.litigation_direct.total": 1}
    assert rolled.report.figures[PENDING] == 1


def test_a_joint_case_within_a_county_is_not_taken_off_again_by_the_city(
    county, cast, accepted
) -> None:
    city = add_agency(code="city", name="青禾市人民政府", level="city")
    move_agency(county.top, city)
    for agency in (county.own, county.other):
        joint = {"joint_key": "（2025）行初1号"}
        appeal(
            agency, cast.officer, "litigation_direct", "pending", date(YEAR, 5, 2), **joint
        ).save()
    assert roll_up(city, YEAR, AS_OF).joint == {}
    assert roll_up(county.top, YEAR, AS_OF).joint[PENDING] == 1


def test_a_vertical_system_reports_in_its_own_line(county) -> None:
    bureau = add_agency(code="tax", name="青禾市税务局", level="department", vertical=True)
    branch = add_agency(
        code="tax-1", name="青禾县税务局", level="department", vertical=True, superior=bureau
    )
    placed = add_agency(
        code="tax-2", name="柳溪税务所", level="department", vertical=True, superior=county.top
    )
    assert receiver(branch) == bureau
    assert receiver(placed) is None
    assert placed not in awaited(county.top)
    assert reporting_units(bureau) == [bureau, branch]


def test_the_roll_up_becomes_the_draft_of_the_government(county, cast, accepted) -> None:
    accepted(county.own)
    revision = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    report = revision.as_report()
    assert report.figures[NEW] == 3
    assert report.provenance[NEW].how == "counted"
    assert report.agency == county.top.name


def test_without_an_accepted_report_there_is_nothing_to_roll_up(county, cast) -> None:
    with pytest.raises(NotAllowedError, match="roll up"):
        actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)


def sums(revision) -> list[str]:
    return [j.finding.zh for j in findings(revision) if j.finding.code == "rollup.sum"]


def test_the_sum_of_everything_accepted_agrees_with_itself_own_office_and_all(
    county, cast, accepted
) -> None:
    write(county.top, [received(1, date(YEAR, 5, 1))])
    for agency in (county.own, county.other, county.town):
        accepted(agency)
    revision = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    assert sums(revision) == []
    changed = actions.correct(cast.administrator, revision, "applications.2.total", 7, "试")
    assert "与 本机关和 3 份报告之和不一致" in sums(changed)[0]


def test_joint_appeals_are_counted_once_by_the_check_as_well(county, cast, accepted) -> None:
    for agency in (county.own, county.other):
        joint = {"joint_key": "（2025）行初1号"}
        appeal(
            agency, cast.officer, "litigation_direct", "pending", date(YEAR, 5, 2), **joint
        ).save()
    for agency in (county.own, county.other, county.town):
        accepted(agency)
    revision = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    assert sums(revision) == []


def missing(revision) -> list[str]:
    return [j.finding.found for j in findings(revision) if j.finding.code == "rollup.missing"]


def test_missing_is_what_was_not_accepted_whether_it_is_public_or_not(
    county, cast, accepted, submitted
) -> None:
    accepted(county.own)
    accepted(county.other)
    waiting = submitted(county.town)
    revision = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    assert missing(revision) == [county.town.name]
    actions.accept(cast.supervisor, waiting)
    assert missing(revision) == []


def test_the_text_of_a_roll_up_counts_the_same_reports_as_its_tables(
    county, cast, accepted, submitted
) -> None:
    accepted(county.own)
    submitted(county.other)
    write(county.top, [received(1, date(YEAR, 5, 1))])
    revision = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    assert revision.as_report().figures[NEW] == 4
    assert "网上提交4件" in revision.as_report().sections[0].text


def test_channels_that_make_another_number_than_the_table_are_left_to_a_person(
    county, cast, draft
) -> None:
    revision = draft(county.own)
    for address in ("natural_person", "total"):
        revision = actions.correct(
            cast.administrator, revision, f"applications.1.{address}", 5, "台账以外"
        )
    actions.accept(cast.supervisor, actions.submit(cast.reviewer, ruled(cast, revision)))
    rolled = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    assert rolled.as_report().figures[NEW] == 5
    text = rolled.texts()[1]
    assert "【待写：各提交渠道收到的件数】" in text
    assert "网上提交" not in text


def ruled(cast, revision):
    """The revision with a verdict on every error."""
    for finding in undecided_errors(findings(revision)):
        actions.judge(cast.administrator, revision.report, finding.fingerprint, "accepted", "核实")
    return revision


def test_a_rolled_up_draft_says_what_the_records_tell_otherwise_now(
    county, cast, accepted, submitted
) -> None:
    accepted(county.own)
    waiting = submitted(county.other)
    revision = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    assert not outdated(revision, AS_OF)
    actions.accept(cast.supervisor, waiting)
    found = outdated(revision, AS_OF)
    assert {one.address: (one.reported, one.counted) for one in found.figures}[NEW] == (3, 6)
    assert [(r.address, r.reported, r.counted) for r in found.records] == [(WEB, 3, 6)]
    assert found.statements == ()
    again = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    assert "网上提交6件" in again.as_report().sections[0].text
    assert not outdated(again, AS_OF)


def test_a_text_in_digits_says_what_the_records_tell_otherwise_now(
    county, cast, accepted, submitted
) -> None:
    accepted(county.own)
    revision = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    actions.narrate(cast.administrator, revision, {1: "网上提交3件。"})
    actions.accept(cast.supervisor, submitted(county.other))
    again = actions.roll_up_draft(cast.administrator, county.top, YEAR, AS_OF)
    found = outdated(again, AS_OF)
    assert (found.figures, found.records) == ((), ())
    assert [(s.words, s.stated, s.counted) for s in found.statements] == [("网上提交", 3, 6)]


def test_what_a_figure_of_the_text_is_the_sum_of_is_told_by_agency(county, accepted) -> None:
    accepted(county.own)
    write(county.top, [received(1, date(YEAR, 5, 1))])
    parts = record_parts(county.top, YEAR, AS_OF, WEB)
    assert [(p.agency.code, p.figure) for p in parts] == [("qh", 1), ("qh-cz", 3)]
    assert recorded_of(county.top, YEAR, AS_OF, rolled_up=True)[WEB] == 4


def test_an_accepted_report_counts_with_the_figures_it_keeps(county, cast, accepted) -> None:
    accepted(county.own)
    write(county.own, [received(1, date(YEAR, 5, 1))])
    assert recorded_of(county.own, YEAR, AS_OF)[WEB] == 4
    assert recorded_of(county.top, YEAR, AS_OF, rolled_up=True)[WEB] == 3


def test_one_of_before_such_figures_were_kept_counts_with_its_books(county, accepted) -> None:
    done = accepted(county.own).revision
    body = {name: said for name, said in done.body.items() if name != "records"}
    type(done).objects.filter(pk=done.pk).update(body=body)
    assert recorded_of(county.top, YEAR, AS_OF, rolled_up=True)[WEB] == 3
    assert [p.figure for p in record_parts(county.top, YEAR, AS_OF, WEB)] == [0, 3]


def test_a_compiled_draft_is_outdated_once_the_books_say_more(county, cast, draft) -> None:
    revision = draft(county.own)
    assert not outdated(revision, AS_OF)
    write(county.own, [received(1, date(YEAR, 5, 1))])
    assert NEW in {one.address for one in outdated(revision, AS_OF).figures}
    corrected = actions.correct(cast.officer, revision, NEW, 9, "试")
    assert NEW not in {one.address for one in outdated(corrected, AS_OF).figures}
    frozen = actions.freeze(cast.administrator, ruled(cast, corrected))
    assert not outdated(frozen, AS_OF)
