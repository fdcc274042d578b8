"""Units report month by month; what was reported before stays; what is missing is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.org.importing.problems import UnusableFileError
from gongkai.org.models import Unit
from gongkai.publishing import actions
from gongkai.publishing.actions import Count
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register import tallies
from gongkai.publishing.register.models import Tally
from gongkai.publishing.register.tally_workbook import workbook
from gongkai.trail.models import Entry

TODAY = timezone.localdate()
YEAR = TODAY.year - 1
Report = Callable[..., Tally]


@pytest.fixture
def units(county: SimpleNamespace) -> SimpleNamespace:
    def unit(name: str, code: str, position: int) -> Unit:
        return Unit.objects.create(
            agency=county.own, code=code, name=name, position=position, sort_key=code
        )

    return SimpleNamespace(licences=unit("审批科", "sp", 1), fines=unit("监督科", "jd", 2))


@pytest.fixture
def report(cast: SimpleNamespace, county: SimpleNamespace) -> Report:
    """Reports one number of `own` as its officer."""

    def make(amount: str = "12", **more: Any) -> Tally:
        said: dict[str, Any] = {"unit": None, "matter": "licence", "year": YEAR, "month": 3}
        said |= {"amount": Decimal(amount), **more}
        return actions.report_tally(cast.officer, county.own, Count(**said))

    return make


def sheet(*rows: tuple[Any, ...]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("月度统计")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            page.write(number, place, cell)
    book.close()
    return out.getvalue()


LONG = ("内设机构", "事项", "年", "月", "数量", "更正理由")


def problems(plan: Any) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in plan.problems]


def test_the_same_number_again_changes_nothing(report: Report) -> None:
    assert report("12").pk == report("12.00").pk
    assert Tally.objects.count() == 1


def test_a_correction_keeps_the_number_before_and_why(report: Report) -> None:
    report("12")
    corrected = report("13", reason="漏报一件")
    assert [t.amount for t in tallies.earlier(corrected)] == [Decimal(12)]
    assert corrected.reason == "漏报一件"
    line = Entry.objects.get(verb="publishing.correct_tally")
    assert '"before":"12.00"' in line.details_json


def test_a_correction_without_a_reason_is_refused(report: Report) -> None:
    report("12")
    with pytest.raises(NotAllowedError) as refused:
        report("13", reason=" ")
    assert refused.value.reason == "reason_missing"
    assert Tally.objects.get().amount == 12


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"amount": "1.5"}, "bad_tally"),
        ({"amount": "-1"}, "bad_tally"),
        ({"amount": "NaN"}, "bad_tally"),
        ({"amount": "1e15"}, "bad_tally"),
        ({"amount": "0.001", "matter": "fee"}, "bad_tally"),
        ({"month": 13}, "bad_tally"),
        ({"month": 0}, "bad_tally"),
        ({"year": 1999}, "bad_tally"),
        ({"matter": "parking"}, "bad_tally"),
        ({"year": TODAY.year + 1}, "future_month"),
    ],
)
def test_what_no_tally_can_be_is_refused(report: Report, more: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        report(**more)
    assert refused.value.reason == reason
    assert not Tally.objects.exists()


def test_a_unit_of_another_agency_is_refused(report: Report, county: SimpleNamespace) -> None:
    unit = Unit.objects.create(agency=county.other, code="x", name="某科", sort_key="x")
    with pytest.raises(NotAllowedError) as refused:
        report(unit=unit)
    assert refused.value.reason == "other_agency"


@pytest.mark.parametrize("who", ["drafter", "legality_reviewer", "colleague", "supervisor"])
def test_others_report_nothing(cast: SimpleNamespace, county: SimpleNamespace, who: str) -> None:
    count = Count(None, "licence", YEAR, 3, Decimal(1))
    with pytest.raises(NotAllowedError, match="role"):
        actions.report_tally(getattr(cast, who), county.own, count)


def test_a_page_of_numbers_is_kept_whole_or_not_at_all(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    good = [Count(None, "penalty", YEAR, month, Decimal(month)) for month in (1, 2)]
    bad = Count(None, "penalty", YEAR, 3, Decimal("0.5"))
    with pytest.raises(NotAllowedError):
        actions.report_tallies(cast.officer, county.own, [*good, bad])
    assert not Tally.objects.exists()
    assert actions.report_tallies(cast.officer, county.own, good) == 2
    assert actions.report_tallies(cast.officer, county.own, good) == 0


def test_months_not_reported_are_missing_from_the_first_report_on(
    report: Report, county: SimpleNamespace, units: SimpleNamespace
) -> None:
    for month in (3, 4, 12):
        report(unit=units.licences, month=month)
    lacking = tallies.missing(county.own, YEAR, TODAY)
    assert [(m.unit, m.matter, m.months) for m in lacking] == [
        (units.licences, "licence", (5, 6, 7, 8, 9, 10, 11))
    ]


def test_a_unit_that_reported_last_year_is_expected_from_january(
    report: Report, county: SimpleNamespace, units: SimpleNamespace
) -> None:
    report(unit=units.fines, matter="penalty", year=YEAR - 1, month=6)
    lacking = tallies.missing(county.own, YEAR, date(YEAR, 4, 1))
    assert [(m.unit, m.months) for m in lacking] == [(units.fines, (1, 2, 3))]


def test_a_zero_is_a_report(report: Report, county: SimpleNamespace) -> None:
    report("0", month=1)
    report("0", month=2)
    assert tallies.missing(county.own, YEAR, date(YEAR, 3, 1)) == []
    assert tallies.total(list(tallies.current(county.own, YEAR)), "licence") == 0


def test_nothing_reported_is_blank_and_not_zero(county: SimpleNamespace) -> None:
    assert tallies.total(list(tallies.current(county.own, YEAR)), "licence") is None


@given(st.lists(st.integers(0, 10**13), min_size=1, max_size=30))
def test_fees_in_wan_are_exact_to_the_cent(cents: list[int]) -> None:
    rows = [Tally(matter="fee", amount=Decimal(c) / 100) for c in cents]
    total = tallies.total(rows, "fee")
    assert isinstance(total, Decimal)
    assert total * 1_000_000 == sum(cents)
    assert total.as_tuple().exponent == -6


def test_the_grid_marks_months_that_are_over_and_not_reported(
    report: Report, county: SimpleNamespace
) -> None:
    report("5", month=1)
    line = tallies.grid(county.own, None, YEAR, date(YEAR, 3, 15))[0]
    assert [(c.month, c.tally is not None, c.expected) for c in line.cells[:4]] == [
        (1, True, True),
        (2, False, True),
        (3, False, False),
        (4, False, False),
    ]
    assert line.total == 5


def test_a_row_for_each_month_is_read(
    cast: SimpleNamespace, county: SimpleNamespace, units: SimpleNamespace
) -> None:
    data = sheet(
        LONG,
        ("审批科", "行政许可", YEAR, 3, 12, ""),
        ("", "行政处罚", f"{YEAR}年", "4月", "1,234", ""),
        ("监督科", "行政事业性收费", YEAR, "５", "1200.50", ""),
        ("监督科", "收费（万元）", YEAR, 6, "0.123456", ""),
    )
    plan = actions.import_tallies(cast.officer, county.own, data)
    assert problems(plan) == []
    found = {(t.matter, t.month): t.amount for t in Tally.objects.all()}
    assert found == {
        ("licence", 3): 12,
        ("penalty", 4): 1234,
        ("fee", 5): Decimal("1200.50"),
        ("fee", 6): Decimal("1234.56"),
    }


def test_a_row_with_a_column_for_each_month_is_read_and_blank_is_not_zero(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    heads = ("内设机构", "事项", "年", *(f"{m}月" for m in range(1, 13)))
    data = sheet(heads, ("", "行政强制", YEAR, 3, "", 0, *[""] * 9))
    actions.import_tallies(cast.officer, county.own, data)
    found = Tally.objects.order_by("month").values_list("month", "amount")
    assert list(found) == [(1, 3), (3, 0)]


def test_every_bad_row_is_named_with_its_number_and_what_to_do(county: SimpleNamespace) -> None:
    data = sheet(
        LONG,
        ("没有的科", "行政许可", YEAR, 1, 1, ""),
        ("", "停车", YEAR, 1, 1, ""),
        ("", "行政许可", 99, 1, 1, ""),
        ("", "行政许可", YEAR, 13, 1, ""),
        ("", "行政许可", YEAR, 1, "很多", ""),
        ("", "行政许可", YEAR, 2, 1.5, ""),
        ("", "行政许可", TODAY.year + 1, 1, 1, ""),
        ("", "行政许可", YEAR, 7, 1, ""),
        ("", "行政许可", YEAR, 7, 1, ""),
    )
    plan = actions.preview_tallies(county.own, data)
    assert problems(plan) == [
        (2, "内设机构", "unknown_unit"),
        (3, "事项", "unknown_matter"),
        (4, "年", "bad_year"),
        (5, "月", "bad_month"),
        (6, "数量", "bad_amount"),
        (7, "数量", "bad_amount"),
        (8, "月", "future_month"),
        (10, "", "duplicate"),
    ]
    assert all(p.message("zh") and p.message("en") for p in plan.problems)
    assert [step.row for step in plan.steps] == [9]


def test_good_rows_go_in_alone_only_if_the_person_says_so(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    data = sheet(LONG, ("", "行政许可", YEAR, 1, 4, ""), ("", "行政许可", YEAR, 2, "x", ""))
    with pytest.raises(NotAllowedError) as refused:
        actions.import_tallies(cast.officer, county.own, data)
    assert refused.value.reason == "bad_rows"
    assert not Tally.objects.exists()
    actions.import_tallies(cast.officer, county.own, data, good_rows=True)
    assert Tally.objects.get().amount == 4


def test_a_different_number_in_the_sheet_needs_a_reason(
    cast: SimpleNamespace, county: SimpleNamespace, report: Report
) -> None:
    report("12", month=1)
    silent = sheet(LONG, ("", "行政许可", YEAR, 1, 13, ""))
    plan = actions.preview_tallies(county.own, silent)
    assert problems(plan) == [(2, "更正理由", "no_reason")]
    told = sheet(LONG, ("", "行政许可", YEAR, 1, 13, "漏报一件"))
    actions.import_tallies(cast.officer, county.own, told)
    assert tallies.current(county.own, YEAR).get().amount == 13


def test_what_was_shown_is_what_is_carried_out(
    cast: SimpleNamespace, county: SimpleNamespace, report: Report
) -> None:
    data = sheet(LONG, ("", "行政许可", YEAR, 1, 13, "核对"))
    seen = actions.preview_tallies(county.own, data).digest
    report("12", month=1)
    with pytest.raises(NotAllowedError) as refused:
        actions.import_tallies(cast.officer, county.own, data, seen=seen)
    assert refused.value.reason == "changed_meanwhile"


def test_the_sheet_that_is_given_out_comes_back_without_a_change(
    county: SimpleNamespace, report: Report, units: SimpleNamespace
) -> None:
    report("12", unit=units.licences)
    report("1234.56", unit=units.fines, matter="fee")
    data = workbook(county.own, YEAR, [units.licences, units.fines])
    plan = actions.preview_tallies(county.own, data)
    assert (plan.steps, plan.same, plan.problems) == ((), 2, ())
    assert data == workbook(county.own, YEAR, [units.licences, units.fines])


def test_ten_thousand_rows_and_more_are_refused_without_being_read(
    county: SimpleNamespace,
) -> None:
    rows = "\n".join(f",行政许可,{YEAR},1,1," for _ in range(10_001))
    plan = actions.preview_tallies(county.own, f"{','.join(LONG)}\n{rows}".encode())
    assert problems(plan) == [(0, "", "too_many")]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"])
def test_a_file_that_cannot_be_read_says_so(county: SimpleNamespace, data: bytes) -> None:
    with pytest.raises(UnusableFileError):
        actions.preview_tallies(county.own, data)


def test_a_sheet_without_headings_says_so(county: SimpleNamespace) -> None:
    assert problems(actions.preview_tallies(county.own, sheet(("甲", "乙"), (1, 2)))) == [
        (0, "", "no_headings")
    ]
