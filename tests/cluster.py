"""A PostgreSQL server of the tests' own, thrown away afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None if PostgreSQL is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster(bin_folder: Path, *, durable: bool = False) -> Iterator[str]:
    """Starts a server that listens on a Unix socket alone, and gives its GONGKAI_DATABASE_URL.

    Nobody minds what a test has lost in a power cut, so that it need not wait for the disk.
    """
    folder = Path(tempfile.mkdtemp(prefix="gkpg-", dir="/tmp"))
    data = folder / "data"
    identity = _unprivileged(folder)
    locale = ("-E", "UTF8", "--locale", "C.UTF-8")
    fast = "" if durable else " -c fsync=off -c full_page_writes=off"
    options = f"-k {folder} -c listen_addresses={fast}"

    def run(program: str, *arguments: str | Path) -> None:
        # The server inherits what pg_ctl was given: a pipe would never be closed.
        command = [bin_folder / program, "-D", data, *arguments]
        with (folder / f"{program}.log").open("ab") as out:
            subprocess.run(command, check=True, stdout=out, stderr=out, timeout=120, **identity)

    try:
        run("initdb", "-U", "gongkai", "-A", "trust", *locale, "--no-sync")
        run("pg_ctl", "-w", "-o", options, "-l", folder / "server.log", "start")
        try:
            yield f"postgresql://gongkai@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """The server refuses to run as root; then it runs as the user Debian made for it."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o755)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": folder}
