"""Lines of the log: what failed and where, never what the error says.

A database quotes the row it refuses, a mail server the address, and rows hold personal data.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(logging.Formatter):
    """Formats an error by its kind and its frames."""

    def formatException(self, ei: Caught) -> str:  # noqa: N802  logging's name
        """The frames, innermost last, then the kind; the causes first, each in the same way."""
        parts = [_told(error) for error in _chain(ei[1])]
        return "\nwhile dealing with it:\n".join(reversed(parts))


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _told(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = [
        f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames
    ]
    return "\n".join([*places, type(error).__qualname__])
