"""Files that are given out with a decision: looked through, cleaned, blackened."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any, get_args

from django.db import transaction
from django.utils import timezone

from gongkai import files
from gongkai.casework.actions.allowing import given, prepared, refused, within
from gongkai.casework.actions.drafting import resealed
from gongkai.casework.actions.recording import recorded
from gongkai.casework.application import enclosures, file_checks
from gongkai.casework.application.enclosures import Incoming, enclose
from gongkai.casework.application.models import Case, Enclosure, EnclosureKind
from gongkai.casework.application.sealing import seal
from gongkai.casework.decision import files as given_out
from gongkai.casework.decision.inspected import findings
from gongkai.casework.decision.models import Decision, DecisionState, Provided
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User
from gongkai.screening.files import Kind, UnsafeFileError, clean, identify
from gongkai.screening.files import refused as refused_by_content
from gongkai.screening.files.limits import LIMIT_BYTES
from gongkai.screening.redaction import Box, BoxError, LeakError, blacken, sizes


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file as it would be given out, looked through."""

    data: bytes = field(repr=False)
    content_type: str
    pages: int | None
    found: list[dict[str, Any]]

    def columns(self) -> dict[str, Any]:
        """What the row keeps of it; the bytes are sealed and on the disk then."""
        return {
            "sha256": files.keep(seal(self.data)),
            "given_sha256": hashlib.sha256(self.data).hexdigest(),
            "content_type": self.content_type[:100],
            "size": len(self.data),
            "pages": self.pages,
            "hidden_findings": self.found,
        }


def provide(user: User, decision: Decision, source: Enclosure | Incoming, title: str) -> Provided:
    """Give a file out with the decision; its original stays in the case.

    It is looked through as every file is that goes out; what it hides keeps the decision from
    being handed in until it is cleaned or judged. Raises "file_refused", "file_unknown" for an
    enclosure of another case.
    """
    _refuse_early(user, decision)
    if isinstance(source, Enclosure) and source.case_id != decision.case_id:
        raise NotAllowedError("file_unknown")
    file = source if isinstance(source, Incoming) else _as_it_came(source)
    looked = _looked(file.data, file.name)
    with transaction.atomic():
        case, decision = _drafted(user, decision)
        kept = source if isinstance(source, Enclosure) else _enclosed(user, case, file)
        made = Provided.objects.create(
            decision=decision,
            position=max(decision.provided.values_list("position", flat=True), default=0) + 1,
            title=within(given(title, "missing"), 300),
            original=kept,
            **looked.columns(),
        )
        _sealed_with(user, case, decision, "provide", made)
    return made


def _as_it_came(enclosure: Enclosure) -> Incoming:
    name = enclosures.name_of(enclosure)
    return Incoming(name, enclosure.content_type, enclosures.content(enclosure))


def _enclosed(user: User, case: Case, file: Incoming) -> Enclosure:
    return enclose(case, EnclosureKind.MATERIAL, file_checks.as_it_is(file), user)


def clean_copy(user: User, provided: Provided) -> Provided:
    """Put a copy without what is hidden in the place of the file. Raises "not_cleanable"."""
    _refuse_early(user, provided.decision)
    data = given_out.content(provided)
    name = enclosures.name_of(provided.original)
    try:
        copy = clean(data, _kind(data, name))
    except UnsafeFileError as error:
        raise NotAllowedError("file_refused", error.refusal.message("zh")) from error
    if not copy.removed:
        raise NotAllowedError("not_cleanable")
    return _replaced(user, provided, _looked(copy.data, name), "clean", cleaned=True)


def blacken_copy(user: User, provided: Provided, boxes: Sequence[Box]) -> Provided:
    """Put a copy in the place of the file in which nothing is left beneath the boxes.

    Always made from the original, so that a box can be taken back. Raises "not_a_pdf",
    "file_refused" for boxes that cannot be meant, "file_leaks" where something would be left.
    """
    _refuse_early(user, provided.decision)
    original = enclosures.content(provided.original)
    name = enclosures.name_of(provided.original)
    if _kind(original, name) != "pdf":
        raise NotAllowedError("not_a_pdf")
    try:
        copy = blacken(original, list(boxes))
    except LeakError as error:
        raise NotAllowedError("file_leaks", error.message("zh")) from error
    except BoxError as error:
        raise NotAllowedError("file_refused", error.message("zh")) from error
    except UnsafeFileError as error:
        raise NotAllowedError("file_refused", error.refusal.message("zh")) from error
    looked = _looked(copy.data, name)
    drawn = [asdict(box) for box in boxes]
    return _replaced(user, provided, looked, "blacken", cleaned=True, boxes=drawn)


