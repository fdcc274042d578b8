"""What is filled in but not sent: sealed, for a day, opened by its key alone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from gongkai.casework.application import drafts, sealing


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    settings.PERSON_KEYS = str(tmp_path)
    return tmp_path / "drafts"


def test_values_are_there_again_under_their_key() -> None:
    key = drafts.new_key()
    drafts.write(key, {"name": "沈青禾"})
    assert drafts.read(key) == {"name": "沈青禾"}


@pytest.mark.parametrize("key", ["", "x", "../..", "沈" * 500])
def test_no_other_key_opens_anything(key: str) -> None:
    drafts.write(drafts.new_key(), {"name": "沈青禾"})
    assert drafts.read(key) is None


def test_neither_values_nor_key_nor_files_can_be_read_on_the_disk(place: Path) -> None:
    key = drafts.new_key()
    drafts.write(key, {"name": "沈青禾"})
    drafts.attach(key, b"scan of a paper")
    for path in place.rglob("*"):
        assert key not in str(path)
        if path.is_file():
            assert "沈青禾".encode() not in path.read_bytes()
            assert b"scan" not in path.read_bytes()


def test_when_their_time_is_over_they_are_gone(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = drafts.new_key()
    drafts.write(key, {}, lifetime=60)
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert drafts.read(key) is None
    assert not list(place.iterdir())


def test_nobody_keeps_a_draft_for_longer_than_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    key = drafts.new_key()
    drafts.write(key, {}, lifetime=10**9)
    later = time.time() + drafts.LIFETIME
    monkeypatch.setattr(time, "time", lambda: later)
    assert drafts.read(key) is None


def test_what_nobody_came_back_for_is_swept_away_with_its_files(place: Path) -> None:
    for _ in range(2):
        key = drafts.new_key()
        drafts.write(key, {})
        drafts.attach(key, b"scan")
    assert drafts.sweep(time.time()) == 0
    assert drafts.sweep(time.time() + drafts.LIFETIME + 1) == 2
    assert not list(place.iterdir())


def test_a_key_that_was_dropped_takes_the_drafts_with_it() -> None:
    key = drafts.new_key()
    drafts.write(key, {"name": "沈青禾"})
    sealing.add_key()
    assert drafts.read(key) == {"name": "沈青禾"}
    sealing.drop_old_keys()
    assert drafts.read(key) is None


def test_a_file_is_there_until_it_is_taken_out() -> None:
    key = drafts.new_key()
    name = drafts.attach(key, b"scan")
    assert drafts.attached(key, name) == b"scan"
    drafts.detach(key, name)
    with pytest.raises(FileNotFoundError):
        drafts.attached(key, name)
