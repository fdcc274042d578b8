"""What every request meets: its size, its sender, its language, how often it may come."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory

from gongkai.project import middleware, throttle, visitor

MB = 1024 * 1024


def answered(wrap, request):
    return wrap(lambda asked: HttpResponse(getattr(asked, "LANGUAGE_CODE", "")))(request)


class TestLanguage:
    @pytest.mark.parametrize(
        ("cookie", "browser", "spoken"),
        [
            (None, "en-GB", "zh-hans"),
            ("en", "zh-CN", "en"),
            ("zh-hans", "en", "zh-hans"),
            ("fr", "fr", "zh-hans"),
        ],
    )
    def test_is_chinese_unless_the_reader_has_chosen(self, settings, cookie, browser, spoken):
        request = RequestFactory().get("/", headers={"accept-language": browser})
        if cookie:
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
        response = answered(middleware.chosen_language, request)
        assert response.content.decode() == spoken
        assert response["Content-Language"] == spoken
        assert "Cookie" in response["Vary"]


class TestBody:
    @pytest.mark.parametrize(("length", "status"), [("", 200), (str(200 * MB), 200), ("x", 200)])
    def test_within_the_limit_goes_on(self, length, status):
        request = RequestFactory().post("/")
        request.META["CONTENT_LENGTH"] = length
        assert answered(middleware.body_limit, request).status_code == status

    def test_over_the_limit_is_refused_unread(self, settings):
        request = RequestFactory().post("/")
        request.META["CONTENT_LENGTH"] = str(settings.BODY_LIMIT + 1)
        request.META["wsgi.input"] = None
        response = answered(middleware.body_limit, request)
        assert response.status_code == 413
        assert "20 MB" in response.content.decode()


class TestVisitor:
    @pytest.mark.parametrize(
        ("proxies", "forwarded", "seen"),
        [
            (0, "1.1.1.1", "10.0.0.9"),
            (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
            (2, "1.1.1.1, 2.2.2.2", "1.1.1.1"),
            (3, "1.1.1.1, 2.2.2.2", "10.0.0.9"),
            (1, "", "10.0.0.9"),
            (1, "1.1.1.1,2001:db8::7", "2001:db8::7"),
            (1, "2.2.2.2, <no address>", "10.0.0.9"),
        ],
    )
    def test_is_who_the_trusted_proxies_say(self, settings, proxies, forwarded, seen):
        settings.TRUSTED_PROXIES = proxies
        request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded)
        assert visitor.address(request) == seen

    def test_may_be_named_in_a_header_that_no_other_name_can_be_mistaken_for(self, settings):
        settings.TRUSTED_PROXIES, settings.VISITOR_HEADER = 1, "Visitor"
        request = RequestFactory().get("/", headers={"visitor": "2.2.2.2"})
        request.META["HTTP_X_FORWARDED_FOR"] = "1.1.1.1"
        assert visitor.address(request) == "2.2.2.2"


class TestThrottle:
    @pytest.fixture(autouse=True)
    def empty(self):
        caches["shared"].clear()

    def test_lets_so_many_through_and_says_when_to_come_back(self):
        at = [throttle.allowance("drop", "1.1.1.1", 3, 600, now=float(n)) for n in range(4)]
        assert [one.allowed for one in at] == [True, True, True, False]
        assert [one.left for one in at] == [2, 1, 0, 0]
        assert at[3].retry_after == 597

    def test_lets_the_next_through_when_the_first_is_out_of_the_window(self):
        for n in range(3):
            throttle.allowance("drop", "1.1.1.1", 3, 600, now=float(n))
        assert not throttle.allowance("drop", "1.1.1.1", 3, 600, now=599.0).allowed
        assert throttle.allowance("drop", "1.1.1.1", 3, 600, now=600.5).allowed

    def test_counts_every_visitor_and_every_purpose_apart(self):
        assert throttle.allowance("drop", "1.1.1.1", 1, 600).allowed
        assert throttle.allowance("drop", "2.2.2.2", 1, 600).allowed
        assert throttle.allowance("other", "1.1.1.1", 1, 600).allowed
        assert not throttle.allowance("drop", "1.1.1.1", 1, 600).allowed

    def test_with_no_limit_lets_everything_through(self):
        assert all(throttle.allowance("drop", "1.1.1.1", 0, 600).allowed for _ in range(50))

    def test_keeps_no_address(self, settings):
        throttle.allowance("drop", "192.0.2.77", 3, 600)
        kept = [path.read_bytes() for path in (settings.HOME / "cache").iterdir()]
        assert kept
        assert not any(b"192.0.2.77" in data for data in kept)

    def test_takes_its_limit_from_the_settings(self, settings):
        settings.DROP_LIMIT = 2
        request = RequestFactory().post("/", REMOTE_ADDR="198.51.100.4")
        assert [throttle.drop_allowance(request).allowed for _ in range(3)] == [True, True, False]
