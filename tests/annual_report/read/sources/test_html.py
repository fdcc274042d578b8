"""Web pages become paragraphs and grids in reading order, spans resolved."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual_report.read.source import Paragraph
from gongkai.annual_report.read.sources import parse
from tests.annual_report.read.sources.shown import grids, refusal, shown


def table(rows: str) -> list[list[str | None]]:
    (grid,) = shown(f"<html><table>{rows}</table>")
    assert isinstance(grid, list)
    return grid


def test_a_label_broken_over_many_elements_is_one_text() -> None:
    page = "<p><b>三、收到和处理</b><span><font>政府信息</font>公开<o:p></o:p></span></p><p>二</p>"
    assert shown(page) == ["三、收到和处理政府信息公开", "二"]


def test_breaks_and_blocks_part_paragraphs() -> None:
    page = "<div>一<br>二<BR/>三<div>四</div>五<ul><li>六<li>七</ul><h2>八</h2>"
    assert shown(page) == ["一", "二", "三", "四", "五", "六", "七", "八"]


def test_only_headings_are_flagged() -> None:
    source = parse("<h1>题</h1><p>文</p>".encode())
    assert [(b.text, b.heading) for b in source.blocks if isinstance(b, Paragraph)] == [
        ("题", True),
        ("文", False),
    ]


def test_white_space_of_the_markup_is_not_text_but_no_break_spaces_are() -> None:
    page = "<p>\n   一\n   二 </p><p>&nbsp;</p><p>三&nbsp;&nbsp;四</p>"
    assert shown(page) == ["一 二", "三\xa0\xa0四"]


def test_a_cell_keeps_its_lines_and_a_blank_cell_stays() -> None:
    rows = "<tr><th><p>商业</p><p>企业</p><th>其<br>他<tr><td>&nbsp;<td></td>"
    assert table(rows) == [["商业\n企业", "其\n他"], ["\xa0", ""]]


def test_end_tags_that_say_nothing_change_nothing() -> None:
    closed = "<tr><td><p>a</p></td> <td><p>b</p><p>c</p></td></tr> <tr><td>d</td><td>e</td></tr>"
    assert table(closed) == table("<tr><td><p>a<td><p>b<p>c<tr><td>d<td>e")
    assert table(closed) == [["a", "b\nc"], ["d", "e"]]


def test_the_looks_of_a_piece_of_a_line_are_not_text() -> None:
    page = (
        "<p>一<span title='a>b'>二</span><B CLASS=x>三</B><font size=1 face=\"宋体\">四</font></p>"
    )
    assert shown(f"{page}<p hidden>x</p>") == shown(page) == ["一二三四"]


def test_missing_end_tags_and_names_in_capitals() -> None:
    assert table("<TR><TD>a<TD>b<TR><TD>c<TD>d") == [["a", "b"], ["c", "d"]]


def test_row_groups_are_one_table() -> None:
    rows = "<thead><tr><td>a<td>b</thead><tbody><tr><td>c<td>d</tbody><tfoot><tr><td>e<td>f</tfoot>"
    assert table(rows) == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_spans_fill_every_position_with_the_same_cell() -> None:
    source = parse(
        b"<html><table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>"
    )
    (grid,) = grids(source)
    first = grid.rows[0][0]
    assert first is not None
    assert [grid.rows[0][1], grid.rows[1][0], grid.rows[1][1]] == [first, first, first]
    assert (first.row, first.column, first.rowspan, first.colspan) == (0, 0, 2, 2)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d", [["a", "b"], ["a", "c"], ["a", "d"]]),
        ("<tr><td rowspan=999999>a<td>b<tr><td>c", [["a", "b"], ["a", "c"]]),
        ("<tr><td colspan=999999>a<tr><td>b<td>c", [["a", "a"], ["b", "c"]]),
        ("<tr><td rowspan=-2 colspan=0>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        (
            "<tbody><tr><td rowspan=5>a<td>b</tbody><tbody><tr><td>c<td>d",
            [["a", "b"], ["c", "d"]],
        ),
        ("<tr><td>a<td rowspan=2>b<tr><td colspan=2>c", [["a", "b"], ["c", "b"]]),
        ("<tr><td>a<tr><td>b<td>c", [["a", None], ["b", "c"]]),
    ],
    ids=["zero", "too-long", "too-wide", "negative", "end-of-group", "overlap", "short-row"],
)
def test_odd_spans(rows: str, expected: list[list[str | None]]) -> None:
    assert table(rows) == expected


def test_too_many_digits_in_a_span_do_no_harm() -> None:
    assert table(f"<tr><td rowspan={'9' * 6000}>a<td>b") == [["a", "b"]]


def test_a_table_for_layout_gives_its_texts_and_its_tables_in_order() -> None:
    page = (
        "<table><tr><td><p>甲</p><table><tr><td>1<td>2</table><p>乙</p><td>丙</table>"
        "<table><tr><td>3<td>4</table>"
    )
    assert shown(page) == ["甲", [["1", "2"]], "乙", "丙", [["3", "4"]]]


def test_a_table_of_one_column_is_lines() -> None:
    assert shown("<table><tr><td><p>一</p><p>二</p></td></tr></table>") == ["一", "二"]


def test_text_in_a_table_outside_its_cells_comes_before_it() -> None:
    page = "<table><caption>题</caption>注<tr><td>a<td>b</tr>尾</table>"
    assert shown(page) == ["题", "注", "尾", [["a", "b"]]]


def test_cells_outside_any_table_are_text() -> None:
    assert shown("<div><td>a</td><tr><td>b</div>") == ["a", "b"]


def test_places_are_counted_in_reading_order() -> None:
    source = parse("<p>一<table><tr><td>1<td>2</table><p>二".encode())
    assert [block.place for block in source.blocks] == ["paragraph 1", "table 1", "paragraph 2"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>if (a<b) '<td>'</script>",
        "<style>p{}</style>",
        "<noscript>x</noscript>",
        "<template><p>x</p></template>",
        "<!-- <p>x</p> -->",
        "<!--[if gte mso 9]><p>x</p><![endif]-->",
        "<?xml:namespace prefix = o />",
        "<p hidden>x</p>",
        "<div style='color:red;DISPLAY: none'>x<div>y</div></div>",
        "<span hidden>x</span>",
        "<font style='display:none'>x<span>y</span></font>",
        "<nav><ul><li>x</ul></nav>",
        "<footer>x</footer>",
        "<aside>x<aside>y</aside></aside>",
        "<select><option>x<option>y</select>",
        "<button>x</button>",
        "<textarea>x</textarea>",
        "<svg><text>x</text></svg>",
    ],
)
def test_what_a_reader_does_not_see_is_left_out(hidden: str) -> None:
    assert shown(f"<div>一{hidden}二<p>三</p></div>") in (["一二", "三"], ["一", "二", "三"])


def test_a_hidden_row_or_cell_is_no_part_of_the_table() -> None:
    rows = "<tr><td>a<td style='display:none'>x<td>b<tr><td>c<td>d"
    assert table(rows) == [["a", "b"], ["c", "d"]]
    assert table("<tr style='display:none'><td>x<td>y<tr><td>c<td>d")[-1] == ["c", "d"]


def test_navigation_that_is_never_closed_does_not_swallow_the_page() -> None:
    assert shown("<div><nav>菜单<p>正文</p></div>") == ["菜单", "正文"]


def test_a_report_that_is_shown_by_script_only_is_still_read() -> None:
    page = "<div style='display:none'><table><tr><td>1<td>2</table></div><p>x</p>"
    assert [["1", "2"]] in shown(page)


def test_entities_and_stray_signs() -> None:
    assert shown("<p>&lt;1&gt; &amp; &#19968;&#x4e8c; 1 < 2 <3</p><p>x</p>") == [
        "<1> & 一二 1 < 2 <3",
        "x",
    ]


def test_attributes_with_signs_in_them() -> None:
    page = """<p title="a>b" data-x='<td>'>一</p><p width=10">二</p><a href=x?a=1&b=2>三</a>"""
    assert shown(page) == ["一", "二", "三"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert shown("<html><pre>一\n\n二 | 三\n</pre>")[:3] == ["一", "", "二 | 三"]


def test_title_and_date_come_from_the_head() -> None:
    source = parse(
        """<html><head><title> 年报 - 某网 </title>
        <META NAME="ArticleTitle" CONTENT="某县2023年年报">
        <meta content='2024-01-30 10:00' name='PubDate'></head><body>文""".encode()
    )
    assert (source.title, source.published) == ("某县2023年年报", "2024-01-30 10:00")
    assert parse("<title>年报</title><p>文</p>".encode()).title == "年报"


def test_the_title_is_not_a_paragraph() -> None:
    assert shown("<html><head><title>年报</title></head><body><p>文</p>") == ["文"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "年度报告" + "</div>" * 100_000,
        "<html>" + "<b>" * 200_000 + "年度报告",
        "<html>" + "<a href='" * 100_000,
        "<html>" + "<!--" * 100_000,
        "<html>" + "<script>" * 100_000,
        "<div hidden>" * 100_000,
        "<html>" + "<p hidden>a" * 100_000,
        "<html><a " + "= " * 1_000_000,
        "<html>" + "&ltfoo" * 200_000,
        "<table><td " + "rowspan=" * 500_000 + ">1<td>2",
        "<html><p>" + " \n" * 1_000_000 + "x",
    ],
    ids=lambda markup: markup[:20].strip(),
)
def test_hostile_pages_take_linear_time(markup: str) -> None:
    start = time.process_time()
    refusal(markup.encode())
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>" * 200,
        "<html>" + "<b>" * 600_000,
        "<table>" + ("<tr>" + "<td colspan=1000>1" * 100) * 100,
        "<table>" + "<tr><td rowspan=999999 colspan=1000>1<td>2" * 2000,
    ],
    ids=["nested", "tags", "wide", "tall"],
)
def test_a_page_past_the_limits_is_too_complex(markup: str) -> None:
    assert refusal(markup.encode()) == "too_complex"


