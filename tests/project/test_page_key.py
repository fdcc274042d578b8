"""Which requests may be answered from memory, and what tells two of them apart."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.project.page_key import LONGEST, Cookies, canonical, chosen, key

COOKIES = Cookies(("sessionid",), ("language", "size"))


def of(**changed):
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        **changed,
    }
    return key(environ, COOKIES, forwarded=False)


@pytest.mark.parametrize(
    "changed",
    [
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "OPTIONS"},
        {"CONTENT_LENGTH": "5"},
        {"PATH_INFO": "/desk/"},
        {"PATH_INFO": "/api/v1/documents"},
        {"PATH_INFO": "/" + "a" * LONGEST},
        {"QUERY_STRING": "q=" + "a" * LONGEST},
        {"HTTP_HOST": "a" * (LONGEST + 1)},
        {"QUERY_STRING": "&".join(f"a{n}=1" for n in range(21))},
        {"HTTP_COOKIE": "sessionid=1"},
        {"HTTP_COOKIE": "size=large; sessionid=1"},
        {"HTTP_COOKIE": "size=" + "a" * 17},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_HX_REQUEST": "true"},
    ],
)
def test_what_may_be_for_one_person_has_none(changed):
    assert of(**changed) is None


def test_head_asks_for_the_same_page_as_get():
    assert of(REQUEST_METHOD="HEAD") == of() is not None


def test_the_proxys_scheme_is_not_believed_unless_a_proxy_is_trusted():
    assert of(HTTP_X_FORWARDED_PROTO="https") == of()


def test_cookies_of_others_do_not_count():
    assert chosen("theirs=1; size=large", COOKIES) == ("", "large")
    assert chosen("theirs=1", COOKIES) == chosen("", COOKIES)


@given(st.text(max_size=80))
def test_any_cookie_header_gives_choices_or_none(header):
    choices = chosen(header, COOKIES)
    assert choices is None or len(choices) == 2


PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=3)), max_size=5)


@given(PAIRS, st.randoms())
def test_a_query_with_its_parameters_moved_is_the_same_if_equal_names_keep_their_order(pairs, rnd):
    names = sorted({name for name, _ in pairs})
    rnd.shuffle(names)
    moved = [pair for name in names for pair in pairs if pair[0] == name]
    assert canonical(urlencode(moved)) == canonical(urlencode(pairs))


def test_two_values_of_one_name_keep_their_order():
    assert canonical("a=1&a=2") != canonical("a=2&a=1")
    assert canonical("a=") != canonical("")
