"""The clock's answer as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from gongkai.casework.clock.consulting import Waiting
from gongkai.casework.clock.due import Due, Problem
from gongkai.casework.clock.reasons import Reason, reasons
from gongkai.casework.clock.words import KINDS, problem_words

_STATES = {
    "running": ("计算中", "running"),
    "paused": ("暂停", "paused"),
    "overdue": ("逾期", "overdue"),
    "answered": ("已答复", "answered"),
    "withdrawn": ("已撤回", "withdrawn"),
}


def as_json(due: Due) -> dict[str, Any]:
    """Plain values for JSON; days as 2026-03-02, words in Chinese and beside them in English."""
    deadlines = due.deadlines
    return {
        "due": due.on.isoformat(),
        "provisional": due.provisional,
        "state": due.state,
        "round": due.round,
        "earlier": [_round(one) for one in due.earlier],
        "as_of": due.as_of.isoformat(),
        "waiting_for": [_waiting(waiting) for waiting in due.waiting_for],
        "remaining": due.remaining,
        "late": due.late,
        "deadlines": {
            "correction_notice": _iso(deadlines.correction_notice),
            "correction": _iso(deadlines.correction),
            "consultations": {id_: _iso(day) for id_, day in deadlines.consultations.items()},
            "fee": _iso(deadlines.fee),
        },
        "reasons": [_reason(reason) for reason in reasons(due)],
        "problems": [_problem(problem) for problem in due.problems],
    }


def as_text(due: Due, language: str = "zh") -> str:
    """The day, the state and the reasons, one a line, in "zh" or "en"."""
    return "\n".join(_lines(due, zh=language == "zh"))


def _lines(due: Due, *, zh: bool) -> Iterator[str]:
    state = _STATES[due.state][0 if zh else 1]
    if zh:
        doubt = "（暂定：所跨年度的放假安排尚未公布）" if due.provisional else ""
        yield f"答复期限：{due.on}{doubt}；{state}（截至{due.as_of}）"
    else:
        doubt = " (provisional: the notice of a year is not out)" if due.provisional else ""
        yield f"Due {due.on}{doubt}; {state} as of {due.as_of}"
    for one in due.earlier:
        yield "  " + _verdict(one, zh=zh)
    for reason in reasons(due):
        yield "  " + _line(reason, zh=zh)
    for problem in due.problems:
        yield f"  ! {problem.on}  {_said(problem, zh=zh)}"


def _line(reason: Reason, *, zh: bool) -> str:
    article = reason.words.article("zh" if zh else "en")
    what = reason.words.zh if zh else reason.words.en
    cite = f"（{article}）" if zh else f" ({article})"
    return f"{reason.start} → {reason.end}  {what}{cite if article else ''} → {reason.due}"


def _said(problem: Problem, *, zh: bool) -> str:
    kind, words = KINDS[problem.kind], problem_words(problem)
    article = words.article("zh" if zh else "en")
    if zh:
        return f"{kind.zh}：{words.zh}{f'（{article}）' if article else ''}"
    return f"{kind.en}: {words.en}{f' ({article})' if article else ''}"


def _round(one: Due) -> dict[str, Any]:
    return {
        "opened": one.opening.on.isoformat(),
        "due": one.on.isoformat(),
        "answered": _iso(one.answered_on),
        "late": one.late,
    }


def _verdict(one: Due, *, zh: bool) -> str:
    """Whether the answer of an earlier round was given in its time."""
    if zh:
        kept = "逾期" if one.late else "按期"
        return f"第{one.round}次办理：期限{one.on}，{one.answered_on}答复，{kept}"
    kept = "late" if one.late else "in time"
    return f"Round {one.round}: due {one.on}, answered {one.answered_on}, {kept}"


def _waiting(waiting: Waiting) -> dict[str, Any]:
    told = {
        "for": waiting.what,
        "since": waiting.since.isoformat(),
        "until": _iso(waiting.until),
        "lapsed": waiting.lapsed,
    }
    return told | ({"id": waiting.id, "whom": waiting.whom} if waiting.id else {})


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "article": reason.words.article(),
        "article_en": reason.words.article("en"),
        "what": reason.words.zh,
        "what_en": reason.words.en,
        "from": reason.start.isoformat(),
        "to": reason.end.isoformat(),
        "days": reason.days,
        "skipped": [
            {
                "from": skipped.start.isoformat(),
                "to": skipped.end.isoformat(),
                "why": skipped.why,
                "why_en": skipped.why_en,
            }
            for skipped in reason.skipped
        ],
        "due": reason.due.isoformat(),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    words = problem_words(problem)
    return {
        "code": problem.code,
        "on": problem.on.isoformat(),
        "kind": problem.kind,
        "id": problem.id,
        "article": words.article(),
        "article_en": words.article("en"),
        "what": words.zh,
        "what_en": words.en,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
