"""The empty form to be filled in on paper."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

import docx
import pdfplumber
import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ASKED = (
    "受理机关",
    "姓名或者单位全称",
    "证件种类和号码",
    "联系电话",
    "所需信息",
    "希望的形式",
    "获取的方式",
)


def words_of(data: bytes, suffix: str) -> str:
    """All words of the file without spaces."""
    if suffix == "pdf":
        with pdfplumber.open(BytesIO(data)) as pdf:
            return "".join("".join(page.extract_text().split()) for page in pdf.pages)
    word = docx.Document(BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "".join("".join([*cells, *(one.text for one in word.paragraphs)]).split())


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_it_asks_for_all_that_the_law_does_and_never_what_for(
    client: Client, county: SimpleNamespace, suffix: str
) -> None:
    words = words_of(client.get(f"/sections/apply/form.{suffix}").content, suffix)
    for asked in ASKED:
        assert asked in words
    assert "不用说明用途" in words


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_it_says_where_to_bring_it(client: Client, county: SimpleNamespace, suffix: str) -> None:
    type(county.own).objects.filter(pk=county.own.pk).update(address="青禾县人民路1号")
    words = words_of(client.get(f"/agencies/qh-cz/apply/form.{suffix}").content, suffix)
    assert f"受理机关：{county.own.name}" in words
    assert "地址：青禾县人民路1号" in words


def test_it_fits_on_one_page(client: Client, county: SimpleNamespace) -> None:
    data = client.get("/agencies/qh-cz/apply/form.pdf").content
    with pdfplumber.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1


def test_other_formats_and_agencies_are_not_there(client: Client, county: SimpleNamespace) -> None:
    assert client.get("/sections/apply/form.json").status_code == 404
    assert client.get("/agencies/nowhere/apply/form.pdf").status_code == 404
