"""The example county sends its notices on the day on which they are issued."""

from __future__ import annotations

import pytest

from gongkai.cli.county_cases import _Player
from gongkai.specimen.cases.desk import Begun

ASKED = Begun(
    "财政局",
    "counter",
    "natural_person",
    9,
    "本年度预算",
    "沈青禾",
    "13900000001",
    "青禾县禾香路3号",
)


@pytest.mark.parametrize("verb", ["ask_correction", "extend", "charge"])
def test_a_notice_of_the_example_goes_out_on_its_day(verb, office, county, today):
    people = {"officer": office.officer, "reviewer": office.head}
    player = _Player(people, county.own, today)
    player.receive(ASKED)
    player.step(verb, {"ago": 4})
    letter = player.case.letters.get()
    assert (letter.dated, letter.services.get().posted_on) == (player.day(4), player.day(4))
    assert not player.case.facts.filter(details__untold=True, struck_at=None).exists()
