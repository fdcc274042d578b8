"""Public pages come from memory, to everyone alike, until the next publication."""

from __future__ import annotations

import gzip
import io
import threading
from types import SimpleNamespace

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from gongkai.project import page_cache, visits
from gongkai.project.page_cache import PageCache
from gongkai.project.page_key import Cookies
from gongkai.project.page_store import Store
from tests.project import shared_views as views

MB = 1024 * 1024
PERSONAL = "ofonereaderaloneofonereaderalone"
COOKIES = Cookies(("sessionid", "messages"), ("django_language", "size", "contrast"))


@pytest.fixture
def site(settings):
    """The cache in front of Django; `site.generation` is what the outbox would say."""
    settings.ROOT_URLCONF = "tests.project.shared_views"
    views.MADE.clear()
    views.slow.clear()
    visits.take()
    world = SimpleNamespace(generation=1)
    world.door = PageCache(
        WSGIHandler(),
        store=Store(MB),
        generation=lambda: world.generation,
        cookies=COOKIES,
        forwarded=False,
    )
    # As Django's own test client does: the connection is the test's.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield world
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def get(site, path, *, method="GET", **environ):
    """What a client gets: status, headers, body as sent."""
    said = SimpleNamespace()

    def start(status, headers, _=None):
        said.status, said.headers = int(status[:3]), dict(headers)

    path, _, query = path.partition("?")
    request = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "REMOTE_ADDR": "127.0.0.1",
        **environ,
    }
    said.body = b"".join(site.door(request, start))
    return said


def makings(site, path, times=3, **environ):
    """How often the view was asked for so many requests."""
    views.MADE.clear()
    for _ in range(times):
        get(site, path, **environ)
    return sum(views.MADE.values())


class TestKept:
    def test_a_shared_page_is_made_once(self, site):
        assert makings(site, "/page/") == 1

    def test_a_page_that_is_not_offered_is_made_each_time(self, site):
        assert makings(site, "/plain/") == 3

    def test_from_memory_it_is_the_same_to_the_byte(self, site):
        first, second = get(site, "/page/"), get(site, "/page/")
        assert (first.status, first.headers, first.body) == (
            second.status,
            second.headers,
            second.body,
        )

    def test_the_headers_of_the_application_are_kept(self, site):
        for _ in range(2):
            headers = get(site, "/page/").headers
            assert headers["Content-Type"] == "text/html; charset=utf-8"
            assert headers["Content-Language"] == "zh-hans"
            assert headers["X-Frame-Options"] == "DENY"
            assert "default-src" in headers["Content-Security-Policy"]

    def test_caches_on_the_way_have_to_ask_each_time(self, site):
        assert get(site, "/page/").headers["Cache-Control"] == (
            "public, max-age=0, must-revalidate"
        )
        assert get(site, "/page/").headers["Vary"] == "Cookie, Accept-Encoding"

    def test_a_new_generation_is_seen_at_once(self, site):
        get(site, "/page/")
        site.generation = 2
        assert makings(site, "/page/") == 1

    def test_without_a_known_generation_nothing_comes_from_memory(self, site):
        get(site, "/page/")
        site.generation = None
        assert makings(site, "/page/") == 3

    def test_what_was_made_while_something_was_published_is_not_kept(self, site):
        views.slow.clear()
        client = threading.Thread(target=get, args=(site, "/waiting/"))
        client.start()
        site.generation = 2
        get(site, "/page/")
        views.slow.set()
        client.join()
        assert makings(site, "/waiting/", times=1) == 1

    def test_it_is_made_anew_after_a_while(self, site, monkeypatch):
        monkeypatch.setattr(page_cache, "STATUSES", {"200": -1.0})
        assert makings(site, "/page/") == 3

    @pytest.mark.parametrize(
        ("path", "status", "times"),
        [
            ("/missing/", 404, 1),
            ("/withdrawn/", 410, 1),
            ("/moved/", 301, 1),
            ("/elsewhere/", 302, 3),
            ("/unavailable/", 503, 3),
            ("/unchanged/", 304, 3),
            ("/stream/", 200, 3),
            ("/never/", 200, 3),
            ("/never-inside/", 200, 3),
            ("/varied/", 200, 3),
            ("/desk/page/", 200, 3),
        ],
    )
    def test_only_some_answers_are_kept(self, site, path, status, times):
        assert get(site, path).status == status
        site.generation = 2
        assert makings(site, path) == times

    def test_an_address_that_is_none_is_not_kept(self, site):
        assert get(site, "/nothing/").status == 404
        assert len(site.door._store) == 1
        assert site.door._store.size < 2000

    def test_an_error_is_the_next_readers_chance(self, site):
        for _ in range(2):
            assert get(site, "/broken/").status == 500
        assert views.MADE["/broken/"] == 2

    def test_a_server_that_fails_leaves_nobody_waiting(self, site):
        def failing(environ, start_response):
            raise MemoryError

        site.door._application = failing
        with pytest.raises(MemoryError):
            get(site, "/page/")
        assert site.door._fillings == {}

    def test_the_log_of_a_page_too_large_stays_empty_and_it_is_made_each_time(
        self, site, monkeypatch
    ):
        monkeypatch.setattr(page_cache, "LARGEST", 100)
        assert makings(site, "/page/") == 3


