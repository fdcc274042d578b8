"""Numbers of the page of figures lead to what they count, and charts say what they leave out."""

from __future__ import annotations

import html
import re

import pytest

from gongkai.casework import actions
from gongkai.casework.appeal.models import AppealKind
from gongkai.casework.figures import Load
from gongkai.desk.cases import charts
from gongkai.org.models import Agency, Membership, Role
from tests.casework.handling import DENIED, gone_out


def opening(on, kind=AppealKind.RECONSIDERATION, **more):
    return actions.Opening(kind, "青禾县人民政府", "不服不予公开", on, copy_received_on=on, **more)


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
        address = (
            f"/desk/cases/?view=all&agency={line.agency.code}&alone=1&figure={name}-{today.year}"
        )
        assert address.replace("&", "&amp;") in shown.content.decode()
        listed = client.get(address)
        assert listed.context["page"].paginator.count == getattr(line.load, name) > 0


NUMBERS = re.compile(r'<a href="(/desk/(?:cases|appeals)/[^"]*)">(?:<span[^>]*>)?([\d,]+)<')


def led_to(client, page):
    """Every number of the page that is a link, with how many rows its list has."""
    for address, number in NUMBERS.findall(page):
        listed = client.get(html.unescape(address))
        yield address, int(number.replace(",", "")), listed.context["page"].paginator.count


@pytest.fixture
def contested(office, received, legality, county, officer, today):
    """Two appeals ended this year, one against the agency, and one about no case of ours that
    went against it; one that the organ of reconsideration counts elsewhere."""
    for how in ("annulled", "upheld"):
        case = received()
        office.signed(case, DENIED, on=today)
        gone_out(office, case, today)
        appeal = actions.open_appeal(legality, case, opening(today))
        actions.conclude(legality, appeal, how, on=today)
    for changes in ({}, {"joint_key": "（2026）行初1号", "counted": False}):
        kind = AppealKind.AFTER if changes else AppealKind.RECONSIDERATION
        other = actions.open_appeal_elsewhere(officer, county.own, opening(today, kind, **changes))
        actions.conclude(officer, other, "annulled", on=today)


def test_every_number_leads_to_exactly_as_many_rows(year_of_work, contested, desk, head, today):
    client = desk(head)
    page = client.get(f"/desk/figures/?year={today.year}").content.decode()
    found = list(led_to(client, page))
    assert [one for one in found if one[1] != one[2]] == []
    appeals = [address for address, *_ in found if address.startswith("/desk/appeals/")]
    assert [re.findall(r"figure=(\w+)", one) for one in appeals] == [
        ["corrected"],
        ["concluded"],
        ["corrected"],
    ]
    assert all("decided=A4" in one for one in appeals[1:])


def test_no_number_of_the_tables_is_bare(year_of_work, contested, desk, head, today):
    page = desk(head).get(f"/desk/figures/?year={today.year}").content.decode()
    tables = page[page.index('id="by-agency"') :]
    assert re.findall(r'<td class="num">[1-9][\d,]*</td>', tables) == []


def test_a_number_of_an_agency_leaves_out_the_agencies_below_it(
    year_of_work, contested, application, desk, head, colleague, county, today
):
    actions.receive(colleague, application(agency=county.other))
    appeal = actions.open_appeal_elsewhere(colleague, county.other, opening(today))
    actions.conclude(colleague, appeal, "annulled", on=today)
    Membership.objects.create(user=head, agency=county.other, role=Role.HEAD)
    path = f"{county.own.path}{county.other.code}/"
    Agency.objects.filter(pk=county.other.pk).update(path=path)
    client = desk(head)
    shown = client.get(f"/desk/figures/?year={today.year}")
    assert len(shown.context["lines"]) == 2
    found = list(led_to(client, shown.content.decode()))
    assert [one for one in found if one[1] != one[2]] == []


def test_an_agency_of_which_only_an_appeal_is_known_has_its_line(
    desk, head, officer, county, today
):
    appeal = actions.open_appeal_elsewhere(officer, county.own, opening(today))
    actions.conclude(officer, appeal, "annulled", on=today)
    (line,) = desk(head).get(f"/desk/figures/?year={today.year}").context["lines"]
    assert (line.load, line.corrected) == (Load(), 1)


@pytest.mark.parametrize("said", ["figure=corrected", "figure=received-2026", "decided=A4"])
def test_a_figure_of_appeals_that_is_none_is_passed_over(contested, desk, officer, said):
    shown = desk(officer).get(f"/desk/appeals/?view=all&{said}")
    assert shown.context["page"].paginator.count == 4


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


BARS = re.compile(r'<a href="([^"]*)" tabindex="-1"><title>([^<]*)</title>')


@pytest.fixture
def two_agencies(year_of_work, application, colleague, head, county):
    """The work of a year, and a case of another agency that the head also sees."""
    actions.receive(colleague, application(agency=county.other))
    Membership.objects.create(user=head, agency=county.other, role=Role.HEAD)


def test_a_bar_leads_where_the_number_of_the_table_leads(two_agencies, desk, head, today):
    client = desk(head)
    page = client.get(f"/desk/figures/?year={today.year}").content.decode()
    received, *_ = page.split("</figure>")
    found = {title: html.unescape(href) for href, title in BARS.findall(received)}
    assert len(found) == 2
    tables = page[page.index('id="by-agency"') :]
    for title, address in found.items():
        assert address.replace("&", "&amp;") in tables
        listed = client.get(address).context["page"].paginator.count
        assert title.endswith(f" {listed}")


def test_the_data_under_a_chart_has_the_same_links(two_agencies, desk, head, today):
    page = desk(head).get(f"/desk/figures/?year={today.year}").content.decode()
    charts_of = page[page.index('class="charts"') : page.index('id="by-agency"')]
    bars = {html.unescape(href) for href, _ in BARS.findall(charts_of)}
    data = {
        html.unescape(href) for href in re.findall(r'<td class="num"><a href="([^"]*)"', charts_of)
    }
    assert bars == data != set()


def test_a_bar_of_an_agency_whose_cases_are_not_seen_leads_nowhere(
    two_agencies, desk, supervisor, today
):
    page = desk(supervisor).get(f"/desk/figures/?year={today.year}").content.decode()
    assert 'id="chart-received"' in page
    assert BARS.findall(page) == []


def test_a_bar_of_an_outcome_leads_to_the_cases_answered_so(year_of_work, desk, head, today):
    client = desk(head)
    page = client.get(f"/desk/figures/?year={today.year}").content.decode()
    [(href, title)] = set(BARS.findall(page[page.index('id="chart-outcomes"') :]))
    listed = client.get(html.unescape(href))
    assert title.endswith(f" {listed.context['page'].paginator.count}")
    assert listed.context["page"].paginator.count == 1
    assert f"{today.year}年{title.rpartition(' ')[0]}" in listed.content.decode()
