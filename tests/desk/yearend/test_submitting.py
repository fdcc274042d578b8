"""A report goes to the office above, comes back or is accepted, and is added up there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Reminder, Revision, Submission
from gongkai.casework.appeal.models import Appeal
from gongkai.org.models import Membership, Role
from tests.annual_report.compiling.books import appeal
from tests.desk.yearend.conftest import YEAR, text

OWN = f"/desk/reports/qh-cz/{YEAR}/1/"
OFFICE = f"/desk/reports/yearend/qh/{YEAR}/"
UNIT = f"{OFFICE}of/qh-cz/"


def seen(client: Client) -> str:
    return str(client.get(UNIT).context["seen"])


def test_a_head_submits_and_reads_that_it_waits(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    revision, client = compiled(county.own), desk(cast.reviewer)
    answer = client.post(OWN + "submit/", {"seen": revision.content_hash}, follow=True)
    assert "已报送青禾县人民政府，等待审核" in text(answer)
    assert Submission.objects.get().step == "submitted"


def test_an_officer_reads_whose_part_it_is(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    compiled(county.own)
    assert "由审核人报送。" in text(desk(cast.officer).get(OWN))


def test_what_is_still_to_be_written_keeps_it_from_being_submitted(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own)
    client = desk(cast.reviewer)
    client.post(f"/desk/reports/compile/qh-cz/{YEAR}/draft/")
    assert "处没有写。" in text(client.get(OWN))
    revision = Revision.objects.get()
    answer = client.post(OWN + "submit/", {"seen": revision.content_hash})
    assert answer.status_code in {409, 422}
    assert not Submission.objects.exists()


def test_the_office_sees_every_agency_with_its_day_and_who_is_missing(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    submitted(county.own)
    answer = desk(cast.supervisor).get(OFFICE)
    states = {unit.agency.code: unit.state for unit, *_ in answer.context["rows"]}
    assert states == {"qh-cz": "submitted", "qh-mz": "missing", "qh-lx": "missing"}
    assert date(YEAR + 1, 1, 31).isoformat() in text(answer)
    missing = desk(cast.supervisor).get(OFFICE, {"view": "missing"}).context["rows"]
    assert [unit.agency.code for unit, *_ in missing] == ["qh-mz", "qh-lx"]


def test_the_office_accepts(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    submitted(county.own)
    client = desk(cast.supervisor)
    client.post(UNIT + "accept/", {"seen": seen(client)})
    assert Submission.objects.get().step == "accepted"
    assert "青禾县人民政府审核通过" in text(desk(cast.officer).get(OWN))


def test_the_office_returns_with_reasons_that_the_agency_reads(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    submitted(county.own)
    client = desk(cast.supervisor)
    assert client.post(UNIT + "return/", {"seen": seen(client), "reason": " "}).status_code == 422
    client.post(UNIT + "return/", {"seen": seen(client), "reason": "许可数与月报不符"})
    assert Revision.objects.get().state == "draft"
    for page in (OWN, "/desk/reports/"):
        assert "许可数与月报不符" in text(desk(cast.officer).get(page))


def test_what_was_decided_meanwhile_is_told(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    submission, client = submitted(county.own), desk(cast.supervisor)
    old = seen(client)
    actions.return_submission(cast.superuser, submission, "改")
    assert client.post(UNIT + "accept/", {"seen": old}).status_code == 409
    assert Submission.objects.get().step == "returned"


def test_a_reminder_stands_on_the_desk_of_the_agency_until_it_has_submitted(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    submitted: Callable[..., Submission],
) -> None:
    said = {"unit": ["qh-cz", "qh-mz"], "words": "请于周五前报送"}
    desk(cast.supervisor).post(OFFICE + "remind/", said)
    assert Reminder.objects.count() == 2
    assert "请于周五前报送" in text(desk(cast.officer).get("/desk/reports/"))
    submitted(county.own)
    assert "请于周五前报送" not in text(desk(cast.officer).get("/desk/reports/"))


@pytest.mark.parametrize("verb", ["remind/", "of/qh-cz/accept/", "of/qh-cz/return/"])
def test_only_the_office_above_decides_and_reminds(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
    verb: str,
) -> None:
    submission = submitted(county.own)
    Membership.objects.create(user=cast.stranger, agency=county.top, role=Role.CASE_OFFICER)
    client = desk(cast.stranger)
    answer = client.post(
        OFFICE + verb, {"unit": "qh-cz", "words": "快", "reason": "改", "seen": seen(client)}
    )
    assert answer.status_code == 403
    assert Submission.objects.get(pk=submission.pk).step == "submitted"


def test_an_agency_does_not_see_the_overview_of_the_office(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    assert desk(cast.officer).get(OFFICE).status_code == 403


def test_the_sum_tells_what_each_agency_adds_and_who_is_not_in_it(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    actions.accept(cast.supervisor, submitted(county.own))
    client = desk(cast.supervisor)
    page = client.get(OFFICE + "sum/")
    assert [one.code for one in page.context["found"].missing] == ["qh-mz", "qh-lx"]
    cell = client.get(OFFICE + "sum/applications.1.total/")
    added = {part.agency.code: part.figure for part in cell.context["parts"]}
    assert (cell.context["figure"], added) == (3, {"qh": 0, "qh-cz": 3})


def test_a_joint_appeal_counts_once_and_the_page_says_so(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    opened = date(YEAR, 5, 1)
    Appeal.objects.bulk_create(
        appeal(agency, cast.administrator, "reconsideration", "pending", opened, joint_key="共1")
        for agency in (county.own, county.other)
    )
    for agency in (county.own, county.other):
        actions.accept(cast.supervisor, submitted(agency))
    cell = desk(cast.supervisor).get(OFFICE + "sum/appeals.reconsideration.pending/")
    assert (cell.context["joint"], cell.context["figure"]) == (1, 1)
    assert "共同被告的案件多计的" in text(cell)


def test_the_sum_becomes_the_draft_of_the_government_and_its_cells_lead_to_the_parts(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    actions.accept(cast.supervisor, submitted(county.own))
    client = desk(cast.administrator)
    answer = client.post(OFFICE + "sum/draft/")
    assert answer["Location"] == f"/desk/reports/qh/{YEAR}/1/narrative/"
    panel = client.get(f"/desk/reports/qh/{YEAR}/1/?cell=applications.1.total")
    assert f'href="{OFFICE}sum/applications.1.total/"' in text(panel)


def test_the_panel_of_a_counted_cell_leads_to_the_records_of_that_day(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    as_of = compiled(county.own).as_of
    assert as_of is not None
    page = text(desk(cast.officer).get(OWN + "?cell=applications.1.total"))
    there = f"/desk/reports/compile/qh-cz/{YEAR}/cells/applications.1.total/?as_of={as_of}"
    assert f'href="{there}"' in page


def test_a_correction_after_publication_shows_at_the_office_and_in_public(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    revision = actions.accept(cast.supervisor, submitted(county.own)).revision
    assert revision is not None
    actions.publish(cast.administrator, revision)
    fresh = actions.revise(cast.administrator, revision)
    texts: dict[int, Any] = {6: "更正后的一段。"}
    actions.narrate(cast.administrator, fresh, texts)
    frozen = actions.freeze(cast.administrator, Revision.objects.get(number=2))
    actions.publish(cast.administrator, frozen, "更正了第六部分")
    assert "更正了第六部分" in text(desk(cast.supervisor).get(UNIT))
    assert "更正了第六部分" in text(Client().get(f"/reports/qh-cz/{YEAR}/"))


def test_what_was_never_submitted_is_to_be_reminded_of_first(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    compiled(county.own)
    page = text(desk(cast.supervisor).get(UNIT))
    assert "还没有报送，先催报。" in page
    assert "没有待审核的报送" not in page


def test_who_has_submitted_is_left_out_of_reminders_and_the_filter_stays(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    submitted(county.own)
    said = {"unit": ["qh-cz", "qh-mz"], "words": "快", "view": "missing"}
    answer = desk(cast.supervisor).post(OFFICE + "remind/", said, follow=True)
    assert [one.agency for one in Reminder.objects.all()] == [county.other]
    assert "1 个机关已经报送或者公布，没有提醒。" in text(answer)
    assert answer.context["view"] == "missing"


def test_a_unit_with_contradictions_is_accepted_with_a_note_that_stays(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    publish(draft(county.own, YEAR - 1))
    submitted(county.own)
    client = desk(cast.supervisor)
    assert 'name="note"' in text(client.get(UNIT))
    refused = client.post(UNIT + "accept/", {"seen": seen(client)})
    assert refused.status_code == 422
    client.post(UNIT + "accept/", {"seen": seen(client), "note": "已核实，上年漏登"})
    page = text(client.get(UNIT))
    assert "通过时已知的问题" in page
    assert "已核实，上年漏登" in page
    office = client.get(OFFICE)
    assert "通过时已知" in text(office)
    assert {name: n for name, _, n in office.context["chips"]}["contradicting"] == 0


def test_a_submitted_report_is_not_taken_back_by_its_own_office(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    submitted(county.own)
    steps = {one.verb: one.why_not for one in desk(cast.reviewer).get(OWN).context["steps"]}
    assert "须由主管部门退回" in steps["unfreeze"]


def test_an_outdated_draft_says_so_and_what_the_records_say(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    submitted: Callable[..., Submission],
    desk: Callable[..., Client],
) -> None:
    actions.accept(cast.supervisor, submitted(county.own))
    client = desk(cast.administrator)
    client.post(OFFICE + "sum/draft/")
    pages = ("1/", "1/narrative/")
    for page in pages:
        assert "这份草稿的数已经过时" not in text(client.get(f"/desk/reports/qh/{YEAR}/{page}"))
    actions.accept(cast.supervisor, submitted(county.other))
    for page in pages:
        shown = text(client.get(f"/desk/reports/qh/{YEAR}/{page}"))
        assert "这份草稿的数已经过时" in shown
        assert "网上提交的申请：草稿 3，现在 6" in shown
    assert "这份草稿的数已经过时" in text(client.get(OFFICE + "sum/"))
