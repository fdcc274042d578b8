"""The example county's documents: about seven thousand, the same every time, in normal form."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from gongkai.law.kinds import kinds
from gongkai.law.usual_catalogue import usual_items
from gongkai.publishing.document.rich_text import plain_text, sanitised
from gongkai.screening.text import WordList, screen
from gongkai.specimen.county import units
from gongkai.specimen.documents import UNTIL, published
from gongkai.specimen.documents.columns import provisions
from gongkai.specimen.documents.desk import begun
from gongkai.specimen.documents.tallies import MISSING, tallied


@pytest.fixture(scope="module")
def old():
    return list(published(units()))


def test_there_are_a_government_its_departments_and_townships():
    levels = Counter(unit.level for unit in units())
    assert levels == {"county": 1, "department": 29, "township": 8}


def test_there_are_about_seven_thousand_over_five_years(old):
    assert 6500 <= len(old) <= 7500
    assert {one.published_on.year for one in old} == {2022, 2023, 2024, 2025, 2026}
    assert max(one.published_on for one in old) <= UNTIL


def test_they_are_the_same_every_time(old):
    few = units()[:2]
    assert list(published(few)) == [one for one in old if one.unit in {u.code for u in few}]


def test_no_office_publishes_one_document_twice(old):
    counted = Counter((one.unit, one.content.document_number, one.content.title) for one in old)
    assert max(counted.values()) == 1


def test_nothing_is_published_before_it_was_formed(old):
    assert all(one.content.formed_on <= one.published_on for one in old)


def test_every_interpretation_interprets_a_document_of_the_same_office(old):
    numbers = {(one.unit, one.content.document_number) for one in old}
    readings = [one for one in old if one.content.kind == "interpretation"]
    assert all((one.unit, one.relations[0][1]) in numbers for one in readings)


def test_their_kinds_are_kinds_and_their_texts_in_normal_form(old):
    known = {kind.code for kind in kinds()}
    assert {one.content.kind for one in old} <= known
    for one in old[::97]:
        assert sanitised(one.content.body) == one.content.body


def test_the_desk_has_a_document_at_every_stage():
    stages = {one.stage for one in begun(date(2026, 11, 20))}
    assert stages >= {"draft", "in_review", "returned", "approved", "scheduled", "filed"}


def test_months_that_are_missing_are_missing():
    named = {unit.code: unit.name for unit in units()}
    for code, counts in tallied(units(), date(2026, 10, 31)):
        for office, year, month in MISSING:
            if named[code].endswith(office):
                assert (year, month) not in {(y, m) for _, y, m, _ in counts}


def test_what_was_approved_on_the_desk_holds_nothing_that_blocks():
    day = date(2026, 11, 20)
    for one in begun(day):
        text = f"{one.content.title}\n{plain_text(one.content.body)}"
        found = screen(text, words=WordList.standard(), as_of=day)
        if one.steps:
            assert [finding.code for finding in found if finding.severity == "error"] == []


def test_most_items_of_a_catalogue_have_documents_and_some_have_none(old):
    filled, blank = 0, 0
    for unit in units():
        level = "township" if unit.level == "township" else "county"
        department = unit.level == "department"
        usual = usual_items(level, department=department, on=UNTIL)
        listed = {one.item for one in usual if not one.every}
        own = [one for one in old if one.unit == unit.code and not one.periodic]
        under = {
            next((code for code in provisions(one.content, turn) if code in listed), "")
            for turn, one in enumerate(own)
        }
        filled += len(listed & under)
        blank += len(listed - under)
    assert filled > blank > 0
