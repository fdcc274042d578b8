"""Who applied is readable nowhere but through the verb that opens it."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.defaults import server_error
from PIL import Image

from gongkai.casework import actions
from gongkai.casework.actions.enclosing import add_enclosure
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Channel, EnclosureKind
from gongkai.casework.application.person import Person, Proxy
from gongkai.project import urls
from gongkai.project.log_lines import LineFormatter
from gongkai.publishing.search import pull
from gongkai.trail.models import Entry
from tests.casework.handling import BY_TELEPHONE

pytestmark = pytest.mark.django_db

PERSON = Person(
    name="慕容雪见",
    identity_kind="id_card",
    identity_number="110101199003070003",
    telephone="13987654321",
    email="murong.xuejian@example.org",
    address="青禾县柳溪镇桃花坞九十九号",
    postcode="990199",
    proxy=Proxy("欧阳问天", "other", "QX-7788991", "13912345678"),
)
SECRETS = (
    PERSON.name,
    PERSON.identity_number,
    PERSON.telephone,
    PERSON.email,
    PERSON.address,
    PERSON.proxy.name,
    PERSON.proxy.identity_number,
    PERSON.proxy.telephone,
    "慕容雪见的身份证.png",
)
TEXT = "关于桃花坞河道整治的全部批复"


@pytest.fixture
def case(officer, application, today):
    filled = application(person=PERSON, description=TEXT, channel=Channel.FAX)
    case = actions.receive(officer, filled).case
    case = actions.confirm(officer, case, today, BY_TELEPHONE)
    file = Incoming("慕容雪见的身份证.png", "image/png", picture())
    add_enclosure(officer, case, EnclosureKind.IDENTITY, file)
    actions.open_person(officer, case, "contact")
    return case


def picture() -> bytes:
    """A scan, small enough to be searched for."""
    written = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(written, "PNG")
    return written.getvalue()


def held(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def all_rows() -> dict[str, str]:
    """Everything the database holds, as text, by table."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = "\n".join(
                " ".join(
                    bytes(value).decode("utf-8", "replace")
                    if isinstance(value, bytes | memoryview)
                    else str(value)
                    for value in row
                )
                for row in cursor.fetchall()
            )
    return found


def test_no_table_holds_who_applied(case):
    assert {table: held(text) for table, text in all_rows().items() if held(text)} == {}


def test_what_was_asked_stands_with_the_case_alone(case):
    assert [table for table, text in all_rows().items() if TEXT in text] == ["casework_case"]


def test_the_trail_holds_no_word_of_it(case):
    lines = Entry.objects.filter(object_type="casework.case", object_id=str(case.pk))
    assert {line.verb for line in lines} == {
        "casework.receive",
        "casework.confirm",
        "casework.enclose",
        "casework.open_person",
    }
    assert held(json.dumps(list(lines.values()), default=str, ensure_ascii=False)) == []


def test_no_file_of_the_installation_holds_it_in_plain(case):
    pull.rebuild()
    for place in Path(configured.HOME).rglob("*"):
        if place.is_file():
            data = place.read_bytes()
            assert [s for s in (*SECRETS, TEXT) if s.encode() in data] == [], place
            assert picture() not in data


def test_public_pages_and_search_show_none_of_it(case, client):
    pull.rebuild()
    for url in ("/", f"/search/?q={TEXT}", f"/search/?q={PERSON.name}", "/sections/apply/"):
        page = client.get(url).content.decode()
        assert case.number not in page
        assert case.applicant.masked not in page


def fails(request: HttpRequest) -> HttpResponse:
    """A page that fails with somebody's data at hand, as a database does that quotes a row."""
    person = PERSON
    raise IntegrityError(f"Failing row contains ({person.name}, {person.telephone})")


urlpatterns = [path("fails/", fails), *urls.urlpatterns]
handler500 = getattr(urls, "handler500", server_error)


def test_an_error_says_nothing_of_it_to_the_page_or_the_log(settings):
    settings.ROOT_URLCONF = __name__
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(LineFormatter("{levelname} {message}", style="{"))
    logging.getLogger().addHandler(handler)
    try:
        response = Client(raise_request_exception=False).get("/fails/")
    finally:
        logging.getLogger().removeHandler(handler)
    assert response.status_code == 500
    assert "IntegrityError" in written.getvalue()
    assert held(response.content.decode() + written.getvalue()) == []


def test_the_installation_logs_in_that_form():
    assert configured.LOGGING["formatters"]["line"]["()"] == (
        f"{LineFormatter.__module__}.{LineFormatter.__qualname__}"
    )


def test_refusals_name_nobody(case, stranger):
    with pytest.raises(Exception) as refused:  # noqa: PT011  whatever it is
        actions.open_person(stranger, case, "contact")
    assert held(str(refused.value) + repr(refused.value)) == []


def test_an_application_and_a_person_do_not_print_themselves(application):
    assert held(repr(application(person=PERSON)) + repr(PERSON) + str(PERSON)) == []
