"""Where indexes lie: one folder each, and a link `current` to the one that is used.

    search/current -> index-1f2e…     the index in use
    search/index-1f2e…/               its files and `form.json`: in what form it was written
    search/building-77aa…/            one that is being made; nobody reads it
    search/rebuild.lock               held while one is being made

A reader follows the link; putting another index in its place is one rename.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from gongkai.publishing.search.backend import Busy

CURRENT = "current"
FORM = "form.json"
DOUBTED = "doubted"
STORAGE = 1
"""Raised by hand with every change of the fields or of how texts are cut."""


def form() -> dict[str, str]:
    """All that decides what lies in an index. One written in another form is made anew."""
    return {
        "storage": str(STORAGE),
        "engine": version("tantivy"),
        "words": version("rjieba"),
        "spelling": version("opencc"),
    }


class Place:
    """The folder `root` with all indexes of the installation."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The folder of the index in use, if it is there and in the form of this version."""
        try:
            folder = self.root / (self.root / CURRENT).readlink()
            written = json.loads((folder / FORM).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return folder if written == form() else None

    def doubted(self, folder: Path) -> bool:
        """Whether a reader has found the index broken."""
        return (folder / DOUBTED).exists()

    def doubt(self, folder: Path) -> None:
        """Notes that the index is broken, so that whoever may write makes another."""
        with suppress(OSError):
            (folder / DOUBTED).touch()

    @contextmanager
    def building(self) -> Iterator[Path]:
        """An empty folder for a new index, which is gone afterwards unless it was put in place.

        Only one process at a time makes an index; others get `Busy`.
        """
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.root / "rebuild.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy("another process is making a new index") from error
            self._sweep()
            folder = self.root / f"building-{uuid4().hex[:12]}"
            folder.mkdir(mode=0o700)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def put_in_place(self, folder: Path) -> Path:
        """Makes a built index the one in use and removes the one before; gives its new name.

        Who reads the old one goes on with its open files.
        """
        (folder / FORM).write_text(json.dumps(form()) + "\n", "utf-8")
        settled = self.root / folder.name.replace("building", "index")
        folder.rename(settled)
        link = self.root / f".{CURRENT}-{settled.name}"
        link.symlink_to(settled.name)
        link.replace(self.root / CURRENT)
        _sync(self.root)
        self._sweep()
        return settled

    def _sweep(self) -> None:
        """Removes what is not in use and what builders that were killed have left."""
        used = None
        with suppress(OSError):
            used = (self.root / CURRENT).readlink().name
        for path in self.root.iterdir():
            if path.name.startswith(("index-", "building-")) and path.name != used:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(f".{CURRENT}-"):
                path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
