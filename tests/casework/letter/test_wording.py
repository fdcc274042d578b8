"""Every kind of letter, made with everything and with nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gongkai.casework.letter.paper.sheet import Heading, Listing, Paragraph
from gongkai.casework.letter.template import templates
from gongkai.casework.letter.wording import (
    MissingFieldError,
    Value,
    Words,
    basis,
    compose,
    missing,
    named,
    written,
)
from gongkai.law.dated import NotInForceError
from gongkai.law.grounds import grounds
from gongkai.law.letters import letters
from gongkai.law.outcomes import outcomes
from tests.casework.letter.samples import EVERYTHING

DAY = date(2026, 3, 26)
KINDS = sorted({known.code for known in templates()})
ON_EVERY_SHEET = {"title", "number", "addressee", "issuer", "date_and_seal"}
SAID_BY_EVERY_ANSWER = {"applicant_name", "request_facts", "legal_basis", "decision"}
WITHOUT_ARTICLES = {"withdrawn"}


def text(words: Words) -> str:
    lines = [words.title, words.addressee]
    for block in words.blocks:
        lines += block.items if isinstance(block, Listing) else [block.text]
    return "\n".join(lines)


def made(kind: str, **changes: object) -> str:
    return text(compose(kind, DAY, {**EVERYTHING, **changes}))  # type: ignore[dict-item]


def needed(kind: str) -> dict[str, Value]:
    """The fewest fields with which the letter can be made."""
    wording = next(one for one in templates() if one.code == kind)
    names = set(missing(kind, DAY, {})) | {names[-1] for names in (wording.either or {}).values()}
    return {name: EVERYTHING[name] for name in names if name in EVERYTHING}


def test_there_is_a_wording_for_every_letter_that_goes_out() -> None:
    papers = {"application_form", "registration"}
    assert {known.code for known in letters(on=DAY)} - papers == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_complete_with_everything(kind: str) -> None:
    assert missing(kind, DAY, EVERYTHING) == []
    words = made(kind)
    assert "{" not in words
    assert "None" not in words
    assert not any(mark in words for mark in ("。。", "，。", "；。", "：。", "“”", "，，"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_with_only_what_it_needs_has_no_gap(kind: str) -> None:
    fields = needed(kind)
    words = text(compose(kind, DAY, fields))
    assert "{" not in words
    assert "None" not in words


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_says_every_element_the_law_asks_for(kind: str) -> None:
    wording = next(one for one in templates() if one.code == kind)
    asked = next(known for known in letters(on=DAY) if known.code == kind).required
    answer = next((known for known in outcomes(on=DAY) if known.letter == kind), None)
    of_outcome = (*answer.must, *answer.may) if answer else ()
    says = {*wording.possible, *wording.said, *(wording.either or {})}
    assert {*asked, *of_outcome} - says - ON_EVERY_SHEET - SAID_BY_EVERY_ANSWER == set()


@pytest.mark.parametrize("kind", sorted(set(KINDS) - WITHOUT_ARTICLES))
def test_a_letter_cites_its_articles(kind: str) -> None:
    cited = basis(kind, DAY, EVERYTHING)
    assert "条" in cited or "办法" in cited
    assert cited in made(kind)


@pytest.mark.parametrize("field", ["reasons", "withheld_information", "grounds", "applicant"])
def test_a_refusal_without_what_it_needs_is_not_made(field: str) -> None:
    with pytest.raises(MissingFieldError) as refused:
        compose("denied", DAY, {**EVERYTHING, field: "" if field != "grounds" else ()})
    assert refused.value.fields == (field,)


def test_blanks_are_no_reasons() -> None:
    assert missing("denied", DAY, {**EVERYTHING, "reasons": " \n　"}) == ["reasons"]


def test_an_answer_that_discloses_names_what_is_given_or_the_way_to_it() -> None:
    given = {**EVERYTHING, "provided_list": None}
    assert missing("disclosed", DAY, given) == []
    assert missing("disclosed", DAY, {**given, "ways_of_access": ""}) == ["provided_or_access"]


@pytest.mark.parametrize("ground", [known.code for known in grounds(on=DAY)])
def test_a_refusal_cites_the_article_of_its_ground_and_says_what_it_covers(ground: str) -> None:
    article = next(known for known in grounds(on=DAY) if known.code == ground).article_text
    words = made("denied", grounds=(ground,), third_party_course=None)
    assert f"《中华人民共和国政府信息公开条例》第三十六条第（三）项、{article}的规定" in words
    assert "该信息属于" in words


def test_a_refusal_that_rests_on_a_prohibition_names_the_law_that_prohibits() -> None:
    for kind in ("denied", "partly_disclosed"):
        given = {**EVERYTHING, "grounds": ("N14_LAW",), "prohibiting_law": ""}
        assert missing(kind, DAY, given) == ["prohibiting_law"]
        assert missing(kind, DAY, {**given, "grounds": ("N14_SAFETY",)}) == []
    assert named("prohibiting_law").startswith("禁止公开的法律、行政法规")


@pytest.mark.parametrize(
    ("ground", "reasons", "says"),
    [
        ("N15_TP", "涉及他人的个人隐私", "属于涉及个人隐私，公开会对第三方合法权益造成损害"),
        ("N15_TP", "合同涉及商业秘密，名单涉及个人隐私", "属于涉及商业秘密、个人隐私，公开会"),
        ("N15_TP", "公开会损害第三方", "属于涉及商业秘密、个人隐私等，公开会"),
        ("N15_TP", "不涉及商业秘密，但会损害个人隐私", "属于涉及商业秘密、个人隐私等，公开会"),
        ("N14_SAFETY", "会危及公共安全", "属于公开后可能危及公共安全的政府信息"),
        ("N16_INTERNAL", "属于后勤管理", "属于后勤管理方面的内部事务信息"),
        ("N16_PROCESS", "系报批的请示报告", "形成的请示报告，即过程性信息"),
        ("N16_CASEFILE", "在执法案卷里", "属于行政执法案卷信息"),
    ],
)
def test_a_refusal_names_the_class_its_reasons_name(ground: str, reasons: str, says: str) -> None:
    words = made("denied", grounds=(ground,), reasons=reasons, third_party_course=None)
    assert says in words


def test_a_refusal_after_a_third_party_was_heard_cites_that_article_too() -> None:
    assert "第十五条、第三十二条" in made("denied", grounds=("N15_TP",))


def test_articles_of_one_law_follow_its_name_once() -> None:
    assert made("partly_disclosed").count("《中华人民共和国政府信息公开条例》第") == 1


def test_the_articles_cannot_be_given() -> None:
    assert "第九十九条" not in made("extension_notice", basis="第九十九条")


def test_what_a_person_writes_is_no_template() -> None:
    assert "{applicant}" in made("denied", reasons="见{applicant}和{basis}")


def test_a_text_of_several_paragraphs_stays_so() -> None:
    words = compose("denied", DAY, {**EVERYTHING, "reasons": "其一。\n\n其二。"})
    assert Paragraph("不予公开的理由是：其一。") in words.blocks
    assert Paragraph("其二。") in words.blocks


def test_a_list_stands_without_the_stops_that_people_type() -> None:
    words = compose("correction_notice", DAY, EVERYTHING)
    assert Listing(("写明所需信息的年度", "写明所需信息的名称或者文号")) in words.blocks


def test_a_partial_disclosure_is_told_under_headings() -> None:
    words = compose("partly_disclosed", DAY, EVERYTHING, ("救济。",))
    headings = [block.text for block in words.blocks if isinstance(block, Heading)]
    assert headings == ["一、予以公开的部分", "二、不予公开的部分", "三、救济途径"]
    assert words.blocks[-1] == Paragraph("救济。")


def test_the_applicant_is_not_named_to_those_who_are_asked() -> None:
    for kind in ("third_party_consultation", "agency_consultation", "third_party_notice"):
        words = made(kind)
        assert "沈青禾" not in words
        assert "青禾县供水有限公司" in words


def test_a_letter_before_its_rule_is_not_made() -> None:
    with pytest.raises(NotInForceError):
        compose("fee_notice", date(2020, 12, 31), EVERYTHING)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        compose("poem", DAY, EVERYTHING)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 3, 2), "2026年3月2日"),
        (Decimal("1200.00"), "1200"),
        (Decimal("100.50"), "100.5"),
        (("甲。", "乙"), "甲、乙"),
        (15, "15"),
        (" 甲 ", "甲"),
    ],
)
def test_values_are_written_as_letters_write_them(value: object, words: str) -> None:
    assert written(value) == words  # type: ignore[arg-type]


def test_a_missing_field_has_a_name_in_chinese() -> None:
    asked = {name for kind in KINDS for name in missing(kind, DAY, {})}
    assert {name for name in asked if named(name).isascii()} == set()
