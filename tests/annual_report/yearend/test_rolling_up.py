"""The government's report is the sum of what was accepted below, cell by cell."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual_report import actions
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.yearend.receiving import awaited, receiver, reporting_units
from gongkai.annual_report.yearend.rolling_up import roll_up
from gongkai.org.actions import add_agency, move_agency
from tests.annual_report.compiling.books import appeal
from tests.annual_report.yearend.conftest import AS_OF, YEAR
from tests.casework.ledger.books import received, write

NEW = "applications.1.total"
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
