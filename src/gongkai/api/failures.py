"""Every failure in one shape: a code, words in two languages, and the field it is about."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from gongkai.org.refusal import Refusal

Respond = Callable[[HttpRequest], HttpResponse]
Words = tuple[str, str]

logger = logging.getLogger(__name__)

PLACE = "/api/v1/"
WORDS: Mapping[str, Words] = {
    "bad_request": (
        "请求写法不对，没有办理。请对照接口文档。",
        "The request is not well formed. Compare it with the documentation.",
    ),
    "unauthorised": (
        "需要令牌：请在 Authorization 头里写 Bearer 和令牌。令牌可能已停用。",
        "A token is needed: send it as `Authorization: Bearer …`. It may have been revoked.",
    ),
    "forbidden": ("没有权限。", "This is not allowed."),
    "not_found": ("没有找到。请核对地址和编号。", "Nothing was found. Check the address."),
    "unknown_agency": ("没有这个机关。请核对代码。", "There is no such agency. Check its code."),
    "gone": ("这份文件已经撤回。", "The document has been withdrawn."),
    "method_not_allowed": (
        "这个地址不支持这种方法。支持的方法见 Allow 头。",
        "The address does not take this method. The Allow header lists those it takes.",
    ),
    "too_large": ("内容过大。", "The body is too large."),
    "media_type": (
        "内容类型不对。请用 {}。",
        "The type of the body is wrong. Send {}.",
    ),
    "too_many": (
        "请求太频繁。请等 Retry-After 头里的秒数后再试。",
        "Too many requests. Wait for the seconds in the Retry-After header.",
    ),
    "search_unavailable": (
        "检索正在准备，请稍后再试。不带 q 的查询照常可用。",
        "The search index is being made. Try again soon; queries without `q` work.",
    ),
    "database_unavailable": ("数据库没有应答。", "The database does not answer."),
    "fault": (
        "系统出错，没有办成。请稍后再试。",
        "Something went wrong here and nothing was done. Try again later.",
    ),
    "unknown_parameter": ("没有这个参数。", "There is no such parameter."),
    "missing": ("没有填写。", "It is missing."),
    "unknown_field": ("没有这个字段。", "There is no such field."),
    "invalid": ("值不对：{}", "The value does not fit: {}"),
    "unknown_catalogue_item": (
        "本机关的目录没有这个编号的事项。",
        "The agency's catalogue has no item with that code.",
    ),
    "changed_meanwhile": (
        "这份文件后来有人改过。请先读取最新的一版，再在它上面修改。",
        "The document was changed after that version. Read the newest one and change that.",
    ),
    "bad_key": (
        "Idempotency-Key 要是 1 到 200 个可见的 ASCII 字符。",
        "An Idempotency-Key has 1 to 200 visible ASCII characters.",
    ),
    "other_request": (
        "这个 Idempotency-Key 用在了另一个请求上。请换一个。",
        "That Idempotency-Key was used for another request. Choose a new one.",
    ),
}
STATUSES = {
    400: "bad_request",
    401: "unauthorised",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    500: "fault",
    503: "database_unavailable",
}


class Failure(Exception):  # noqa: N818  it is an answer, not a fault
    """Ends a request with that status. `detail` goes into the words where they have a place."""

    def __init__(
        self,
        status: int,
        code: str,
        field: str = "",
        detail: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, code, field)
        self.status = status
        self.problem = problem(code, field, detail)
        self.headers = dict(headers or {})


def problem(code: str, field: str = "", detail: str = "") -> dict[str, Any]:
    """One thing that is wrong."""
    zh, en = WORDS[code]
    return {
        "code": code,
        "message": {"zh": zh.format(detail), "en": en.format(detail)},
        "field": field,
    }


def refusal(refused: Refusal) -> dict[str, Any]:
    """What a verb was refused for, in its own words."""
    words = {"zh": refused.message("zh"), "en": refused.message("en")}
    return {"code": refused.reason, "message": words, "field": ""}


def answer(
    status: int, problems: Iterable[dict[str, Any]], headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The response that tells the problems."""
    return JsonResponse(
        {"errors": list(problems)},
        status=status,
        headers=dict(headers or {}),
        json_dumps_params={"ensure_ascii": False},
    )


def in_one_shape(respond: Respond) -> Respond:
    """Give failures under /api/v1/ that arise outside the operations the same shape: unknown
    addresses, wrong methods, bodies refused before they are read, and faults of our own.

    Cookies are taken away first: nothing there is done on the strength of one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PLACE):
            return respond(request)
        request.META.pop("HTTP_COOKIE", None)
        request.__dict__.pop("COOKIES", None)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        response = _shaped(respond(request))
        if head:
            length = str(len(response.content))
            response.content = b""
            response["Content-Length"] = length
        return response

    return middleware


def _shaped(response: HttpResponse) -> HttpResponse:
    kind = response.get("Content-Type", "")
    if response.status_code < 400 or kind.startswith("application/json"):
        return response
    code = STATUSES.get(response.status_code, "bad_request")
    kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
    return answer(response.status_code, [problem(code)], kept)
