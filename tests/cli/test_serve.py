"""`gongkai serve`, tried as a new user would: start, look, stop, start again."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from gongkai.cli import serve as command

GONGKAI = [sys.executable, "-c", "from gongkai.cli import main; main()"]
REPORT = "/reports/990101-001/2024/revisions/1/report.pdf"
NAMES = (
    "drafter",
    "secrecy",
    "legality",
    "signatory",
    "officer",
    "reviewer",
    "supervisor",
    "administrator",
)


def environment(home: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    return {**clean, "GONGKAI_HOME": str(home), **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path, log: Path, **more: str):
    """The site, from the first answer on; gives its address and the seconds it took."""
    port = free_port()
    began = time.monotonic()
    with log.open("w") as out:
        process = subprocess.Popen(
            [*GONGKAI, "serve", "--port", str(port), "--workers", "1"],
            env=environment(home, **more),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        while not answers(address):
            assert process.poll() is None, log.read_text("utf-8")
            assert time.monotonic() - began < 400, log.read_text("utf-8")
            time.sleep(0.05)
        yield address, time.monotonic() - began
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0, log.read_text("utf-8")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def logins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) +([a-z0-9-]{14}) ", text, re.MULTILINE))


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A home in which the site was started once, and what was printed."""
    home = tmp_path_factory.mktemp("home")
    log = home.parent / "first.log"
    with served(home, log) as (address, _):
        (home.parent / "first.pdf").write_bytes(downloaded(address + REPORT))
    return home, log.read_text("utf-8")


def downloaded(address: str) -> bytes:
    """The file at that address; nothing if it does not come in time."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return bytes(answer.read())
    except OSError:
        return b""


def test_the_first_start_prints_the_address_and_a_log_in_for_each_role(installation):
    _, printed = installation
    assert re.search(r"http://127\.0\.0\.1:\d+/", printed)
    assert tuple(logins(printed)) == NAMES
    assert "Traceback" not in printed


def test_the_first_start_gives_out_pdf_at_once(installation):
    home, _ = installation
    assert (home.parent / "first.pdf").read_bytes().startswith(b"%PDF-")


def test_what_it_keeps_secret_only_its_owner_can_read(installation):
    home, _ = installation
    for name in ("secret-key", "example-logins.txt"):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600


def test_nothing_it_made_can_be_read_by_others_on_the_machine(installation):
    home, _ = installation
    open_to_others = [
        str(path.relative_to(home))
        for path in home.rglob("*")
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert open_to_others == []


def seconds_of_importing(home):
    """How long this machine takes, as busy as it is now, to load the program and answer nothing."""
    began = time.monotonic()
    script = "import django; django.setup(); import gongkai.cli.county, gongkai.project.urls"
    settings = environment(home, DJANGO_SETTINGS_MODULE="gongkai.project.settings")
    subprocess.run([sys.executable, "-c", script], env=settings, check=True)
    return time.monotonic() - began


def test_a_later_start_answers_in_five_seconds_with_the_same_log_ins(installation):
    """Where other tests keep the machine busy, in the time of three times loading the program."""
    home, first = installation
    log = home.parent / "second.log"
    before = seconds_of_importing(home)
    with served(home, log) as (_, seconds):
        pass
    assert seconds < max(5, 3 * max(before, seconds_of_importing(home)))
    assert logins(log.read_text("utf-8")) == logins(first)


def test_the_example_is_whole_and_leaves_work_on_the_desk(installation):
    home, _ = installation
    script = """
import django; django.setup()
from collections import Counter
from gongkai.annual_report.models import Revision
from gongkai.annual_report.review import findings
from gongkai.org.models import Agency, User
states = Counter(Revision.objects.values_list("state", flat=True))
drafts = [len(findings(r)) for r in Revision.objects.filter(state="draft")]
print(Agency.objects.count(), states["published"], states["superseded"], states["frozen"])
print(min(drafts), len(drafts))
print(User.objects.get(username="officer").memberships.count())
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(home, DJANGO_SETTINGS_MODULE="gongkai.project.settings"),
        capture_output=True,
        text=True,
        check=True,
    )
    agencies, published, superseded, frozen, fewest, drafts, roles = map(int, done.stdout.split())
    assert agencies == 38
    assert published > 130
    assert superseded >= 1
    assert frozen >= 5
    assert (fewest >= 1, drafts >= 5, roles) == (True, True, 3)


def test_the_trail_of_all_that_is_whole(installation):
    home, _ = installation
    done = subprocess.run(
        [*GONGKAI, "trail", "verify"],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.startswith("The trail is whole")) == (0, True)


def test_loading_again_changes_nothing_and_says_why(installation):
    home, _ = installation
    done = subprocess.run(
        [*GONGKAI, "example", "load"],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "not mixed" in done.stderr) == (2, True)


def test_an_empty_installation_may_be_asked_for(tmp_path):
    log = tmp_path / "log"
    with served(tmp_path / "home", log, GONGKAI_EXAMPLE="0"):
        pass
    assert logins(log.read_text("utf-8")) == {}


@pytest.fixture
def crowded(tmp_path):
    """The address of a site that waits for 48 bodies that never come; it has to stop all the
    same."""
    unfinished = (
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
    )
    with (
        ExitStack() as clients,
        served(tmp_path / "home", tmp_path / "log", GONGKAI_EXAMPLE="0") as (address, _),
    ):
        port = int(address.rpartition(":")[2])
        for _ in range(48):
            client = clients.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(unfinished.encode())
        yield address
    assert "Python threads" not in (tmp_path / "log").read_text("utf-8")


def test_bodies_that_never_come_do_not_keep_others_waiting(crowded):
    """After a burst the server may leave one request lying until the next one comes."""
    assert sum(answers(crowded) for _ in range(10)) >= 8


def test_a_port_in_use_is_named_with_what_to_do(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*GONGKAI, "serve", "--port", port],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.parametrize(
    "command_line", [["trail", "verify"], ["trail", "head"], ["example", "load"]]
)
def test_an_installation_that_is_not_set_up_is_named(tmp_path, command_line):
    done = subprocess.run(
        [*GONGKAI, *command_line],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "gongkai serve" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("host", "plain"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("gk.cn", False)],
)
def test_plain_http_is_taken_for_safe_on_this_machine_alone(host, plain):
    assert command._is_loopback(host) is plain


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted in /proc")
def test_what_takes_long_is_made_before_the_fork_and_starts_no_thread(tmp_path):
    probe = (
        "import os, sys\n"
        "from gongkai.cli import serve, site\n"
        "site.set_up()\n"
        "from django.urls import get_resolver\n"
        "list(get_resolver().url_patterns)\n"
        "before = len(os.listdir('/proc/self/task'))\n"
        "serve._prepare_pages()\n"
        "print(sorted({'altair', 'vl_convert'} & set(sys.modules)))\n"
        "print(len(os.listdir('/proc/self/task')) - before)\n"
        "from gongkai.publishing.search import folding\n"
        "print(folding._table.cache_info().currsize)"
    )
    run = subprocess.run(
        [sys.executable, "-c", probe],
        check=True,
        capture_output=True,
        text=True,
        env=environment(tmp_path),
    )
    assert run.stdout.split("\n")[:3] == ["['altair', 'vl_convert']", "0", "1"]
