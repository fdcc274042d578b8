"""What the files of a version hide, inspected once and kept by the hash of the bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, cast, get_args

from gongkai import files
from gongkai.publishing.document.models import Attachment
from gongkai.publishing.review.found import Found
from gongkai.publishing.review.models import FileScreening
from gongkai.screening.files import Kind, Trace, UnsafeFileError, hidden
from gongkai.screening.text import masked

EDITION = "1"
"""Raised whenever the inspection finds something it did not find before."""
HARMLESS = frozenset({"office.signature", "pdf.signature", "ofd.signature"})
"""Traces that are as they should be; they are told and do not block."""


def traces_found(attachments: Iterable[Attachment]) -> list[Found]:
    """What each file hides. A hit blocks until a person has decided about it or cleaned the file.

    The fingerprint holds the file's hash: another file is another finding.
    """
    listed = list(attachments)
    kept = _kept({file.sha256 for file in listed})
    found: list[Found] = []
    for file in listed:
        plain = kept.get(file.sha256)
        if plain is None:
            plain = _inspected(file)
        found += [_found(file, trace) for trace in plain]
    return found


def _kept(hashes: set[str]) -> dict[str, list[dict[str, Any]]]:
    rows = FileScreening.objects.filter(sha256__in=hashes, edition=EDITION)
    return dict(rows.values_list("sha256", "traces"))


def _inspected(file: Attachment) -> list[dict[str, Any]]:
    plain = _traces(file)
    FileScreening.objects.update_or_create(
        sha256=file.sha256, defaults={"edition": EDITION, "traces": plain}
    )
    return plain


def _traces(file: Attachment) -> list[dict[str, Any]]:
    if file.kind not in get_args(Kind):
        return []
    try:
        return [_plain(trace) for trace in hidden(files.read(file.sha256), cast("Kind", file.kind))]
    except FileNotFoundError:
        return [_failed("file.missing", "文件内容已不在", "The bytes of the file are gone")]
    except UnsafeFileError as error:
        refusal = error.refusal
        return [_failed(f"file.{refusal.code}", refusal.message("zh"), refusal.message("en"))]


def _plain(trace: Trace) -> dict[str, Any]:
    """The trace with its excerpt masked: names may stay, numbers of persons may not."""
    return {
        "code": trace.code,
        "severity": "note" if trace.code in HARMLESS else "error",
        "zh": ". ".join(filter(None, (trace.message("zh"), trace.reason("zh")))),
        "en": ". ".join(filter(None, (trace.message("en"), trace.reason("en")))),
        "place": [trace.place.text("zh"), trace.place.text("en")],
        "quote": masked(trace.excerpt),
        "fingerprint": trace.fingerprint,
        "cleanable": trace.cleanable,
    }


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
