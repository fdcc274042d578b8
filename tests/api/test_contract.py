"""The API does what its OpenAPI document says, whatever it is asked (schemathesis)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import negative_data_rejection, positive_data_acceptance
from schemathesis.openapi import from_wsgi

from gongkai.publishing import actions
from gongkai.publishing.publication.models import Publication
from gongkai.publishing.search.pull import pull_once
from tests.publishing.conftest import content

READS = (
    "agencies",
    "annual_report",
    "annual_reports",
    "catalogue",
    "document",
    "documents",
    "health",
    "register",
    "withdrawals",
)
WRITES = ("attach", "begin_draft", "change_draft", "detach", "draft", "drafts", "submit")
ONCE_EACH = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
WITHOUT_INPUT = "health"
both_ways = pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)


@cache
def described() -> Any:
    """The document as a client gets it."""
    schema = from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    found = (one.ok() for one in schema.get_all_operations())
    return {operation.definition.raw["operationId"]: operation for operation in found}


def tried(
    operation: str,
    mode: GenerationMode,
    path_parameters: dict[str, Any] | None = None,
    **more: Any,
) -> None:
    """Ask the operation for what its description makes of it, and hold every answer against it."""
    strategy = described()[operation].as_strategy(mode, path_parameters=path_parameters)

    @ONCE_EACH
    @given(case=strategy)
    def asked(case: schemathesis.Case) -> None:
        case.call_and_validate(**more)

    asked()


@pytest.mark.django_db
def test_every_operation_is_tried() -> None:
    assert sorted(described()) == sorted((*READS, *WRITES))


@both_ways
@pytest.mark.parametrize("operation", READS)
def test_what_anybody_may_read_is_as_described(
    operation: str, mode: GenerationMode, published: Callable[..., Publication]
) -> None:
    if operation == WITHOUT_INPUT and mode is GenerationMode.NEGATIVE:
        return  # there is nothing that could be wrong
    published()
    pull_once()
    tried(operation, mode)


def test_a_document_that_is_there_is_as_described(published: Callable[..., Publication]) -> None:
    publication = published(files=(("名单.csv", "姓名,单位\n".encode()),))
    there = {"document": publication.document_id}
    tried("document", GenerationMode.POSITIVE, path_parameters=there)


@both_ways
@pytest.mark.parametrize("operation", WRITES)
def test_what_a_token_opens_is_as_described(
    operation: str,
    mode: GenerationMode,
    secret: str,
    cast: SimpleNamespace,
    county: SimpleNamespace,
    settings: Any,
) -> None:
    settings.API_LIMIT = 0
    there = actions.create(cast.drafter, county.own, content())
    known = {"draft": there.pk} if operation in {"draft", "change_draft"} else None
    # Dates that contradict each other are refused, which a schema cannot say. The token is sent
    # whatever is made of the headers, and unknown names in a query are left alone.
    beyond = [positive_data_acceptance]
    if operation == "drafts":
        beyond.append(negative_data_rejection)
    tried(
        operation,
        mode,
        path_parameters=known,
        headers={"Authorization": f"Bearer {secret}"},
        excluded_checks=beyond,
    )
