"""A report of any content is checked without an exception, in bounded time."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_report.check import Context, check, claims
from gongkai.law.forms import form
from tests.annual_report.check.builder import changed, sound, telling, without

WORDS = st.lists(
    st.sampled_from(
        (
            *("收到", "申请", "政府信息公开", "12件", "三件", "，", "、", "。", "；", "（", "）"),
            *("其中", "结转", "上年", "下年", "2022年", "2023年", "复议", "诉讼", "未", "无"),
            *("发生", "予以公开", "不予公开", "维持", "处理费", "元", "较", "减少", "20.8%"),
            *("10.5万件", "规范性文件", "现行有效", "制定", "废止", "均", "統計期限", "1月1日"),
            *("至", "13月40日", "\n", "\u3000", "《", "》", "工作要点"),
        )
    ),
    max_size=60,
).map("".join)
FIGURES = st.one_of(
    st.none(), st.integers(-5, 10**12), st.decimals(-9, 10**9, places=6).map(Decimal.normalize)
)
CELLS = st.sampled_from(sorted(form("2021").addresses.keys() | form("2019").addresses.keys()))


@given(
    st.sampled_from(["2019", "2021"]),
    st.dictionaries(CELLS, FIGURES, max_size=20),
    st.sampled_from(["applications.", "appeals.recon", "proactive.", "none"]),
    WORDS,
    WORDS,
)
def test_nothing_raises(version, figures, gone, overview, other) -> None:
    report = telling(telling(sound(version), overview), other, 6)
    report = changed(without(report, gone), figures)
    previous = changed(sound(version, 2022), figures)
    context = Context(previous, (report, previous), ("清河县财政局", "清河县教育局"))
    for finding in check(replace(report, preface=other), context):
        assert finding.zh
        assert finding.en
    claims(report)


def test_a_very_long_text_takes_time_in_proportion() -> None:
    """Patterns must not run away on a text that nearly matches again and again."""
    nearly = ("未发生因", "无申请", "较", "统计期限2023年", "12件", "《2022年", "（", "没有")
    more = ("收到共", "处理费", "其中1件", "予以公开1件、", "（收到1件")
    pieces = (*nearly, *more)
    for piece in pieces:
        report = telling(sound(), piece * 20_000)
        start = time.process_time()
        check(report)
        assert time.process_time() - start < 5, piece
