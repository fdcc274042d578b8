"""Outcomes of an import as a text that can be kept: sealed, because problems quote the ledger."""

from __future__ import annotations

import json
from dataclasses import astuple

from gongkai.casework.application.sealing import opened, seal
from gongkai.casework.importing.problems import Problem
from gongkai.casework.importing.running import Outcome


def sealed(outcome: Outcome) -> str:
    """The outcome, to be opened by `unsealed` alone."""
    plain = {
        "total": outcome.total,
        "kept": outcome.kept,
        "before": outcome.before,
        "closed": outcome.closed,
        "problems": [list(astuple(problem)) for problem in outcome.problems],
    }
    return seal(json.dumps(plain).encode()).decode("ascii")


def unsealed(text: str) -> Outcome:
    """The outcome that `sealed` gave. Raises SealBrokenError."""
    plain = json.loads(opened(text.encode("ascii")))
    problems = tuple(Problem(*parts) for parts in plain["problems"])
    return Outcome(**{**plain, "problems": problems})
