"""The list of wrong and sensitive expressions of this installation."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.screening.text import WordList, WordListError

log = logging.getLogger(__name__)


def word_list() -> WordList:
    """The standard list with the installation's own added (`settings.WORDS`), read anew when the
    file changes. A file that cannot be used is logged, and the standard list holds alone."""
    path = Path(settings.WORDS)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return WordList.standard()
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> WordList:  # noqa: ARG001 (a changed file is another entry)
    standard = WordList.standard()
    try:
        own = WordList.parsed(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, WordListError) as error:
        log.warning("the list of expressions is not used: %s", error)
        return standard
    return WordList((*standard.expressions, *own.expressions))
