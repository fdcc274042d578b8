"""Lists of stored reports: who sees what, found how, in which order, in how many queries."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual_report import actions, queries
from gongkai.annual_report.cells import picked
from gongkai.annual_report.measures import MEASURES, in_group
from gongkai.annual_report.models import Revision
from gongkai.law.forms import VERSIONS, form

RECEIVED = MEASURES["received"]


def names(rows):
    return [(revision.report.agency.code, revision.report.year) for revision in rows]


@pytest.fixture
def shelf(published, draft):
    """Published: own 2022 and 2023, other 2023, the town 2022. A draft: other 2024."""
    for agency, year in (("own", 2022), ("own", 2023), ("other", 2023), ("town", 2022)):
        published(agency, year)
    draft("other", 2024)


class TestPublished:
    def test_lists_the_newest_year_first_then_in_official_order(self, shelf):
        assert names(queries.published()) == [
            ("qh-cz", 2023),
            ("qh-mz", 2023),
            ("qh-cz", 2022),
            ("qh-lx", 2022),
        ]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"text": "財政"}, [("qh-cz", 2023), ("qh-cz", 2022)]),
            ({"text": "minzhengju"}, [("qh-mz", 2023)]),
            ({"text": "  "}, [("qh-cz", 2023), ("qh-mz", 2023), ("qh-cz", 2022), ("qh-lx", 2022)]),
            ({"year": 2022}, [("qh-cz", 2022), ("qh-lx", 2022)]),
            ({"level": "township"}, [("qh-lx", 2022)]),
            ({"text": "财政", "year": 2022}, [("qh-cz", 2022)]),
            ({"text": "%"}, []),
            ({"year": 1999}, []),
        ],
        ids=str,
    )
    def test_is_narrowed_by_name_year_and_level(self, shelf, asked, found):
        assert names(queries.published(**asked)) == found

    def test_is_narrowed_to_an_agency_or_to_what_stands_below_one(self, shelf, county):
        assert names(queries.published(agency=county.other)) == [("qh-mz", 2023)]
        assert len(queries.published(below=county.top)) == 4
        assert len(queries.published(below=county.outside)) == 0

    def test_names_the_years_there_are(self, shelf, county):
        assert queries.published_years() == [2023, 2022]
        assert queries.published_years(county.other) == [2023]

    def test_names_the_agencies_there_are(self, shelf):
        assert [a.code for a in queries.publishing_agencies()] == ["qh-cz", "qh-mz", "qh-lx"]

    def test_a_page_costs_the_same_however_long_it_is(self, shelf, django_assert_num_queries):
        with django_assert_num_queries(2):
            page = queries.paged(queries.published(), 1, size=3)
            assert [(r.report.agency.name, r.source.name, r.title) for r in page]
        assert (page.paginator.count, page.has_next()) == (4, True)

    @pytest.mark.parametrize(("asked", "given"), [(None, 1), ("x", 1), (99, 2), (-1, 2), ("2", 2)])
    def test_a_page_that_is_not_there_gives_the_nearest(self, shelf, asked, given):
        assert queries.paged(queries.published(), asked, size=2).number == given

    def test_comes_without_the_bodies(self, shelf):
        assert "body" in queries.published()[0].get_deferred_fields()


class TestHistory:
    def test_shows_the_published_revision_first_and_the_superseded_after(self, cast, published):
        second = actions.revise(cast.officer, published())
        assert [r.number for r in queries.public_history("qh-cz", 2023)] == [1]
        actions.publish(cast.reviewer, actions.freeze(cast.reviewer, second), "更正。")
        assert [r.number for r in queries.public_history("qh-cz", 2023)] == [2, 1]

    @pytest.mark.parametrize(("code", "year"), [("qh-mz", 2024), ("qh-cz", 1999), ("none", 2023)])
    def test_says_nothing_of_what_was_never_published(self, shelf, code, year):
        assert queries.public_history(code, year) == []

    def test_needs_one_query(self, shelf, django_assert_num_queries):
        with django_assert_num_queries(1):
            for revision in queries.public_history("qh-cz", 2023):
                assert revision.report.agency.name
                assert revision.source.name


class TestDesk:
    @pytest.mark.parametrize(
        ("person", "seen"),
        [
            ("officer", []),
            ("colleague", [("qh-mz", 2024)]),
            ("supervisor", [("qh-mz", 2024)]),
            ("administrator", [("qh-mz", 2024)]),
            ("superuser", [("qh-mz", 2024)]),
            ("stranger", []),
            ("anonymous", []),
        ],
    )
    def test_shows_drafts_to_those_who_have_to_do_with_them(self, shelf, cast, person, seen):
        assert names(queries.open_revisions(getattr(cast, person))) == seen

    def test_lists_reports_in_any_state(self, shelf, cast):
        assert [str(r) for r in queries.visible_reports(cast.officer)] == [
            "青禾县财政局 2023",
            "青禾县财政局 2022",
        ]

    def test_narrows_drafts_by_state_name_and_year(self, shelf, cast):
        user = cast.administrator
        assert not queries.open_revisions(user, state="frozen")
        assert names(queries.open_revisions(user, text="民政", year=2024)) == [("qh-mz", 2024)]

    def test_lists_all_revisions_of_a_report_newest_first(self, cast, published):
        second = actions.revise(cast.officer, published())
        assert [r.number for r in queries.revisions(second.report)] == [2, 1]

    def test_finds_one_revision_with_all_its_page_needs(self, shelf, django_assert_num_queries):
        with django_assert_num_queries(1):
            revision = queries.revision("qh-mz", 2024, 1)
            assert revision.report.agency.superior.name
            assert revision.created_by.username
            assert revision.source.name
        assert queries.revision("qh-mz", 2024, 2) is None

    def test_a_list_of_drafts_costs_the_same_however_long(
        self, shelf, cast, draft, django_assert_num_queries
    ):
        draft("own", 2024)
        with django_assert_num_queries(3):
            page = queries.paged(queries.open_revisions(cast.administrator), 1)
            assert [(r.report.agency.name, r.created_by.username) for r in page]


class TestFigures:
    def test_a_cell_is_picked_from_every_table_as_the_report_has_it(self, published):
        revision = published()
        report = revision.as_report()
        addresses = list(form("2021").addresses)
        ((_, year, cells),) = picked(Revision.objects.all(), addresses)
        assert year == 2023
        assert cells == {address: report.figures[address] for address in addresses}

    def test_a_cell_that_is_blank_or_not_in_the_form_is_none(self, draft):
        draft(change={"proactive.licensing.decisions": None})
        asked = ["proactive.licensing.decisions", "applications.3.6.total"]
        ((_, _, cells),) = picked(Revision.objects.all(), asked)
        assert cells == dict.fromkeys(asked)

    def test_an_amount_keeps_its_six_decimals(self, cast, draft):
        amount = "proactive.fees.amount_wan"
        actions.correct(cast.officer, draft(), amount, Decimal("1234.567891"), "x")
        ((_, _, cells),) = picked(Revision.objects.all(), [amount])
        assert cells[amount] == Decimal("1234.567891")

    def test_a_series_runs_over_the_published_years(self, shelf, county, django_assert_num_queries):
        with django_assert_num_queries(1):
            points = queries.series(county.own, list(MEASURES.values()))
        assert [point.year for point in points] == [2022, 2023]
        assert all(point.values["received"] is not None for point in points)

    def test_the_outcomes_add_up_to_what_was_concluded(self, published, county):
        for year in (2020, 2023):
            published(year=year)
        for point in queries.series(county.own, list(MEASURES.values())):
            outcomes = [point.values[measure.code] for measure in in_group("outcome")]
            assert sum(outcomes) == point.values["concluded"]

    def test_a_matrix_has_gaps_where_nothing_is_published(
        self, shelf, county, django_assert_num_queries
    ):
        agencies = [county.own, county.other]
        with django_assert_num_queries(1):
            matrix = queries.matrix(agencies, [2022, 2023, 2024], [RECEIVED])
        known = [
            (agency.code, year)
            for agency in agencies
            for year in matrix.years
            if matrix.value(agency, year, "received") is not None
        ]
        assert known == [("qh-cz", 2022), ("qh-cz", 2023), ("qh-mz", 2023)]


class TestMeasures:
    def test_every_cell_of_a_measure_is_a_cell_of_some_form(self):
        known = {address for version in VERSIONS for address in form(version).addresses}
        for measure in MEASURES.values():
            assert set(measure.addresses) <= known

    def test_a_blank_is_not_counted_as_zero(self):
        assert RECEIVED.value({"applications.1.total": None}) is None
        assert RECEIVED.value({"applications.1.total": 0}) == 0

    def test_parts_that_are_there_are_added(self):
        litigation = MEASURES["litigation"]
        assert litigation.value({"appeals.litigation_direct.total": 2}) == 2
        amount = Decimal("1.5")
        assert MEASURES["fees"].value({"proactive.fees.amount_wan": amount}) == amount

    def test_a_measure_is_named_in_both_languages(self):
        assert (RECEIVED.label("zh-hans"), RECEIVED.label("en")) == ("本年新收", "Received")
