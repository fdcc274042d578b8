"""What is missing or wrong in an application is named, field by field."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest

from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.faults import WORDS
from gongkai.casework.application.intake import Application, Attached, problems, refusing
from gongkai.casework.application.keys import keys_of
from gongkai.casework.application.models import (
    Applicant,
    ApplicantKind,
    Case,
    Channel,
    Delivery,
    EnclosureKind,
)
from gongkai.casework.application.person import Person, Proxy
from gongkai.org.models import Agency

TODAY = date(2026, 3, 2)
PERSON = Person(
    name="沈青禾",
    identity_kind="id_card",
    identity_number="110101199003070003",
    telephone="13900001111",
)


MEGABYTE = 2**20


def pdf(megabytes=0):
    """One empty page with so much beside it that nothing shows."""
    with pikepdf.new() as document:
        document.add_blank_page()
        for n in range(megabytes):
            document.Root[f"/Filling{n}"] = document.make_stream(bytes(MEGABYTE))
        written = io.BytesIO()
        document.save(written, compress_streams=False)
    return Incoming("证明.pdf", "application/pdf", written.getvalue())


PDF = pdf()


def filled(**changes):
    usual = {
        "agency": Agency(code="x", name="某局"),
        "channel": Channel.WEB,
        "submitted_on": TODAY,
        "kind": ApplicantKind.NATURAL_PERSON,
        "person": PERSON,
        "description": "供水保障资金的分配方案",
    }
    return Application(**{**usual, **changes})


def found(today=TODAY, **changes):
    return [tuple(problem) for problem in problems(filled(**changes), today)]


def of_person(**changes):
    return found(person=replace(PERSON, **changes))


def test_a_complete_application_has_no_problem():
    assert found() == []


@pytest.mark.parametrize("text", ["字", "字" * 10_000, "🏞️🚰 供水", "𠮷野家"])
def test_any_text_up_to_ten_thousand_characters_is_a_description(text):
    assert found(description=text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "description_missing"),
        (" \n\u200b", "description_missing"),
        ("字" * 10_001, "description_too_long"),
    ],
)
def test_no_text_and_too_much_text_are_named(text, reason):
    assert found(description=text) == [("description", reason)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"submitted_on": TODAY + timedelta(1)}, ("submitted_on", "future")),
        ({"submitted_on": date(2019, 5, 14)}, ("submitted_on", "before_the_regulations")),
        ({"signed_on": TODAY - timedelta(1)}, ("signed_on", "signed_before_submitted")),
        ({"confirmed_on": TODAY - timedelta(1)}, ("confirmed_on", "confirmed_before_submitted")),
        ({"channel": Channel.REGISTERED_POST}, ("signed_on", "signed_missing")),
        ({"channel": "pigeon"}, ("channel", "unknown")),
        ({"kind": "king"}, ("kind", "unknown")),
        ({"requests": 0}, ("requests", "requests_wrong")),
        ({"document_number": "号" * 101}, ("document_number", "too_long")),
        ({"agency": Agency(code="x", name="某局", active=False)}, ("agency", "agency_closed")),
    ],
)
def test_days_and_choices_that_cannot_be_are_named(changes, problem):
    assert problem in found(**changes)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("name", " ", "name_missing"),
        ("name", "名" * 101, "name_too_long"),
        ("identity_number", "110101199003070004", "id_card_wrong"),
        ("identity_number", "", "identity_missing"),
        ("telephone", "12345", "telephone_wrong"),
        ("telephone", "", "contact_missing"),
        ("email", "shen@", "email_wrong"),
        ("email", "a@b.c,d@e.fg", "email_wrong"),
        ("postcode", "12345", "postcode_wrong"),
    ],
)
def test_what_is_wrong_with_a_person_is_named(field, value, reason):
    assert of_person(**{field: value}) == [(f"person.{field}", reason)]


@pytest.mark.parametrize(
    "telephone", ["139 0000 1111", "+86 139-0000-1111", "（0512）6666-7777", "0512-66667777转12"]
)
def test_a_telephone_number_may_be_grouped_as_people_do(telephone):
    assert of_person(telephone=telephone) == []


def test_an_old_identity_number_is_one():
    assert of_person(identity_number="110101900307000") == []


def test_an_organisation_is_checked_by_its_credit_code():
    person = Person("某公司", "credit_code", "91110000MA0000000X", telephone="01066667777")
    assert found(person=person, kind=ApplicantKind.COMMERCIAL) == [
        ("person.identity_number", "credit_code_wrong")
    ]


@pytest.mark.parametrize(
    ("delivery", "field"), [(Delivery.EMAIL, "email"), (Delivery.POST, "address")]
)
def test_where_to_send_the_answer_is_asked_for_only_when_it_is_sent(delivery, field):
    assert found(delivery=delivery) == [(f"person.{field}", f"{field}_missing")]


def test_a_copy_of_a_paper_proves_identity_without_its_number():
    copied = (Attached(EnclosureKind.IDENTITY, PDF),)
    assert found(person=replace(PERSON, identity_number=""), files=copied) == []


def test_a_proxy_needs_a_name_an_identity_and_the_authority():
    assert found(by_proxy=True) == [
        ("person.proxy.name", "proxy_name_missing"),
        ("person.proxy.identity_number", "identity_missing"),
        ("files", "authority_missing"),
    ]
    proxy = Proxy("林一", "id_card", "110101199003070003")
    authority = (Attached(EnclosureKind.AUTHORITY, PDF),)
    assert found(by_proxy=True, person=replace(PERSON, proxy=proxy), files=authority) == []


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (Incoming("a.zip", "application/pdf", b"PK\x05\x06" + bytes(18)), "file_kind"),
        (Incoming("a.txt", "text/plain", "文".encode()), "file_kind"),
        (Incoming("a.pdf", "application/pdf", b"MZ\x00\x01"), "file_kind"),
        (Incoming("a.png", "image/png", PDF.data), "file_unsafe"),
        (pdf(11), "file_too_large"),
    ],
)
def test_a_file_is_told_by_its_content(file, reason):
    assert found(files=(Attached(EnclosureKind.MATERIAL, file),)) == [("files.0", reason)]


def test_an_officer_may_add_a_scan_of_fifty_megabytes_and_no_more():
    for size, reasons in ((49, []), (51, [("files.0", "file_too_large")])):
        files = (Attached(EnclosureKind.APPLICATION, pdf(size)),)
        assert found(channel=Channel.COUNTER, files=files) == reasons


def test_more_than_twenty_files_are_too_many():
    files = (Attached(EnclosureKind.MATERIAL, PDF),) * 21
    assert found(files=files) == [("files", "files_too_many")]


def test_a_letter_without_proof_of_identity_is_received_and_a_form_is_not():
    lacking = {"person": Person("沈青禾")}
    assert refusing(filled(channel=Channel.ORDINARY_POST, **lacking), TODAY) == []
    assert len(refusing(filled(**lacking), TODAY)) == 2


def test_no_field_asks_what_it_is_for():
    fields = set(Application.__dataclass_fields__)
    assert not fields & {"purpose", "reason", "use", "interest"}


def earlier(agency, person=PERSON):
    """An application of the person that is on record at the agency."""
    case = Case(agency=agency)
    identity, name = keys_of(person)
    case.applicant = Applicant(case=case, identity_key=identity, name_key=name)
    return case


OWN, OTHER = Agency(pk=1, code="own", name="某局"), Agency(pk=2, code="other", name="他局")
NUMBERLESS = replace(PERSON, identity_number="")
NAMESAKE = replace(PERSON, identity_number="110101198001010037")
SOMEBODY = replace(NUMBERLESS, name="许青苗")


@pytest.mark.parametrize(
    ("before", "refused"),
    [
        (earlier(OWN), False),
        (earlier(OWN, NUMBERLESS), False),
        (earlier(OWN, NAMESAKE), True),
        (earlier(OWN, SOMEBODY), True),
        (earlier(OTHER), True),
    ],
)
def test_only_the_same_applicant_repeats_an_application_at_the_same_agency(before, refused):
    """条例第三十六条（六）."""
    reasons = found(agency=OWN, repeats=before)
    assert (("repeats", "repeats_another") in reasons) == refused
    entered = refusing(filled(agency=OWN, repeats=before, channel=Channel.COUNTER), TODAY)
    assert bool(entered) == refused


@pytest.mark.parametrize("reason", WORDS)
def test_every_problem_has_words_in_both_languages(reason):
    chinese, english = WORDS[reason]
    assert chinese.endswith("。")
    assert english.endswith(".")
