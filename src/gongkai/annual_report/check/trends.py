"""Stated rises and falls (61 件，较 2023 年减少 20.8%) against last year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.claim import Claim, figures
from gongkai.annual_report.check.claims import claims_of
from gongkai.annual_report.check.subject import Passage, Subject
from gongkai.law.forms import Address

# 基本持平: within a tenth of last year's figure, or one case. A setting of ours, not of law.
LEVEL_SHARE = Decimal("0.1")
LEVEL_CASES = 1

_AGAINST = (
    r"(?:较|比|同比|与|环比)(?P<base>去年|上年|上一年|(?P<year>20\d\d)年)?(?:度|同期|全年)*"
    r"(?:相比|比较|相较|比)?,?(?:申请)?(?:数量|件数|总量)?"
)
_TREND = re.compile(
    _AGAINST
    + r"(?:(?P<up>增加|增长|上升|增|多|升|提高|回升)|(?P<down>减少|下降|降低|回落|减|少|降))"
    r"(?:了|约|近)*(?P<number>\d+(?:\.\d+)?)(?P<unit>%|件|宗|个百分点|倍)"
    r"|"
    + _AGAINST.replace("?P<base>", "?:").replace("?P<year>", "?P<year2>")
    + r"(?P<level>基本持平|持平)"
)
_REACH = 40


@dataclass(frozen=True, slots=True)
class Trend:
    """A stated rise or fall that does not hold: what was said, and what the two reports give."""

    section: int
    quote: str
    stated: str
    address: Address
    now: int | Decimal
    before: int | Decimal
    actual: str
    actual_zh: str
    actual_en: str


def trends(subject: Subject) -> Iterator[Trend]:
    """Every stated rise or fall of a claimed figure that last year's report contradicts."""
    previous = subject.context.previous
    if previous is None:
        return
    last_year = Subject(previous)
    for passage in subject.passages:
        text = passage.text.text
        if "%" in text or "持平" in text or "比" in text or "较" in text:
            for match in _TREND.finditer(text):
                claim = _claim_before(subject, passage, match.start())
                if claim and _is_last_year(match, subject):
                    yield from _judged(last_year, passage, match, claim)


def _claim_before(subject: Subject, passage: Passage, position: int) -> Claim | None:
    """The claim that a rise or fall is said of: the last one shortly before, in one sentence."""
    origin = passage.text.origin(position)
    for claim in reversed(claims_of(subject)):
        if claim.section == passage.number and claim.start < origin and claim.addresses:
            end = claim.start + len(claim.text)
            between = passage.text.original[end:origin]
            near = len(between) <= _REACH and not any(stop in between for stop in "。;；")
            return claim if near and end <= origin else None
    return None


def _is_last_year(match: re.Match[str], subject: Subject) -> bool:
    stated = match["year"] or match["year2"]
    previous = subject.context.previous
    return not stated or (previous is not None and int(stated) == previous.year)


def _judged(
    last_year: Subject, passage: Passage, match: re.Match[str], claim: Claim
) -> Iterator[Trend]:
    befores = figures(last_year, claim.addresses)
    rows = {a.split(".")[1] for a in claim.addresses}
    if claim.kind == "received" and rows <= {"1", "2"}:
        befores = [
            *figures(last_year, ("applications.1.total",)),
            *figures(last_year, ("applications.1.total", "applications.2.total")),
        ]
    nows = [n for n in (claim.value, claim.table) if n is not None]
    if not befores or any(_holds(match, Decimal(n), Decimal(b)) for n in nows for b in befores):
        return
    now, before = claim.value, befores[0]
    zh, en = _actual(Decimal(now), Decimal(before))
    quote = passage.text.text[passage_start(claim, passage) : match.end()]
    yield Trend(
        section=passage.number,
        quote=quote,
        stated=match[0],
        address=claim.addresses[0],
        now=now,
        before=before,
        actual=_signed(Decimal(now), Decimal(before)),
        actual_zh=zh,
        actual_en=en,
    )


def passage_start(claim: Claim, passage: Passage) -> int:
    """Where a claim begins in the squeezed text of its passage."""
    return len("".join(passage.text.original[: claim.start].split()))


def _holds(match: re.Match[str], now: Decimal, before: Decimal) -> bool:
    change = now - before
    if match["level"]:
        return abs(change) <= max(Decimal(LEVEL_CASES), LEVEL_SHARE * before)
    stated = Decimal(match["number"]) * (-1 if match["down"] else 1)
    if match["unit"] in ("件", "宗"):
        return change == stated
    if not before:
        return False
    scale = Decimal(1) if match["unit"] == "倍" else Decimal(100)
    actual = scale * change / before
    # The last stated digit may have been rounded or cut off.
    digits = -Decimal(match["number"]).as_tuple().exponent  # type: ignore[operator]
    return abs(actual - stated) < Decimal(1).scaleb(-digits)


def _signed(now: Decimal, before: Decimal) -> str:
    """The change as "+12.3%"; from nothing, as a number of cases."""
    if not before:
        return f"{now:+f}"
    share = (Decimal(100) * (now - before) / before).quantize(Decimal("0.1"))
    return f"{share:+f}%"


def _actual(now: Decimal, before: Decimal) -> tuple[str, str]:
    change = now - before
    if not before:
        return f"增加 {wording.number(change)}", f"up by {wording.number(change)} from none"
    share = (Decimal(100) * abs(change) / before).quantize(Decimal("0.1"))
    if not change:
        return "持平", "no change"
    if change > 0:
        return f"增加 {share}%", f"up {share}%"
    return f"减少 {share}%", f"down {share}%"
