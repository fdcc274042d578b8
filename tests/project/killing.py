"""Killing what runs, at moments nobody chose, while documents are published and withdrawn."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.project.publisher import Publisher
from tests.project.serving import Server, await_answer, get, started

VICTIMS = ("server", "process", "worker", "publisher", "all")
"""The server, one of its processes, the background worker, who publishes, or everything."""
SETTLED = 60.0
"""Seconds the index may take to follow on a machine that does other work as well."""


@dataclass(slots=True)
class Outcome:
    """What came of all rounds. The last three are what must not happen."""

    rounds: int = 0
    killed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VICTIMS, 0))
    acknowledged: int = 0
    lost: list[int] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    unequal: int = 0

    @property
    def whole(self) -> bool:
        """Nothing acknowledged was lost, and the index was always equal to the database."""
        return not (self.lost or self.returned or self.unequal)


class Installation:
    """A server and a publisher, started again when they are gone, and what was acknowledged."""

    def __init__(self, environment: dict[str, str], port: int, log: Path) -> None:
        self._environment = environment
        self._port = port
        self._log = log
        self._server: Server | None = None
        self._publisher: Publisher | None = None
        self.public: set[int] = set()
        self.withdrawn: set[int] = set()
        self.outcome = Outcome()

    def run(self, rounds: int, seed: int) -> Outcome:
        """So many rounds; the same seed kills the same at the same moments."""
        chance = random.Random(seed)
        try:
            for _ in range(rounds):
                self._round(chance, seed)
        finally:
            if self._publisher:
                self._publisher.end()
            if self._server:
                self._server.stop()
        return self.outcome

    def _running(self) -> tuple[Server, Publisher]:
        """Both, as the system that looks after them would have them."""
        if self._server is None or self._server.process.poll() is not None:
            self._server = started(self._environment, self._port, self._log, "--workers", "2")
        if self._publisher is None:
            self._publisher = Publisher(self._environment)
        return self._server, self._publisher

    def _round(self, chance: random.Random, seed: int) -> None:
        self.outcome.rounds += 1
        victim = VICTIMS[(self.outcome.rounds + seed) % len(VICTIMS)]
        server, publisher = self._running()
        work = threading.Thread(target=self._publish, args=(publisher, chance.random()))
        work.start()
        time.sleep(chance.uniform(0.1, 1.5))
        self._kill(victim, server, publisher, chance)
        work.join()
        if victim in {"publisher", "all"}:
            publisher.end()
            self._publisher = None
        self.outcome.killed[victim] += 1
        self._verify(*self._running())

    def _publish(self, publisher: Publisher, share: float) -> None:
        """Publish, and now and then withdraw, until the publisher is killed or has done enough."""
        for number in range(4):
            published = publisher.ask("publish", f"第{number}号通知")
            if "id" not in published:
                return
            self.public.add(published["id"])
            self.outcome.acknowledged += 1
            if number and share < 0.5:
                taken = min(self.public)
                # While it is asked for, either may be true.
                self.public.discard(taken)
                if "id" in publisher.ask("withdraw", taken):
                    self.withdrawn.add(taken)
                    self.outcome.acknowledged += 1

    def _kill(
        self, victim: str, server: Server, publisher: Publisher, chance: random.Random
    ) -> None:
        processes = sorted(server.processes())
        if victim in {"publisher", "all"}:
            publisher.kill()
        if victim == "process" and processes:
            _end(chance.choice(processes))
        if victim in {"worker", "all"} and (worker := server.worker()):
            _end(worker)
        if victim in {"server", "all"}:
            server.kill()

    def _verify(self, server: Server, publisher: Publisher) -> None:
        """Everything acknowledged is there and shown, and the index comes to equal the database."""
        end = time.monotonic() + SETTLED
        while not (told := publisher.ask("check"))["equal"] and time.monotonic() < end:
            time.sleep(0.1)
        self.outcome.unequal += not told["equal"]
        there = {int(number) for number in told["public"]}
        self.outcome.lost += sorted(self.public - there)
        self.outcome.returned += sorted(self.withdrawn & there)
        self._look(server)

    def _look(self, server: Server) -> None:
        """The newest of each kind, as a reader sees them."""
        await_answer(server)
        connection = server.connect()
        for numbers, status, failed in (
            (self.public, 200, self.outcome.lost),
            (self.withdrawn, 410, self.outcome.returned),
        ):
            newest = max(numbers, default=None)
            if newest and get(connection, f"/documents/{newest}/").status != status:
                failed.append(newest)
        connection.close()


def _end(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
