"""The catalogue, its duties and columns at the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongkai.publishing import actions
from gongkai.publishing.catalogue.entry import Entry
from gongkai.publishing.catalogue.models import CatalogueItem, Duty
from gongkai.publishing.document.models import Document
from tests.desk.registers.conftest import DAY, TODAY, Open, seen

ITEM = Entry(matter="季度统计", since=date(TODAY.year, 1, 1), code="stat", item="20.4")


def test_an_empty_catalogue_offers_where_to_begin(read: Open, send: Open) -> None:
    assert "从参考目录开始" in read("/desk/catalogue/qh-cz/")
    assert "从参考目录开始" not in read("/desk/catalogue/qh-cz/", "supervisor").replace(
        "可以从参考目录开始", ""
    )
    shown = send("/desk/catalogue/qh-cz/suggest/", {})
    assert "已列入 28 项" in shown
    assert "部门预算" in read("/desk/catalogue/qh-cz/?q=部门预算")
    send("/desk/catalogue/qh-cz/suggest/", {}, "officer", 409)


def test_an_item_is_added_changed_and_ended(read: Open, send: Open) -> None:
    said = {
        "matter": "财政预决算",
        "item": "20.7",
        "channels": ["website", "print"],
        "audience": ["全社会"],
        "groups": "预算单位",
        "manner": ["主动"],
        "level": ["县级"],
        "period": "year",
        "anchor": "start",
        "days": "120",
        "since": "2025-01-01",
    }
    assert "财政预决算" in send("/desk/catalogue/qh-cz/add/", said)
    item = CatalogueItem.objects.get()
    assert item.audience == "全社会、特定群体：预算单位"
    at = f"/desk/catalogue/qh-cz/items/{item.pk}/"
    assert "预算单位" in read(at)
    send(at, {**said, "matter": "预算"})
    item.refresh_from_db()
    assert (item.matter, item.channels) == ("预算", ["website", "print"])
    send(f"{at}end/", {"until": TODAY - DAY, "reason": "职能划转"})
    assert "已终止" in read("/desk/catalogue/qh-cz/")
    assert "预算" in read("/desk/catalogue/qh-cz/?show=ended")


@pytest.mark.parametrize(
    "more",
    [
        {"matter": ""},
        {"matter": "长" * 201},
        {"item": "99"},
        {"channels": ["telegraph"]},
        {"days": "0"},
        {"days": "x"},
        {"since": "2026-02-30"},
        {"period": "week"},
    ],
)
def test_an_item_that_does_not_fit_is_explained_and_nothing_typed_is_lost(
    send: Open, more: dict[str, Any]
) -> None:
    said = {"matter": "预算", "basis": "预算法", "days": "20", "since": "2025-01-01"}
    said |= {"anchor": "end"}
    shown = send("/desk/catalogue/qh-cz/add/", {**said, **more}, status=422)
    assert "有几处需要改一下" in shown
    assert "预算法" in shown
    assert not CatalogueItem.objects.exists()


def test_a_catalogue_goes_out_as_excel_and_comes_back_in(
    cast: SimpleNamespace, county: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    actions.suggest_catalogue(cast.officer, county.own)
    client = desk(cast.officer)
    answer = client.get("/desk/catalogue/qh-cz/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="catalogue-qh-cz.xlsx"'
    file = BytesIO(answer.content)
    file.name = "catalogue.xlsx"
    shown = client.post("/desk/catalogue/qh-cz/import/", {"file": file}, follow=True)
    assert "与现有的完全一样" in shown.content.decode()
    CatalogueItem.objects.all().delete()
    file.seek(0)
    planned = client.post("/desk/catalogue/qh-cz/import/", {"file": file}, follow=True)
    at, words = planned.redirect_chain[-1][0], planned.content.decode()
    done = client.post(at, {"seen": seen(words)}, follow=True)
    assert "新增 28 项" in done.content.decode()


def test_overdue_duties_name_who_answers_and_take_an_excuse(
    cast: SimpleNamespace, county: SimpleNamespace, read: Open, send: Open
) -> None:
    monthly = replace(ITEM, period="month", days=1, since=TODAY - 70 * DAY)
    actions.add_item(cast.officer, county.own, monthly)
    actions.make_duties(TODAY)
    shown = read("/desk/catalogue/qh-cz/duties/")
    assert "reviewer" in shown
    assert "逾期" in shown
    duty = Duty.objects.order_by("due_on")[0]
    at = f"/desk/catalogue/qh-cz/duties/{duty.pk}/excuse/"
    assert "请写明理由" in send(at, {"reason": ""}, status=422)
    assert "已记下说明" in send(at, {"reason": "本月不开展调查"})
    assert "本月不开展调查" in read("/desk/catalogue/qh-cz/duties/?show=excused", "supervisor")
    above = read("/desk/catalogue/qh/duties/?scope=all", "supervisor")
    assert "青禾县财政局" in above
    assert "excuse/" not in above


def test_column_health_shows_each_number_with_its_list_and_is_red_only_over_the_threshold(
    cast: SimpleNamespace, county: SimpleNamespace, read: Open, norm: Callable[..., Document]
) -> None:
    norm(kind="news", title="一条动态")
    for number in range(4):
        actions.add_item(cast.officer, county.own, replace(ITEM, code=f"a{number}"))
    shown = read("/desk/catalogue/qh-cz/columns/")
    assert "触发否决" not in shown
    assert shown.count("季度统计") == 4
    actions.add_item(cast.officer, county.own, replace(ITEM, code="a9"))
    assert "触发否决" in read("/desk/catalogue/qh-cz/columns/")
    assert "触发否决" in read("/desk/catalogue/qh/columns/?scope=all", "supervisor")
