"""The grounds for withholding: one to a row of the form, with what a court asks for."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.dated import NotInForceError
from gongkai.law.forms import form
from gongkai.law.grounds import ground, grounds
from gongkai.law.proofs import proof, proofs
from gongkai.publishing.document.models import Ground

TODAY = date(2026, 3, 2)


def test_the_codes_are_those_documents_are_withheld_under() -> None:
    assert [g.code for g in grounds(on=TODAY)] == list(Ground.values)


def test_every_ground_has_its_own_row_of_the_form() -> None:
    rows = [g.row for g in grounds(on=TODAY)]
    assert rows == [f"3.3.{number}" for number in range(1, 8)]
    assert set(rows) <= set(form("2021").row_codes)


@pytest.mark.parametrize(
    ("code", "article", "discretion", "absolute"),
    [
        ("N14_SECRET", "第十四条", "must", True),
        ("N14_LAW", "第十四条", "must", True),
        ("N14_SAFETY", "第十四条", "must", False),
        ("N15_TP", "第十五条", "must", False),
        ("N16_INTERNAL", "第十六条第一款", "may", False),
        ("N16_PROCESS", "第十六条第二款", "may", False),
        ("N16_CASEFILE", "第十六条第二款", "may", False),
    ],
)
def test_article_discretion_and_whether_anything_opens_it(
    code: str, article: str, discretion: str, absolute: bool
) -> None:
    found = ground(code, on=TODAY)
    assert (found.article_text, found.discretion, found.absolute) == (article, discretion, absolute)


def test_it_is_cited_in_the_language_of_its_name() -> None:
    found = ground("N16_INTERNAL", on=TODAY)
    assert (found.cited("zh"), found.cited("en")) == ("第十六条第一款", "Article 16 paragraph 1")
    assert all(known.cited("en").isascii() for known in grounds(on=TODAY))


def test_a_third_partys_secret_is_opened_by_consent_or_by_the_public_interest() -> None:
    assert ground("N15_TP", on=TODAY).exceptions == ("third_party_agrees", "public_interest")


def test_nothing_opens_what_is_absolute() -> None:
    assert not any(g.exceptions for g in grounds(on=TODAY) if g.absolute)


def test_three_classes_of_internal_affairs_and_four_of_process() -> None:
    assert len(ground("N16_INTERNAL", on=TODAY).classes) == 3
    assert len(ground("N16_PROCESS", on=TODAY).classes) == 4


def test_a_court_asks_for_something_whatever_the_ground() -> None:
    for known in grounds(on=TODAY):
        assert known.proof
        for code in known.proof:
            assert proof(code).articles


def test_every_proof_is_told_in_both_languages() -> None:
    assert all(known.words("zh") and known.words("en") for known in proofs())


def test_there_are_no_grounds_under_the_rule_before() -> None:
    assert grounds(on=date(2019, 5, 14)) == ()
    with pytest.raises(NotInForceError, match="2019-05-15"):
        ground("N14_LAW", on=date(2019, 5, 14))