class TestAReadersOwn:
    """Nothing that belongs to one reader is ever kept for another."""

    @pytest.mark.parametrize("path", ["/form/", "/cookie/", "/message/"])
    def test_a_page_with_a_token_or_a_cookie_is_not_kept(self, site, path):
        assert makings(site, path) == 3

    @pytest.mark.django_db
    def test_a_page_that_begins_a_session_is_not_kept(self, site):
        assert makings(site, "/session/") == 3

    def test_a_form_is_not_kept_for_one_who_has_its_token_already(self, site):
        token = "a" * 32
        assert makings(site, "/form/", HTTP_COOKIE=f"csrftoken={token}") == 3

    def test_a_token_written_without_asking_django_is_not_kept(self, site, monkeypatch):
        monkeypatch.setattr(views, "LONG", '<input name="csrfmiddlewaretoken">')
        assert makings(site, "/page/") == 3

    @pytest.mark.django_db
    @pytest.mark.parametrize("cookie", ["sessionid=abc", "messages=x", "size=large; sessionid=a"])
    def test_who_may_have_logged_in_gets_a_page_of_their_own(self, site, cookie):
        assert makings(site, "/page/", HTTP_COOKIE=cookie) == 3

    @pytest.mark.parametrize(
        "own",
        [
            {"HTTP_COOKIE": f"other={PERSONAL}"},
            {"HTTP_COOKIE": f"csrftoken={PERSONAL}"},
            {"HTTP_USER_AGENT": PERSONAL},
            {"HTTP_REFERER": PERSONAL},
            {"HTTP_X_FORWARDED_FOR": PERSONAL},
            {"HTTP_ACCEPT_LANGUAGE": PERSONAL},
        ],
    )
    def test_the_view_of_a_shared_page_is_not_told_of_it(self, site, own):
        assert PERSONAL.encode() not in get(site, "/told/", **own).body
        assert makings(site, "/told/") == 0

    def test_a_spoilt_token_of_one_reader_keeps_the_page_from_nobody(self, site):
        assert "Set-Cookie" in get(site, "/page/", HTTP_COOKIE="csrftoken=spoilt").headers
        assert "Set-Cookie" not in get(site, "/page/").headers
        assert makings(site, "/page/") == 0

    @pytest.mark.parametrize(
        "header", [{"HTTP_AUTHORIZATION": "Bearer x"}, {"HTTP_HX_REQUEST": "true"}]
    )
    def test_requests_that_may_get_something_else_are_passed_on(self, site, header):
        get(site, "/page/")
        assert makings(site, "/page/", **header) == 3

    def test_a_form_that_is_sent_is_passed_on(self, site):
        assert makings(site, "/page/", method="POST") in {0, 3}
        assert len(site.door._store) == 0

    def test_the_name_of_who_has_logged_in_goes_to_nobody_else(self, site, cast, client):
        client.force_login(cast.officer)
        cookie = f"sessionid={client.cookies['sessionid'].value}"
        own = get(site, "/told/", HTTP_COOKIE=cookie)
        assert b"officer" in own.body
        assert "private" in own.headers["Cache-Control"]
        assert b"officer" not in get(site, "/told/").body
        assert b"officer" not in get(site, "/told/").body


class TestApart:
    """What makes two pages of one address."""

    @pytest.mark.parametrize(
        "other",
        [
            {"HTTP_COOKIE": "django_language=en"},
            {"HTTP_COOKIE": "size=large"},
            {"HTTP_COOKIE": "contrast=high"},
            {"HTTP_HOST": "127.0.0.1"},
            {"wsgi.url_scheme": "https"},
        ],
    )
    def test_another_choice_is_another_page(self, site, other):
        first = get(site, "/page/")
        assert makings(site, "/page/", **other) == 1
        assert get(site, "/page/").body == first.body

    def test_the_language_chosen_is_the_language_answered(self, site):
        assert get(site, "/page/").body.startswith(b"zh-hans")
        assert get(site, "/page/", HTTP_COOKIE="django_language=en").body.startswith(b"en")
        assert get(site, "/page/").body.startswith(b"zh-hans")

    def test_another_page_of_a_list_is_another_page(self, site):
        assert b" 2 " in get(site, "/page/?page=2").body
        assert b" 3 " in get(site, "/page/?page=3").body

    def test_the_order_of_parameters_makes_no_difference(self, site):
        get(site, "/page/?page=2&q=a")
        assert makings(site, "/page/?q=a&page=2") == 0

    def test_a_parameter_the_view_does_not_know_is_not_kept(self, site):
        assert makings(site, "/page/?from=mail") == 3

    def test_a_host_that_is_not_ours_is_refused_and_not_kept(self, site):
        assert get(site, "/page/", HTTP_HOST="evil.example").status == 400
        assert get(site, "/page/", HTTP_HOST="evil.example").status == 400
        assert get(site, "/page/").status == 200

    def test_behind_a_proxy_the_scheme_it_names_counts(self, site):
        site.door._forwarded = True
        get(site, "/page/", HTTP_X_FORWARDED_PROTO="http")
        assert makings(site, "/page/", HTTP_X_FORWARDED_PROTO="https") == 1


