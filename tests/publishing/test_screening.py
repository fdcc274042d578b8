"""What a text holds that must not go out blocks approval until a person decides."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.publishing import actions
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
