"""The API: its operations, how its failures are told, and its OpenAPI document."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from gongkai.api.failures import Failure, answer, problem, refusal
from gongkai.api.reading import documents, lists
from gongkai.api.writing import drafts
from gongkai.org.refusal import Refusal

JSON = "application/json"
DESCRIPTION = """公开的信息人人可读；办公系统凭本机关的令牌起草、送审。
审核和公布由人办理，没有接口可以绕过。

Everybody may read what is public. An office-automation system with a token of its agency drafts
and hands in; people review and publish, and no operation goes around them.

失败一律答复 `{"errors": [{"code", "message": {"zh", "en"}, "field"}]}`。Failures always have this
shape."""
OURS = ("payload", "wish")
"""Names of parameters here, which say nothing to a client."""
CODES = {"missing": "missing", "extra_forbidden": "unknown_field"}


class Strict(Parser):
    """JSON that is said to be JSON, in UTF-8, an object."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The object in the body. Raises Failure 400, 413 or 415."""
        if request.content_type != JSON:
            raise Failure(415, "media_type", "header.Content-Type", JSON)
        try:
            found = json.loads(request.body.decode("utf-8"), parse_constant=_no_number)
        except RequestDataTooBig as error:
            raise Failure(413, "too_large", "body") from error
        except (ValueError, RecursionError) as error:
            raise Failure(400, "bad_request", "body") from error
        if not isinstance(found, dict):
            raise Failure(422, "invalid", "body", "object")
        return found


def _no_number(text: str) -> Any:
    raise ValueError(text)


api = NinjaAPI(
    title="公开 Gongkai",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api-1",
    parser=Strict(),
)
api.add_router("", lists.router)
api.add_router("/documents", documents.router)
api.add_router("/drafts", drafts.router)


@api.exception_handler(Failure)
def _failed(_: HttpRequest, failure: Any) -> HttpResponse:
    return answer(failure.status, [failure.problem], failure.headers)


@api.exception_handler(Refusal)
def _refused(_: HttpRequest, refused: Any) -> HttpResponse:
    return answer(refused.status, [refusal(refused)])


@api.exception_handler(ValidationError)
def _invalid(_: HttpRequest, error: Any) -> HttpResponse:
    return answer(422, [_told(one) for one in error.errors[:50]])


@api.exception_handler(HttpError)
def _unread(_: HttpRequest, error: Any) -> HttpResponse:
    """What the library says of a body; where the parser of ours refused it, its own reason."""
    if isinstance(error.__cause__, Failure):
        return _failed(_, error.__cause__)
    return answer(400, [problem("bad_request", "body")])


@api.exception_handler(AuthenticationError)
def _stranger(_: HttpRequest, __: Any) -> HttpResponse:
    return answer(401, [problem("unauthorised")], {"WWW-Authenticate": "Bearer"})


@api.exception_handler(Http404)
def _missing(_: HttpRequest, __: Any) -> HttpResponse:
    return answer(404, [problem("not_found")])


@api.exception_handler(RequestDataTooBig)
def _too_big(_: HttpRequest, __: Any) -> HttpResponse:
    return answer(413, [problem("too_large", "body")])


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(BadRequest)
@api.exception_handler(MultiPartParserError)
def _malformed(_: HttpRequest, __: Any) -> HttpResponse:
    return answer(400, [problem("bad_request", "body")])


def _told(error: dict[str, Any]) -> dict[str, Any]:
    source, *parts = (str(part) for part in error["loc"] if part not in OURS)
    place = ["body" if source in {"file", "form"} else source, *parts]
    code = CODES.get(error["type"], "invalid")
    return problem(code, ".".join(place), str(error["msg"])[:200] if code == "invalid" else "")
