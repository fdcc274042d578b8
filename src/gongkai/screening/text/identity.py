"""Numbers of papers that identify a person: identity card, passport, permit, sole trader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.text import breaks, numbers
from gongkai.screening.text.finding import Hit, rule
from gongkai.screening.text.masking import masked
from gongkai.screening.text.spans import Span, Spans
from gongkai.screening.text.subject import Subject

REMEDY = (
    "公开前删去或者遮盖（条例第十五条、个人信息保护法第二十五条）；确需公开的写明依据",
    "remove or mask it before publication (art. 15), or state the legal ground for publishing it",
)
# A border before the first character is looked at behind it: so the search may jump from digit to
# digit, several times as fast.
_ID = re.compile(r"[1-8](?<![0-9A-Za-z].)(?:[ -]?\d){16}[ -]?[\dxX](?![0-9A-Za-z])")
_OLD_ID = re.compile(r"[1-8](?<![0-9A-Za-z.].)\d{14}(?![0-9A-Za-z]|\.\d|元|号)")
_HIDDEN_ID = re.compile(
    r"[1-8](?<![0-9A-Za-z*].)\d{2,13}[*×xX●■□]{3,14}\d{0,4}[\dxX*×]?(?![0-9A-Za-z])"
)
_PAPERS = re.compile(r"身份证|证件号|公民身份|身份号|户口")


@rule(
    "personal.id_card",
    "error",
    "居民身份证号码",
    "Identity card number",
    remedy=REMEDY,
    mask=masked,
)
def id_card(subject: Subject) -> Iterator[Hit]:
    for start, end in Spans(_id_cards(subject)).kept:
        yield Hit(start, end)


def _id_cards(subject: Subject) -> Iterator[Span]:
    for text in subject.readings:
        whole = ((*match.span(), breaks.bare(match[0])) for match in _ID.finditer(text))
        for start, end, number in (*whole, *breaks.one_a_cell(text)):
            if numbers.id_card(number):
                yield start, end
    for start, end, number in subject.cut:
        if numbers.id_card(number):
            yield start, end


@rule(
    "personal.id_card_old",
    "review",
    "疑似十五位居民身份证号码",
    "Perhaps an identity card number of fifteen digits",
    remedy=REMEDY,
    mask=masked,
)
def id_card_old(subject: Subject) -> Iterator[Hit]:
    for start, end in subject.places(_OLD_ID, lambda match: numbers.old_id_card(match[0])):
        named = _PAPERS.search(subject.before(start, 20))
        yield Hit(start, end, severity="error" if named else None)


@rule(
    "personal.id_card_masked",
    "note",
    "已遮盖的身份证号码",
    "Identity card number, masked",
    remedy=("请确认遮盖的位数足够", "make sure that enough of it is hidden"),
    mask=masked,
)
def id_card_masked(subject: Subject) -> Iterator[Hit]:
    for match in _HIDDEN_ID.finditer(subject.folded):
        if len(match[0]) in (15, 18) and numbers.region(match[0].ljust(6, "1")[:3] + "111"):
            yield Hit(match.start(), match.end())


_PASSPORT = re.compile(
    r"(?<![0-9A-Za-z])(?:[EGDSPegdsp]\d{8}|[EKHekh][A-Za-z]\d{7}|1[45]\d{7}|[HMCWhmcw]\d{8,10})"
    r"(?![0-9A-Za-z])"
)
_TRAVEL = re.compile(r"护照|通行证|旅行证|回乡证|台胞证")


@rule(
    "personal.passport",
    "error",
    "护照或者通行证号码",
    "Passport or travel permit number",
    remedy=REMEDY,
    mask=masked,
)
def passport(subject: Subject) -> Iterator[Hit]:
    if not _TRAVEL.search(subject.folded):
        return
    for match in _PASSPORT.finditer(subject.folded):
        if _TRAVEL.search(subject.before(match.start(), 20)):
            yield Hit(match.start(), match.end())


_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][ ·•.]?(?=[A-HJ-NP-Z]{0,3}\d)[A-HJ-NP-Z0-9]{4}(?:[A-HJ-NP-Z0-9]{1,2}|[挂学警港澳])"
    r"(?![A-Za-z0-9-])"
)


@rule(
    "personal.licence_plate",
    "review",
    "机动车号牌",
    "Licence plate",
    remedy=("个人车辆的号牌请遮盖", "mask the plate of a private vehicle"),
    mask=masked,
)
def licence_plate(subject: Subject) -> Iterator[Hit]:
    for match in _PLATE.finditer(subject.folded):
        yield Hit(match.start(), match.end())


_SOLE_TRADER = re.compile(r"92(?<![0-9A-Za-z]..)[0-9A-HJ-NPQRTUWXY]{16}(?![0-9A-Za-z])")


@rule(
    "personal.sole_trader",
    "note",
    "个体工商户的统一社会信用代码",
    "Unified social credit code of a sole trader",
    remedy=(
        "个体工商户的登记信息可能指向个人，请确认需要公开",
        "a sole trader is a person; make sure the code has to be public",
    ),
)
def sole_trader(subject: Subject) -> Iterator[Hit]:
    for match in _SOLE_TRADER.finditer(subject.folded):
        if numbers.credit_code(match[0]):
            yield Hit(match.start(), match.end())
