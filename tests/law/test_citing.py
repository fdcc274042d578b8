"""References to articles are written one way, in either language."""

from __future__ import annotations

import pytest

from gongkai.law.citing import NAMES_EN, article_english, article_numeral, cited
from gongkai.law.proofs import proofs
from gongkai.law.review import steps


@pytest.mark.parametrize(
    ("short", "chinese", "english"),
    [
        ("26", "《政府信息公开条例》第二十六条", "Disclosure Regulations, article 26"),
        ("条例17", "《政府信息公开条例》第十七条", "Disclosure Regulations, article 17"),
        ("预算法14", "《预算法》第十四条", "Budget Law, article 14"),
        (
            "行政诉讼法46(2)",
            "《行政诉讼法》第四十六条第二款",
            "Administrative Litigation Law, article 46 paragraph 2",
        ),
        (
            "政府采购法实施条例43、50",
            "《政府采购法实施条例》第四十三条、第五十条",
            "Implementing Regulations of the Government Procurement Law, articles 43 and 50",
        ),
        (
            "政府信息公开条例（国务院令第492号）24",
            "《政府信息公开条例》（国务院令第492号）第二十四条",
            "Disclosure Regulations（国务院令第492号）, article 24",
        ),
        ("法释〔2018〕1号66", "法释〔2018〕1号第六十六条", "法释〔2018〕1号, article 66"),
        ("国办发〔2018〕115号", "国办发〔2018〕115号", "国办发〔2018〕115号"),
        ("条例10", "《政府信息公开条例》第十条", "Disclosure Regulations, article 10"),
    ],
)
def test_a_short_reference_is_written_out(short: str, chinese: str, english: str) -> None:
    assert cited(short) == chinese
    assert cited(short, "en") == english


def test_every_law_a_step_of_review_rests_on_has_an_english_name() -> None:
    laws = {article.rstrip("0123456789") for step in steps() for article in step.articles}
    assert {law for law in laws if "〔" not in law} <= set(NAMES_EN)


def test_the_law_of_everything_that_is_to_be_proved_is_cited_in_english() -> None:
    told = [cited(article, "en") for one in proofs() for article in one.articles]
    assert not [words for words in told if not words.isascii()]


@pytest.mark.parametrize(
    ("short", "chinese", "english"),
    [
        ("36(三)", "《政府信息公开条例》第三十六条第（三）项", "article 36 item 3"),
        (
            "行政复议法23(1)(四)",
            "《行政复议法》第二十三条第一款第（四）项",
            "article 23 paragraph 1 item 4",
        ),
        ("行政复议法11(十四)", "《行政复议法》第十一条第（十四）项", "article 11 item 14"),
    ],
)
def test_paragraphs_and_items_are_told_apart(short: str, chinese: str, english: str) -> None:
    assert cited(short) == chinese
    assert cited(short, "en").endswith(english)


def test_a_bare_article_is_written_without_its_law() -> None:
    assert article_numeral("14") == "第十四条"
    assert article_numeral("16(1)") == "第十六条第一款"
    assert article_english("14") == "Article 14"
    assert article_english("36(三)") == "Article 36 item 3"
    for written in (article_numeral, article_english):
        with pytest.raises(ValueError, match="bare article"):
            written("预算法14")
