"""Expressions of the list: wrong ones, names that are out of date, sensitive ones, poor style."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.text.finding import Hit, rule
from gongkai.screening.text.subject import Subject
from gongkai.screening.text.wordlist import Category


def _matches(subject: Subject, category: Category) -> Iterator[Hit]:
    for match in subject.expressions:
        entry = match.expression
        if entry.category != category:
            continue
        word = subject.text[match.start : match.end]
        instead = f"，宜作“{entry.right}”" if entry.right else ""
        instead_en = f", better “{entry.right}”" if entry.right else ""
        reason = f"（{entry.reason}）" if entry.reason else ""
        yield Hit(
            match.start,
            match.end,
            zh=f"“{word}”{instead}{reason}",
            en=f"“{word}”{instead_en}",
        )


@rule(
    "expression.wrong",
    "review",
    "常见错误表述",
    "Common wrong expression",
    remedy=("请改正，确属正确的写明理由", "correct it, or say why it is right here"),
)
def wrong(subject: Subject) -> Iterator[Hit]:
    yield from _matches(subject, "wrong")


@rule(
    "expression.outdated",
    "review",
    "已经变更的名称",
    "Name that is out of date",
    remedy=(
        "请改用现行名称；引用历史文件的，保留并注明",
        "use the present name; keep it where a document of the past is quoted",
    ),
)
def outdated(subject: Subject) -> Iterator[Hit]:
    yield from _matches(subject, "outdated")


@rule(
    "expression.sensitive",
    "error",
    "敏感表述",
    "Sensitive expression",
    remedy=(
        "请按规范表述改正；引用的，说明出处",
        "write it as prescribed, or name the source that is quoted",
    ),
)
def sensitive(subject: Subject) -> Iterator[Hit]:
    yield from _matches(subject, "sensitive")


@rule(
    "expression.style",
    "note",
    "不宜用于公文的表述",
    "Expression that does not suit an official document",
    remedy=("建议改写", "consider writing it otherwise"),
)
def style(subject: Subject) -> Iterator[Hit]:
    yield from _matches(subject, "style")
