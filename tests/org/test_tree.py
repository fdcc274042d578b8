"""Agencies stand in a tree and are found by any of their names."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from gongkai.org import queries
from gongkai.org.actions import add_agency, move_agency, rename_agency
from gongkai.org.models import Agency


def test_an_agency_knows_all_above_it(county):
    assert county.own.lineage == ("qh", "qh-cz")


def test_a_subtree_is_the_agency_and_all_below_in_official_order(county):
    assert [a.code for a in queries.under(county.top)] == ["qh", "qh-cz", "qh-mz", "qh-lx"]


def test_a_code_that_begins_like_another_is_not_below_it(county):
    add_agency(code="qh2", name="青禾二县人民政府", level="county")
    assert "qh2" not in [a.code for a in queries.under(county.top)]


def test_an_agency_takes_the_region_of_its_superior(county):
    assert county.own.region == "990121"


def test_moving_an_agency_takes_along_what_stands_below_it(county):
    below = add_agency(
        code="qh-lx-1", name="柳溪镇便民中心", level="department", superior=county.town
    )
    move_agency(county.town, county.other)
    below.refresh_from_db()
    assert below.lineage == ("qh", "qh-mz", "qh-lx", "qh-lx-1")


def test_an_agency_cannot_be_put_below_itself(county):
    with pytest.raises(ValueError, match="stands below"):
        move_agency(county.top, county.own)


def test_an_agency_with_others_below_it_cannot_be_removed(county):
    with pytest.raises(ProtectedError):
        county.top.delete()


def test_the_database_refuses_an_unknown_level(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=county.own.pk).update(level="village")


def test_a_second_agency_of_the_same_name_is_refused_with_the_field_named(county):
    with pytest.raises(ValidationError) as refused:
        add_agency(code="x", name="青禾县财政局", level="department")
    assert "name" in refused.value.message_dict


@pytest.mark.parametrize(
    "text",
    [
        "财政",
        "財政局",
        "县财政局",
        "caizheng",
        "qhxczj",
        "ＱＨＸＣＺＪ",
        "Finance",
        "青禾县 财政局",
    ],
)
def test_an_agency_is_found_by_any_form_of_its_name(county, text):
    assert county.own in queries.found_by(text)


def test_a_text_that_is_in_no_name_finds_nothing(county):
    assert not queries.found_by("水利").exists()


def test_an_empty_text_finds_everything(county):
    assert queries.found_by(" ").count() == 5


@pytest.mark.parametrize("name", ["青禾县财政局", "青禾縣財政局", "县财政局"])
def test_a_full_name_or_an_unshared_short_name_names_one_agency(county, name):
    assert queries.named(name) == county.own


@pytest.mark.parametrize("name", ["财政局", "caizhengju", "", "青禾县"[:2]])
def test_part_of_a_name_names_no_agency(county, name):
    assert queries.named(name) is None


def test_a_short_name_shared_by_two_names_neither(county):
    rename_agency(county.outside, short_name="县财政局")
    assert queries.named("县财政局") is None


def test_a_renamed_agency_is_found_by_its_new_name_alone(county):
    rename_agency(county.own, name="青禾县财政和国资局")
    assert queries.named("青禾县财政局") is None
    assert queries.named("青禾县财政和国资局") == county.own


def test_agencies_without_an_official_order_stand_by_pinyin(db):
    for place, name in enumerate(("重庆局", "阿坝局", "宁波局")):
        add_agency(code=f"a{place}", name=name, level="department")
    assert [a.name for a in Agency.objects.all()] == ["阿坝局", "重庆局", "宁波局"]


def test_an_agency_is_named_in_the_language_of_the_page(county):
    assert county.own.label("en") == "Qinghe County Finance Bureau"
    assert county.own.label("zh-hans") == "青禾县财政局"
    assert county.other.label("en") == "青禾县民政局"
