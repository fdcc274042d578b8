"""`gongkai work`: the background work of this installation on this machine."""

from __future__ import annotations

import os
import sys
import threading

import click

from gongkai.cli import site

LOCK = "worker.lock"


@click.command(
    epilog="""\b
Examples:
  gongkai work            (beside `gongkai serve --no-worker`)
  gongkai work --once     (from cron)

Ctrl-C or SIGTERM ends it. A second one on the same machine waits until the first is gone."""
)
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option(
    "--until-eof", is_flag=True, help="End when standard input does, as with the program behind it."
)
@click.pass_context
def work(context: click.Context, *, once: bool, until_eof: bool) -> None:
    """Index, publish what is scheduled, lapse, make duties, run what was ordered."""
    settings = site.set_up()
    site.require_database()
    from gongkai.jobs import work as jobs  # noqa: PLC0415  needs Django set up

    if once:
        failed = jobs.run_once(settings.HOME / LOCK)
        if failed is None:
            click.echo("Another worker of this machine is at it.")
        elif failed:
            raise site.Unfit(f"{failed} of the routines failed, as logged. The rest is done.")
        return
    ended = jobs.end_by_signal()
    if until_eof:
        threading.Thread(target=_await_eof, args=(ended,), daemon=True).start()
    jobs.run(settings.HOME / LOCK, ended)
    context.exit(0)


def _await_eof(ended: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    ended.set()
