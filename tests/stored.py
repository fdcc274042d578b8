"""A small county and a named cast, for every test that asks who may do what."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import TransactionTestCase

from gongkai.annual_report.figures import Provenance, dumps
from gongkai.org.models import Agency, Membership, Role, User
from gongkai.org.names import search_text, sort_key
from gongkai.publishing.search.engine import FOLDER, engine, forgotten
from gongkai.specimen import invent
from gongkai.trail.chain import GENESIS
from gongkai.trail.models import Head

PLACES: dict[str, dict[str, Any]] = {
    "top": {"code": "qh", "name": "青禾县人民政府", "short_name": "青禾县", "level": "county"},
    "own": {
        "code": "qh-cz",
        "name": "青禾县财政局",
        "short_name": "县财政局",
        "name_en": "Qinghe County Finance Bureau",
        "level": "department",
        "position": 1,
    },
    "other": {
        "code": "qh-mz",
        "name": "青禾县民政局",
        "short_name": "县民政局",
        "level": "department",
        "position": 2,
    },
    "town": {
        "code": "qh-lx",
        "name": "青禾县柳溪镇人民政府",
        "level": "township",
        "position": 3,
    },
    "outside": {"code": "bs-cz", "name": "白沙县财政局", "level": "department"},
}


@pytest.fixture
def county(db: None) -> SimpleNamespace:
    """`top` is the county government; `own` and `other` are two of its departments; `town`
    stands under it too, `outside` under nobody."""
    top = Agency.objects.create(**_placed("top"), region="990121")
    below = {
        name: Agency(**_placed(name), region="990121", superior=top)
        for name in ("own", "other", "town")
    }
    placed = {**below, "outside": Agency(**_placed("outside"))}
    Agency.objects.bulk_create(placed.values())
    return SimpleNamespace(top=top, **placed)


@cache
def _placed(name: str) -> dict[str, Any]:
    """The fields of a place, those among them that `org.actions.add_agency` computes."""
    place = PLACES[name]
    above = "qh/" if name in {"own", "other", "town"} else ""
    names = (place["name"], place.get("short_name", ""), place.get("name_en", ""))
    return {
        **place,
        "path": f"{above}{place['code']}/",
        "sort_key": sort_key(place["name"]),
        "search_text": search_text(*names),
    }


PEOPLE = (
    "drafter",
    "secrecy_reviewer",
    "legality_reviewer",
    "signatory",
    "officer",
    "reviewer",
    "colleague",
    "stranger",
    "supervisor",
    "administrator",
    "superuser",
)
POSTS = (
    ("drafter", "own", Role.DRAFTER),
    ("secrecy_reviewer", "own", Role.SECRECY_REVIEWER),
    ("legality_reviewer", "own", Role.LEGALITY_REVIEWER),
    ("signatory", "own", Role.SIGNATORY),
    ("officer", "own", Role.CASE_OFFICER),
    ("reviewer", "own", Role.HEAD),
    ("colleague", "other", Role.CASE_OFFICER),
    ("colleague", "other", Role.DRAFTER),
    ("supervisor", "top", Role.SUPERVISOR),
    ("administrator", "top", Role.ADMINISTRATOR),
)


@pytest.fixture(autouse=True)
def no_index_left_behind() -> Iterator[None]:
    """A test that makes a search index takes it away again: others count without one."""
    yield
    folder = Path(settings.HOME) / FOLDER
    if folder.exists():
        engine().close()
        shutil.rmtree(folder)
        forgotten()


@pytest.fixture
def cast(county: SimpleNamespace) -> SimpleNamespace:
    """officer, reviewer: of the disclosure office of `own`; drafter, secrecy_reviewer,
    legality_reviewer, signatory: there too. colleague: officer and drafter at `other`. stranger:
    no role anywhere. supervisor, administrator: at the county. superuser: runs the installation.
    anonymous."""

    password = make_password("pass-word-1")
    people = {
        name: User(
            username=name, full_name=name, password=password, is_superuser=name == "superuser"
        )
        for name in PEOPLE
    }
    User.objects.bulk_create(people.values())
    Membership.objects.bulk_create(
        Membership(user=people[name], agency=getattr(county, place), role=role)
        for name, place, role in POSTS
    )
    return SimpleNamespace(**people, anonymous=AnonymousUser())


@pytest.fixture
def reported() -> Callable[..., bytes]:
    """Makes the bytes of a balanced report; `change` overrides figures by address."""

    def make(
        agency: str = "青禾县财政局",
        year: int = 2023,
        change: dict[str, Any] | None = None,
        seed: int = 5,
        **more: Any,
    ) -> bytes:
        report = invent(seed, year=year, agency=agency, **more)
        for address, figure in (change or {}).items():
            stood = Provenance("report.html", "table 2, row 1", str(figure))
            report = report.with_figure(address, figure, stood)
        return dumps(report, provenance=True).encode()

    return make


@contextmanager
def guards_lifted() -> Iterator[None]:
    """The database's own guards out of force, as only its owner can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        try:
            yield
        finally:
            for _, statement in triggers:
                cursor.execute(statement)


@contextmanager
def replacing() -> Iterator[str]:
    """The verb with which SQLite puts a row aside without asking the guards against removal.

    A program of anybody else's has not asked for them either (PRAGMA recursive_triggers).
    PostgreSQL has no such verb.
    """
    if connection.vendor == "postgresql":
        yield "INSERT"
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            yield "INSERT OR REPLACE"
        finally:
            cursor.execute("PRAGMA recursive_triggers = ON")


@pytest.fixture(autouse=True, scope="session")
def emptied_after_transactional_tests() -> Iterator[None]:
    """Lets tests with real transactions clean up: the guards refuse to have the trail emptied."""
    emptied = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with guards_lifted():
            emptied(case)
        Head.objects.get_or_create(pk=1, defaults={"count": 0, "hash": GENESIS})

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = emptied
