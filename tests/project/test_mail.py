"""One URL names the mail server; what it does not say is said by its scheme."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.project.mail import settings_of


def test_without_a_url_nothing_is_sent():
    assert settings_of("")["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


def test_server_sender_and_password_are_read_from_the_url():
    found = settings_of("smtp+tls://o%40x.cn:p%3A%2F@mail.x.cn?from=office@x.cn")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.x.cn", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("o@x.cn", "p:/")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)
    assert found["DEFAULT_FROM_EMAIL"] == "office@x.cn"


@pytest.mark.parametrize(
    "url", ["mail.x.cn", "http://mail.x.cn?from=a@x.cn", "smtp://x.cn", "smtp://x.cn:no?from=a@b.c"]
)
def test_what_names_no_server_is_refused_with_an_example(url):
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_EMAIL_URL"):
        settings_of(url)
