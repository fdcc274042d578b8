"""Whatever is killed, and whenever: what was acknowledged is there, and found."""

from __future__ import annotations

from tests.cli.test_serve import environment, free_port
from tests.project.killing import Installation

ROUNDS = 10


def test_nothing_acknowledged_is_lost_and_the_index_equals_the_database(tmp_path):
    setting = environment(tmp_path, GONGKAI_EXAMPLE="0", GONGKAI_HTTPS="0")
    outcome = Installation(setting, free_port(), tmp_path / "log").run(ROUNDS, seed=20261127)
    assert outcome.whole, outcome
    assert outcome.rounds == ROUNDS
    assert outcome.acknowledged >= ROUNDS
    assert sum(outcome.killed.values()) == ROUNDS
