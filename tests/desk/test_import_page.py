"""Documents are imported at the desk: tried first, confirmed, and told what came of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from gongkai import files
from gongkai.jobs.models import Order
from gongkai.jobs.queue import Queue
from gongkai.org.models import User
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.publication.models import Publication

HEAD = ("发布机构", "名称", "文号", "成文日期", "发布日期", "主题分类", "正文")
GOOD = (
    "青禾县财政局",
    "收费目录",
    "青财发〔2021〕7号",
    "2021年3月2日",
    "2021-03-09",
    "财政",
    "现予公布。",
)
Desk = Callable[[User], Client]


def table(*rows: Sequence[str], name: str = "文件.csv") -> SimpleUploadedFile:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return SimpleUploadedFile(name, out.getvalue().encode("utf-8-sig"))


def row(**change: str) -> list[str]:
    return [change.get(name, value) for name, value in zip(HEAD, GOOD, strict=True)]


def many(number: int) -> list[list[str]]:
    return [row(名称=f"第{n}份通知", 文号=f"青财发〔2021〕{n}号") for n in range(1, number + 1)]


def uploaded(client: Client, file: SimpleUploadedFile, **more: str) -> str:
    """The address of the page that says what would happen."""
    response = client.post("/desk/import/", {"file": file, **more})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_what_would_happen_is_shown_before_anything_does(desk: Desk, cast: SimpleNamespace) -> None:
    client = desk(cast.drafter)
    page = client.get(uploaded(client, table(row(), row(成文日期="2021年2月30日", 名称="另一份"))))
    assert "会发生什么" in text(page)
    assert "2021年2月30日" in text(page)
    assert not Document.objects.exists()


def test_good_rows_come_in_as_drafts_and_bad_ones_are_named(
    desk: Desk, cast: SimpleNamespace
) -> None:
    client = desk(cast.drafter)
    place = uploaded(client, table(row(), row(发布机构="没有这个局", 名称="另一份")))
    page = client.post(place, follow=True)
    assert [(d.head.title, d.stage) for d in Document.objects.all()] == [("收费目录", Stage.DRAFT)]
    assert "已导入" in text(page)
    assert "没有“没有这个局”这个机关" in text(page)


def test_a_second_click_imports_nothing_twice(desk: Desk, cast: SimpleNamespace) -> None:
    client = desk(cast.drafter)
    place = uploaded(client, table(row()))
    for _ in range(2):
        client.post(place)
    assert Document.objects.count() == 1


def test_bad_rows_are_handed_back_to_be_corrected(desk: Desk, cast: SimpleNamespace) -> None:
    client = desk(cast.drafter)
    place = uploaded(client, table(row(), row(成文日期="不详", 名称="=另一份")))
    response = client.get(f"{place}rows.csv")
    (bad,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (bad["行"], bad["名称"], bad["成文日期"]) == ("3", "'=另一份", "不详")
    assert "不是日期" in bad["怎么改"]


def test_corrected_they_come_in(desk: Desk, cast: SimpleNamespace) -> None:
    client = desk(cast.drafter)
    place = uploaded(client, table(row(成文日期="不详")))
    returned = client.get(f"{place}rows.csv").content.decode("utf-8-sig")
    corrected = returned.replace("不详", "2021-03-02", 1)
    client.post(uploaded(client, SimpleUploadedFile("改好.csv", corrected.encode("utf-8-sig"))))
    assert Document.objects.get().head.title == "收费目录"


def test_many_rows_are_imported_in_the_background(desk: Desk, cast: SimpleNamespace) -> None:
    client = desk(cast.drafter)
    place = uploaded(client, table(*many(201)))
    waiting = client.post(place, follow=True)
    assert "正在导入" in text(waiting)
    assert not Document.objects.exists()
    assert Queue("w").run_next()
    assert Document.objects.count() == 201
    assert "已导入" in text(client.get(place))
    order = Order.objects.get()
    assert (order.done, order.total) == (201, 201)


def test_the_file_of_a_finished_order_is_let_go_of(
    desk: Desk, cast: SimpleNamespace, settings: Any, tmp_path: Any
) -> None:
    settings.FILES = tmp_path
    client = desk(cast.drafter)
    client.post(uploaded(client, table(*many(201))))
    assert [path for path in tmp_path.rglob("*") if path.is_file()]
    Queue("w").run_next()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert files.place("0" * 64).parent.parent == tmp_path


def test_a_migration_is_for_administrators(desk: Desk, cast: SimpleNamespace) -> None:
    client = desk(cast.administrator)
    client.post(uploaded(client, table(row()), mark="旧站迁移"))
    publication = Publication.objects.get()
    assert (publication.migration_mark, f"{publication.published_on}") == ("旧站迁移", "2021-03-09")


def test_others_are_not_even_offered_a_migration(desk: Desk, cast: SimpleNamespace) -> None:
    client = desk(cast.drafter)
    assert "迁移批次" not in text(client.get("/desk/import/"))
    client.post(uploaded(client, table(row()), mark="旧站迁移"))
    assert not Publication.objects.exists()


@pytest.mark.parametrize("name", ["reviewer", "supervisor", "stranger"])
def test_who_drafts_nowhere_imports_nothing(desk: Desk, cast: SimpleNamespace, name: str) -> None:
    assert desk(getattr(cast, name)).get("/desk/import/").status_code == 403


@pytest.mark.django_db
def test_who_has_not_logged_in_is_asked_to(client: Client) -> None:
    assert client.get("/desk/import/")["Location"] == "/desk/login/?next=/desk/import/"


def test_one_persons_file_is_nobody_elses(desk: Desk, cast: SimpleNamespace) -> None:
    place = uploaded(desk(cast.drafter), table(row()))
    assert desk(cast.officer).get(place)["Location"] == "/desk/import/"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04nonsense", "没有可以导入的行"),
        ("只有一行字".encode(), "没有找到表头"),
        (b"\x00" * 50, "没有可以导入的行"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    desk: Desk, cast: SimpleNamespace, data: bytes, words: str
) -> None:
    client = desk(cast.drafter)
    place = uploaded(client, SimpleUploadedFile("文件.csv", data))
    assert words in text(client.get(place))


def test_nothing_chosen_is_told_at_the_field(desk: Desk, cast: SimpleNamespace) -> None:
    response = desk(cast.drafter).post("/desk/import/")
    assert response.status_code == 422
    assert "还没有选择文件" in text(response)


def test_the_template_has_the_headings_that_are_read(desk: Desk, cast: SimpleNamespace) -> None:
    response = desk(cast.drafter).get("/desk/import/template/")
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert set(HEAD) <= set(heads)
