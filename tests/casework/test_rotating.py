"""Keys are changed: everything is sealed anew, and the old key opens nothing any more."""

from __future__ import annotations

import pytest

from gongkai import files
from gongkai.casework.actions import rotating
from gongkai.casework.application import enclosures, sealing
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Applicant
from gongkai.casework.application.person import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_keys(settings, tmp_path):
    """Keys of this test alone."""
    settings.PERSON_KEYS = str(tmp_path / "keys")
    settings.FILES = tmp_path / "files"
    return tmp_path / "keys" / sealing.KEYS


@pytest.fixture
def filled(own_keys, received):
    case = received()
    enclosures.enclose(case, "identity", Incoming("证.png", "image/png", b"picture"), None)
    return case


def test_everything_is_sealed_anew_and_the_old_key_goes(filled, own_keys):
    before = own_keys.read_text()
    sealed = bytes(filled.applicant.sealed)
    assert rotating.rotate() == 3
    after = own_keys.read_text()
    assert len(after.split()) == 1
    assert after != before
    applicant = Applicant.objects.get(case=filled)
    assert bytes(applicant.sealed) != sealed
    assert Person.from_bytes(sealing.opened(applicant.sealed)).name == "沈青禾"
    enclosure = filled.enclosures.get()
    assert enclosures.content(enclosure) == b"picture"
    assert enclosures.name_of(enclosure) == "证.png"
    with pytest.raises(sealing.SealBrokenError):
        sealing.opened(sealed)


def test_a_rotation_that_was_interrupted_is_finished_without_another_key(filled, own_keys):
    sealing.add_key()
    newest = own_keys.read_text().split()[0]
    filled.applicant.sealed = sealing.sealed_anew(filled.applicant.sealed)
    filled.applicant.save()
    assert rotating.rotate() == 2
    assert own_keys.read_text().split() == [newest]


def test_no_key_is_dropped_while_something_does_not_open(filled, own_keys):
    Applicant.objects.filter(case=filled).update(sealed=b"broken")
    with pytest.raises(sealing.SealBrokenError):
        rotating.rotate()
    assert len(own_keys.read_text().split()) == 2


def test_the_same_person_is_still_found_by_name(filled):
    key = filled.applicant.name_key
    rotating.rotate()
    assert sealing.index_key("name", "沈青禾") == key


def test_every_column_that_holds_sealed_bytes_is_known():
    named = {f"{model._meta.label}.{field}" for model, field in rotating.sealed_fields()}
    assert {
        "casework.Applicant.sealed",
        "casework.Enclosure.sealed_name",
        "casework.Consultation.sealed",
        "casework.Letter.sealed",
    } <= named


def test_what_is_on_the_disk_keeps_its_name(filled):
    sha256 = filled.enclosures.get().sha256
    before = files.read(sha256)
    rotating.rotate()
    assert files.read(sha256) != before


def test_what_was_sealed_with_the_old_key_meanwhile_is_sealed_anew_too(filled):
    late = bytes(filled.applicant.sealed)
    written_late = []

    def writes_late(done):
        if done == 3:
            written_late.append(Applicant.objects.filter(case=filled).update(sealed=late))

    assert rotating.rotate(writes_late) == 4
    assert written_late == [1]
    sealed = Applicant.objects.get(case=filled).sealed
    assert Person.from_bytes(sealing.opened(sealed)).name == "沈青禾"
