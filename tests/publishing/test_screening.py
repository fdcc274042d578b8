"""What a text holds that must not go out blocks approval until a person decides."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.publishing import actions
from gongkai.publishing.document.rich_text import plain_text
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.findings import findings, undecided_errors
from gongkai.publishing.review.models import LinkCheck

ID_CARD = "11010519491231002X"
"""The example of the standard GB 11643; nobody bears it."""


def codes(document):
    return {item.found.code for item in findings(document.head)}


def test_a_clean_document_has_no_errors(draft):
    assert undecided_errors(findings(draft().head)) == []


def test_a_secrecy_marking_and_an_id_card_block_approval(cast, draft):
    document = draft(body=f"<p>机密★10年</p><p>申请人身份证号{ID_CARD}。</p>")
    opened = actions.submit(cast.drafter, document)
    with pytest.raises(NotAllowedError) as refused:
        actions.approve(cast.reviewer, document, seen=opened.content_hash)
    assert refused.value.reason == "undecided"
    for item in undecided_errors(findings(document.head)):
        actions.judge(cast.secrecy_reviewer, document, item.found.fingerprint, "mistaken", "系举例")
    assert actions.approve(cast.reviewer, document, seen=opened.content_hash)


def test_a_number_of_a_person_is_shown_masked_and_where_it_stands(draft):
    document = draft(body=f"<p>身份证号{ID_CARD}</p>")
    found = [item.found for item in findings(document.head) if item.found.start >= 0]
    assert found
    assert not any(ID_CARD in item.quote for item in found)


def test_the_title_is_screened_too(draft):
    assert codes(draft(title=f"关于{ID_CARD}的通知")) - codes(draft())


def test_a_verdict_holds_in_the_next_version_while_the_passage_is_the_same(cast, draft):
    body = f"<p>身份证号{ID_CARD}</p>"
    document = draft(body=body)
    for item in undecided_errors(findings(document.head)):
        actions.judge(cast.drafter, document, item.found.fingerprint, "mistaken", "系举例")
    from tests.publishing.conftest import content  # noqa: PLC0415

    later = content(body=f"<p>前面加了一段。</p>{body}")
    saved = actions.save(cast.drafter, document, later, base=1)
    assert undecided_errors(findings(saved.version)) == []


def test_an_expression_of_the_installation_is_found(draft, settings, tmp_path):
    settings.WORDS = str(tmp_path / "words.toml")
    document = draft(body="<p>请到便民小屋办理。</p>")
    before = codes(document)
    (tmp_path / "words.toml").write_text(
        '[[expressions]]\nwrong = "便民小屋"\nright = "便民服务中心"\ncategory = "outdated"\n'
        'reason = "已更名"\n',
        "utf-8",
    )
    assert codes(document) != before


def test_a_list_that_cannot_be_read_leaves_the_standard_one(draft, settings, tmp_path):
    settings.WORDS = str(tmp_path / "words.toml")
    (tmp_path / "words.toml").write_text("[[expressions", "utf-8")
    assert undecided_errors(findings(draft().head)) == []


def test_a_link_that_did_not_answer_is_for_a_person_to_look_at(draft):
    document = draft(body='<p>见<a href="https://example.invalid/a">这里</a>。</p>')
    assert "link.dead" not in codes(document)
    LinkCheck.objects.create(
        address="https://example.invalid/a", status=404, checked_at=timezone.now()
    )
    assert "link.dead" in codes(document)


@pytest.mark.parametrize("person", ["drafter", "reviewer", "administrator"])
def test_only_the_secrecy_reviewer_decides_about_a_marking(cast, draft, person):
    document = draft(body="<p>机密★10年</p>")
    (marking, *_) = [
        item for item in findings(document.head) if item.found.code.startswith("secrecy.")
    ]
    mark = marking.found.fingerprint
    with pytest.raises(NotAllowedError) as refused:
        actions.judge(getattr(cast, person), document, mark, "mistaken", "系举例")
    assert refused.value.reason == "for_secrecy_reviewer"


@pytest.mark.parametrize("spelt", ["青财发〔2026〕12号", "青财发[2026]12号", "青财发（2026）12号"])
def test_a_number_that_another_document_bears_is_told(draft, publish, spelt):
    publish()
    found = [item.found for item in findings(draft(document_number=spelt).head)]
    (same,) = [item for item in found if item.code == "metadata.same_number"]
    assert same.severity == "review"
    assert "关于做好冬季供水保障工作的通知" in same.message_zh


def test_no_number_is_no_number_of_another(draft):
    draft(document_number="")
    assert "metadata.same_number" not in codes(draft(document_number=""))


@pytest.mark.parametrize("field", ["document_number", "topic", "keywords", "source"])
def test_metadata_the_public_sees_is_looked_through(draft, field):
    (item,) = [
        it for it in findings(draft(**{field: f"号 {ID_CARD}"}).head) if "id_card" in it.found.code
    ]
    assert item.found.severity == "error"
    assert item.found.place("zh")
    assert ID_CARD not in item.found.quote


def test_a_marking_in_a_short_field_is_found(draft):
    assert "secrecy.marking" in codes(draft(period="机密"))


def test_a_verdict_on_the_title_does_not_hold_for_the_text(cast, draft):
    document = draft(title=ID_CARD, body="<p>文</p>")
    for item in undecided_errors(findings(document.head)):
        actions.judge(cast.drafter, document, item.found.fingerprint, "mistaken", "系举例")
    from tests.publishing.conftest import content  # noqa: PLC0415

    saved = actions.save(
        cast.drafter, document, content(title="通知", body=f"<p>{ID_CARD}</p>"), base=1
    )
    assert undecided_errors(findings(saved.version))


@pytest.mark.parametrize(
    "address", [f"https://a.cn/?id={ID_CARD}", f"/x/%31{ID_CARD[1:]}", f"tel:{ID_CARD}"]
)
def test_the_address_behind_a_link_is_looked_through(draft, address):
    document = draft(body=f'<p>前文。</p><p>见<a href="{address}">这里</a>。</p>')
    (found,) = [it.found for it in undecided_errors(findings(document.head))]
    assert (found.code, found.place("zh")) == ("personal.id_card", "链接地址")
    assert plain_text(document.head.body)[found.start : found.end] == "这里"


def test_a_number_hidden_by_invisible_characters_is_found(draft):
    hidden = "\u034f".join(ID_CARD)
    assert "personal.id_card" in codes(draft(body=f"<p>{hidden}</p>"))


def attached(cast, draft, name, data):
    version = actions.receive(cast.drafter, draft(), name, data)
    return [item.found for item in undecided_errors(findings(version))]


def test_the_text_of_a_file_blocks_until_decided(cast, draft):
    (found,) = attached(cast, draft, "名单.txt", f"证号{ID_CARD}".encode())
    assert (found.code, found.file) == ("personal.id_card", "名单.txt")
    assert found.quote == "110***************"


def test_the_name_of_a_file_is_looked_through(cast, draft):
    (found,) = attached(cast, draft, f"张三{ID_CARD}.txt", "文".encode())
    assert (found.code, found.place("zh")) == ("personal.id_card", "附件名称")


def test_many_findings_of_a_kind_in_a_file_are_decided_together(cast, draft):
    numbers = "\n".join(f"第{n}人 1381234{n:04}" for n in range(50))
    found = attached(cast, draft, "名单.txt", numbers.encode())
    assert len(found) == 11
    assert "另有 40 处" in found[-1].message("zh")


def test_another_list_of_expressions_has_a_file_read_again(cast, draft, settings, tmp_path):
    settings.WORDS = str(tmp_path / "words.toml")
    version = actions.receive(cast.drafter, draft(), "附件.txt", "请到便民小屋".encode())
    assert "expression.sensitive" not in {item.found.code for item in findings(version)}
    (tmp_path / "words.toml").write_text(
        '[[expressions]]\nwrong = "便民小屋"\ncategory = "sensitive"\nreason = "已更名"\n', "utf-8"
    )
    assert "expression.sensitive" in {item.found.code for item in findings(version)}
