"""What lists may be asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from gongkai.api.fields import AnyDay, AnyItem, AnyValidity, AnyYear, Code, Limit, Place

Scope = Literal["subtree", "own"]
"""Of an agency: with all below it, or alone."""


class Paged(Schema):
    """`cursor` is the `next` of the page before."""

    cursor: Place = 0
    limit: Limit = 20


class DocumentsWish(Paged):
    """`scope` is for lists; a search always looks in what is below the agency, too."""

    agency: Code = ""
    scope: Scope = "subtree"
    year: AnyYear = None
    item: AnyItem = None
    kind: Annotated[str, Field(max_length=30)] = ""
    validity: AnyValidity = None
    q: Annotated[str, Field(max_length=200)] = ""


class RegisterWish(Paged):
    """`on` is today where it is left out or lies in the future."""

    on: AnyDay = None
    kind: Literal["regulation", "normative_document"] = "normative_document"
    agency: Code = ""
    scope: Scope = "subtree"


class ReportsWish(Paged):
    agency: Code = ""
    year: AnyYear = None


class AgenciesWish(Schema):
    """`under` takes that agency and all below it."""

    under: Code = ""
