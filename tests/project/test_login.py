"""Five wrong passwords lock a name out from that address for a while, and nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def attempt(cast):
    def post(password: str, address: str = "198.51.100.1", username: str = "officer"):
        data = {"username": username, "password": password}
        return Client(REMOTE_ADDR=address).post(reverse("desk:login"), data)

    return post


def test_the_right_password_logs_in(attempt):
    assert attempt("pass-word-1").status_code == 302


def test_after_five_wrong_passwords_even_the_right_one_is_refused(attempt):
    for _ in range(5):
        last = attempt("wrong")
    assert last.status_code == 429
    refused = attempt("pass-word-1")
    assert refused.status_code == 429
    assert "html" in refused["Content-Type"]


def test_a_lock_out_reaches_neither_other_addresses_nor_other_people(attempt):
    for _ in range(5):
        attempt("wrong")
    assert attempt("pass-word-1", address="198.51.100.2").status_code == 302
    assert attempt("pass-word-1", username="reviewer").status_code == 302


def test_a_right_password_forgets_the_wrong_ones(attempt):
    for _ in range(4):
        attempt("wrong")
    attempt("pass-word-1")
    assert attempt("wrong").status_code == 200


def test_every_page_tells_the_browser_to_run_no_inline_script(attempt):
    policy = attempt("wrong")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
