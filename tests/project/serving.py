"""A real server with its worker, and a way to talk to each of its processes."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

GONGKAI = [sys.executable, "-c", "from gongkai.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(slots=True)
class Server:
    """`gongkai serve` at a port; `log` is what it printed so far."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def connect(self) -> http.client.HTTPConnection:
        """A connection that stays open, to one of the processes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.connect()
        return connection

    def processes(self) -> set[int]:
        """The processes that answer requests."""
        return {pid for pid in children(self.process.pid) if "work" not in words(pid)}

    def worker(self) -> int | None:
        """The process that does the background work."""
        return next((p for p in children(self.process.pid) if "work" in words(p)), None)

    def one_to_each(self) -> dict[int, http.client.HTTPConnection]:
        """A connection to every process: the system chooses, so one tries until each has one."""
        found: dict[int, http.client.HTTPConnection] = {}
        wanted = self.processes()
        for _ in range(400):
            connection = self.connect()
            get(connection, "/healthz")
            pid = behind(connection, wanted)
            if pid is None or pid in found:
                connection.close()
            else:
                found[pid] = connection
            if found.keys() == wanted:
                return found
        raise AssertionError(f"only {len(found)} of {len(wanted)} processes answer")

    def stop(self) -> None:
        """Ask it to end, then make it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End the process that others depend on as a failing machine would."""
        self.process.kill()
        self.process.wait()


def started(environment: dict[str, str], port: int, log: Path, *arguments: str) -> Server:
    """A new server, once it answers."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*GONGKAI, "serve", "--port", str(port), *arguments],
            env=environment,
            stdout=out,
            stderr=out,
        )
    server = Server(process, port, log)
    try:
        await_answer(server)
    except BaseException:
        server.stop()
        raise
    return server


@contextmanager
def serving(environment: dict[str, str], port: int, log: Path, *arguments: str) -> Iterator[Server]:
    """The server, from the first answer on, until it is stopped."""
    server = started(environment, port, log, *arguments)
    try:
        yield server
    finally:
        server.stop()


def await_answer(server: Server) -> None:
    end = time.monotonic() + 180
    while time.monotonic() < end:
        assert server.process.poll() is None, server.log.read_text("utf-8")
        try:
            connection = server.connect()
            ok = get(connection, "/healthz").status == 200
            connection.close()
        except OSError:
            ok = False
        if ok:
            return
        time.sleep(0.05)
    raise AssertionError(server.log.read_text("utf-8"))


def get(connection: http.client.HTTPConnection, path: str) -> Answer:
    connection.request("GET", quote(path, safe="/?=&"))
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    return Answer(answer.status, dict(answer.getheaders()), text)


def children(pid: int) -> set[int]:
    """Processes that were started by this one and live."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found |= {int(word) for word in task.read_text().split()}
    return found


def words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


def behind(connection: http.client.HTTPConnection, processes: set[int]) -> int | None:
    """Which of the processes holds the other end of the connection."""
    ours = connection.sock.getsockname()[1]
    theirs = connection.sock.getpeername()[1]
    inode = next(
        (
            fields[9]
            for fields in map(str.split, Path("/proc/net/tcp").read_text().splitlines()[1:])
            if int(fields[1].rpartition(":")[2], 16) == theirs
            and int(fields[2].rpartition(":")[2], 16) == ours
        ),
        None,
    )
    for pid in processes:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            try:
                if str(link.readlink()) == f"socket:[{inode}]":
                    return pid
            except OSError:
                continue
    return None
