"""An older ledger is imported at the desk: its columns told, tried, confirmed, and what came."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai import files
from gongkai.casework.application.models import Case
from gongkai.jobs.models import Order
from gongkai.jobs.queue import Queue

HEAD = ["登记号", "受理机关", "申请人", "申请人类型", "申请方式", "收到日期", "申请内容"]
GOOD = ["旧1", "青禾县财政局", "沈青禾", "自然人", "当面", "2024-03-04", "分配方案"]
IMPORTERS = ("officer", "reviewer", "administrator")


def table(*rows, head=HEAD, name="台账.csv"):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return SimpleUploadedFile(name, out.getvalue().encode("utf-8-sig"))


def row(**changes):
    return [changes.get(name, value) for name, value in zip(HEAD, GOOD, strict=True)]


def uploaded(client, file, **more):
    answer = client.post("/desk/cases/import/", {"file": file, "mark": "旧台账", **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def said(answer):
    return answer.content.decode()


@pytest.mark.parametrize("person", IMPORTERS)
def test_who_may_import_by_the_command_may_at_the_desk(desk, cast, person):
    client = desk(getattr(cast, person))
    client.post(uploaded(client, table(row())))
    assert Case.objects.get().old_number == "旧1"


@pytest.mark.parametrize("person", ["drafter", "signatory", "supervisor", "stranger"])
def test_others_may_not(desk, cast, person):
    assert desk(getattr(cast, person)).get("/desk/cases/import/").status_code == 403


def test_what_would_happen_is_shown_and_nothing_is_kept(desk, officer):
    client = desk(officer)
    page = client.get(uploaded(client, table(row(), row(登记号="旧2", 收到日期="不详"))))
    assert "“不详”不是日期" in said(page)
    assert [cell for cell, *_ in page.context["rows"]] == [3]
    assert page.context["outcome"].kept == 1
    assert not Case.objects.exists()


def test_good_rows_come_in_and_the_others_are_named(desk, officer):
    client = desk(officer)
    place = uploaded(client, table(row(), row(登记号="旧2", 受理机关="没有这个局")))
    page = client.post(place, follow=True)
    assert "已导入" in said(page)
    assert "没有“没有这个局”这个机关" in said(page)
    assert [case.old_number for case in Case.objects.all()] == ["旧1"]


def test_a_second_click_and_a_second_upload_import_nothing_twice(desk, officer):
    client = desk(officer)
    place = uploaded(client, table(row()))
    for _ in range(2):
        client.post(place)
    assert Case.objects.count() == 1
    again = client.get(uploaded(client, table(row())))
    assert (again.context["outcome"].before, again.context["outcome"].kept) == (1, 0)


def test_the_columns_are_guessed_and_what_was_guessed_is_shown(desk, officer):
    client = desk(officer)
    page = client.get(uploaded(client, table(row())))
    guessed = [field.initial for field in page.context["form"].columns]
    assert guessed[:3] == ["old_number", "agency", "name"]


def test_a_column_of_another_name_is_told_on_the_page(desk, officer):
    client = desk(officer)
    place = uploaded(client, table(row(), head=["档号", *HEAD[1:-1], "要什么"]))
    page = client.get(place)
    assert "没有认出表头" in said(page)
    assert "--map" not in said(page)
    told = {f"column-{n}": "" for n in range(len(HEAD))}
    names = ["old_number", "agency", "name", "kind", "channel", "received_on", "description"]
    told |= {f"column-{n}": name for n, name in enumerate(names)}
    page = client.post(place, {"what": "columns", **told}, follow=True)
    assert page.context["outcome"].kept == 1
    client.post(place)
    assert Case.objects.get().description == "分配方案"


def test_what_is_the_same_in_all_rows_is_chosen_once(desk, officer, county):
    client = desk(officer)
    place = uploaded(client, table(GOOD[:1] + GOOD[2:], head=HEAD[:1] + HEAD[2:]))
    assert "没有“登记号”" not in said(client.get(place))
    assert "没有“受理机关”这一列" in said(client.get(place))
    guessed = {
        field.html_name: field.initial for field in client.get(place).context["form"].columns
    }
    client.post(place, {"what": "columns", **guessed, "agency": county.own.code})
    client.post(place)
    assert Case.objects.get().agency == county.own


def test_no_field_is_read_from_two_columns(desk, officer):
    client = desk(officer)
    place = uploaded(client, table(row()))
    told = {f"column-{n}": "name" for n in (0, 1)}
    answer = client.post(place, {"what": "columns", **told})
    assert answer.status_code == 422
    assert "请只选一列" in said(answer)


def test_many_rows_are_imported_in_the_background(desk, officer):
    client = desk(officer)
    place = uploaded(client, table(*(row(登记号=f"旧{n}") for n in range(201))))
    assert "正在导入" in said(client.post(place, follow=True))
    assert not Case.objects.exists()
    assert Queue("w").run_next()
    assert Case.objects.count() == 201
    assert "已导入" in said(client.get(place))
    assert Order.objects.get().done == 201


def test_nothing_of_the_file_lies_anywhere_unsealed(desk, officer, monkeypatch):
    """Neither in the cache, nor on the disk, nor with what is left of the order."""
    kept = []
    keep = files.keep
    monkeypatch.setattr(files, "keep", lambda data: kept.append(data) or keep(data))
    client = desk(officer)
    rows = [row(登记号=f"旧{n}") for n in range(200)]
    bad = row(登记号="旧200", 收到日期="沈青禾")
    place = uploaded(client, table(*rows, bad))
    client.post(place)
    Queue("w").run_next()
    token = place.split("/")[-2]
    key = f"desk:cases-import:{officer.pk}:{token}"
    lying = [caches["shared"].get(key), caches["shared"].get(f"{key}:file"), *kept]
    assert all("沈青禾".encode() not in data for data in lying)
    assert "沈青禾" not in str(Order.objects.get().outcome)
    assert "“沈青禾”不是日期" in said(client.get(place))


def test_a_file_of_somebody_else_is_not_to_be_seen(desk, officer, head):
    place = uploaded(desk(officer), table(row()))
    answer = desk(head).get(place)
    assert answer["Location"] == "/desk/cases/import/"


def test_a_file_that_is_no_table_says_so(desk, officer):
    client = desk(officer)
    page = client.get(uploaded(client, SimpleUploadedFile("台账.xlsx", b"\xd0\xcf\x11\xe0 old")))
    assert page.context["outcome"].kept == 0
    assert page.context["rows"]


def sheet_of(answer):
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]


def test_a_template_can_be_had_and_offers_only_the_agencies_one_imports_for(desk, officer, county):
    answer = desk(officer).get("/desk/cases/import/template/")
    assert sheet_of(answer)["A1"].value == "登记号（必填）"
    lists = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[2]
    assert [cell.value for cell in lists["A"] if cell.value] == [county.own.name]


def test_the_template_is_for_those_who_import(desk, cast):
    assert desk(cast.drafter).get("/desk/cases/import/template/").status_code == 403


def test_the_rows_that_would_be_left_out_can_be_had_with_what_is_wrong(desk, officer):
    client = desk(officer)
    place = uploaded(client, table(row(), row(登记号="旧2", 收到日期="不详")))
    assert f"{place}rejected/" in said(client.get(place))
    answer = client.get(f"{place}rejected/")
    head, bad = sheet_of(answer).iter_rows(values_only=True)
    assert (head[1:], bad[1:3]) == (tuple(HEAD), ("旧2", GOOD[1]))
    assert bad[0] == "收到日期：“不详”不是日期。请写成 2026-03-02 或 2026年3月2日。"
    assert "no-store" in answer["Cache-Control"]


def test_the_rows_that_were_left_out_can_be_had_after_the_import_too(desk, officer):
    client = desk(officer)
    place = uploaded(client, table(row(), row(登记号="旧2", 收到日期="不详")))
    assert f"{place}rejected/" in said(client.post(place, follow=True))
    assert [cell.value for cell in sheet_of(client.get(f"{place}rejected/"))["B"]] == [
        "登记号",
        "旧2",
    ]


def test_where_no_row_is_wrong_none_is_offered(desk, officer):
    client = desk(officer)
    place = uploaded(client, table(row()))
    assert "rejected" not in said(client.get(place))


def test_a_ledger_that_is_all_in_lies_nowhere_any_more(desk, officer):
    client = desk(officer)
    kept = {}
    for rows in ((row(),), (row(登记号="旧2"), row(登记号="旧3", 收到日期="不详"))):
        place = uploaded(client, table(*rows))
        client.post(place, follow=True)
        key = f"desk:cases-import:{officer.pk}:{place.split('/')[-2]}:file"
        kept[len(rows)] = caches["shared"].get(key) is not None
    assert kept == {1: False, 2: True}


def test_making_a_workbook_of_the_rows_keeps_nothing(desk, officer, monkeypatch):
    client = desk(officer)
    place = uploaded(client, table(row(登记号="旧2", 收到日期="不详")))
    monkeypatch.setattr(files, "keep", None)
    monkeypatch.setattr(caches["shared"], "set", None)
    assert client.get(f"{place}rejected/").status_code == 200


def test_the_rows_of_somebody_else_are_not_to_be_had(desk, officer, head):
    place = uploaded(desk(officer), table(row(收到日期="不详")))
    assert desk(head).get(f"{place}rejected/")["Location"] == "/desk/cases/import/"


def test_while_a_column_is_missing_no_rows_are_counted_and_the_choice_is_named(desk, officer):
    head = [name for name in HEAD if name != "申请方式"]
    rows = ([cell for cell in row() if cell != "当面"] for _ in range(4))
    page = said(desk(officer).get(uploaded(desk(officer), table(*rows, head=head))))
    assert "还有列没有对上" in page
    assert "共有" not in page
    assert "请在“列的对应”里指明一列" in page
    assert "在下面" not in page
