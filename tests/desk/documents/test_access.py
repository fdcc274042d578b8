"""Who sees the desk for documents, and what no input can do."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.publishing.document.models import Document
from tests.desk.documents.conftest import FIELDS, address, seen

PAGES = ("", "edit/", "print/", "versions/", "relate/", "discard/")
VERBS = (
    "submit/",
    "recall/",
    "file-away/",
    "amend/",
    "unschedule/",
    "approve/",
    "return/",
    "judge/",
    "retract/",
    "remark/",
    "answer/",
    "unrelate/",
    "attachments/add/",
    "attachments/remove/",
    "attachments/move/",
    "attachments/clean/",
)
ASKING = ("publish/", "schedule/", "discard/", "withdraw/", "exempt/", "relate/")
HOSTILE = (
    "0",
    "-1",
    "99999999999999999999999",
    "' OR 1=1 --",
    "\0",
    "x" * 10_000,
    "<script>alert(1)</script>",
    "\ud800",
)


@pytest.mark.parametrize(
    "page", ["", "documents/", "documents/new/", "documents/calendar/", "documents/settings/"]
)
def test_nobody_sees_the_desk_without_logging_in(county: SimpleNamespace, page: str) -> None:
    answer = Client().get(f"/desk/{page}")
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/login/?next=/desk/{page}")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "who",
    [
        "drafter",
        "secrecy_reviewer",
        "legality_reviewer",
        "signatory",
        "officer",
        "reviewer",
        "administrator",
        "superuser",
    ],
)
def test_the_people_of_the_agency_see_its_documents(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
    who: str,
    page: str,
) -> None:
    answer = desk(getattr(cast, who)).get(address(written(), page))
    writes = who in {"drafter", "officer", "administrator", "superuser"}
    relates = writes or who == "reviewer"
    allowed = {"edit/": writes, "discard/": writes, "relate/": relates}.get(page, True)
    assert answer.status_code == (200 if allowed else 403)


@pytest.mark.parametrize("page", [*PAGES, "attachments/1/a.txt", "conflict/1/"])
@pytest.mark.parametrize("who", ["colleague", "stranger", "supervisor"])
def test_a_draft_of_others_is_as_if_it_did_not_exist(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
    who: str,
    page: str,
) -> None:
    client = desk(getattr(cast, who))
    assert client.get(address(written(), page)).status_code == 404
    assert client.get(f"/desk/documents/4711/{page}").status_code == 404


@pytest.mark.parametrize("verb", [*VERBS, *ASKING, "edit/", "beat/"])
@pytest.mark.parametrize("who", ["colleague", "stranger", "supervisor"])
def test_others_cannot_act(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
    who: str,
    verb: str,
) -> None:
    document = written()
    before = (document.stage, document.head_id)
    sent = {**FIELDS, **seen(document), "reason": "想改", "comment": "想改"}
    assert desk(getattr(cast, who)).post(address(document, verb), sent).status_code == 404
    document.refresh_from_db()
    assert (document.stage, document.head_id) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_link_to_a_verb_does_nothing_and_leads_to_the_document(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
    verb: str,
) -> None:
    document = written()
    answer = desk(cast.superuser).get(address(document, verb))
    assert (answer.status_code, answer["Location"]) == (302, address(document))


@pytest.mark.parametrize("verb", ["submit/", "discard/", "publish/", "schedule/", "amend/"])
def test_a_forged_seal_changes_nothing(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
    verb: str,
) -> None:
    document = written()
    sent = {"seen": "0" * 64, "reason": "不用了", "at": "2030-01-01T09:00"}
    answer = desk(cast.superuser).post(address(document, verb), sent, follow=True)
    assert answer.status_code in {200, 409}
    document.refresh_from_db()
    assert document.stage == "draft"


@pytest.mark.parametrize("verb", [*VERBS, *ASKING, "edit/", "beat/"])
@pytest.mark.parametrize("value", HOSTILE)
def test_no_input_brings_a_traceback(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    submitted: Callable[..., Document],
    verb: str,
    value: str,
) -> None:
    document = submitted()
    names = (
        *("fingerprint", "ruling", "reason", "comment", "text", "quote", "paragraph", "remark"),
        *("relation", "target", "kind", "since", "form", "at", "public_note", "sha256", "by"),
        *("title", "formed_on", "item", "disclosure", "body", "base", "catalogue_item", "step"),
    )
    value = value.encode("utf-8", "replace").decode()
    sent = {**dict.fromkeys(names, value), **seen(document)}
    answer = desk(cast.superuser).post(address(document, verb), sent)
    assert answer.status_code < 500


@pytest.mark.parametrize(
    "query",
    [
        "stage=none&sort=--&page=x",
        "page=999999&sort=-due",
        "q=%00%5B2026%5D&agency=%00&kind=poem",
        "q=" + "长" * 500,
        "overdue=1&mine=1&agency=nowhere",
        "month=2026-13",
        "month=0001-01",
    ],
)
@pytest.mark.parametrize("page", ["documents/", "documents/calendar/"])
def test_any_query_gives_a_page(
    cast: SimpleNamespace, desk: Callable[..., Client], page: str, query: str
) -> None:
    assert desk(cast.drafter).get(f"/desk/{page}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["from=1&to=x", "from=0&to=99", "from=1&to=1", "page=-4"])
def test_any_choice_of_versions_gives_a_page(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document], query: str
) -> None:
    answer = desk(cast.drafter).get(address(written(), f"versions/?{query}"))
    assert answer.status_code == 200


def test_pages_are_never_cached_and_bring_no_script_or_style_of_their_own(
    cast: SimpleNamespace, desk: Callable[..., Client], submitted: Callable[..., Document]
) -> None:
    document, client = submitted(), desk(cast.reviewer)
    for page in ("/desk/", "/desk/documents/", address(document), address(document, "versions/")):
        answer = client.get(page)
        text = answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert " style=" not in text
        assert " onclick" not in text
        assert text.count("<script") == text.count("<script src=")


def test_a_stranger_is_told_to_ask_and_offered_nothing(
    cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    client = desk(cast.stranger)
    for page in ("/desk/", "/desk/documents/"):
        text = client.get(page).content.decode()
        assert "请联系管理员" in text
        assert "/desk/documents/new/" not in text
    assert client.get("/desk/documents/new/").status_code == 403
    assert client.get("/desk/documents/new/qh-cz/").status_code == 403
    assert client.post("/desk/documents/paste/", {"text": "x"}).status_code == 403


def test_nobody_drafts_for_another_agency(
    cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    assert desk(cast.colleague).post("/desk/documents/new/qh-cz/", FIELDS).status_code == 403
    assert not Document.objects.exists()
