"""Passages are marked where they stand, and nothing else of a text is touched."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gongkai.desk.documents.marks import Passage, marked, place_of
from gongkai.publishing.document.rich_text import plain_text, sanitised

WORDS = st.text(alphabet="县财政局 &<>\"'一二三ab12", min_size=1, max_size=12)
BODY = st.lists(
    st.builds(
        lambda words, form: form.format(words),
        WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
        st.sampled_from(
            [
                "<p>{}</p>",
                "<h2>{}</h2>",
                "<p>甲<strong>{}</strong>乙</p>",
                "<ul><li>{}</li><li>丙</li></ul>",
                "<table><tr><td>{}</td><td>丁 戊</td></tr></table>",
                '<p><a href="https://example.org/">{}</a></p>',
            ]
        ),
    ),
    min_size=1,
    max_size=6,
).map(lambda parts: sanitised("".join(parts)))


def unmarked(html: str) -> str:
    without = re.sub(r'<mark[^>]*>(?:<a href="#f"[^>]*>)?', "", html)
    return re.sub(r"(?:</a>)?</mark>", "", without)


def texts(html: str) -> str:
    found = re.findall(r"<mark[^>]*>(.*?)</mark>", html)
    return plain_text("".join(found))


@given(BODY, st.data())
def test_what_is_marked_is_the_passage_and_the_rest_stays(body: str, data: st.DataObject) -> None:
    plain = plain_text(body)
    start = data.draw(st.integers(0, max(len(plain) - 1, 0)))
    end = data.draw(st.integers(start, len(plain)))
    html = marked(body, plain, [Passage(start, end, "f", "error")])
    assert "".join(texts(html).split()) == "".join(plain[start:end].split())
    assert "".join(plain_text(unmarked(html)).split()) == "".join(plain.split())


def test_a_passage_over_several_tags_has_one_id_and_is_never_nested() -> None:
    body = sanitised("<p>联系<strong>电话</strong>一二三</p>")
    html = marked(body, plain_text(body), [Passage(1, 6, "f", "review", "电话")])
    assert html.count('id="at-f"') == 1
    assert html.count("<mark") == 3


def test_within_a_link_a_mark_is_no_link_itself() -> None:
    body = sanitised('<p><a href="https://example.org/">网站</a></p>')
    html = marked(body, plain_text(body), [Passage(0, 2, "f", "review")])
    assert html.count("<a ") == 1


def test_of_two_passages_that_overlap_the_first_given_wins() -> None:
    body = sanitised("<p>一二三四</p>")
    html = marked(body, plain_text(body), [Passage(1, 3, "a", "error"), Passage(2, 4, "b", "note")])
    assert 'href="#a"' in html
    assert 'href="#b"' not in html


def test_a_message_cannot_break_out_of_its_attribute() -> None:
    body = sanitised("<p>一二三</p>")
    html = marked(body, plain_text(body), [Passage(0, 2, 'f"><i>', "error", '"><script>')])
    assert "<script" not in html
    assert "<i>" not in html


def test_a_quote_is_found_whatever_white_space_stands_in_it() -> None:
    assert place_of("第一段\n第二段", "段 第二") == (2, 6)
    assert place_of("第一段", "没有") is None
    assert place_of("第一段", "  ") is None
