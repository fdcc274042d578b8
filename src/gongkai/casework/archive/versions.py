"""Every content a decision had, as a page of the file of its case: who wrote it, when, and what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.utils import timezone

from gongkai.casework.application.models import Case
from gongkai.casework.archive.package import Entry, GoneError
from gongkai.casework.archive.pages import ANSWERED, page
from gongkai.casework.decision.content import Draft, GivenFile, from_canonical
from gongkai.casework.decision.versions import DecisionVersion
from gongkai.casework.letter.paper.sheet import Block, Heading, Paragraph
from gongkai.law.dated import NotInForceError
from gongkai.law.grounds import ground
from gongkai.law.outcomes import outcome

FOLDER = "稿本"


def versions(case: Case) -> Iterator[tuple[int, Entry]]:
    """Each version by its key, the decisions and their versions in order."""
    rows = DecisionVersion.objects.filter(decision__case=case).select_related("decision", "by")
    for row in rows.order_by("decision__number", "number"):
        place, draft = row.decision.number, row.number
        path = f"{FOLDER}/{place:02}-{draft:02}-第{place}次处理决定第{draft}稿.pdf"
        title = f"第{place}次处理决定第{draft}稿（{_writer(row)}，{_moment(row)}）"
        yield row.pk, Entry(path, title, partial(_read, case, row))


def told(version: DecisionVersion) -> list[Block]:
    """What the version said, with its digest. Raises GoneError where the content is gone."""
    if not version.content:
        raise GoneError
    draft, files = from_canonical(version.content)
    day = timezone.localdate(version.at)
    head = [
        ("保存人", _writer(version)),
        ("保存时间", _moment(version)),
        ("内容摘要值", version.sha256),
    ]
    return [
        *_lines([*head, *_fields(draft, day)]),
        *_items(draft, day),
        *_given(files),
    ]


def _read(case: Case, version: DecisionVersion) -> bytes:
    decision = version.decision.number
    title = f"{case.number} 第{decision}次处理决定第{version.number}稿"
    return page(case, title, told(version), timezone.localdate(version.at))


def _fields(draft: Draft, day: date) -> list[tuple[str, str]]:
    return [
        ("处理结果", _outcome(draft.outcome, day)),
        ("不予公开的依据", _ground(draft.ground, day)),
        ("适用的法律、行政法规", draft.law_named),
        ("查明的事实", draft.findings),
        ("理由", draft.reasons),
        (ANSWERED.get(draft.outcome, "答复内容"), draft.answer),
        ("获取的方式、途径和时间", draft.way),
        ("负责公开的机关", f"{draft.other_agency} {draft.other_contact}".strip()),
        ("公开的公共利益理由", draft.override_reason),
    ]


def _items(draft: Draft, day: date) -> list[Block]:
    blocks: list[Block] = []
    for place, item in enumerate(draft.items, 1):
        blocks.append(Heading(f"分项{place}", 1))
        said = [
            ("申请的内容", item.asked),
            ("处理结果", _outcome(item.outcome, day)),
            ("不予公开的依据", _ground(item.ground, day)),
            ("理由", item.reasons),
        ]
        blocks += _lines(said)
    return blocks


def _given(files: tuple[GivenFile, ...]) -> list[Block]:
    lines = [("提供的文件", f"{file.title}　SHA-256 {file.sha256}".strip()) for file in files]
    return _lines(lines)


def _lines(said: list[tuple[str, str]]) -> list[Block]:
    return [Paragraph(f"{name}：{value}") for name, value in said if value]


def _outcome(code: str, day: date) -> str:
    try:
        return outcome(code, on=day).name if code else ""
    except (KeyError, NotInForceError):
        return code


def _ground(code: str, day: date) -> str:
    try:
        known = ground(code, on=day) if code else None
    except (KeyError, NotInForceError):
        return code
    return f"{known.article_text} {known.name}" if known else ""


def _writer(version: DecisionVersion) -> str:
    return version.by.get_full_name() if version.by else "系统"


def _moment(version: DecisionVersion) -> str:
    return timezone.localtime(version.at).strftime("%Y-%m-%d %H:%M")
