"""The tallies of an agency at the desk: a page of numbers, a workbook, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.test import Client

from gongkai.org.models import Unit
from gongkai.publishing import actions
from gongkai.publishing.actions import Count
from gongkai.publishing.register.models import Tally
from tests.desk.registers.conftest import YEAR, Open, seen


def test_missing_months_are_named_with_their_unit(
    cast: SimpleNamespace, county: SimpleNamespace, read: Open
) -> None:
    unit = Unit.objects.create(agency=county.own, code="jd", name="监督科", sort_key="jd")
    for month in (1, 2, 6):
        count = Count(unit, "penalty", YEAR, month, Decimal(1))
        actions.report_tally(cast.officer, county.own, count)
    shown = read(f"/desk/register/qh-cz/year/{YEAR}/")
    assert "监督科" in shown
    assert "3–5、7–12" in shown
    assert "3–5、7–12 月" in read(f"/desk/register/qh-cz/tallies/{YEAR}/?unit=jd")


def test_a_page_of_tallies_is_kept_and_a_correction_needs_a_reason(send: Open, read: Open) -> None:
    at = f"/desk/register/qh-cz/tallies/{YEAR}/"
    assert "已记下 2 个数" in send(at, {"licence-1": "12", "fee-2": "1200.50"})
    refused = send(at, {"licence-1": "13", "fee-2": "1200.50"}, status=422)
    assert "请写明理由" in refused
    assert 'value="13"' in refused
    shown = send(at, {"licence-1": "13", "fee-2": "1200.5", "reason": "漏报一件"})
    assert "12 → 13" in shown
    assert "漏报一件" in shown
    assert "没有变化" in send(at, {"licence-1": "13", "fee-2": "1200.50"})


@pytest.mark.parametrize("text", ["-1", "1.5", "很多", "1e99", "9" * 40, "NaN", "\0"])
def test_what_is_no_number_stands_in_the_error_summary(send: Open, text: str) -> None:
    at = f"/desk/register/qh-cz/tallies/{YEAR}/"
    assert "有几处需要改一下" in send(at, {"licence-1": text}, status=422)
    assert not Tally.objects.exists()


def test_a_supervisor_reads_tallies_and_cannot_report_them(read: Open, send: Open) -> None:
    at = f"/desk/register/qh-cz/tallies/{YEAR}/"
    assert "不能填报" in read(at, "supervisor")
    send(at, {"licence-1": "1"}, "supervisor", 403)
    assert not Tally.objects.exists()


def sheet(*rows: tuple[Any, ...]) -> BytesIO:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    leaf = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            leaf.write(number, place, cell)
    book.close()
    out.seek(0)
    out.name = "tallies.xlsx"
    return out


def test_tallies_come_from_a_workbook_after_a_look_at_what_it_would_do(
    cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    client = desk(cast.officer)
    heads = ("内设机构", "事项", "年", "月", "数量")
    file = sheet(heads, ("", "行政许可", YEAR, 1, 12), ("", "行政许可", YEAR, 2, "x"))
    answer = client.post("/desk/register/qh-cz/tallies/import/", {"file": file}, follow=True)
    shown = answer.content.decode()
    assert "1 行有错" in shown
    assert not Tally.objects.exists()
    at = answer.redirect_chain[-1][0]
    refused = client.post(at, {"seen": seen(shown)})
    assert refused.status_code == 422
    done = client.post(at, {"seen": seen(shown), "good_rows": "1"}, follow=True)
    assert "已记下 1 个数" in done.content.decode()
    assert Tally.objects.get().amount == 12
    again = client.get(at, follow=True)
    assert "已经导入" in again.content.decode()


def test_an_uploaded_file_is_nobody_elses(
    cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    file = sheet(("事项", "年", "月", "数量"), ("行政许可", YEAR, 1, 12))
    answer = desk(cast.officer).post("/desk/register/qh-cz/tallies/import/", {"file": file})
    assert desk(cast.reviewer).get(answer["Location"]).status_code == 302


@pytest.mark.parametrize("where", ["register/qh-cz/tallies", "catalogue/qh-cz"])
def test_a_file_that_is_no_workbook_says_so_at_its_field(
    cast: SimpleNamespace, desk: Callable[..., Client], where: str
) -> None:
    file = BytesIO(b"PK\x03\x04 no workbook")
    file.name = "x.xlsx"
    answer = desk(cast.officer).post(f"/desk/{where}/import/", {"file": file})
    assert answer.status_code == 422
    assert "文件打不开" in answer.content.decode()
