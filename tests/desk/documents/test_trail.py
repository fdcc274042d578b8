"""A line of the trail about a document bears its title, so not everybody reads it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.org.actions import appoint
from gongkai.org.models import Role
from gongkai.publishing.document.models import Document
from tests.desk.documents.conftest import said


@pytest.mark.parametrize("who", ["administrator", "superuser"])
def test_whoever_sees_the_drafts_reads_what_was_done_to_them(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
    who: str,
) -> None:
    written(title="还没有公布的通知")
    page = said(desk(getattr(cast, who)).get("/desk/trail/"))
    assert "还没有公布的通知" in page
    assert "起草文件" in page


def test_a_supervisor_reads_of_no_draft(
    cast: SimpleNamespace,
    county: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
) -> None:
    written(title="还没有公布的通知")
    assert "还没有公布的通知" not in said(desk(cast.supervisor).get("/desk/trail/"))
    appoint(cast.supervisor, county.outside, Role.SUPERVISOR)
    assert "还没有公布的通知" not in said(desk(cast.supervisor).get("/desk/trail/"))


def test_an_administrator_of_one_agency_reads_of_its_documents_alone(
    cast: SimpleNamespace,
    county: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
) -> None:
    appoint(cast.stranger, county.own, Role.ADMINISTRATOR)
    written(title="本机关的草稿")
    written(county.other, cast.colleague, title="别处的草稿")
    page = said(desk(cast.stranger).get("/desk/trail/"))
    assert "本机关的草稿" in page
    assert "别处的草稿" not in page
