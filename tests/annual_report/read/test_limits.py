"""Reading ends in time whatever it is given."""

import time

import pytest

from gongkai.annual_report.read import UnreadableReportError
from tests.annual_report.read.page import reading, text

HUGE = {
    "the same report a thousand times": text() * 1000,
    "one label without end": "本年新收政府信息公开申请数量" * 400_000,
    "one number without end": "1" * 19_000_000,
    "nothing but separators": "|" * 19_000_000,
    "one title without end": "政府信息公开工作年度报告2022年" * 400_000,
}


@pytest.mark.parametrize("content", HUGE.values(), ids=HUGE.keys())
def test_a_text_too_long_for_one_report_is_refused_in_two_seconds(content: str) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableReportError) as refused:
        reading(content)
    assert refused.value.reason in ("too_complex", "too_large")
    assert time.process_time() - started < 2


def test_a_long_text_that_is_still_read_ends_in_two_seconds() -> None:
    started = time.process_time()
    reading(text(tail="政府信息公开工作年度报告，全年收到申请12件，予以公开3件。" * 9000))
    assert time.process_time() - started < 2
