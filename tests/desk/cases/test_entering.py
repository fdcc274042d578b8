"""An application is entered at the desk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.casework.application.enclosures import content
from gongkai.casework.application.models import Case
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import opened
from tests.desk.cases.conftest import PNG

NEW = "/desk/cases/new/"


@pytest.fixture
def said(county):
    """A complete application at the counter, as the form sends it."""
    return {
        "token": "t" * 43,
        "agency": county.own.pk,
        "channel": "counter",
        "submitted_on": timezone.localdate().isoformat(),
        "kind": "natural_person",
        "name": "许青苗",
        "identity_kind": "id_card",
        "identity_number": "110101199003070003",
        "telephone": "13900002222",
        "description": "青禾县二〇二五年度水费标准",
        "carrier": "paper",
        "delivery": "counter",
        "requests": "1",
    }


def test_a_complete_application_is_a_case_and_its_receipt_is_shown(said, desk, officer):
    answer = desk(officer).post(NEW, said)
    case = Case.objects.get()
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert case.number in shown
    assert answer.context["receipt"].code in shown
    assert Person.from_bytes(opened(case.applicant.sealed)).name == "许青苗"


def test_the_same_form_twice_is_one_case(said, desk, officer):
    client = desk(officer)
    first = client.post(NEW, said).context["receipt"]
    again = client.post(NEW, {**said, "looked": "1"}).context["receipt"]
    assert (again.number, again.code) == (first.number, first.code)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"description": ""}, "description"),
        ({"channel": "registered_post"}, "signed_on"),
        ({"submitted_on": "2999-01-01"}, "submitted_on"),
        ({"submitted_on": "2018-01-01"}, "submitted_on"),
        ({"requests": "0"}, "requests"),
        ({"kind": "robot"}, "kind"),
    ],
)
def test_a_problem_is_said_at_its_field_and_nothing_typed_is_lost(
    said, desk, officer, change, field
):
    answer = desk(officer).post(NEW, {**said, **change})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "许青苗" in answer.content.decode()
    assert not Case.objects.exists()


def test_what_the_letter_does_not_say_is_no_obstacle(said, desk, officer):
    answer = desk(officer).post(NEW, {**said, "identity_number": "", "telephone": ""})
    assert answer.status_code == 200
    assert Case.objects.count() == 1


def test_what_is_like_it_is_shown_before_it_is_saved(said, desk, officer):
    client = desk(officer)
    first = client.post(NEW, said).context["case"]
    asked = client.post(NEW, {**said, "token": "u" * 43})
    assert [one.case for one in asked.context["near"]] == [first]
    assert Case.objects.count() == 1
    sent = {**said, "token": "u" * 43, "looked": "1", "repeats": first.pk}
    assert client.post(NEW, sent).status_code == 200
    assert Case.objects.latest("pk").repeats == first


def test_another_persons_application_is_not_repeated(said, desk, officer):
    client = desk(officer)
    first = client.post(NEW, said).context["case"]
    other = {"name": "沈青禾", "identity_number": "", "token": "u" * 43}
    answer = client.post(NEW, {**said, **other, "looked": "1", "repeats": first.pk})
    assert answer.status_code == 422
    assert "不算重复" in answer.content.decode()
    assert Case.objects.count() == 1


def test_files_wait_sealed_while_the_officer_looks(said, desk, officer):
    client = desk(officer)
    client.post(NEW, said)
    scan = SimpleUploadedFile("scan.png", PNG, "image/png")
    asked = client.post(NEW, {**said, "token": "v" * 43, "original": scan})
    assert asked.context["kept"] == ["original"]
    sent = {**said, "token": "v" * 43, "looked": "1", "key": asked.context["key"]}
    client.post(NEW, sent)
    assert Case.objects.latest("pk").enclosures.get().kind == "application"


@pytest.mark.parametrize("who", ["signatory", "secrecy", "stranger", "supervisor"])
def test_others_enter_nothing(said, desk, who, request):
    client = desk(request.getfixturevalue(who))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, said).status_code == 403


def test_nobody_enters_for_another_agency(said, desk, colleague):
    answer = desk(colleague).post(NEW, said)
    assert answer.status_code == 422
    assert not Case.objects.exists()


def faxed(said, **changes):
    """An application by fax of which both sides have confirmed receipt."""
    told = {"channel": "fax", "confirmed_on": said["submitted_on"]}
    return {**said, **told, "reached": "许青苗本人", "manner": "telephone", **changes}


def test_who_enters_a_day_of_confirmation_says_with_whom_and_how(said, desk, officer):
    answer = desk(officer).post(NEW, faxed(said, at="14:30", note="录音在案"))
    assert answer.status_code == 200, answer.context["form"].errors
    case = Case.objects.get()
    assert case.received_on == case.confirmed_on
    kept = content(case.enclosures.get(kind="confirmation")).decode()
    assert all(word in kept for word in ("14:30", "许青苗本人", "电话", "录音在案"))
    page = desk(officer).get(f"/desk/cases/{case.pk}/").text
    assert "确认记录" in page
    assert "双方确认收到" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reached": " "}, "reached"),
        ({"manner": ""}, "manner"),
        ({"manner": "somehow"}, "manner"),
        ({"at": "halb drei"}, "at"),
        ({"confirmed_on": ""}, "confirmed_on"),
        ({"channel": "oral"}, "confirmed_on"),
    ],
)
def test_a_confirmation_that_lacks_something_is_said_at_its_field(
    said, desk, officer, changes, field
):
    answer = desk(officer).post(NEW, faxed(said, **changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Case.objects.exists()


def test_what_is_not_confirmed_yet_is_asked_for_no_manner(said, desk, officer):
    answer = desk(officer).post(NEW, {**said, "channel": "fax"})
    assert answer.status_code == 200
    assert Case.objects.get().received_on is None


def test_how_it_was_confirmed_is_not_lost_while_the_officer_looks(said, desk, officer):
    client = desk(officer)
    client.post(NEW, said)
    asked = client.post(NEW, faxed(said, token="w" * 43))
    assert asked.context["near"]
    assert 'value="许青苗本人"' in asked.text
    assert '<option value="telephone" selected>' in asked.text


def test_what_is_asked_for_is_not_called_optional(desk, officer):
    form = desk(officer).get(NEW).context["form"]
    assert form.fields["description"].required
    assert not form.fields["document_number"].required
