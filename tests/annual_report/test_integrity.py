"""A public report that is not what was published is found, though the trail itself is untouched.

The tests do what only the owner of the database can: they lift the guards first.
"""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision, State, StoredReport
from gongkai.trail.verification import verify
from tests.stored import guards_lifted, replacing


@pytest.fixture
def first(county, cast, reported):
    draft = actions.upload(cast.officer, county.own, reported(), "r.json")
    return actions.publish(cast.reviewer, actions.freeze(cast.reviewer, draft))


@pytest.fixture
def second(first, cast):
    """A correction of the first, which it supersedes."""
    draft = actions.revise(cast.officer, first)
    frozen = actions.freeze(cast.reviewer, draft)
    return actions.publish(cast.reviewer, frozen, "更正一处。")


def altered(revision, **change):
    with guards_lifted():
        Revision.objects.filter(pk=revision.pk).update(**change)
    return [str(fault).partition(": ")[2] or str(fault) for fault in verify().faults]


def test_what_was_published_and_corrected_is_whole(second):
    assert verify().faults == ()


def test_another_figure_is_found(second):
    body = second.body
    body["applications"]["rows"]["1"][0] = 987654
    assert altered(second, body=body) == [f"{second} was published with another content"]


def test_another_figure_sealed_anew_is_found(second):
    assert altered(second, content_hash="0" * 64) == [
        f"{second} was published with another content"
    ]


@pytest.mark.parametrize("body", [{}, [], {"title": 3}])
def test_content_that_is_no_report_is_found(second, body):
    assert f"{second} was published with another content" in altered(second, body=body)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"title": "另一标题"}, "title"),
        ({"public_note": "另一说明"}, "public note"),
        ({"published_by": F("created_by")}, "publisher"),
        ({"number": 9}, "year or number"),
    ],
)
def test_another_label_is_found(second, change, what):
    (found,) = altered(second, **change)
    assert found.endswith(f"was published with another {what}")


def test_a_report_moved_to_another_year_is_found(first):
    with guards_lifted():
        StoredReport.objects.update(year=2019)
    assert [fault.kind for fault in verify().faults] == ["object"]


def test_a_superseded_report_made_the_public_one_again_is_found(first, second):
    with guards_lifted():
        Revision.objects.filter(pk=second.pk).update(state=State.SUPERSEDED)
        Revision.objects.filter(pk=first.pk).update(state=State.PUBLISHED)
    assert len(verify().faults) == 2


def test_a_published_report_that_is_gone_is_found(first):
    with guards_lifted():
        Revision.objects.all().delete()
    (fault,) = verify().faults
    assert str(fault).endswith("青禾县财政局 2023 r1 was published and is gone")


def test_a_report_nobody_published_is_found(first, cast):
    draft = actions.revise(cast.officer, first)
    Revision.objects.filter(pk=first.pk).update(state=State.SUPERSEDED)
    draft.state, draft.public_note = State.PUBLISHED, "说明"
    draft.published_by, draft.published_at = cast.reviewer, first.published_at
    draft.save()
    (fault,) = verify().faults
    assert str(fault) == f"{draft} is public, and no line says it was published"


def row(revision):
    fields = {field.column: field for field in Revision._meta.concrete_fields}
    values = {name: getattr(revision, field.attname) for name, field in fields.items()}
    return {**values, "body": json.dumps(revision.body)}


def put_in(verb, values):
    names, places = ", ".join(values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{verb} INTO annual_report_revision ({names}) VALUES ({places})", list(values.values())
        )


@pytest.mark.parametrize(
    "place",
    [{}, {"id": 999}, {"id": 999, "number": 9}],
    ids=["same row", "same number", "as the public one"],
)
def test_a_published_report_is_not_replaced(first, place):
    """SQLite's REPLACE removes what stands in the way and asks no guard against removal."""
    other = {**row(first), "title": "另一标题", "public_note": "说明", **place}
    with replacing() as verb, pytest.raises(DatabaseError), transaction.atomic():
        put_in(verb, other)
    assert Revision.objects.get().title == first.title


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("place", ["id", "number"])
def test_a_draft_is_not_moved_into_the_place_of_a_published_report(first, cast, place):
    draft = actions.revise(cast.officer, first)
    where = f"SET {place} = {getattr(first, place)} WHERE id = {draft.pk}"
    with replacing() as insert, pytest.raises(DatabaseError), transaction.atomic():
        run(f"{insert.replace('INSERT', 'UPDATE')} annual_report_revision {where}")
    assert Revision.objects.filter(pk=first.pk, state=State.PUBLISHED).exists()


@pytest.mark.parametrize("column", ["year", "agency_id"])
def test_a_report_stays_with_its_agency_and_year(first, county, column):
    new = {"year": 2019, "agency_id": county.other.pk}[column]
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        run(f"UPDATE annual_report_storedreport SET {column} = {new}")
