"""The applicant changes how they are reached and answered, with number and query code."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.core import mail
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions import notifying
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application import notices
from gongkai.casework.application.contact import Contact, masked
from gongkai.casework.application.faults import IncompleteError
from gongkai.casework.application.models import Applicant, Case, Stage
from gongkai.casework.application.outbox import Notice
from gongkai.casework.application.person import Person, Proxy
from gongkai.casework.application.sealing import opened
from gongkai.casework.letter.models import Service
from gongkai.casework.refusal import NotAllowedError
from gongkai.trail.models import Entry
from tests.casework.conftest import APPLICANT
from tests.casework.handling import DENIED, refusal

pytestmark = pytest.mark.django_db
MOVED = Contact(telephone="13811112222", address="青禾县云岭镇八号", postcode="990131")
BY_SITE = Sending(Service.Manner.ELECTRONIC)
TOLD: list[tuple[str, str]] = []


def hook(telephone: str, text: str) -> None:
    """What an installation may hand in for SMS."""
    TOLD.append((telephone, text))


@pytest.fixture
def receipt(officer, application):
    return actions.receive(officer, application())


@pytest.fixture
def by_mail(settings):
    settings.MAIL = "smtp://mail.example.org?from=office@example.org"


def amend(receipt, wanted=MOVED):
    return actions.amend_contact(receipt.number, receipt.code, wanted)


def person(receipt):
    return Person.from_bytes(opened(Applicant.objects.get(case=receipt.case).sealed))


def faults(receipt, wanted):
    with pytest.raises(IncompleteError) as refused:
        amend(receipt, wanted)
    return [(one.field, one.reason) for one in refused.value.problems]


def test_what_is_given_takes_the_place_of_what_was_and_the_rest_stays(receipt):
    amend(receipt)
    now = person(receipt)
    assert (now.telephone, now.address, now.postcode) == (
        "13811112222",
        "青禾县云岭镇八号",
        "990131",
    )
    assert (now.name, now.identity_number, now.email) == (
        APPLICANT.name,
        APPLICANT.identity_number,
        APPLICANT.email,
    )


def test_what_it_said_before_is_gone(receipt):
    amend(receipt)
    row = Applicant.objects.get(case=receipt.case)
    assert APPLICANT.telephone not in opened(row.sealed).decode()


def test_the_same_applicant_is_still_found_by_name_and_number(receipt):
    before = Applicant.objects.values("masked", "name_key", "identity_key", "kind").get()
    amend(receipt)
    assert Applicant.objects.values("masked", "name_key", "identity_key", "kind").get() == before


def test_form_and_way_of_the_answer_change_together(receipt):
    case = amend(receipt, Contact(carrier="paper", delivery="post"))
    stored = Case.objects.get(pk=case.pk)
    assert (stored.carrier, stored.delivery) == ("paper", "post")


def test_the_line_of_the_trail_names_what_was_changed_and_nobody(receipt):
    amend(receipt)
    line = Entry.objects.get(verb="casework.amend_contact")
    assert (line.actor_id, line.object_label) == (None, receipt.number)
    assert line.details == {"contact": ["telephone", "address", "postcode"]}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Contact(telephone="12"), [("person.telephone", "telephone_wrong")]),
        (Contact(email="shen"), [("person.email", "email_wrong")]),
        (Contact(postcode="99"), [("person.postcode", "postcode_wrong")]),
        (Contact(address="青" * 301), [("person.address", "too_long")]),
        (Contact(delivery="pigeon"), [("delivery", "unknown")]),
        (Contact(carrier="paper"), [("delivery", "paper_delivery")]),
    ],
)
def test_what_is_wrong_is_what_the_form_of_an_application_calls_wrong(receipt, wanted, found):
    assert faults(receipt, wanted) == found
    assert person(receipt) == APPLICANT


def test_by_mail_or_post_nothing_comes_without_an_address(officer, application):
    bare = Person("沈青禾", "id_card", APPLICANT.identity_number, telephone="13900001111")
    receipt = actions.receive(officer, application(person=bare))
    assert faults(receipt, Contact(delivery="email")) == [("person.email", "email_missing")]
    assert faults(receipt, Contact(delivery="post")) == [("person.address", "address_missing")]
    amend(receipt, Contact(delivery="email", email="shen@example.org"))


def test_what_an_application_on_paper_lacked_bars_no_other_change(officer, application):
    lacking = Person("沈青禾", telephone="12", email="shen", address="青禾县柳溪镇一号")
    receipt = actions.receive(officer, application(person=lacking))
    amend(receipt, Contact(telephone="13811112222"))
    assert faults(receipt, Contact(email="qing")) == [("person.email", "email_wrong")]


@pytest.mark.parametrize("wanted", [Contact(), Contact(telephone=f" {APPLICANT.telephone} ")])
def test_nothing_different_is_no_change(receipt, wanted):
    assert refusal(amend, receipt, wanted) == "same_value"
    assert not Entry.objects.filter(verb="casework.amend_contact").exists()


def test_nobody_changes_anything_without_the_code(receipt):
    wrong = ("ABCD-EFGH-JKMN", MOVED)
    assert refusal(actions.amend_contact, receipt.number, *wrong) == "code_wrong"
    assert person(receipt) == APPLICANT


@pytest.mark.parametrize("stage", ["closed", "filed"])
def test_once_the_case_is_closed_the_office_is_to_be_telephoned(receipt, stage, county):
    county.own.telephone = "0990-1234567"
    county.own.save(update_fields=["telephone"])
    Case.objects.filter(pk=receipt.case.pk).update(stage=stage)
    with pytest.raises(NotAllowedError) as refused:
        amend(receipt)
    assert (refused.value.reason, refused.value.status) == ("contact_closed", 409)
    assert "0990-1234567" in refused.value.message()


def test_who_has_withdrawn_changes_nothing(receipt):
    actions.withdraw_by_applicant(receipt.number, receipt.code)
    assert refusal(amend, receipt) == "withdrawn"


def test_once_the_answer_is_signed_its_way_is_settled_and_the_address_is_not(receipt, office):
    office.signed(receipt.case, DENIED)
    assert refusal(amend, receipt, Contact(delivery="counter")) == "manner_settled"
    amend(receipt)
    dispatch(office.officer, receipt.case.letters.get(), BY_SITE)
    receipt.case.refresh_from_db()
    assert receipt.case.stage == Stage.DISPATCHED
    amend(receipt, Contact(telephone="13833334444"))
    assert person(receipt).telephone == "13833334444"


def without(*names):
    return Contact(removed=frozenset(names))


def test_what_is_chosen_to_be_removed_is_gone_and_the_rest_stays(receipt):
    amend(receipt, without("email", "postcode"))
    assert person(receipt) == replace(APPLICANT, email="", postcode="")
    line = Entry.objects.get(verb="casework.amend_contact")
    assert line.details == {"contact_removed": ["email", "postcode"]}


def test_what_is_left_empty_is_not_removed(receipt):
    amend(receipt, Contact(telephone="13811112222", email=" "))
    assert person(receipt).email == APPLICANT.email


@pytest.mark.parametrize(
    ("delivery", "name", "reason"),
    [("email", "email", "email_needed"), ("post", "address", "address_needed")],
)
def test_what_the_answer_is_to_come_by_is_not_removed(officer, application, delivery, name, reason):
    receipt = actions.receive(officer, application(delivery=delivery, carrier="electronic"))
    assert faults(receipt, without(name)) == [(f"person.{name}", reason)]
    assert person(receipt) == APPLICANT
    amend(receipt, replace(without(name), delivery="counter"))
    assert getattr(person(receipt), name) == ""


def test_one_way_to_be_reached_remains(receipt):
    everything = without("telephone", "email", "address", "postcode")
    assert faults(receipt, everything) == [("person.telephone", "contact_needed")]
    amend(receipt, without("telephone", "address"))


def test_a_way_that_was_never_given_is_missing_and_not_removed(officer, application):
    bare = Person("沈青禾", telephone="13900001111", address="青禾县柳溪镇一号")
    receipt = actions.receive(officer, application(person=bare))
    wanted = Contact(delivery="email", removed=frozenset({"address"}))
    assert faults(receipt, wanted) == [("person.email", "email_missing")]


def test_nobody_gives_a_new_value_and_removes_it(receipt):
    wanted = Contact(email="qinghe@example.org", removed=frozenset({"email"}))
    assert faults(receipt, wanted) == [("person.email", "given_and_removed")]


@pytest.mark.parametrize("name", ["name", "identity_number", "carrier", "proxy_telephone"])
def test_nothing_else_is_removed(receipt, name):
    assert refusal(amend, receipt, without(name)) == "same_value"
    assert person(receipt) == APPLICANT


@pytest.fixture
def by_proxy(officer, application):
    proxy = Proxy("周代", "passport", "E12345678", "13700003333")
    return actions.receive(
        officer, application(person=replace(APPLICANT, proxy=proxy), by_proxy=True)
    )


def test_the_telephone_of_a_proxy_is_changed_and_who_acts_is_not(by_proxy):
    amend(by_proxy, Contact(proxy_telephone="13811112222"))
    proxy = Proxy("周代", "passport", "E12345678", "13811112222")
    assert person(by_proxy) == replace(APPLICANT, proxy=proxy)
    line = Entry.objects.get(verb="casework.amend_contact")
    assert line.details == {"contact": ["proxy_telephone"]}


def test_the_telephone_of_a_proxy_is_removed_and_who_acts_is_not(by_proxy):
    amend(by_proxy, without("proxy_telephone"))
    assert person(by_proxy).proxy == Proxy("周代", "passport", "E12345678")


@pytest.mark.parametrize(
    ("telephone", "reasons"),
    [("12", ["telephone_wrong"]), ("1381111" + "-" * 40 + "2222", ["too_long"])],
)
def test_the_telephone_of_a_proxy_is_one(by_proxy, telephone, reasons):
    found = faults(by_proxy, Contact(proxy_telephone=telephone))
    assert found == [("person.proxy.telephone", reason) for reason in reasons]


def test_where_nobody_acts_for_the_applicant_there_is_no_telephone_of_theirs(receipt):
    assert refusal(amend, receipt, Contact(proxy_telephone="13811112222")) == "same_value"


def test_who_is_reached_at_a_removed_address_is_told(by_mail, receipt):
    notifying.send_due(timezone.now())
    mail.outbox.clear()
    amend(receipt, without("email"))
    notifying.send_due(timezone.now())
    assert [sent.to for sent in mail.outbox] == [[APPLICANT.email]]


def test_who_is_reached_at_the_old_address_is_told_that_and_not_what(by_mail, receipt):
    notifying.send_due(timezone.now())
    mail.outbox.clear()
    amend(receipt, Contact(email="qinghe@example.org", address="青禾县云岭镇八号"))
    assert notifying.send_due(timezone.now()) == 1
    (sent,) = mail.outbox
    assert sent.to == [APPLICANT.email]
    assert receipt.number in sent.body
    for said in ("qinghe@example.org", "云岭镇", APPLICANT.name, APPLICANT.email):
        assert said not in sent.body + sent.subject


def test_the_old_address_is_kept_sealed_and_only_until_it_is_told(by_mail, receipt):
    amend(receipt, Contact(email="qinghe@example.org"))
    waits = Notice.objects.filter(kind=notices.CONTACT_CHANGED)
    assert APPLICANT.email.encode() not in bytes(waits.get().sealed_to)
    assert APPLICANT.name not in opened(waits.get().sealed_to).decode()
    notifying.send_due(timezone.now())
    assert waits.get().sealed_to is None


def test_what_comes_later_goes_to_the_new_address(by_mail, receipt):
    amend(receipt, Contact(email="qinghe@example.org"))
    notifying.send_due(timezone.now())
    mail.outbox.clear()
    actions.withdraw_by_applicant(receipt.number, receipt.code)
    notifying.send_due(timezone.now())
    assert [sent.to for sent in mail.outbox] == [["qinghe@example.org"]]


def test_the_old_telephone_is_told_where_the_installation_sends_sms(receipt, settings):
    settings.SMS_HOOK = f"{__name__}.hook"
    TOLD.clear()
    amend(receipt)
    notifying.send_due(timezone.now())
    ((telephone, words),) = TOLD
    assert telephone == APPLICANT.telephone
    assert "13811112222" not in words


def test_where_nobody_was_reached_before_nobody_is_told(by_mail, officer, application):
    receipt = actions.receive(
        officer, application(person=Person("沈青禾", telephone="13900001111"))
    )
    amend(receipt, Contact(email="qinghe@example.org"))
    assert not Notice.objects.filter(kind=notices.CONTACT_CHANGED).exists()


def test_masked_values_tell_their_owner_and_nobody_else():
    assert masked(APPLICANT) == Contact(
        telephone="*******1111", email="s****@e****", address="青禾****", postcode="99****"
    )
    assert masked(Person("沈青禾", address="一号")) == Contact(address="****")


def test_no_value_stands_in_an_error():
    assert repr(MOVED) == "Contact(telephone, address, postcode)"
    assert repr(without("email")) == "Contact(email)"
    assert "13811112222" not in json.dumps(repr(MOVED))
