from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.annual_report.review import findings
from gongkai.law.kinds import kind
from gongkai.org.actions import appoint
from gongkai.org.models import Agency, Role
from gongkai.portal import entered
from gongkai.publishing import actions as publishing
from gongkai.publishing.document import attachments
from gongkai.publishing.document.models import Document, Version
from gongkai.publishing.document.versions import content_of
from gongkai.publishing.publication.models import Publication, Withdrawal
from gongkai.publishing.review.findings import findings as found_in
from gongkai.publishing.search.pull import pull_once
from tests.publishing.conftest import content


@pytest.fixture(autouse=True)
def _no_limit_and_no_memory(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests come from one address, and no test sees what another has cached."""
    settings.DROP_LIMIT = 0
    cache.clear()
    monkeypatch.setattr(entered, "_kept", None)


@pytest.fixture
def draft(cast: SimpleNamespace, reported: Callable[..., bytes]) -> Callable[..., Revision]:
    """Uploads a report; `change` overrides figures."""

    def upload(agency: Agency, year: int = 2023, **more: Any) -> Revision:
        data = reported(agency.name, year, **more)
        return actions.upload(cast.superuser, agency, data, "report.json")

    return upload


@pytest.fixture
def publish(cast: SimpleNamespace, draft: Callable[..., Revision]) -> Callable[..., Revision]:
    """Publishes a report; errors in it are accepted first, unless `ruling` says dismissed."""

    def publish(
        agency: Agency, year: int = 2023, *, ruling: str = "accepted", note: str = "", **more: Any
    ) -> Revision:
        revision = draft(agency, year, **more)
        for judged in findings(revision):
            if judged.finding.severity == "error":
                fingerprint = judged.finding.fingerprint
                actions.judge(cast.superuser, revision.report, fingerprint, ruling, "已核实")
        frozen = actions.freeze(cast.superuser, revision)
        return actions.publish(cast.superuser, frozen, note)

    return publish


REVIEWERS = {
    "head": "reviewer",
    "secrecy_reviewer": "secrecy_reviewer",
    "legality_reviewer": "legality_reviewer",
    "signatory": "signatory",
}


@pytest.fixture
def begin(cast: SimpleNamespace, county: SimpleNamespace) -> Callable[..., Document]:
    """Begins a document at `own`, or at another agency as the administrator; with files as
    (name, bytes, format)."""

    def make(
        agency: Agency | None = None,
        files: tuple[tuple[str, bytes, str], ...] = (),
        **more: Any,
    ) -> Document:
        writer = cast.drafter if agency in {None, county.own} else cast.administrator
        document = publishing.create(writer, agency or county.own, content(**more))
        for name, data, suffix in files:
            publishing.attach(writer, document, attachments.kept(name, data, suffix))
        document.refresh_from_db()
        return document

    return make


@pytest.fixture
def release(
    cast: SimpleNamespace, county: SimpleNamespace, begin: Callable[..., Document]
) -> Callable[..., Publication]:
    """Writes, reviews and publishes a document; every finding is declared harmless first."""

    def make(document: Document | None = None, note: str = "", **more: Any) -> Publication:
        document = document or begin(**more)
        own = document.agency_id == county.own.pk
        writer = cast.drafter if own else cast.administrator
        opened = publishing.submit(writer, document)
        for judged in found_in(opened.version):
            fingerprint = judged.found.fingerprint
            publishing.judge(cast.superuser, document, fingerprint, "harmless", "已核实")
        for _, role in opened.steps:
            reviewer = getattr(cast, REVIEWERS[role])
            appoint(reviewer, document.agency, Role(role))
            publishing.approve(
                reviewer, document, seen=opened.content_hash, comment="急件", urgent=True
            )
        document.refresh_from_db()
        if kind(document.head.kind).interpretation == "required":
            publishing.exempt(cast.superuser, document, "内容简明")
        return publishing.publish(cast.superuser, document, note)

    return make


@pytest.fixture
def revise(
    cast: SimpleNamespace, release: Callable[..., Publication]
) -> Callable[..., Publication]:
    """Publishes a new revision of a document at `own`, with a note."""

    def make(publication: Publication, note: str = "更正附表。", **change: Any) -> Publication:
        document = publication.document
        document.refresh_from_db()
        publishing.amend(cast.drafter, document)
        changed = replace(content_of(document.head), **change)
        publishing.save(cast.drafter, document, changed, base=document.head.number)
        document.refresh_from_db()
        return release(document, note)

    return make


@pytest.fixture
def withdraw(cast: SimpleNamespace) -> Callable[..., Withdrawal]:
    """Takes a publication down."""

    def make(publication: Publication, note: str = "含不应公开的内容。", **more: Any) -> Withdrawal:
        return publishing.withdraw(
            cast.superuser, publication.document, reason="内部理由", public_note=note, **more
        )

    return make


@pytest.fixture
def indexed(settings: Any, tmp_path: Any) -> Callable[[], None]:
    """Gives the site a search index of its own; called, it brings it up to date."""
    settings.HOME = tmp_path

    def catch_up() -> None:
        while pull_once():
            pass

    catch_up()
    return catch_up


NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def many(county: SimpleNamespace, cast: SimpleNamespace) -> Callable[..., list[int]]:
    """Publications of these days, several a day, as a migration brings them."""

    def make(
        days: list[date], agencies: list[Agency] | None = None, body: str = "", **more: Any
    ) -> list[int]:
        user = cast.superuser
        made = []
        for place, day in enumerate(days):
            agency = (agencies or [county.own])[place % len(agencies or [county.own])]
            document = Document.objects.create(
                agency=agency, created_by=user, created_at=NOON, changed_at=NOON, stage="settled"
            )
            fields = {"title": f"文件{place}", "kind": "notice", "item": "20.15"} | more
            version = Version.objects.create(
                document=document, number=1, formed_on=day, body=body, by=user, at=NOON, **fields
            )
            made.append(
                Publication.objects.create(
                    document=document, number=1, version=version, migrated=True, year=day.year,
                    migration_mark="迁移", state="public", agency=agency, formed_on=day,
                    published_on=day, published_at=NOON, published_by=user,
                    index_number=f"x/{document.pk}", **fields,
                ).pk
            )  # fmt: skip
        return made

    return make
