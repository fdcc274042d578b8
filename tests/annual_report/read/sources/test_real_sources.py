"""The real reports, format by format: every table is there and every row has its figures."""

from pathlib import Path

import pytest

from gongkai.annual_report.read.source import Source
from gongkai.annual_report.read.sources import parse
from tests.annual_report.read.sources.shown import contents, grids

pytestmark = pytest.mark.reports

TABLES = {
    "reports/hongze-2023.pdf": 5,
    "reports/shanghai-office-2019.html": 3,
    "reports/shuyang-fgj-2023.html": 4,
}
LINES = {
    "reports/pingtan-2021.txt": 1,
    "seeds/000_2620abe2f7b9fa96.txt": 346,
    "seeds/001_f827ae0e78b185da.txt": 350,
    "seeds/002_5a46c2b8c80e9869.txt": 715,
    "seeds/003_7595553dd3c74eb9.txt": 320,
    "seeds/004_f1ad9a8ab402356f.txt": 65,
}


def source(shared: Path, name: str) -> Source:
    return parse((shared / name).read_bytes(), name)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_grid(shared: Path, name: str) -> None:
    assert len(grids(source(shared, name))) == TABLES[name]


@pytest.mark.parametrize("name", LINES)
def test_every_line_is_kept(shared: Path, name: str) -> None:
    lines = contents(source(shared, name))
    assert len(lines) == LINES[name]
    text = (shared / name).read_text("utf-8")
    assert "\n".join(map(str, lines)) == text.rstrip("\n") or "\r" in text or text.endswith("\n\n")


def test_the_pdf_has_every_row_with_its_figures_and_labels(shared: Path) -> None:
    found = contents(source(shared, "reports/hongze-2023.pdf"))
    rows = [
        [(cell or "").replace("\n", "") for cell in row]
        for grid in found
        if isinstance(grid, list)
        for row in grid
    ]
    assert ["行政规范性文件", "0", "5", "5"] in rows
    assert ["行政事业性收费", "7730.28"] in rows
    figures = [row for row in rows if len(row) == 10 and row[-1].isdigit()]
    assert len(figures) == 23
    assert all(cell.isdigit() for row in figures for cell in row[3:])
    first = next(row for row in figures if "1.属于国家秘密" in row)
    assert first == ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", *"1000001"]
    assert [*["10", "1", "0", "0", "0", "0", "0", "0", "0", "0", "5", "0", "0", "0", "0"]] in rows


def test_a_paragraph_of_the_pdf_goes_on_over_lines_and_pages(shared: Path) -> None:
    paragraphs = [
        b for b in contents(source(shared, "reports/hongze-2023.pdf")) if isinstance(b, str)
    ]
    assert any("严格执行“分级审核、先审后发”程序" in text for text in paragraphs)
    assert not any(text.startswith("- ") for text in paragraphs)
