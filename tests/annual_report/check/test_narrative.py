"""The text against the tables, against its own parts, and against last year's report."""

from __future__ import annotations

import pytest

from gongkai.annual_report.check import Context
from gongkai.annual_report.figures import Report
from tests.annual_report.check.builder import changed, codes, found, overview, sound, telling


class TestMismatch:
    def test_it_quotes_the_text_and_names_every_reading(self) -> None:
        (finding,) = found(overview("全年共收到政府信息公开申请19件。"), "narrative.mismatch")
        assert finding.severity == "review"
        assert finding.quote == "全年共收到政府信息公开申请19件"
        assert "本年新收是 20，本年新收加上年结转是 23" in finding.zh
        assert "received this year is 20" in finding.en
        assert (finding.address, finding.expected, finding.found) == (
            "applications.1.total",
            "20",
            "19",
        )

    def test_an_agreeing_text_is_silent(self) -> None:
        text = "共收到政府信息公开申请20件，办结21件，结转下年2件。"
        assert codes(overview(text)) == []

    def test_the_same_slip_said_twice_is_told_once(self) -> None:
        text = "共收到申请19件。全年收到申请19件，均已登记。"
        assert len(found(overview(text), "narrative.mismatch")) == 1

    def test_it_says_when_the_text_counts_natural_persons_only(self) -> None:
        report = changed(
            overview("收到申请20件，予以公开12件。"),
            {
                "applications.3.1.other": 1,
                "applications.3.1.total": 13,
                "applications.3.7.other": 1,
                "applications.3.7.total": 22,
                "applications.1.other": 1,
                "applications.1.total": 21,
            },
        )
        findings = found(report, "narrative.mismatch")
        assert [f.found for f in findings] == ["20", "12"]
        assert all("「自然人」一列相同" in f.zh for f in findings)

    def test_it_asks_about_the_scope_where_the_text_speaks_of_one_office(self) -> None:
        (finding,) = found(overview("2023年我局共收到申请4件。"), "narrative.mismatch")
        assert "同一范围" in finding.zh


class TestParts:
    def test_parts_that_make_their_total_are_silent(self) -> None:
        text = "共办理申请20件。其中，信函申请10件，网络申请8件，电话申请1件，上级交办1件。"
        assert codes(overview(text)) == []

    def test_channels_that_fall_short_are_told(self) -> None:
        text = "共收到申请20件，其中信函申请10件、网络申请8件、电话申请1件。"
        (finding,) = found(overview(text), "narrative.sum")
        assert (finding.expected, finding.found) == ("20", "19")
        assert "10 + 8 + 1 = 19" in finding.zh

    @pytest.mark.parametrize("first", [99, 119])
    def test_two_names_for_documents_must_make_the_total(self, first: int) -> None:
        text = f"共审核文件176件。其中，市政府名义发文{first}件，办公室名义发文67件。"
        assert found(overview(text), "narrative.sum")
        assert codes(overview(text.replace(str(first), "109"))) == []

    def test_too_much_is_told_for_anything_that_is_counted(self) -> None:
        text = "发布信息100条，其中动态类80条，公告类30条。"
        assert found(overview(text), "narrative.sum")

    def test_a_choice_of_examples_may_fall_short(self) -> None:
        text = (
            "发布信息4308条；其中通知126条；动态1548条，概况26条。"
            "共收到申请20件，其中涉及土地征收的5件、涉及规划的3件。"
        )
        assert codes(overview(text)) == []

    @pytest.mark.parametrize(("first", "told"), [(85, True), (70, False)])
    def test_a_list_that_names_nearly_all_must_name_all(self, first: int, told: bool) -> None:
        text = f"审核文件100件，其中城建方面{first}件，教育方面8件。"
        assert bool(found(overview(text), "narrative.sum")) is told

    def test_brackets_inside_a_list_are_not_parts_of_it(self) -> None:
        text = (
            "办结申请21件（含上年结转3件），其中予以公开12件、部分公开4件、"
            "不予公开2件（过程性信息2件）、无法提供3件。"
        )
        assert codes(overview(text)) == []

    def test_a_list_ends_where_its_parts_make_the_total(self) -> None:
        text = "政府信息公开行政复议7件，其中维持4件，尚未审结3件，行政诉讼3件。"
        assert not found(overview(text), "narrative.sum")

    def test_outcomes_that_do_not_make_what_was_handled(self) -> None:
        text = "答复申请21件。予以公开12件；部分公开4件；不予公开2件；无法提供2件；其他处理0件。"
        (finding,) = found(overview(text), "narrative.sum")
        assert (finding.expected, finding.found) == ("21", "20")

    def test_rough_figures_are_not_added_up(self) -> None:
        text = "公开信息6600余条，其中重点领域2700余条，会议信息5000条，文件360条。"
        assert codes(overview(text)) == []


