"""Programs that answer at an address while something is measured."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    process: int
    address: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: list[str | Path], log: Path, address: str, **environment: str
) -> Iterator[int]:
    """The program, once it answers at `address`; ended at the end."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, cwd=log.parent, env={**os.environ, **environment}
        )
    try:
        end = time.monotonic() + 240
        while not fetched(address):
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{command[0]} does not answer:\n{log.read_text()[-2000:]}")
            time.sleep(0.2)
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def fetched(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return bytes(answer.read())
    except OSError:
        return b""
