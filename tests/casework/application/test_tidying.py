"""What somebody typed is kept as it can be read, whoever enters it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.actions.consulting import Asked
from gongkai.casework.application.faults import IncompleteError
from gongkai.casework.application.models import ApplicantKind, Channel
from gongkai.casework.application.person import Person, Proxy
from gongkai.casework.application.sealing import opened
from gongkai.casework.application.tidying import tidy, tidy_person
from tests.casework.conftest import APPLICANT
from tests.casework.handling import refusal


@pytest.mark.parametrize(
    ("typed", "read"),
    [(" 沈\u200b青禾 ", "沈青禾"), ("\ud800甲\x00", "甲"), ("\u202e乙", "乙"), ("😀", "😀")],
)
def test_what_is_hidden_or_broken_is_not_kept(typed, read):
    assert tidy(typed) == read


def test_every_value_of_a_person_and_of_who_acts_for_it_is_tidied():
    typed = Person(" 甲 ", address="县城\u200b一号", proxy=Proxy("乙\x00", telephone=" 1390000 "))
    assert tidy_person(typed) == Person(
        "甲", address="县城一号", proxy=Proxy("乙", telephone="1390000")
    )


@pytest.mark.parametrize("name", ["\u200b", "\ud800", "\x00 ", "\u202e"])
def test_a_name_that_nobody_can_read_is_missing(application, name):
    nameless = application(channel=Channel.WEB, person=replace(APPLICANT, name=name))
    with pytest.raises(IncompleteError) as refused:
        actions.apply(nameless)
    assert [(one.field, one.reason) for one in refused.value.problems] == [
        ("person.name", "name_missing")
    ]


def test_a_hidden_character_does_not_make_another_person(received):
    first, second = received(), received(person=replace(APPLICANT, name="沈\u200b青禾"))
    assert first.applicant.name_key == second.applicant.name_key


def test_text_that_no_database_takes_is_kept_without_what_is_broken(received):
    case = received(description="分配\ud800方案\x00及说明", assistance="\ud800大字")
    assert (case.description, case.assistance) == ("分配方案及说明", "大字")


def test_an_applicant_is_put_right_as_tidily_and_only_to_a_kind_there_is(received, head):
    case = received()
    right = replace(APPLICANT, name="沈\u200b青河")
    actions.correct_applicant(head, case, right, ApplicantKind.RESEARCH, "姓名有误")
    case.applicant.refresh_from_db()
    assert Person.from_bytes(opened(case.applicant.sealed)).name == "沈青河"
    with pytest.raises(IncompleteError):
        actions.correct_applicant(head, case, right, "alien", "类型有误")


def test_who_is_consulted_has_a_name_that_fits(office, received, officer, today):
    case = received(ago=2)
    for name, reason in (("\u200b", "missing"), ("甲" * 101, "too_long")):
        asked = [Asked("third_party", Person(name, address="河东路八号"), "供水合同")]
        assert refusal(actions.consult, officer, case, asked, on=today - timedelta(1)) == reason
    assert not case.letters.exists()
