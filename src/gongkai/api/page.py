"""The documentation as a page of ours, made from the OpenAPI document: no script from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.api.service import api

METHODS = ("get", "post", "put", "delete")
PARTS = ("public", "documents", "drafts")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a body."""

    name: str
    place: str
    kind: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the page tells it."""

    code: str
    method: str
    path: str
    summary: str
    text: str
    fields: tuple[Field, ...]
    answers: tuple[str, ...]
    token: bool


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and answers."""
    schema = api.get_openapi_schema()
    labels = {
        "public": gettext("公开的信息"),
        "documents": gettext("公开的文件"),
        "drafts": gettext("起草和送审"),
    }
    found = list(_operations(schema))
    shown = {
        "parts": [(labels[tag], [op for t, op in found if t == tag]) for tag in PARTS],
        "crumbs": [("/", gettext("首页")), ("", gettext("接口"))],
    }
    return render(request, "api/documentation.html", shown)


def _operations(schema: Any) -> Iterator[tuple[str, Operation]]:
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                told = methods[method]
                yield told["tags"][0], _operation(schema, path, method, told)


def _operation(schema: Any, path: str, method: str, told: Any) -> Operation:
    parameters = tuple(
        Field(one["name"], one["in"], _kind(one["schema"]), bool(one.get("required")))
        for one in told.get("parameters", ())
    )
    return Operation(
        code=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        text=told.get("description", ""),
        fields=(*parameters, *_body(schema, told)),
        answers=tuple(str(status) for status in told["responses"]),
        token="security" in told,
    )


def _body(schema: Any, told: Any) -> Iterator[Field]:
    for content in told.get("requestBody", {}).get("content", {}).values():
        body = _resolved(schema, content["schema"])
        for name, field in body.get("properties", {}).items():
            yield Field(name, "body", _kind(field), name in body.get("required", ()))


def _resolved(schema: Any, part: Any) -> Any:
    if "$ref" not in part:
        return part
    return schema["components"]["schemas"][part["$ref"].rpartition("/")[2]]


def _kind(part: Any) -> str:
    if "anyOf" in part:
        return " | ".join(_kind(one) for one in part["anyOf"] if one.get("type") != "null")
    told = str(part.get("format") or part.get("type") or part.get("$ref", "").rpartition("/")[2])
    if "maxLength" in part:
        told += f" ≤ {part['maxLength']}"
    return told
