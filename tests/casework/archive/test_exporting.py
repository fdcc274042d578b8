"""The file of a case and the evidence for a court: what is in them, what is missing, who may."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace

import docx
import pypdfium2
import pytest
from django.utils.translation import override
from PIL import Image

from gongkai import files
from gongkai.casework import actions
from gongkai.casework.actions.consulting import Asked
from gongkai.casework.actions.exporting import export_archive, export_evidence
from gongkai.casework.actions.searching import Search
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case, Channel, EnclosureKind
from gongkai.casework.application.person import Person
from gongkai.casework.archive.bundle import Bundle
from gongkai.casework.archive.dossier import SOURCES
from gongkai.casework.archive.evidence import needed
from gongkai.casework.archive.package import verify
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.models import Opinion
from gongkai.casework.letter.models import Letter
from gongkai.law.outcomes import outcomes
from gongkai.law.proofs import proofs
from gongkai.org.models import User
from gongkai.trail import chain
from gongkai.trail.models import Entry
from gongkai.trail.queries import about
from tests.casework.conftest import APPLICANT, DESCRIPTION
from tests.casework.handling import BY_TELEPHONE, DENIED, Office, later, posted, refusal
from tests.casework.handling import told as made_known

MISSING = Draft(outcome="A6", reasons="经检索没有找到", findings="检索了财务档案")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def case(office: Office, received: Callable[..., Case]) -> Case:
    """Received ten days ago, with a scan of the material in it."""
    made = received(ago=10)
    scan = Incoming("分配方案扫描.png", "image/png", picture())
    actions.add_enclosure(office.officer, made, EnclosureKind.MATERIAL, scan)
    return made


def text(pdf: bytes) -> str:
    pages = list(pypdfium2.PdfDocument(pdf))
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def opened(out: io.BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(out) as package:
        return {name: package.read(name) for name in package.namelist()}


def archive(user: User, case: Case) -> dict[str, bytes]:
    out = io.BytesIO()
    export_archive(user, case, out)
    return opened(out)


def evidence(user: User, case: Case) -> tuple[Bundle, dict[str, bytes]]:
    out = io.BytesIO()
    bundle = export_evidence(user, case, out)
    return bundle, opened(out)


def confirmed(office: Office, received: Callable[..., Case], today: date) -> Case:
    """An application by mail, of which both sides confirmed receipt."""
    made = received(ago=10, channel=Channel.EMAIL)
    return actions.confirm(office.officer, made, today, BY_TELEPHONE)


def listed(package: dict[str, bytes]) -> str:
    return text(package["00-证据清单.pdf"])


def missing(bundle: Bundle, code: str) -> tuple[str, ...]:
    (told,) = (one for one in bundle.shown if one.proof.code == code)
    return tuple(gap.words() for gap in told.missing)


def test_the_file_holds_application_papers_letters_and_every_line_of_the_trail(
    office: Office, case: Case
) -> None:
    office.signed(case, DENIED)
    package = archive(office.officer, case)
    letter = case.letters.get()
    assert set(package) >= {
        "00-卷内目录.pdf",
        "01-申请登记表.pdf",
        "02-期限事实.pdf",
        "03-答复期限的计算.pdf",
        "07-处理决定和审批.pdf",
        f"文书/01-不予公开告知书 {letter.number}.pdf",
        f"文书/01-不予公开告知书 {letter.number}.docx",
        "材料/01-办理材料-分配方案扫描.png",
        "操作记录.jsonl",
    }
    form = text(package["01-申请登记表.pdf"])
    assert APPLICANT.name in form
    assert DESCRIPTION in form
    assert package["材料/01-办理材料-分配方案扫描.png"] == picture()


def test_pages_that_would_say_nothing_are_left_out(office: Office, case: Case) -> None:
    assert not [name for name in archive(office.officer, case) if "检索记录" in name]


def test_every_approval_stands_in_the_file_with_who_gave_it(office: Office, case: Case) -> None:
    office.signed(case, DENIED)
    said = text(archive(office.officer, case)["07-处理决定和审批.pdf"])
    for who in (office.head, office.secrecy, office.signatory):
        assert f"{who.get_full_name()}" in said
    assert "讨论中的过程稿" in said


def test_the_lines_of_the_trail_can_be_reckoned_again(office: Office, case: Case) -> None:
    lines = archive(office.officer, case)["操作记录.jsonl"].decode().splitlines()
    assert len(lines) == Entry.objects.filter(object_id=str(case.pk)).count() - 1
    for line in map(json.loads, lines):
        previous, sealed = line.pop("previous"), line.pop("hash")
        line["details_json"], line["at"] = line.pop("details"), datetime.fromisoformat(line["at"])
        assert chain.sealed(chain.Line(**line), previous) == sealed


def test_a_package_is_whole_and_its_manifest_is_in_the_trail(office: Office, case: Case) -> None:
    out = io.BytesIO()
    manifest = export_archive(office.officer, case, out)
    found = verify(out)
    assert found.whole
    assert found.manifest == manifest
    line = Entry.objects.get(verb="casework.export_archive")
    assert line.details == {"manifest": manifest}
    assert line.actor == office.officer


def test_what_was_removed_is_told_in_the_manifest(office: Office, case: Case) -> None:
    files.place(case.enclosures.get().sha256).unlink()
    package = archive(office.officer, case)
    told = json.loads(package["manifest.json"])
    assert [one["title"] for one in told["gone"]] == ["办理材料：分配方案扫描.png"]


@pytest.mark.parametrize("who", ["secrecy_reviewer", "legality_reviewer", "colleague", "stranger"])
def test_who_may_not_open_names_may_not_export(case: Case, cast: SimpleNamespace, who: str) -> None:
    assert refusal(export_archive, getattr(cast, who), case, io.BytesIO()) == "role"
    assert refusal(export_evidence, getattr(cast, who), case, io.BytesIO()) == "role"
    assert not Entry.objects.filter(verb__startswith="casework.export").exists()


def test_every_proof_of_the_law_has_its_place_in_a_case() -> None:
    assert set(SOURCES) == {one.code for one in proofs()}


def test_every_outcome_that_ends_a_case_is_known_to_the_evidence(
    office: Office, case: Case, today: date
) -> None:
    for one in outcomes(on=today):
        if one.closes:
            case.outcome = one.code
            assert set(needed(case)) >= {*one.proof, "in_time"}


def test_a_refusal_shows_its_reasons_and_says_what_the_file_lacks(
    office: Office, case: Case
) -> None:
    office.signed(case, DENIED)
    bundle, package = evidence(office.officer, case)
    assert [one.proof.code for one in bundle.shown] == ["in_time", "before_the_decision"]
    letter = case.letters.get()
    assert missing(bundle, "in_time") == (f"答复{letter.number}已签发，还没有送出",)
    said = listed(package)
    assert "证明事项2：形成于行政处理决定作出之前" in said
    assert "所涉信息的形成时间和性质" in said
    assert letter.number not in said


def test_the_list_for_the_court_tells_of_no_gap(office: Office, case: Case) -> None:
    secret = Draft(outcome="A4", ground="N14_SECRET", answer="方案", reasons="属于国家秘密")
    office.signed(case, secret)
    bundle, package = evidence(office.officer, case)
    assert bundle.missing == 2
    assert "缺" not in listed(package)
    gaps = [gap.words() for one in bundle.shown for gap in one.missing]
    assert not [words for words in gaps if words in listed(package)]


def test_the_list_names_articles_and_grounds_in_words(office: Office, case: Case) -> None:
    office.signed(case, DENIED)
    _, package = evidence(office.officer, case)
    said = listed(package)
    assert "依据：《中华人民共和国政府信息公开条例》第三十一条、第三十三条" in said
    assert "法释〔2025〕8号第五条" in said
    name = next(name for name in package if name.endswith("处理决定和审批.pdf"))
    assert "不予公开的依据：第十六条第二款过程性信息" in text(package[name])
    assert "N16_PROCESS" not in text(package[name])


def test_what_fixed_the_day_of_receipt_is_told_in_words(office: Office, case: Case) -> None:
    said = text(archive(office.officer, case)["01-申请登记表.pdf"])
    assert "收到之日的依据：提交之日" in said


def test_the_record_of_the_confirmation_is_in_the_file_under_its_own_name(
    office: Office, received: Callable[..., Case], today: date
) -> None:
    made = confirmed(office, received, today)
    assert "材料/01-确认记录-确认收到记录.txt" in archive(office.officer, made)


def test_the_record_of_the_confirmation_shows_the_day_of_receipt_and_nothing_else(
    office: Office, received: Callable[..., Case], today: date
) -> None:
    made = confirmed(office, received, today)
    office.signed(made, DENIED)
    bundle, package = evidence(office.officer, made)
    key = ("enclosure", str(made.enclosures.get().pk))
    shows = {
        one.proof.code for one in bundle.shown for exhibit in one.exhibits if exhibit[0] == key
    }
    assert shows == {"in_time"}
    assert "证据02-确认记录-确认收到记录.txt" in package
    assert "案卷中没有办理材料" in missing(bundle, "before_the_decision")[-1]


def test_an_exhibit_has_one_number_and_the_application_comes_first(
    office: Office, case: Case
) -> None:
    office.signed(case, DENIED)
    _, package = evidence(office.officer, case)
    names = sorted(name for name in package if name.startswith("证据"))
    assert names[0] == "证据01-申请登记表.pdf"
    assert not [name for name in names if name.split("-")[1].isdigit()]


def test_exhibits_are_numbered_as_the_list_names_them(office: Office, case: Case) -> None:
    office.signed(case, DENIED)
    _, package = evidence(office.officer, case)
    said, names = listed(package), sorted(name for name in package if name.startswith("证据"))
    assert len(names) == len(set(names)) > 3
    assert [name[2:4] for name in names] == [f"{n:02}" for n in range(1, len(names) + 1)]
    for name in names:
        number, title = int(name[2:4]), name[5:].rpartition(".")[0]
        assert f"证据{number}" in said
        assert title.partition("-")[0] in said


def test_the_list_is_there_for_word_too(office: Office, case: Case) -> None:
    office.signed(case, DENIED)
    _, package = evidence(office.officer, case)
    words = "".join(
        p.text for p in docx.Document(io.BytesIO(package["00-证据清单.docx"])).paragraphs
    )
    assert "形成于行政处理决定作出之前" in words


def test_the_evidence_is_the_same_whatever_language_the_officer_reads(
    office: Office, case: Case
) -> None:
    office.signed(case, DENIED)
    assert readable(evidence, office, case, "en") == readable(evidence, office, case, "zh-hans")


def test_the_whole_file_is_chinese_for_an_officer_who_reads_english(
    office: Office, case: Case
) -> None:
    office.signed(case, DENIED)
    files = readable(lambda user, it: (None, archive(user, it)), office, case, "en")
    assert "材料/01-办理材料-分配方案扫描.png" in files
    assert "申请渠道：当面提交" in files["01-申请登记表.pdf"]


Take = Callable[[User, Case], tuple[Bundle | None, dict[str, bytes]]]


def readable(take: Take, office: Office, case: Case, language: str) -> dict[str, str]:
    """The files of a package, taken out by an officer who reads that language, as words."""
    with override(language):
        _, package = take(office.officer, case)
    return {name: text(data) for name, data in package.items() if name.endswith(".pdf")} | {
        name: "" for name in package if not name.endswith(".pdf")
    }


def test_nothing_found_is_shown_by_its_searches(office: Office, case: Case, today: date) -> None:
    search = Search(today, "财务档案室", "供水 资金", "未检索到", "何一鸣")
    actions.record_search(office.officer, case, search)
    office.signed(case, MISSING)
    bundle, package = evidence(office.officer, case)
    assert missing(bundle, "reasonable_search") == ("检索记录中没有档案机构的回复",)
    name = next(name for name in package if name.endswith("检索记录.pdf"))
    assert "何一鸣" in text(package[name])


def test_a_third_party_that_objects_is_shown_with_its_opinion(
    office: Office, case: Case, today: date
) -> None:
    firm = Person("青禾某某有限公司", address="青禾县河东路八号")
    asked = Asked("third_party", firm, "供水合同", organisation=True)
    (row,) = actions.consult(office.officer, case, [asked], on=today)
    posted(office.officer, row)
    actions.record_opinion(
        office.officer, row, Opinion.OBJECTION, on=today, reasons="涉及商业秘密", reasonable=True
    )
    denied = Draft(outcome="A4", ground="N15_TP", answer="合同", reasons="会损害第三方合法权益")
    office.signed(case, denied)
    bundle, package = evidence(office.officer, case)
    assert missing(bundle, "third_party_harm") == ()
    name = next(name for name in package if name.endswith("征求意见记录.pdf"))
    assert "青禾某某有限公司" in text(package[name])


def test_what_is_secret_is_never_packed(office: Office, case: Case) -> None:
    secret = Draft(outcome="A4", ground="N14_SECRET", answer="方案", reasons="属于国家秘密")
    office.signed(case, secret)
    bundle, _ = evidence(office.officer, case)
    (told,) = missing(bundle, "classification")
    assert "不存入本系统" in told


def test_silence_is_shown_by_its_days(office: Office, case: Case) -> None:
    bundle, package = evidence(office.officer, case)
    assert [one.proof.code for one in bundle.shown] == ["in_time"]
    assert "尚未答复" in listed(package)
    assert any(name.endswith("答复期限的计算.pdf") for name in package)


def test_a_repeated_application_shows_the_earlier_one(
    office: Office, case: Case, received: Callable[..., Case]
) -> None:
    later = received(ago=1, repeats=case)
    later.outcome = "A11"
    bundle, package = evidence(office.officer, later)
    assert "same_request_answered" in [one.proof.code for one in bundle.shown]
    assert f"前次申请{case.number}没有答复" in missing(bundle, "same_request_answered")
    assert [name for name in package if f"前次申请-{case.number}" in name]


def test_the_earlier_application_is_opened_by_that_page(
    office: Office, case: Case, received: Callable[..., Case]
) -> None:
    later = received(ago=1, repeats=case)
    evidence(office.officer, later)
    lines = about(case).filter(verb="casework.open_person")
    assert not lines.exists()
    later.outcome = "A11"
    evidence(office.officer, later)
    assert lines.get().details == {"why": "complaint"}


def test_it_is_shown_to_nobody_who_may_not_open_it(
    office: Office, case: Case, received: Callable[..., Case], county: SimpleNamespace
) -> None:
    later = received(ago=1, repeats=case)
    later.outcome = "A11"
    Case.objects.filter(pk=case.pk).update(agency=county.other)
    later.repeats.refresh_from_db()
    out = io.BytesIO()
    assert refusal(export_evidence, office.officer, later, out) == "role"
    assert out.getvalue() == b""


def test_notices_must_have_been_served(office: Office, case: Case, today: date) -> None:
    early = today
    actions.ask_correction(office.officer, case, "请写明年度", on=early, reason="刚刚发现")
    bundle, _ = evidence(office.officer, case)
    letter = case.letters.get()
    assert missing(bundle, "notice_served") == (f"{letter.number}没有送达记录",)


def test_the_court_is_told_of_no_notice_that_was_not_served(
    office: Office, case: Case, today: date
) -> None:
    fact = actions.extend(office.head, case, 10, "检索量大", on=today)
    letter = case.letters.get()
    law = "（《中华人民共和国政府信息公开条例》第三十三条）"
    assert shown(case, office, letter) == f"已制发，没有送达记录：{letter.number}{law}"
    made_known(office.officer, fact)
    assert shown(case, office, letter) == f"已告知申请人：{letter.number}{law}"
    came_back = letter.services.get()
    actions.record_service(office.officer, came_back, returned_on=today)
    assert shown(case, office, letter) == f"已送出，被退回：{letter.number}{law}"


def test_notices_are_shown_under_their_own_articles(
    office: Office, case: Case, today: date
) -> None:
    actions.extend(office.head, case, 10, "检索量大", on=today)
    bundle, _ = evidence(office.officer, case)
    (told,) = [one for one in bundle.shown if one.proof.code == "notice_served"]
    assert told.proof.articles == ("33",)


def test_the_notice_of_a_delay_is_among_them(office: Office, case: Case, today: date) -> None:
    actions.ask_reasons(office.officer, case, "一个月内申请四十件", on=today)
    actions.record_reasons(office.officer, case, "课题研究", on=today, reasonable=True)
    until = later(case, 60, today)
    fact = actions.delay(office.officer, case, until, "数量太大", on=today)
    letter = case.letters.get(kind="delayed")
    law = "（《中华人民共和国政府信息公开条例》第三十五条）"
    assert shown(case, office, letter) == f"已制发，没有送达记录：{letter.number}{law}"
    made_known(office.officer, fact)
    assert shown(case, office, letter) == f"已告知申请人：{letter.number}{law}"


def shown(case: Case, office: Office, letter: Letter) -> str:
    """What the letter proves, as the list for the court says it."""
    bundle, _ = evidence(office.officer, case)
    (told,) = [one for one in bundle.shown if one.proof.code == "notice_served"]
    key = ("letter_pdf", str(letter.pk))
    return next(exhibit.shows.words() for exhibit in told.exhibits if exhibit.key == key)


def test_an_answer_sent_online_and_never_opened_lacks_its_arrival(
    received: Callable[..., Case], office: Office
) -> None:
    case = received(delivery="online", ago=10)
    office.signed(case, DENIED)
    (answer,) = case.letters.all()
    actions.dispatch(office.officer, answer, actions.Sending("electronic"))
    case.refresh_from_db()
    never = f"{answer.number}已送出，没有签收或者查看的记录"
    assert missing(evidence(office.officer, case)[0], "in_time") == (never,)
    actions.opened_by_applicant(answer)
    assert missing(evidence(office.officer, case)[0], "in_time") == ()
