"""Settings come from the environment; what does not fit is named."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.project import environment


class TestSecretKey:
    def test_is_made_once_and_only_for_the_owner_to_read(self, tmp_path, monkeypatch):
        monkeypatch.delenv("GONGKAI_SECRET_KEY", raising=False)
        key = environment.secret_key(tmp_path)
        assert len(key) >= 64
        assert environment.secret_key(tmp_path) == key
        assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]

    def test_is_the_same_for_all_processes_that_start_at_once(self, tmp_path, monkeypatch):
        monkeypatch.delenv("GONGKAI_SECRET_KEY", raising=False)
        with ThreadPoolExecutor(16) as pool:
            keys = set(pool.map(lambda _: environment.secret_key(tmp_path), range(64)))
        assert len(keys) == 1

    def test_may_be_given_and_then_no_file_is_made(self, tmp_path, monkeypatch):
        monkeypatch.setenv("GONGKAI_SECRET_KEY", "given")
        assert environment.secret_key(tmp_path) == "given"
        assert not list(tmp_path.iterdir())

    def test_in_an_empty_file_is_not_accepted(self, tmp_path, monkeypatch):
        monkeypatch.delenv("GONGKAI_SECRET_KEY", raising=False)
        (tmp_path / "secret-key").touch()
        with pytest.raises(ImproperlyConfigured, match="remove it"):
            environment.secret_key(tmp_path)


class TestDatabase:
    def test_is_sqlite_in_the_home_folder_by_default(self, tmp_path):
        found = environment.database("", tmp_path)
        assert found["ENGINE"].endswith("sqlite3")
        assert found["NAME"] == str(tmp_path / "gongkai.sqlite3")
        assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"

    def test_may_be_another_sqlite_file(self, tmp_path):
        assert environment.database("sqlite:///srv/a%20b.db", tmp_path)["NAME"] == "/srv/a b.db"

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            (
                "postgresql://gk:p%40ss@db.local:5433/gongkai?sslmode=require",
                ("gk", "p@ss", "db.local", "5433", "gongkai", {"sslmode": "require"}),
            ),
            ("postgres:///gongkai", ("", "", "", "", "gongkai", {})),
            ("postgresql://gk@/gongkai?host=/run/pg", ("gk", "", "/run/pg", "", "gongkai", {})),
        ],
    )
    def test_may_be_postgresql(self, tmp_path, url, expected):
        found = environment.database(url, tmp_path)
        assert found["ENGINE"].endswith("postgresql")
        names = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")
        assert tuple(found[name] for name in names) == expected

    @pytest.mark.parametrize(
        "url", ["mysql://x/y", "gongkai", "postgresql://host", "postgresql://h:x/y", "sqlite://"]
    )
    def test_of_another_kind_or_without_a_name_is_refused(self, tmp_path, url):
        with pytest.raises(ImproperlyConfigured, match="GONGKAI_DATABASE_URL"):
            environment.database(url, tmp_path)


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("true", True), ("0", False), ("", False)]
)
def test_a_flag_is_yes_or_no(monkeypatch, value, meant):
    monkeypatch.setenv("GONGKAI_DEBUG", value)
    assert environment.flag("GONGKAI_DEBUG", default=True) is meant


@pytest.mark.parametrize(
    ("name", "value", "ask"),
    [
        ("GONGKAI_DEBUG", "perhaps", lambda n: environment.flag(n, default=False)),
        ("GONGKAI_DROP_LIMIT", "-1", lambda n: environment.whole(n, default=20)),
        ("GONGKAI_DROP_LIMIT", "many", lambda n: environment.whole(n, default=20)),
    ],
)
def test_a_value_that_does_not_fit_is_named(monkeypatch, name, value, ask):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        ask(name)


def test_a_home_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(ImproperlyConfigured, match="cannot be made"):
        environment.home()


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


class TestPrivacy:
    @pytest.fixture(autouse=True)
    def generous(self):
        before = os.umask(0o022)
        yield
        os.umask(before)

    def test_a_new_home_is_for_its_owner_alone(self, monkeypatch, tmp_path):
        monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "new"))
        assert mode(environment.home()) == 0o700

    def test_what_is_made_from_now_on_is_for_the_owner_alone(self, tmp_path):
        environment.keep_private(tmp_path)
        (tmp_path / "file").touch()
        (tmp_path / "folder").mkdir()
        assert (mode(tmp_path / "file"), mode(tmp_path / "folder")) == (0o600, 0o700)

    def test_a_stricter_mask_stays(self, tmp_path):
        os.umask(0o177)
        environment.keep_private(tmp_path)
        (tmp_path / "file").touch()
        assert os.umask(0o022) == 0o177

    def test_what_an_earlier_start_left_open_is_closed(self, tmp_path):
        (tmp_path / "files").mkdir()
        for name in ("gongkai.sqlite3", "gongkai.sqlite3-wal", "secret-key"):
            (tmp_path / name).touch()
        environment.keep_private(tmp_path)
        assert mode(tmp_path / "files") == 0o700
        assert mode(tmp_path / "gongkai.sqlite3") == mode(tmp_path / "gongkai.sqlite3-wal") == 0o600
        assert mode(tmp_path / "secret-key") == 0o600

    def test_what_others_keep_in_the_same_folder_is_left_alone(self, tmp_path):
        tmp_path.chmod(0o755)
        (tmp_path / "notes.txt").touch()
        environment.keep_private(tmp_path)
        assert (mode(tmp_path), mode(tmp_path / "notes.txt")) == (0o755, 0o644)
