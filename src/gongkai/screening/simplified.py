"""Traditional characters and the Simplified ones, one for one."""

from __future__ import annotations

from collections.abc import Iterable

USUAL = ((0x4E00, 0xA000),)


def simplified(blocks: Iterable[tuple[int, int]] = USUAL) -> dict[str, str]:
    """Traditional characters and the Simplified ones OpenCC gives for each of them alone.

    `blocks` are codes, from one up to but without the other.
    """
    from opencc import OpenCC  # noqa: PLC0415 - a third of a command's start-up time

    ideographs = [chr(code) for first, end in blocks for code in range(first, end)]
    converted = OpenCC("t2s").convert("\n".join(ideographs)).split("\n")
    return {
        char: plain
        for char, plain in zip(ideographs, converted, strict=True)
        if plain != char and len(plain) == 1
    }
