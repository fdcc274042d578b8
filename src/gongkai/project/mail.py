"""The mail server that GONGKAI_EMAIL_URL names, as Django's settings take it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
TIMEOUT = 20
"""Seconds a mail server may take to answer."""


def settings_of(url: str) -> dict[str, Any]:
    """Settings for smtp://user:password@host:port?from=address (also smtp+tls and smtps).

    Without a URL nothing is sent. Raises ImproperlyConfigured.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "GONGKAI_EMAIL_URL: write smtp://user:password@host:port?from=office@example.org, "
            "or smtp+tls:// or smtps://"
        )
    if "from" not in options:
        raise ImproperlyConfigured("GONGKAI_EMAIL_URL: name the sender, ?from=office@example.org")
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"GONGKAI_EMAIL_URL: {error}") from error
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT,
        "DEFAULT_FROM_EMAIL": options["from"],
    }
