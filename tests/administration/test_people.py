"""Accounts and posts: who gives them, who takes them, and what a link lets one do."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError

from gongkai.administration import people
from gongkai.administration.allowing import account_refusal, people_in_charge
from gongkai.administration.invitations import invited, tokens
from gongkai.administration.refusal import NotAllowedError
from gongkai.org.actions import add_unit, appoint
from gongkai.org.models import Role, User
from gongkai.org.permissions import holds
from gongkai.trail.models import Entry


def refused(act, *arguments, **more) -> str:
    with pytest.raises(NotAllowedError) as error:
        act(*arguments, **more)
    return error.value.reason


def add(actor, county, username="chen", full_name="陈巧云", **more):
    post = {"agency": county.own, "role": Role.DRAFTER} | more
    return people.add_person(actor, username, full_name, **post)


class TestNewPeople:
    def test_get_an_account_without_a_password_and_a_post(self, county, cast):
        invitation = add(cast.administrator, county)
        made = User.objects.get(username="chen")
        assert invitation.person == made
        assert not made.has_usable_password()
        assert holds(made, county.own, Role.DRAFTER)
        verbs = ["org.add_person", "org.appoint", "org.invite"]
        assert [line.verb for line in Entry.objects.order_by("sequence")] == verbs

    def test_are_told_of_in_the_trail_without_their_names(self, county, cast):
        add(cast.administrator, county)
        told = [f"{e.object_label} {e.details_json}" for e in Entry.objects.all()]
        assert not [line for line in told if "陈巧云" in line]

    def test_who_have_an_account_are_appointed_if_the_name_agrees(self, county, cast):
        assert refused(add, cast.administrator, county, "stranger", "别人") == "name_differs"
        assert add(cast.administrator, county, "stranger", "stranger") is None
        assert holds(cast.stranger, county.own, Role.DRAFTER)

    @pytest.mark.parametrize(("username", "name"), [("a b", "甲"), ("甲" * 151, "甲"), ("a", " ")])
    def test_whose_names_do_not_fit_are_refused_and_nothing_is_written(
        self, county, cast, username, name
    ):
        with pytest.raises(ValidationError):
            add(cast.administrator, county, username, name)
        assert not Entry.objects.exists()

    def test_are_placed_in_a_unit_of_their_own_agency_alone(self, county, cast):
        elsewhere = add_unit(county.other, code="u", name="股")
        assert refused(add, cast.administrator, county, unit=elsewhere) == "unit_elsewhere"
        here = add_unit(county.own, code="u", name="股")
        add(cast.administrator, county, unit=here)
        assert User.objects.get(username="chen").memberships.get().unit == here


class TestPosts:
    def test_are_given_once(self, county, cast):
        again = (cast.administrator, cast.drafter, county.own, Role.DRAFTER)
        assert refused(people.appoint, *again) == "unchanged"

    def test_are_not_given_to_who_is_switched_off(self, county, cast):
        cast.drafter.is_active = False
        asked = (cast.administrator, cast.drafter, county.own, Role.HEAD)
        assert refused(people.appoint, *asked) == "inactive"

    def test_are_taken_and_recorded(self, county, cast):
        people.dismiss(cast.administrator, cast.drafter, county.own, Role.DRAFTER)
        assert not holds(cast.drafter, county.own, Role.DRAFTER)
        line = Entry.objects.latest("sequence")
        assert (line.verb, line.details) == (
            "org.dismiss",
            {"role": "drafter", "user": cast.drafter.pk},
        )
        again = (cast.administrator, cast.drafter, county.own, Role.DRAFTER)
        assert refused(people.dismiss, *again) == "not_held"

    def test_of_administrator_are_not_given_up_by_oneself(self, county, cast):
        asked = (cast.administrator, cast.administrator, county.top, Role.ADMINISTRATOR)
        assert refused(people.dismiss, *asked) == "own_administration"


class TestAccounts:
    def test_are_switched_off_with_a_reason_and_on_again(self, county, cast):
        admin = cast.administrator
        assert refused(people.deactivate, admin, cast.drafter, " ") == "reason_missing"
        people.deactivate(admin, cast.drafter, "调离")
        cast.drafter.refresh_from_db()
        assert not cast.drafter.is_active
        assert refused(people.deactivate, admin, cast.drafter, "x") == "inactive"
        people.activate(admin, cast.drafter)
        assert refused(people.activate, admin, cast.drafter) == "not_inactive"

    def test_are_not_switched_off_by_their_holders(self, county, cast):
        asked = (cast.administrator, cast.administrator, "x")
        assert refused(people.deactivate, *asked) == "own_account"

    @pytest.mark.parametrize(
        "act",
        [
            lambda who, whom: people.deactivate(who, whom, "x"),
            lambda who, whom: people.rename_person(who, whom, "新名"),
            people.invite,
        ],
    )
    def test_that_open_posts_elsewhere_too_are_not_one_administrators(self, county, cast, act):
        appoint(cast.drafter, county.outside, Role.HEAD)
        assert refused(act, cast.administrator, cast.drafter) == "beyond_charge"
        act(cast.superuser, cast.drafter)

    def test_of_superusers_are_no_administrators(self, county, cast):
        appoint(cast.superuser, county.own, Role.HEAD)
        assert refused(people.invite, cast.administrator, cast.superuser) == "beyond_charge"

    def test_of_who_serves_nowhere_are_no_administrators(self, county, cast):
        assert refused(people.invite, cast.administrator, cast.stranger) == "role"

    def test_of_an_administrator_above_are_not_taken_over_from_below(self, county, cast):
        appoint(cast.drafter, county.own, Role.ADMINISTRATOR)
        appoint(cast.administrator, county.own, Role.HEAD)
        assert account_refusal(cast.drafter, cast.administrator).reason == "beyond_charge"
        assert account_refusal(cast.drafter, cast.officer) is None

    @pytest.mark.parametrize("who", ["officer", "reviewer", "supervisor", "stranger", "colleague"])
    def test_are_nobody_elses(self, county, cast, who):
        assert refused(people.invite, getattr(cast, who), cast.drafter) == "role"
        assert not people_in_charge(getattr(cast, who)).exists()


class TestLinks:
    def test_let_a_person_set_a_password_once(self, county, cast):
        made = add(cast.administrator, county)
        assert invited(made.uid, made.token) == made.person
        people.set_password(made.person, "三棵老柳树下的渡口")
        assert invited(made.uid, made.token) is None

    def test_are_another_persons_for_nobody(self, county, cast):
        one, two = (add(cast.administrator, county, name, "甲") for name in ("a", "b"))
        assert invited(two.uid, one.token) is None

    @pytest.mark.parametrize("uid", ["", "x", "MTIz" * 20, "你好"])
    def test_with_a_broken_address_let_nobody_do_anything(self, county, uid):
        assert invited(uid, "x-y") is None

    def test_die_with_the_account(self, county, cast):
        made = add(cast.administrator, county)
        people.deactivate(cast.administrator, made.person, "x")
        assert invited(made.uid, made.token) is None

    def test_die_after_some_days(self, county, cast, settings, monkeypatch):
        made = add(cast.administrator, county)
        now = datetime.datetime.now()  # noqa: DTZ005  as Django counts a token's age
        later = now + datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)
        monkeypatch.setattr(tokens, "_now", lambda: later)
        assert invited(made.uid, made.token) is None

    def test_leave_the_present_password_until_they_are_used(self, county, cast):
        made = people.invite(cast.administrator, cast.drafter)
        cast.drafter.refresh_from_db()
        assert cast.drafter.check_password("pass-word-1")
        assert invited(made.uid, made.token) == cast.drafter
