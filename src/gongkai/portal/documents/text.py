"""The body of a document as the public page shows it."""

from __future__ import annotations

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

_OF_THE_DESK = re.compile(r'(<img [^>]*?src=")/desk/(?:[\w-]+/)+?attachments/')
_OUTER_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b")
_FIT = 4
"""So many columns fit a phone side by side; a table with more is told to scroll."""


def shown(body: str, base: str, label: str) -> SafeString:
    """The stored body, in which pictures are looked for under `base` ("/documents/7/").

    A body is stored only in the one form that `rich_text.sanitised` gives it. A wide table scrolls
    within a frame of its own, which the keyboard reaches; `label` names it.
    """
    text = _OF_THE_DESK.sub(rf"\g<1>{base}attachments/", body)
    frame = f'<div class="table-wrap" tabindex="0" role="region" aria-label="{label}">'
    text = _OUTER_TABLE.sub(lambda table: f"{_hint(table[0])}{frame}{table[0]}</div>", text)
    return mark_safe(text)  # noqa: S308


def _hint(table: str) -> str:
    if max((len(_CELL.findall(row)) for row in _ROW.findall(table)), default=0) <= _FIT:
        return ""
    words = gettext("表格较宽，可以左右滑动。")
    return format_html('<p class="scroll-hint no-print" aria-hidden="true">{}</p>', words)
