"""Whether what is public is what was published, held against the trail."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual_report.content import content_hash
from gongkai.annual_report.models import PUBLIC, Revision, State
from gongkai.trail.checks import Fault
from gongkai.trail.models import Entry

PUBLISH = "annual_report.publish"
BATCH = 200


def faults() -> Iterator[Fault]:
    """Every public revision that is not what its publish line says, and every one that is gone.

    The content is hashed anew; title, year, number, public note and publisher are compared. Reads
    every public revision in batches.
    """
    lines = {line.object_id: line for line in Entry.objects.filter(verb=PUBLISH)}
    newest: dict[int, int] = {}
    public = Revision.objects.filter(state__in=PUBLIC).select_related("report__agency")
    for revision in public.order_by("report", "-number").iterator(chunk_size=BATCH):
        last = newest.setdefault(revision.report_id, revision.number)
        line = lines.pop(str(revision.pk), None)
        if line is None:
            yield Fault("object", None, f"{revision} is public, and no line says it was published")
            continue
        for what in _differences(revision, line):
            yield Fault("object", line.sequence, f"{revision} was published with another {what}")
        if (revision.number == last) != (revision.state == State.PUBLISHED):
            yield Fault("object", line.sequence, f"{revision} is not the public one it should be")
    for line in lines.values():
        yield Fault("object", line.sequence, f"{line.object_label} was published and is gone")


def _differences(revision: Revision, line: Entry) -> Iterator[str]:
    try:
        said = line.details
        content = content_hash(revision.body)
        title = (revision.body["title"] or "")[:300]
    except (AttributeError, KeyError, TypeError, ValueError):
        yield "content"
        return
    if not content == revision.content_hash == said.get("content_hash"):
        yield "content"
    if revision.title != title:
        yield "title"
    if revision.public_note != said.get("public_note", ""):
        yield "public note"
    if revision.published_by_id != line.actor_id:
        yield "publisher"
    if not line.object_label.endswith(f" {revision.report.year} r{revision.number}"):
        yield "year or number"
