"""An agency's catalogue is begun, changed, ended, and goes to Excel and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.law import catalogue as law
from gongkai.publishing import actions
from gongkai.publishing.catalogue.entry import FIELDS, Entry, entry_of
from gongkai.publishing.catalogue.models import CatalogueItem
from gongkai.publishing.catalogue.queries import level_of, listed, overdue
from gongkai.publishing.catalogue.workbook import workbook
from gongkai.publishing.refusal import NotAllowedError
from gongkai.trail.models import Entry as Line

TODAY = timezone.localdate()
FULL = Entry(
    matter="财政预决算",
    since=date(2025, 1, 1),
    code="budget-1",
    field="budgets",
    matter_2="部门预算",
    content="部门预算及说明",
    basis="预算法第十四条",
    time_limit="批复后20日内",
    subject="青禾县财政局",
    channels=("website", "print"),
    audience="全社会、特定群体：预算单位",
    manner="主动、依申请",
    level="县级、乡级",
    item="20.7",
    period="year",
    anchor="start",
    days=120,
    working_days=False,
    until=date(2030, 12, 31),
)


def sheet(*rows: tuple[Any, ...]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            page.write(number, place, cell)
    book.close()
    return out.getvalue()


def test_an_item_is_listed_at_the_end_and_given_a_code(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    one = actions.add_item(cast.officer, county.own, replace(FULL, code=""))
    two = actions.add_item(cast.officer, county.own, replace(FULL, code="", matter_2="决算"))
    assert list(listed(county.own)) == [one, two]
    assert (one.code, two.code) == ("i001", "i002")


def test_an_item_says_what_it_was_told(cast: SimpleNamespace, county: SimpleNamespace) -> None:
    item = actions.add_item(cast.officer, county.own, FULL)
    assert entry_of(CatalogueItem.objects.get(pk=item.pk)) == FULL


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"matter": " "}, "incomplete"),
        ({"item": "20.99"}, "unknown_item"),
        ({"period": "week"}, "bad_period"),
        ({"anchor": "middle"}, "bad_period"),
        ({"until": date(2024, 1, 1)}, "ends_before_listed"),
    ],
)
def test_what_no_item_can_say_is_refused(
    cast: SimpleNamespace, county: SimpleNamespace, more: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        actions.add_item(cast.officer, county.own, replace(FULL, **more))
    assert refused.value.reason == reason
    assert not CatalogueItem.objects.exists()


def test_a_code_is_used_once_in_an_agency(cast: SimpleNamespace, county: SimpleNamespace) -> None:
    actions.add_item(cast.officer, county.own, FULL)
    with pytest.raises(NotAllowedError) as refused:
        actions.add_item(cast.officer, county.own, FULL)
    assert refused.value.reason == "code_taken"
    actions.add_item(cast.colleague, county.other, FULL)


@pytest.mark.parametrize("who", ["drafter", "legality_reviewer", "colleague", "supervisor"])
def test_others_change_nothing(cast: SimpleNamespace, county: SimpleNamespace, who: str) -> None:
    item = actions.add_item(cast.officer, county.own, FULL)
    user = getattr(cast, who)
    for verb in (
        lambda: actions.add_item(user, county.own, replace(FULL, code="x")),
        lambda: actions.change_item(user, item, replace(FULL, matter="别的")),
        lambda: actions.end_item(user, item, TODAY, "不再公开"),
        lambda: actions.suggest_catalogue(user, county.own),
        lambda: actions.import_catalogue(user, county.own, workbook("目录", [FULL])),
    ):
        with pytest.raises(NotAllowedError, match="role"):
            verb()
    assert entry_of(CatalogueItem.objects.get()) == FULL


def test_a_change_is_told_field_by_field_and_no_change_is_not_told(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    item = actions.add_item(cast.officer, county.own, FULL)
    actions.change_item(cast.officer, item, FULL)
    assert not Line.objects.filter(verb="publishing.change_item").exists()
    actions.change_item(cast.officer, item, replace(FULL, days=100, code="other"))
    line = Line.objects.get(verb="publishing.change_item")
    assert line.details_json == '{"days":{"after":100,"before":120}}'
    assert CatalogueItem.objects.get().code == "budget-1"


def test_an_item_is_taken_off_with_a_reason_and_stays_for_the_record(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    item = actions.add_item(cast.officer, county.own, FULL)
    with pytest.raises(NotAllowedError, match="reason"):
        actions.end_item(cast.officer, item, TODAY, "")
    actions.end_item(cast.officer, item, date(2026, 6, 30), "职能划转")
    assert not listed(county.own, date(2026, 7, 1)).exists()
    assert listed(county.own, date(2026, 6, 30)).exists()


def test_a_new_catalogue_begins_with_what_the_law_asks_of_the_agency(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    assert actions.suggest_catalogue(cast.administrator, county.own) == listed(county.own).count()
    asked = {item.code for item in law.items(on=TODAY, level="county")}
    assert set(listed(county.own).values_list("item", flat=True)) == asked
    assert "department-budget" in set(listed(county.own).values_list("code", flat=True))
    with pytest.raises(NotAllowedError) as refused:
        actions.suggest_catalogue(cast.administrator, county.own)
    assert refused.value.reason == "catalogue_not_empty"


def test_a_township_begins_with_what_binds_townships(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.suggest_catalogue(cast.administrator, county.town)
    found = set(listed(county.town).values_list("item", flat=True))
    assert "21.2.4" in found
    assert "21.1.1" not in found
    assert (level_of(county.town), level_of(county.own)) == ("township", "county")


def test_a_suggested_catalogue_asks_for_nothing_in_arrears(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.suggest_catalogue(cast.administrator, county.top)
    actions.make_duties(TODAY)
    assert CatalogueItem.objects.exclude(period="").exists()
    assert not overdue(county.top, TODAY).exists()


def test_a_catalogue_goes_to_excel_and_back_without_a_change(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.suggest_catalogue(cast.administrator, county.own)
    actions.add_item(cast.officer, county.own, FULL)
    before = [entry_of(item) for item in listed(county.own)]
    plan = actions.preview_catalogue(county.own, workbook("主动公开基本目录", before))
    assert (plan.problems, plan.notes) == ((), ())
    assert (plan.added, plan.changed, plan.left) == (0, 0, len(before))


def test_a_catalogue_of_another_agency_is_taken_over_whole(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    plan = actions.import_catalogue(
        cast.officer, county.own, workbook("目录", [FULL, replace(FULL, code="", matter_2="决算")])
    )
    assert (plan.added, plan.problems) == (2, ())
    first, second = listed(county.own)
    assert entry_of(first) == FULL
    assert second.code


def test_the_same_catalogue_gives_the_same_bytes_and_looks_like_the_standard_one() -> None:
    data = workbook("青禾县财政局主动公开基本目录", [FULL], own_columns=False)
    assert data == workbook("青禾县财政局主动公开基本目录", [FULL], own_columns=False)
    page = load_workbook(BytesIO(data)).active
    assert page is not None
    heads = [page.cell(3, place).value or page.cell(2, place).value for place in range(1, 15)]
    assert heads == [column.label for column in law.columns()]
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"B2:C2", "I2:J2", "K2:L2", "M2:N2", "A2:A3"} <= merged
    assert page.page_setup.orientation == "landscape"
    channels = str(page.cell(4, 8).value)
    assert "■政府网站" in channels
    assert "□政府公报" in channels


def test_a_standard_catalogue_without_our_columns_is_read(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.import_catalogue(
        cast.officer, county.own, workbook("目录", [replace(FULL, code="")], own_columns=False)
    )
    item = listed(county.own).get()
    assert (item.matter, item.matter_2, item.channels) == (
        "财政预决算",
        "部门预算",
        ["website", "print"],
    )
    assert (item.audience, item.manner, item.level) == (
        FULL.audience,
        FULL.manner,
        FULL.level,
    )
    assert (item.period, item.since) == ("", TODAY)


HEADS = ("编号", "一级事项", "公开渠道和载体", "更新周期", "几日内公开", "法定公开事项", "领域")


def test_every_bad_row_is_named_and_the_others_go_in_if_the_person_says_so(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    data = sheet(
        (*HEADS, "列入日期", "终止日期"),
        ("a", "甲", "政府网站", "每年", 20, "20.4", "统计", "2025-01-01", ""),
        ("b c", "乙", "", "", "", "", "", "", ""),
        ("d", "", "", "", "", "", "", "", ""),
        ("e", "丙", "电报", "", "", "", "", "", ""),
        ("f", "丁", "", "每周", "", "", "", "", ""),
        ("g", "戊", "", "", 1000, "", "", "", ""),
        ("h", "己", "", "", "", "22.1", "", "", ""),
        ("i", "庚", "", "", "", "", "航天", "", ""),
        ("j", "辛", "", "", "", "", "", "2026年2月30日", ""),
        ("k", "壬", "", "", "", "", "", "2026-03-01", "2026-02-01"),
        ("a", "癸", "", "", "", "", "", "", ""),
    )
    plan = actions.preview_catalogue(county.own, data)
    assert [(p.row, p.column, p.code) for p in plan.problems] == [
        (3, "编号", "bad_code"),
        (4, "一级事项", "missing"),
        (5, "公开渠道和载体", "unknown_channel"),
        (6, "更新周期", "unknown_period"),
        (7, "几日内公开", "bad_days"),
        (8, "法定公开事项", "unknown_item"),
        (9, "领域", "unknown_field"),
        (10, "列入日期", "bad_date"),
        (11, "终止日期", "ends_before_listed"),
        (12, "一级事项", "duplicate"),
    ]
    assert all(p.message("zh") and p.message("en") for p in plan.problems)
    with pytest.raises(NotAllowedError) as refused:
        actions.import_catalogue(cast.officer, county.own, data)
    assert refused.value.reason == "bad_rows"
    actions.import_catalogue(cast.officer, county.own, data, good_rows=True)
    item = listed(county.own).get()
    assert (item.code, item.period, item.item, item.field) == ("a", "year", "20.4", "statistics")


def test_a_column_that_is_not_in_the_sheet_changes_nothing(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.add_item(cast.officer, county.own, FULL)
    data = sheet(("编号", "一级事项", "公开时限"), ("budget-1", "财政预决算", "三十日内"))
    plan = actions.import_catalogue(cast.officer, county.own, data)
    assert (plan.added, plan.changed) == (0, 1)
    after = entry_of(listed(county.own).get())
    changed = [name for name in FIELDS if getattr(after, name) != getattr(FULL, name)]
    assert changed == ["time_limit"]


def test_a_matter_merged_over_several_rows_is_that_of_each(county: SimpleNamespace) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for place, word in enumerate(("一级事项", "二级事项")):
        page.write(0, place, word)
    page.merge_range(1, 0, 2, 0, "财政预决算")
    page.write(1, 1, "预算")
    page.write(2, 1, "决算")
    book.close()
    plan = actions.preview_catalogue(county.own, out.getvalue())
    assert [(s.entry.matter, s.entry.matter_2) for s in plan.rows] == [
        ("财政预决算", "预算"),
        ("财政预决算", "决算"),
    ]


def test_what_was_shown_is_what_is_carried_out(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    data = workbook("目录", [FULL])
    seen = actions.preview_catalogue(county.own, data).digest
    actions.add_item(cast.officer, county.own, replace(FULL, matter="别的"))
    with pytest.raises(NotAllowedError) as refused:
        actions.import_catalogue(cast.officer, county.own, data, seen=seen)
    assert refused.value.reason == "changed_meanwhile"


def test_a_sheet_without_headings_says_so(county: SimpleNamespace) -> None:
    plan = actions.preview_catalogue(county.own, sheet(("甲",), ("乙",)))
    assert [p.code for p in plan.problems] == ["no_headings"]
