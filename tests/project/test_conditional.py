"""What a client says about codings and tags, as RFC 9110 has it."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.project.conditional import entity_tag, is_held, packed, takes_gzip


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("br, gzip", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("gzip;q=0.5", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("br", False),
        ("identity", False),
        ("notgzip", False),
        ("gzip;q=x", False),
    ],
)
def test_gzip_is_taken_only_by_who_says_so(header, takes):
    assert takes_gzip(header) is takes


@given(st.text(max_size=60))
def test_any_header_is_understood_somehow(header):
    assert takes_gzip(header) in {True, False}
    assert is_held(header, '"x"') in {True, False}


@pytest.mark.parametrize(
    ("header", "held"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ('"a-gzip"', False),
        ("a", False),
        ("", False),
    ],
)
def test_a_tag_is_held_if_it_is_among_those_named(header, held):
    assert is_held(header, '"a"') is held


@given(st.binary(max_size=3000))
def test_packing_loses_nothing_and_is_never_larger(body):
    small = packed(body, "text/html; charset=utf-8")
    assert small is None or (gzip.decompress(small) == body and len(small) < len(body))
    assert small == packed(body, "text/html")


@pytest.mark.parametrize(
    ("kind", "packs"),
    [
        ("text/html; charset=utf-8", True),
        ("application/atom+xml", True),
        ("application/ld+json", True),
        ("image/svg+xml", True),
        ("image/png", False),
        ("application/pdf", False),
    ],
)
def test_text_is_packed_and_what_is_packed_already_is_not(kind, packs):
    assert (packed(b"x" * 5000, kind) is not None) is packs


def test_a_tag_tells_bytes_and_codings_apart():
    tags = {entity_tag(b"a"), entity_tag(b"b"), entity_tag(b"a", coding="gzip")}
    assert len(tags) == 3
    assert entity_tag(b"a") == entity_tag(b"a")
