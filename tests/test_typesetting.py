"""Type is set from data: what no font has is marked and told, nothing in it is evaluated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from gongkai.typesetting import (
    MissingFontError,
    Press,
    TypesettingError,
    archival,
    serif_and_sans,
)

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "甲", date: datetime(year: 2026, month: 3, day: 2))
#set text(font: data.faces.serif, lang: "zh")
#data.text
#metadata(data.text.len()) <length>
"""
OPTIONS = archival(date(2026, 3, 2))
UNKNOWN = "\U0001fae8"


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    template = tmp_path_factory.mktemp("press") / "page.typ"
    template.write_text(TEMPLATE, "utf-8")
    return Press(Path(template), serif_and_sans)


def written(data: bytes) -> str:
    opened = pypdfium2.PdfDocument(data)
    try:
        return "".join("".join(p.get_textpage().get_text_bounded() for p in opened).split())
    finally:
        opened.close()


def test_what_is_set_is_archival_and_the_same_again(press: Press) -> None:
    made = press.set({"text": "本机关公开"}, **OPTIONS).made
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert written(made) == "本机关公开"
    assert press.set({"text": "本机关公开"}, **OPTIONS).made == made


def test_the_value_under_a_label_is_told(press: Press) -> None:
    assert press.set({"text": "abc"}, label="length", **OPTIONS).told == 3


def test_a_character_that_no_font_has_is_marked_and_told(press: Press) -> None:
    proof = press.set({"text": f"王{UNKNOWN}㙍"}, **OPTIONS)
    assert (written(proof.made), proof.missing) == ("王〓㙍", (UNKNOWN,))


def test_what_is_known_to_be_missing_is_marked_at_once(press: Press) -> None:
    proof = press.set({"text": "甲乙"}, missing=["乙"], **OPTIONS)
    assert (written(proof.made), proof.missing) == ("甲〓", ("乙",))


def test_many_characters_that_no_font_has_are_all_marked(press: Press) -> None:
    proof = press.set({"text": "".join(map(chr, range(0x30000, 0x30040)))}, **OPTIONS)
    assert written(proof.made) == "〓" * 64


def test_text_is_no_code(press: Press) -> None:
    assert written(press.set({"text": '#panic("x") $1$'}, **OPTIONS).made) == '#panic("x")$1$'


def test_what_typst_refuses_is_said_in_its_own_words(press: Press) -> None:
    with pytest.raises(TypesettingError, match="text"):
        press.set({}, **OPTIONS)


def test_without_a_chinese_font_the_error_names_the_packages() -> None:
    with pytest.raises(MissingFontError, match="fonts-noto-cjk"):
        serif_and_sans(frozenset({"DejaVu Sans"}))


def test_either_chinese_font_may_stand_in_for_the_other() -> None:
    serif, sans = ["Noto Serif CJK SC"], ["Noto Sans CJK SC"]
    assert serif_and_sans(frozenset(serif)) == {"serif": serif, "sans": serif}
    assert serif_and_sans(frozenset(sans)) == {"serif": sans, "sans": sans}
    assert serif_and_sans(frozenset(serif + sans)) == {"serif": serif, "sans": sans}
