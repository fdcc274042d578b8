"""From draft to publication and on to a correction."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision, StoredReport
from gongkai.trail.models import Entry
from tests.desk.conftest import WRONG, address


def post(client: Client, revision: Revision, verb: str, **data: str):
    filled = {"seen": Revision.objects.get(pk=revision.pk).content_hash, **data}
    return client.post(address(revision, f"{verb}/"), filled)


def state(revision: Revision) -> str:
    return Revision.objects.get(pk=revision.pk).state


def test_a_reviewer_freezes_returns_and_publishes(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision, client = draft(county.own), desk(cast.reviewer)
    for verb, after in (
        ("freeze", "frozen"),
        ("unfreeze", "draft"),
        ("freeze", "frozen"),
        ("publish", "published"),
    ):
        assert post(client, revision, verb).status_code == 302
        assert state(revision) == after
    assert Client().get("/reports/qh-cz/2023/").status_code == 200


def test_a_draft_with_open_errors_is_not_frozen_and_the_button_says_why(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision, client = draft(county.own, change={WRONG: 9999}), desk(cast.reviewer)
    assert (
        "个错误没有处理。请更正，或逐项说明理由" in client.get(address(revision)).content.decode()
    )
    answer = post(client, revision, "freeze")
    assert answer.status_code == 409
    assert "还有未处理的错误" in answer.content.decode()
    assert state(revision) == "draft"


def test_an_officer_may_not_publish_and_reads_why(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision = actions.freeze(cast.reviewer, draft(county.own))
    client = desk(cast.officer)
    assert client.get(address(revision, "publish/")).status_code == 403
    assert post(client, revision, "publish").status_code == 403
    assert state(revision) == "frozen"


def test_publishing_what_is_no_longer_what_one_saw_is_refused(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision = actions.freeze(cast.reviewer, draft(county.own))
    answer = desk(cast.reviewer).post(address(revision, "publish/"), {"seen": "0" * 64})
    assert answer.status_code == 409
    assert "其他人刚刚改动了这份报告" in answer.content.decode()
    assert state(revision) == "frozen"


def test_a_correction_is_a_new_revision_with_a_public_note(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    first = publish(draft(county.own))
    officer, reviewer = desk(cast.officer), desk(cast.reviewer)
    answer = post(officer, first, "revise")
    assert answer["Location"] == "/desk/reports/qh-cz/2023/2/"
    second = Revision.objects.get(number=2)
    actions.freeze(cast.reviewer, second)
    refused = post(reviewer, second, "publish", public_note="  ")
    assert refused.status_code == 422
    assert "必须写明更正说明" in refused.content.decode()
    assert state(second) == "frozen"
    post(reviewer, second, "publish", public_note="更正一处合计。")
    assert (state(first), state(second)) == ("superseded", "published")
    assert "更正一处合计。" in Client().get("/reports/qh-cz/2023/").content.decode()


def test_a_second_correction_waits_for_the_first(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    first, client = publish(draft(county.own)), desk(cast.officer)
    post(client, first, "revise")
    assert "已有未公布的草稿" in client.get(address(first)).content.decode()
    assert post(client, first, "revise").status_code == 409
    assert Revision.objects.count() == 2


def test_discarding_asks_for_the_reason(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision, client = draft(county.own), desk(cast.officer)
    assert post(client, revision, "discard", reason="").status_code == 422
    assert StoredReport.objects.exists()
    answer = post(client, revision, "discard", reason="传错了文件")
    assert answer["Location"] == "/desk/reports/"
    assert not StoredReport.objects.exists()
    assert Entry.objects.get(verb="annual_report.discard").details["reason"] == "传错了文件"


def test_what_is_published_cannot_be_discarded(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    revision = publish(draft(county.own))
    client = desk(cast.officer)
    assert client.get(address(revision, "discard/")).status_code == 409
    assert post(client, revision, "discard", reason="不要了").status_code == 409
    assert state(revision) == "published"


def test_a_draft_that_is_gone_is_not_found(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision = draft(county.own)
    actions.discard(cast.officer, revision)
    revision.pk = None
    assert desk(cast.officer).get("/desk/reports/qh-cz/2023/1/").status_code == 404


def test_the_report_leads_to_its_open_revision(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    publish: Callable[..., Revision],
) -> None:
    first, client = publish(draft(county.own)), desk(cast.officer)
    assert client.get("/desk/reports/qh-cz/2023/")["Location"].endswith("/2023/1/")
    actions.revise(cast.officer, first)
    assert client.get("/desk/reports/qh-cz/2023/")["Location"].endswith("/2023/2/")
