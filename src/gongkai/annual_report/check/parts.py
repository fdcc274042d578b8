"""Parts that the text names after a total: 共办理 197 件，其中信函 98 件、网络 97 件、电话 1 件……

A list after 其中 need not be complete, so too little is only told where the list is meant to be
complete: it goes by channel, by four outcomes or more, or by 分别, or it already covers nearly all
of the total. Too much is always told. A list ends where its parts make the total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from gongkai.annual_report.check.claims import Said, said_of
from gongkai.annual_report.check.counts import CASES
from gongkai.annual_report.check.subject import Subject

# A list that covers this share of its total without reaching it is taken for a slip, not for a
# choice of examples. A setting of ours, not a figure of law.
NEARLY_ALL = Decimal("0.9")
_LONGEST = 60  # counts of a list; bounds the work on a text of nothing but counts
_OF_WHICH = "其中"
_CHOSEN = re.compile(r"涉及|主要|重点|包括|占")
_CHANNELS = re.compile(
    r"网络|网上|网站|在线|信函|邮寄|邮件|邮箱|当面|现场|传真|电话|窗口|交办|自然人|公民|法人|企业"
)


@dataclass(frozen=True, slots=True)
class Addition:
    """Parts that do not make their total, and the passage that says so."""

    section: int
    total: int | Decimal
    parts: tuple[int | Decimal, ...]
    quote: str


def additions(subject: Subject) -> Iterator[Addition]:
    """Every list of parts in the narrative that contradicts its own total."""
    said = said_of(subject)
    for passage in subject.passages:
        items = said[passage.number]
        if len(items) < 3:
            continue
        text = passage.text.text
        for first, total in _lists(items, text):
            parts = _parts(items, first, text)
            values = tuple(item.count.value for item in parts)
            if len(parts) < 2 or not all(_may_be_part(p) for p in parts):
                continue
            if not _contradicts(items, first, parts, total):
                continue
            span = (total.left_start, parts[-1].count.end)
            quote = "".join(passage.text.quote(*span).split())
            yield Addition(passage.number, total.count.value, values, quote)


def _lists(items: tuple[Said, ...], text: str) -> Iterator[tuple[int, Said]]:
    """Where lists begin, with the count that is their total."""
    for index, item in enumerate(items):
        if index == 0 or not item.count.exact:
            continue
        between = text[items[index - 1].count.end : item.count.start]
        total = _total(items, index)
        if total is None or item.sentence - total.sentence > 1:
            continue
        if _OF_WHICH in between or (_outcome(item) and not _outcome(items[index - 1])):
            yield index, total


def _total(items: tuple[Said, ...], first: int) -> Said | None:
    """The nearest count before the list that is not inside brackets and has the same unit."""
    for item in reversed(items[max(0, first - _LONGEST) : first]):
        if _same(item, items[first]) and item.depth <= 0:
            return item if item.count.exact else None
    return None


def _may_be_part(item: Said) -> bool:
    """Receipts, handling and carrying over overlap; they are statements, not parts of a list."""
    return item.saying is None or item.saying.role in ("outcome", "appeals", "stock")


def _same(one: Said, other: Said) -> bool:
    if one.count.unit in "件宗起例" and other.count.unit in "件宗起例":
        return True
    return one.count.unit == other.count.unit


def _outcome(item: Said) -> bool:
    return item.saying is not None and item.saying.role == "outcome"


def _parts(items: tuple[Said, ...], first: int, text: str) -> list[Said]:
    """The list: counts of the same unit up to the end of the sentence, brackets left out."""
    parts = [items[first]]
    by_commas = False
    for before, item in pairwise(items[first : first + _LONGEST]):
        between = text[before.count.end : item.count.start]
        if item.sentence != items[first].sentence or _OF_WHICH in between:
            break
        if ";" in between and by_commas:
            break
        by_commas = by_commas or ";" not in between
        if item.depth > items[first].depth or not _same(item, items[first]):
            continue
        if not item.count.exact:
            return []
        parts.append(item)
    return parts


def _contradicts(items: tuple[Said, ...], first: int, parts: list[Said], total: Said) -> bool:
    values = [Decimal(part.count.value) for part in parts]
    sums = _possible_totals(items, first, total)
    if sums.intersection(accumulate(values)):
        return False
    added = sum(values, Decimal(0))
    return added > max(sums) or _is_complete(parts, added, total)


def _is_complete(parts: list[Said], added: Decimal, total: Said) -> bool:
    """Whether a list that falls short was meant to name all parts."""
    outcomes = {row for p in parts if p.saying for row in p.saying.rows if _outcome(p)}
    if outcomes:
        return len(outcomes) >= 4 or "3.6" in outcomes
    if all(_CHANNELS.search(part.left) for part in parts) or "分别" in parts[0].left:
        return True
    if total.count.unit not in CASES - {"条"} or any(_CHOSEN.search(p.left) for p in parts):
        return False
    return added >= NEARLY_ALL * Decimal(total.count.value)


def _possible_totals(items: tuple[Said, ...], first: int, total: Said) -> set[int | Decimal]:
    """Any earlier count of the sentence and the one before may be the total that is meant."""
    return {
        item.count.value
        for item in items[max(0, first - _LONGEST) : first]
        if total.sentence - 1 <= item.sentence <= items[first].sentence and _same(item, total)
    }
