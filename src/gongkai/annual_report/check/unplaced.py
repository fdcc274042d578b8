"""What the reader saw and left open, told to a person with the readings that would be possible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.finding import (
    Finding,
    Severity,
    Term,
    Text,
    finding,
    only_found,
    rule,
)
from gongkai.annual_report.check.structure import FORM
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.figures import UNPLACED, Unplaced

# Reader's code → our code, severity, whether rows of one table are told together.
_TOLD: dict[str, tuple[str, Severity, bool]] = {
    "glued": ("form.digits_ambiguous", "review", False),
    "contradictory": ("form.digits_contradictory", "error", False),
    "short_row": ("form.row_short", "error", True),
    "long_row": ("form.row_long", "error", True),
    "extra_column": ("form.column_extra", "review", True),
    "extra_row": ("form.row_extra", "review", True),
    "repeated": ("form.table_repeated", "review", False),
}
_SHOWN_READINGS = 5


def _unplaced(code: str, subject: Subject) -> Iterator[Finding]:
    ours, _, together = _TOLD[code]
    groups: dict[object, list[Unplaced]] = defaultdict(list)
    for index, item in enumerate(subject.report.unplaced):
        if item.code == code:
            table = item.addresses[0].partition(".")[0] if item.addresses else item.place
            groups[table if together else index].append(item)
    for items in groups.values():
        yield _told(subject, ours, items)


def _told(subject: Subject, ours: str, items: list[Unplaced]) -> Finding:
    first = items[0]
    zh, en = UNPLACED[first.code]
    cells = tuple(dict.fromkeys(address for item in items for address in item.addresses))
    names = [wording.cell(subject.form.version, address) for address in cells]
    at_zh = f"（{wording.listed([n[0] for n in names], limit=3)}）" if names else ""
    at_en = f" ({wording.listed([n[1] for n in names], 'en', 3)})" if names else ""
    times_zh = f"，共 {len(items)} 处" if len(items) > 1 else ""
    times_en = f", {len(items)} times" if len(items) > 1 else ""
    text = " ".join(first.text.split())[:80]
    readings = _readings(first, " | ", " | … ({})")
    return finding(
        ours,
        Text(
            f"{zh}{at_zh}{times_zh}：“{text}”。"
            + (f"可能的读法：{_readings(first, '；', '……共 {} 种')}。" if readings else ""),
            f"{en[:1].upper()}{en[1:]}{at_en}{times_en}: “{text}”."
            + (
                f" Possible readings: {_readings(first, '; ', '; … {} in all')}."
                if readings
                else ""
            ),
        ),
        severity=_weight(first),
        address=cells[0] if cells else "",
        place=first.place,
        quote=text,
        found=readings,
        terms=tuple(Term(address, None) for address in cells),
    )


def _weight(item: Unplaced) -> Severity | None:
    """A note where only the source can tell: no sum of the form ties the figures of section two."""
    alone = item.code == "glued" and all(a.startswith("proactive.") for a in item.addresses)
    return "note" if alone else None


def _readings(item: Unplaced, between: str, rest: str) -> str:
    shown = [" ".join(wording.number(n) for n in r) for r in item.readings[:_SHOWN_READINGS]]
    more = rest.format(len(item.readings)) if len(item.readings) > _SHOWN_READINGS else ""
    return between.join(shown) + more


for _code, (_ours, _severity, _) in _TOLD.items():
    _sides = only_found("可能的读法", "possible readings")
    rule(_ours, _severity, *UNPLACED[_code], source=FORM, sides=_sides)(partial(_unplaced, _code))
