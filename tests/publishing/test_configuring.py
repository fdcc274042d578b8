"""How an agency reviews and numbers is set by its head, within the law, and told in the trail."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from gongkai.publishing import actions
from gongkai.publishing.actions.configuring import mandatory_for
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication import numbering
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.publication.rules import USUAL_PATTERN
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.models import ReviewStep
from gongkai.trail.models import Entry

SHORT = [("secrecy", "secrecy_reviewer"), ("signature", "signatory")]


def steps_of(document: Document) -> list[str]:
    return [code for code, _ in document.rounds.get().steps]


def test_a_document_goes_through_the_steps_its_agency_has_set(
    cast: SimpleNamespace, county: SimpleNamespace, draft: Callable[..., Document]
) -> None:
    actions.set_review_steps(cast.reviewer, county.own, "", SHORT)
    document = draft()
    actions.submit(cast.drafter, document)
    assert steps_of(document) == ["secrecy", "signature"]


def test_steps_of_a_kind_go_before_those_of_every_kind(
    cast: SimpleNamespace, county: SimpleNamespace, draft: Callable[..., Document]
) -> None:
    actions.set_review_steps(cast.reviewer, county.own, "", SHORT)
    actions.set_review_steps(cast.reviewer, county.own, "news", SHORT[:1])
    document = draft(kind="news")
    actions.submit(cast.drafter, document)
    assert steps_of(document) == ["secrecy"]


def test_an_open_round_keeps_its_steps(
    cast: SimpleNamespace, county: SimpleNamespace, draft: Callable[..., Document]
) -> None:
    document = draft()
    actions.submit(cast.drafter, document)
    actions.set_review_steps(cast.reviewer, county.own, "", SHORT)
    assert steps_of(document) == ["first_reading", "secrecy", "signature"]


def test_no_steps_at_all_means_the_usual_ones_again(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.set_review_steps(cast.reviewer, county.own, "", SHORT)
    actions.set_review_steps(cast.reviewer, county.own, "", [])
    assert not ReviewStep.objects.filter(agency=county.own).exists()


@pytest.mark.parametrize(
    ("kind", "planned", "reason"),
    [
        ("", [("signature", "signatory")], "mandatory_step"),
        ("normative_document", SHORT, "mandatory_step"),
        ("", [*SHORT, ("signature", "signatory")], "unknown_step"),
        ("", [("blessing", "signatory"), *SHORT], "unknown_step"),
        ("", [("secrecy", "drafter")], "unknown_step"),
        ("poem", SHORT, "unknown_kind"),
    ],
)
def test_what_the_law_or_the_system_does_not_know_is_refused(
    cast: SimpleNamespace,
    county: SimpleNamespace,
    kind: str,
    planned: list[tuple[str, str]],
    reason: str,
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        actions.set_review_steps(cast.reviewer, county.own, kind, planned)
    assert refused.value.reason == reason
    assert not ReviewStep.objects.exists()


def test_legality_is_mandatory_for_normative_documents_alone() -> None:
    assert mandatory_for("") == mandatory_for("news") == ("secrecy",)
    assert mandatory_for("normative_document") == ("secrecy", "legality")


def test_index_numbers_follow_the_pattern_from_then_on(
    cast: SimpleNamespace, county: SimpleNamespace, publish: Callable[..., Publication]
) -> None:
    before = publish()
    actions.set_number_pattern(cast.administrator, county.own, "{code}-{year}-{number:03}")
    after = publish(title="关于冬季除雪的通知")
    before.refresh_from_db()
    assert before.index_number == f"qh-cz/{before.year}-00001"
    assert after.index_number == f"qh-cz-{after.year}-002"


def test_an_empty_pattern_is_the_usual_one(cast: SimpleNamespace, county: SimpleNamespace) -> None:
    actions.set_number_pattern(cast.reviewer, county.own, "{year}{number}")
    actions.set_number_pattern(cast.reviewer, county.own, " ")
    assert numbering.pattern_of(county.own) == USUAL_PATTERN


@pytest.mark.parametrize("pattern", ["{code}", "{number}", "{year}{number!r}", "{0}", "x" * 101])
def test_a_pattern_that_would_give_a_number_twice_is_refused(
    cast: SimpleNamespace, county: SimpleNamespace, pattern: str
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        actions.set_number_pattern(cast.reviewer, county.own, pattern)
    assert refused.value.reason == "bad_pattern"


@pytest.mark.parametrize(
    "who", ["drafter", "officer", "signatory", "colleague", "stranger", "supervisor", "anonymous"]
)
def test_only_the_head_and_the_administrator_configure(
    cast: SimpleNamespace, county: SimpleNamespace, who: str
) -> None:
    person = getattr(cast, who)
    with pytest.raises(NotAllowedError, match="role"):
        actions.set_review_steps(person, county.own, "", SHORT)
    with pytest.raises(NotAllowedError, match="role"):
        actions.set_number_pattern(person, county.own, "{year}{number}")


def test_both_are_told_in_the_trail(cast: SimpleNamespace, county: SimpleNamespace) -> None:
    actions.set_review_steps(cast.reviewer, county.own, "news", SHORT)
    actions.set_number_pattern(cast.reviewer, county.own, "{year}-{number}")
    lines = Entry.objects.filter(verb__startswith="publishing.set_").order_by("sequence")
    assert [(line.verb, line.details) for line in lines] == [
        (
            "publishing.set_review_steps",
            {"kind": "news", "steps": [list(step) for step in SHORT]},
        ),
        ("publishing.set_number_pattern", {"pattern": "{year}-{number}"}),
    ]
    assert lines[0].object_label == county.own.name
