"""Who sees the desk, and what those read who may not."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.annual_report.models import Revision
from tests.desk.conftest import address

PAGES = ("", "source/", "source/file/", "compare/", "history/", "publish/", "discard/")
VERBS = (
    "correct/",
    "judge/",
    "retract/",
    "reading/",
    "freeze/",
    "unfreeze/",
    "publish/",
    "discard/",
    "revise/",
)


@pytest.mark.parametrize("page", ["", "upload/", "trail/", "reports/qh-cz/2023/1/"])
def test_nobody_sees_the_desk_without_logging_in(county: SimpleNamespace, page: str) -> None:
    response = Client().get(f"/desk/{page}")
    assert response.status_code == 302
    assert response["Location"] == f"/desk/login/?next=/desk/{page}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_others_read_why_they_may_not_see_a_draft(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    who: str,
    page: str,
) -> None:
    revision = draft(county.own)
    response = desk(getattr(cast, who)).get(address(revision, page))
    assert response.status_code == 403
    assert "没有办理此事的权限" in response.content.decode()


def test_they_learn_nothing_of_which_revisions_there_are(
    county: SimpleNamespace, cast: SimpleNamespace, desk: Callable[..., Client]
) -> None:
    assert desk(cast.stranger).get("/desk/reports/qh-cz/2023/7/").status_code == 403


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_others_cannot_act(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    who: str,
    verb: str,
) -> None:
    revision = draft(county.own)
    response = desk(getattr(cast, who)).post(
        address(revision, verb), {"seen": revision.content_hash, "reason": "想改"}
    )
    assert response.status_code == 403
    held = Revision.objects.get(pk=revision.pk)
    assert (held.state, held.content_hash) == ("draft", revision.content_hash)


def test_a_supervisor_sees_everything_and_the_buttons_say_why_not(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    page = desk(cast.supervisor).get(address(draft(county.own))).content.decode()
    assert '<button disabled aria-describedby="why-freeze">' in page
    assert "由审核人定稿" in page


def test_a_form_sent_after_the_session_has_ended_leads_back_to_its_page(
    county: SimpleNamespace, draft: Callable[..., Revision]
) -> None:
    page = address(draft(county.own))
    answer = Client().post(
        page + "correct/", {"value": "5"}, headers={"Referer": f"http://testserver{page}?cell=x"}
    )
    assert answer["Location"] == f"/desk/login/?next={page}%3Fcell%3Dx"
    elsewhere = Client().post(page + "correct/", headers={"Referer": "http://evil.example/x"})
    assert elsewhere["Location"] == "/desk/login/?next=/desk/"


@pytest.mark.parametrize("verb", ["correct/", "judge/", "retract/", "reading/", "freeze/"])
def test_a_link_to_a_verb_does_nothing_and_leads_to_the_report(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
    verb: str,
) -> None:
    revision = draft(county.own)
    answer = desk(cast.superuser).get(address(revision, verb))
    assert answer["Location"] == address(revision)


def test_pages_of_the_desk_are_never_cached(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    response = desk(cast.officer).get(address(draft(county.own)))
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_no_page_brings_script_or_style_of_its_own(
    county: SimpleNamespace,
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    draft: Callable[..., Revision],
) -> None:
    revision = draft(county.own, change={"applications.3.7.natural_person": 9999})
    client = desk(cast.superuser)
    for page in ("", "?cell=applications.3.7.natural_person", "source/", "compare/", "history/"):
        text = client.get(address(revision, page)).content.decode()
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick" not in text
        assert text.count("<script") == text.count("<script src=")


class TestLoggingIn:
    def test_leads_to_the_list_of_work(self, cast: SimpleNamespace) -> None:
        response = Client().post(
            "/desk/login/", {"username": "officer", "password": "pass-word-1"}, follow=True
        )
        assert response.redirect_chain == [("/desk/", 302)]

    def test_never_says_which_of_the_two_was_wrong(self, cast: SimpleNamespace) -> None:
        pages = [
            Client().post("/desk/login/", {"username": name, "password": "no"}).content.decode()
            for name in ("officer", "nobody")
        ]
        assert all("用户名或密码不对" in page for page in pages)

    def test_five_failures_lock_out_for_a_while_in_words(self, cast: SimpleNamespace) -> None:
        client = Client()
        wrong = {"username": "officer", "password": "no"}
        answers = [client.post("/desk/login/", wrong) for _ in range(5)]
        assert answers[-1].status_code == 429
        right = client.post("/desk/login/", {"username": "officer", "password": "pass-word-1"})
        assert right.status_code == 429
        assert "登录暂停十五分钟" in right.content.decode()

    def test_logging_out_is_a_button_and_ends_the_session(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.officer)
        assert client.get("/desk/logout/").status_code == 405
        client.post("/desk/logout/")
        assert client.get("/desk/").status_code == 302

    def test_a_person_changes_the_password(
        self, cast: SimpleNamespace, desk: Callable[..., Client]
    ) -> None:
        client = desk(cast.officer)
        new = "清水河边有三棵老柳树"
        answer = client.post(
            "/desk/password/",
            {"old_password": "pass-word-1", "new_password1": new, "new_password2": new},
        )
        assert answer.status_code == 302
        cast.officer.refresh_from_db()
        assert cast.officer.check_password(new)
