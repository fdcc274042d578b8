"""Normative documents, published or brought over from an older site, and in the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.org.models import Agency
from gongkai.publishing import actions
from gongkai.publishing.actions.releasing import snapshot
from gongkai.publishing.document.content import content_hash
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.document.versions import as_row
from gongkai.publishing.publication.models import Publication
from tests.publishing.conftest import content

Norm = Callable[..., Document]
TODAY = timezone.localdate()


@pytest.fixture
def norm(
    cast: SimpleNamespace, draft: Callable[..., Document], publish: Callable[..., Publication]
) -> Norm:
    """Publishes a normative document of `own`; `more` are its fields."""

    def make(title: str = "青禾县供水管理办法", **more: Any) -> Document:
        fields = {"kind": "normative_document", "formed_on": date(2024, 3, 1), **more}
        document = draft(title=title, **fields)
        actions.exempt(cast.drafter, document, "内容简明，不需要解读")
        return fresh(publish(document).document)

    return make


@pytest.fixture
def held(cast: SimpleNamespace, county: SimpleNamespace) -> Norm:
    """Brings over a normative document of any agency (`own`), published elsewhere before."""

    def make(agency: Agency | None = None, **more: Any) -> Document:
        with transaction.atomic():
            brought = bring_over(cast.administrator, agency or county.own, [more])
            actions.noted_in_bulk(cast.administrator, brought)
        return fresh(brought[0].document)

    return make


def bring_over(user: Any, agency: Agency, contents: list[dict[str, Any]]) -> list[Publication]:
    """Published documents as a migration writes them, without review, in a few statements."""
    now = timezone.now()
    said = [
        content(**{"kind": "normative_document", "formed_on": date(2024, 3, 1), **more})
        for more in contents
    ]
    documents = Document.objects.bulk_create(
        Document(
            agency=agency, stage=Stage.SETTLED, created_by=user, created_at=now, changed_at=now
        )
        for _ in said
    )
    versions = []
    for document, one in zip(documents, said, strict=True):
        version = as_row(document, 1, one, user, now)
        version.content_hash = content_hash(one)
        version.save()
        document.head = version
        versions.append(version)
    Document.objects.bulk_update(documents, ["head"], batch_size=200)
    first = Publication.objects.count()
    return Publication.objects.bulk_create(
        Publication(
            document=document,
            number=1,
            version=version,
            migrated=True,
            migration_mark="旧站迁移",
            index_number=f"旧/{first + place}",
            **snapshot(document, version, now, user),
        )
        for place, (document, version) in enumerate(zip(documents, versions, strict=True))
    )


def fresh(document: Document) -> Document:
    """The document as the database has it."""
    return Document.objects.select_related("agency", "head").get(pk=document.pk)
