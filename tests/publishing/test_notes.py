"""A note to the public holds nothing that would block a text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.publishing import actions
from gongkai.publishing.refusal import NotAllowedError
from tests.publishing.conftest import content

ID_CARD = "11010519491231002X"
"""The example of the standard GB 11643; nobody bears it."""


@pytest.fixture
def amended(cast, publish, approve):
    """A public document whose next revision is approved."""
    document = publish().document
    actions.amend(cast.drafter, document)
    actions.save(cast.drafter, document, content(body="<p>新文</p>"), base=1)
    return approve(document)


def assert_refused(refused: pytest.ExceptionInfo[NotAllowedError]) -> None:
    assert refused.value.reason == "note_findings"
    assert ID_CARD not in refused.value.message("zh")
    assert "110*" in refused.value.message("en")


def test_what_a_revision_changes_is_not_told_with_personal_data(cast, amended):
    with pytest.raises(NotAllowedError) as refused:
        actions.publish(cast.reviewer, amended, f"删去{ID_CARD}")
    assert_refused(refused)


def test_nor_is_it_scheduled(cast, amended):
    at = timezone.now() + timedelta(days=1)
    with pytest.raises(NotAllowedError) as refused:
        actions.schedule(cast.reviewer, amended, at, f"删去{ID_CARD}")
    assert_refused(refused)


def test_nor_is_it_said_when_a_document_is_taken_down(cast, publish):
    with pytest.raises(NotAllowedError) as refused:
        actions.withdraw(
            cast.reviewer,
            publish().document,
            reason="有误",
            public_note=f"含{ID_CARD[:9]}\u2060{ID_CARD[9:]}",
        )
    assert_refused(refused)


def test_a_note_says_what_a_reader_sees(cast, amended):
    made = actions.publish(cast.reviewer, amended, "改正\u202e附件")
    assert made.public_note == "改正附件"
