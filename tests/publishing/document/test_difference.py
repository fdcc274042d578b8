"""A difference reads by paragraph, row and word, and leaves nothing out."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.publishing.document.difference import Block, difference, fields, plain
from gongkai.publishing.document.rich_text import plain_text


def body(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def changes(blocks: tuple[Block, ...]) -> list[str]:
    return [block.change for block in blocks]


def shown(block: Block) -> str:
    """The pieces with what was removed in [-…-] and what was added in {+…+}."""
    marks = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in block.pieces)


FIRST = "各乡镇人民政府应当加强组织领导，明确责任分工。"
SECOND = "请于三月十日前将实施方案报送县政府办公室。"
THIRD = "本通知自印发之日起施行，有效期五年。"


def test_nothing_changed_is_all_the_same() -> None:
    assert changes(difference(body(FIRST, SECOND), body(FIRST, SECOND))) == ["same", "same"]


def test_a_changed_word_is_shown_within_its_paragraph() -> None:
    (block,) = difference(body(SECOND), body(SECOND.replace("三月十日", "四月五日")))
    assert block.change == "changed"
    assert shown(block).endswith("日前将实施方案报送县政府办公室。")
    assert block.before == SECOND


def test_a_new_paragraph_is_added_and_the_others_stay() -> None:
    blocks = difference(body(FIRST, THIRD), body(FIRST, SECOND, THIRD))
    assert changes(blocks) == ["same", "added", "same"]


def test_a_paragraph_taken_out_is_removed() -> None:
    blocks = difference(body(FIRST, SECOND, THIRD), body(FIRST, THIRD))
    assert changes(blocks) == ["same", "removed", "same"]


def test_a_paragraph_elsewhere_has_moved_and_knows_from_where() -> None:
    blocks = difference(body(FIRST, SECOND, THIRD, "甲"), body(SECOND, THIRD, "甲", FIRST))
    assert changes(blocks) == ["moved_from", "same", "same", "same", "moved_to"]
    assert (blocks[0].partner, blocks[4].partner) == (4, 0)


def test_rows_of_a_table_are_compared_row_by_row() -> None:
    before = (
        "<table><tr><td>柳溪镇</td><td>1200</td></tr><tr><td>上河乡</td><td>300</td></tr></table>"
    )
    after = before.replace("1200", "1500").replace(
        "</table>", "<tr><td>东岭乡</td><td>9</td></table>"
    )
    blocks = difference(before, after)
    assert changes(blocks) == ["changed", "same", "added"]
    assert {block.kind for block in blocks} == {"row"}
    assert shown(blocks[0]) == "柳溪镇\t[-1200-]{+1500+}"


def test_the_same_words_in_another_form_are_restyled() -> None:
    blocks = difference(body(FIRST, SECOND), f"<h2>{FIRST}</h2><p><b>{SECOND}</b></p>")
    assert changes(blocks) == ["restyled", "restyled"]


def test_a_link_that_leads_elsewhere_is_not_overlooked() -> None:
    before = '<p><a href="/documents/1">附件</a></p>'
    assert changes(difference(before, before.replace("1", "2"))) == ["restyled"]


def test_a_character_that_happens_to_be_the_same_does_not_disturb() -> None:
    (block,) = difference(
        body("责任单位：县水利局的工程科。"), body("责任单位：县教育局的基建科。")
    )
    assert len(block.pieces) <= 5
    assert "".join(piece.text for piece in block.pieces if piece.kind == "kept").startswith(
        "责任单位"
    )


TEXT = st.text(st.sampled_from("各部门应当在报送,，。 12年<b"), max_size=14)
PARAGRAPH = TEXT.map(lambda text: body(text.replace("<", "&lt;")))
ROW = st.lists(st.text("甲乙12", max_size=3), min_size=1, max_size=3).map(
    lambda cells: f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"
)
BODY = st.lists(
    st.one_of(PARAGRAPH, ROW, st.sampled_from([body(FIRST), body(SECOND), "<ul><li>一项</ul>"])),
    max_size=9,
).map("".join)


@given(BODY, BODY)
@settings(max_examples=80, deadline=None)
def test_kept_and_removed_give_the_text_before_kept_and_added_the_text_after(
    before: str, after: str
) -> None:
    blocks = difference(before, after)
    olds = [block.before for block in blocks if block.before is not None]
    news = [block.after for block in blocks if block.after is not None]
    assert "\n".join(olds) == plain_text(before)
    assert "\n".join(news) == plain_text(after)


@given(BODY, BODY)
@settings(max_examples=60, deadline=None)
def test_who_moved_has_one_partner(before: str, after: str) -> None:
    blocks = difference(before, after)
    for index, block in enumerate(blocks):
        assert (block.partner is not None) == block.change.startswith("moved")
        if block.partner is not None:
            assert blocks[block.partner].partner == index
            assert blocks[block.partner].pieces[0].text == block.pieces[0].text


@given(BODY)
def test_a_body_beside_itself_shows_no_change(one: str) -> None:
    assert set(changes(difference(one, one))) <= {"same"}


def long_text(seed: int, paragraphs: int) -> list[str]:
    made = random.Random(seed)
    words = FIRST + SECOND + THIRD
    return ["".join(made.choices(words, k=made.randint(20, 160))) for _ in range(paragraphs)]


def test_two_hundred_pages_are_compared_at_once() -> None:
    old = long_text(1, 4_000)
    new = [text if index % 10 else text[:10] + SECOND + text[15:] for index, text in enumerate(old)]
    new.insert(3_500, new.pop(2))
    start = time.process_time()
    found = Counter(changes(difference(body(*old), body(*new))))
    assert time.process_time() - start < 8
    assert found["moved_to"] == 1
    assert found["changed"] > 350


def test_a_text_written_anew_costs_no_more() -> None:
    start = time.process_time()
    difference(body(*long_text(1, 3_000)), body(*long_text(2, 3_000)))
    assert time.process_time() - start < 8


def test_a_table_of_rows_that_repeat_costs_no_more() -> None:
    start = time.process_time()
    difference(body(*["合计", "小计", "甲"] * 1_000), body(*["小计", "合计", "乙"] * 1_000))
    assert time.process_time() - start < 8


def test_metadata_that_differ_are_named_with_what_changed() -> None:
    before = {
        "title": "关于春耕的通知",
        "topic": "农业",
        "ground": None,
        "formed_on": date(2026, 3, 2),
    }
    after = {
        "title": "关于秋收的通知",
        "topic": "农业",
        "item": "20.1",
        "formed_on": date(2026, 3, 2),
    }
    found = {change.name: (change.before, change.after) for change in fields(before, after)}
    assert found == {"title": ("关于春耕的通知", "关于秋收的通知"), "item": ("", "20.1")}


def test_a_text_without_markup_is_compared_line_by_line_and_its_signs_are_no_tags() -> None:
    blocks = plain(f"{FIRST}\n预算<甲>&乙", f"{FIRST}\n预算<丙>&乙\n{THIRD}")
    assert changes(blocks) == ["same", "changed", "added"]
    assert (blocks[1].before, blocks[1].after) == ("预算<甲>&乙", "预算<丙>&乙")
