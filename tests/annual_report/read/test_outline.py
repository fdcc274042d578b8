"""Six sections with their narrative, without tables and page furniture."""

import pytest

from gongkai.annual_report.read import UnreadableReportError
from tests.annual_report.read.page import reading, text


def test_sections_hold_the_narrative_and_not_the_tables() -> None:
    report = reading(text())
    assert report.sections[0].title == "总体情况"
    assert [s.text for s in report.sections] == [
        "全年收到政府信息公开申请16件。",
        "",
        "",
        "",
        "解读形式还不够丰富。",
        "未收取信息处理费。",
    ]


def test_restarted_numbering_survives() -> None:
    content = text().replace("四、政府信息", "一、政府信息").replace("五、存在", "二、存在")
    assert [s.number for s in reading(content).sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("official", "found"),
    [
        ("一、总体情况", "一、政府信息公开总体情况"),
        ("一、总体情况", "总体情况"),
        ("二、主动公开政府信息情况", "二、政府信息主动公开情况"),
        ("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开的申请情况"),
        ("三、收到和处理政府信息公开申请情况", "三、依申请公开情况"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开复议诉讼情况"),
        ("五、存在的主要问题及改进情况", "五、信息公开工作存在的主要问题及改进措施"),
        ("六、其他需要报告的事项", "六、其他需要汇报事项"),
    ],
)
def test_headings_are_known_in_other_words(official: str, found: str) -> None:
    report = reading(text().replace(official, found))
    assert [s.number for s in report.sections] == [1, 2, 3, 4, 5, 6]
    assert report.sections[0].text == "全年收到政府信息公开申请16件。"


def test_a_table_of_contents_is_passed_over() -> None:
    contents = "目录\n一、总体情况\n二、主动公开政府信息情况\n五、存在的主要问题及改进情况\n"
    report = reading(contents + text())
    first = report.section(1)
    assert first is not None
    assert first.text == "全年收到政府信息公开申请16件。"


def test_a_subheading_is_not_the_section() -> None:
    content = text().replace("解读形式还", "（一）存在的主要问题\n解读形式还")
    fifth = reading(content).section(5)
    assert fifth is not None
    assert fifth.text == "（一）存在的主要问题\n解读形式还不够丰富。"


def test_what_follows_the_report_is_cut_off() -> None:
    last = reading(text(tail="相关链接\n别处的年报\n版权所有：某网站")).section(6)
    assert last is not None
    assert last.text == "未收取信息处理费。"


def test_a_text_of_another_kind_is_refused_with_advice() -> None:
    with pytest.raises(UnreadableReportError) as refused:
        reading("县政府召开会议，研究部署政务公开工作。全年收到申请12件。")
    assert refused.value.reason == "not_a_report"
    assert "请确认" in refused.value.message("zh")
