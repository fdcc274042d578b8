"""The small tables of section two."""

from gongkai.annual_report.figures import Report
from tests.annual_report.read.page import reading, text

OLD_TABLE = """第二十条第（一）项
信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量
规章（设区的市人民政府提供） | 0 | 0 | 0
规范性文件（以“规定”“办法”为标题的公文） | 2 | 2 | 19
其他主动公开文件 | 186 | 86 | 255
第二十条第（五）项
信息内容 | 上一年项目数量（指2019年事项数） | 本年增/减（减用负值，如-8） | 处理决定数量
行政许可 | 8 | -5 | 93
其他对外管理服务事项（含行政确认、行政处罚、行政强制） | 117 | 0 | 165
第二十条第（八）项
信息内容 | 上一年项目数量 | 本年增/减
行政事业性收费 | 2 || 0
第二十条第（九）项
信息内容 | 采购项目数量 | 采购总金额
政府集中采购 | 6 | 251000元"""


def old() -> Report:
    content = text()
    start, end = content.index("第二十条"), content.index("三、收到")
    return reading(content[:start] + OLD_TABLE + "\n" + content[end:])


def row(report: Report, code: str) -> list[object]:
    prefix = f"proactive.{code}."
    return [figure for address, figure in report.figures.items() if address.startswith(prefix)]


def test_the_form_is_known_by_its_column_heads() -> None:
    assert reading(text()).form == "2021"
    assert old().form == "2019"


def test_the_rows_of_the_2021_form_are_read() -> None:
    report = reading(text())
    assert row(report, "regulations") == [0, 0, 0]
    assert row(report, "normative_documents") == [5, 3, 12]


def test_remarks_in_brackets_do_not_hide_the_label() -> None:
    assert row(old(), "normative_documents") == [2, 2, 19]


def test_a_row_named_in_another_rows_remark_is_not_that_row() -> None:
    report = old()
    assert row(report, "other_services") == [117, 0, 165]
    assert row(report, "coercion") == []


def test_a_change_may_be_negative() -> None:
    assert row(old(), "licensing") == [8, -5, 93]


def test_a_filler_between_two_figures_is_no_cell() -> None:
    assert row(old(), "fees") == [2, 0]


def test_an_amount_may_carry_its_unit() -> None:
    assert row(old(), "procurement") == [6, 251000]


def test_a_row_the_form_does_not_have_is_told() -> None:
    assert [u.code for u in old().unplaced] == ["extra_row"]


def test_glued_figures_no_sum_ties_are_left_open_with_their_readings() -> None:
    report = reading(text().replace("行政规范性文件|5|3|12", "行政规范性文件6936"))
    assert row(report, "normative_documents") == [None, None, None]
    (left,) = report.unplaced
    assert left.code == "glued"
    assert (69, 3, 6) in left.readings


FULL = """信息内容|上一年项目数量|本年增/减|处理决定数量
行政许可|116|7|93
其他对外管理服务事项|3|8|2414
第二十条第（六）项
行政处罚|22|13|4
行政强制|163|1|0"""


def old_rows(table: str) -> Report:
    content = text()
    start, end = content.index("第二十条"), content.index("三、收到")
    head = "第二十条第（一）项\n信息内容|本年新制作数量|本年新公开数量|对外公开总数量\n"
    return reading(f"{content[:start]}{head}第二十条第（五）项\n{table}\n{content[end:]}")


def test_spans_written_out_as_blank_cells_do_not_move_a_figure() -> None:
    wide = FULL.replace("|", "||").replace("||7||93", "||7||").replace("||3||8||", "||||8||")
    report = old_rows("\n".join(f"{line}||" if "|" in line else line for line in wide.split("\n")))
    assert row(report, "licensing") == [116, 7, None]
    assert row(report, "other_services") == [None, 8, 2414]
    assert row(report, "penalties") == [22, 13, 4]


def test_one_figure_of_a_divided_row_is_not_cut_into_three() -> None:
    report = old_rows(FULL.replace("163|1|0", "163").replace("|", "\n"))
    assert row(report, "coercion") == [None, None, None]
    assert row(report, "penalties") == [22, 13, 4]
    assert [u.code for u in report.unplaced] == ["glued"]


def test_a_label_alone_on_its_line_is_a_blank_row() -> None:
    report = old_rows(FULL.replace("22|13|4", "").replace("|", "\n"))
    assert row(report, "penalties") == [None, None, None]
    assert row(report, "coercion") == [163, 1, 0]


def test_a_mark_for_nothing_between_two_labels_is_a_blank_row() -> None:
    report = old_rows(FULL.replace("行政处罚|22|13|4", "行政处罚|—").replace("|", "\n\n"))
    assert row(report, "penalties") == [None, None, None]
    assert report.provenance["proactive.penalties.decisions"].text == "—"


def test_an_empty_line_is_a_blank_cell_where_every_row_keeps_its_lines() -> None:
    table = FULL.replace("116|7|93", "116| | ").replace("22|13|4", " |13| ")
    report = old_rows(table.replace("|", "\n").replace("\n", "\n\n"))
    assert row(report, "licensing") == [116, None, None]
    assert row(report, "penalties") == [None, 13, None]
