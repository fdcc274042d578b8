"""What the narrative says about time: the period, last year's work, last year's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.annual_report.check import Context
from gongkai.annual_report.check.passages import likeness
from gongkai.annual_report.figures import Period
from gongkai.specimen import invent
from tests.annual_report.check.builder import codes, found, overview, sound, telling


class TestPeriod:
    @pytest.mark.parametrize(
        "text",
        [
            "统计期限自2023年1月1日起，至2023年12月31日止。",
            "統計期限為 2023 年 1 月 1 日 至 12 月 31 日。",
            "统计期限自202311日起至20231231日止。",
            "编制依据为2019年5月15日施行的条例。",
        ],
    )
    def test_the_reports_year_or_nothing_certain(self, text: str) -> None:
        assert not found(sound(preface=text), "text.period")

    def test_another_year_is_a_review_with_the_passage(self) -> None:
        text = "所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
        (finding,) = found(sound(preface=text), "text.period")
        assert finding.quote == "统计期限自2022年1月1日起至2022年12月31日"
        assert finding.expected == "2023-01-01 2023-12-31"

    def test_a_period_that_ends_before_the_year(self) -> None:
        text = "统计期限自2023年1月1日至2023年11月30日。"
        assert found(sound(preface=text), "text.period")

    def test_what_the_reader_found_counts_too(self) -> None:
        period = Period(date(2022, 1, 1), date(2022, 12, 31))
        assert found(sound(period=period), "text.period")

    def test_a_day_that_does_not_exist_is_not_a_period(self) -> None:
        text = "统计期限自2023年1月1日至2023年2月31日。"
        assert not found(sound(preface=text), "text.period")


class TestStale:
    @pytest.mark.parametrize(
        "text",
        [
            "制定《清河县2022年政务公开工作要点》，将任务分解到各单位。",
            "印发《关于印发2022年全县政务公开工作绩效考核指标有关内容计分细则的通知》。",
            "（一）主动公开。2022年，全县公开信息300条。",
            "2022年，县政府把公开透明作为基本要求。",
        ],
    )
    def test_last_years_work_as_this_years(self, text: str) -> None:
        (finding,) = found(overview(text), "text.stale")
        assert finding.severity == "review"
        assert "2022年" in finding.quote

    @pytest.mark.parametrize(
        "text",
        [
            "2023年，全县公开信息300条，较2022年增长5%。",
            "2023年公开信息300条，2022年为280条。",
            "针对2022年存在的问题，逐项整改。",
            "2022年，全县通报的问题已经逐项整改。",
            "对照《清河县2022年政务公开工作要点》评估反馈的问题，逐项整改。",
            "公布2022年度财政决算和2022年政府信息公开工作年度报告。",
            "本机关自2022年以来坚持每季度自查。",
            "落实《清河县2023年政务公开工作要点》。",
            "执行《清河县“十四五”规划（2021-2025年）》和国务院令第711号。",
            "按照《清河县依申请公开规程》（清政办发〔2022〕1号）办理。",
        ],
    )
    def test_comparisons_corrections_and_standing_rules(self, text: str) -> None:
        assert not found(overview(text), "text.stale")

    def test_the_problem_section_may_look_back(self) -> None:
        text = "1.2022年存在问题改进情况。落实《清河县2022年政务公开工作要点》。"
        assert not found(telling(sound(), text, 5), "text.stale")


class TestCopied:
    def test_the_same_words_with_another_year(self) -> None:
        previous = invent(3, year=2022)
        text = next(s.text for s in previous.sections if s.number == 5)
        report = telling(invent(4, previous=previous), text.replace("2022", "2023"), 5)
        (finding,) = found(report, "text.copied", Context(previous))
        assert finding.found == "100%"
        assert finding.address == "section.5"

    def test_two_years_with_words_of_their_own(self) -> None:
        previous = invent(3, year=2022)
        assert not found(invent(4, previous=previous), "text.copied", Context(previous))

    @pytest.mark.parametrize(("kept", "told"), [(86, True), (80, False)])
    def test_most_of_the_words_kept_is_copied_and_two_thirds_are_not(
        self, kept: int, told: bool
    ) -> None:
        old = "".join(chr(0x4E00 + n) for n in range(100))
        new = "".join(chr(0x5E00 + n) for n in range(100))
        previous = telling(replace(sound(), year=2022), old, 5)
        report = telling(sound(), old[:kept] + new[kept:], 5)
        assert bool(found(report, "text.copied", Context(previous))) is told

    def test_two_short_texts_may_coincide(self) -> None:
        previous = replace(sound(), year=2022)
        assert "text.copied" not in codes(sound(), Context(previous))

    def test_likeness_runs_from_none_to_all(self) -> None:
        one = "".join(chr(0x4E00 + n) for n in range(100))
        other = "".join(chr(0x5E00 + n) for n in range(100))
        assert likeness(one, one) == 1
        assert likeness(one, other) == 0
        assert 0.3 < likeness(one, one[:50] + other[:50]) < 0.4
