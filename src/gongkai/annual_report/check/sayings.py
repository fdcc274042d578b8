"""The words around a counted thing, and what they say it is.

Works on squeezed text (`folding.squeeze`): Simplified, half width, without white space. `left` is
what stands between the last comma, stop or count and the number, `right` what follows it up to the
next one. Only whole statements about disclosure applications are recognised; a part of one
(信函 98 件), a comparison with last year and a count of other things are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gongkai.annual_report.check import vocabulary as words

Role = Literal[
    "received", "new", "handled", "carried_in", "carried_out", "outcome", "appeals", "stock"
]


@dataclass(frozen=True, slots=True)
class Saying:
    """What a count is said to be. `rows`, `groups`, `results`, `column` name the cells.

    `loose` is set where the words leave room for a second meaning (办理 197 件 may be what came
    in), `from_right` where the words behind the number say what it is.
    """

    role: Role
    rows: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    column: str = ""
    loose: bool = False
    from_right: bool = False


def say(left: str, right: str, before: str, year: int | None) -> Saying | None:
    """What the count between `left` and `right` is said to be; None where nothing certain is.

    `before` is the sentence so far with a few before it, `year` the report's year.
    """
    if words.CHANGE.search(left):
        return None
    carried = _carried(left, year) or (_carried(right, year, from_right=True) if right else None)
    if carried:
        return carried if _about_applications(left, right, before) else None
    if _speaks_of_another_year(left, year) or words.PART_OF_YEAR.search(left):
        return None
    if words.APPEAL.search(left) or (_result(left) and words.APPEAL.search(before)):
        return _appeals(left, before)
    return (
        _stock(left, right, before)
        or _outcome(left, right, before)
        or _verb(left, right, before, year)
    )


def _counts_other_years(sentence: str, year: int | None) -> bool:
    """「自 2019 年以来累计」, 「2022 年 10 月至 2023 年 3 月」: not this year alone."""
    since, span = words.SINCE.search(sentence), words.SPAN.search(sentence)
    own = f"{year}年"
    if since and since["year"] != own and own + "以来" not in since[0]:
        return True
    return span is not None and year is not None and int(span[1]) != year


def _speaks_of_another_year(left: str, year: int | None) -> bool:
    if words.LAST_YEAR.search(left):
        return True
    years = words.YEAR.findall(left)
    return bool(years and year and int(years[-1]) != year)


def _about_applications(left: str, right: str, before: str) -> bool:
    return "申请" in left or "申请" in right or "申请" in before


def _carried(text: str, year: int | None, *, from_right: bool = False) -> Saying | None:
    role, bare = _carried_role(text, year), False
    if role is None and not from_right and words.CARRIED_BARE.search(text):
        role, bare = "carried_out", True
    if role is None or (role == "carried_in" and words.DONE.search(text)):
        return None
    return Saying(role, loose=bare, from_right=from_right)


def _carried_role(text: str, year: int | None) -> Role | None:
    to_year, from_year = words.CARRIED_TO_YEAR.search(text), words.CARRIED_FROM_YEAR.search(text)
    if to_year and year:
        return "carried_out" if int(to_year[1]) > year else "carried_in"
    if words.CARRIED_IN.search(text) or (from_year and year and int(from_year[1]) < year):
        return "carried_in"
    return "carried_out" if words.CARRIED_OUT.search(text) else None


def _result(text: str) -> str | None:
    return next((code for code, said in words.RESULT if said.search(text)), None)


def _appeals(left: str, before: str) -> Saying | None:
    if ("公开" not in before and "公开" not in left) or words.NOT_APPEALS.search(left):
        return None
    groups = _groups(left) or _groups(before[-60:])
    result = _result(left)
    if not groups:
        return None
    return Saying("appeals", groups=groups, results=(result,) if result else ("total",))


def _groups(text: str) -> tuple[str, ...]:
    """The groups of the appeals table a text names; the last named where it names several apart."""
    if words.DIRECT.search(text):
        return ("litigation_direct",)
    if words.AFTER.search(text):
        return ("litigation_after_reconsideration",)
    reconsidered, litigated = (
        text.rfind("复议"),
        max(text.rfind(w) for w in ("诉讼", "起诉", "应诉")),
    )
    litigation = ("litigation_direct", "litigation_after_reconsideration")
    if reconsidered < 0:
        return litigation if litigated >= 0 else ()
    if litigated < 0:
        return ("reconsideration",)
    if not any(
        c in text[min(reconsidered, litigated) : max(reconsidered, litigated)]
        for c in ",;0123456789"
    ):
        return ("reconsideration", *litigation)
    return litigation if litigated > reconsidered else ("reconsideration",)


def _outcome(left: str, right: str, before: str) -> Saying | None:
    if not _about_applications(left, right, before):
        return None
    for row, label in words.DETAILS:
        if label in left and words.OUTCOME_TAIL.match(left[left.rfind(label) + len(label) :]):
            return Saying("outcome", rows=(row,))
    named = list(words.OUTCOME.finditer(left))
    if named and words.OUTCOME_TAIL.match(left[named[-1].end() :]):
        rows = [words.OUTCOME_ROWS[named[-1].lastgroup or ""]]
        for earlier, later in zip(named[-2::-1], named[:0:-1], strict=False):
            if not words.JOINED.match(left[earlier.end() : later.start()]):
                break
            rows.append(words.OUTCOME_ROWS[earlier.lastgroup or ""])
        return Saying("outcome", rows=tuple(sorted(set(rows))))
    following = words.OUTCOME.search(right)
    if not named and following and words.OUTCOME_LEAD.match(right[: following.start()]):
        return Saying(
            "outcome", rows=(words.OUTCOME_ROWS[following.lastgroup or ""],), from_right=True
        )
    return None


def _verb(left: str, right: str, before: str, year: int | None) -> Saying | None:
    received, handled = _last(words.RECEIVE, left), _last(words.HANDLE, left)
    verbs = [match for match in (received, handled) if match]
    if not verbs:
        return _volume(left) or _handled_after(left, right, before)
    first, last = min(m.end() for m in verbs), max(m.end() for m in verbs)
    tail = left[last:]
    of_applications = _is_application(left[first:], tail, right, before)
    of_applications |= _is_application_before(left[: min(m.start() for m in verbs)], tail)
    sentence = before[before.rfind("。") + 1 :] + left
    of_which = "其中" in sentence
    of_part = of_which and bool(received or words.OTHER_OFFICE.search(left[: first - 2]))
    partly = of_part or _is_part(left) or words.PUT_OFF.search(left)
    if not of_applications or partly or _counts_other_years(sentence, year):
        return None
    done = bool(handled and words.DONE.search(left))
    if received:
        return Saying("new" if received[0][0] == "新" else "received", loose=done)
    return Saying("handled", loose=not done)


def _volume(left: str) -> Saying | None:
    """「申请数量 20 件」, 「依申请公开 20 件」: said without a verb."""
    if _is_part(left) or words.OTHER_OBJECT.search(left):
        return None
    if words.VOLUME.search(left):
        return Saying("received")
    return Saying("received", loose=True) if words.VOLUME_EITHER.search(left) else None


def _handled_after(left: str, right: str, before: str) -> Saying | None:
    if (
        not words.HANDLED_RIGHT.match(right)
        or not words.FILLER.match(left)
        or words.PUT_OFF.search(right)
    ):
        return None
    return Saying("handled", from_right=True) if "申请" in before else None


def _is_part(left: str) -> bool:
    """Whether only one channel or one kind of applicant is spoken of."""
    if words.TOTAL.search(left):
        return False
    persons, bodies = words.PERSONS.search(left), words.BODIES.search(left)
    if persons or bodies:
        return not (persons and bodies)
    return len(set(words.CHANNEL.findall(left))) == 1


def _is_application(thing: str, tail: str, right: str, before: str) -> bool:
    """Whether what was received or handled is an application for disclosure.

    `thing` is everything after the first verb, `tail` what follows the last one.
    """
    if words.APPLICATION.search(thing):
        return not words.OTHER_OBJECT.search(thing)
    if right.startswith(("申请", "政府信息公开申请", "信息公开申请", "依申请公开")):
        return True
    if not words.FILLER.match(tail) or words.OTHER_OBJECT.search(right[:8]):
        return False
    return "申请" in before[-90:] and (
        not right or bool(words.FILLER.match(right)) or right[0] in "已均("
    )


def _is_application_before(head: str, tail: str) -> bool:
    """「政府信息公开申请答复 62 件」: the object stands before the verb, and nothing after it."""
    return bool(words.APPLICATION_ENDS.search(head) and words.FILLER.match(tail)) and not (
        words.OTHER_OBJECT.search(head)
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 (the last one is wanted)
        pass
    return found


def _stock(left: str, right: str, before: str) -> Saying | None:
    sentence = before[before.rfind("。") + 1 :]
    named = list(words.STOCK.finditer(left))
    if named:
        whole, tail = left, left[named[-1].end() :]
    elif words.STOCK.match(right):
        named, whole, tail = list(words.STOCK.finditer(right))[:1], left + right, ""
    else:
        return _stock_continued(left, sentence)
    if not words.STOCK_TAIL.match(tail) or words.NOT_STOCK.search(whole):
        return None
    nearby = sentence[-40:]
    column = _stock_verb(whole) or (_stock_verb(nearby) if words.STOCK.search(nearby) else None)
    rows = {words.STOCK_ROWS[n.lastgroup or ""] for n in named}
    return Saying("stock", rows=tuple(sorted(rows)), column=column) if column else None


def _stock_continued(left: str, sentence: str) -> Saying | None:
    """「制定规范性文件 5 件，废止 3 件」: the second count has the object of the first."""
    named = _last(words.STOCK, sentence[-60:])
    verb = words.STOCK_VERB_ALONE.fullmatch(left)
    if named is None or verb is None or words.NOT_STOCK.search(sentence[-60:]):
        return None
    row = words.STOCK_ROWS[named.lastgroup or ""]
    return Saying("stock", rows=(row,), column=_stock_verb(left) or "made")


def _stock_verb(text: str) -> str | None:
    return next((code for code, said in words.STOCK_VERBS if said.search(text)), None)
