"""What a file that is to be given out hides, and what in its text should not go out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from gongkai.publishing.review.files_screened import of_text, of_trace
from gongkai.publishing.review.text_screened import OUTGOING, secret
from gongkai.publishing.review.wordlist import word_list
from gongkai.screening.files import Kind, hidden, shown
from gongkai.screening.text import screen
from gongkai.screening.text.invisible import visible

Plain = dict[str, Any]
MOST = 200
"""Findings in the text of one file that are kept."""


def findings(data: bytes, kind: Kind, day: date) -> list[Plain]:
    """Each as plain values that name nobody: excerpts are left out. `severity` "error" keeps the
    file from going out until it is cleaned or a person has judged it.

    Raises UnsafeFileError.
    """
    traces = [of_trace(trace) for trace in hidden(data, kind)]
    texts = list(_texts(data, kind, day))[:MOST]
    once = {one["fingerprint"]: one for one in (*traces, *texts)}
    return list(once.values())


def _texts(data: bytes, kind: Kind, day: date) -> Iterator[Plain]:
    for passage in shown(data, kind):
        place = [passage.place.text("zh"), passage.place.text("en")]
        found = screen(
            visible(passage.text),
            words=word_list(),
            as_of=day,
            key=secret(),
            origin=f"file {place[1]}",
        )
        yield from (of_text(one, place) for one in found if one.code.startswith(OUTGOING))
