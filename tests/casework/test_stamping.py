"""Seals and signature stamps: who may put them, which one is printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from gongkai import files
from gongkai.casework.actions.issuing import issue
from gongkai.casework.actions.stamping import put_seal
from gongkai.casework.application.models import Case
from gongkai.casework.application.sealing import opened
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.printing import print_letter
from gongkai.casework.letter.seals import LARGEST, Seal, seal_of
from gongkai.org.models import User
from tests.casework.handling import Office, refusal

SEAL, SIGNATURE = Seal.Kind.SEAL, Seal.Kind.SIGNATURE


def png(size: int = 200) -> bytes:
    """A red ring."""
    image = Image.new("RGBA", (size, size))
    ImageDraw.Draw(image).ellipse((4, 4, size - 4, size - 4), outline="#d7000f", width=8)
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def case(office: Office, received: Callable[..., Case]) -> Case:
    return received(ago=30)


def notice(user: User, case: Case, on: date) -> Letter:
    fields = {"correction_items": ("写明年度",), "correction_period": 15}
    return issue(user, case, "correction_notice", dated=on, fields=fields)


def pictures(letter: Letter) -> int:
    """How many pictures stand in it."""
    image = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    printed = pypdfium2.PdfDocument(opened(files.read(print_letter(letter).pdf)))
    return sum(len(list(page.get_objects([image], max_depth=9))) for page in printed)


def test_a_letter_carries_the_seal_of_its_day(case: Case, head: User, today: date) -> None:
    put_seal(head, case.agency, SEAL, png(), valid_from=today - timedelta(days=5))
    assert pictures(notice(head, case, today)) == 1
    assert pictures(notice(head, case, today - timedelta(days=6))) == 0


def test_seal_and_signature_stand_together(case: Case, head: User, today: date) -> None:
    put_seal(head, case.agency, SEAL, png(), valid_from=today)
    put_seal(head, case.agency, SIGNATURE, png(), valid_from=today, width=30, post="局长")
    assert pictures(notice(head, case, today)) == 2


def test_a_seal_service_takes_the_place_of_the_picture(
    case: Case, head: User, today: date, settings: Any
) -> None:
    put_seal(head, case.agency, SEAL, png(), valid_from=today)
    settings.SEAL_SERVICE = "tests.casework.test_issuing.stamped"
    assert pictures(notice(head, case, today)) == 0


def test_a_new_seal_ends_the_old_one_the_day_before(case: Case, head: User, today: date) -> None:
    begun = today - timedelta(days=9)
    old = put_seal(head, case.agency, SEAL, png(), valid_from=begun)
    new = put_seal(head, case.agency, SEAL, png(100), valid_from=today)
    days = [begun - timedelta(days=1), begun, today - timedelta(days=1), today]
    assert [seal_of(case.agency, SEAL, day) for day in days] == [None, old, old, new]


def test_a_seal_does_not_begin_before_the_one_in_use(case: Case, head: User, today: date) -> None:
    put_seal(head, case.agency, SEAL, png(), valid_from=today)
    assert refusal(put_seal, head, case.agency, SEAL, png(), valid_from=today) == "seal_refused"


@pytest.mark.parametrize(
    ("data", "width"),
    [
        (b"", 42),
        (b"GIF89a", 42),
        (png() + b" " * LARGEST, 42),
        (png(), 5),
        (png(), 90),
    ],
    ids=["empty", "no PNG", "too large", "too narrow", "too wide"],
)
def test_what_is_no_seal_is_refused(
    case: Case, head: User, today: date, data: bytes, width: float
) -> None:
    asked = {"valid_from": today, "width": width}
    assert refusal(put_seal, head, case.agency, SEAL, data, **asked) == "seal_refused"


@pytest.mark.parametrize("who", ["officer", "signatory", "stranger", "supervisor", "colleague"])
def test_only_the_head_and_the_administrator_put_seals(
    case: Case, who: str, today: date, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    assert refusal(put_seal, user, case.agency, SEAL, png(), valid_from=today) == "role"


def test_the_picture_is_kept_sealed(case: Case, head: User, today: date) -> None:
    made = put_seal(head, case.agency, SEAL, png(), valid_from=today)
    assert b"PNG" not in bytes(made.sealed)
    assert opened(made.sealed) == png()
