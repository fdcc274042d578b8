"""Small reports as text, one table row a line, for tests that change one thing."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.annual_report.figures import Report
from gongkai.annual_report.read import read
from gongkai.law.forms import form

FORM = form("2021")
LABELS = {row.code: row.label for row in FORM.rows}
EXAMPLE = {
    "1": (12, 3, 0, 0, 0, 1, 16),
    "2": (2, 0, 0, 0, 0, 0, 2),
    "3.1": (8, 2, 0, 0, 0, 1, 11),
    "3.4.1": (4, 1, 0, 0, 0, 0, 5),
    "3.7": (12, 3, 0, 0, 0, 1, 16),
    "4": (2, 0, 0, 0, 0, 0, 2),
}
ZEROS = (0,) * 7
TITLE = "青禾县教育局2022年政府信息公开工作年度报告"


def rows(separator: str = "|") -> list[str]:
    """The applications table of the example, one line a row."""
    return [
        separator.join([row.label, *map(str, EXAMPLE.get(row.code, ZEROS))]) for row in FORM.rows
    ]


def appeals(separator: str = "|") -> str:
    heads = separator.join(column.label for column in FORM.appeal_columns)
    figures = separator.join(map(str, (3, 1, 0, 0, 4, *[0] * 10)))
    return f"行政复议|未经复议直接起诉|复议后起诉\n{heads}\n{figures}"


def text(table: list[str] | None = None, *, title: str = TITLE, tail: str = "") -> str:
    """A whole report around an applications table."""
    return "\n".join(
        [
            title,
            "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
            "一、总体情况",
            "全年收到政府信息公开申请16件。",
            "二、主动公开政府信息情况",
            "第二十条第（一）项",
            "信息内容|本年制发件数|本年废止件数|现行有效件数",
            "规章|0|0|0",
            "行政规范性文件|5|3|12",
            "三、收到和处理政府信息公开申请情况",
            *(rows() if table is None else table),
            "四、政府信息公开行政复议、行政诉讼情况",
            appeals(),
            "五、存在的主要问题及改进情况",
            "解读形式还不够丰富。",
            "六、其他需要报告的事项",
            "未收取信息处理费。",
            tail,
        ]
    )


def reading(content: str | bytes, name: str = "report.txt") -> Report:
    return read(content if isinstance(content, bytes) else content.encode(), name)


def changed(code: str, change: Callable[[str], str]) -> list[str]:
    """The table with one row's line changed."""
    return [
        change(line) if row.code == code else line
        for row, line in zip(FORM.rows, rows(), strict=True)
    ]
