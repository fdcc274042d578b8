"""The tables of a year as the books stand, and from every figure to what it counts."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.annual_report import actions
from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.models import Revision
from gongkai.casework.application.models import Case
from gongkai.desk.yearend.sources import Asked, source
from gongkai.law.forms import form
from gongkai.publishing.register.models import Tally
from tests.desk.yearend.conftest import YEAR, text

LIVE = f"/desk/reports/compile/qh-cz/{YEAR}/"


def cell(address: str) -> str:
    return f"{LIVE}cells/{address}/"


def test_every_figure_leads_to_its_records(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own)
    page = text(desk(cast.officer).get(LIVE))
    for address in compile_report(county.own, YEAR, timezone.localdate()).report.figures:
        assert cell(address) in page


def test_one_cell_alone_is_counted_as_in_the_table(
    county: SimpleNamespace, books: Callable[..., None]
) -> None:
    books(county.own)
    today = timezone.localdate()
    report = compile_report(county.own, YEAR, today).report
    layout = form(report.form or "")
    for address, figure in report.figures.items():
        assert source(Asked(county.own, YEAR, address, today), layout).figure == figure, address


def test_a_case_is_listed_with_number_kind_day_and_result_and_names_nobody(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own)
    answer = desk(cast.officer).get(cell("applications.3.1.natural_person"))
    lines = answer.context["lines"]
    assert len(lines) == 2
    case = Case.objects.get(pk=lines[0].entry.case_id)
    assert f'href="/desk/cases/{case.pk}/"' in text(answer)
    assert case.number in text(answer)
    assert case.description not in text(answer)


def test_who_sees_no_cases_reads_the_numbers_without_links(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own)
    page = text(desk(cast.supervisor).get(cell("applications.1.total")))
    assert "/desk/cases/" not in page.split("<h1")[1]
    assert "导出 Excel" not in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("applications.2.total", "上年年底"),
        ("applications.4.total", "不另外填写"),
        ("appeals.reconsideration.total", "受理"),
        ("proactive.licensing.decisions", "填报"),
        ("proactive.normative_documents.made", "成文日期"),
    ],
)
def test_it_says_how_the_figure_comes_about(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
    address: str,
    words: str,
) -> None:
    books(county.own)
    assert words in text(desk(cast.officer).get(cell(address)))


def test_the_list_of_cases_goes_on_page_after_page(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own, applications__1__natural_person=130)
    client, seen, after = desk(cast.officer), [], ""
    while True:
        answer = client.get(cell("applications.1.total"), {"after": after} if after else {})
        seen += [line.entry.case_id for line in answer.context["lines"]]
        after = answer.context["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 130


def test_a_mark_that_no_page_gave_is_not_found(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    client = desk(cast.officer)
    for wrong in ("x", "0.x_y_z", "9999999999999999999999"):
        assert client.get(cell("applications.1.total"), {"after": wrong}).status_code == 404


def test_the_cases_are_taken_away_as_a_workbook_that_names_nobody(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own)
    answer = desk(cast.officer).get(cell("applications.1.total") + "cases.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("登记号", "申请人类型", "日期", "表中的结果", "处理结果")
    assert len(rows) == 4


def test_what_has_not_been_reported_is_told_and_leads_to_where_it_is_reported(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own)
    Tally.objects.filter(matter="licence", month=7).delete()
    answer = desk(cast.officer).get(LIVE)
    assert [gap.months for gap in answer.context["missing"]] == [(7,)]
    assert f"/desk/register/qh-cz/tallies/{YEAR}/" in text(answer)


def test_the_panel_of_a_figure_that_was_counted_says_so(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own)
    client = desk(cast.officer)
    client.post(LIVE + "draft/")
    page = f"/desk/reports/qh-cz/{YEAR}/1/?cell=applications.1.total"
    panel = text(client.get(page, headers={"X-Fragment": "panel"}))
    assert "由登记计数" in panel
    assert "照原文读出" not in panel


def test_a_draft_with_its_first_text_is_made_by_one_button(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own)
    answer = desk(cast.officer).post(LIVE + "draft/")
    revision = Revision.objects.get()
    assert answer["Location"] == f"/desk/reports/qh-cz/{YEAR}/1/narrative/"
    assert revision.as_report().figures["applications.1.total"] == 3
    assert "全年办结2件" in revision.as_report().sections[0].text


def test_what_the_books_tell_otherwise_after_it_was_final_is_told(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    compiled: Callable[..., Revision],
    desk: Callable[..., Client],
) -> None:
    actions.freeze(cast.administrator, compiled(county.own))
    Tally.objects.filter(matter="licence", month=1).update(amount=9)
    page = text(desk(cast.officer).get(LIVE))
    assert "定稿 5，现在 9" in page


@pytest.mark.parametrize("page", ["", "cells/applications.1.total/"])
def test_a_stranger_reads_why_not(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client], page: str
) -> None:
    assert desk(cast.stranger).get(LIVE + page).status_code == 403


def test_a_year_without_a_form_or_to_come_and_an_unknown_cell_are_not_found(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    client = desk(cast.officer)
    assert client.get("/desk/reports/compile/qh-cz/2018/").status_code == 404
    assert client.get(f"/desk/reports/compile/qh-cz/{YEAR + 2}/").status_code == 404
    assert client.get(cell("applications.9.total")).status_code == 404


def test_the_form_of_2019_has_one_row_for_three(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    client = desk(cast.officer)
    assert client.get("/desk/reports/compile/qh-cz/2020/").status_code == 200
    there = "/desk/reports/compile/qh-cz/2020/cells/applications.3.6.total/"
    assert client.get(there).context["source"].figure == 0


def test_whoever_works_for_one_agency_is_led_to_its_year(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    choose = "/desk/reports/compile/"
    assert desk(cast.officer).get(choose)["Location"].startswith(f"{choose}qh-cz/")
    assert "县民政局" in text(desk(cast.supervisor).get(choose))


def test_without_a_report_of_the_year_before_nothing_is_said_to_agree_with_it(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    books: Callable[..., None],
    desk: Callable[..., Client],
) -> None:
    books(county.own)
    page = text(desk(cast.officer).get(LIVE))
    assert "没有上年的报告，结转无从核对" in page
    assert "与上年的结转相符" not in page


def test_a_tally_that_was_never_reported_leads_to_where_it_is(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    page = text(desk(cast.officer).get(cell("proactive.penalties.decisions")))
    assert "这一年还没有填报过。" in page
    assert "列在下面" not in page
    assert f"/{YEAR}/" in page.partition("到月度统计填报")[0].rpartition("href=")[2]
