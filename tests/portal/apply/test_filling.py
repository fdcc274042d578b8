"""The pages of the form: what is asked, what is wrong, and that nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongkai.casework.application import drafts
from tests.portal.apply.conftest import ANSWERS

pytestmark = pytest.mark.django_db
Fill = Callable[..., Client]

WRONG = [
    ("description", {"description": ""}, "description", "请写明所需信息的名称"),
    ("description", {"description": "问" * 10_001}, "description", "不超过一万个字"),
    ("description", {"document_number": "号" * 101}, "document_number", "文字太长"),
    ("kind", {"kind": ""}, "kind_0", "请从列出的选项中选择"),
    ("kind", {"kind": "martian"}, "kind_0", "请从列出的选项中选择"),
    ("person", {"name": " \u200b "}, "name", "请填写姓名或者名称"),
    ("person", {"name": "名" * 101}, "name", "不超过一百个字"),
    ("person", {"identity_kind": "library"}, "identity_kind", "请从列出的选项中选择"),
    ("person", {"identity_number": "110101199003070004"}, "identity_number", "末位是校验码"),
    ("contact", {"telephone": "1390"}, "telephone", "电话号码不对"),
    ("contact", {"telephone": "", "email": "", "address": ""}, "telephone", "至少填写一种"),
    ("contact", {"email": "shen@"}, "email", "电子邮箱地址不对"),
    ("contact", {"postcode": "12"}, "postcode", "六位数字"),
    ("contact", {"delivery": "pigeon"}, "delivery_0", "请从列出的选项中选择"),
    ("contact", {"carrier": "paper"}, "delivery_0", "纸质的不能在网上或者用邮件给您"),
    ("contact", {"carrier": "paper", "delivery": "email"}, "delivery_0", "纸质的不能"),
    (
        "contact",
        {"carrier": "inspection", "delivery": "post"},
        "delivery_0",
        "查阅、抄录要到机关来",
    ),
    ("contact", {"carrier": "stone"}, "carrier_0", "请从列出的选项中选择"),
    ("contact", {"email": "", "delivery": "email"}, "email", "请填写邮箱地址"),
    ("contact", {"address": "", "delivery": "post"}, "address", "请填写通信地址"),
    ("contact", {"address": "址" * 301}, "address", "文字太长"),
    ("assistance", {"assistance": "助" * 501}, "assistance", "文字太长"),
]
OF_PROXY = [
    ({"proxy_name": ""}, "proxy_name", "请填写代理人姓名"),
    ({"proxy_identity_number": "1"}, "proxy_identity_number", "末位是校验码"),
    ({"proxy_telephone": "打我"}, "proxy_telephone", "电话号码不对"),
]
PROXY = ANSWERS["person"] | {
    "proxy_name": "周代",
    "proxy_identity_kind": "id_card",
    "proxy_identity_number": "110101199003070003",
}


@pytest.mark.parametrize(("page", "answers", "anchor", "words"), WRONG)
def test_what_is_wrong_is_said_at_the_top_and_links_to_its_field(
    fill: Fill, page: str, answers: dict[str, str], anchor: str, words: str
) -> None:
    response = fill(until=page).post(f"/apply/{page}/", ANSWERS[page] | answers)
    assert response.status_code == 422
    summary = response.text.split('class="error-summary"')[1].split("</div>")[0]
    assert f'href="#id_{anchor}"' in summary
    assert words in summary
    assert f'id="id_{anchor}"' in response.text


@pytest.mark.parametrize(("answers", "anchor", "words"), OF_PROXY)
def test_what_is_wrong_with_a_proxy_is_said_too(
    fill: Fill, answers: dict[str, str], anchor: str, words: str
) -> None:
    browser = fill(until="person", kind={"kind": "natural_person", "by_proxy": "yes"})
    response = browser.post("/apply/person/", PROXY | answers)
    assert response.status_code == 422
    assert f'href="#id_{anchor}"' in response.text
    assert words in response.text


def test_answers_stay_in_the_fields_after_an_error(fill: Fill) -> None:
    answers = {"telephone": "1390", "address": "柳溪镇二号"}
    page = fill(until="contact").post("/apply/contact/", answers).text
    assert 'value="1390"' in page
    assert 'value="柳溪镇二号"' in page


def test_going_back_shows_what_was_answered(fill: Fill) -> None:
    browser = fill(until="files")
    assert 'value="沈青禾"' in browser.get("/apply/person/").text
    assert "城乡供水保障资金" in browser.get("/apply/description/").text
    assert 'href="/apply/person/"' in browser.get("/apply/contact/").text


def test_emoji_and_ten_thousand_characters_are_taken_as_they_are(fill: Fill) -> None:
    text = "💧" * 10_000
    browser = fill(until="description")
    assert browser.post("/apply/description/", {"description": text}).status_code == 303
    assert text in browser.get("/apply/description/").text


def test_lines_count_as_one_character_each(fill: Fill) -> None:
    text = "行\r\n" * 5_000
    browser = fill(until="description")
    assert browser.post("/apply/description/", {"description": text}).status_code == 303


def test_a_language_change_keeps_what_was_typed_and_not_yet_sent(fill: Fill) -> None:
    browser = fill(until="person")
    response = browser.post("/apply/person/", {"name": "沈", "language": "en"})
    assert response["Location"] == "/apply/person/"
    page = browser.get("/apply/person/").text
    assert 'lang="en"' in page
    assert 'value="沈"' in page
    assert "error-summary" not in page


def test_return_in_a_field_goes_on_and_changes_no_language(fill: Fill) -> None:
    """A browser presses the first button of the form, wherever in the page it stands."""
    page = fill(until="person").get("/apply/person/").text
    first = page.split('form="answers"')[1].split(">")[0]
    assert "language" not in first


def test_an_expired_draft_says_so_and_keeps_the_page_being_sent(
    fill: Fill, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(until="contact")
    later = time.time() + drafts.LIFETIME + 1
    monkeypatch.setattr(time, "time", lambda: later)
    page = client.get("/apply/contact/").text
    assert "已超过24小时" in page
    assert "沈青禾" not in page
    assert client.post("/apply/contact/", ANSWERS["contact"]).status_code == 303
    assert 'value="13900001111"' in client.get("/apply/contact/").text
    assert client.get("/apply/")["Location"] == "/apply/agency/"


def test_a_forged_key_opens_nothing_and_is_never_taken_over(
    client: Client, county: SimpleNamespace
) -> None:
    client.cookies["application"] = "../../secret-key"
    response = client.post("/apply/agency/", ANSWERS["agency"])
    assert response.cookies["application"].value != "../../secret-key"


def test_two_visitors_see_nothing_of_each_other(fill: Fill) -> None:
    fill(until="contact")
    assert "沈青禾" not in Client().get("/apply/person/").text


def test_whoever_gives_up_leaves_nothing_behind(fill: Fill, client: Client, tmp_path: Any) -> None:
    fill(until="contact")
    client.post("/apply/")
    assert not list((tmp_path / "drafts").iterdir())


# Where it begins


def test_a_search_without_result_leads_to_the_form_with_its_words(
    client: Client, county: SimpleNamespace
) -> None:
    page = client.get("/apply/description/", {"agency": "qh-cz", "words": "供水 <保障>"}).text
    assert "供水 &lt;保障&gt;</textarea>" in page
    assert '<input type="hidden" name="agency" value="qh-cz">' in page
    client.post("/apply/description/", {"agency": "qh-cz", "description": "供水"})
    assert client.get("/apply/")["Location"] == "/apply/kind/"


def test_the_entrance_of_an_agency_leads_there_in_one_click(
    client: Client, county: SimpleNamespace
) -> None:
    page = client.get("/agencies/qh-cz/apply/", {"words": "供水"}).text
    assert 'href="/apply/description/?agency=qh-cz&amp;words=%E4%BE%9B%E6%B0%B4"' in page


@pytest.mark.parametrize("entrance", ["/", "/sections/apply/"])
def test_the_general_entrance_begins_at_the_first_page(
    client: Client, county: SimpleNamespace, entrance: str
) -> None:
    page = client.get(entrance).text
    assert 'href="/apply/agency/"' in page
    assert "/apply/description/" not in page


def test_without_an_agency_it_is_asked_for_next(client: Client, county: SimpleNamespace) -> None:
    response = client.post("/apply/description/", {"description": "供水"})
    assert response["Location"] == "/apply/agency/"


@pytest.mark.parametrize("words", ["财政", "czj", "QHXCZJ"])
def test_an_agency_is_found_by_any_of_its_names(
    client: Client, county: SimpleNamespace, words: str
) -> None:
    page = client.get("/apply/agency/", {"q": words}).text
    assert "青禾县财政局" in page
    assert "青禾县民政局" not in page


@pytest.mark.parametrize("code", ["", "nowhere", "x" * 900])
def test_an_agency_must_be_chosen(client: Client, county: SimpleNamespace, code: str) -> None:
    response = client.post("/apply/agency/", {"agency": code})
    assert response.status_code == 422
    assert 'href="#agency-0"' in response.text


def test_an_agency_that_is_no_more_is_not_offered(client: Client, county: SimpleNamespace) -> None:
    type(county.own).objects.filter(code="qh-cz").update(active=False)
    assert "青禾县财政局" not in client.get("/apply/agency/").text


def test_there_is_no_page_beyond_those_of_the_form(client: Client, db: None) -> None:
    assert client.get("/apply/purpose/").status_code == 404


# What is public already


def test_what_is_published_on_these_words_is_offered_before_anything_else(
    fill: Fill, release: Callable[..., Any], indexed: Callable[[], None]
) -> None:
    publication = release(title="冬季供水通知")
    indexed()
    browser = fill(until="description")
    response = browser.post("/apply/description/", {"description": "冬季供水"})
    assert response["Location"] == "/apply/published/"
    assert f"/documents/{publication.document_id}/" in browser.get("/apply/published/").text
    assert browser.post("/apply/published/")["Location"] == "/apply/kind/"


def test_what_was_offered_once_is_not_offered_again_for_the_same_words(
    fill: Fill, release: Callable[..., Any], indexed: Callable[[], None]
) -> None:
    release(title="冬季供水通知")
    indexed()
    browser = fill(until="description")
    browser.post("/apply/description/", {"description": "冬季供水"})
    browser.post("/apply/published/")
    again = browser.post("/apply/description/", {"description": "冬季供水"})
    assert again["Location"] == "/apply/kind/"


def test_another_kind_of_applicant_is_asked_for_the_name_again(fill: Fill) -> None:
    browser = fill()
    response = browser.post("/apply/kind/", {"kind": "commercial", "by_proxy": ""})
    assert response["Location"] == "/apply/person/"
    assert "单位全称" in browser.get("/apply/person/").text


def test_the_agency_of_an_entrance_is_named_from_the_first_page(
    client: Client, county: SimpleNamespace
) -> None:
    page = client.get("/apply/description/?agency=qh-cz").text
    assert "向这个机关申请：" in page
    assert county.own.name in page.split("向这个机关申请：")[1].split("</p>")[0]


def test_an_agency_that_is_none_is_not_named(client: Client, county: SimpleNamespace) -> None:
    page = client.get("/apply/description/?agency=nowhere").text
    assert "向这个机关申请：" not in page
    assert "nowhere" not in page.split("<form")[-1]


@pytest.mark.parametrize(
    ("carrier", "delivery"),
    [("paper", "post"), ("paper", "counter"), ("inspection", "counter"), ("electronic", "email")],
)
def test_a_form_comes_in_the_ways_it_can(fill: Fill, carrier: str, delivery: str) -> None:
    fill(contact=ANSWERS["contact"] | {"carrier": carrier, "delivery": delivery})
