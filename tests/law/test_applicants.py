"""The six kinds of applicants are the columns of the form."""

from __future__ import annotations

import pytest

from gongkai.law.applicants import applicant_kind, applicant_kinds, read_kinds, suggested
from gongkai.law.forms import form


def test_the_kinds_are_the_columns_of_the_form_without_the_total() -> None:
    columns = form("2021").columns[:-1]
    kinds = applicant_kinds()
    assert [kind.code for kind in kinds] == [column.code for column in columns]
    assert [kind.name for kind in kinds] == [column.label for column in columns]


def test_what_belongs_to_a_kind_is_told_in_both_languages_and_marked_as_open() -> None:
    for kind in applicant_kinds():
        assert kind.uncertain
        assert kind.note
        assert len(kind.belongs) == len(kind.belongs_en) > 0


def test_a_kind_must_exist() -> None:
    assert applicant_kind("research").words("en") == "Research body"
    with pytest.raises(KeyError, match="total"):
        applicant_kind("total")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("示例市清泉供水有限公司", "commercial"),
        ("示例大学", "research"),
        ("示例大学科技有限公司", "commercial"),
        ("北京示例律师事务所", "legal_service"),
        ("示例市环境保护协会", "public_welfare"),
        ("示例公司慈善基金会", "public_welfare"),
        ("清泉村村民委员会", "other"),
        ("张三", None),
    ],
)
def test_a_name_suggests_a_kind(name: str, kind: str | None) -> None:
    assert suggested(name) == kind


def test_an_installation_may_word_the_kinds_itself() -> None:
    own = read_kinds(
        [
            {
                "code": "research",
                "name": "科研机构",
                "name_en": "Research body",
                "belongs": ["智库"],
                "belongs_en": ["think tanks"],
                "hints": ["智库"],
            }
        ]
    )
    assert suggested("示例智库", own) == "research"
