"""A request sent twice is carried out once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from gongkai.api.bearer import token_of
from gongkai.api.failures import Failure
from gongkai.api.models import Answer, Token

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)
KEPT = timedelta(hours=24)
PARAMETER = {
    "parameters": [
        {
            "name": HEADER,
            "in": "header",
            "required": False,
            "description": "同一个键的请求只办理一次，24 小时内再发得到同一个答复。"
            " A request with the same key is carried out once; sent again within 24 hours it is"
            " answered the same.",
            "schema": {"type": "string", "pattern": r"^[!-~]{1,200}$"},
        }
    ]
}
"""The header, as the OpenAPI document tells of it."""


def once(request: HttpRequest, digest: str, act: Callable[[], tuple[int, dict[str, Any]]]) -> Any:
    """Carry `act` out in one transaction and give its status and body, or those it once gave.

    `digest` tells the content of the request. Only what succeeded is kept: a request that was
    refused changed nothing, and may succeed the next time. Raises Failure 422 for a key that
    belongs to another request.
    """
    token, key = token_of(request), request.headers.get(HEADER)
    if key is None:
        with transaction.atomic():
            return act()
    if not KEY.fullmatch(key):
        raise Failure(422, "bad_key", f"header.{HEADER}")
    asked = _asked(request, digest)
    now = timezone.now()
    Answer.objects.filter(at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            kept = Answer.objects.create(token=token, key=key, request=asked, at=now)
            kept.status, kept.body = act()
            kept.save(update_fields=["status", "body"])
            return kept.status, kept.body
    except IntegrityError:
        return _told_before(token, key, asked)


def _told_before(token: Token, key: str, asked: str) -> tuple[int, dict[str, Any]]:
    held = Answer.objects.filter(token=token, key=key).first()
    if held is None or held.status is None or held.body is None:
        raise Failure(409, "changed_meanwhile")
    if held.request != asked:
        raise Failure(422, "other_request", f"header.{HEADER}")
    return held.status, held.body


def _asked(request: HttpRequest, digest: str) -> str:
    told = json.dumps([request.method, request.get_full_path(), digest])
    return hashlib.sha256(told.encode()).hexdigest()
