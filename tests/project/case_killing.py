"""Killing those who work on applications, at moments nobody chose."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
CHECK = "check"


@dataclass(slots=True)
class Outcome:
    """What came of all rounds. `lost`, `gaps`, `half` and `broken` are what must not happen:
    acknowledged steps that are not there, rounds after which a number was missing or doubled,
    things half-done, and rounds after which the trail did not verify."""

    rounds: int = 0
    acknowledged: dict[str, int] = field(
        default_factory=lambda: {"applied": 0, "received": 0, "signed": 0}
    )
    lost: list[str] = field(default_factory=list)
    gaps: int = 0
    half: int = 0
    broken: int = 0

    @property
    def whole(self) -> bool:
        """Nothing of that has happened."""
        return not (self.lost or self.gaps or self.half or self.broken)


class Round:
    """Some who work at once until all are killed, and what they have said by then."""

    def __init__(self, environment: dict[str, str], name: str) -> None:
        self.said: list[tuple[str, ...]] = []
        self._begun = threading.Event()
        self._workers = [
            _program(environment, f"{name}.{place}", stdout=subprocess.PIPE)
            for place in range(WORKERS)
        ]
        self._listening = [
            threading.Thread(target=self._listen, args=(one,)) for one in self._workers
        ]
        for thread in self._listening:
            thread.start()

    def killed_after(self, seconds: float) -> None:
        """So long after the first of them has done something."""
        if not self._begun.wait(120):
            raise RuntimeError("nobody began to work")
        time.sleep(seconds)
        for worker in self._workers:
            worker.kill()
        for thread in self._listening:
            thread.join()
        for worker in self._workers:
            worker.wait()

    def _listen(self, worker: subprocess.Popen[str]) -> None:
        assert worker.stdout is not None
        with worker.stdout:
            for line in worker.stdout:
                if line.endswith("\n"):
                    self.said.append(tuple(json.loads(line)))
                    self._begun.set()


def run(environment: dict[str, str], rounds: int, seed: int) -> Outcome:
    """So many rounds on one installation, which must be migrated; all that was ever acknowledged is
    looked for after each."""
    chance, outcome = random.Random(seed), Outcome()
    _program(environment, "set-up").wait(120)
    known: set[tuple[str, ...]] = set()
    for number in range(rounds):
        one = Round(environment, str(number))
        one.killed_after(chance.uniform(0, 1.2))
        known.update(one.said)
        for verb, *_ in one.said:
            outcome.acknowledged[verb] += 1
        outcome.rounds += 1
        _look(environment, known, outcome)
    return outcome


def _look(environment: dict[str, str], known: set[tuple[str, ...]], outcome: Outcome) -> None:
    with _program(environment, CHECK, stdout=subprocess.PIPE) as program:
        there: dict[str, Any] = json.loads(program.communicate(timeout=120)[0])
    cases, signed = set(there["cases"]), {tuple(pair) for pair in there["signed"]}
    outcome.lost += [case for _, case, *_ in known if case not in cases]
    outcome.lost += [said[2] for said in known if said[0] == "signed" and said[1:] not in signed]
    outcome.gaps += bool(there["gaps"])
    outcome.half += there["half"]
    outcome.broken += not there["trail"]


def _program(environment: dict[str, str], name: str, **more: Any) -> subprocess.Popen[str]:
    setting = {"DJANGO_SETTINGS_MODULE": "gongkai.project.settings", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.project.case_work", name],
        cwd=ROOT,
        env={**environment, **setting},
        text=True,
        **more,
    )
