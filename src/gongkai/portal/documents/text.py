"""The body of a document as the public page shows it."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString, mark_safe

_OF_THE_DESK = re.compile(r'(<img [^>]*?src=")/desk/(?:[\w-]+/)+?attachments/')
_OUTER_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def shown(body: str, base: str, label: str) -> SafeString:
    """The stored body, in which pictures are looked for under `base` ("/documents/7/").

    A body is stored only in the one form that `rich_text.sanitised` gives it. A wide table scrolls
    within a frame of its own, which the keyboard reaches; `label` names it.
    """
    text = _OF_THE_DESK.sub(rf"\g<1>{base}attachments/", body)
    frame = f'<div class="table-wrap" tabindex="0" role="region" aria-label="{label}">'
    text = _OUTER_TABLE.sub(lambda table: f"{frame}{table[0]}</div>", text)
    return mark_safe(text)  # noqa: S308
