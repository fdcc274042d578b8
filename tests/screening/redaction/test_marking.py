"""Words are found where they stand, and personal data is suggested without being repeated."""

from __future__ import annotations

import pytest

from gongkai.screening.redaction import Box, find, suggest
from tests.screening.files.making import page
from tests.screening.redaction.papers import LETTER, NAME, look, paper, within


def test_a_word_is_found_at_its_place() -> None:
    data = paper(b"BT /F1 10 Tf 20 50 Td (Secret) Tj ET")
    (box,) = find(data, ["Secret"])
    assert (box.page, box.x0, box.x1) == (1, pytest.approx(19, abs=1), pytest.approx(51, abs=3))
    assert box.y0 < 43
    assert box.y1 > 50


def test_the_box_holds_all_the_ink_of_the_word() -> None:
    data = paper(b"BT /F1 20 Tf 20 50 Td (Qgjpy) Tj ET")
    (box,) = find(data, ["Qgjpy"])
    picture = look(data)
    picture.paste((255, 255, 255), tuple(round(side * 2) for side in box.area))
    assert within(picture, Box(1, 1, 1, 199, 99)) == {(255, 255, 255)}


def test_every_place_of_a_word_is_found_on_every_page() -> None:
    data = page(f"{NAME}，{NAME}\n#pagebreak()\n{NAME}")
    assert [box.page for box in find(data, [NAME])] == [1, 1, 2]


def test_a_word_that_goes_on_in_the_next_line_has_a_box_in_each() -> None:
    data = page("申请人：一二三四五六七八九十一二" + NAME + "等人")
    assert len(find(data, ["九十一二赟垚鑫等"])) == 2


def test_white_space_case_and_width_make_no_difference() -> None:
    data = paper(b"BT /F1 10 Tf 20 50 Td (AB  12) Tj ET")
    assert find(data, ["ａｂ１２"]) == find(data, ["ab 12"]) != []


def test_a_ligature_is_the_letters_it_stands_for() -> None:
    assert len(find(page('#text(font: "DejaVu Serif")[office]'), ["office"])) == 1


def test_a_character_beyond_the_basic_plane_is_found() -> None:
    assert len(find(page("申请人𠮷某"), ["𠮷某"])) == 1


def test_no_word_or_a_blank_one_is_found_nowhere() -> None:
    assert find(page(LETTER), ["", " "]) == find(page(LETTER), []) == []


def test_personal_data_is_suggested_with_the_rule_and_masked() -> None:
    found = suggest(page(LETTER))
    assert {one.rule for one in found} >= {"personal.id_card", "personal.mobile"}
    assert "11010519491231002X" not in repr(found)
    assert "13800138000" not in repr(found)


def test_a_suggestion_stands_where_the_word_does() -> None:
    data = page(LETTER)
    (phone,) = find(data, ["13800138000"])
    assert phone in {one.box for one in suggest(data) if one.rule == "personal.mobile"}


def test_a_page_without_personal_data_has_no_suggestion() -> None:
    assert suggest(page("本机关已经收到申请。")) == []
