"""What the read part answers with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema


class Words(Schema):
    """The same in Chinese and English."""

    zh: str
    en: str


class Problem(Schema):
    """One thing that is wrong. `field` is the path to what it is about, e.g. `body.title`."""

    code: str
    message: Words
    field: str


class Errors(Schema):
    """Why a request was not carried out."""

    errors: list[Problem]


class AgencyOut(Schema):
    """An agency and how to reach it (条例第十二条)."""

    code: str
    name: str
    name_en: str
    short_name: str
    level: str
    region: str
    superior: str | None
    credit_code: str
    address: str
    office_hours: str
    telephone: str
    fax: str
    email: str


class Agencies(Schema):
    agencies: list[AgencyOut]


class DocumentHead(Schema):
    """What lists tell of a document that is public. `passage` is where the words were found."""

    id: int
    index_number: str
    title: str
    document_number: str
    agency: str
    kind: str
    item: str
    topic: str
    formed_on: date
    published_on: date
    validity: str
    revision: int
    url: str
    passage: str | None = None


class Documents(Schema):
    """A page of documents; `next` goes on with `cursor`, null at the end. `total` is told for a
    search alone."""

    documents: list[DocumentHead]
    next: int | None
    total: int | None = None


class File(Schema):
    name: str
    size: int
    kind: str
    sha256: str
    url: str


class Relation(Schema):
    """`kind` as in "this document interprets that one"; `outgoing` tells which side this is."""

    kind: str
    outgoing: bool
    document: int
    title: str
    since: date | None


class RevisionOut(Schema):
    number: int
    state: str
    published_on: date
    note: str
    url: str


class DocumentOut(DocumentHead):
    """A public document: its text is sanitised HTML."""

    keywords: str
    summary: str
    period: str
    effective_on: date | None
    expires_on: date | None
    source: str
    body: str
    content_hash: str
    attachments: list[File]
    relations: list[Relation]
    revisions: list[RevisionOut]


class WithdrawalOut(Schema):
    """The public trace; `title` is empty where the name itself may not be public."""

    document: int
    index_number: str
    title: str
    agency: str
    published_on: date
    withdrawn_at: datetime
    note: str


class Withdrawals(Schema):
    withdrawals: list[WithdrawalOut]
    next: int | None


class Registered(Schema):
    document: int
    title: str
    document_number: str
    index_number: str
    agency: str
    kind: str
    made_on: date
    validity: str
    since: date
    until: date | None


class Register(Schema):
    """What was in force on the day."""

    on: date
    kind: str
    documents: list[Registered]
    next: int | None


class CatalogueItemOut(Schema):
    code: str
    field: str
    matter: str
    matter_2: str
    content: str
    basis: str
    time_limit: str
    subject: str
    channels: list[str]
    audience: str
    manner: str
    level: str
    item: str
    period: str
    documents: int


class Catalogue(Schema):
    agency: str
    items: list[CatalogueItemOut]


class ReportHead(Schema):
    agency: str
    year: int
    revision: int
    published_at: datetime
    url: str


class Reports(Schema):
    reports: list[ReportHead]
    next: int | None


class ReportOut(ReportHead):
    """`report` has the fixed shape of the yearly form (docs/adr/0017)."""

    report: dict[str, Any]


class Health(Schema):
    status: str
