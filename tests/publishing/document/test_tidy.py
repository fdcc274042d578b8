"""The short way over plain paragraphs leads where the long way does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.document.rich_text import plain_text, read, sanitised, text, written
from gongkai.publishing.document.tidy import tidied

CHARACTERS = st.text(
    "现就做好冬季供水保障工作通知如下，。；：（）《》—…①℃０9Ａa0123456789abcXYZ-./%,:;!=@[]{}_~|^#$*+?()",
    min_size=1,
)
WORDS = st.tuples(CHARACTERS, st.sampled_from(["", " ", "\u3000"]), CHARACTERS).map("".join)
TEXTS = st.tuples(st.sampled_from(["p", "h2", "h3", "h4", "h5"]), WORDS).map(
    lambda it: (f"<{it[0]}>{it[1]}</{it[0]}>\n", it[1])
)
CELLS = st.tuples(st.sampled_from(["td", "th"]), WORDS)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)


def table(rows):
    """The markup of a table and what it says."""
    markup = "".join(
        f"<tr>{''.join(f'<{tag}>{words}</{tag}>' for tag, words in row)}</tr>\n" for row in rows
    )
    said = "\n".join("\t".join(words for _, words in row) for row in rows)
    return f"<table>\n<tbody>\n{markup}</tbody>\n</table>\n", said


BLOCKS = st.lists(TEXTS | TABLES.map(table), min_size=1)


@given(BLOCKS)
def test_a_tidy_body_is_its_own_one_form_and_says_what_it_says(blocks):
    html = "".join(markup for markup, _ in blocks)
    assert tidied(html) == html
    assert written(read(html)) == html == sanitised(html)
    assert text(read(html)) == "\n".join(said for _, said in blocks) == plain_text(html)


@given(BLOCKS, st.sampled_from(["", "\r\n", "\n\n", "  \n\t"]))
def test_white_space_between_tags_is_nothing(blocks, gap):
    html = "".join(markup for markup, _ in blocks)
    assert tidied(html.replace("\n", gap)) == html == written(read(html.replace("\n", gap)))


@pytest.mark.parametrize(
    "html",
    [
        "",
        "文",
        "<p></p>\n",
        "<p> 文</p>\n",
        "<p>文  字</p>\n",
        "<p>文</h2>\n",
        "<p>a&amp;b</p>\n",
        "<p class=x>文</p>\n",
        "<p>文</p>\n<script>x</script>\n",
        "<p>\u3000文</p>\n",
        "<h1>文</h1>\n",
        "<table><tbody><tr><td>一</td><td>二</td></tr><tr><td>三</td></tr></tbody></table>",
        "<table><tbody><tr><td></td></tr></tbody></table>",
        "<table><tr><td>一</td></tr></table>",
    ],
)
def test_whatever_could_be_written_otherwise_takes_the_long_way(html):
    assert tidied(html) is None