class TestConditional:
    def test_who_holds_the_page_is_told_so(self, site):
        tag = get(site, "/page/").headers["ETag"]
        again = get(site, "/page/", HTTP_IF_NONE_MATCH=tag)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Content-Length" not in again.headers
        assert again.headers["Cache-Control"].startswith("public")

    def test_who_holds_an_older_one_gets_the_new(self, site):
        tag = get(site, "/page/").headers["ETag"]
        site.generation = 2
        assert get(site, "/page/", HTTP_IF_NONE_MATCH=tag).status == 200

    def test_a_page_that_comes_out_the_same_keeps_its_tag(self, site):
        tag = get(site, "/moved/").headers["ETag"]
        site.generation = 2
        assert get(site, "/moved/").headers["ETag"] == tag

    def test_the_two_codings_have_two_tags(self, site):
        plain = get(site, "/page/").headers["ETag"]
        packed = get(site, "/page/", HTTP_ACCEPT_ENCODING="gzip").headers["ETag"]
        assert plain != packed
        wrong = get(site, "/page/", HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=plain)
        assert wrong.status == 200

    def test_gzip_is_given_to_those_who_take_it_from_one_making(self, site):
        plain = get(site, "/page/")
        packed = get(site, "/page/", HTTP_ACCEPT_ENCODING="br, gzip")
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) < len(plain.body)
        assert views.MADE["/page/"] == 1

    def test_the_length_is_that_of_the_body_sent(self, site):
        for coding in ("", "gzip"):
            answer = get(site, "/page/", HTTP_ACCEPT_ENCODING=coding)
            assert answer.headers["Content-Length"] == str(len(answer.body))

    def test_head_has_the_headers_of_get_and_no_body(self, site):
        full = get(site, "/page/")
        head = get(site, "/page/", method="HEAD")
        assert (head.status, head.headers, head.body) == (200, full.headers, b"")
        assert views.MADE["/page/"] == 1

    def test_head_of_what_is_not_held_is_passed_on(self, site):
        assert get(site, "/page/", method="HEAD").status == 200
        assert makings(site, "/page/", times=1) == 1

    def test_a_missing_page_stays_missing_for_who_holds_its_page(self, site):
        tag = get(site, "/missing/").headers["ETag"]
        assert get(site, "/missing/", HTTP_IF_NONE_MATCH=tag).status == 404


class TestManyAtOnce:
    def together(self, site, path, number=12):
        answers = []
        clients = [
            threading.Thread(target=lambda: answers.append(get(site, path))) for _ in range(number)
        ]
        for client in clients:
            client.start()
        views.slow.set()
        for client in clients:
            client.join()
        return answers

    def test_a_page_is_made_by_one_of_them(self, site):
        answers = self.together(site, "/waiting/")
        assert views.MADE["/waiting/"] == 1
        assert len({answer.body for answer in answers}) == 1

    def test_a_page_that_is_not_shared_is_made_by_each(self, site):
        assert len({a.body for a in self.together(site, "/deliberate/", 6)}) == 6

    def test_who_waits_too_long_makes_their_own(self, site, monkeypatch):
        monkeypatch.setattr(page_cache, "PATIENCE", 0.01)
        client = threading.Thread(target=get, args=(site, "/waiting/"))
        client.start()
        while not site.door._fillings:
            pass
        second = threading.Thread(target=get, args=(site, "/waiting/"))
        second.start()
        second.join(0.2)
        views.slow.set()
        client.join()
        second.join()
        assert views.MADE["/waiting/"] == 2


class TestVisits:
    def test_every_reader_counts_whether_from_memory_or_not(self, site):
        for _ in range(3):
            get(site, "/counted/")
        assert visits.take() == {"document:7": 3}
        assert visits.take() == {}

    def test_a_reader_who_holds_the_page_already_counts(self, site):
        tag = get(site, "/counted/").headers["ETag"]
        get(site, "/counted/", HTTP_IF_NONE_MATCH=tag)
        get(site, "/counted/", method="HEAD")
        assert visits.take() == {"document:7": 2}

    def test_pages_that_are_not_kept_count_as_well(self, site):
        for _ in range(2):
            get(site, "/plain/")
        assert visits.take() == {"document:8": 2}

    def test_an_officer_at_work_does_not_count(self, site, cast, client):
        client.force_login(cast.officer)
        cookie = f"sessionid={client.cookies['sessionid'].value}"
        get(site, "/counted/", HTTP_COOKIE=cookie)
        assert visits.take() == {}
