"""The installation's own notices hold at once, and a wrong file stops nothing."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.org.working_days import calendar_of, edition

STORM = 'reference = "青政办〔2026〕9号"\n[[holidays]]\nname = "停工"\nstart = 2026-10-12\n'
DAY = date(2026, 10, 12)


@pytest.fixture
def notices(settings: Any, tmp_path: Path) -> Path:
    settings.CALENDAR = tmp_path
    return tmp_path


def test_a_notice_holds_as_soon_as_its_file_is_there(notices: Path) -> None:
    assert calendar_of("990121").is_workday(DAY)
    (notices / "storm.toml").write_text(STORM, "utf-8")
    assert not calendar_of("990121").is_workday(DAY)


def test_another_file_is_another_edition(notices: Path) -> None:
    before = edition()
    (notices / "storm.toml").write_text(STORM, "utf-8")
    assert edition() != before


def test_a_file_that_is_no_notice_is_left_out_and_named(
    notices: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (notices / "broken.toml").write_text("[[holidays", "utf-8")
    (notices / "storm.toml").write_text(STORM, "utf-8")
    with caplog.at_level(logging.ERROR):
        assert not calendar_of("").is_workday(DAY)
    assert "broken.toml" in caplog.text
