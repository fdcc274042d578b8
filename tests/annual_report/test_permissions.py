"""Who may do what: every person, every verb, the own agency and another one."""

from __future__ import annotations

import pytest

from gongkai.annual_report import actions, permissions
from gongkai.annual_report.refusal import NotAllowedError

DRAFTING = {"upload", "correct", "revise", "discard"}
DECIDING = {"freeze", "unfreeze", "submit", "publish"}
EVERYTHING = DRAFTING | DECIDING | {"judge", "view", "compile", "accept"}
MAY = {
    ("officer", "own"): DRAFTING | {"judge", "view", "compile"},
    ("officer", "other"): set(),
    ("reviewer", "own"): DECIDING | {"judge", "view", "compile"},
    ("reviewer", "other"): set(),
    ("colleague", "own"): set(),
    ("colleague", "other"): DRAFTING | {"judge", "view", "compile"},
    ("stranger", "own"): set(),
    ("stranger", "other"): set(),
    ("supervisor", "own"): {"view", "accept"},
    ("supervisor", "other"): {"view", "accept"},
    ("supervisor", "outside"): set(),
    ("administrator", "own"): EVERYTHING,
    ("administrator", "other"): EVERYTHING,
    ("administrator", "outside"): set(),
    ("superuser", "outside"): EVERYTHING,
    ("anonymous", "own"): set(),
    ("anonymous", "other"): set(),
}


@pytest.mark.parametrize("verb", sorted(EVERYTHING))
@pytest.mark.parametrize(("person", "agency"), MAY)
def test_a_permission_is_held_by_role_at_the_agency(county, cast, person, agency, verb):
    held = getattr(cast, person).has_perm(f"annual_report.{verb}", getattr(county, agency))
    assert held is (verb in MAY[person, agency])


def test_the_matrix_names_every_permission():
    assert {f"annual_report.{verb}" for verb in EVERYTHING} == set(permissions.PERMISSIONS)


ACTS = {
    "upload": lambda user, revision, data: actions.upload(
        user, revision.report.agency, data, "again.json"
    ),
    "correct": lambda user, revision, _: actions.correct(
        user, revision, "applications.1.total", 77, "核对"
    ),
    "identify": lambda user, revision, _: actions.identify(
        user, revision, "核对", agency=revision.report.agency, year=2022
    ),
    "freeze": lambda user, revision, _: actions.freeze(user, revision),
    "discard": lambda user, revision, _: actions.discard(user, revision),
}


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("person", ["officer", "reviewer", "colleague", "stranger", "supervisor"])
def test_a_verb_is_refused_to_who_does_not_hold_it_and_nothing_is_written(
    cast, draft, reported, person, verb
):
    revision = draft()
    before = revision.content_hash
    user = getattr(cast, person)
    permission = "correct" if verb == "identify" else verb
    if permission in MAY[person, "own"]:
        ACTS[verb](user, revision, reported())
        return
    with pytest.raises(NotAllowedError) as refused:
        ACTS[verb](user, revision, reported())
    assert (refused.value.reason, refused.value.status) == ("role", 403)
    revision.refresh_from_db()
    assert (revision.state, revision.content_hash) == ("draft", before)


@pytest.mark.parametrize("verb", ["unfreeze", "publish"])
@pytest.mark.parametrize("person", ["officer", "colleague", "stranger", "supervisor"])
def test_only_reviewers_decide_about_a_frozen_revision(cast, draft, person, verb):
    frozen = actions.freeze(cast.reviewer, draft())
    with pytest.raises(NotAllowedError) as refused:
        getattr(actions, verb)(getattr(cast, person), frozen)
    assert refused.value.reason == "role"


def test_what_a_user_can_do_now_is_told_with_the_reason_for_what_not(cast, draft):
    can = actions.possible(cast.officer, draft())
    assert {verb for verb, refused in can.items() if refused is None} == {
        "correct",
        "identify",
        "judge",
        "narrate",
        "discard",
    }
    assert can["freeze"].reason == "role"
    assert can["revise"].reason == "not_published"