names = st.sampled_from(["div", "p", "span", "b", "table", "tr", "td", "th", "tbody", "br", "h1"])
pieces = st.lists(
    st.one_of(
        names.map(lambda name: f"<{name}>"),
        names.filter(lambda name: name != "br").map(lambda name: f"</{name}>"),
        st.sampled_from(["<td colspan=2>", "<td rowspan=2>", "<!-- c -->", " ", "\n"]),
        st.integers(0, 999).map(str),
    ),
    max_size=40,
)


@given(pieces)
def test_no_text_is_lost_or_doubled_beside_a_browser_parser(parts: list[str]) -> None:
    page = "<html><body>" + "".join(parts)
    tree = LexborHTMLParser(page)
    expected = sorted("".join((tree.body.text() if tree.body else "").split()))
    found = sorted("".join(_characters(page)))
    assert found == expected


def _characters(page: str) -> list[str]:
    if refusal(page.encode()) == "no_text":
        return []
    source = parse(page.encode())
    texts = [block.text for block in source.blocks if isinstance(block, Paragraph)]
    for grid in grids(source):
        texts += {id(cell): cell.text for row in grid.rows for cell in row if cell}.values()
    return ["".join(text.split()) for text in texts]


cells = st.lists(
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=4),
    min_size=1,
    max_size=5,
)


@given(cells)
def test_every_position_holds_a_cell_that_covers_it(rows: list[list[tuple[int, int]]]) -> None:
    page = "<html><table>" + "".join(
        "<tr>" + "".join(f"<td rowspan={r} colspan={c}>x</td>" for r, c in row) + "</tr>"
        for row in rows
    )
    for grid in grids(parse(page.encode())):
        for number, line in enumerate(grid.rows):
            for column, cell in enumerate(line):
                if cell is not None:
                    assert cell.row <= number < cell.row + cell.rowspan
                    assert cell.column <= column < cell.column + cell.colspan
        assert len({len(line) for line in grid.rows}) == 1
