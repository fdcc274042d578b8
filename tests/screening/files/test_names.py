"""Officers read what a property or a part of a file is, not what the file calls it."""

from __future__ import annotations

import pytest

from gongkai.screening.files.names import spoken, spoken_place


@pytest.mark.parametrize(
    ("excerpt", "chinese", "english"),
    [
        ("creator: 王某", "作者：王某", "Author: 王某"),
        ("lastModifiedBy: li", "最后修改人：li", "Last modified by: li"),
        ("description: 内部稿", "备注：内部稿", "Remarks: 内部稿"),
        ("+2: creator: 王某", "+2: 作者：王某", "+2: Author: 王某"),
        ("XMP creator: 王某", "作者：王某", "Author: 王某"),
        ("docProps/thumbnail.jpeg", "缩略图", "thumbnail"),
        ("联系人: 王某", "联系人: 王某", "联系人: 王某"),
        ("删去的一句话", "删去的一句话", "删去的一句话"),
    ],
)
def test_a_property_is_called_by_its_word(excerpt: str, chinese: str, english: str) -> None:
    assert spoken(excerpt) == chinese
    assert spoken(excerpt, "en") == english


@pytest.mark.parametrize(
    ("place", "chinese", "english"),
    [
        ("word/comments.xml", "批注", "comments"),
        ("word/header2.xml", "页眉 2", "header 2"),
        ("图片 word/media/image3.png", "图片 3", "图片 picture 3"),
        ("内部.docx: docProps/thumbnail.jpeg", "内部.docx: 缩略图", "内部.docx: thumbnail"),
        ("第 3 段", "第 3 段", "第 3 段"),
        ("custom/unknown.bin", "custom/unknown.bin", "custom/unknown.bin"),
    ],
)
def test_a_part_is_called_by_its_word(place: str, chinese: str, english: str) -> None:
    assert spoken_place(place) == chinese
    assert spoken_place(place, "en") == english
