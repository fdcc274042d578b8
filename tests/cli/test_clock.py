"""`gongkai clock` as anyone types it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from gongkai.cli import main

FACTS = [
    {"kind": "received", "on": "2026-03-02"},
    {"kind": "consultation_sent", "on": "2026-03-10", "id": "a", "whom": "third_party"},
    {"kind": "consultation_answered", "on": "2026-03-24", "id": "a"},
]


def run(*arguments: str, facts: object = FACTS):
    text = json.dumps({"facts": facts})
    return CliRunner().invoke(main, ["clock", "-", *arguments], input=text)


def test_the_answer_is_json():
    told = json.loads(run("--as-of", "2026-03-24").output)
    assert told["due"] == "2026-04-14"
    assert (told["provisional"], told["state"], told["remaining"]) == (False, "running", 14)
    assert [reason["days"] for reason in told["reasons"]] == [20, 10, 20]


def test_a_file_is_read_as_well_as_standard_input(tmp_path):
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"facts": FACTS}), "utf-8-sig")
    told = CliRunner().invoke(main, ["clock", str(file), "--as-of", "2026-03-12"])
    assert json.loads(told.output)["waiting_for"][0]["until"] == "2026-03-31"


def test_without_a_day_it_counts_as_known_today_or_on_the_last_fact():
    ahead = [{"kind": "received", "on": "2097-03-01"}]
    assert json.loads(run(facts=ahead).output)["as_of"] == "2097-03-01"
    assert json.loads(run().output)["as_of"] >= date(2026, 3, 24).isoformat()


def test_words_are_lines_to_read():
    assert run("--words", "--as-of", "2026-03-24").output.startswith("答复期限：2026-04-14")
    english = run("--words", "--lang", "en", "--as-of", "2026-03-24").output
    assert english.startswith("Due 2026-04-14")


def test_a_region_brings_its_holidays():
    assert run("--region", "450000", "--as-of", "2026-03-24").exit_code == 0
    assert run("--region", "45000x").exit_code == 2


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        ([{"kind": "received", "on": "2026-02-30"}], "没有 2026-02-30 这一天", "no day 2026-02-30"),
        ([{"kind": "recieved", "on": "2026-02-03"}], "没有这种事实", "unknown"),
        ([], "没有收到申请的事实", "no fact is `received`"),
    ],
)
def test_a_bad_fact_is_a_sentence_with_its_place_and_exit_2(facts, zh, en):
    for language, words in (("zh", zh), ("en", en)):
        result = run("--lang", language, facts=facts)
        assert result.exit_code == 2
        assert words in result.output
        assert "facts" in result.output
        assert "Traceback" not in result.output


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{", b" " * 1_000_001])
def test_what_is_no_json_is_a_sentence_and_exit_2(data):
    result = CliRunner().invoke(main, ["clock", "-"], input=data)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_file_that_is_not_there_is_a_sentence_and_exit_2():
    result = CliRunner().invoke(main, ["clock", "nowhere.json"])
    assert result.exit_code == 2
    assert "nowhere.json: No such file" in result.output
