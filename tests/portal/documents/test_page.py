"""The page of a document: what it says, of which revision, and what stands where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.project import visits
from gongkai.project.page_cache import OFFER, Offer
from gongkai.publishing import actions
from gongkai.publishing.actions import lapse_due
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication
from tests.publishing.conftest import content

pytestmark = pytest.mark.django_db

Release = Callable[..., Publication]


def address(publication: Publication, rest: str = "") -> str:
    return f"/documents/{publication.document_id}/{rest}"


def test_the_metadata_bar_says_what_the_norm_asks_for(client: Client, release: Release) -> None:
    publication = release(kind="notice", keywords="供水", source="县供水公司")
    page = client.get(address(publication)).text
    for expected in (
        publication.index_number,
        "青财发〔2026〕12号",
        "青禾县财政局",
        "通知公告",
        "2026年11月2日",
        "城乡建设",
        "主动公开",
        "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息",
        "第二十条第（十五）项",
        "县供水公司",
        "有效",
    ):
        assert expected in page


def test_the_text_is_shown_as_it_was_published(client: Client, release: Release) -> None:
    page = client.get(
        address(release(body="<h2>一、要求</h2><p>保<strong>供水</strong>。</p>"))
    ).text
    assert "<h2>一、要求</h2>" in page
    assert "保<strong>供水</strong>。" in page


def test_a_wide_table_scrolls_in_a_frame_the_keyboard_reaches(
    client: Client, release: Release
) -> None:
    page = client.get(address(release(body="<table><tr><td>甲</td></tr></table>"))).text
    assert re.search(
        r'<div class="table-wrap" tabindex="0" role="region" aria-label="[^"]+"><tab', page
    )


@pytest.mark.parametrize(("columns", "told"), [(2, False), (4, False), (5, True)])
def test_only_of_a_wide_table_it_is_said_that_it_scrolls(
    client: Client, release: Release, columns: int, told: bool
) -> None:
    body = f"<table><tr>{'<td>甲</td>' * columns}</tr></table>"
    page = client.get(address(release(body=body))).text
    assert ("表格较宽，可以左右滑动。" in page) == told


def test_attachments_are_listed_with_format_and_size(client: Client, release: Release) -> None:
    publication = release(files=(("供水 方案?.txt", "供水".encode() * 700, "txt"),))
    page = client.get(address(publication)).text
    assert "供水 方案?.txt</a>" in page
    assert "TXT · 4 kB" in page
    href = re.search(r'href="(/documents/\d+/attachments/[^"]+)"', page)
    assert href
    with closing(client.get(href[1])) as response:
        assert response.status_code == 200


def test_what_was_never_published_is_not_found_and_says_where_to_look(
    client: Client, begin: Callable[..., Document]
) -> None:
    response = client.get(f"/documents/{begin().pk}/")
    assert response.status_code == 404
    for expected in (
        'action="/search/"',
        "/sections/catalogue/",
        "/withdrawals/",
        "/sections/apply/",
    ):
        assert expected in response.text
    assert "冬季供水" not in response.text


def test_a_draft_of_the_next_revision_is_not_shown(
    client: Client, cast: SimpleNamespace, release: Release
) -> None:
    publication = release()
    document = publication.document
    document.refresh_from_db()
    actions.amend(cast.drafter, document)
    actions.save(cast.drafter, document, content(title="尚未公布的题目"), base=document.head.number)
    assert "尚未公布的题目" not in client.get(address(publication)).text


def test_a_new_revision_is_shown_with_its_history(
    client: Client, release: Release, revise: Release
) -> None:
    publication = release(body="<p>原文。</p>")
    revise(publication, note="金额写错，现予更正。", body="<p>新文。</p>")
    page = client.get(address(publication)).text
    assert "新文。" in page
    assert "原文。" not in page
    assert "金额写错，现予更正。" in page
    assert address(publication, "revisions/1/") in page


def test_a_replaced_revision_says_so_and_leads_to_the_one_in_force(
    client: Client, release: Release, revise: Release
) -> None:
    publication = release(body="<p>原文。</p>")
    revise(publication, note="金额写错，现予更正。", body="<p>新文。</p>")
    response = client.get(address(publication, "revisions/1/"))
    assert response.status_code == 200
    for expected in ("原文。", "不再是现行文本", "金额写错，现予更正。", 'content="noindex"'):
        assert expected in response.text
    assert f'href="{address(publication)}"' in response.text


def test_the_revision_in_force_has_one_address(client: Client, release: Release) -> None:
    publication = release()
    response = client.get(address(publication, "revisions/1/"))
    assert (response.status_code, response["Location"]) == (301, address(publication))


def test_a_revision_that_never_was_is_not_found(client: Client, release: Release) -> None:
    assert client.get(address(release(), "revisions/2/")).status_code == 404


def test_what_was_withdrawn_is_gone_and_says_what_when_and_why(
    client: Client, release: Release, withdraw: Callable[..., Any]
) -> None:
    publication = release(body="<p>不应公开。</p>")
    withdraw(publication, "含有个人信息，撤回后重发。")
    response = client.get(address(publication))
    assert response.status_code == 410
    assert "不应公开。" not in response.text
    for expected in (
        publication.title,
        publication.index_number,
        "含有个人信息，撤回后重发。",
        timezone.localdate().isoformat(),
    ):
        assert expected in response.text
    assert "内部理由" not in response.text


def test_a_title_that_must_not_be_seen_is_seen_nowhere(
    client: Client, release: Release, withdraw: Callable[..., Any]
) -> None:
    publication = release(title="某某的处罚决定", body="<p>略。</p>")
    withdraw(publication, names_title=False)
    for path in (
        address(publication),
        "/withdrawals/",
        "/withdrawals/withdrawals.csv",
        "/feed.atom",
    ):
        assert "某某的处罚决定" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    "rest",
    [
        *("revisions/1/", "document.pdf", "document.docx", "document.json", "share.png"),
        *("attachments/1/a.txt", "revisions/1/attachments/1/a.txt"),
    ],
)
def test_with_a_document_everything_of_it_is_withdrawn(
    client: Client, release: Release, revise: Release, withdraw: Callable[..., Any], rest: str
) -> None:
    publication = release(files=(("a.txt", b"text", "txt"),))
    withdraw(revise(publication, body="<p>新文。</p>"))
    assert client.get(address(publication, rest)).status_code == 410


def test_what_was_withdrawn_stays_so_when_the_document_is_published_anew(
    client: Client, release: Release, revise: Release, withdraw: Callable[..., Any]
) -> None:
    publication = release(body="<p>不应公开。</p>")
    withdraw(publication, "含有个人信息。")
    revise(publication, body="<p>整理后。</p>")
    page = client.get(address(publication))
    assert page.status_code == 200
    assert "整理后。" in page.text
    assert "含有个人信息。" in page.text
    assert client.get(address(publication, "revisions/1/")).status_code == 410


def test_a_repealed_document_says_since_when_and_by_what(
    client: Client, cast: SimpleNamespace, begin: Callable[..., Document], release: Release
) -> None:
    old = release(kind="normative_document", title="租赁补贴办法", effective_on=date(2026, 11, 3))
    repealing = begin(title="关于废止租赁补贴办法的决定", document_number="青财发〔2026〕30号")
    actions.relate(cast.drafter, repealing, "repeals", old.document, since=date(2026, 11, 20))
    release(repealing)
    page = client.get(address(old)).text
    for expected in (
        "已废止",
        "2026年11月20日",
        "关于废止租赁补贴办法的决定",
        "青财发〔2026〕30号",
    ):
        assert expected in page


def test_a_document_whose_time_has_run_out_says_until_when_it_held(
    client: Client, release: Release
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    old = release(kind="normative_document", formed_on=date(2024, 1, 2), expires_on=yesterday)
    lapse_due(timezone.localdate())
    page = client.get(address(old)).text
    assert "本文件已失效" in page
    assert f"有效期至{yesterday.year}年{yesterday.month}月{yesterday.day}日" in page


def test_a_document_not_yet_in_force_says_from_when_it_is(client: Client, release: Release) -> None:
    later = timezone.localdate() + timedelta(days=40)
    page = client.get(address(release(kind="normative_document", effective_on=later))).text
    assert "本文件尚未施行" in page
    assert f"自{later.year}年{later.month}月{later.day}日起施行" in page


def test_document_and_interpretation_show_each_other(
    client: Client, cast: SimpleNamespace, begin: Callable[..., Document], release: Release
) -> None:
    document = release(title="低保办法")
    explaining = begin(kind="interpretation", title="低保办法问答")
    actions.relate(cast.drafter, explaining, "interprets", document.document, form="questions")
    interpretation = release(explaining)
    there = client.get(address(document)).text
    assert re.search(r"对本文的解读</h3>.*低保办法问答</a>.*问答 ·", there, re.DOTALL)
    back = client.get(address(interpretation)).text
    assert re.search(r"本文解读的文件</h3>.*低保办法</a>", back, re.DOTALL)


def test_a_document_that_is_not_public_is_not_named_as_related(
    client: Client, cast: SimpleNamespace, begin: Callable[..., Document], release: Release
) -> None:
    document = release()
    draft = begin(title="还没公布的细则")
    actions.relate(cast.drafter, draft, "implements", document.document)
    assert "还没公布的细则" not in client.get(address(document)).text


def test_a_related_document_is_named_by_its_public_title(
    client: Client, cast: SimpleNamespace, release: Release
) -> None:
    document, other = release(title="甲"), release(title="乙细则")
    actions.relate(cast.reviewer, other.document, "implements", document.document)
    changing = other.document
    changing.refresh_from_db()
    actions.amend(cast.drafter, changing)
    actions.save(cast.drafter, changing, content(title="乙草稿"), base=changing.head.number)
    page = client.get(address(document)).text
    assert "乙细则" in page
    assert "乙草稿" not in page


def test_many_related_documents_are_folded(
    client: Client, cast: SimpleNamespace, release: Release
) -> None:
    document = release(title="甲")
    for number in range(12):
        other = release(title=f"细则{number}")
        actions.relate(cast.reviewer, other.document, "implements", document.document)
    page = client.get(address(document)).text
    assert page.count("细则") == 12
    assert "另有 2 件" in page


def test_a_reading_is_counted_for_the_document(client: Client, release: Release) -> None:
    publication = release()
    visits.take()
    client.get(address(publication))
    assert visits.take() == {f"document:{publication.document_id}": 1}


def test_the_page_can_be_kept_for_everyone(client: Client, release: Release) -> None:
    publication = release()
    offer = Offer(("django_language", "size", "contrast"))
    response = client.get(address(publication), **{OFFER: offer})
    assert offer.accepted
    assert offer.visit == f"document:{publication.document_id}"
    assert not response.cookies


def test_downloads_and_the_permanent_address_are_offered(client: Client, release: Release) -> None:
    publication = release()
    page = client.get(address(publication)).text
    for rest in ("document.docx", "document.pdf", "document.json", "share.png"):
        assert f'href="{address(publication, rest)}"' in page
    assert f'<link rel="canonical" href="http://testserver{address(publication)}">' in page
