from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any


class Door:
    """Lets requests into the site one at a time, and none while it is shut.

    The tests' database in memory is one connection which every thread of the server
    shares: two requests at once would stand in each other's transaction, and one that
    outlives its test would meet a database that is being emptied for the next.
    """

    def __init__(self, site: Callable[..., Iterable[bytes]]) -> None:
        self._site = site
        self._inside = threading.Lock()
        self._open = False

    def open(self) -> None:
        self._open = True

    def shut(self) -> None:
        """Wait for whoever is inside; answer 503 to all that come later."""
        with self._inside:
            self._open = False

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        with self._inside:
            if not self._open:
                start("503 Service Unavailable", [("Content-Length", "0")])
                return []
            answer = self._site(environ, start)
            try:
                return [b"".join(answer)]
            finally:
                if hasattr(answer, "close"):
                    answer.close()
