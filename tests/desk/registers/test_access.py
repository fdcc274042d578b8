"""Who reads and who changes the register, its tallies and clean-ups and the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.desk.registers.conftest import YEAR, Open

READERS = ("drafter", "officer", "reviewer", "legality_reviewer", "supervisor", "administrator")
OTHERS = ("colleague", "stranger")
PAGES = (
    "/desk/register/qh-cz/",
    "/desk/register/qh-cz/usual/",
    f"/desk/register/qh-cz/year/{YEAR}/",
    f"/desk/register/qh-cz/year/{YEAR}/proactive.normative_documents.made/",
    f"/desk/register/qh-cz/year/{YEAR}/proactive.fees.amount_wan/",
    "/desk/register/qh-cz/campaigns/",
    f"/desk/register/qh-cz/tallies/{YEAR}/",
    "/desk/catalogue/qh-cz/",
    "/desk/catalogue/qh-cz/duties/",
    "/desk/catalogue/qh-cz/columns/",
)
FORMS = (
    ("/desk/register/qh-cz/campaigns/start/", ("officer", "legality_reviewer")),
    ("/desk/register/qh-cz/tallies/import/", ("officer", "reviewer")),
    ("/desk/catalogue/qh-cz/add/", ("officer", "reviewer")),
    ("/desk/catalogue/qh-cz/import/", ("officer", "reviewer")),
)


@pytest.mark.parametrize("path", ["/desk/register/", "/desk/catalogue/", *PAGES])
def test_nobody_sees_the_pages_without_logging_in(county: SimpleNamespace, path: str) -> None:
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_everybody_of_the_agency_and_its_supervisor_reads_them(
    cast: SimpleNamespace, desk: Callable[..., Client], path: str
) -> None:
    for who in READERS:
        assert desk(getattr(cast, who)).get(path).status_code == 200, who


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", OTHERS)
def test_others_read_why_they_may_not(read: Open, path: str, who: str) -> None:
    assert "没有办理此事的权限" in read(path, who, 403)


@pytest.mark.parametrize(("path", "who"), FORMS)
def test_forms_are_for_those_who_may_send_them(
    cast: SimpleNamespace, desk: Callable[..., Client], path: str, who: tuple[str, ...]
) -> None:
    for name in who:
        assert desk(getattr(cast, name)).get(path).status_code == 200, name
    for name in ("drafter", "supervisor", *OTHERS):
        assert desk(getattr(cast, name)).get(path).status_code == 403, name


@pytest.mark.parametrize(
    "path",
    [
        "/desk/register/nowhere/",
        "/desk/catalogue/nowhere/",
        "/desk/register/qh-cz/documents/999999/",
        "/desk/register/qh-cz/documents/99999999999999999999/",
        "/desk/catalogue/qh-cz/items/99999999999999999999/",
        "/desk/register/qh-cz/year/1999/",
        "/desk/register/qh-cz/year/9999/",
        f"/desk/register/qh-cz/year/{YEAR}/proactive.nothing.made/",
        "/desk/register/qh-cz/campaigns/999999/",
        "/desk/register/qh-cz/tallies/1999/",
        f"/desk/register/qh-cz/tallies/{YEAR}/?unit=nowhere",
        "/desk/catalogue/qh-cz/items/999999/",
        "/desk/catalogue/qh-cz/duties/999999/excuse/",
    ],
)
def test_what_does_not_exist_is_not_found(read: Open, path: str) -> None:
    read(path, "officer", 404)


@pytest.mark.parametrize(
    "path", ["/desk/register/qh-cz/campaigns/1/close/", "/desk/catalogue/qh-cz/suggest/"]
)
def test_a_verb_is_only_for_forms(read: Open, path: str) -> None:
    read(path, "officer", 405)
