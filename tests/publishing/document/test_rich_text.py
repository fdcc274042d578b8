"""A body keeps what an official document needs, has one spelling, and holds no script."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.publishing.document import rich_text, writing
from gongkai.publishing.document.blocks import Paragraph, Run
from gongkai.publishing.document.outline import outline, with_heading_ids
from gongkai.publishing.document.rich_text import (
    BodyTooLongError,
    canonical,
    links,
    plain_text,
    read,
    sanitised,
    written,
)

PICTURE = "/documents/7/attachments/map.png"

TABLE = (
    "<table>\n<caption>表 1</caption>\n<thead>\n"
    '<tr><th scope="col">项目</th><th scope="col">数量</th></tr>\n</thead>\n<tbody>\n'
    '<tr><td class="align-right" colspan="2">合计</td></tr>\n</tbody>\n</table>'
)
KEPT = [
    '<p class="align-center doc-title">关于春耕的通知</p>',
    '<p class="indent">各单位：<strong>务必</strong><em>按时</em><u>报送</u>。</p>',
    "<h2>一、总则</h2>",
    "<p>每平方米 m<sup>2</sup>、H<sub>2</sub>O、<s>删去</s></p>",
    "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>",
    '<ol start="3" type="a">\n<li>甲\n<ul>\n<li>丙</li>\n</ul>\n</li>\n</ol>',
    "<blockquote>\n<p>引文</p>\n</blockquote>",
    "<hr>",
    "<p>第一行<br>第二行</p>",
    '<p><a href="https://www.example.cn/a?x=1&amp;y=2">链接</a></p>',
    '<p><a href="mailto:xxgk@example.cn">邮箱</a><a href="/documents/3">本站</a></p>',
    '<p>注<a href="#note-1" id="note-ref-1"><sup>[1]</sup></a></p>',
    f'<p><img src="{PICTURE}" alt="位置图" width="200"></p>',
    TABLE,
]


@pytest.mark.parametrize("body", KEPT)
def test_what_a_document_needs_is_kept_as_it_is(body: str) -> None:
    assert sanitised(body) == body + "\n"


SPELLINGS = [
    ("<b>甲</b>", "<strong>甲</strong>"),
    ("<i><b>甲</b></i>", "<b><i>甲</i></b>"),
    ("<p>甲<span></span>乙</p>", "<p>甲乙</p>"),
    ("<div>甲</div><div>乙</div>", "<p>甲</p><p>乙</p>"),
    ("<p>甲\n乙</p>", "<p>甲乙</p>"),
    ("<p>a\n b</p>", "<p>a b</p>"),
    ("<p>甲<br><br>乙</p>", "<p>甲</p><p>乙</p>"),
    ("<p>甲</p><p>&nbsp;</p><p> </p>", "<p>甲</p>"),
    ("<h1>甲</h1>", "<h2>甲</h2>"),
    ('<p align="center">甲</p>', "<center>甲</center>"),
    ('<p style="text-align:right;color:red">甲</p>', '<p class="align-right">甲</p>'),
    ('<p style="text-indent:2em">甲</p>', '<p class="indent x">甲</p>'),
    ('<span style="font-weight:700">甲</span>', "<b>甲</b>"),
    ("<ul><li>甲<li>乙</ul>", "<ul><li><p>甲</p></li><li>乙</li></ul>"),
    ("<table><tr><td>甲<td>乙</table>", "<table><tbody><tr><td>甲</td><td>乙</td></tr></table>"),
    ("<p>甲\u200b乙\u202e</p>", "<p>甲乙</p>"),
    ("<!-- x --><p>甲</p>", "<p>甲</p>"),
    ("甲", "<p>甲</p>"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_two_bodies_that_look_the_same_are_the_same_bytes(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_text_is_never_lost_with_the_tag_around_it() -> None:
    body = "<marquee>甲</marquee><table>乙<tr><td>丙</table><li>丁<form>戊<dl><dt>己<dd>庚</dl>"
    assert re.sub(r"\s", "", plain_text(body)) == "甲乙丙丁戊己庚"


def test_a_head_of_a_table_reaches_as_far_as_its_cells() -> None:
    table = "<table><thead><tr><td rowspan=2>a<td>b</thead><tr><td>c<tr><td>d<td>e</table>"
    head, _, body = sanitised(table).partition("</thead>")
    assert "c" in head
    assert "d" in body


# What has been used elsewhere to get script through a filter.
MUTATING = (
    "<math><mtext><table><mglyph><style><!--</style>"
    '<img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">'
)
VECTORS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<SCRIPT/SRC=//e.example></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    f"<img src={PICTURE} onerror=alert(1)>",
    '<img src="/documents/7/attachments/../../../logout">',
    '<img src="/documents/7/attachments/%2e%2e/%2e%2e/logout">',
    '<img src="//e.example/documents/7/attachments/a.png">',
    '<img src="/\\e.example/documents/7/attachments/a.png">',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    f'<img src="{PICTURE}" srcset="https://e.example/x 2x">',
    '<img src="`javascript:alert(1)`">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="&#x6A;avascript&colon;alert(1)">x</a>',
    '<a href="javascript&#58alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="\u200bjavascript:alert(1)">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//e.example">x</a>',
    '<a href="/\\e.example">x</a>',
    '<a href="\\\\e.example">x</a>',
    '<a href="https://good.example@e.example/">x</a>',
    '<a href="https:e.example">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="#top" id="__proto__" name="body">x</a>',
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    MUTATING,
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<template><template><img src=x onerror=alert(1)></template></template>",
    "<title><img src=x onerror=alert(1)></title>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<noembed><img src=x onerror=alert(1)></noembed>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<base href=https://e.example/>",
    "<link rel=stylesheet href=https://e.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<select><iframe><script>alert(1)</script></select>",
    "<style>@import 'https://e.example/x.css';</style>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<p style="width:expression(alert(1))">x</p>',
    '<p class="indent" onclick="alert(1)">x</p>',
    '<p class="x" onclick="alert(1)">x</p>',
    "<p/onclick=alert(1)>x</p>",
    "<p\x0conclick=alert(1)>x</p>",
    '<p title="</p><script>alert(1)</script>">x</p>',
    "<p title='<!--' ><img src=x onerror=alert(1) title='-->'>x</p>",
    "<!--><script>alert(1)</script>-->",
    "<!--><img src=x onerror=alert(1)>",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE x [<!ENTITY y '<script>alert(1)</script>'>]>&y;",
    "<table background=javascript:alert(1)><tr><td>x</table>",
    "<td width=1 onmouseover=alert(1)>x",
    "<a href=https://x.example/ target=_blank rel=opener ping=https://e.example>x</a>",
    "<isindex action=javascript:alert(1) type=image>",
    "<b><p><table><b><img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\ud800<script>alert(1)</script>\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]
TAGS = {
    *("p", "h2", "h3", "h4", "h5", "br", "hr", "ul", "ol", "li", "blockquote", "a", "img"),
    *("strong", "em", "u", "s", "sup", "sub"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *("href", "id", "src", "alt", "width", "height", "colspan", "rowspan"),
    *("scope", "start", "type", "class"),
}


class Seen(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def assert_harmless(body: str) -> None:
    """Nothing but allowed tags, attributes and addresses, for two independent parsers."""
    seen = Seen()
    seen.feed(body)
    tree = html5lib.parseFragment(body, namespaceHTMLElements=False)
    parsed = [(str(node.tag), dict(node.attrib)) for node in tree.iter() if node is not tree]
    for tag, attributes in [*seen.tags, *parsed]:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES
        address = attributes.get("href") or ""
        assert re.match(r"$|#note|/(?![/\\])|https?://[^@]*$|mailto:|tel:", address), address
        source = attributes.get("src")
        assert source is None or (source.startswith("/documents/") and ".." not in source)


@pytest.mark.parametrize("vector", VECTORS)
def test_no_known_trick_gets_script_through(vector: str) -> None:
    for body in (vector, f"<p>{vector}</p>", f"<table><tr><td>{vector}</table>", f"<ul>{vector}"):
        safe = sanitised(body)
        assert_harmless(safe)
        assert sanitised(safe) == safe


NAMES = "p div h1 h3 ul ol li table caption thead tbody tr td th a img b i u s sup span br hr pre"
NAMES += " blockquote center x:y svg style script title template math noscript select form"
ATTRIBUTED = [
    *("", ' href="/x"', ' href="#note-1" id="note-1"', ' class="indent align-center x"'),
    *(' style="text-align:right;text-indent:2em"', ' colspan="3"', ' start="4" type="a"'),
    *(
        f' src="{PICTURE}" alt="图 1"',
        " align=center",
        " style='font-weight:normal'",
        ' id="note-1"',
    ),
    *(" onclick=x", ' title="<b>'),
]
CHARACTERS = [
    *(
        " ",
        "\n",
        " a ",
        "中\n文",
        "&nbsp;",
        "\u3000",
        "&amp;lt;",
        "&lt;p&gt;",
        "<",
        '"',
        "x",
        "\x0c",
    ),
    *("\u2028", "<!--", "-->", "]]>", "<![endif]", "&", "&#0;", "'"),
]
MARKUP = st.lists(
    st.one_of(
        st.sampled_from(CHARACTERS),
        st.builds("<{}{}>".format, st.sampled_from(NAMES.split()), st.sampled_from(ATTRIBUTED)),
        st.sampled_from(NAMES.split()).map("</{}>".format),
    ),
    max_size=25,
).map("".join)


@given(MARKUP)
@settings(max_examples=150, deadline=None)
def test_saving_without_a_change_changes_nothing(source: str) -> None:
    body = sanitised(source)
    assert sanitised(body) == body


@given(MARKUP)
@settings(max_examples=80, deadline=None)
def test_nh3_has_nothing_to_change_in_what_the_blocks_give(source: str) -> None:
    assert writing.markup(read(source)) == sanitised(source)


@given(MARKUP)
@settings(max_examples=80, deadline=None)
def test_whatever_is_put_in_what_comes_out_is_harmless(source: str) -> None:
    assert_harmless(sanitised(source))


@given(MARKUP)
@settings(max_examples=80, deadline=None)
def test_the_plain_text_is_that_of_the_body(source: str) -> None:
    assert plain_text(source) == plain_text(sanitised(source))


@given(st.text())
def test_any_text_is_a_body(source: str) -> None:
    assert sanitised(sanitised(source)) == sanitised(source)


def test_plain_text_has_a_line_for_each_paragraph_and_row_and_tabs_between_cells() -> None:
    body = (
        "<h2>标题</h2><p>一<b>二</b><br>三</p><ul><li>甲</li></ul>"
        "<table><tr><td>a</td><td><p>b</p><p>c</p></td></tr><tr><td></td><td>d</td></tr></table>"
    )
    assert plain_text(body) == "标题\n一二\n三\n甲\na\tb c\n\td"


def test_links_stand_where_the_plain_text_has_them() -> None:
    body = (
        '<p>见<a href="https://a.example/">甲文</a>和<a href="#note-1">注</a></p>'
        '<table><tr><td>x</td><td></td><td><a href="/documents/2">乙文</a></td></tr></table>'
    )
    text = plain_text(body)
    found = {link.address: text[link.start : link.end] for link in links(body)}
    assert found == {"https://a.example/": "甲文", "/documents/2": "乙文"}


def test_a_name_of_an_anchor_stands_once() -> None:
    body = '<p><a id="note-1">甲<br>乙</a></p><p><a id="note-1">丙</a></p>'
    assert sanitised(body).count('id="note-1"') == 1


NESTED = [
    "<div>",
    "<b>",
    "<ul><li>",
    "<table><tr><td>",
    "<blockquote><p>",
    "<svg>",
    "<font color=x>",
]


@pytest.mark.parametrize("tag", NESTED)
def test_tags_nested_without_end_cost_no_more_than_their_length(tag: str) -> None:
    def taken(size: int) -> float:
        start = time.process_time()
        sanitised(tag * (size // len(tag)) + "甲")
        return time.process_time() - start

    def least(size: int) -> float:
        return min(taken(size) for _ in range(3))

    assert least(200_000) < 25 * max(least(20_000), 0.02)


REPEATED = ["&", "&lt;", "&gt;", "&nbsp;", " \xa0", "a\xa0", "&amp;lt;"]


@pytest.mark.parametrize("sign", REPEATED)
def test_signs_without_end_in_one_text_cost_no_more_than_their_length(sign: str) -> None:
    start = time.process_time()
    body = sanitised(f"<p>a{sign * 800_000}a</p>")
    assert time.process_time() - start < 8
    assert plain_text(body).startswith("a")


@pytest.mark.parametrize("sign", REPEATED)
def test_signs_are_written_as_nh3_would_write_them(sign: str) -> None:
    source = f'<p>a{sign * 3}<a href="https://a.cn/?x=1&amp;y=2">{sign}b</a></p>'
    assert written(read(source)) == rich_text._CLEANER.clean(writing.markup(read(source)))


def test_what_stands_in_for_a_reference_is_never_taken_for_one() -> None:
    assert sanitised("<p>\ufdd1script\ufdd2&#xfdd0;</p>") == "<p>script</p>\n"
    made = written([Paragraph((Run("\ufdd1script\ufdd2"),))])
    assert made == "<p>script</p>\n"


def test_the_description_of_a_picture_has_an_end() -> None:
    body = sanitised(f'<p><img src="{PICTURE}" alt="{"&amp;" * 400_000}"></p>')
    assert len(plain_text(body)) <= 2000


INVISIBLE = "\ufe0f\u034f\u061c\u180e\u3164\u115f\u2800\u206a\U000e0041\U000e0100\u202e\u2066\u200d"


@pytest.mark.parametrize("char", INVISIBLE)
def test_a_character_nobody_sees_is_left_out(char: str) -> None:
    assert sanitised(f"<p>机{char}密&#{ord(char)};文</p>") == "<p>机密文</p>\n"


@pytest.mark.parametrize("word", ["\u0628\u200c\u0631", "\u1828\u180b\u1820", "\u1828\u180e\u1820"])
def test_what_belongs_to_the_spelling_of_a_word_stays(word: str) -> None:
    assert plain_text(sanitised(f"<p>{word}</p>")) == word


def test_ten_megabytes_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "<p>" + "政务公开" * 250 + "</p>\n"
    whole = body * (rich_text.LIMIT // len(body))
    start = time.process_time()
    assert len(sanitised(whole)) == len(whole)
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    ("source", "unit"),
    [("a" * (rich_text.LIMIT + 1), "characters"), ("<" * (rich_text.LIMIT_TAGS + 1), "tags")],
)
def test_more_is_refused_with_the_figure_that_was_passed(source: str, unit: str) -> None:
    with pytest.raises(BodyTooLongError, match=unit) as caught:
        sanitised(source)
    assert caught.value.number == caught.value.limit + 1


def test_what_lies_too_deep_is_laid_flat_and_keeps_its_words() -> None:
    body = sanitised("<ul><li>甲" * 40)
    assert body.count("<ul>") <= 12
    assert plain_text(body).count("甲") == 40


def test_the_outline_has_the_headings_and_what_official_documents_write_as_such() -> None:
    body = (
        '<p class="doc-title">第一章程</p><h2>说明</h2><p>第一章　总则</p><p>一、总体要求</p>'
        "<p>一、这是一句话。</p><table><tr><td><p>二、表内</p><p>x</p></td></tr></table>"
    )
    assert [(heading.level, heading.text) for heading in outline(body)] == [
        (2, "说明"),
        (2, "第一章 总则"),
        (3, "一、总体要求"),
    ]


def test_every_heading_of_the_outline_can_be_linked_to() -> None:
    body = '<h2>甲</h2><blockquote><p>一、引文</p></blockquote><p class="indent">一、乙</p>'
    shown = with_heading_ids(body)
    for heading in outline(body):
        assert re.search(rf'<\w+ id="{heading.id}"[^>]*>{heading.text}<', shown)
    assert sanitised(shown) == sanitised(body)
