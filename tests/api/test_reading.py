"""Whatever is public can be read by anybody, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongkai.publishing import actions
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.search.pull import pull_once
from tests.api.conftest import codes
from tests.publishing.conftest import content

Publish = Callable[..., Publication]


def read(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1{path}")
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"].startswith("application/json")
    return response.json()


@pytest.mark.django_db
def test_the_service_says_that_it_works(client: Client) -> None:
    assert read(client, "/health") == {"status": "ok"}


def test_agencies_come_in_the_order_of_the_tree(client: Client, county: SimpleNamespace) -> None:
    found = read(client, "/agencies?under=qh")["agencies"]
    assert [one["code"] for one in found] == ["qh", "qh-cz", "qh-mz", "qh-lx"]
    assert found[1]["superior"] == "qh"


def test_an_agency_that_does_not_exist_is_named_as_the_mistake(
    client: Client, county: SimpleNamespace
) -> None:
    assert codes(client.get("/api/v1/documents?agency=nowhere")) == [
        ("unknown_agency", "query.agency")
    ]


def test_a_public_document_is_listed(client: Client, published: Publish) -> None:
    publication = published()
    (found,) = read(client, "/documents?agency=qh&year=2026&item=20.15")["documents"]
    assert found["id"] == publication.document_id
    assert found["agency"] == "qh-cz"
    assert found["url"] == f"http://testserver/documents/{publication.document_id}/"


@pytest.mark.parametrize(
    "narrowed", ["agency=qh&scope=own", "year=2020", "item=20.1", "kind=plan", "validity=repealed"]
)
def test_each_filter_narrows(client: Client, published: Publish, narrowed: str) -> None:
    published()
    assert read(client, f"/documents?{narrowed}")["documents"] == []


def test_a_draft_is_not_listed(client: Client, cast: SimpleNamespace, published: Publish) -> None:
    actions.amend(cast.drafter, published().document)
    actions.create(cast.drafter, published(title="第二份").agency, content(title="草稿"))
    titles = {one["title"] for one in read(client, "/documents")["documents"]}
    assert "草稿" not in titles
    assert len(titles) == 2


def test_pages_hold_every_document_once_although_one_was_withdrawn_between(
    client: Client, cast: SimpleNamespace, published: Publish
) -> None:
    made = [published(title=f"第{n}份") for n in range(5)]
    first = read(client, "/documents?limit=2")
    actions.withdraw(cast.reviewer, made[3].document, reason="有误", public_note="内容有误")
    second = read(client, f"/documents?limit=2&cursor={first['next']}")
    third = read(client, f"/documents?limit=2&cursor={second['next']}")
    seen = [one["title"] for page in (first, second, third) for one in page["documents"]]
    assert seen == ["第4份", "第3份", "第2份", "第1份", "第0份"]
    assert third["next"] is None


def test_one_document_comes_with_all_that_belongs_to_it(
    client: Client, cast: SimpleNamespace, published: Publish
) -> None:
    publication = published(files=(("名单.csv", "姓名,单位\n".encode()),))
    other = published(title="冬季供水政策解读", kind="interpretation")
    actions.relate(cast.reviewer, other.document, "interprets", publication.document)
    found = read(client, f"/documents/{publication.document_id}")
    assert "现就做好冬季供水" in found["body"]
    assert [file["name"] for file in found["attachments"]] == ["名单.csv"]
    file = client.get(found["attachments"][0]["url"])
    assert b"".join(file.streaming_content) == "姓名,单位\n".encode()  # type: ignore[attr-defined]
    file.close()
    assert [(r["kind"], r["outgoing"], r["document"]) for r in found["relations"]] == [
        ("interprets", False, other.document_id)
    ]
    assert [r["number"] for r in found["revisions"]] == [1]


def test_a_withdrawn_document_is_gone_and_leaves_its_trace(
    client: Client, cast: SimpleNamespace, published: Publish
) -> None:
    publication = published()
    note = "内容有误，已撤回"
    actions.withdraw(cast.reviewer, publication.document, reason="内部理由", public_note=note)
    response = client.get(f"/api/v1/documents/{publication.document_id}")
    assert response.status_code == 410
    assert codes(response) == [("gone", "")]
    (trace,) = read(client, "/withdrawals")["withdrawals"]
    assert trace["note"] == "内容有误，已撤回"
    assert "内部理由" not in str(trace)


def test_a_document_that_was_never_public_is_not_even_said_to_exist(
    client: Client, cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    draft = actions.create(cast.drafter, county.own, content())
    assert read(client, f"/documents/{draft.pk}", 404) == read(client, "/documents/987654", 404)


def test_words_are_searched_in_the_index(client: Client, published: Publish) -> None:
    published()
    published(title="关于春季植树的通知", body="<p>植树造林。</p>")
    pull_once()
    found = read(client, "/documents?q=供水保障")
    assert found["total"] == 1
    assert "供水" in found["documents"][0]["title"]


def test_a_search_without_an_index_asks_to_come_again(
    client: Client, county: SimpleNamespace, settings: Any, tmp_path: Any
) -> None:
    settings.HOME = tmp_path
    response = client.get("/api/v1/documents?q=供水")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert codes(response) == [("search_unavailable", "")]


def test_the_register_tells_what_was_in_force_on_a_day(
    client: Client, cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    made = content(
        kind="normative_document", title="青禾县供水管理办法", formed_on=date(2024, 3, 1)
    )
    migrant = actions.Migrant(county.own, made, date(2024, 3, 5))
    actions.migrate(cast.administrator, [migrant], "旧站迁移")
    assert read(client, "/register?on=2024-02-29")["documents"] == []
    (found,) = read(client, "/register?on=2024-03-01&agency=qh")["documents"]
    assert (found["title"], found["validity"]) == ("青禾县供水管理办法", "in_force")
    assert read(client, "/register?agency=qh&scope=own")["documents"] == []


def test_the_catalogue_of_an_agency_counts_what_is_public(
    client: Client, cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.suggest_catalogue(cast.reviewer, county.own)
    found = read(client, "/agencies/qh-cz/catalogue")
    assert found["agency"] == "qh-cz"
    assert {item["documents"] for item in found["items"]} == {0}


@pytest.mark.django_db
def test_an_annual_report_that_is_not_public_is_not_found(client: Client) -> None:
    read(client, "/annual-reports/qh-cz/2023", 404)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/documents?limit=0", "query.limit"),
        ("/documents?limit=1_0", "query.limit"),
        ("/documents?year=%20", "query.year"),
        ("/documents?item=20;", "query.item"),
        ("/documents?validity=so-so", "query.validity"),
        ("/register?on=2026-02-30", "query.on"),
        ("/register?on=1700000000", "query.on"),
        ("/documents/0", "path.document"),
        ("/documents/99999999999999999999", "path.document"),
    ],
)
@pytest.mark.django_db
def test_a_wrong_value_is_named_by_its_place(client: Client, path: str, field: str) -> None:
    response = client.get(f"/api/v1{path}")
    assert response.status_code == 422
    assert codes(response) == [("invalid", field)]


@pytest.mark.django_db
def test_a_misspelt_filter_is_refused_rather_than_ignored(client: Client) -> None:
    assert codes(client.get("/api/v1/documents?agancy=qh")) == [
        ("unknown_parameter", "query.agancy")
    ]


def test_who_holds_the_answer_is_told_that_nothing_changed(
    client: Client, published: Publish
) -> None:
    published()
    first = client.get("/api/v1/documents")
    again = client.get("/api/v1/documents", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    published(title="又一份")
    later = client.get("/api/v1/documents", headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200


@pytest.mark.django_db
def test_head_is_answered_like_get_without_the_body(client: Client) -> None:
    told = client.head("/api/v1/health")
    assert told.status_code == 200
    assert told.content == b""
    assert told["Content-Length"] == str(len(client.get("/api/v1/health").content))
