"""Every figure about the tables that the narrative states, found in one pass over the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from gongkai.annual_report.check import readings
from gongkai.annual_report.check.claim import Claim, Kind, Reading, figures, settle
from gongkai.annual_report.check.counts import CASES, Count, counts
from gongkai.annual_report.check.denials import denials
from gongkai.annual_report.check.reckoning import sixth_rows
from gongkai.annual_report.check.sayings import Saying, say
from gongkai.annual_report.check.subject import Passage, Subject
from gongkai.annual_report.figures import Figure, Report

_STOPS = re.compile(r"[。!?]")
_BREAKS = re.compile(r"[,。;:()!?]")
_MARKS = frozenset(",、;:()。和及与")
# A paragraph on applications names them once and then goes on without the word.
_SENTENCES_BACK = 3
_REACH = 800  # characters; bounds the work on a text without full stops
_RIGHT_BREAKS = re.compile(r"[,。;:()、!?]")
_ONLY_TOTAL = re.compile(r"^(?:一?共|共计|合计|总计|总数|为|有|计|累计|数量|件数|约|均|各)*$")


# No table of the form holds 信息处理费; section six tells it (国办函〔2020〕109号).
_FEE = Reading("section.6", (), "信息处理费（元）", "processing fee (yuan)")


@dataclass(frozen=True, slots=True)
class Said:
    """A count in its surroundings: `left` begins at `left_start`, `before` is earlier text."""

    count: Count
    sentence: int
    left_start: int
    left: str
    right: str
    before: str
    saying: Saying | None
    depth: int  # of brackets open in the sentence so far


def claims(report: Report) -> list[Claim]:
    """Figures and denials in the narrative that the tables can be held against, in text order."""
    return list(claims_of(Subject(report)))


# A real report states some sixty figures. A text that states thousands is no report to talk about.
MOST_CLAIMS = 1000


def claims_of(subject: Subject) -> tuple[Claim, ...]:
    """The claims of a report under examination, found once for all rules."""
    kept: tuple[Claim, ...] | None = subject.memo.get("claims")
    if kept is None:
        found = (
            claim
            for passage in subject.passages
            for claim in sorted(_claims(subject, passage), key=lambda c: c.start)
        )
        kept = tuple(islice(found, MOST_CLAIMS))
        subject.memo["claims"] = kept
    return kept


def said_of(subject: Subject) -> dict[int, tuple[Said, ...]]:
    """Every count of every section with its surroundings, found once for all rules."""
    kept: dict[int, tuple[Said, ...]] | None = subject.memo.get("said")
    if kept is None:
        kept = {}
        for passage in subject.passages:
            kept.setdefault(passage.number, tuple(_said(passage.text.text, subject.report.year)))
        subject.memo["said"] = kept
    return kept


def _said(text: str, year: int | None) -> Iterator[Said]:
    found = counts(text)
    if not found:
        return
    starts = [0, *(match.end() for match in _STOPS.finditer(text))]
    depth = since = 0
    for index, count in enumerate(found):
        sentence = bisect_right(starts, count.start) - 1
        floor = max(starts[sentence], found[index - 1].end if index else 0)
        left_start = _left_start(text, floor, count.start)
        ceiling = found[index + 1].start if index + 1 < len(found) else len(text)
        right = _right(text, count.end, min(ceiling, count.end + 30))
        left = text[left_start : count.start]
        earliest = max(starts[max(0, sentence - _SENTENCES_BACK)], left_start - _REACH)
        before = text[earliest:left_start]
        case = count.unit in CASES or count.unit in "部个"
        if index == 0 or sentence != bisect_right(starts, found[index - 1].start) - 1:
            depth, since = 0, starts[sentence]
        depth += text.count("(", since, count.start) - text.count(")", since, count.start)
        since = count.start
        saying = say(left, right, before, year) if case else None
        yield Said(count, sentence, left_start, left, right, before, saying, depth)


def _left_start(text: str, floor: int, end: int) -> int:
    """Where the words before a count begin: the last break, or the one before an empty clause."""
    while floor < end and text[floor] in _MARKS:
        floor += 1
    start = floor
    breaks = [match.end() for match in _BREAKS.finditer(text, floor, end)]
    while breaks:
        start = breaks.pop()
        if start == end or not _ONLY_TOTAL.match(text[start:end]):
            return start
        start = floor
    return start


def _right(text: str, start: int, end: int) -> str:
    match = _RIGHT_BREAKS.search(text, start, end)
    return text[start : match.start() if match else end]


def _claims(subject: Subject, passage: Passage) -> Iterator[Claim]:
    said = said_of(subject)[passage.number]
    by_sentence: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for item in said:
        if item.saying and item.count.exact:
            claim = _claim(subject, passage, item, item.saying)
            if claim and claim.kind in ("received", "handled"):
                by_sentence[item.sentence, claim.kind].append(claim)
            elif claim:
                yield claim
    for same in by_sentence.values():
        yield from _of_one_sentence(subject, same)
    for denial in denials(passage.text.text):
        yield _made(
            passage,
            denial.kind,
            (denial.start, denial.end),
            denial.value,
            _settled(subject, denial.readings(subject), denial.value),
        )


def _claim(subject: Subject, passage: Passage, item: Said, saying: Saying) -> Claim | None:
    kind, choices, unless_agrees = _readings(subject, saying)
    if not choices:
        return None
    end = item.count.end + (len(item.right) if saying.from_right else 0)
    span = (item.left_start, end)
    value = item.count.value
    claim = _made(passage, kind, span, value, _settled(subject, choices, value))
    return None if unless_agrees and not claim.agrees else claim


_PLAIN: dict[str, tuple[Kind, tuple[Reading, ...], tuple[Reading, ...]]] = {
    # What the text says → kind, what it means, and what else it means where it is said loosely.
    "new": ("received", (readings.NEW,), ()),
    "received": ("received", (readings.NEW, readings.NEW_AND_CARRIED), (readings.HANDLED,)),
    "handled": ("handled", (readings.HANDLED,), (readings.NEW, readings.NEW_AND_CARRIED)),
    "carried_in": ("carried_in", (readings.CARRIED_IN,), ()),
    "carried_out": ("carried_out", (readings.CARRIED_OUT,), (readings.CARRIED_IN,)),
}


def _readings(subject: Subject, saying: Saying) -> tuple[Kind, Sequence[Reading], bool]:
    """What a saying may mean; the flag is set where only an agreeing reading is a claim at all."""
    version = subject.form.version
    if saying.role == "outcome":
        return "outcome", (readings.outcome(saying.rows, version, sixth_rows(subject)),), False
    if saying.role == "appeals":
        return "appeals", (readings.appeals(saying.groups, saying.results),), False
    if saying.role == "stock":
        return "stock", *_stock_readings(saying, version)
    kind, meant, loosely = _PLAIN[saying.role]
    return kind, meant + (loosely if saying.loose else ()), False


_STOCK_COLUMNS = {
    # Form version, what the text says → columns it may mean, and whether a disagreement counts:
    # 公开 is not a column of the 2021 form, 废止 and 有效 are none of the 2019 form.
    ("2021", "made"): (("made",), False),
    ("2021", "repealed"): (("repealed",), False),
    ("2021", "in_force"): (("in_force",), False),
    ("2021", "disclosed"): (("made", "in_force"), True),
    ("2019", "made"): (("made", "disclosed"), False),
    ("2019", "disclosed"): (("disclosed", "total_disclosed", "made"), False),
    ("2019", "in_force"): (("total_disclosed",), True),
    ("2019", "repealed"): ((), True),
}


def _stock_readings(saying: Saying, version: str) -> tuple[tuple[Reading, ...], bool]:
    columns, unless_agrees = _STOCK_COLUMNS[version, saying.column]
    return tuple(readings.stock(saying.rows, c, version) for c in columns), unless_agrees


def _settled(
    subject: Subject, choices: Sequence[Reading], value: int | Decimal
) -> tuple[Reading, Figure, bool | None, tuple[tuple[Reading, Figure], ...]]:
    return settle(subject, choices, value) if choices else (_FEE, None, None, ())


def _made(
    passage: Passage,
    kind: Kind,
    span: tuple[int, int],
    value: int | Decimal,
    settled: tuple[Reading, Figure, bool | None, tuple[tuple[Reading, Figure], ...]],
) -> Claim:
    reading, table, agrees, others = settled
    return Claim(
        kind=kind,
        text=passage.text.quote(*span),
        section=passage.number,
        start=passage.text.origin(span[0]),
        value=value,
        subject=reading.subject,
        addresses=reading.addresses,
        table=table,
        agrees=agrees,
        reading_zh=reading.zh,
        reading_en=reading.en,
        others=others,
    )


def _of_one_sentence(subject: Subject, same: list[Claim]) -> list[Claim]:
    """Several receipts in one sentence are a total and its parts, or parts of an unnamed total."""
    if len(same) == 1 or all(claim.agrees for claim in same):
        return same
    agreeing = [claim for claim in same if claim.agrees]
    if agreeing:
        return agreeing
    together = sum(claim.value for claim in same)
    for reading in (readings.NEW, readings.NEW_AND_CARRIED, readings.HANDLED):
        if together in figures(subject, reading.addresses):
            zh, en = f"{reading.zh}的一部分", f"part of those {reading.en}"
            return [replace(c, agrees=None, reading_zh=zh, reading_en=en) for c in same]
    return same
