"""What the form's rules ask besides the tables: length, date, the processing fee."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual_report.check.duties import due
from gongkai.annual_report.figures import Report
from tests.annual_report.check.builder import changed, codes, found, overview, sound, telling


class TestLength:
    def test_a_thousand_characters_are_enough(self) -> None:
        assert not found(overview("公" * 1000), "form.length")
        (finding,) = found(overview("公" * 1001), "form.length")
        assert (finding.severity, finding.expected, finding.found) == ("note", "1000", "1001")

    def test_white_space_is_not_counted(self) -> None:
        assert not found(overview("公开 \n　" * 500), "form.length")


class TestDates:
    @pytest.mark.parametrize(
        ("agency", "month_day", "sure"),
        [
            ("清河县财政局", (1, 31), True),
            ("清河县人民政府办公室", (1, 31), False),
            ("清河县东关镇人民政府", (1, 31), True),
            ("小营街道办事处", (1, 31), True),
            ("清河县", (2, 20), True),
            ("清河县人民政府", (2, 20), True),
            ("淄博市博山区人民政府", (2, 20), True),
            ("洪泽区人民政府", (3, 10), False),
            ("上海市黄浦区人民政府", (3, 10), False),
            ("宿遷市人民政府", (3, 10), False),
            ("延边朝鲜族自治州人民政府", (3, 10), True),
            ("福建省人民政府", (3, 31), True),
            ("上海市人民政府", (3, 31), True),
            ("平潭综合实验区", (3, 31), False),
            ("", (3, 31), False),
        ],
    )
    def test_the_last_day_follows_from_the_level(
        self, agency: str, month_day: tuple[int, int], sure: bool
    ) -> None:
        latest = due(agency)
        assert ((latest.month, latest.day), latest.sure) == (month_day, sure)

    def published(self, day: date, agency: str = "清河县财政局") -> Report:
        return sound(agency=agency, published=day)

    def test_on_time_is_silent(self) -> None:
        assert codes(self.published(date(2024, 1, 31))) == []

    def test_late_by_a_day(self) -> None:
        (finding,) = found(self.published(date(2024, 2, 1)), "form.late")
        assert (finding.severity, finding.expected) == ("review", "2024-01-31")

    def test_late_where_the_level_is_judged_by_the_name_is_a_note(self) -> None:
        (finding,) = found(self.published(date(2024, 3, 11), "洪泽区人民政府"), "form.late")
        assert finding.severity == "note"
        assert "请核对" in finding.zh

    def test_before_the_year_was_over(self) -> None:
        assert codes(self.published(date(2023, 12, 31))) == ["form.early"]


class TestFee:
    def silent(self, text: str, elsewhere: str = "认真办理申请。") -> bool:
        return not found(telling(overview(elsewhere), text, 6), "form.fee")

    @pytest.mark.parametrize(
        "text", ["未收取信息处理费。", "全年收取政府信息公开信息处理费0元。", "未发生收费情况。"]
    )
    def test_section_six_says_it(self, text: str) -> None:
        assert self.silent(text)

    @pytest.mark.parametrize("text", ["无", "无其他需要报告的事项。", "行政事业性收费已公布。"])
    def test_section_six_does_not_say_it(self, text: str) -> None:
        assert not self.silent(text)

    def test_the_overview_says_it(self) -> None:
        assert self.silent("无。", "我局无收取信息处理费情况。")

    def test_the_2019_form_does_not_ask(self) -> None:
        assert not found(telling(sound("2019", 2020), "无。", 6), "form.fee")

    def test_unpaid_fees_mean_that_notices_were_sent(self) -> None:
        cells = {"applications.3.6.2.natural_person": 1, "applications.3.6.2.total": 1}
        report = changed(sound(), cells)
        assert found(report, "form.fee_notice")
        told = telling(report, "发出收费通知1件，实际收取信息处理费0元。", 6)
        assert not found(told, "form.fee_notice")
