"""A form without script holds the text; what its writer did not touch is not lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.desk.documents.plain import as_text, written_over
from gongkai.publishing.document.rich_text import plain_text, sanitised

TABLE = "<table><tr><th>乡镇</th><th>里程</th></tr><tr><td>柳溪镇</td><td>32</td></tr></table>"
BODY = sanitised(
    f"<h2>一、要求</h2><p>保障<strong>用水</strong>。</p>{TABLE}<ol><li>检查</li></ol>"
)
LINES = st.lists(st.text(alphabet="甲乙丙 <&\t一", max_size=8), max_size=8).map("\n".join)


def test_text_that_was_not_changed_gives_the_body_back() -> None:
    assert written_over(BODY, as_text(BODY)) == BODY
    assert written_over(BODY, as_text(BODY).replace("\n", "\r\n") + "\r\n\r\n") == BODY


def test_a_changed_line_becomes_a_paragraph_and_the_table_stays() -> None:
    after = written_over(BODY, as_text(BODY).replace("保障用水。", "保障居民用水。"))
    assert "<p>保障居民用水。</p>" in after
    assert "<h2>一、要求</h2>" in after
    assert "<table>" in after
    assert "<strong>" not in after


def test_a_table_that_was_changed_keeps_its_words() -> None:
    after = written_over(BODY, as_text(BODY).replace("32", "33"))
    assert "<table>" not in after
    assert "柳溪镇" in after
    assert "33" in after


def test_tags_that_are_typed_are_words() -> None:
    assert "&lt;script&gt;" in written_over("", "<script>alert(1)</script>")


@given(LINES)
def test_what_is_typed_is_what_is_read(typed: str) -> None:
    held = plain_text(written_over(BODY, typed))
    words = [line.split() for line in typed.split("\n") if line.strip()]
    assert [line.split() for line in held.split("\n") if line.strip()] == words


@given(LINES, LINES)
def test_the_body_before_never_changes_what_is_typed(before: str, typed: str) -> None:
    one = plain_text(written_over(written_over("", before), typed))
    assert one.split() == plain_text(written_over("", typed)).split()
