"""Everything that belongs to the file of a case, in the order of a case file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.casework.application import enclosures
from gongkai.casework.application.models import Case, Enclosure
from gongkai.casework.application.sealing import SealBrokenError
from gongkai.casework.archive.package import Entry, GoneError, safe_name
from gongkai.casework.archive.pages import PAGES, page
from gongkai.casework.archive.versions import versions
from gongkai.casework.decision import files as provided_files
from gongkai.casework.letter import files as letter_files
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.printing import print_letter
from gongkai.law.letters import letter as letter_kind
from gongkai.trail.models import Entry as TrailLine

Key = tuple[str, str]
"""What a thing is ("page", "version", "enclosure", "letter", "provided", "trail"), and which."""
CATALOGUE = "00-卷内目录.pdf"


@dataclass(frozen=True, slots=True)
class Kept:
    """A thing of the file under its key."""

    key: Key
    entry: Entry


def contents(case: Case) -> list[Kept]:
    """The pages, versions of the decisions, letters, files given out, enclosures and lines of the
    trail of the case."""
    return [
        *_pages(case),
        *(Kept(("version", str(key)), entry) for key, entry in versions(case)),
        *_letters(case),
        *_provided(case),
        *_enclosures(case),
        _trail(case),
    ]


def _pages(case: Case) -> Iterator[Kept]:
    today = timezone.localdate()
    for place, (code, (title, told)) in enumerate(PAGES.items(), 1):
        blocks = told(case)
        if blocks:
            read = partial(page, case, title, blocks, today)
            yield Kept(("page", code), Entry(f"{place:02}-{title}.pdf", title, read))


def _letters(case: Case) -> Iterator[Kept]:
    for place, row in enumerate(case.letters.select_related("agency").order_by("id"), 1):
        name = letter_kind(row.kind, on=row.dated).name
        title = f"{name} {row.number}"
        forms: dict[str, Callable[[Letter], bytes]] = {
            "pdf": letter_files.pdf_of,
            "docx": letter_files.word_of,
        }
        for ending, read in forms.items():
            path = f"文书/{place:02}-{safe_name(title)}.{ending}"
            yield Kept(
                (f"letter_{ending}", str(row.pk)), Entry(path, title, _there(_printed, row, read))
            )


def _printed(row: Letter, read: Callable[[Letter], bytes]) -> bytes:
    if row.case.anonymised_at:
        raise GoneError
    return read(print_letter(row))


def _provided(case: Case) -> Iterator[Kept]:
    place = 0
    for decision in case.decisions.order_by("number"):
        for row in decision.provided.order_by("position"):
            place += 1
            path = f"提供的文件/{place:02}-{_ended(row.title, row.content_type)}"
            entry = Entry(path, row.title, _there(provided_files.content, row))
            yield Kept(("provided", str(row.pk)), entry)


def _enclosures(case: Case) -> Iterator[Kept]:
    for place, row in enumerate(case.enclosures.order_by("id"), 1):
        name = _name(row)
        title = f"{row.get_kind_display()}：{name}"
        path = f"材料/{place:02}-{row.get_kind_display()}-{safe_name(name)}"
        entry = Entry(path, title, _there(enclosures.content, row))
        yield Kept(("enclosure", str(row.pk)), entry)


def _trail(case: Case) -> Kept:
    """Lines as they were hashed: each can be reckoned again from what stands there."""

    def read() -> bytes:
        rows = TrailLine.objects.filter(object_type="casework.case", object_id=str(case.pk))
        return "".join(_line(row) + "\n" for row in rows.order_by("sequence")).encode()

    return Kept(("trail", ""), Entry("操作记录.jsonl", "操作记录", read))


def _line(row: TrailLine) -> str:
    told: dict[str, Any] = {
        "sequence": row.sequence,
        "at": row.at.isoformat(timespec="microseconds"),
        "actor_id": row.actor_id,
        "actor_name": row.actor_name,
        "verb": row.verb,
        "object_type": row.object_type,
        "object_id": row.object_id,
        "object_label": row.object_label,
        "details": row.details_json,
        "previous": row.previous_hash,
        "hash": row.hash,
    }
    return json.dumps(told, ensure_ascii=False)


def _there(read: Callable[..., bytes], *about: Any) -> Callable[[], bytes]:
    """The bytes, or GoneError for what was removed when its time was over, or is damaged."""

    def reading() -> bytes:
        try:
            return read(*about)
        except (FileNotFoundError, IsADirectoryError, SealBrokenError) as error:
            raise GoneError from error

    return reading


def _name(row: Enclosure) -> str:
    try:
        return enclosures.name_of(row)
    except SealBrokenError:
        return str(row.pk)


def _ended(title: str, content_type: str) -> str:
    ending = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
    wanted = ending.get(content_type, "")
    name = safe_name(title)
    return name if name.lower().endswith(wanted) else name + wanted
