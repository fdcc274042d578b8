"""`gongkai trail` says whether the trail is whole, and names the line where it is not."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.trail.actions import record
from gongkai.trail.models import Entry
from tests.stored import guards_lifted


@pytest.fixture
def lines(county):
    return [record(None, f"step.{n}", county.own) for n in range(3)]


def run(*arguments):
    return CliRunner().invoke(main, ["trail", *arguments])


def test_a_whole_trail_is_exit_0_and_its_head_is_printed(lines):
    done = run("verify")
    assert (done.exit_code, done.output) == (
        0,
        f"The trail is whole: 3 lines, head 3:{lines[-1].hash}\n",
    )


def test_an_altered_line_is_exit_1_and_named(lines):
    with guards_lifted():
        Entry.objects.filter(sequence=2).update(verb="other")
    done = run("verify")
    assert done.exit_code == 1
    assert done.output.startswith("line 2: altered")
    assert "not whole: 1 faults in 3 lines" in done.output


def test_a_missing_line_is_exit_1_and_named(lines):
    with guards_lifted():
        Entry.objects.filter(sequence=3).delete()
    done = run("verify")
    assert (done.exit_code, done.output.splitlines()[0]) == (
        1,
        "line 3: missing (line 3 is not there)",
    )


def test_a_head_noted_earlier_is_taken_as_printed(lines):
    noted = run("head").output.strip()
    assert run("verify", "--anchor", noted).exit_code == 0
    other = f"3:{'0' * 64}"
    assert run("verify", "--anchor", other).exit_code == 1


@pytest.mark.parametrize("anchor", ["3", "x:y", f"3:{'g' * 64}"])
def test_an_anchor_in_another_form_is_refused(anchor):
    done = run("verify", "--anchor", anchor)
    assert done.exit_code == 2
    assert "COUNT:HASH" in done.output


@pytest.mark.django_db
def test_of_many_faults_the_first_are_shown_and_the_rest_counted(county, monkeypatch):
    monkeypatch.setattr("gongkai.cli.trail.SHOWN", 2)
    for n in range(6):
        record(None, f"step.{n}", county.own)
    with guards_lifted():
        Entry.objects.update(verb="other")
    assert "… and 4 more" in run("verify").output
