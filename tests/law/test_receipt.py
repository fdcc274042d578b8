"""The day an application counts as received, and what it must contain."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from gongkai.law.dated import NotInForceError
from gongkai.law.receipt import (
    ReceiptError,
    Unconfirmed,
    channel,
    channels,
    correction_grounds,
    elements,
    missing,
    receipt,
)

TODAY = date(2026, 3, 20)
SENT = date(2026, 3, 2)
CASES = tomllib.loads((Path(__file__).parent / "receipts.toml").read_text("utf-8"))["cases"]
COMPLETE = {"name", "identity_proof", "contact", "description", "form_of_provision"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_channel_says_which_day_counts(case: dict) -> None:
    kind, _, days = case.get("unconfirmed", "never").partition(" ")
    found = receipt(
        case["channel"],
        submitted_on=case["submitted_on"],
        signed_on=case.get("signed_on"),
        confirmed_on=case.get("confirmed_on"),
        as_of=case.get("as_of", TODAY),
        unconfirmed=Unconfirmed(kind, int(days or 0)),
    )
    assert found.on == case.get("on")
    assert found.basis == case.get("basis", "")
    assert found.awaits == case.get("awaits", "")
    assert found.article == case["article"]


def test_seven_channels() -> None:
    codes = {known.code for known in channels(on=TODAY)}
    post = {"registered_post", "ordinary_post"}
    assert codes == {"web", "counter", "fax", "email", "oral"} | post


def test_a_day_in_the_future_is_refused_by_name() -> None:
    with pytest.raises(ReceiptError) as refused:
        receipt("web", submitted_on=SENT, confirmed_on=date(2026, 3, 21), as_of=TODAY)
    assert (refused.value.reason, refused.value.what) == ("future", "confirmed_on")
    with pytest.raises(ReceiptError) as refused:
        receipt("counter", submitted_on=date(2026, 3, 21), as_of=TODAY)
    assert (refused.value.reason, refused.value.what) == ("future", "submitted_on")


def test_nothing_is_signed_for_before_it_was_sent() -> None:
    with pytest.raises(ReceiptError) as refused:
        receipt("registered_post", submitted_on=SENT, signed_on=date(2026, 3, 1), as_of=TODAY)
    assert (refused.value.reason, refused.value.what) == ("before_submission", "signed_on")


def test_days_after_submission_are_not_negative() -> None:
    with pytest.raises(ReceiptError) as refused:
        receipt("web", submitted_on=SENT, as_of=TODAY, unconfirmed=Unconfirmed("after_days", -1))
    assert refused.value.reason == "days"


def test_what_the_regulations_leave_open_is_marked() -> None:
    assert receipt("web", submitted_on=SENT, as_of=TODAY).uncertain
    assert receipt("oral", submitted_on=SENT, as_of=TODAY).uncertain
    assert not receipt("web", submitted_on=SENT, confirmed_on=SENT, as_of=TODAY).uncertain
    assert not receipt("counter", submitted_on=SENT, as_of=TODAY).uncertain
    assert all(known.note for known in channels(on=TODAY) if known.uncertain)


def test_a_channel_is_named_in_both_languages_and_must_exist() -> None:
    assert channel("web", on=TODAY).words("zh-hans") == "网上申请"
    assert channel("web", on=TODAY).words("en") == "Web form"
    with pytest.raises(KeyError, match="pigeon"):
        channel("pigeon", on=TODAY)
    with pytest.raises(NotInForceError):
        channel("web", on=date(2019, 5, 14))


def test_a_complete_application_lacks_nothing() -> None:
    assert missing(COMPLETE) == ()


@pytest.mark.parametrize(
    ("element", "correction", "article"),
    [
        ("name", "identity", "29(2)(一)"),
        ("identity_proof", "identity", "29(2)(一)"),
        ("contact", "identity", "29(2)(一)"),
        ("description", "description", "29(2)(二)"),
        ("form_of_provision", "form", "29(2)(三)"),
    ],
)
def test_what_is_missing_says_on_which_ground_it_is_asked_for(
    element: str, correction: str, article: str
) -> None:
    (found,) = missing(COMPLETE - {element})
    assert (found.code, found.correction, found.article) == (element, correction, article)


def test_a_proxy_proves_authority_and_both_identities() -> None:
    lacking = missing(COMPLETE - {"identity_proof"}, proxy=True)
    assert [e.code for e in lacking] == ["identity_proof", "authority", "proxy_identity_proof"]
    assert missing(COMPLETE | {"authority", "proxy_identity_proof"}, proxy=True) == ()


def test_a_purpose_is_never_asked() -> None:
    with pytest.raises(KeyError, match="purpose"):
        missing({"purpose"})


def test_every_ground_for_a_correction_is_one_of_four() -> None:
    grounds = [known.code for known in correction_grounds()]
    assert grounds == ["identity", "description", "form", "proxy"]
    assert {e.correction for e in elements()} == set(grounds)
