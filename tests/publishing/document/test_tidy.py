"""The short way over plain paragraphs leads where the long way does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.document.rich_text import plain_text, read, sanitised, text, written
from gongkai.publishing.document.tidy import is_tidy

WORDS = st.text(
    "现就做好冬季供水保障工作通知如下，。；：（）《》—…0123456789abcXYZ-./%", min_size=1
)
BLOCKS = st.lists(st.tuples(st.sampled_from(["p", "h2", "h3", "h4", "h5"]), WORDS), min_size=1)


@given(BLOCKS)
def test_a_tidy_body_is_its_own_one_form_and_says_what_it_says(blocks):
    html = "".join(f"<{tag}>{words}</{tag}>\n" for tag, words in blocks)
    assert is_tidy(html)
    assert written(read(html)) == html == sanitised(html)
    assert text(read(html)) == "\n".join(words for _, words in blocks) == plain_text(html)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "文",
        "<p>文</p>",
        "<p></p>\n",
        "<p>文 字</p>\n",
        "<p>文</h2>\n",
        "<p>a&amp;b</p>\n",
        "<p class=x>文</p>\n",
        "<p>文</p>\n<script>x</script>\n",
        "<p>文\u3000字</p>\n",
        "<h1>文</h1>\n",
        "<p>文</p>\r\n",
    ],
)
def test_whatever_could_be_written_otherwise_takes_the_long_way(html):
    assert not is_tidy(html)
