"""The two packages of a case: its whole file, and the evidence for a court with its list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils import timezone

from gongkai.casework.application.models import Case
from gongkai.casework.archive.contents import CATALOGUE, Kept, Key, contents
from gongkai.casework.archive.dossier import decided
from gongkai.casework.archive.evidence import Shown, evidence
from gongkai.casework.archive.package import Entry
from gongkai.casework.archive.pages import application, decisions, page, sheet
from gongkai.casework.archive.statements import Statement
from gongkai.casework.letter.paper.pdf import pdf
from gongkai.casework.letter.paper.sheet import Block, Heading, Paragraph
from gongkai.casework.letter.paper.word import word
from gongkai.casework.letter.wording import cited_together
from gongkai.law.outcomes import outcome

LIST = "证据清单"
PURPOSE = "证明事项"
EARLIER = "earlier"


def whole_file(case: Case) -> list[Entry]:
    """Everything in the file, a catalogue before it."""
    kept = [one.entry for one in contents(case)]
    lines = [
        Paragraph(f"{place}. {entry.title}（{entry.path}）") for place, entry in enumerate(kept, 1)
    ]
    catalogue = partial(page, case, f"{case.number} 卷内目录", lines, timezone.localdate())
    return [Entry(CATALOGUE, "卷内目录", catalogue), *kept]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The evidence and what is missing of it: for the agency's own eyes, and not in the
    list that goes to court."""

    entries: tuple[Entry, ...]
    shown: tuple[Shown, ...]
    earlier: Case | None = None
    """The application that the case repeats, where a page among the entries tells it."""

    @property
    def missing(self) -> int:
        """How many things are missing."""
        return sum(len(one.missing) for one in self.shown)


def for_court(case: Case) -> Bundle:
    """The exhibits for what has to be proved, numbered, with the list as PDF and for Word."""
    there = {one.key: one for one in (*contents(case), *_earlier(case))}
    shown = [_held_against(there, one) for one in evidence(case)]
    numbered = _numbered(shown, there)
    told = sheet(
        case, f"{case.number} {LIST}", list(_list(case, shown, numbered)), timezone.localdate()
    )
    lists = [
        Entry(f"00-{LIST}.pdf", LIST, partial(pdf, told)),
        Entry(f"00-{LIST}.docx", LIST, partial(word, told)),
    ]
    earlier = case.repeats if any(kind == EARLIER for kind, _ in numbered) else None
    return Bundle((*lists, *(entry for _, entry in numbered.values())), tuple(shown), earlier)


Numbered = dict[Key, tuple[int, Entry]]
_PLACE = re.compile(r"^\d+-")
"""The number that a thing has in the whole file; among the exhibits it has another."""


def _held_against(there: dict[Key, Kept], one: Shown) -> Shown:
    """What is to be proved with the exhibits that the file has; a page that would be empty is
    missing."""
    exhibits = tuple(exhibit for exhibit in one.exhibits if exhibit.key in there)
    lost = (exhibit for exhibit in one.exhibits if exhibit not in exhibits)
    empty = (Statement("empty", what=exhibit.shows) for exhibit in lost)
    return Shown(one.proof, exhibits, (*one.missing, *empty))


def _numbered(shown: Sequence[Shown], there: dict[Key, Kept]) -> Numbered:
    """Every exhibit once, in the order in which it is first named."""
    found: Numbered = {}
    for key in dict.fromkeys(exhibit.key for one in shown for exhibit in one.exhibits):
        number, kept = len(found) + 1, there[key].entry
        name = _PLACE.sub("", kept.path.rpartition("/")[2])
        found[key] = (number, Entry(f"证据{number:02}-{name}", kept.title, kept.read))
    return found


def _list(case: Case, shown: Sequence[Shown], numbered: Numbered) -> Iterator[Block]:
    yield Paragraph(f"案件：{case.number}，{_result(case)}")
    for place, one in enumerate((one for one in shown if one.exhibits), 1):
        yield Heading(f"{PURPOSE}{place}：{one.proof.name}", 1)
        yield Paragraph(f"依据：{cited_together(one.proof.articles)}")
        for exhibit in one.exhibits:
            number, entry = numbered[exhibit.key]
            yield Paragraph(f"证据{number}　{entry.title}　证明：{exhibit.shows.words()}")


def _result(case: Case) -> str:
    decision = decided(case)
    code = decision.outcome if decision else case.outcome
    if not code:
        return "尚未答复"
    day = (decision.decided_on if decision else case.answered_on) or timezone.localdate()
    return outcome(code, on=day).name


def _earlier(case: Case) -> Iterator[Kept]:
    """The case that this one repeats, on a page."""
    before = case.repeats
    if before is None:
        return
    blocks = [*application(before), *decisions(before)]
    title = f"前次申请 {before.number}"
    read = partial(page, before, title, blocks, timezone.localdate())
    yield Kept((EARLIER, str(before.pk)), Entry(f"前次申请-{before.number}.pdf", title, read))
