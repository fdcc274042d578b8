"""The press of letters, and the faces that stand in for those of the standard."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from gongkai.typesetting import HEI, SONG, MissingFontError, Press

# For each face of GB/T 9704-2012 (5.2.2) what may set it, best first. Open faces come before those
# of one vendor; where no face of the kind is installed, the open Song or Hei stands in.
FACES: Final = {
    "song": (*SONG, "FandolSong", "Songti SC", "STSong", "SimSun"),
    "fangsong": (
        "Zhuque Fangsong (technical preview)",
        "FandolFang R",
        "FandolFang",
        "FangSong_GB2312",
        "FangSong",
        "STFangsong",
    ),
    "hei": (*HEI, "FandolHei", "SimHei", "PingFang SC", "Microsoft YaHei"),
    "kai": ("LXGW WenKai", "FandolKai", "AR PL UKai CN", "KaiTi_GB2312", "KaiTi", "STKaiti"),
}
# Names of people and places have characters that only these hold.
RARE: Final = (
    "Plangothic P1",
    "Plangothic P2",
    "Jigmo",
    "Jigmo2",
    "Jigmo3",
    "BabelStone Han",
    "HanaMinA",
    "HanaMinB",
    "SimSun-ExtB",
    "DejaVu Sans",
)


@cache
def press() -> Press:
    """The press of this process. Raises MissingFontError where no Chinese font is installed."""
    return Press(files("gongkai.casework.letter.paper") / "letter.typ", faces)


def faces(families: frozenset[str]) -> dict[str, list[str]]:
    """For each face the installed families that set it, one after another.

    Raises MissingFontError if there is no Chinese one.
    """
    here = {face: [name for name in names if name in families] for face, names in FACES.items()}
    stand_in = here["song"] or here["hei"] or here["fangsong"] or here["kai"]
    if not stand_in:
        raise MissingFontError
    last = [*here["song"][:1], *here["hei"][:1], *(name for name in RARE if name in families)]
    return {
        face: list(dict.fromkeys([*names[:1], *(stand_in[:1] if not names else ()), *last]))
        for face, names in here.items()
    }
