"""docs/settings.md names exactly the environment variables that the code reads."""

from __future__ import annotations

import re

from tests.docs import documents

VARIABLE = re.compile(r"""["'](GONGKAI_[A-Z_]+|PORT)["']""")
SET_BY_THE_TEST_RUN = {"GONGKAI_STRICT"}


def read_by_the_code() -> set[str]:
    sources = (documents.ROOT / "src").rglob("*.py")
    return {name for path in sources for name in VARIABLE.findall(path.read_text("utf-8"))}


def listed() -> list[str]:
    table = documents.rows(documents.text("docs/settings.md"), 3)
    return [cells[0].strip("`") for cells in table if cells[0].startswith("`")]


def test_every_setting_is_listed_once_and_every_listed_setting_is_read() -> None:
    assert sorted(listed()) == sorted(read_by_the_code())


def test_settings_named_elsewhere_exist() -> None:
    named = {
        name
        for path in documents.pages()
        for name in re.findall(r"\bGONGKAI_[A-Z_]+\b", path.read_text("utf-8"))
    }
    assert named <= read_by_the_code() | SET_BY_THE_TEST_RUN
