"""A public document as a file to keep: Word, PDF, JSON. The same revision makes the same file."""

from __future__ import annotations

import json
from collections.abc import Callable

from gongkai.portal.documents.paper.sheet import Sheet

FORMATS = ("docx", "pdf", "json")


def written(sheet: Sheet, suffix: str) -> bytes:
    """The document in one of `FORMATS`; each library is loaded only where it is needed."""
    return _WRITERS[suffix](sheet)


def _word(sheet: Sheet) -> bytes:
    from gongkai.portal.documents.paper.word import render  # noqa: PLC0415

    return render(sheet)


def _pdf(sheet: Sheet) -> bytes:
    from gongkai.portal.documents.paper.pdf import render  # noqa: PLC0415

    return render(sheet)


def _json(sheet: Sheet) -> bytes:
    return json.dumps(sheet.record, ensure_ascii=False, indent=1).encode()


_WRITERS: dict[str, Callable[[Sheet], bytes]] = {"docx": _word, "pdf": _pdf, "json": _json}
