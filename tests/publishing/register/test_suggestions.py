"""How long a document is usually valid is suggested, never set."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from gongkai.publishing import actions
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register.suggestions import is_unusual, suggested_validity
from tests.publishing.register.conftest import Norm

FROM = date(2026, 3, 1)
NORM = "normative_document"


def years(county: SimpleNamespace, title: str = "供水办法", kind: str = NORM) -> int | None:
    found = suggested_validity(county.own, kind, title, FROM)
    return found.years if found else None


def test_what_is_customary_is_suggested_and_marked_as_uncertain(county: SimpleNamespace) -> None:
    found = suggested_validity(county.own, NORM, "供水管理办法", FROM)
    assert found is not None
    assert (found.years, found.last_day) == (5, date(2031, 2, 28))
    assert found.uncertain
    assert found.note


@pytest.mark.parametrize("title", ["供水管理暂行办法", "供水管理办法（试行）"])
def test_a_document_on_trial_is_suggested_less(county: SimpleNamespace, title: str) -> None:
    assert years(county, title) == 2


def test_a_period_from_the_leap_day_ends_with_february(county: SimpleNamespace) -> None:
    found = suggested_validity(county.own, NORM, "办法", date(2024, 2, 29))
    assert found is not None
    assert found.last_day == date(2029, 2, 28)


def test_a_regulation_has_no_limit_and_a_notice_no_suggestion(county: SimpleNamespace) -> None:
    assert suggested_validity(county.own, "notice", "通知", FROM) is None
    found = suggested_validity(county.own, "regulation", "规定", FROM)
    assert found is not None
    assert found.last_day is None


def test_the_nearest_agency_that_has_set_it_decides(
    cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    actions.set_usual_validity(cast.administrator, county.top, NORM, 3)
    found = suggested_validity(county.own, NORM, "办法", FROM)
    assert found is not None
    assert (found.years, found.agency, found.uncertain) == (3, county.top, False)
    actions.set_usual_validity(cast.reviewer, county.own, NORM, 4)
    assert years(county) == 4
    assert years(county, "暂行办法") == 2
    actions.unset_usual_validity(cast.reviewer, county.own, NORM)
    assert years(county) == 3


@pytest.mark.parametrize("who", ["drafter", "officer", "colleague", "supervisor", "stranger"])
def test_others_set_nothing(cast: SimpleNamespace, county: SimpleNamespace, who: str) -> None:
    with pytest.raises(NotAllowedError, match="role"):
        actions.set_usual_validity(getattr(cast, who), county.own, NORM, 3)


@pytest.mark.parametrize(("kind", "number"), [("notice", 3), (NORM, 0), (NORM, 51), ("x", 3)])
def test_what_makes_no_sense_is_refused(
    cast: SimpleNamespace, county: SimpleNamespace, kind: str, number: int
) -> None:
    with pytest.raises(NotAllowedError):
        actions.set_usual_validity(cast.reviewer, county.own, kind, number)


def test_nothing_is_set_by_itself(norm: Norm) -> None:
    document = norm()
    assert document.head is not None
    assert document.head.expires_on is None
    assert document.validity_until is None


def test_valid_for_longer_than_is_usual_is_a_reason_to_look(county: SimpleNamespace) -> None:
    found = suggested_validity(county.own, NORM, "办法", FROM)
    assert is_unusual(found, None)
    assert is_unusual(found, date(2031, 3, 1))
    assert not is_unusual(found, date(2031, 2, 28))
    assert not is_unusual(None, None)
