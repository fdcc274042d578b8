"""Which pages become pictures: those with a box, and those that would tell what stood there."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.screening.files.pdf.opened import unpacked
from gongkai.screening.redaction import plain
from gongkai.screening.redaction.letters import UNKNOWN, Letter


def to_picture(
    flat: bytes,
    boxed: set[int],
    kept: Sequence[Sequence[Letter]],
    removed: Sequence[Sequence[Letter]],
) -> set[int]:
    """The pages, from 0, that must not stay as they are.

    Beside those with a box these are pages that cannot be copied with their drawing alone, and
    pages that share a font with one of them while letters of it are nowhere seen any more: a font
    holds the shapes of the letters used in a file, and what no page shows tells what was removed.
    """
    with unpacked(flat) as opened:
        copies = {n: plain.page_copy(page) for n, page in enumerate(opened.pages)}
        chosen = boxed | {number for number, copy in copies.items() if copy is None}
        gone = {(one.font, one.text) for number in chosen for one in removed[number]}
        still = {(one.font, one.text) for page in kept for one in page}
        if gone <= still and all(text != UNKNOWN for _, text in gone):
            return chosen
        fonts = {
            number: plain.fonts(
                plain.all_resources(opened.pages[number]) if copy is None else copy["/Resources"]
            )
            for number, copy in copies.items()
        }
        told = set().union(*(fonts[number] for number in chosen))
        return chosen | {number for number, own in fonts.items() if own & told}
