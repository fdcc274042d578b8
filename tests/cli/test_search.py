"""`gongkai search` makes, verifies and asks the index."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.publishing.search.backend import Busy
from gongkai.publishing.search.engine import engine
from gongkai.publishing.search.entry import Change
from gongkai.publishing.search.pull import newest
from tests.publishing.search.killing import invented

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path
    yield
    engine().close()


def run(*arguments):
    return CliRunner().invoke(main, ["search", *arguments])


def test_without_an_index_each_command_says_what_to_do():
    for command in (["verify"], ["find", "预算"]):
        done = run(*command)
        assert done.exit_code == 2
        assert "gongkai search rebuild" in done.output
    assert "no usable index" in run("status").output


def test_an_index_is_made_and_is_equal_to_the_database():
    done = run("rebuild")
    assert (done.exit_code, done.stdout) == (0, "The new index is in use: 0 documents.\n")
    assert run("verify").output == "The index holds what is public and nothing else.\n"


def test_a_difference_is_exit_1_and_named():
    run("rebuild")
    engine().apply([Change(n, invented(n)) for n in range(1, 31)], newest())
    done = run("verify")
    assert done.exit_code == 1
    assert "document 1: in the index but not public" in done.output
    assert "… and 10 more in the index but not public" in done.output


def test_status_tells_how_much_and_how_far():
    run("rebuild")
    engine().apply([Change(1, invented(1))], 0)
    lines = run("status").output.splitlines()
    assert lines[0].split() == ["documents", "1"]
    assert lines[2].split() == ["position", "0", "of", "0"]


def test_hits_are_printed_with_their_passages():
    run("rebuild")
    engine().apply([Change(n, invented(n)) for n in (1, 2)], 0)
    done = run("find", "水库", "--by-date", "--limit", "1", "--agency", "qh", "--year", "2026")
    assert done.output.splitlines()[0] == "2 found"
    assert "青水发〔2026〕2号  关于第2处水库除险加固的通知" in done.output
    assert "1 found" in run("find", "--number", "青水发[2026]1号").output


def test_where_another_process_makes_one_the_index_is_left(monkeypatch):
    def busy(_):
        raise Busy("another process is making a new index")

    monkeypatch.setattr("gongkai.publishing.search.pull.rebuild", busy)
    done = run("rebuild")
    assert done.exit_code == 2
    assert "another process" in done.output
