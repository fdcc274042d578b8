"""Files come in only as what they are, and what they hide blocks approval until decided."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from gongkai.publishing import actions
from gongkai.publishing.document import attachments
from gongkai.publishing.document.incoming import FileRefusedError
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.findings import findings, undecided_errors
from tests.publishing.conftest import content


def word(author: str = "张三", comment: str = "") -> bytes:
    made = docx.Document()
    made.add_paragraph("附件正文")
    made.core_properties.author = author
    if comment:
        made.core_properties.comments = comment
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("表.pdf", b"", "empty"),
        ("表.pdf", b"MZ\x90\x00" + b"\0" * 200, "executable"),
        ("表.pdf", word(), "disguised"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_what_to_do(cast, draft, name, data, code):
    with pytest.raises(FileRefusedError) as refused:
        actions.receive(cast.drafter, draft(), name, data)
    assert refused.value.code == code
    assert "表.pdf" in refused.value.message("zh")


def test_a_stranger_attaches_nothing(cast, draft):
    with pytest.raises(NotAllowedError) as refused:
        actions.receive(cast.stranger, draft(), "附件.docx", word())
    assert refused.value.reason == "role"


def test_the_same_file_twice_is_attached_once(cast, draft):
    document = draft()
    data = word()
    first = actions.receive(cast.drafter, document, "附件.docx", data)
    assert actions.receive(cast.drafter, document, "附件.docx", data) == first
    assert len(attachments.attached(first)) == 1


def test_what_a_file_hides_blocks_approval_until_decided(cast, draft):
    document = draft()
    version = actions.receive(cast.drafter, document, "附件.docx", word(author="李四"))
    found = undecided_errors(findings(version))
    assert "office.property" in {item.found.code for item in found}
    opened = actions.submit(cast.drafter, document)
    with pytest.raises(NotAllowedError) as refused:
        actions.approve(cast.reviewer, document, seen=opened.content_hash)
    assert refused.value.reason == "undecided"
    for item in found:
        mark = item.found.fingerprint
        actions.judge(cast.reviewer, document, mark, "harmless", "署名为公开信息")
    assert actions.approve(cast.reviewer, document, seen=opened.content_hash)


def test_a_cleaned_copy_takes_the_place_of_the_file(cast, draft):
    document = draft()
    before = actions.receive(cast.drafter, document, "附件.docx", word(author="李四"))
    (old,) = attachments.attached(before)
    actions.clean_copy(cast.drafter, document, old.sha256)
    document.refresh_from_db()
    (new,) = attachments.attached(document.head)
    assert new.sha256 != old.sha256
    assert not undecided_errors(findings(document.head))
    assert attachments.attached(before) == (old,)


def test_a_damaged_file_is_not_approved_unseen(cast, draft):
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
        archive.writestr("word/document.xml", "<w:document")
    document = draft()
    with pytest.raises(NotAllowedError):
        actions.receive(cast.drafter, document, "附件.docx", broken.getvalue())
    assert attachments.attached(document.head) == ()


def test_a_number_of_a_person_is_never_kept_in_full(cast, draft):
    version = actions.receive(
        cast.drafter, draft(), "附件.docx", word(author="李四 13900001234567")
    )
    quotes = [item.found.quote for item in findings(version)]
    assert any("李四" in quote for quote in quotes)
    assert not any("13900001234567" in quote for quote in quotes)


class TestPicturesInTheText:
    @staticmethod
    def picture(document, place=1, name="a.png", room="desk/documents"):
        return f'<img src="/{room}/{document.pk}/attachments/{place}/{name}" alt="图">'

    @pytest.fixture
    def pictured(self, cast, draft):
        """A draft with a picture attached."""
        document = draft()
        actions.attach(cast.drafter, document, attachments.kept("a.png", b"x", "png"))
        document.refresh_from_db()
        return document

    def body_after(self, cast, document, picture):
        body = f"<p>见图{picture}。</p>"
        base = document.head.number
        return actions.save(cast.drafter, document, content(body=body), base=base).version.body

    def test_a_file_of_the_document_stays(self, cast, pictured):
        assert "<img " in self.body_after(cast, pictured, self.picture(pictured))

    def test_one_of_another_document_goes(self, cast, draft, pictured):
        other = draft()
        assert "<img " not in self.body_after(cast, other, self.picture(pictured))

    def test_so_does_one_of_a_public_page(self, cast, pictured):
        picture = self.picture(pictured, room="documents")
        assert "<img " not in self.body_after(cast, pictured, picture)

    def test_it_goes_with_the_file(self, cast, pictured):
        self.body_after(cast, pictured, self.picture(pictured))
        pictured.refresh_from_db()
        mark = pictured.head.attachments.get().sha256
        assert "<img " not in actions.detach(cast.drafter, pictured, mark).body
