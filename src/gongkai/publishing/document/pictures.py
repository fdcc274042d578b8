"""Pictures within a text are files of the very version that shows them.

What was approved is a text with its files. A picture of another document could be another one
tomorrow, and the public page would show something nobody has reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

from gongkai.publishing.document.content import AttachedFile, Content
from gongkai.publishing.document.rich_text import sanitised

_PICTURE = re.compile(r'<img src="([^"]*)"[^>]*>')


def with_own_pictures(content: Content, document: int, files: Sequence[AttachedFile]) -> Content:
    """The content in its normal form without the pictures that are not among these files.

    A picture is named as the desk gives it out: by the document's key, the file's place and name.
    """
    if "<img " not in content.body:
        return content
    own = {
        f"/desk/documents/{document}/attachments/{place}/{file.name}"
        for place, file in enumerate(files, 1)
    }
    body = _PICTURE.sub(
        lambda found: found[0] if unquote(unescape(found[1])) in own else "", content.body
    )
    return content if body == content.body else replace(content, body=sanitised(body))
