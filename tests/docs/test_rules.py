"""docs/rules.md lists exactly the rules there are, with the words the program itself uses."""

from __future__ import annotations

import re

import pytest

from gongkai.annual_report.check import rules
from gongkai.annual_report.check.finding import Rule
from gongkai.annual_report.figures import UNPLACED
from tests.docs import documents


def row(rule: Rule) -> list[str]:
    forms = ", ".join(rule.forms)
    return [f"`{rule.code}`", rule.severity, rule.zh, rule.en, rule.source, forms]


def listed() -> dict[str, list[str]]:
    table = documents.rows(documents.text("docs/rules.md"), 6)
    return {cells[0].strip("`"): cells for cells in table if cells[0].startswith("`")}


def test_every_rule_is_listed_and_every_listed_rule_exists() -> None:
    assert sorted(listed()) == sorted(rules())


@pytest.mark.parametrize("code", sorted(rules()))
def test_a_rule_is_listed_as_it_is(code: str) -> None:
    expected = row(rules()[code])
    assert listed()[code] == expected, "write the line: | " + " | ".join(expected) + " |"


def test_a_rule_stands_once() -> None:
    table = documents.rows(documents.text("docs/rules.md"), 6)
    names = [cells[0] for cells in table if cells[0].startswith("`")]
    assert len(names) == len(set(names))


def test_rule_codes_named_elsewhere_exist() -> None:
    families = {code.partition(".")[0] for code in rules()}
    pattern = re.compile(rf"(?:{'|'.join(sorted(families))})\.[a-z_]+")
    named = {
        code
        for path in documents.pages()
        for code in documents.codes(path.read_text("utf-8"))
        if pattern.fullmatch(code)
    }
    assert named <= set(rules())


def test_what_the_reader_leaves_unplaced_is_listed_too() -> None:
    table = documents.rows(documents.text("docs/rules.md"), 3)
    words = {cells[0].strip("`"): (cells[1], cells[2]) for cells in table if "`" in cells[0]}
    assert words == UNPLACED
