"""The default settings are fit for production; plain HTTP is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys

REPORT = """
import json
from gongkai.project import settings as s
print(json.dumps({name: getattr(s, name) for name in %r}))
"""


def run(home, *arguments, **environment):
    ours = ("GONGKAI_", "DJANGO_")  # other tests may have set some of these in this process
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        env={
            **clean,
            "GONGKAI_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def values(home, *names, **environment):
    done = run(home, "-c", REPORT % (names,), **environment)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout).values())


def test_djangos_check_for_deployment_finds_nothing(tmp_path):
    done = run(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "DEBUG")
    assert (done.returncode, "no issues (0 silenced)" in done.stdout) == (0, True), done.stderr


def test_no_migration_is_missing(tmp_path):
    done = run(tmp_path, "-m", "django", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr


def test_by_default_nothing_is_debugged_and_only_this_machine_is_answered(tmp_path):
    debug, https, hosts = values(tmp_path, "DEBUG", "HTTPS", "ALLOWED_HOSTS")
    assert (debug, https) == (False, True)
    assert hosts == ["127.0.0.1", "localhost", "[::1]"]


def test_plain_http_has_cookies_that_plain_http_can_carry(tmp_path):
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    assert values(tmp_path, *names, GONGKAI_HTTPS="0") == [False] * 3
    assert values(tmp_path, *names) == [True] * 3


def test_the_word_of_a_proxy_counts_only_where_one_is_trusted(tmp_path):
    assert values(tmp_path, "SECURE_PROXY_SSL_HEADER") == [None]
    assert values(tmp_path, "SECURE_PROXY_SSL_HEADER", GONGKAI_TRUSTED_PROXIES="1") == [
        ["HTTP_X_FORWARDED_PROTO", "https"]
    ]


def test_hosts_are_named_by_the_environment(tmp_path):
    given = "gk.example.cn, www.example.cn"
    assert values(tmp_path, "ALLOWED_HOSTS", GONGKAI_ALLOWED_HOSTS=given) == [
        ["gk.example.cn", "www.example.cn"]
    ]


def test_sqlite_has_on_the_disk_what_it_acknowledged_waits_its_turn_and_keeps_its_guards(tmp_path):
    script = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout",
                 "recursive_triggers"):
        cursor.execute(f"PRAGMA {name}"); print(cursor.fetchone()[0])
"""
    assert run(tmp_path, "-c", script).stdout.split() == ["wal", "2", "1", "10000", "1"]


FROZEN = """
import gc, sys
from gongkai.project import wsgi
assert "gongkai.desk.cases.page" in sys.modules
print(gc.get_freeze_count() > 0.9 * (gc.get_freeze_count() + len(gc.get_objects())))
"""


def test_the_collector_of_cycles_passes_over_what_was_imported(tmp_path):
    done = run(tmp_path, "-W", "ignore", "-c", FROZEN, GONGKAI_HTTPS="0")
    assert done.stdout.strip() == "True", done.stderr
