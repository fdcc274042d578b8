"""Files on their way in: weighed before anything opens them."""

from __future__ import annotations

from gongkai.screening.files.limits import LIMIT_BYTES, Deadline
from gongkai.screening.files.pdf import opened
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.redaction.boxes import Size


def weigh(pdf: bytes) -> None:
    """Refuse what costs too much. Raises UnsafeFileError: "empty", "too_large", "damaged",
    "encrypted", "bomb", "too_complex"."""
    if not pdf:
        raise UnsafeFileError("empty")
    if len(pdf) > LIMIT_BYTES:
        raise UnsafeFileError("too_large")
    if opened.HEADER not in pdf[:1024]:
        raise UnsafeFileError("damaged", "PDF")
    opened.weigh(pdf)
    with opened.unpacked(pdf) as structured:
        opened.weigh_content(structured)


def sizes(pdf: bytes, deadline: Deadline) -> list[Size]:
    """Width and height of each page as displayed, in points, of a file that was weighed."""
    found: list[Size] = []
    with opened.rendering(pdf) as rendered:
        for number in range(len(rendered)):
            deadline.check()
            page = rendered[number]
            found.append(page.get_size())
            page.close()
    return found
