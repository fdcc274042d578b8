"""Hidden content of any kind of file: found, and taken out of a copy."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from gongkai.screening.files import markup, ofd, ole, pictures, zips
from gongkai.screening.files.identifying import identify
from gongkai.screening.files.kinds import MARKUP, OFFICE, OLE, PICTURES, PLAIN, Kind
from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.office import docx, pptx, shared, xlsx, xlsx_clean
from gongkai.screening.files.office.package import Package
from gongkai.screening.files.parts import Parts
from gongkai.screening.files.pdf import cleaning, objects, opened, revisions, structure, text
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Cleaned, Sighting, Trace, inside, traces
from gongkai.screening.files.zips import OpenZip

_WRITTEN = (1980, 1, 1, 0, 0, 0)


def hidden(data: bytes, kind: Kind) -> tuple[Trace, ...]:
    """The hidden content of a file of that kind, as `identify` gave it.

    Raises UnsafeFileError for a file that is to be refused: damaged, protected, abnormal in size,
    or too large to be inspected in time.
    """
    try:
        if kind == "zip":
            return _of_archive(data)
        signed = _is_signed(data, kind)
        found = traces(_sightings(data, kind, Deadline()))
    except RecursionError as error:
        raise UnsafeFileError("too_complex") from error
    if signed:
        return tuple(replace(trace, kept=trace.kept or "signed") for trace in found)
    return found


def _sightings(data: bytes, kind: Kind, deadline: Deadline) -> Iterator[Sighting]:
    if kind == "docx":
        yield from docx.hidden(Package(data), deadline)
    elif kind == "xlsx":
        yield from xlsx.hidden(Package(data), deadline)
    elif kind == "pptx":
        yield from pptx.hidden(Package(data), deadline)
    elif kind == "pdf":
        yield from _of_pdf(data, deadline)
    elif kind == "ofd":
        yield from ofd.hidden(Parts(data), deadline)
    elif kind in OLE:
        yield from ole.hidden(data)
    elif kind in PICTURES:
        yield from pictures.hidden(data)
    elif kind in MARKUP:
        yield from markup.hidden(data)
    elif kind not in PLAIN:
        yield Sighting("file.not_inspected", "", kept="not_inspected")


def _of_pdf(data: bytes, deadline: Deadline) -> Iterator[Sighting]:
    opened.weigh(data)
    with opened.unpacked(data) as structured:
        opened.weigh_content(structured)
    with opened.rendering(data) as rendered:
        shown = text.shown(rendered, deadline)
        yield from list(text.hidden(rendered, deadline))
    with opened.unpacked(data) as structured:
        yield from list(structure.hidden(structured, shown))
    yield from revisions.hidden(data, shown, deadline)


def _is_signed(data: bytes, kind: Kind) -> bool:
    if kind in OFFICE:
        return shared.is_signed(Package(data))
    if kind == "ofd":
        return ofd.is_signed(Parts(data))
    if kind == "pdf":
        with opened.unpacked(data) as structured:
            return structure.is_signed(objects.walk(structured)[0])
    return False


def clean(data: bytes, kind: Kind) -> Cleaned:
    """A copy without what can be removed; `data` itself is not touched.

    The copy is inspected like any file: what is called removed is no longer found in it. A signed
    file stays as it is. Raises UnsafeFileError as `hidden` does.
    """
    before = hidden(data, kind)
    if not any(trace.cleanable for trace in before):
        return Cleaned(data, (), before)
    try:
        copy = _clean_archive(data) if kind == "zip" else _copy(data, kind, Deadline())
    except RecursionError as error:
        raise UnsafeFileError("too_complex") from error
    after = hidden(copy, kind)
    left = tuple(replace(trace, kept=trace.kept or "not_verified") for trace in after)
    return Cleaned(copy, _gone(before, after), left)


def _gone(before: tuple[Trace, ...], after: tuple[Trace, ...]) -> tuple[Trace, ...]:
    """The traces that are no longer there; one of which a piece is left is not among them."""
    known = {trace.fingerprint for trace in before}
    still = {trace.fingerprint for trace in after}
    pieces = {(trace.code, trace.place) for trace in after if trace.fingerprint not in known}
    return tuple(
        trace
        for trace in before
        if trace.fingerprint not in still and (trace.code, trace.place) not in pieces
    )


def _copy(data: bytes, kind: Kind, deadline: Deadline) -> bytes:
    if kind in OFFICE:
        package = Package(data)
        if kind == "docx":
            docx.clean(package, deadline)
        elif kind == "xlsx":
            xlsx_clean.clean(package, deadline)
        else:
            pptx.clean(package, deadline)
        return package.written()
    if kind == "pdf":
        return cleaning.cleaned(data, deadline)
    if kind == "ofd":
        parts = Parts(data)
        ofd.clean(parts)
        return parts.written(ofd.ENTRY)
    if kind in PICTURES:
        return pictures.stripped(data)
    return markup.cleaned(data)


def _of_archive(data: bytes) -> tuple[Trace, ...]:
    """The traces of each file of an archive, one level deep."""
    archive = OpenZip(data)
    found: list[Trace] = []
    if archive.comment.strip():
        comment = archive.comment.decode("utf-8", "replace")
        found += traces(iter([Sighting("zip.comment", comment)]))
    for member in zips.safe_members(data):
        kind = _kind_within(member)
        found += inside(member.name, hidden(member.data, kind)) if member.data else ()
    return tuple(found)


def _kind_within(member: zips.Member) -> Kind:
    """The kind of a member. Raises UnsafeFileError for one that would be refused by itself."""
    if not member.data:
        return "txt"
    identity = identify(member.data, member.name.rpartition("/")[2])
    if identity.kind == "zip":
        raise UnsafeFileError("nested_archive", member.name)
    for fault in identity.faults:
        raise UnsafeFileError(fault.code, member.name)
    return identity.kind


def _clean_archive(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in zips.safe_members(data):
            info = zipfile.ZipInfo(member.name, _WRITTEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, clean(member.data, _kind_within(member)).data)
    return buffer.getvalue()
