"""What the files of a version say and hide, inspected once and kept by the hash of the bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, cast, get_args

from gongkai import files
from gongkai.publishing.document.models import Attachment
from gongkai.publishing.review.found import Found
from gongkai.publishing.review.models import FileScreening
from gongkai.publishing.review.text_screened import OUTGOING, secret
from gongkai.publishing.review.wordlist import word_list
from gongkai.screening.files import Kind, Passage, Trace, UnsafeFileError, hidden, shown
from gongkai.screening.text import Finding, WordList, masked, screen
from gongkai.screening.text.invisible import visible

EDITION = "2"
"""Raised whenever the inspection finds something it did not find before."""
MOST_OF_A_CODE = 10
"""Findings in the text of a file that are decided one by one; what is beyond, all at once."""
HARMLESS = frozenset({"office.signature", "pdf.signature", "ofd.signature"})
"""Traces that are as they should be; they are told and do not block."""


def files_found(attachments: Iterable[Attachment], day: date) -> list[Found]:
    """What each file hides, and what stands in its text that must not go out.

    A hit blocks until a person has decided about it or cleaned the file. The fingerprint holds the
    file's hash: another file is another finding. `day` is that of the list of expressions.
    """
    listed = list(attachments)
    if not listed:
        return []
    edition = _edition(word_list(), day)
    kept = _kept({file.sha256 for file in listed}, edition)
    found: list[Found] = []
    for file in listed:
        plain = kept.get(file.sha256)
        if plain is None:
            plain = _inspected(file, edition, day)
        found += [_found(file, trace) for trace in plain]
    return found


def _edition(words: WordList, day: date) -> str:
    """What the findings in a file depend on beside its bytes."""
    held = [entry for entry in words.expressions if not entry.since or entry.since <= day]
    return f"{EDITION}.{hashlib.sha256(repr(held).encode()).hexdigest()[:16]}"


def _kept(hashes: set[str], edition: str) -> dict[str, list[dict[str, Any]]]:
    rows = FileScreening.objects.filter(sha256__in=hashes, edition=edition)
    return dict(rows.values_list("sha256", "traces"))


def _inspected(file: Attachment, edition: str, day: date) -> list[dict[str, Any]]:
    plain = _inspect(file, day)
    FileScreening.objects.update_or_create(
        sha256=file.sha256, defaults={"edition": edition, "traces": plain}
    )
    return plain


def _inspect(file: Attachment, day: date) -> list[dict[str, Any]]:
    if file.kind not in get_args(Kind):
        return []
    kind = cast("Kind", file.kind)
    try:
        data = files.read(file.sha256)
        return [*map(_plain, hidden(data, kind)), *_written(shown(data, kind), day)]
    except FileNotFoundError:
        return [_failed("file.missing", "文件内容已不在", "The bytes of the file are gone")]
    except UnsafeFileError as error:
        refusal = error.refusal
        return [_failed(f"file.{refusal.code}", refusal.message("zh"), refusal.message("en"))]


def _written(passages: tuple[Passage, ...], day: date) -> Iterator[dict[str, Any]]:
    """What stands in the text of a file, those of one code beyond a few as one."""
    found = [one for passage in passages for one in _in_passage(passage, day)]
    for _, group in groupby(sorted(found, key=_sort), key=_sort):
        same = list(group)
        yield from same[:MOST_OF_A_CODE]
        if rest := same[MOST_OF_A_CODE:]:
            yield _summed(rest)
    if not all(passage.whole for passage in passages):
        yield _failed(
            "file.long_text",
            "文件的文字太多，只检查了前面的部分：请自行核对其余部分",
            "The file has too much text; only the beginning was screened: look at the rest",
        )


def _in_passage(passage: Passage, day: date) -> Iterator[dict[str, Any]]:
    place = [passage.place.text("zh"), passage.place.text("en")]
    for finding in screen(
        visible(passage.text), words=word_list(), as_of=day, key=secret(), origin=f"file {place[1]}"
    ):
        if finding.code.startswith(OUTGOING):
            yield {**of_text(finding, place), "quote": finding.quote}


def _sort(plain: dict[str, Any]) -> tuple[str, str]:
    return plain["code"], plain["severity"]


def _summed(rest: list[dict[str, Any]]) -> dict[str, Any]:
    """Several findings of a code as one; a verdict on it is a verdict on exactly these."""
    marks = "\x1f".join(plain["fingerprint"] for plain in rest)
    return {
        **rest[0],
        "zh": f"另有 {len(rest)} 处：{rest[0]['zh']}",
        "en": f"{len(rest)} more: {rest[0]['en']}",
        "place": ["", ""],
        "fingerprint": hashlib.sha256(marks.encode()).hexdigest()[:16],
    }


def of_trace(trace: Trace) -> dict[str, Any]:
    """A trace as plain values, without what it quotes."""
    return {
        "code": trace.code,
        "severity": "note" if trace.code in HARMLESS else "error",
        "zh": "。".join(filter(None, (trace.message("zh"), trace.reason("zh")))),
        "en": ". ".join(filter(None, (trace.message("en"), trace.reason("en")))),
        "place": [trace.place.text("zh"), trace.place.text("en")],
        "fingerprint": trace.fingerprint,
        "cleanable": trace.cleanable,
    }


def of_text(finding: Finding, place: list[str]) -> dict[str, Any]:
    """A finding in the text of a file as plain values, without what it quotes."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "zh": finding.zh,
        "en": finding.en,
        "place": place,
        "fingerprint": finding.fingerprint,
        "cleanable": False,
    }


def _plain(trace: Trace) -> dict[str, Any]:
    """The trace with its excerpt masked: names may stay, numbers of persons may not."""
    return {**of_trace(trace), "quote": masked(trace.excerpt)}


def _failed(code: str, zh: str, en: str) -> dict[str, Any]:
    return {
        "code": code,
        "severity": "error",
        "zh": zh,
        "en": en,
        "place": ["", ""],
        "quote": "",
        "fingerprint": code,
        "cleanable": False,
    }


def _found(file: Attachment, plain: dict[str, Any]) -> Found:
    mark = hashlib.sha256(f"{file.sha256}\x1f{plain['fingerprint']}".encode()).hexdigest()[:32]
    return Found(
        code=plain["code"],
        severity=plain["severity"],
        message_zh=plain["zh"],
        message_en=plain["en"],
        fingerprint=mark,
        quote=plain["quote"],
        file=file.name,
        sha256=file.sha256,
        place_zh=plain["place"][0],
        place_en=plain["place"][1],
        cleanable=plain["cleanable"],
    )
