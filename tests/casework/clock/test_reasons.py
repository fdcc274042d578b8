"""The steps to the day due, as officer and applicant read them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.casework.clock import Fact, due, facts
from gongkai.casework.clock.reasons import reasons
from gongkai.casework.clock.telling import as_json, as_text
from gongkai.casework.clock.words import KINDS, PROBLEMS, STEPS, paused_words
from gongkai.law.calendar import WorkingCalendar
from tests.casework.clock.test_properties import anything, rules

NATION = WorkingCalendar()
CONSULTED = [
    Fact("received", date(2026, 3, 2)),
    Fact("consultation_sent", date(2026, 3, 10), id="a", whom="third_party"),
    Fact("consultation_answered", date(2026, 3, 24), id="a"),
]


def told(facts: list[Fact], as_of: date) -> list[tuple[str, str, int, str]]:
    steps = reasons(due(facts, NATION, as_of))
    return [(str(step.start), str(step.end), step.days, str(step.due)) for step in steps]


def test_receipt_alone_is_one_step():
    assert told(CONSULTED[:1], date(2026, 3, 2)) == [("2026-03-02", "2026-03-30", 20, "2026-03-30")]


def test_a_consultation_is_a_step_and_the_sum_is_the_last():
    assert told(CONSULTED, date(2026, 3, 24)) == [
        ("2026-03-02", "2026-03-30", 20, "2026-03-30"),
        ("2026-03-10", "2026-03-24", 10, "2026-04-14"),
        ("2026-03-02", "2026-04-14", 20, "2026-04-14"),
    ]


def test_the_days_skipped_are_named():
    total = reasons(due(CONSULTED, NATION, date(2026, 3, 24)))[-1]
    skipped = [(str(s.start), str(s.end), s.why, s.why_en) for s in total.skipped]
    assert skipped == [
        ("2026-03-07", "2026-03-08", "周末", "weekend"),
        ("2026-03-11", "2026-03-13", "征求意见", "consultation"),
        ("2026-03-14", "2026-03-15", "周末", "weekend"),
        ("2026-03-16", "2026-03-20", "征求意见", "consultation"),
        ("2026-03-21", "2026-03-22", "周末", "weekend"),
        ("2026-03-23", "2026-03-24", "征求意见", "consultation"),
        ("2026-03-28", "2026-03-29", "周末", "weekend"),
        ("2026-04-04", "2026-04-06", "清明节", "Tomb-sweeping Day"),
        ("2026-04-11", "2026-04-12", "周末", "weekend"),
    ]


@pytest.mark.parametrize(
    ("whom", "zh", "en"),
    [
        ("third_party", "由行政机关决定是否公开", "the agency decides"),
        ("agency", "视为同意公开", "counts as consent"),
    ],
)
def test_silence_means_what_the_law_makes_of_it(whom, zh, en):
    asked = [CONSULTED[0], Fact("consultation_sent", date(2026, 3, 10), id="a", whom=whom)]
    text = [step.words for step in reasons(due(asked, NATION, date(2026, 4, 2)))]
    assert any(zh in words.zh and en in words.en for words in text)


def test_an_extension_runs_from_the_day_that_was_due_before():
    facts = [*CONSULTED, Fact("extended", date(2026, 4, 1), days=20)]
    assert ("2026-04-14", "2026-05-14", 20, "2026-05-14") in told(facts, date(2026, 4, 1))


ANEW = [
    *CONSULTED,
    Fact("answered", date(2026, 4, 15)),
    Fact("ordered_anew", date(2026, 6, 1)),
    Fact("extended", date(2026, 6, 10), days=10),
]


def test_the_steps_of_another_round_follow_those_of_the_first():
    assert told(ANEW, date(2026, 6, 10)) == [
        *told(ANEW[:4], date(2026, 4, 15)),
        ("2026-06-01", "2026-06-30", 20, "2026-06-30"),
        ("2026-06-30", "2026-07-14", 10, "2026-07-14"),
        ("2026-06-01", "2026-07-14", 30, "2026-07-14"),
    ]


def test_whether_the_first_answer_was_in_time_stays_readable():
    answer = due([*ANEW, Fact("answered", date(2026, 7, 14))], NATION, date(2026, 8, 3))
    told = as_json(answer)
    assert (told["round"], told["late"]) == (2, False)
    assert told["earlier"] == [
        {"opened": "2026-03-02", "due": "2026-04-14", "answered": "2026-04-15", "late": True}
    ]
    assert "第1次办理：期限2026-04-14，2026-04-15答复，逾期" in as_text(answer)
    assert "Round 1: due 2026-04-14, answered 2026-04-15, late" in as_text(answer, "en")


def test_an_order_is_told_with_the_article_and_the_day_it_sets():
    order = Fact("ordered_anew", date(2026, 6, 1), until=date(2026, 6, 20))
    text = as_text(due([*ANEW[:4], order], NATION, date(2026, 6, 1)))
    assert "重新答复不晚于2026-06-20（《行政复议法》第六十四条、《行政诉讼法》第七十条）" in text


def test_what_had_no_effect_is_a_problem_and_no_step():
    late = Fact("extended", date(2026, 3, 31), days=20)
    answer = due([CONSULTED[0], late], NATION, date(2026, 3, 31))
    assert len(reasons(answer)) == 1
    problem = as_json(answer)["problems"][0]
    assert (problem["code"], problem["article"]) == (
        "extension_after_deadline",
        "《政府信息公开条例》第三十三条",
    )


def test_the_text_names_day_state_and_articles():
    text = as_text(due(CONSULTED, NATION, date(2026, 3, 24)))
    assert text.startswith("答复期限：2026-04-14；计算中")
    assert "《政府信息公开条例》第三十二条" in text
    assert as_text(due(CONSULTED, NATION, date(2026, 3, 24)), "en").startswith("Due 2026-04-14")


def test_a_doubtful_year_is_told():
    answer = due([Fact("received", date(2026, 12, 21))], NATION, date(2026, 12, 21))
    assert "暂定" in as_text(answer)
    assert as_json(answer)["provisional"] is True


def test_every_sentence_is_there_in_both_languages():
    assert all(words.zh and words.en for words in (*STEPS.values(), *PROBLEMS.values()))


@settings(max_examples=100, deadline=None)
@given(anything, rules, st.integers(0, 60))
def test_every_history_can_be_told_and_ends_on_its_day(facts, reading, later):
    as_of = date.fromordinal(max(fact.on for fact in facts).toordinal() + later)
    answer = due(facts, NATION, as_of, reading)
    earlier = sum(len(reasons(one)) for one in answer.earlier[-1:])
    assert max(step.due for step in reasons(answer)[earlier:]) == answer.on
    assert as_json(answer)["due"] == answer.on.isoformat()


ASKED = [
    Fact("received", date(2026, 3, 2)),
    Fact("correction_requested", date(2026, 3, 6)),
]
CHARGED = [Fact("received", date(2026, 3, 2)), Fact("fee_notified", date(2026, 3, 6))]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (ASKED, "收到补正后，自次日起重新计算20个工作日"),
        (CHARGED, "缴费后，自次日起重新计算20个工作日"),
        (CONSULTED[:2], "等到后继续计算"),
    ],
)
def test_while_the_clock_stands_still_it_says_what_will_happen_to_the_count(
    facts: list[Fact], words: str
) -> None:
    said = paused_words(due(facts, NATION, date(2026, 3, 11)))
    assert said is not None
    assert words in said.zh


def test_while_days_run_nothing_is_said_of_a_pause() -> None:
    assert paused_words(due(ASKED[:1], NATION, date(2026, 3, 11))) is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (ASKED, "如果2026-03-11收到补正，自次日起重新计算20个工作日"),
        (CHARGED, "如果2026-03-11缴费，自次日起重新计算20个工作日"),
    ],
)
def test_the_sum_says_that_it_holds_only_if_what_is_awaited_comes(
    facts: list[Fact], words: str
) -> None:
    assert reasons(due(facts, NATION, date(2026, 3, 11)))[-1].words.zh == words


def test_every_fact_has_a_name():
    assert set(KINDS) == set(facts.KINDS)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "  ! 2026-03-16  告知补正：告知补正晚于收到申请之日起七个工作日（《政府信息"),
        ("en", "  ! 2026-03-16  request to correct: the request to correct came later than"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_not_in_codes(language, said):
    late = [Fact("received", date(2026, 3, 2)), Fact("correction_requested", date(2026, 3, 16))]
    text = as_text(due(late, NATION, date(2026, 3, 16)), language)
    assert said in text
    assert "_" not in text
