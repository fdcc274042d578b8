"""Numbers of the page of figures lead to what they count, and charts say what they leave out."""

from __future__ import annotations

import re

import pytest

from gongkai.casework import actions
from gongkai.casework.figures import Load
from gongkai.desk.cases import charts
from gongkai.org.models import Agency


@pytest.fixture
def year_of_work(office, received, officer, today):
    """One answered in time, one withdrawn, one overdue from an earlier year, one running."""
    case = received()
    office.signed(case)
    actions.dispatch(officer, case.letters.get(), actions.Sending("post", posted_on=today))
    actions.withdraw(officer, received(), on=today)
    received(ago=400)
    received()


def test_every_number_leads_to_the_list_of_what_it_counts(year_of_work, desk, head, today):
    client = desk(head)
    shown = client.get(f"/desk/figures/?year={today.year}")
    (line,) = shown.context["lines"]
    for name in ("carried", "received", "answered", "on_time", "withdrawn", "unfinished"):
        address = f"/desk/cases/?view=all&agency={line.agency.code}&figure={name}-{today.year}"
        assert address.replace("&", "&amp;") in shown.content.decode()
        listed = client.get(address)
        assert listed.context["page"].paginator.count == getattr(line.load, name) > 0


def test_the_totals_lead_to_lists_where_all_cases_are_seen(year_of_work, desk, head, today):
    page = desk(head).get(f"/desk/figures/?year={today.year}").content.decode()
    stats = page[page.index('class="stats"') : page.index("</dl>")]
    assert len(re.findall("href=", stats)) == 6
    assert "/desk/cases/?view=overdue" in stats


def test_a_list_that_came_from_a_figure_says_so(year_of_work, desk, officer, today):
    shown = desk(officer).get(f"/desk/cases/?view=all&figure=on_time-{today.year}")
    assert f"{today.year}年按期" in shown.content.decode()
    assert shown.context["filtering"]


@pytest.mark.parametrize("figure", ["on_time", "on_time-", "secret-2026", "on_time-20x6", "-2026"])
def test_a_figure_that_is_none_is_passed_over(year_of_work, desk, officer, figure):
    shown = desk(officer).get(f"/desk/cases/?view=all&figure={figure}")
    assert shown.context["page"].paginator.count == 4


def test_for_a_supervisor_numbers_lead_to_the_figures_of_the_agency(
    year_of_work, desk, supervisor, today
):
    shown = desk(supervisor).get(f"/desk/figures/?year={today.year}")
    (line,) = shown.context["lines"]
    page = shown.content.decode()
    own = f"?agency={line.agency.code}&amp;year={today.year}"
    assert page.count(f'href="{own}"') == 2
    assert 'href="#by-agency"' in page
    assert "/desk/cases/?" not in page
    assert desk(supervisor).get(f"/desk/figures/{own}").status_code == 200


def test_a_chart_says_how_many_it_leaves_out_and_its_table_holds_all():
    agencies = [Agency(pk=n, name=f"第{n}局", short_name=f"第{n}局") for n in range(1, 26)]
    loads = {one.pk: Load(received=one.pk, answered=1, on_time=1) for one in agencies}
    for chart in charts.drawn(agencies, loads, {}, 2026):
        assert len(chart.rows) == 25
        assert "另外 5 个" in chart.note
    few = charts.drawn(agencies[:3], loads, {}, 2026)
    assert [chart.note for chart in few] == ["", ""]
