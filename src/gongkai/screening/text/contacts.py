"""Telephone numbers, mail addresses and bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.text import breaks, numbers
from gongkai.screening.text.finding import Hit, rule
from gongkai.screening.text.identity import REMEDY
from gongkai.screening.text.masking import masked
from gongkai.screening.text.spans import Span, Spans
from gongkai.screening.text.subject import Subject

# Words that mark a number as that of an office: given to be called.
_OFFICIAL = re.compile(
    "咨询|热线|举报|监督|投诉|服务电话|值班|办公电话|公示电话|受理|报名|联系电话|联系方式|联系人|联系单位"
    "|客服|传真|报警|求助|预约|报送|反馈"
)
_NOT_A_CALL = r"(?!\d|\.\d|,\d{3}|[元万亿号吨%条件户人份册次])"
_MOBILE = re.compile(
    r"1(?:[3-9]\d{9}|[3-9]\d([ -])\d{4}\1\d{4}|[3-9]\d{2}([ -])\d{3}\2\d{4}|[ ][3-9](?:[ ]\d){9})"
    + _NOT_A_CALL
)
_LANDLINE = re.compile(
    r"[(0](?:(?<=\()0)?(?:10|2\d|[3-9]\d{2})\)?[ -]{0,2}[2-8]\d{6,7}(?:[ -]?(?:转|-)[ ]?\d{1,6})?"
    + _NOT_A_CALL
)
_ABROAD = re.compile(r"(?:\+|00|\(\+?)?86\)?[ -]?$")
_WITHIN = re.compile(r"[\d.A-Za-z]$|\d-$")
_LOCAL = re.compile(r"(?:电话|传真|座机)(?:号码)?[: ]{1,3}([2-8]\d{6,7})(?!\d)")
_REACH = 24
_COLUMN = 4000  # characters above a cell in which the head of its column is looked for


def _is_official(subject: Subject, start: int) -> bool:
    return bool(_OFFICIAL.search(subject.before(start, _REACH)))


def _calls(subject: Subject, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand that are not the end of a longer number."""
    for start, end in subject.places(pattern, _is_whole):
        if not subject.in_link(start):
            yield start, end


def _is_whole(match: re.Match[str]) -> bool:
    before = match.string[max(match.start() - 6, 0) : match.start()]
    return bool(_ABROAD.search(before)) or not _WITHIN.search(before)


@rule("personal.mobile", "error", "手机号码", "Mobile number", remedy=REMEDY, mask=masked)
def mobile(subject: Subject) -> Iterator[Hit]:
    for start, end in _calls(subject, _MOBILE):
        if _is_official(subject, start):
            yield Hit(
                start,
                end,
                severity="review",
                zh="对外公布的联系方式用了手机号码",
                en="A mobile number given as an official contact",
            )
        else:
            yield Hit(start, end)


@rule(
    "personal.landline",
    "review",
    "固定电话号码",
    "Landline number",
    remedy=(
        "请确认是对外公布的办公电话，个人住宅电话应当删去",
        "make sure it is an office's; remove that of a private home",
    ),
    mask=masked,
)
def landline(subject: Subject) -> Iterator[Hit]:
    local = (match.span(1) for match in _LOCAL.finditer(subject.folded))
    for start, end in Spans([*_calls(subject, _LANDLINE), *local]).kept:
        yield Hit(start, end, severity="note" if _is_official(subject, start) else None)


_CARD = re.compile(
    r"\d(?<![0-9A-Za-z.].)(?:\d{15,18}|\d{3}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?|\d{5}[ -]\d{10,13})"
    r"(?![0-9A-Za-z]|\.\d|[ -]\d)"
)
_ISSUERS = re.compile(r"62|4|5[1-5]|35|3[47]|9558|60|69")
_BANK = re.compile(r"卡号|账号|帐号|账户|帐户|银行|开户|存折|一卡通|社保卡|打卡")
_ACCOUNT = re.compile(r"(?:账号|帐号|账户|帐户|卡号)[: ]{0,3}((?:\d[ -]?){9,24}\d)(?!\d)")


def _cards(subject: Subject) -> Iterator[Span]:
    for text in subject.readings:
        for match in _CARD.finditer(text):
            number = breaks.bare(match[0])
            if _is_card(number) and (number.startswith("62") or _is_named(subject, match.start())):
                yield match.span()
    for start, end, number in subject.cut:
        written = subject.folded[start:end]
        if _is_card(number) and (_is_union_pay(number, written) or _is_named(subject, start)):
            yield start, end


def _is_card(number: str) -> bool:
    fits = 15 < len(number) < 20 and number.isdigit() and _ISSUERS.match(number)
    return bool(fits) and numbers.luhn(number) and not numbers.id_card(number)


def _is_union_pay(number: str, written: str) -> bool:
    """Whether two halves may be a card without a word that says so: no two telephone numbers."""
    halves = {len(breaks.bare(half)) for half in re.split("[\t\n]", written)}
    return number.startswith("62") and len(number) in (16, 19) and halves.isdisjoint((7, 8, 11))


def _is_named(subject: Subject, start: int) -> bool:
    return bool(_BANK.search(subject.before(start, _REACH))) or _in_column(subject, start)


def _in_column(subject: Subject, place: int) -> bool:
    """Whether the number is a cell under a heading that names cards or accounts."""
    above, _, head = subject.folded[max(place - _COLUMN, 0) : place].rpartition("\n")
    tail = subject.folded[place : place + _COLUMN].partition("\n")[0]
    if "\t" not in head + tail:
        return False
    return any("\t" in line and _BANK.search(line) for line in above.split("\n"))


@rule("personal.bank_card", "error", "银行卡号", "Bank card number", remedy=REMEDY, mask=masked)
def bank_card(subject: Subject) -> Iterator[Hit]:
    for start, end in Spans(_cards(subject)).kept:
        yield Hit(start, end)


@rule(
    "personal.bank_account",
    "review",
    "银行账号",
    "Bank account number",
    remedy=(
        "单位对外收款的账号可以公开，个人账号应当删去",
        "an agency's account for payments may be public; remove that of a person",
    ),
    mask=masked,
)
def bank_account(subject: Subject) -> Iterator[Hit]:
    cards = Spans(_cards(subject))
    for match in _ACCOUNT.finditer(subject.folded):
        start, end = match.span(1)
        if not cards.touch(start, end):
            yield Hit(start, end)


_MAIL = re.compile(
    r"(?<![\w.+-])([A-Za-z0-9][\w.+-]{0,63})@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)", re.ASCII
)
_GOVERNMENT = re.compile(r"(?:^|\.)gov\.cn$", re.IGNORECASE)


@rule(
    "personal.email",
    "review",
    "电子邮箱",
    "E-mail address",
    remedy=(
        "请确认是单位对外公布的邮箱，个人邮箱应当删去",
        "make sure it is an office's; remove that of a person",
    ),
    mask=masked,
)
def email(subject: Subject) -> Iterator[Hit]:
    if "@" not in subject.folded:
        return
    for match in _MAIL.finditer(subject.folded):
        if _GOVERNMENT.search(match[2]):
            continue
        official = _is_official(subject, match.start()) or re.search(
            "(?:电子邮箱|邮箱|电子邮件|E-?mail)[: ]*$",
            subject.before(match.start(), 12),
            re.IGNORECASE,
        )
        yield Hit(match.start(), match.end(), severity="note" if official else None)
