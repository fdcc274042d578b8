"""A program beside the server that publishes and withdraws, from the side of who started it."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
FILE = "附件.txt"


class Publisher:
    """The program publishing.py under the environment of an installation."""

    def __init__(self, environment: dict[str, str]) -> None:
        settings = {"DJANGO_SETTINGS_MODULE": "gongkai.project.settings"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.project.publishing"],
            cwd=ROOT,
            env={**environment, **settings, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *what: Any) -> dict[str, Any]:
        """Have something done; what came of it, nothing if the program was killed."""
        try:
            self._process.stdin.write(json.dumps(what, ensure_ascii=False) + "\n")
            self._process.stdin.flush()
        except OSError:
            return {}
        answer: dict[str, Any] = json.loads(self._process.stdout.readline() or "{}")
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Let it end by itself."""
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def kill(self) -> None:
        """End it as a failing machine would. Who waits for an answer gets none."""
        self._process.kill()
