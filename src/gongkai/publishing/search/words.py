"""How a text is cut for the index, and how what is asked for is cut to fit.

Chinese is indexed twice. By pairs of neighbouring characters, with their places: any two or more
characters that stand together are found, wherever rjieba would have cut the text. And by the
words of three and more characters that rjieba knows, all of them, also where they overlap: what
is asked for as such a word is found in one look-up instead of several.

Letters and digits are cut where one kind ends and the other begins, so that "GB/T9704" and
"GB/T 9704" are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import add

import rjieba

from gongkai.publishing.search.folding import fold

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{HAN}]+|[0-9]+|[^\W\d_{HAN}]+")
_QUOTED = re.compile(r"[\"“”「『][^\"“”「」『』]*[\"“”」』]")
_MARKS = re.compile(r"[\"“”「」『』]")
LONGEST_ASKED = 200
MOST_PIECES = 16
PIECE_LIMIT = 200
"""Characters of one run of letters or digits that are kept; longer ones are no words."""

_EMPTY = frozenset("的了和与及或在对为于是把被从由向到并等之其以将就也而则所按")
"""Characters that alone say nothing: a question keeps its words without them."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The index terms of a text, joined by spaces: pairs in their order, long words in any."""

    pairs: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is made of, folded.

    All `pairs`, `words` and `characters` must stand in the text, in any order, and each phrase,
    a row of pairs, as it stands. `characters` are asked for alone, where there is nothing else.
    `marked` are the strings to be shown where they are found.
    """

    pairs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    marked: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.pairs or self.words or self.characters or self.phrases)


def is_han(text: str) -> bool:
    """Whether a run, a pair or a word is one of Chinese characters."""
    return text >= "\u3400"


def pieces(text: str) -> Pieces:
    """The terms under which a text is found; what is neither letter nor digit separates."""
    folded = fold(text)
    return Pieces(" ".join(pairs_of(folded)), " ".join(_long_words(folded)))


def pairs_of(folded: str) -> list[str]:
    """Pairs in their order, with the first character of every run of Chinese alone before it.

    That first character keeps two runs apart, and lets "15号" be found in "15号文件".
    """
    found: list[str] = []
    for run in _RUNS.findall(folded):
        if run >= "\u3400":  # is_han, a hundred times a text
            found.append(run[0])
            found += map(add, run, run[1:])
        else:
            found.append(run[:PIECE_LIMIT])
    return found


def characters_of(text: str) -> str:
    """Every Chinese character of a text once, joined by spaces; for titles only."""
    return " ".join(dict.fromkeys("".join(filter(is_han, _RUNS.findall(fold(text))))))


def _long_words(folded: str) -> list[str]:
    return [word for word in rjieba.cut_all(folded) if len(word) > 2 and word >= "\u3400"]


def asked(question: str) -> Asked:
    """Cuts what a person typed; what stands in quotation marks is a phrase.

    Only the first `LONGEST_ASKED` characters and `MOST_PIECES` pieces count. A question without
    any letter, digit or Chinese character asks for nothing.
    """
    text = question[:LONGEST_ASKED]
    quoted = [found for found in _QUOTED.findall(text) if len("".join(_RUNS.findall(found))) > 1]
    phrases = [_phrase(found) for found in quoted]
    free = text
    for found in quoted:
        free = free.replace(found, " ")
    pairs, words, characters = _free(fold(_MARKS.sub(" ", free)))
    if pairs or words or phrases:
        characters = []
    marked = [run for found in quoted for run in _RUNS.findall(fold(found))]
    return Asked(
        pairs=tuple(pairs[:MOST_PIECES]),
        words=tuple(words[:MOST_PIECES]),
        characters=tuple(characters[:MOST_PIECES]),
        phrases=tuple(map(tuple, phrases[:MOST_PIECES])),
        marked=tuple(dict.fromkeys([*marked, *words, *pairs, *characters])),
    )


def _phrase(quoted: str) -> list[str]:
    """The pairs of a phrase as they follow each other in a text that holds it.

    The text may go on before the phrase, so the character that opens a run is not asked for at
    its beginning; a run of one character there cannot be held against anything. `quoted` has two
    letters, digits or characters at least.
    """
    found = pairs_of(fold(quoted))
    return found[1:] if is_han(found[0]) else found


def _free(folded: str) -> tuple[list[str], list[str], list[str]]:
    """Pairs, long words and lonely characters of the text outside quotation marks, each once."""
    pairs: dict[str, None] = {}
    words: dict[str, None] = {}
    characters: dict[str, None] = {}
    after_other = False
    for match in _RUNS.finditer(folded):
        run = match[0]
        if not is_han(run):
            pairs[run[:PIECE_LIMIT]] = None
            after_other = True
            continue
        follows = after_other and folded[match.start() - 1] not in " \n"
        if follows or len(run) > 1:
            _cut(run, pairs, words, follows=follows)
        else:
            characters[run] = None
        after_other = False
    return list(pairs), list(words), list(characters)


def _cut(run: str, pairs: dict[str, None], words: dict[str, None], *, follows: bool) -> None:
    """One run as rjieba cuts it; a character left alone is asked for with its neighbour.

    `follows`: letters or digits stand before it. Then its first character opens a run in the text
    too and may be asked for alone, so that "15号" and "2023年预算" find "15号文件", "2023年度预算".
    """
    cut = rjieba.cut(run, False)
    telling = any(len(word) > 1 for word in cut)
    place = 0
    for word in cut:
        if len(word) > 2:
            words[word] = None
        elif len(word) == 2 or (follows and place == 0):
            pairs[word] = None
        elif not (telling and word in _EMPTY):
            start = max(place - 1, 0)
            pairs[run[start : start + 2]] = None
        place += len(word)
