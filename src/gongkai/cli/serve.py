"""`gongkai serve`: the web site of this installation on this machine."""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import multiprocessing
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import click

from gongkai.cli import site
from gongkai.cli.companion import companion

STOP_TIMEOUT = 5
"""Seconds that requests which never end may keep the site from stopping."""
PORT_TIMEOUT = 1.5
"""Seconds in which the workers of a server that was killed give up its port."""


@click.command(
    epilog="""\b
Examples:
  gongkai serve
  PORT=8080 gongkai serve
  GONGKAI_EXAMPLE=0 gongkai serve        (start with an empty installation)

Ctrl-C stops it. Everything it keeps lies under GONGKAI_HOME (default ./var)."""
)
@click.option(
    "--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), default=None, help="Default: one a core.")
@click.option("--no-worker", is_flag=True, help="Leave background work to `gongkai work`.")
def serve(port: int, host: str, workers: int | None, *, no_worker: bool) -> None:
    """Set up the database where needed, run the web site and its background work."""
    _require_free(host, port)
    # Only on the machine itself is plain HTTP safe; elsewhere a server in front speaks TLS.
    settings = site.set_up(**(_own_machine(host, port) if _is_loopback(host) else {}))
    _migrate()
    _collect_static(settings.STATIC_ROOT)
    _load_example(settings.HOME)
    _greet(host, port, settings.HOME)
    with nullcontext() if no_worker else companion(["work", "--until-eof"], patience=STOP_TIMEOUT):
        _run(host, port, workers or min(os.cpu_count() or 1, 4))


def _own_machine(host: str, port: int) -> dict[str, str]:
    """What holds where nothing stands in front: plain HTTP, and letters that lead back here."""
    return {"GONGKAI_HTTPS": "0", "GONGKAI_SITE_URL": f"http://{host}:{port}"}


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _require_free(host: str, port: int) -> None:
    last = time.monotonic() + PORT_TIMEOUT
    while (error := _refusal(host, port)) is not None:
        if time.monotonic() >= last:
            raise site.Unfit(
                f"Cannot listen on {host}:{port}: {error.strerror}. "
                "Choose another port: gongkai serve --port 8080"
            ) from error
        time.sleep(0.1)


def _refusal(host: str, port: int) -> OSError | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415  needs Django set up

    with site.answering():
        call_command("migrate", verbosity=0, interactive=False)


def _collect_static(root: Path) -> None:
    """Gather styles, scripts and pictures if any of them has changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    marks = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            marks.update(f"{path} {file.st_mtime_ns} {file.st_size}\n".encode())
    stamp = root / ".collected"
    if stamp.exists() and stamp.read_text("ascii") == marks.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(marks.hexdigest(), "ascii")


def _load_example(home: Path) -> None:
    from gongkai.cli import county  # noqa: PLC0415  needs Django set up
    from gongkai.project.environment import flag  # noqa: PLC0415

    if flag("GONGKAI_EXAMPLE", default=True) and county.wanted(home):
        _apart(county.load, home)


def _apart(load: Callable[[Path], None], home: Path) -> None:
    """Load in a process that ends with it.

    Writing PDF starts threads that live as long as their process. The workers are forked from this
    one and would wait for ever for threads they did not inherit.
    """
    from django.db import connections  # noqa: PLC0415  needs Django set up

    connections.close_all()
    loading = multiprocessing.get_context("fork").Process(target=load, args=(home,))
    loading.start()
    loading.join()
    if loading.exitcode:
        raise site.Unfit("The example could not be loaded. Start again to go on with it.")


def _greet(host: str, port: int, home: Path) -> None:
    from gongkai.cli import county  # noqa: PLC0415  needs Django set up

    shown = f"[{host}]" if ":" in host else host
    click.echo(f"\n公开 Gongkai: http://{shown}:{port}/  (desk: http://{shown}:{port}/desk/)")
    people = county.logins(home)
    if people:
        click.echo(f"示例账号 / example log-ins:\n{people}")
    click.echo("按 Ctrl-C 停止。 / Ctrl-C stops it.")
    sys.stdout.flush()


def _prepare_pages() -> None:
    """Once, before the workers are forked, instead of in each of them at its first request.

    Not what the workers run itself: it starts threads, which a fork leaves behind. So does the
    first chart that is drawn; what draws it is imported here. Tables that take long to make are
    made here too: of twelve who come first each would make its own.
    """
    from django.conf import settings  # noqa: PLC0415  needs Django set up
    from django.urls import reverse  # noqa: PLC0415
    from django.utils.translation import override  # noqa: PLC0415

    from gongkai.annual_report.charts import drawing  # noqa: PLC0415
    from gongkai.publishing.search.folding import fold  # noqa: PLC0415

    for code, _ in settings.LANGUAGES:
        with override(code):
            reverse("portal:home")
    fold("字")
    drawing.load()


def _run(host: str, port: int, workers: int) -> None:
    from django.db import connections  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    from gongkai.project import intake  # noqa: PLC0415

    _prepare_pages()
    connections.close_all()
    # It calls so many threads too many for the cores; nearly all of them only wait for bodies.
    logging.getLogger("_granian").addFilter(lambda line: "Python threads" not in line.getMessage())
    Server(
        "gongkai.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=intake.THREADS,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_TIMEOUT,
    ).serve()
