"""A system with a token drafts and hands in at its agency; people review and publish."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.api.actions import give_token, revoke_token
from gongkai.api.models import Answer, Token
from gongkai.org.models import Membership
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.publication.models import Publication
from gongkai.trail.models import Entry
from tests.api.conftest import System, codes, draft
from tests.publishing.conftest import content


def begun(system: System, **more: Any) -> dict[str, Any]:
    response = system("POST", "/drafts", draft(**more))
    assert response.status_code == 201, response.content.decode()
    told: dict[str, Any] = response.json()
    return told


def test_a_draft_goes_from_the_system_through_people_to_the_public(
    system: System,
    cast: SimpleNamespace,
    approved: Callable[[Document], Document],
    client: Client,
) -> None:
    told = begun(system)
    handed_in = system("POST", f"/drafts/{told['id']}/submission").json()
    assert (handed_in["stage"], handed_in["waits_for"]) == ("in_review", "first_reading")
    document = approved(Document.objects.get(pk=told["id"]))
    assert not Publication.objects.exists()
    actions.publish(cast.reviewer, document, "")
    assert system("GET", f"/drafts/{told['id']}").json()["public"] is True
    assert client.get(f"/api/v1/documents/{told['id']}").status_code == 200


def test_a_draft_is_begun_at_the_agency_of_the_token_in_the_name_of_its_account(
    system: System, cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    response = system("POST", "/drafts", draft())
    document = Document.objects.get()
    assert (document.agency, document.created_by) == (county.own, cast.drafter)
    assert response["Location"] == f"/api/v1/drafts/{document.pk}"
    assert Entry.objects.latest("sequence").verb == "publishing.create"


def test_no_operation_publishes(system: System, approved: Callable[[Document], Document]) -> None:
    told = begun(system)
    system("POST", f"/drafts/{told['id']}/submission")
    approved(Document.objects.get(pk=told["id"]))
    for path in ("publication", "publish", "approval"):
        assert system("POST", f"/drafts/{told['id']}/{path}").status_code == 404
    assert not Publication.objects.exists()


def test_script_in_a_text_does_not_come_in(system: System) -> None:
    told = begun(system, body="<p>通知</p><script>alert(1)</script>")
    assert "script" not in Document.objects.get(pk=told["id"]).head.body


def test_a_change_names_the_version_it_was_made_on(system: System) -> None:
    told = begun(system)
    changed = system(
        "PUT", f"/drafts/{told['id']}", {**draft(title="改过的通知"), "base": told["version"]}
    )
    assert changed.status_code == 200
    assert (changed.json()["title"], changed.json()["version"]) == ("改过的通知", 2)


def test_a_change_on_an_older_version_writes_nothing(system: System, cast: SimpleNamespace) -> None:
    told = begun(system)
    document = Document.objects.get(pk=told["id"])
    actions.save(cast.officer, document, content(title="同事改的"), base=1)
    late = system("PUT", f"/drafts/{told['id']}", {**draft(title="系统改的"), "base": 1})
    assert late.status_code == 409
    assert codes(late) == [("changed_meanwhile", "body.base")]
    assert document.versions.count() == 2


def test_a_change_of_what_is_in_review_is_refused_with_the_reason(system: System) -> None:
    told = begun(system)
    system("POST", f"/drafts/{told['id']}/submission")
    late = system("PUT", f"/drafts/{told['id']}", {**draft(title="改"), "base": 1})
    assert (late.status_code, codes(late)) == (409, [("stage", "")])


def test_what_review_needs_is_asked_for_at_submission(system: System) -> None:
    told = begun(system, topic="")
    refused = system("POST", f"/drafts/{told['id']}/submission")
    assert (refused.status_code, codes(refused)) == (422, [("incomplete", "")])
    assert "主题分类" in refused.json()["errors"][0]["message"]["zh"]


def test_a_returned_draft_says_why(system: System, cast: SimpleNamespace) -> None:
    told = begun(system)
    system("POST", f"/drafts/{told['id']}/submission")
    document = Document.objects.get(pk=told["id"])
    actions.remark(cast.reviewer, document, "请写明日期", "冬季")
    actions.send_back(cast.reviewer, document, seen=told["content_hash"], comment="请补充")
    found = system("GET", f"/drafts/{told['id']}").json()
    assert (found["stage"], found["returned_with"]) == ("returned", "请补充")
    assert found["remarks"] == [{"quote": "冬季", "text": "请写明日期", "answer": ""}]


# Files


def test_a_file_is_attached_and_taken_off(system: System) -> None:
    told = begun(system)
    file = SimpleUploadedFile("名单.csv", "姓名,单位\n".encode())
    response = system.upload(f"/drafts/{told['id']}/attachments", file)
    assert response.status_code == 201, response.content.decode()
    (attached,) = response.json()["attachments"]
    assert attached["name"] == "名单.csv"
    off = system("DELETE", f"/drafts/{told['id']}/attachments/{attached['sha256']}")
    assert off.json()["attachments"] == []


def test_a_file_that_does_not_come_in_a_form_is_told_how_to(system: System) -> None:
    told = begun(system)
    refused = system("POST", f"/drafts/{told['id']}/attachments", {"file": "aGFsbG8="})
    assert (refused.status_code, codes(refused)) == (415, [("media_type", "header.Content-Type")])
    assert "multipart/form-data" in refused.json()["errors"][0]["message"]["en"]


def test_a_form_without_a_file_says_what_is_missing(system: System) -> None:
    told = begun(system)
    sent = system(
        "POST",
        f"/drafts/{told['id']}/attachments",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
        content_type="multipart/form-data; boundary=x",
    )
    assert (sent.status_code, codes(sent)) == (422, [("missing", "body.file")])


def test_a_program_is_refused_with_the_reason(system: System) -> None:
    told = begun(system)
    file = SimpleUploadedFile("通知.docx", b"MZ\x90\x00" + b"\0" * 200)
    refused = system.upload(f"/drafts/{told['id']}/attachments", file)
    assert (refused.status_code, codes(refused)) == (422, [("file_refused", "")])
    assert "通知.docx" in refused.json()["errors"][0]["message"]["en"]


def test_a_bomb_is_refused_before_it_is_unpacked(system: System) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 60_000_000)
    told = begun(system)
    file = SimpleUploadedFile("通知.docx", packed.getvalue())
    assert system.upload(f"/drafts/{told['id']}/attachments", file).status_code == 422


# Who may


def test_without_a_token_nothing_is_written(client: Client, county: SimpleNamespace) -> None:
    response = client.post("/api/v1/drafts", draft(), content_type="application/json")
    assert (response.status_code, codes(response)) == (401, [("unauthorised", "")])
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_session_is_no_token(client: Client, cast: SimpleNamespace) -> None:
    client.force_login(cast.drafter)
    response = client.post("/api/v1/drafts", draft(), content_type="application/json")
    assert response.status_code == 401
    assert not Document.objects.exists()


def test_a_revoked_token_opens_nothing(
    system: System, cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    revoke_token(cast.administrator, Token.objects.get())
    assert system("GET", "/drafts").status_code == 401


def test_a_token_opens_nothing_once_its_account_is_switched_off(
    system: System, cast: SimpleNamespace
) -> None:
    cast.drafter.is_active = False
    cast.drafter.save()
    assert system("POST", "/drafts", draft()).status_code == 401


def test_a_token_may_no_more_than_its_account(system: System, cast: SimpleNamespace) -> None:
    Membership.objects.filter(user=cast.drafter).delete()
    response = system("POST", "/drafts", draft())
    assert (response.status_code, codes(response)) == (403, [("role", "")])


def test_a_token_opens_one_agency_although_its_account_serves_at_two(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    Membership.objects.create(user=cast.colleague, agency=county.own, role="drafter")
    system = System(give_token(cast.administrator, county.own, cast.colleague, "办公系统")[1])
    theirs = actions.create(cast.colleague, county.other, content())
    assert system("GET", f"/drafts/{theirs.pk}").status_code == 404
    assert system("POST", f"/drafts/{theirs.pk}/submission").status_code == 404
    assert system("GET", "/drafts").json()["drafts"] == []
    theirs.refresh_from_db()
    assert theirs.stage == Stage.DRAFT


def test_a_token_is_used_so_often_a_minute_and_no_oftener(system: System, settings: Any) -> None:
    settings.API_LIMIT = 2
    assert [system("GET", "/drafts").status_code for _ in range(3)] == [200, 200, 429]
    refused = system("GET", "/drafts")
    assert codes(refused) == [("too_many", "")]
    assert 0 < int(refused["Retry-After"]) <= 60


def test_the_day_of_the_last_use_is_kept_and_nothing_finer(system: System) -> None:
    system("GET", "/drafts")
    assert Token.objects.get().last_used_on == timezone.localdate()


def test_the_secret_is_not_kept(secret: str) -> None:
    held = Token.objects.get()
    assert all(secret not in str(value) for value in vars(held).values())
    assert all(secret not in line for line in Entry.objects.values_list("details_json", flat=True))


# Once


def test_a_request_sent_twice_is_carried_out_once(system: System) -> None:
    first = system("POST", "/drafts", draft(), key="oa-1")
    again = system("POST", "/drafts", draft(), key="oa-1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert Document.objects.count() == 1


def test_a_key_belongs_to_one_request(system: System) -> None:
    system("POST", "/drafts", draft(), key="oa-1")
    other = system("POST", "/drafts", draft(title="另一份"), key="oa-1")
    assert (other.status_code, codes(other)) == (
        422,
        [("other_request", "header.Idempotency-Key")],
    )


def test_a_request_that_was_refused_may_be_sent_again(system: System) -> None:
    assert system("POST", "/drafts", draft(item="99.9"), key="oa-1").status_code == 422
    assert system("POST", "/drafts", draft(), key="oa-1").status_code == 201


def test_a_key_holds_for_a_day(system: System) -> None:
    system("POST", "/drafts", draft(), key="oa-1")
    Answer.objects.update(at=timezone.now() - timedelta(hours=25))
    system("POST", "/drafts", draft(), key="oa-1")
    assert Document.objects.count() == 2


def test_a_file_sent_twice_is_attached_once(system: System) -> None:
    told = begun(system)
    for _ in range(2):
        file = SimpleUploadedFile("名单.csv", "姓名,单位\n".encode())
        response = system.upload(f"/drafts/{told['id']}/attachments", file, key="file-1")
        assert response.status_code == 201
    assert len(response.json()["attachments"]) == 1


@pytest.mark.parametrize("key", [" ", "a b", "x" * 201, "键"])
def test_a_key_is_visible_ascii(system: System, key: str) -> None:
    sent = system("POST", "/drafts", draft(), headers={"Idempotency-Key": key})
    assert codes(sent) == [("bad_key", "header.Idempotency-Key")]


# Bad input


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"title": ""}, ("invalid", "body.title")),
        ({"title": "长" * 301}, ("invalid", "body.title")),
        ({"title": 5}, ("invalid", "body.title")),
        ({"formed_on": "2026-02-30"}, ("invalid", "body.formed_on")),
        ({"formed_on": 20260302}, ("invalid", "body.formed_on")),
        ({"disclosure": "secret"}, ("invalid", "body.disclosure")),
        ({"stage": "approved"}, ("unknown_field", "body.stage")),
        ({"kind": "poem"}, ("unknown_kind", "")),
        ({"item": "99.9"}, ("unknown_item", "")),
        ({"catalogue_item": "no-such"}, ("unknown_catalogue_item", "body.catalogue_item")),
    ],
)
def test_a_mistake_is_named_by_its_field(
    system: System, change: dict[str, Any], problem: tuple[str, str]
) -> None:
    refused = system("POST", "/drafts", draft(**change))
    assert (refused.status_code, codes(refused)) == (422, [problem])
    assert not Document.objects.exists()


def test_what_is_missing_is_named(system: System) -> None:
    assert codes(system("POST", "/drafts", {"kind": "notice"})) == [("missing", "body.title")]


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("{", "application/json", 400, "bad_request"),
        ('{"title": NaN}', "application/json", 400, "bad_request"),
        (b"\xff\xfe", "application/json", 400, "bad_request"),
        ("[" * 100_000, "application/json", 400, "bad_request"),
        ("[]", "application/json", 422, "invalid"),
        ("title=a", "application/x-www-form-urlencoded", 415, "media_type"),
        ("{}", "text/plain", 415, "media_type"),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(
    system: System, body: str | bytes, kind: str, status: int, code: str
) -> None:
    refused = system("POST", "/drafts", body, content_type=kind)
    assert refused.status_code == status
    assert codes(refused)[0][0] == code


def test_a_body_over_the_limit_is_refused(system: System, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    refused = system("POST", "/drafts", draft(body="长" * 2000))
    assert (refused.status_code, codes(refused)) == (413, [("too_large", "body")])


def test_a_request_over_the_limit_is_refused_before_it_is_read(
    system: System, settings: Any
) -> None:
    settings.BODY_LIMIT = 1000
    refused = system("POST", "/drafts", draft(body="长" * 2000))
    assert (refused.status_code, codes(refused)) == (413, [("too_large", "")])


@pytest.mark.django_db
def test_a_wrong_method_is_told_the_right_ones(client: Client) -> None:
    refused = client.post("/api/v1/health")
    assert (refused.status_code, codes(refused)) == (405, [("method_not_allowed", "")])
    assert refused["Allow"] == "GET"


@pytest.mark.django_db
def test_an_unknown_address_has_the_same_shape(client: Client) -> None:
    refused = client.get("/api/v1/nowhere")
    assert (refused.status_code, codes(refused)) == (404, [("not_found", "")])


def test_a_fault_of_ours_tells_nothing_of_the_inside(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("select * from secrets")

    monkeypatch.setattr("gongkai.api.writing.drafts.head", broken)
    begun(system)
    system._client.raise_request_exception = False
    refused = system("GET", "/drafts")
    assert (refused.status_code, codes(refused)) == (500, [("fault", "")])
    assert b"secrets" not in refused.content