@transaction.atomic
def judge_file(user: User, provided: Provided, fingerprint: str, reason: str) -> Provided:
    """Decide that what a finding in the file shows may go out. Raises "finding_unknown"."""
    case, decision = _drafted(user, provided.decision)
    row = _again(decision, provided)
    words = given(reason)[:500]
    known = [one for one in row.hidden_findings if one["fingerprint"] == fingerprint]
    if not known:
        raise NotAllowedError("finding_unknown")
    for one in known:
        one["judged"] = {"by": user.pk, "reason": words, "at": timezone.now().isoformat()}
    row.save(update_fields=["hidden_findings"])
    recorded(user, "judge_file", case, {"provided": row.pk, "code": known[0]["code"]})
    return row


@transaction.atomic
def take_off(user: User, provided: Provided) -> None:
    """Give the file out no more. Its original stays in the case."""
    case, decision = _drafted(user, provided.decision)
    row = _again(decision, provided)
    gone = row.pk
    row.delete()
    _forgotten(row.sha256)
    resealed(user, decision)
    recorded(user, "take_off", case, {"decision": decision.pk, "provided": gone})


def _refuse_early(user: User, decision: Decision) -> None:
    """Before anything is looked through, which may take a while."""
    case = Case.objects.select_related("agency").get(pk=decision.case_id)
    why_not = refused(user, "draft", case)
    if why_not:
        raise why_not


def _drafted(user: User, decision: Decision) -> tuple[Case, Decision]:
    case = prepared(user, "draft", decision.case)
    fresh = case.decisions.select_for_update().get(pk=decision.pk)
    if fresh.state != DecisionState.DRAFT:
        raise NotAllowedError("stage")
    return case, fresh


def _again(decision: Decision, provided: Provided) -> Provided:
    row = decision.provided.select_for_update(of=("self",)).filter(pk=provided.pk).first()
    if row is None:
        raise NotAllowedError("file_unknown")
    return row


def _replaced(
    user: User, provided: Provided, looked: _Looked, verb: str, **more: object
) -> Provided:
    with transaction.atomic():
        case, decision = _drafted(user, provided.decision)
        row = _again(decision, provided)
        if row.sha256 != provided.sha256:
            raise NotAllowedError("changed_meanwhile")
        _forgotten(row.sha256)
        for name, value in (*looked.columns().items(), *more.items()):
            setattr(row, name, value)
        row.save()
        _sealed_with(user, case, decision, verb, row)
    return row


def _forgotten(sha256: str) -> None:
    """No row names the bytes any more, so that nothing would remove them later."""
    transaction.on_commit(partial(files.forget, sha256))


def _sealed_with(user: User, case: Case, decision: Decision, verb: str, row: Provided) -> None:
    resealed(user, decision)
    details = {"decision": decision.pk, "provided": row.pk, "sha256": row.given_sha256}
    recorded(user, verb, case, details)


def _looked(data: bytes, name: str) -> _Looked:
    if len(data) > LIMIT_BYTES:
        raise NotAllowedError("file_refused")
    identity = identify(data, name)
    fault = refused_by_content(identity)
    if fault is not None:
        raise NotAllowedError("file_refused", fault.message("zh"))
    kind = _kind(data, name)
    try:
        pages = len(sizes(data)) if kind == "pdf" else None
        found = findings(data, kind, timezone.localdate())
    except UnsafeFileError as error:
        raise NotAllowedError("file_refused", error.refusal.message("zh")) from error
    return _Looked(data, _media_type(kind), pages, found)


def _media_type(kind: Kind) -> str:
    known = file_checks.TYPES.get(kind) or mimetypes.guess_type(f"file.{kind}")[0]
    return known or "application/octet-stream"


def _kind(data: bytes, name: str) -> Kind:
    kind = identify(data, name).kind
    if kind not in get_args(Kind):
        raise NotAllowedError("file_refused")
    return kind
