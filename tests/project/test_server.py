"""What the server makes of headers, on which rests whose address is believed."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from granian.constants import Interfaces
from granian.server import Server
if __name__ == "__main__":
    Server("tests.project.test_server:told", address="127.0.0.1", port=int(sys.argv[1]),
           interface=Interfaces.WSGI, workers=1, blocking_threads=1).serve()
"""


def told(environ, start_response):
    """A WSGI application that answers with what it was told of the visitor."""
    start_response("200 OK", [])
    return [environ.get("HTTP_X_FORWARDED_FOR", "").encode()]


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    script = tmp_path_factory.mktemp("server") / "serve.py"
    script.write_text(SERVE)
    server = subprocess.Popen(
        [sys.executable, script, str(number)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            if server.poll() is None and answered(number):
                break
            time.sleep(0.05)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=20)


def answered(number):
    try:
        ask(number)
    except OSError:
        return False
    return True


def ask(number, *headers):
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=10)
    connection.putrequest("GET", "/")
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders()
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def test_headers_of_one_name_come_joined_in_order(port):
    """A proxy that adds a header of its own, instead of adding to the one there is, comes last."""
    said = ask(port, ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", "1.1.1.1"))
    assert said.replace(" ", "") == "6.6.6.6,1.1.1.1"


def test_of_names_that_differ_in_hyphens_alone_only_one_comes(port):
    """So which one came cannot be told, and docs/settings.md asks the proxy to drop the other."""
    said = ask(port, ("X-Forwarded-For", "1.1.1.1"), ("X_Forwarded_For", "6.6.6.6"))
    assert said == "6.6.6.6"
