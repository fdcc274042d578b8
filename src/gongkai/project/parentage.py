"""A worker of the server ends with the server, also where that was killed and could not say so.

Otherwise it would go on answering at the port that the next server needs.
"""

from __future__ import annotations

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """End this process at once when the process that made it by `multiprocessing` is gone."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, name="parentage", daemon=True).start()