def last_year(received: int, carried: int = 0) -> Context:
    row = {"applications.1.natural_person": received, "applications.1.total": received}
    more = {"applications.2.natural_person": carried, "applications.2.total": carried}
    base = sound(year=2022)
    row_4 = {"applications.4.natural_person": 3, "applications.4.total": 3}
    return Context(previous=changed(base, {**row, **more, **row_4}))


class TestPercent:
    @pytest.mark.parametrize(
        ("text", "before", "holds"),
        [
            ("较2022年减少20.8%", 25, False),
            ("较2022年减少20%", 25, True),
            ("较上年减少4.8%", 21, True),
            ("较上年减少4.7%", 21, True),  # 4.76, cut off instead of rounded
            ("较上年减少4.5%", 21, False),
            ("同比增长100%", 10, True),
            ("同比增长1倍", 10, True),
            ("同比增长90%", 10, False),
            ("同比下降100%", 10, False),
            ("与2022年相比基本持平", 21, True),
            ("与2022年相比基本持平", 30, False),
            ("较上年增加5件", 15, True),
            ("较上年增加6件", 15, False),
            ("同比增长20%", 0, False),
        ],
    )
    def test_a_rise_or_fall_follows_from_last_years_report(
        self, text: str, before: int, holds: bool
    ) -> None:
        report = overview(f"共收到政府信息公开申请20件，{text}。")
        assert (not found(report, "narrative.percent", last_year(before))) is holds

    def test_it_gives_both_figures_and_what_they_amount_to(self) -> None:
        report = overview("共收到政府信息公开申请20件，较2022年减少30%。")
        (finding,) = found(report, "narrative.percent", last_year(25))
        assert "本年 20，上年报告 25，实际减少 20.0%" in finding.zh
        assert "down 20.0%" in finding.en

    def test_received_may_include_what_was_carried_over(self) -> None:
        report = overview("共收到政府信息公开申请23件，较2022年减少20.7%。")
        assert not found(report, "narrative.percent", last_year(25, 4))

    @pytest.mark.parametrize(
        "text",
        [
            "共收到政府信息公开申请20件，较2019年减少20.8%。",
            "共收到政府信息公开申请20件。网站访问量同比增长300%。",
            "全年公开信息500条，较上年增加60%。",
        ],
    )
    def test_other_years_and_other_things_are_left_alone(self, text: str) -> None:
        assert not found(overview(text), "narrative.percent", last_year(25))

    def test_without_last_years_report_nothing_is_said(self) -> None:
        assert codes(overview("共收到政府信息公开申请20件，较2022年减少99%。")) == []


class TestFee:
    def test_a_fee_denied_here_and_charged_there(self) -> None:
        report: Report = telling(overview("全年未收取信息处理费。"), "收取信息处理费1200元。", 6)
        (finding,) = found(report, "narrative.fee")
        assert finding.found == "0 1200"

    def test_the_same_said_twice(self) -> None:
        assert codes(overview("全年未收取信息处理费。")) == []
