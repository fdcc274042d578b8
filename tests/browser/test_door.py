from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from tests.browser.door import Door


def test_a_shut_door_waits_for_the_request_inside_and_refuses_the_next() -> None:
    entered, leave = threading.Event(), threading.Event()
    answers: list[str] = []

    def site(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        start("200 OK", [])
        entered.set()
        leave.wait(10)
        yield b"done"

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        answers.append(status)

    door = Door(site)
    door.open()
    request = threading.Thread(target=door, args=({}, start))
    request.start()
    entered.wait(10)
    shutting = threading.Thread(target=door.shut)
    shutting.start()
    shutting.join(0.05)
    assert shutting.is_alive()
    leave.set()
    request.join(10)
    shutting.join(10)
    door({}, start)
    assert answers == ["200 OK", "503 Service Unavailable"]
