"""Writers that are killed at random moments, for the tests and for the measurements."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from gongkai.publishing.search.backend import Query
from gongkai.publishing.search.entry import Change, Entry
from gongkai.publishing.search.index import EmbeddedIndex

EACH = 5
"""Documents of one commit."""


def invented(which: int, **more: object) -> Entry:
    """A document told from others by its id alone; `more` overrides its fields."""
    usual = {
        "id": which,
        "title": f"关于第{which}处水库除险加固的通知",
        "number": f"青水发〔2026〕{which}号",
        "index_number": f"qh-sl/2026-{which:05}",
        "agency": "qh-sl",
        "lineage": ("qh", "qh-sl"),
        "year": 2026,
        "item": "20.1",
        "kind": "notice",
        "validity": "in_force",
        "published_on": date(2026, 1, 1) + timedelta(days=which % 300),
        "formed_on": date(2025, 12, 31),
        "keywords": ("水利",),
        "text": f"各乡镇人民政府：第{which}处水库的除险加固工程已经批准。",
    }
    return Entry(**{**usual, **more})  # type: ignore[arg-type]


def step(position: int) -> list[Change]:
    """What the commit with that position changes: some documents come, one goes."""
    first = position * EACH
    made = [Change(number, invented(number)) for number in range(first, first + EACH)]
    return [*made, Change(first - EACH, None)]


def expected(position: int) -> set[int]:
    """The documents that are there after the commit with that position, from an empty index on."""
    there: set[int] = set()
    for past in range(1, position + 1):
        for change in step(past):
            there.discard(change.id) if change.entry is None else there.add(change.id)
    return there


def write_for_ever(root: Path) -> None:
    """Commits one step after another until somebody kills the process."""
    index = EmbeddedIndex(root)
    position = index.position() or 0
    print("begun", flush=True)
    while True:
        position += 1
        index.apply(step(position), position)
        print(position, flush=True)


_WRITER = (
    "import sys; from pathlib import Path; from tests.publishing.search.killing import "
    "write_for_ever; write_for_ever(Path(sys.argv[1]))"
)


def killed_at_random(rounds: int, root: Path, seed: int = 7) -> int:
    """Kills a writer at a random moment of each round and holds the index against its position.

    Gives the number of rounds; raises AssertionError when an index is not exactly in the state of
    a commit, or has lost one that its writer had been told of.
    """
    chance = random.Random(seed)
    EmbeddedIndex(root).rebuild((), 0, lambda _: None)
    for _ in range(rounds):
        told = _one_life(root, chance.uniform(0.0, 0.15))
        index = EmbeddedIndex(root)
        position = index.position()
        assert position is not None, "the index cannot be read"
        assert position >= told, f"commit {told} was told of and is lost: {position}"
        found = set(index.fingerprints(0, 2**40)) - {0}
        assert found == expected(position), f"the index is not that of commit {position}"
        assert index.search(Query("水库 除险加固", limit=0)).total == len(found)
    return rounds


def _one_life(root: Path, seconds: float) -> int:
    """Lets a writer write so long, kills it, and gives the last commit it told of."""
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(root)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n"
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        told = writer.stdout.read().split()
    return int(told[-1]) if told else 0
