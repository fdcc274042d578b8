"""docs/terms.md maps 中文 ↔ English ↔ code name ↔ article, and its code names are real."""

from __future__ import annotations

import re
from functools import cache

import pytest

from gongkai.law.forms import VERSIONS, form
from tests.docs import documents


def terms() -> list[list[str]]:
    table = documents.rows(documents.text("docs/terms.md"), 4)
    return [cells for cells in table if cells[0] != "中文"]


@cache
def vocabulary() -> set[str]:
    """Every name and every quoted code in the source and its data."""
    sources = [*(documents.ROOT / "src").rglob("*.py"), *(documents.ROOT / "src").rglob("*.toml")]
    return {
        word
        for path in sources
        for word in re.findall(r"[\w.]+", path.relative_to(documents.ROOT).as_posix())
        + re.findall(r"\w+(?:\.\w+)*", path.read_text("utf-8"))
    }


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_there_is_a_word_for_every_notion_of_the_field() -> None:
    assert len(terms()) >= 60


@pytest.mark.parametrize("cells", terms(), ids=lambda cells: cells[0])
def test_a_term_is_complete_and_its_code_name_exists(cells: list[str]) -> None:
    chinese, english, code, article = cells
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert re.search(r"[A-Za-z]", english)
    assert article
    assert names(code)
    assert set(names(code)) <= vocabulary()


def test_a_term_stands_once() -> None:
    chinese = [cells[0] for cells in terms()]
    assert len(chinese) == len(set(chinese))


def test_every_row_and_column_of_the_forms_has_its_term() -> None:
    explained = {name for cells in terms() for name in names(cells[2])}
    for version in VERSIONS:
        layout = form(version)
        codes = {part for address in layout.addresses for part in _codes(address)}
        assert codes <= explained


def _codes(address: str) -> set[str]:
    table, _, rest = address.partition(".")
    row, _, column = rest.rpartition(".")
    return {table, row, column}
